import type { FiguresReportData } from '../documents/figures-report.ts';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import type { Language } from '../kernel/sentence.ts';
import type { Program } from '../programs/program.ts';
import { chartsOf } from './charts.ts';
import { explainMask, showMasked } from './disclosure.ts';
import { fewestPeople, type Figures } from './figures.ts';
import type { Masked } from './linked.ts';
import { text } from './text.ts';

type Given = Readonly<{
  figures: Figures;
  programs: readonly Program[];
  organization: string;
  now: Date;
  language: Language;
}>;

/** The page's figures, with the same masks, as a report on paper. */
export function reportData({ figures, programs, organization, now, language }: Given): FiguresReportData {
  const said = (masked: Masked): string => showMasked(masked)[language];
  return {
    language,
    title: text.title[language],
    year: text.year(figures.fiscalYear)[language],
    organization,
    printedOn: dayInTokyo(now),
    lead: text.lead[language],
    facts: [
      [text.total[language], said(figures.total)],
      [text.clinics[language], said(figures.clinics)],
    ],
    masks: explainMask(fewestPeople)[language],
    charts: chartsOf(figures, programs).map(({ title, note, list, nameOf }) => ({
      title: title[language],
      ...(note === undefined ? {} : { note: note[language] }),
      rows: list.rows.map((row, i) => {
        const masked = list.rowTotals[i] ?? { kind: 'masked' };
        return {
          label: nameOf(row)[language],
          value: masked.kind === 'shown' ? masked.value : undefined,
          shown: said(masked),
        };
      }),
    })),
  };
}
