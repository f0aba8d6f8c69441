import type { FiguresReportData } from '../documents/figures-report.ts';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import type { Language, Sentence } from '../kernel/sentence.ts';
import { partsOf } from './charts.ts';
import { explainMask, showMasked } from './disclosure.ts';
import { fewestPeople } from './fewest.ts';
import { text } from './text.ts';
import type { Told } from './traits.ts';

type Given = Readonly<{ told: Told; organization: string; now: Date; language: Language }>;

/** The page's figures, with the same masks, as a report on paper. */
export function reportData({ told, organization, now, language }: Given): FiguresReportData {
  const titled = (title: Sentence | undefined) => (title === undefined ? {} : { title: title[language] });
  return {
    language,
    title: text.title[language],
    year: text.year(told.figures.fiscalYear)[language],
    organization,
    printedOn: dayInTokyo(now),
    lead: text.lead[language],
    masks: explainMask(fewestPeople)[language],
    parts: partsOf(told).map(({ title, lead, facts, groups }) => ({
      ...titled(title),
      ...(lead === undefined ? {} : { lead: lead[language] }),
      facts: facts.map(([label, value]) => [label[language], showMasked(value)[language]] as const),
      groups: groups.map((group) => ({
        ...titled(group.title),
        charts: group.charts.map((chart) => ({
          title: chart.title[language],
          ...(chart.note === undefined ? {} : { note: chart.note[language] }),
          rows: chart.rows.map(({ label, value }) => ({
            label: label[language],
            value: value.kind === 'shown' ? value.value : undefined,
            shown: showMasked(value)[language],
          })),
        })),
      })),
    })),
  };
}
