/** Tables as people publish them, and as one circulation: tables of the same people share their grand total. */

/** A published number. A masked one carries nothing: not even how small it is. */
export type Masked = Readonly<{ kind: 'shown'; value: number } | { kind: 'masked' }>;

/** What may be published. `rowTotals` of a list (a table without columns) are its items. */
export type Protected = Readonly<{
  rows: readonly string[];
  columns: readonly string[];
  /** [row][column] */
  cells: readonly (readonly Masked[])[];
  rowTotals: readonly Masked[];
  columnTotals: readonly Masked[];
  total: Masked;
  /** Counts of 1 up to one below this are not shown. */
  threshold: number;
  /** The threshold of each row; Infinity where nothing at all is shown. */
  rowThresholds: readonly number[];
}>;

/** Where a number stands. In a list only `row` and `total` occur. */
export type Place = Readonly<
  | { kind: 'cell'; row: number; column: number }
  | { kind: 'row'; row: number }
  | { kind: 'column'; column: number }
  | { kind: 'total' }
>;

/** One number of one of the tables, and between which nodes people flow through it. */
export type Slot = Readonly<{ table: number; place: Place; from: number; to: number }>;

/**
 * One circulation for several tables of the same people: each table's people go from its entrance through row, cell
 * and column to its exit; the grand total of each is the arc to the next table's entrance, the last one's to the
 * first's, so that all grand totals are one number.
 */
export function layOut(shapes: readonly Readonly<{ rows: number; columns: number }>[]): {
  nodes: number;
  slots: Slot[];
} {
  const starts: number[] = [];
  let nodes = 0;
  for (const { rows, columns } of shapes) {
    starts.push(nodes);
    nodes += 2 + (columns === 0 ? 0 : rows + columns);
  }
  const slots = shapes.flatMap((shape, table): Slot[] => {
    const entrance = starts[table] ?? 0;
    const exit = entrance + 1;
    const next = starts[(table + 1) % shapes.length] ?? 0;
    const total: Slot = { table, place: { kind: 'total' }, from: exit, to: next };
    const rows = upTo(shape.rows);
    const columns = upTo(shape.columns);
    const rowNode = (row: number) => (columns.length === 0 ? exit : exit + 1 + row);
    const columnNode = (column: number) => exit + 1 + shape.rows + column;
    return [
      total,
      ...rows.map((row): Slot => ({ table, place: { kind: 'row', row }, from: entrance, to: rowNode(row) })),
      ...columns.map((column): Slot => {
        return { table, place: { kind: 'column', column }, from: columnNode(column), to: exit };
      }),
      ...rows.flatMap((row) =>
        columns.map((column): Slot => {
          const place: Place = { kind: 'cell', row, column };
          return { table, place, from: rowNode(row), to: columnNode(column) };
        }),
      ),
    ];
  });
  return { nodes, slots };
}

type Grid<T> = Readonly<{
  cells: readonly (readonly T[])[];
  rowTotals: readonly T[];
  columnTotals: readonly T[];
  total: T;
}>;

/** What stands at that place; refuses a place outside the table. */
export function lookUp<T>(table: Grid<T>, place: Place): T {
  const line = {
    cell: () => table.cells[place.kind === 'cell' ? place.row : -1],
    row: () => table.rowTotals,
    column: () => table.columnTotals,
    total: () => [table.total],
  }[place.kind]();
  const index = 'column' in place ? place.column : 'row' in place ? place.row : 0;
  const found = line?.[index];
  if (found === undefined) throw new RangeError('no such place in the table');
  return found;
}

/** The width that the range of a masked number at that place must have. */
export function neededWidth(table: Pick<Protected, 'threshold' | 'rowThresholds'>, place: Place): number {
  const own = 'row' in place ? (table.rowThresholds[place.row] ?? table.threshold) : table.threshold;
  return own === Infinity ? table.threshold : own;
}

/**
 * The least that a masked number can be in a reader's eyes. Zeros are always published, so whoever knows the rule knows
 * that a masked number is at least one; only beside rows of which nothing is shown may a zero be masked.
 */
export const leastMasked = (tables: readonly Pick<Protected, 'rowThresholds'>[]): 0 | 1 =>
  tables.some((table) => table.rowThresholds.includes(Infinity)) ? 0 : 1;

export const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
