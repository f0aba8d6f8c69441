import { joinSql, sql, trusted, type Sql } from '../database/sql.ts';
import { parameterOf, type Parameter } from './parameters.ts';
import { fhirIssue } from './outcome.ts';
import { column, pathOf, Unfit, type Rows } from './search-condition.ts';
import { isId } from './references.ts';

/** One thing that a search is sorted by; what has none comes last, either way. */
export type Key = Readonly<{
  by: Sql;
  as: 'timestamptz' | 'text' | 'numeric' | 'uuid';
  isDescending: boolean;
  isAlwaysThere: boolean;
}>;
export type Place = readonly (string | null)[];

const mostKeys = 5;

/** Undefined when it names something by which nothing can be sorted. Throws `Unfit` for too many. */
export function sortKeys(rows: Rows, value: string): readonly Key[] | undefined {
  const keys = value.split(',').map((part): Key | undefined => {
    const isDescending = part.startsWith('-');
    const name = isDescending ? part.slice(1) : part;
    const parameter = parameterOf(rows.type, name);
    const way = parameter && wayOf(rows, parameter);
    return way && { isAlwaysThere: false, ...way, isDescending };
  });
  if (keys.length > mostKeys)
    throw new Unfit(
      fhirIssue('too-costly', 'http._sort', {
        ja: `並べ替えは ${String(mostKeys)} 項目までです（送られたのは ${String(keys.length)} 項目）。`,
        en: `Results are sorted by at most ${String(mostKeys)} parameters; ${String(keys.length)} were sent.`,
      }),
    );
  return keys.includes(undefined) ? undefined : (keys as Key[]);
}
export const newestFirst = (rows: Rows): readonly Key[] => [
  { by: column(rows, 'updated_at'), as: 'timestamptz', isDescending: true, isAlwaysThere: true },
];

function wayOf(rows: Rows, parameter: Parameter): (Pick<Key, 'by' | 'as'> & Partial<Key>) | undefined {
  const content = column(rows, 'content');
  const first = (rest = ''): Sql =>
    sql`(jsonb_path_query_first(${content}, ${pathOf(parameter.paths[0] ?? '', rest)}) #>> '{}')`;
  const asText = (by: Sql) => ({ by: sql`(${by} collate "C")`, as: 'text' as const });
  switch (parameter.kind) {
    case 'date':
      if (parameter.column === 'updated_at')
        return { by: column(rows, 'updated_at'), as: 'timestamptz', isAlwaysThere: true };
      if (parameter.column !== undefined && parameter.column !== 'birth_date' && parameter.paths.length === 1)
        return { by: column(rows, parameter.column), as: 'timestamptz' };
      return {
        by: sql`(select min(d.since) from (${joinSql(
          parameter.paths.map((path) => sql`select since from fhir_spans(${content}, ${pathOf(path)})`),
          ' union all ',
        )}) d)`,
        as: 'timestamptz',
      };
    case 'code':
      if (parameter.column === 'id') return { by: column(rows, 'id'), as: 'uuid', isAlwaysThere: true };
      return asText(parameter.column === undefined ? first() : column(rows, parameter.column));
    case 'concept':
      return asText(first('."coding"."code"'));
    case 'coding':
      return asText(first('."code"'));
    case 'identifier':
    case 'contact':
      return asText(first('."value"'));
    case 'reference':
      return asText(first('."reference"'));
    case 'name':
      return asText(
        ['Patient', 'Practitioner'].includes(rows.type)
          ? sql`fhir_name_order(${content} -> 'name')`
          : sql`fhir_key(${first()})`,
      );
    case 'part':
    case 'text':
      return asText(
        sql`(select fhir_key(min(t)) from fhir_texts(${content}, ${pathOf(parameter.paths[0] ?? '')}) t)`,
      );
    case 'uri':
      return asText(first());
    case 'quantity':
      return { by: sql`(${first('."value"')})::numeric`, as: 'numeric' };
    case 'composite':
    case 'exists':
    case 'municipality':
      return undefined;
  }
}

/** The order, to the last row: what is equal in everything else goes by id. */
export const orderBy = (rows: Rows, keys: readonly Key[]): Sql =>
  joinSql(
    [
      ...keys.map(({ by, isDescending, isAlwaysThere }) =>
        isAlwaysThere
          ? sql`${by} ${trusted(isDescending ? 'desc' : 'asc')}`
          : sql`${by} ${trusted(isDescending ? 'desc' : 'asc')} nulls last`,
      ),
      column(rows, 'id'),
    ],
    ', ',
  );

/** Where a row stands in the order, as the last columns of a statement. */
export const placeOf = (rows: Rows, keys: readonly Key[]): Sql =>
  sql`array[${joinSql([...keys.map(({ by }) => sql`(${by})::text`), sql`${column(rows, 'id')}::text`], ', ')}] as place`;

/** Rows after a place. A row that changes its place meanwhile is neither lost nor doubled among those that do not. */
export function after(rows: Rows, keys: readonly Key[], place: Place): Sql {
  let rest: Sql = sql`${column(rows, 'id')} > ${place.at(-1)}::uuid`;
  for (const [i, key] of [...keys.entries()].toReversed()) {
    const { by, as, isDescending, isAlwaysThere } = key;
    const value = place[i] ?? null;
    const type = trusted(as);
    if (value === null) {
      // Only those without a value are left.
      rest = sql`(${by} is null and ${rest})`;
      continue;
    }
    const past = sql`${by} ${trusted(isDescending ? '<' : '>')} ${value}::${type}`;
    const equal = sql`${by} = ${value}::${type}`;
    const bound = sql`${by} ${trusted(isDescending ? '<=' : '>=')} ${value}::${type}`;
    rest = isAlwaysThere
      ? sql`(${bound} and (${past} or ${equal} and ${rest}))`
      : sql`(${past} or ${by} is null or ${equal} and ${rest})`;
  }
  return rest;
}

/** A place as the opaque text of a link, good for this order alone. */
export const cursorOf = (sort: string, place: Place): string =>
  Buffer.from(JSON.stringify([sort, ...place])).toString('base64url');

export function readCursor(text: string, sort: string, keys: readonly Key[]): Place | undefined {
  let given: unknown;
  try {
    given = JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    return undefined;
  }
  if (!Array.isArray(given) || given.length !== keys.length + 2 || given[0] !== sort) return undefined;
  const place = given.slice(1) as unknown[];
  const fits = place.every((value, i) => {
    if (value === null) return keys[i] !== undefined;
    if (typeof value !== 'string' || /\p{Cc}/u.test(value)) return false;
    switch (keys[i]?.as ?? 'uuid') {
      case 'timestamptz':
        return (
          /^\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d){0,2}$|^-?infinity$/.test(value) &&
          isTime(value)
        );
      case 'numeric':
        return /^-?\d{1,60}(\.\d{1,60})?$/.test(value);
      case 'uuid':
        return isId(value);
      case 'text':
        return true;
    }
  });
  return fits ? (place as Place) : undefined;
}
const isTime = (value: string): boolean =>
  value.endsWith('infinity') ||
  !Number.isNaN(Date.parse(value.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')));
