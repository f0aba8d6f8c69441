import { asIs, type Sentence } from '../kernel/sentence.ts';
import { needLabel } from '../programs/needs.ts';
import type { Program } from '../programs/program.ts';
import { otherProgram, type Figures } from './figures.ts';
import type { Protected } from './linked.ts';
import type { Dimension } from './queries.ts';
import { ageBandName, contactBandName, resultName, text } from './text.ts';

export type Chart = Readonly<{
  key: string;
  title: Sentence;
  note?: Sentence;
  list: Protected;
  nameOf: (row: string) => Sentence;
}>;

const order: readonly Dimension[] = [
  'month',
  'municipality',
  'program',
  'age_band',
  'contact_band',
  'result',
];

/** The charts of a year, in the order in which page and report show them. */
export function chartsOf(figures: Figures, programs: readonly Program[]): Chart[] {
  const nameOf: Readonly<Record<Dimension, (row: string) => Sentence>> = {
    month: monthName,
    municipality: (code) =>
      code === 'unknown' ? text.unknownPlace : asIs(figures.municipalities.get(code) ?? code),
    age_band: ageBandName,
    contact_band: contactBandName,
    result: resultName,
    program: (id) =>
      id === otherProgram ? text.otherProgram : (programs.find((one) => one.id === id)?.name ?? asIs(id)),
  };
  return [
    ...order.map((dimension) => ({
      key: dimension,
      title: text[dimension],
      list: figures.by[dimension],
      nameOf: nameOf[dimension],
    })),
    { key: 'needs', title: text.needs, note: text.needsNote, list: figures.needs, nameOf: needLabel },
  ];
}

export const monthName = (month: string): Sentence => {
  const [year = '', number = ''] = month.split('-');
  return { ja: `${year}年${String(Number(number))}月`, en: `${year}-${number}` };
};
