import { type Arc, balance, type Range, rangeOf } from './circulation.ts';
import { layOut, leastMasked, lookUp, neededWidth, type Place, type Protected } from './linked.ts';

/**
 * What an outsider can work out about one number from nothing but the published ones: the exact least and most it can
 * be, knowing that all are counts and that zeros are shown. `most` is Infinity where nothing bounds it.
 * `others` are further tables of the same people (same grand total). Refuses tables that contradict themselves.
 */
export function feasibleRange(table: Protected, place: Place, others: readonly Protected[] = []): Range {
  const { nodes, arcs, slots } = readAsOutsider([table, ...others]);
  const index = slots.findIndex((slot) => slot.table === 0 && samePlace(slot.place, place));
  return rangeOf(nodes, arcs, index);
}

export type Exposed = Readonly<{ table: number; place: Place; range: Range }>;

/** The masked numbers an outsider can pin down more closely than allowed; empty when the tables are safe together. */
export function exposed(tables: readonly Protected[]): Exposed[] {
  const { nodes, arcs, slots } = readAsOutsider(tables);
  return slots.flatMap(({ table, place }, index) => {
    const held = tables[table];
    if (held === undefined || lookUp(held, place).kind === 'shown') return [];
    const needed = neededWidth(held, place);
    const range = rangeOf(nodes, arcs, index, needed);
    return range.most - range.least >= needed ? [] : [{ table, place, range }];
  });
}

function readAsOutsider(tables: readonly Protected[]) {
  const { nodes, slots } = layOut(tables.map((t) => ({ rows: t.rows.length, columns: t.columns.length })));
  const unknown = { least: leastMasked(tables), most: Infinity };
  const known = slots.map(({ table, place, from, to }): Omit<Arc, 'flow'> => {
    const held = tables[table];
    const number = held === undefined ? undefined : lookUp(held, place);
    const bounds = number?.kind === 'shown' ? { least: number.value, most: number.value } : unknown;
    return { from, to, ...bounds };
  });
  const arcs = balance(nodes, known);
  if (arcs === undefined) throw new RangeError('the published numbers contradict each other');
  return { nodes, arcs, slots };
}

const samePlace = (a: Place, b: Place): boolean =>
  a.kind === b.kind &&
  ('row' in a ? a.row : -1) === ('row' in b ? b.row : -1) &&
  ('column' in a ? a.column : -1) === ('column' in b ? b.column : -1);
