import { joinSql, sql, trusted, type Sql } from '../database/sql.ts';
import { fhirIssue, type FhirIssue } from './outcome.ts';
import type { Parameter } from './parameters.ts';
import type { Place } from './search-order.ts';
import type { RecordType } from './types.ts';

/** The rows a condition speaks of: of which type, and under which name they stand in the statement. */
export type Rows = Readonly<{ type: RecordType; as: string }>;

export type Condition = Readonly<{
  where: Sql;
  /** It needs an index that the row rule of the table closes; see decision 0011. */
  opens?: boolean;
  /** It leaves few rows, whatever the number of rows. */
  narrows?: boolean;
  /** The same as two conditions, of which a row fulfils at most one: what has an order of its own, and what needs the view. */
  apart?: readonly [inOrder: Sql, opening: Sql];
  /** The same, of which nobody looks at more than the newest so many after a place: where nothing else is asked. */
  newest?: (most: number, place?: Place) => Sql;
}>;

/** A fault of one parameter. `mayIgnore`: a reader that is lenient goes on without it. */
export class Unfit extends Error {
  readonly issue: FhirIssue;
  readonly mayIgnore: boolean;
  constructor(issue: FhirIssue, mayIgnore = false) {
    super(issue.path);
    this.issue = issue;
    this.mayIgnore = mayIgnore;
  }
}

/** Faults of a request's parameters are at `http.` and the name (FHIR R4, OperationOutcome.issue.location). */
export const bad = (key: string, value: string): FhirIssue => {
  const given = `${shown(key)}=${shown(value)}`;
  return fhirIssue('value', `http.${shown(key)}`, {
    ja: `検索の条件「${given}」は使えません。`,
    en: `The search value "${given}" cannot be used.`,
  });
};
export const unknownParameter = (type: RecordType, key: string): Unfit =>
  new Unfit(
    fhirIssue('not-supported', `http.${shown(key)}`, {
      ja: `「${type}」に検索項目「${shown(key)}」はありません。`,
      en: `${type} has no search parameter "${shown(key)}".`,
    }),
    true,
  );
export const unknownModifier = (name: string, modifier: string, key = `${name}:${modifier}`): Unfit =>
  new Unfit(
    fhirIssue('not-supported', `http.${shown(key)}`, {
      ja: `検索項目「${shown(name)}」に修飾子「:${shown(modifier)}」は使えません。`,
      en: `The modifier ":${shown(modifier)}" cannot be used with this search parameter "${shown(name)}".`,
    }),
  );
const shown = (given: string): string => given.slice(0, 60).replaceAll(/\p{C}/gu, '?');

export const column = ({ as }: Rows, name: string): Sql => trusted(`${as}.${name}`);
/** A jsonpath of the registry, such as `'$."name"."given"[*]'`: every element there, and what `rest` says of it. */
export const pathOf = (path: string, rest = ''): Sql =>
  trusted(`'$.${path.replaceAll(/\w+/g, '"$&"')}[*]${rest}'::jsonpath`);
export const either = (conditions: readonly Sql[]): Sql => sql`(${joinSql(conditions, ' or ')})`;

/** One value is compared as such: behind `any` an index would no longer give its rows in their order. */
export const isOneOf = (of: Sql, values: readonly unknown[], type: 'text' | 'uuid'): Sql =>
  values.length === 1
    ? sql`${of} = ${values[0]}::${trusted(type)}`
    : sql`${of} = any (${values}::${trusted(type)}[])`;

/** Rows with any of these entries; see migration 0031. */
export const holds = (rows: Rows, entries: readonly string[]): Sql =>
  sql`${column(rows, 'found')} && ${entries}::text[]`;

/** Parts of a value at `separator`; a backslash before one makes it a part of the text (FHIR R4, search.html#escaping). */
export const splitAt = (value: string, separator: ',' | '|' | '$'): string[] =>
  value.split(separator === ',' ? /(?<!\\),/ : separator === '|' ? /(?<!\\)\|/ : /(?<!\\)\$/);
export const unescaped = (text: string): string => text.replaceAll(/\\([\\,|$])/g, '$1');

/** Whether there is anything at all where the parameter looks. */
export function isThere(rows: Rows, parameter: Parameter): Sql {
  if (parameter.kind === 'municipality')
    return sql`coalesce(${column(rows, parameter.column ?? '')}, '{}') <> '{}'`;
  const filter = parameter.contact === undefined ? '' : ` ? (@.system == "${parameter.contact}")`;
  return either(parameter.paths.map((path) => sql`${column(rows, 'content')} @? ${pathOf(path, filter)}`));
}
