import { joinSql, sql, trusted, type Sql } from '../database/sql.ts';
import { invalid, issue, type Issue } from '../kernel/problem.ts';
import { searchParameters, type Parameter } from './parameters.ts';
import { isId } from './references.ts';
import { tableOf } from './tables.ts';
import type { RecordType } from './types.ts';

export type Given = readonly (readonly [name: string, value: string])[];
export type Search = Readonly<{ statement: Sql; count: number }>;

/** Most results of one page, and the number when `_count` is not given. */
export const largestPage = 200;
const usualPage = 50;

/**
 * Compiles FHIR search parameters to one statement over the derived columns. Values of one parameter are alternatives
 * (`status=requested,accepted`), parameters narrow each other. Understands `_id`, `_lastUpdated`, `_count`, `_sort`,
 * `_cursor` (opaque, from a page's link), the modifiers `:missing` and `:not`, and date prefixes. Refuses what it does
 * not know, naming the parameter.
 */
export function compileSearch(type: RecordType, given: Given, now?: { count?: number }): Search {
  const where: Sql[] = [sql`true`];
  const faults: Issue[] = [];
  let count = now?.count ?? usualPage;
  let order = sql`updated_at desc, id`;
  for (const [key, value] of given) {
    if (key === '_count') {
      count = Math.min(largestPage, Math.max(0, Math.trunc(Number(value)) || 0));
      if (!/^\d{1,6}$/.test(value)) faults.push(bad(key, value));
    } else if (key === '_sort') {
      const sorted = compileSort(type, value);
      if (sorted) order = sorted;
      else faults.push(bad(key, value));
    } else if (key === '_cursor') {
      const after = readCursor(value);
      if (after) where.push(sql`(updated_at, id) < (${after.at}::timestamptz, ${after.id}::uuid)`);
      else faults.push(bad(key, value));
    } else if (!['_format', '_pretty', '_total', '_summary'].includes(key)) {
      const condition = compileParameter(type, key, value);
      if ('statement' in condition) where.push(condition.statement);
      else faults.push(condition.fault);
    }
  }
  if (faults.length > 0) throw invalid(...faults);
  const table = trusted(tableOf(type));
  return {
    count,
    statement: sql`select content, updated_at from ${table} where ${joinSql(where, ' and ')} order by ${order} limit ${count + 1}`,
  };
}

/** The place after the last row of a page, for the link to the next one. */
export const cursorAt = (updatedAt: Date, id: string): string =>
  Buffer.from(`${updatedAt.toISOString()} ${id}`).toString('base64url');

function readCursor(text: string): { at: string; id: string } | undefined {
  const [at = '', id = ''] = Buffer.from(text, 'base64url').toString().split(' ');
  return !Number.isNaN(Date.parse(at)) && isId(id) ? { at, id } : undefined;
}

function compileSort(type: RecordType, value: string): Sql | undefined {
  const parts = value.split(',').map((part) => {
    const name = part.replace(/^-/, '');
    const column = name === '_lastUpdated' ? 'updated_at' : searchParameters[type][name]?.column;
    return column === undefined
      ? undefined
      : trusted(`${column} ${part.startsWith('-') ? 'desc' : 'asc'} nulls last`);
  });
  return parts.some((p) => p === undefined) ? undefined : joinSql([...(parts as Sql[]), sql`id`], ', ');
}

type Compiled = { statement: Sql } | { fault: Issue };
const bad = (key: string, value: string): Issue =>
  issue(
    key,
    `検索の条件「${key}=${value.slice(0, 60)}」は使えません。`,
    `The search value "${key}=${value.slice(0, 60)}" cannot be used.`,
  );

function compileParameter(type: RecordType, key: string, value: string): Compiled {
  const [name = '', modifier, ...more] = key.split(':');
  const fault = { fault: bad(key, value) };
  if (more.length > 0) return fault;
  if (name === '_id') {
    const ids = value.split(',').filter(isId);
    return modifier === undefined ? { statement: sql`id = any (${ids}::uuid[])` } : fault;
  }
  if (name === '_lastUpdated') return between(trusted('updated_at'), value) ?? fault;
  const parameter = searchParameters[type][name];
  if (!parameter)
    return {
      fault: issue(
        key,
        `「${type}」に検索項目「${name}」はありません。`,
        `${type} has no search parameter "${name}".`,
      ),
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
      return { statement: sql`${column} = any (${values.map((v) => v.split('|').at(-1) ?? v)})` };
    case 'tokens':
      return { statement: sql`${column} && ${values}::text[]` };
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
      return ids.includes(undefined) ? undefined : { statement: sql`${column} = any (${ids}::uuid[])` };
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

const joinAlternatives = (alternatives: readonly Sql[]): Sql => sql`(${joinSql(alternatives, ' or ')})`;
const escapeLike = (text: string): string => text.replaceAll(/[\\%_]/g, String.raw`\$&`);

function referenceId(value: string, targets: readonly RecordType[]): string | undefined {
  const [type, id] = value.includes('/') ? value.split('/').slice(-2) : [undefined, value];
  return isId(id) && (type === undefined || (targets as readonly string[]).includes(type)) ? id : undefined;
}

const dateForm = /^(eq|ne|gt|lt|ge|le)?(\d{4}(?:-\d\d(?:-\d\d(?:T[0-9:.]+(?:Z|[+-]\d\d:\d\d))?)?)?)$/;

/** A date of any precision is the span it covers: `2026-11` is the whole month. */
function between(column: Sql, value: string): { statement: Sql } | undefined {
  const [, prefix = 'eq', date = ''] = dateForm.exec(value) ?? [];
  if (Number.isNaN(Date.parse(date.length <= 10 ? date.padEnd(10, '-01') : date))) return undefined;
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
