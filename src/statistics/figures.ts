import type { Records } from '../fhir/records.ts';
import { notFound } from '../kernel/problem.ts';
import { needs } from '../programs/needs.ts';
import { protectList, protectTogether } from './disclosure.ts';
import type { Masked, Protected } from './linked.ts';
import {
  countReferrals,
  dimensions,
  newestEdition,
  type Counts,
  type Dimension,
  type Edition,
} from './queries.ts';
import { coarsen } from './steps.ts';

/** Fewer people than this are not shown, and fewer bodies than that (NDB and 介護DB guidelines, by analogy). */
export const fewestPeople = 10;
export const fewestBodies = 3;

/** The figures of one fiscal year, as they may leave the house. */
export type Figures = Readonly<{
  fiscalYear: number;
  edition: Edition;
  total: Masked;
  by: Readonly<Record<Dimension, Protected>>;
  needs: Protected;
  clinics: Masked;
  municipalities: ReadonlyMap<string, string>;
}>;

const ageBands = ['0-19', '20-39', '40-64', '65-74', '75-84', '85+', 'unknown'];
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
  const edition = await newestEdition(records);
  const fiscalYear = asked ?? edition?.years[0];
  if (fiscalYear === undefined || edition === undefined) return undefined;
  if (!edition.years.includes(fiscalYear)) throw notFound();
  return protect(await countReferrals(records, fiscalYear), fiscalYear, edition);
}

/**
 * Masks, then goes up in steps. Which rows there are depends on the year, the area and the words of the service, never on
 * who was referred: a row that appears with its first person would tell of that person.
 */
export function protect(counts: Counts, fiscalYear: number, edition: Edition): Figures {
  const rowsOf: Record<Dimension, readonly string[]> = {
    month: monthsOf(fiscalYear).filter((month) => `${month}-01` < edition.until),
    municipality: [...counts.municipalities.keys()].toSorted(),
    age_band: ageBands,
    contact_band: contactBands,
    result: results,
  };
  // Lists of the same referrals share their total; masked one by one, one list would give away what another hides.
  const lists = protectTogether(
    dimensions.map((d) => ({ rows: rowsOf[d], counts: (row: string) => counts.by[d].get(row) ?? 0 })),
    { threshold: fewestPeople },
  ).map(coarsen);
  return {
    fiscalYear,
    edition,
    total: lists[0]?.total ?? { kind: 'masked' },
    by: Object.fromEntries(dimensions.map((d, i) => [d, lists[i]])) as Figures['by'],
    needs: coarsen(
      protectList(
        { rows: needs.map((n) => n.code), counts: (need) => counts.needs.get(need) ?? 0 },
        { threshold: fewestPeople },
      ),
    ),
    clinics:
      counts.clinics > 0 && counts.clinics < fewestBodies
        ? { kind: 'masked' }
        : { kind: 'shown', value: counts.clinics },
    municipalities: counts.municipalities,
  };
}

/** April to March of the next year, as `YYYY-MM`. */
export const monthsOf = (fiscalYear: number): string[] =>
  Array.from(
    { length: 12 },
    (_, i) => `${String(i < 9 ? fiscalYear : fiscalYear + 1)}-${String(((i + 3) % 12) + 1).padStart(2, '0')}`,
  );
