import { sql, trusted, type Sql } from '../database/sql.ts';
import type { Parameter } from './parameters.ts';
import { column, either, pathOf, type Condition, type Rows } from './search-condition.ts';

const prefixes = ['eq', 'ne', 'gt', 'lt', 'ge', 'le', 'sa', 'eb', 'ap'] as const;
export type Prefix = (typeof prefixes)[number];
/** A date of any precision is the span it covers: `2026-11` is the whole month. `until` is the first moment after. */
type Asked = Readonly<{ prefix: Prefix; since: Date; until: Date }>;

const dateForm =
  /^(eq|ne|gt|lt|ge|le|sa|eb|ap)?(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d:\d\d)(:\d\d)?(\.\d{1,9})?(Z|[+-](?:0\d|1[0-4]):[0-5]\d)?)?)?)?$/;

/** Undefined when there is no such day or time; JavaScript itself takes 30 February for 2 March. Days are Japan's. */
function readDate(value: string): Asked | undefined {
  const [, prefix = 'eq', year = '', month, day, minute, second, fraction, zone = '+09:00'] =
    dateForm.exec(value) ?? [];
  const date = `${year}-${month ?? '01'}-${day ?? '01'}`;
  const days = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(days.getTime()) || !days.toISOString().startsWith(date) || year === '0000')
    return undefined;
  if (fraction !== undefined && second === undefined) return undefined;
  const since = new Date(
    `${date}T${minute ?? '00:00'}${second ?? ':00'}${(fraction ?? '').slice(0, 4)}${zone}`,
  );
  if (Number.isNaN(since.getTime())) return undefined;
  const length =
    fraction !== undefined ? 1 : second !== undefined ? 1000 : minute !== undefined ? 60_000 : 86_400_000;
  const next =
    month === undefined
      ? `${String(Number(year) + 1).padStart(4, '0')}-01-01`
      : new Date(Date.UTC(Number(year), Number(month), 1)).toISOString().slice(0, 10);
  const until = day === undefined ? new Date(`${next}T00:00:00+09:00`) : new Date(since.getTime() + length);
  return Number.isNaN(until.getTime()) ? undefined : { prefix: prefix as Prefix, since, until };
}

/** Whether the span from `s` to before `e` is as asked (FHIR R4, search.html#prefix). */
function compare({ prefix, since, until }: Asked, s: Sql, e: Sql): Sql {
  const [from, to] = [sql`${since}::timestamptz`, sql`${until}::timestamptz`];
  const inside = sql`(${s} >= ${from} and ${e} <= ${to})`;
  switch (prefix) {
    case 'eq':
      return inside;
    case 'ne':
      return sql`not ${inside}`;
    case 'gt':
      return sql`${e} > ${to}`;
    case 'ge':
      return sql`(${e} > ${to} or ${inside})`;
    case 'lt':
      return sql`${s} < ${from}`;
    case 'le':
      return sql`(${s} < ${from} or ${inside})`;
    case 'sa':
      return sql`${s} >= ${to}`;
    case 'eb':
      return sql`${e} <= ${from}`;
    case 'ap': {
      // About: a tenth of the time between then and now, on either side.
      const about = sql`abs(extract(epoch from now() - ${from})) * interval '0.1 s'`;
      return sql`(${s} < ${to} + ${about} and ${e} > ${from} - ${about})`;
    }
  }
}

/** The same of moments to the millisecond, such as when a record was written: plain comparisons, which an index answers. */
function compareMoment({ prefix, since, until }: Asked, at: Sql): Sql {
  const [from, to] = [sql`${since}::timestamptz`, sql`${until}::timestamptz`];
  switch (prefix) {
    case 'eq':
      return sql`(${at} >= ${from} and ${at} < ${to})`;
    case 'ne':
      return sql`(${at} < ${from} or ${at} >= ${to})`;
    case 'gt':
    case 'sa':
      return sql`${at} >= ${to}`;
    case 'ge':
      return sql`${at} >= ${from}`;
    case 'lt':
    case 'eb':
      return sql`${at} < ${from}`;
    case 'le':
      return sql`${at} < ${to}`;
    case 'ap':
      return compare({ prefix, since, until }, at, at);
  }
}

/** A column of moments to the millisecond. Undefined when the value is no date. */
export function between(of: Sql, value: string): { statement: Sql } | undefined {
  const asked = readDate(value);
  return asked && { statement: compareMoment(asked, of) };
}

export function dates(rows: Rows, parameter: Parameter, values: readonly string[]): Condition | undefined {
  const wanted = values.map(readDate);
  if (wanted.includes(undefined)) return undefined;
  return { where: either((wanted as Asked[]).map((asked) => oneDate(rows, parameter, asked))) };
}

/** Where the beginning has a column, it decides most rows before anything of their content is read. */
function oneDate(rows: Rows, parameter: Parameter, asked: Asked): Sql {
  if (parameter.column === 'updated_at') return compareMoment(asked, column(rows, 'updated_at'));
  const exact = either(
    parameter.paths.map(
      (path) =>
        sql`exists (select 1 from fhir_spans(${column(rows, 'content')}, ${pathOf(path)}) d where ${compare(asked, trusted('d.since'), trusted('d.until'))})`,
    ),
  );
  if (parameter.column === undefined || asked.prefix === 'ne' || asked.prefix === 'ap') return exact;
  if (parameter.column === 'birth_date') return exact;
  // The column has the first kind of element alone.
  if (parameter.paths.length > 1) return exact;
  const since = column(rows, parameter.column);
  const [from, to] = [sql`${asked.since}::timestamptz`, sql`${asked.until}::timestamptz`];
  // A period may have no beginning.
  const isPeriod = parameter.paths[0]?.toLowerCase().includes('period') === true;
  const open = isPeriod ? sql`${since} is null or ` : sql``;
  switch (asked.prefix) {
    case 'eq':
      return sql`(${since} >= ${from} and ${since} < ${to} and ${exact})`;
    case 'le':
      return sql`((${open}${since} < ${to}) and ${exact})`;
    case 'eb':
      return sql`((${open}${since} <= ${from}) and ${exact})`;
    case 'gt':
    case 'ge':
      // A date reaches a year beyond its beginning at most, so that an index may begin there.
      return isPeriod
        ? sql`(${since} >= ${to} or ${exact})`
        : sql`(${since} >= ${from} - interval '1 year' and (${since} >= ${to} or ${exact}))`;
    case 'lt':
      return sql`((${open}${since} < ${from}) and ${exact})`;
    case 'sa':
      return sql`(${since} >= ${to})`;
  }
}
