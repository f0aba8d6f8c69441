import type { MeasureReport } from '@medplum/fhirtypes';
import { canonical, concept } from '../fhir/codes.ts';
import { reference } from '../fhir/references.ts';
import type { Figures } from './figures.ts';
import { buildMeasureReport, groupOfList } from './measure.ts';
import { dimensions } from './queries.ts';

const system = `${canonical}/CodeSystem/figure`;

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
        groupOfList(figures.by[d], concept(system, d.replaceAll('_', '-')), (row) =>
          concept(`${system}/${d.replaceAll('_', '-')}`, row),
        ),
      ),
      groupOfList(figures.needs, concept(system, 'need'), (row) => concept(`${system}/need`, row)),
      // Its total is how many answered the questionnaire; the options of one question may overlap.
      ...figures.answers.map(({ program, question, list }) =>
        groupOfList(list, concept(`${system}/question`, `${program}.${question}`), (row) =>
          concept(`${system}/answer`, row),
        ),
      ),
    ],
  });
