import type { List, Table } from '../../src/statistics/counted.ts';
import type { Masked, Protected } from '../../src/statistics/linked.ts';

/** Rows r0, r1 …, columns c0, c1 … of these counts. */
export const tableOf = (counts: readonly (readonly number[])[]): Table => ({
  rows: counts.map((_, i) => `r${String(i)}`),
  columns: (counts[0] ?? []).map((_, i) => `c${String(i)}`),
  cells: (row, column) => counts[Number(row.slice(1))]?.[Number(column.slice(1))] ?? 0,
});

export const listOf = (counts: readonly number[]): List => ({
  rows: counts.map((_, i) => `r${String(i)}`),
  counts: (row) => counts[Number(row.slice(1))] ?? 0,
});

const face = (m: Masked | undefined): string => (m?.kind === 'shown' ? String(m.value) : '-');

/** As people see it: cells, a bar, the row total; the column totals below. A list on one line. */
export const picture = (table: Protected): string =>
  table.columns.length === 0
    ? `${table.rowTotals.map(face).join(' ')} | ${face(table.total)}`
    : [
        ...table.cells.map((row, r) => `${row.map(face).join(' ')} | ${face(table.rowTotals[r])}`),
        `${table.columnTotals.map(face).join(' ')} | ${face(table.total)}`,
      ].join('\n');
