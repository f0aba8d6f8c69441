import { sql, type Sql } from '../database/sql.ts';
import { fhirIssue } from './outcome.ts';
import type { Parameter } from './parameters.ts';
import {
  column,
  either,
  holds,
  pathOf,
  unescaped,
  Unfit,
  type Condition,
  type Rows,
} from './search-condition.ts';
import type { Place } from './search-order.ts';

export type Way = 'starts' | 'contains' | 'exact';

/** Names, their parts, addresses and other texts, whatever the width, the case and the kind of kana, unless `exact`. */
export function texts(rows: Rows, parameter: Parameter, values: readonly string[], way: Way): Condition {
  const wanted = values.map(unescaped);
  if (parameter.kind === 'name' && way !== 'exact') return names(rows, wanted, way);
  const paths = parameter.kind === 'name' ? namePaths(rows) : parameter.paths;
  const compared = either(wanted.map((value) => either(paths.map((path) => textAt(rows, path, value, way)))));
  // Of persons the index of name parts says who comes into question.
  const isName = parameter.kind === 'name' || parameter.kind === 'part';
  return rows.type === 'Patient' && isName && way !== 'contains'
    ? {
        where: sql`${either(wanted.map((value) => keyed(rows, value)))} and ${compared}`,
        narrows: true,
      }
    : { where: compared };
}

const namePaths = ({ type }: Rows): readonly string[] =>
  ['Patient', 'Practitioner'].includes(type) ? ['name.family', 'name.given', 'name.text'] : ['name'];

function textAt(rows: Rows, path: string, value: string, way: Way): Sql {
  const compared =
    way === 'exact'
      ? sql`t = ${value}`
      : way === 'contains'
        ? sql`strpos(fhir_key(t), fhir_key(${value})) > 0`
        : sql`starts_with(fhir_key(t), fhir_key(${value}))`;
  return sql`exists (select 1 from fhir_texts(${column(rows, 'content')}, ${pathOf(path)}) t where ${compared})`;
}

/** In the column of names each part stands after a space. */
function names(rows: Rows, wanted: readonly string[], way: 'starts' | 'contains'): Condition {
  const named = column(rows, 'name');
  const inName = (value: string): Sql =>
    way === 'contains'
      ? sql`strpos(${named}, fhir_key(${value})) > 0`
      : sql`strpos(${named}, ' ' || fhir_key(${value})) > 0`;
  if (rows.type !== 'Patient' || way === 'contains') return { where: either(wanted.map(inName)) };
  const isOneWord = (value: string): boolean => !/\s/u.test(value.trim());
  const [only = '', ...more] = wanted;
  return {
    where: either(
      wanted.map((value) =>
        isOneWord(value) ? keyed(rows, value) : sql`(${keyed(rows, value)} and ${inName(value.trim())})`,
      ),
    ),
    narrows: true,
    ...(more.length === 0 && isOneWord(only)
      ? { newest: (most: number, place?: Place) => keyed(rows, only, most, place) }
      : {}),
  };
}

/**
 * Persons one of whose name parts starts with the first word of it, of those whom the actor may know: a stretch of an index,
 * read without the records; see migration 0078.
 */
function keyed(rows: Rows, value: string, most?: number, [moment, id]: Place = []): Sql {
  const [first = ''] = value.trim().split(/\s+/u);
  return sql`${column(rows, 'id')} = any (array(select persons_named(${first}, ${most ?? null}::integer,
    ${moment ?? null}::timestamptz, ${id ?? null}::uuid)))`;
}

/** Addresses of things; a canonical asked without its version answers in every version. */
export function uris(
  rows: Rows,
  name: string,
  parameter: Parameter,
  values: readonly string[],
  way: 'equal' | 'below' | 'above',
): Condition {
  const wanted = values.map(unescaped);
  if (way !== 'equal')
    return {
      where: either(
        wanted.flatMap((value) =>
          parameter.paths.map((path) => {
            const related =
              way === 'below'
                ? sql`(t = ${value} or starts_with(t, ${`${value.replace(/\/$/, '')}/`}))`
                : sql`(t = ${value} or starts_with(${value}, rtrim(t, '/') || '/'))`;
            return sql`exists (select 1 from fhir_texts(${column(rows, 'content')}, ${pathOf(path)}) t where ${related})`;
          }),
        ),
      ),
    };
  if (parameter.column !== undefined) {
    const of = column(rows, parameter.column);
    return {
      where: either(wanted.map((value) => sql`(${of} = ${value} or starts_with(${of}, ${`${value}|`}))`)),
    };
  }
  return parameter.isHeld
    ? {
        where: holds(
          rows,
          wanted.map((value) => `${name}=${value}`),
        ),
        opens: true,
        narrows: true,
      }
    : {
        where: either(
          parameter.paths.flatMap((path) => wanted.map((value) => textAt(rows, path, value, 'exact'))),
        ),
      };
}

const quantityForm = /^(eq|ne|gt|lt|ge|le|sa|eb|ap)?([+-]?\d{1,30}(?:\.(\d{1,30}))?(?:[eE]([+-]?\d{1,2}))?)$/;

/** `5.4|http://unitsofmeasure.org|mg`, `5.4||mg`, `gt5.4`: equal means within half of the last digit that was given. */
export function quantities(
  rows: Rows,
  parameter: Parameter,
  values: readonly (readonly string[])[],
): Condition | undefined {
  const compared = values.map(([number = '', system = '', code = '', ...more]) => {
    const [, prefix = 'eq', value, decimals = '', exponent = '0'] = quantityForm.exec(number) ?? [];
    if (value === undefined || more.length > 0) return undefined;
    const half = sql`${`5e${String(Number(exponent) - decimals.length - 1)}`}::numeric`;
    const given = sql`${value}::numeric`;
    const within = (by: Sql): Sql => sql`(v >= ${given} - ${by} and v < ${given} + ${by})`;
    const ways: Readonly<Record<string, Sql>> = {
      eq: within(half),
      ne: sql`not ${within(half)}`,
      gt: sql`v > ${given}`,
      sa: sql`v > ${given}`,
      ge: sql`v >= ${given}`,
      lt: sql`v < ${given}`,
      eb: sql`v < ${given}`,
      le: sql`v <= ${given}`,
      ap: sql`abs(v - ${given}) <= greatest(abs(${given}) * 0.1, ${half})`,
    };
    const ofSystem = system === '' ? sql`` : sql`and q ->> 'system' = ${system}`;
    const inUnit =
      code === ''
        ? sql``
        : system === ''
          ? sql`and ${code} in (q ->> 'code', q ->> 'unit')`
          : sql`and q ->> 'code' = ${code}`;
    return either(
      parameter.paths.map(
        (path) => sql`exists (select 1 from jsonb_path_query(${column(rows, 'content')}, ${pathOf(path)}) q,
          lateral (select (q ->> 'value')::numeric as v) n where ${ways[prefix] ?? sql`false`} ${ofSystem} ${inUnit})`,
      ),
    );
  });
  return compared.includes(undefined) ? undefined : { where: either(compared as Sql[]) };
}

/** A search for nothing but marks finds nobody, and says so. */
export function refuseEmptyText(key: string, values: readonly string[]): void {
  if (values.some((value) => value.trim() === ''))
    throw new Unfit(
      fhirIssue('value', `http.${key}`, {
        ja: '空の語では検索できません。',
        en: 'An empty word cannot be searched for.',
      }),
    );
}
