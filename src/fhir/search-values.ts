import { joinSql, sql, trusted, type Sql } from '../database/sql.ts';
import { fhirIssue, type FhirIssue } from './outcome.ts';
import { searchParameters, type Parameter } from './parameters.ts';
import { isId } from './references.ts';
import type { RecordType } from './types.ts';

/** What arrived may be called `constructor` or `__proto__`: only the registry's own names count. */
export const parameterOf = (type: RecordType, name: string): Parameter | undefined =>
  Object.hasOwn(searchParameters[type], name) ? searchParameters[type][name] : undefined;

/** Values of one parameter; each costs the planner and, for names, a scan. */
const mostAlternatives = 100;

export type Compiled = { statement: Sql } | { fault: FhirIssue };
/** Faults of a request's parameters are at `http.` and the name (FHIR R4, OperationOutcome.issue.location). */
export const bad = (key: string, value: string): FhirIssue => {
  const given = `${shown(key)}=${shown(value)}`;
  return fhirIssue('value', `http.${shown(key)}`, {
    ja: `検索の条件「${given}」は使えません。`,
    en: `The search value "${given}" cannot be used.`,
  });
};
const shown = (given: string): string => given.slice(0, 60).replaceAll(/\p{C}/gu, '?');

export function compileParameter(type: RecordType, key: string, value: string): Compiled {
  const [name = '', modifier, ...more] = key.split(':');
  const fault = { fault: bad(key, value) };
  if (more.length > 0) return fault;
  if (name === '_id') {
    const ids = value.split(',').filter(isId);
    return modifier === undefined ? { statement: sql`id = any (${ids}::uuid[])` } : fault;
  }
  if (name === '_lastUpdated') return between(trusted('updated_at'), value) ?? fault;
  if (value.split(',').length > mostAlternatives) return fault;
  const parameter = parameterOf(type, name);
  if (!parameter)
    return {
      fault: fhirIssue('not-supported', `http.${shown(key)}`, {
        ja: `「${type}」に検索項目「${shown(name)}」はありません。`,
        en: `${type} has no search parameter "${shown(name)}".`,
      }),
    };
  const column = trusted(parameter.column);
  if (modifier === 'missing') {
    if (value !== 'true' && value !== 'false') return fault;
    const array = ['tokens', 'references', 'phone', 'municipality'].includes(parameter.kind);
    const empty = array ? sql`coalesce(${column}, '{}') = '{}'` : sql`${column} is null`;
    return { statement: value === 'true' ? empty : sql`not (${empty})` };
  }
  const condition = compileValue(parameter, column, value);
  if (!condition) return fault;
  if (modifier === undefined) return condition;
  return modifier === 'not' && parameter.type === 'token'
    ? { statement: sql`(${condition.statement}) is not true` }
    : fault;
}

function compileValue(parameter: Parameter, column: Sql, value: string): { statement: Sql } | undefined {
  const values = value.split(',').filter((v) => v !== '');
  if (values.length === 0) return undefined;
  switch (parameter.kind) {
    case 'code':
      return {
        statement: isOneOf(
          column,
          values.map((v) => v.split('|').at(-1) ?? v),
          'text',
        ),
      };
    case 'tokens':
      // `system|` would ask for any code of a system, which is not held.
      return values.some((v) => v.endsWith('|'))
        ? undefined
        : { statement: sql`${column} && ${values}::text[]` };
    case 'municipality':
      return { statement: sql`${column} && ${values.map((v) => v.split('|').at(-1) ?? v)}::text[]` };
    case 'phone':
      return { statement: sql`${column} && ${values.map((v) => v.replaceAll(/\D/g, ''))}::text[]` };
    case 'uri':
      // A canonical may carry its version; asked without one, every version answers.
      return {
        statement: joinAlternatives(
          values.map((v) => sql`(${column} = ${v} or ${column} like ${`${escapeLike(v)}|%`})`),
        ),
      };
    case 'reference': {
      const ids = values.map((v) => referenceId(v, parameter.targets ?? []));
      return ids.includes(undefined) ? undefined : { statement: isOneOf(column, ids, 'uuid') };
    }
    case 'references':
      return { statement: sql`${column} && ${values}::text[]` };
    case 'name':
      return {
        statement: joinAlternatives(
          values.map(
            (v) => sql`${column} like '% ' || replace(replace(fhir_key(${v}), '%', ''), '_', '') || '%'`,
          ),
        ),
      };
    case 'day':
    case 'instant': {
      const moment = parameter.kind === 'day' ? sql`fhir_start(${column})` : column;
      const alternatives = values.map((v) => between(moment, v)?.statement);
      return alternatives.includes(undefined)
        ? undefined
        : { statement: joinAlternatives(alternatives as Sql[]) };
    }
  }
}

/** One value is compared as such: behind `any` an index would no longer give its rows in their order. */
const isOneOf = (column: Sql, values: readonly unknown[], type: 'text' | 'uuid'): Sql =>
  values.length === 1
    ? sql`${column} = ${values[0]}::${trusted(type)}`
    : sql`${column} = any (${values}::${trusted(type)}[])`;
const joinAlternatives = (alternatives: readonly Sql[]): Sql => sql`(${joinSql(alternatives, ' or ')})`;
const escapeLike = (text: string): string => text.replaceAll(/[\\%_]/g, String.raw`\$&`);

function referenceId(value: string, targets: readonly RecordType[]): string | undefined {
  const [type, id] = value.includes('/') ? value.split('/').slice(-2) : [undefined, value];
  return isId(id) && (type === undefined || (targets as readonly string[]).includes(type)) ? id : undefined;
}

const dateForm =
  /^(eq|ne|gt|lt|ge|le)?(\d{4}(?:-\d\d(?:-\d\d(?:T[0-9:.]+(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d))?)?)?)$/;

/** Whether there is such a day and time; JavaScript itself takes 30 February for 2 March. */
function isMoment(date: string): boolean {
  const whole = date.length <= 10 ? `${date}${'-01-01'.slice(date.length - 4)}T00:00:00Z` : date;
  if (Number.isNaN(Date.parse(whole)) || whole.startsWith('0000')) return false;
  const day = whole.slice(0, 10);
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
}

/** A date of any precision is the span it covers: `2026-11` is the whole month. */
export function between(column: Sql, value: string): { statement: Sql } | undefined {
  const [, prefix = 'eq', date = ''] = dateForm.exec(value) ?? [];
  if (!isMoment(date)) return undefined;
  const inside = sql`(${column} >= fhir_start(${date}) and ${column} < greatest(fhir_end(${date}), fhir_start(${date}) + interval '1 ms'))`;
  switch (prefix) {
    case 'gt':
      return { statement: sql`${column} >= fhir_end(${date})` };
    case 'ge':
      return { statement: sql`${column} >= fhir_start(${date})` };
    case 'lt':
      return { statement: sql`${column} < fhir_start(${date})` };
    case 'le':
      return {
        statement: sql`${column} < greatest(fhir_end(${date}), fhir_start(${date}) + interval '1 ms')`,
      };
    case 'ne':
      return { statement: sql`not ${inside}` };
    default:
      return { statement: inside };
  }
}
