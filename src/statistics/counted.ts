import type { Protected } from './linked.ts';

/** Counts of people by two things at once. `thresholdOf` a row where rows are municipalities: see `thresholdFor`. */
export type Table = Readonly<{
  rows: readonly string[];
  columns: readonly string[];
  cells: (row: string, column: string) => number;
  thresholdOf?: (row: string) => number;
}>;

/** Counts of people by one thing, with their total. */
export type List = Readonly<{
  rows: readonly string[];
  counts: (row: string) => number;
  thresholdOf?: (row: string) => number;
}>;

/** A table with its totals made. */
export type Counted = Pick<Protected, 'rows' | 'columns' | 'threshold' | 'rowThresholds'> &
  Readonly<{ cells: number[][]; rowTotals: number[]; columnTotals: number[]; total: number }>;

/** Refuses (RangeError) counts that are no whole numbers ≥ 0. */
export function countUp(table: Table | List, threshold: number): Counted {
  if (!(threshold >= 1)) throw new RangeError('a threshold is at least 1');
  const columns = 'columns' in table ? table.columns : [];
  const cells =
    'cells' in table ? table.rows.map((row) => columns.map((c) => whole(table.cells(row, c)))) : [];
  const rowTotals =
    'counts' in table ? table.rows.map((row) => whole(table.counts(row))) : cells.map((row) => sum(row));
  return {
    rows: table.rows,
    columns,
    threshold,
    rowThresholds: table.rows.map((row) => table.thresholdOf?.(row) ?? threshold),
    cells,
    rowTotals,
    columnTotals: columns.map((_, c) => sum(cells.map((row) => row[c] ?? 0))),
    total: sum(rowTotals),
  };
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

function whole(value: number): number {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError('a count is a whole number of people');
  return value;
}
