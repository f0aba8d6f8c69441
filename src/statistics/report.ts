import type { MeasureReport } from '@medplum/fhirtypes';
import { canonical, concept } from '../fhir/codes.ts';
import { reference } from '../fhir/references.ts';
import type { Sentence } from '../kernel/sentence.ts';
import type { Figures } from './figures.ts';
import { buildMeasureReport, groupOfList } from './measure.ts';
import { dimensions, type Dimension } from './queries.ts';
import { text } from './text.ts';

export const figureSystem = `${canonical}/CodeSystem/figure`;

/** By what figures are broken down, as a code. */
const codeOf = (dimension: Dimension): string => dimension.replaceAll('_', '-');

export const figureCodes: Readonly<Record<string, Sentence>> = {
  ...Object.fromEntries(dimensions.map((d) => [codeOf(d), text[d]])),
  need: text.needs,
};

/** The page's figures as a MeasureReport: the same masks, for programs. Its id is the fiscal year. */
export const reportOf = (figures: Figures, organization: string, now: Date): MeasureReport =>
  buildMeasureReport({
    id: String(figures.fiscalYear),
    measure: `${canonical}/Measure/referrals`,
    period: { start: `${String(figures.fiscalYear)}-04-01`, end: `${String(figures.fiscalYear + 1)}-03-31` },
    reporter: reference('Organization', organization),
    date: now.toISOString(),
    groups: [
      ...dimensions.map((d) =>
        groupOfList(figures.by[d], concept(figureSystem, codeOf(d)), (row) =>
          concept(`${figureSystem}/${codeOf(d)}`, row),
        ),
      ),
      groupOfList(figures.needs, concept(figureSystem, 'need'), (row) =>
        concept(`${figureSystem}/need`, row),
      ),
      // Its total is how many answered the questionnaire; the options of one question may overlap.
      ...figures.answers.map(({ program, question, list }) =>
        groupOfList(list, concept(`${figureSystem}/question`, `${program}.${question}`), (row) =>
          concept(`${figureSystem}/answer`, row),
        ),
      ),
    ],
  });
