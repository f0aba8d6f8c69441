import { protect } from './disclosure.ts';
import { fewestPeople } from './fewest.ts';
import type { Masked, Protected } from './linked.ts';
import { upTo } from './linked.ts';

/** A published list; of a table, its rows. */
export type Listed = Pick<Protected, 'rows' | 'rowTotals' | 'total'>;

/** Something that people said or needed, told apart by place, as it may be published. */
export type Crossed = Readonly<{
  /** Places whose number of people is published, and these numbers. */
  places: readonly string[];
  people: readonly number[];
  everybody: number;
  columns: readonly string[];
  /** [place][column] */
  cells: readonly (readonly Masked[])[];
  /** Of everybody, by column. */
  whole: readonly Masked[];
}>;

export type CrossNeeds = Readonly<{
  /** How many people there are by place, as it is published already. */
  base: Listed;
  people: ReadonlyMap<string, number>;
  columns: readonly string[];
  count: (place: string, column: string) => number;
  /** `one`: each person is in one column at most; `some`: in at least one; `any`: in as many as they like. */
  choose: 'one' | 'some' | 'any';
  /** The columns of everybody, where they are published already. */
  whole?: Listed;
}>;

const masked: Masked = { kind: 'masked' };
const elsewhere = '\u0000elsewhere';

/**
 * What may be said of each place beside what is said of the whole. Tables of several columns share the people of a place,
 * so these have to be known numbers, or one table would give away what another hides: places whose number is masked are
 * taken together (their sum can be reckoned from the published list), and a table that could only be made safe by masking
 * such a number is not published at all. Each table is safe alone (`protect`), and what ties them together is public.
 * Where several columns may be chosen, each is a table of those who did and those who did not: nine who did not choose
 * are as few as nine who did. Undefined where nothing can be said.
 */
export function cross({ base, people, columns, count, choose, whole }: CrossNeeds): Crossed | undefined {
  if (base.total.kind === 'masked' || base.total.value === 0) return undefined;
  const places = base.rows.filter((_, i) => base.rowTotals[i]?.kind === 'shown');
  const hidden = [...people.keys()].filter((place) => !places.includes(place));
  const peopleOf = (row: string): number =>
    row === elsewhere ? sumOf(hidden, (one) => people.get(one) ?? 0) : (people.get(row) ?? 0);
  const countOf = (row: string, column: string): number =>
    row === elsewhere ? sumOf(hidden, (one) => count(one, column)) : count(row, column);
  const rows = peopleOf(elsewhere) > 0 ? [...places, elsewhere] : places;
  const listed = (column: string): boolean =>
    whole === undefined || whole.rowTotals[whole.rows.indexOf(column)]?.kind === 'shown';

  const given = { rows, peopleOf, countOf };
  const found =
    choose === 'one'
      ? together(given, columns)
      : columns.map((column) => (listed(column) ? alone(given, column) : undefined));
  if (found.every((one) => one === undefined)) return undefined;
  if (choose === 'some' && isTied(found, rows.length)) return undefined;
  return {
    places,
    people: places.map(peopleOf),
    everybody: base.total.value,
    columns,
    cells: places.map((_, row) => found.map((one) => one?.cells[row] ?? masked)),
    whole: found.map((one) => one?.whole ?? masked),
  };
}

type Given = Readonly<{
  rows: readonly string[];
  peopleOf: (row: string) => number;
  countOf: (row: string, column: string) => number;
}>;
type Column = Readonly<{ cells: readonly Masked[]; whole: Masked }>;

/** Each person in one of the columns or in none: one table. */
function together(given: Given, columns: readonly string[]): (Column | undefined)[] {
  const table = tableWith(given, columns);
  return columns.map((_, c) => (table === undefined ? undefined : columnOf(table, c)));
}

/** Those in the column and those who are not: a table of its own. Its whole is published with it, or it is not. */
function alone(given: Given, column: string): Column | undefined {
  const table = tableWith(given, [column]);
  const found = table === undefined ? undefined : columnOf(table, 0);
  return found?.whole.kind === 'shown' ? found : undefined;
}

const columnOf = (table: Protected, c: number): Column => ({
  cells: table.cells.map((row) => overZero(row[c])),
  whole: overZero(table.columnTotals[c]),
});

/** A zero is hidden with what is small: that tells less than what was protected, so what was protected stays so. */
const overZero = (one: Masked | undefined): Masked => (one?.kind === 'shown' && one.value > 0 ? one : masked);

/** The columns and a last one for whoever is in none. Undefined where a number of people would have to be masked. */
function tableWith({ rows, peopleOf, countOf }: Given, columns: readonly string[]): Protected | undefined {
  const none = (row: string): number => peopleOf(row) - sumOf(columns, (column) => countOf(row, column));
  const table = protect(
    {
      rows,
      columns: [...columns, ''],
      cells: (row, column) => (column === '' ? none(row) : countOf(row, column)),
    },
    { threshold: fewestPeople },
  );
  return table.total.kind === 'shown' && table.rowTotals.every(({ kind }) => kind === 'shown')
    ? table
    : undefined;
}

/**
 * Whoever is in at least one column: where only one is hidden, it has to hold all whom the others do not. Then nothing is
 * told apart by place.
 */
const isTied = (columns: readonly (Column | undefined)[], rows: number): boolean =>
  upTo(rows).some((row) => columns.filter((one) => one?.cells[row]?.kind !== 'shown').length === 1);

const sumOf = <T>(of: readonly T[], value: (one: T) => number): number =>
  of.reduce((all, one) => all + value(one), 0);
