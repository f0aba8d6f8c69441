import { joinSql, sql, trusted, type Sql } from '../database/sql.ts';
import { invalid } from '../kernel/problem.ts';
import type { FhirIssue } from './outcome.ts';
import { isId } from './references.ts';
import { bad, compileParameter, parameterOf } from './search-values.ts';
import { foundIn, isAboutPerson, tableOf } from './tables.ts';
import type { RecordType } from './types.ts';

export type Given = readonly (readonly [name: string, value: string])[];
export type Search = Readonly<{
  statement: Sql;
  count: number;
  /** One plan serves whatever the values are: the rows hang on a record that is named. */
  isUsual: boolean;
}>;

/** Most results of one page, and the number when `_count` is not given. */
export const largestPage = 200;
const usualPage = 50;

/**
 * Compiles FHIR search parameters to one statement over the derived columns. Values of one parameter are alternatives
 * (`status=requested,accepted`), parameters narrow each other. Understands `_id`, `_lastUpdated`, `_count`, `_sort`,
 * `_cursor` (opaque, from a page's link), the modifiers `:missing` and `:not`, and date prefixes. Refuses what it does
 * not know, naming the parameter.
 */
export function compileSearch(type: RecordType, given: Given, by: Searcher): Search {
  const where: Sql[] = [sql`true`];
  const faults: FhirIssue[] = [];
  let count = by.count ?? usualPage;
  let order = sql`updated_at desc, id`;
  let skip = 0;
  const isSorted = given.some(([key]) => key === '_sort');
  for (const [key, value] of given) {
    if (/\p{Cc}/u.test(value)) faults.push(bad(key, value));
    else if (key === '_count') {
      count = Math.min(largestPage, Math.max(0, Math.trunc(Number(value)) || 0));
      if (!/^\d{1,6}$/.test(value)) faults.push(bad(key, value));
    } else if (key === '_sort') {
      const sorted = compileSort(type, value);
      if (sorted) order = sorted;
      else faults.push(bad(key, value));
    } else if (key === '_cursor') {
      const after = readCursor(value);
      if (after === undefined || isSorted !== 'skip' in after) faults.push(bad(key, value));
      else if ('skip' in after) skip = after.skip;
      // As in the order: what changed at the same moment goes on by id.
      else
        where.push(
          sql`updated_at <= ${after.at}::timestamptz and (updated_at < ${after.at}::timestamptz or id > ${after.id}::uuid)`,
        );
    } else if (!['_format', '_pretty', '_total'].includes(key)) {
      const condition = compileParameter(type, key, value);
      if ('statement' in condition) where.push(condition.statement);
      else faults.push(condition.fault);
    }
  }
  if (faults.length > 0) throw invalid(...faults);
  const { source, narrowing, isUsual } = waysTo(type, given, by.organization);
  where.push(...narrowing);
  return {
    count,
    isUsual,
    statement: sql`select content, updated_at from ${source} where ${joinSql(where, ' and ')} order by ${order} limit ${count + 1} offset ${skip}`,
  };
}

/** Whose search it is; `count` is the page size where none is asked for. */
type Searcher = Readonly<{ organization: string; count?: number }>;

/**
 * How the rows are reached. Under row rules PostgreSQL keeps an index from every operator that could tell something of a
 * hidden row by failing, which is all but plain comparisons; so a search by tokens or names goes through the view that
 * carries the same rule (`<table>_found`). And a search that asks for nothing in particular begins with the persons
 * whom the organization sees, be they three among a million.
 */
function waysTo(
  type: RecordType,
  given: Given,
  organization: string,
): Pick<Search, 'isUsual'> & { source: Sql; narrowing: Sql[] } {
  const table = tableOf(type);
  if (!isAboutPerson(type)) return { source: trusted(table), narrowing: [], isUsual: true };
  const kinds = given.map(([key]) => parameterOf(type, key.split(':')[0] ?? '')?.kind);
  const plain = ['code', 'reference', 'instant', undefined];
  const isPlain = kinds.every((kind) => plain.includes(kind));
  const isNarrow = !isPlain || kinds.includes('reference') || given.some(([key]) => key === '_id');
  return {
    source: trusted(isPlain ? table : foundIn(type)),
    isUsual: isPlain && isNarrow,
    narrowing: isNarrow
      ? []
      : [
          sql`patient_id in (select s.patient_id from sight s where s.organization_id = ${organization}::uuid)`,
        ],
  };
}

type Last = Readonly<{ updatedAt: Date; id: string }>;

/**
 * The place after a page with `found` records, for the link to the next one: the last row, so that what comes in
 * meanwhile neither doubles nor drops a record; under `_sort` the number of rows passed, which promises less.
 */
export function cursorAfter(given: Given, found: number, last: Last): string {
  const now = readCursor(given.find(([key]) => key === '_cursor')?.[1] ?? '');
  const skipped = now && 'skip' in now ? now.skip : 0;
  const place = given.some(([key]) => key === '_sort')
    ? `+${String(skipped + found)}`
    : `${last.updatedAt.toISOString()} ${last.id}`;
  return Buffer.from(place).toString('base64url');
}

function readCursor(text: string): { at: string; id: string } | { skip: number } | undefined {
  const place = Buffer.from(text, 'base64url').toString();
  const skip = /^\+(\d{1,6})$/.exec(place)?.[1];
  if (skip !== undefined) return { skip: Number(skip) };
  const [at = '', id = ''] = place.split(' ');
  return /^\d{4}-\d\d-\d\dT[\d:.]{12}Z$/.test(at) && !Number.isNaN(Date.parse(at)) && isId(id)
    ? { at, id }
    : undefined;
}

function compileSort(type: RecordType, value: string): Sql | undefined {
  const parts = value.split(',').map((part) => {
    const name = part.replace(/^-/, '');
    const column = name === '_lastUpdated' ? 'updated_at' : parameterOf(type, name)?.column;
    return column === undefined
      ? undefined
      : trusted(`${column} ${part.startsWith('-') ? 'desc' : 'asc'} nulls last`);
  });
  return parts.some((p) => p === undefined) ? undefined : joinSql([...(parts as Sql[]), sql`id`], ', ');
}
