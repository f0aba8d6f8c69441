import type { Records } from '../fhir/records.ts';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import { notFound } from '../kernel/problem.ts';
import { needs } from '../programs/needs.ts';
import { type AnswerFigure, answerFigures } from './answers.ts';
import { cross, type Crossed } from './crossed.ts';
import { protectList, protectTogether } from './disclosure.ts';
import { fewestBodies, fewestPeople } from './fewest.ts';
import type { Masked, Protected } from './linked.ts';
import { countReferrals, dimensions, yearsWithFigures, type Counts, type Dimension } from './queries.ts';

/** The figures of one fiscal year, as they may leave the house. */
export type Figures = Readonly<{
  fiscalYear: number;
  years: readonly number[];
  total: Masked;
  by: Readonly<Record<Dimension, Protected>>;
  needs: Protected;
  /** By municipality code. */
  needsByPlace: Crossed | undefined;
  /** What programs count of the answers to their questionnaires. */
  answers: readonly AnswerFigure[];
  clinics: Masked;
  municipalities: ReadonlyMap<string, string>;
}>;

export const ageBands = ['0-19', '20-39', '40-64', '65-74', '75-84', '85+', 'unknown'];
const contactBands = ['0-3', '4-7', '8-14', '15+', 'waiting', 'none'];
const results = [
  'open',
  'achieved',
  'connected',
  'partly',
  'not-achieved',
  'completed',
  'rejected',
  'failed',
  'cancelled',
];

/** Counts and masks; without a year, the newest. Refuses a year in which nothing was counted. */
export async function figuresOf(records: Records, asked?: number): Promise<Figures | undefined> {
  const years = await yearsWithFigures(records);
  const fiscalYear = asked ?? years[0];
  if (fiscalYear === undefined) return undefined;
  if (!years.includes(fiscalYear)) throw notFound();
  const counts = await countReferrals(records, fiscalYear);
  const answers = await answerFigures(records, fiscalYear);
  return { ...protect(counts, fiscalYear, years, dayInTokyo(records.now)), answers };
}

/**
 * Which rows there are depends on the year, the area and the words of the service, never on who was referred: a row that
 * appears with its first person would tell of that person. So does a zero that is gone the next day, and it is shown like
 * any other count below ten.
 */
function protect(
  counts: Counts,
  fiscalYear: number,
  years: readonly number[],
  today: string,
): Omit<Figures, 'answers'> {
  const rowsOf: Record<Dimension, readonly string[]> = {
    month: monthsOf(fiscalYear).filter((month) => `${month}-01` <= today),
    municipality: [
      ...new Set([...counts.municipalities.keys(), ...counts.by.municipality.keys()]),
    ].toSorted(),
    age_band: ageBands,
    contact_band: contactBands,
    result: results,
    program: [...counts.programs, otherProgram],
  };
  const countOf = (d: Dimension, row: string): number =>
    d === 'program' && row === otherProgram
      ? sumOf([...counts.by.program].filter(([id]) => !counts.programs.includes(id)))
      : (counts.by[d].get(row) ?? 0);
  // Lists of the same referrals share their total; masked one by one, one list would give away what another hides.
  const lists = protectTogether(
    dimensions.map((d) => ({ rows: rowsOf[d], counts: (row: string) => countOf(d, row) })),
    { threshold: fewestPeople },
  ).map(withoutZeros);
  const total = lists[0]?.total ?? { kind: 'masked' };
  const by = Object.fromEntries(dimensions.map((d, i) => [d, lists[i]])) as Figures['by'];
  const needed = withoutZeros(
    protectList(
      { rows: needs.map((n) => n.code), counts: (need) => counts.needs.get(need) ?? 0 },
      { threshold: fewestPeople },
    ),
  );
  return {
    fiscalYear,
    years,
    total,
    by,
    needs: needed,
    needsByPlace: cross({
      base: by.municipality,
      people: counts.by.municipality,
      columns: needs.map((n) => n.code),
      count: (place, need) => counts.needsByPlace.get(`${place}|${need}`) ?? 0,
      choose: 'any',
      whole: needed,
    }),
    clinics:
      counts.clinics > 0 && counts.clinics < fewestBodies
        ? { kind: 'masked' }
        : { kind: 'shown', value: counts.clinics },
    municipalities: counts.municipalities,
  };
}

/** Referrals that name no program, or one that was never set up here. */
export const otherProgram = 'other';
const sumOf = (counts: readonly (readonly [string, number])[]): number =>
  counts.reduce((all, [, count]) => all + count, 0);

/** Tells less than what was protected, so what was protected stays so. */
export const withoutZeros = (list: Protected): Protected => ({
  ...list,
  rowTotals: list.rowTotals.map((one) =>
    one.kind === 'shown' && one.value === 0 ? { kind: 'masked' } : one,
  ),
});

/** April to March of the next year, as `YYYY-MM`. */
export const monthsOf = (fiscalYear: number): string[] =>
  Array.from(
    { length: 12 },
    (_, i) => `${String(i < 9 ? fiscalYear : fiscalYear + 1)}-${String(((i + 3) % 12) + 1).padStart(2, '0')}`,
  );
