import { type Counted, countUp, type List, type Table } from './counted.ts';
import { asIs, type Sentence, type Texts } from '../kernel/sentence.ts';
import {
  layOut,
  leastMasked,
  lookUp,
  type Masked,
  neededWidth,
  type Place,
  type Protected,
  upTo,
} from './linked.ts';
import { suppress } from './suppression.ts';

/**
 * Disclosure control: no published figure may point at a person.
 *
 * The rule follows the guidelines for published results from the national claims database (NDB) and the long-term care
 * database (介護DB, 匿名介護情報等の提供に関するガイドライン, 最小集計単位の原則; MHLW committee paper of its 12th
 * meeting, https://www.mhlw.go.jp/stf/shingi2/0000198094_00067.html): a count of fewer than 10 people is not
 * shown, 0 may be; stricter in small municipalities; and masked counts must not come back through totals. Those
 * guidelines bind users of these databases; we keep to them by analogy.
 */

/** Population below which a municipality's figures are not shown at all. */
const tooSmall = 2_000;
/** Population from which the ordinary threshold holds. */
const largeEnough = 25_000;

/** Nothing is shown, not even zeros. */
export const showNothing = Infinity;

/** The threshold for a municipality with that many inhabitants: under 2,000 nothing, under 25,000 twenty, else ten. */
export function thresholdFor(population: number): number {
  if (population < tooSmall) return showNothing;
  return population < largeEnough ? 20 : 10;
}

/**
 * `threshold` is the smallest count shown besides 0: 10 for people (the default the caller should pass), 3 for counts
 * of institutions or municipalities.
 */
export type Options = Readonly<{ threshold: number }>;

/** Masks a table and its row, column and grand totals; see `protectTogether`. */
export const protect = (table: Table, options: Options): Protected => one(protectTogether([table], options));

/** Masks a list and its total. The items are the `rowTotals` of the answer; it has no columns. */
export const protectList = (list: List, options: Options): Protected => one(protectTogether([list], options));

/**
 * Masks tables and lists that are published side by side and count the same people, each person once in each (so that
 * all have the same grand total): every count from 1 to below the threshold, and whatever else is needed so that each
 * masked number, given everything shown, can still be anything in a range at least as wide as its threshold. Zeros
 * stay shown (except in rows where nothing is). The same counts give the same masks.
 * Tables that share more than the grand total, such as one by area and a second by area and age, are not seen as
 * linked: publish the row totals of the larger one instead of a second list.
 * Refuses (RangeError) counts that are no whole numbers ≥ 0, and tables whose grand totals differ.
 */
export function protectTogether(given: readonly (Table | List)[], options: Options): Protected[] {
  const tables = given.map((table) => countUp(table, options.threshold));
  if (tables.some((t) => t.total !== tables[0]?.total)) throw new RangeError('the grand totals differ');
  const { nodes, slots } = layOut(tables.map((t) => ({ rows: t.rows.length, columns: t.columns.length })));
  const numbers = slots.map(({ table, place, from, to }) => {
    const counted = tables[table] as Counted;
    const value = lookUp(counted, place);
    return {
      from,
      to,
      count: value,
      secret: isSecret(value, counted, place),
      needed: neededWidth(counted, place),
      cost: costOf(value, counted, place),
    };
  });
  const masks =
    options.threshold === showNothing
      ? numbers.map(() => true)
      : suppress(nodes, numbers, leastMasked(tables));
  const maskAt = new Map(slots.map((slot, i) => [key(slot.table, slot.place), masks[i] === true]));
  return tables.map((table, t) => {
    const show = (place: Place): Masked =>
      maskAt.get(key(t, place)) === true
        ? { kind: 'masked' }
        : { kind: 'shown', value: lookUp(table, place) };
    const { rows, columns, threshold, rowThresholds } = table;
    return {
      rows,
      columns,
      cells: upTo(rows.length).map((row) =>
        upTo(columns.length).map((column) => show({ kind: 'cell', row, column })),
      ),
      rowTotals: upTo(rows.length).map((row) => show({ kind: 'row', row })),
      columnTotals: upTo(columns.length).map((column) => show({ kind: 'column', column })),
      total: show({ kind: 'total' }),
      threshold,
      rowThresholds,
    };
  });
}

/**
 * What masking a number costs its readers. Few masks come first, then small numbers; totals are what people look for,
 * so one goes only where no ring of up to twenty cells would do; the grand total last of all. A zero is free to show
 * and says much, so it is never given up while anything else is left.
 */
const costs = { cell: 1, total: 20, grandTotal: 1_000, zero: 1_000_000 };

function costOf(value: number, table: Counted, place: Place): number {
  if (value === 0) return costs.zero;
  if (place.kind === 'total') return costs.grandTotal;
  const isCell = place.kind === 'cell' || table.columns.length === 0;
  return (isCell ? costs.cell : costs.total) + value / (table.total + 1);
}

function isSecret(value: number, table: Counted, place: Place): boolean {
  const own = 'row' in place ? (table.rowThresholds[place.row] ?? table.threshold) : table.threshold;
  return own === showNothing || (value > 0 && value < own);
}

const key = (table: number, place: Place): string =>
  [table, place.kind, 'row' in place ? place.row : '', 'column' in place ? place.column : ''].join(':');

const one = (tables: readonly Protected[]): Protected => tables[0] as Protected;

const words = {
  /** What stands in the place of a masked number. */
  mask: asIs('－'),
  whyMasked: (threshold: number): Sentence =>
    threshold === showNothing
      ? {
          ja: '人口が少なく、個人が分かるおそれのある数は表示しません。',
          en: 'Not shown: with so few inhabitants, the figure could point at a person.',
        }
      : {
          ja: `${String(threshold)}人未満など、個人が分かるおそれのある数は表示しません。`,
          en: `Not shown: the figure is under ${String(threshold)}, or would give away one that is, and could point at a person.`,
        },
} satisfies Texts;

/** The number with thousands set apart, or 「－」. Say next to the table why: `explainMask`. */
export const showMasked = (masked: Masked): Sentence =>
  masked.kind === 'masked' ? words.mask : asIs(masked.value.toLocaleString('en-US'));

/** Why a number is not shown, for the foot of a table and for the ear of somebody who can't see the dash. */
export const explainMask = (threshold: number): Sentence => words.whyMasked(threshold);

/** The median rounded to a whole number (days, say), of at least `threshold` people; a few people's is masked. */
export function protectedMedian(values: readonly number[], threshold: number): Masked {
  if (values.length === 0 || values.length < threshold) return { kind: 'masked' };
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1);
  return { kind: 'shown', value: Math.round(middle.reduce((sum, value) => sum + value, 0) / middle.length) };
}

/** A part in whole percent, made of published numbers only, so that it gives away nothing they do not. */
export function protectedShare(part: Masked, whole: Masked): Masked {
  if (part.kind === 'masked' || whole.kind === 'masked' || whole.value === 0) return { kind: 'masked' };
  return { kind: 'shown', value: Math.round((100 * part.value) / whole.value) };
}
