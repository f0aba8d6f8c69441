import { joinSql, sql, trusted, type Sql } from '../database/sql.ts';
import { invalid } from '../kernel/problem.ts';
import type { FhirIssue } from './outcome.ts';
import { bad, Unfit, type Condition, type Rows } from './search-condition.ts';
import { readIncludes, type Include } from './search-include.ts';
import {
  after,
  cursorOf,
  newestFirst,
  orderBy,
  placeOf,
  readCursor,
  sortKeys,
  type Key,
  type Place,
} from './search-order.ts';
import { condition, type Asking } from './search-values.ts';
import { foundIn, isAboutPerson, tableOf } from './tables.ts';
import type { RecordType } from './types.ts';

export type Given = readonly (readonly [name: string, value: string])[];

/** Most results of one page, and the number when `_count` is not given. */
export const largestPage = 200;
const usualPage = 50;

export type Search = Readonly<{
  /** Rows of these columns (of `r`) and `place`, one more than the page holds. */
  rows: (columns: string) => Sql;
  /** How many there are at all, when that was asked. */
  total: Sql | undefined;
  count: number;
  /** One plan serves whatever the values are: the rows hang on a record that is named. */
  isUsual: boolean;
  includes: readonly Include[];
  /** What was understood, without what a lenient search leaves out. */
  used: Given;
  ignored: readonly FhirIssue[];
  cursorAt: (place: Place) => string;
}>;

/** Who searches: as what they look at persons (`sight`), and the page size where none is asked for. */
type Searcher = Asking &
  Readonly<{ audience: string; count?: number | undefined; isLenient?: boolean | undefined }>;

/** What is about the form of the answer is read by whoever gives it. */
const aboutAnswer = ['_format', '_pretty', '_summary', '_elements'];

/**
 * Compiles a FHIR R4 search (search.html) to statements over the derived columns. Values of one parameter are alternatives
 * (`status=requested,accepted`), parameters narrow each other. Understands what the registry names, with modifiers, chains
 * and `_has`; `_count`, `_sort`, `_total`, `_include`, `_revinclude`, and `_cursor` (opaque, from a page's link). Refuses
 * what it does not know, naming the parameter; a lenient search goes on without it and says so.
 */
export function compileSearch(type: RecordType, given: Given, by: Searcher): Search {
  const rows: Rows = { type, as: 'r' };
  const conditions: Condition[] = [];
  const faults: FhirIssue[] = [];
  const ignored: FhirIssue[] = [];
  const used: (readonly [string, string])[] = [];
  const includes: Include[] = [];
  const asked: { count: number; total: string; sort: string; keys: readonly Key[]; cursor?: string } = {
    count: by.count ?? usualPage,
    total: 'none',
    sort: '',
    keys: newestFirst(rows),
  };
  const read = (key: string, value: string): boolean => {
    if (/\p{Cc}/u.test(key + value) || value.length > longestValue) return false;
    switch (key) {
      case '_count':
        asked.count = Math.min(largestPage, Number(value));
        return /^\d{1,6}$/.test(value);
      case '_total':
        asked.total = value;
        return ['none', 'estimate', 'accurate'].includes(value);
      case '_sort': {
        const keys = sortKeys(rows, value);
        asked.keys = keys ?? asked.keys;
        asked.sort = value;
        return keys !== undefined;
      }
      case '_cursor':
        asked.cursor = value;
        return true;
      default:
    }
    if (aboutAnswer.includes(key)) return true;
    if (/^_(?:rev)?include(?::|$)/.test(key)) includes.push(...readIncludes(type, key, value));
    else conditions.push(condition(rows, key, value, by));
    return true;
  };
  for (const [key, value] of given)
    try {
      if (!read(key, value)) faults.push(bad(key, value));
      used.push([key, value]);
    } catch (error) {
      if (!(error instanceof Unfit)) throw error;
      (error.mayIgnore && by.isLenient === true ? ignored : faults).push(error.issue);
    }
  const place = asked.cursor === undefined ? undefined : readCursor(asked.cursor, asked.sort, asked.keys);
  if (asked.cursor !== undefined && place === undefined) faults.push(bad('_cursor', asked.cursor));
  if (faults.length > 0) throw invalid(...faults);

  const { from, isUsual } = wayTo(rows, conditions, by.audience);
  const on = place === undefined ? sql`` : sql`and ${after(rows, asked.keys, place)}`;
  const order = sql`order by ${orderBy(rows, asked.keys)} limit ${asked.count + 1}`;
  const isByMoment = ['', '-_lastUpdated'].includes(asked.sort);
  const ways = taken(isByMoment ? newestOf(conditions, asked.count + 1, place) : conditions).map(
    (way) => sql`select r.* ${wayTo(rows, way, by.audience).from} ${on} ${order}`,
  );
  const first =
    ways.length === 1
      ? (ways[0] as Sql)
      : sql`select r.* from (${joinSql(
          ways.map((way) => sql`(${way})`),
          ' union all ',
        )}) r ${order}`;
  return {
    count: asked.count,
    isUsual,
    includes,
    used,
    ignored,
    total:
      asked.total === 'none' && asked.count > 0
        ? undefined
        : sql`select count(*)::integer as total, ${isAboutPerson(type) ? sql`(array_agg(distinct r.patient_id))[1:${mostCounted}::integer]` : sql`'{}'::uuid[]`} as patients ${from}`,
    // The records themselves are made into text only when it is known which ones are shown.
    rows: (columns) => sql`select ${trusted(columns)}, ${placeOf(rows, asked.keys)} from (${first}) r`,
    cursorAt: (last) => cursorOf(asked.sort, last),
  };
}

const longestValue = 8000;
/** Persons of a count whom the access log names. */
const mostCounted = 200;

/**
 * How the rows are reached. Under row rules PostgreSQL keeps an index from every operator that could tell something of a
 * hidden row by failing, which is all but plain comparisons; so a search by tokens goes through the view that carries the
 * same rule (`<table>_found`). And a search that asks for nothing in particular, or by somebody who sees few persons of a
 * body that has many, begins with the persons who are seen, be they three among a million.
 */
function wayTo(
  { type }: Rows,
  conditions: readonly Condition[],
  audience: string,
): Pick<Search, 'isUsual'> & { from: Sql } {
  const opens = conditions.some((one) => one.opens === true);
  const source = trusted(opens ? foundIn(type) : tableOf(type));
  const isAnybody = !isAboutPerson(type);
  const isNarrow = audience === 'staff' && conditions.some((one) => one.narrows === true);
  const seen = sql`r.patient_id in (select s.patient_id from sight_found s)`;
  const wanted = [
    sql`true`,
    ...conditions.map(({ where }) => where),
    ...(isAnybody || isNarrow ? [] : [seen]),
  ];
  return {
    from: sql`from ${source} r where ${joinSql(wanted, ' and ')}`,
    isUsual: !opens && (isAnybody || isNarrow),
  };
}

/** Where a search asks one thing alone, what answers it need not tell more than the page shows. */
function newestOf(
  conditions: readonly Condition[],
  most: number,
  place: Place | undefined,
): readonly Condition[] {
  const [only, ...more] = conditions;
  return only?.newest === undefined || more.length > 0
    ? conditions
    : [{ where: only.newest(most, place), narrows: true }];
}

/** Most that are taken apart: each doubles the ways. */
const mostApart = 2;

/**
 * An `or` over two indexes gives its rows in no order, so that all of a body's tasks would be fetched and sorted for the
 * newest twenty. Taken apart, each way gives its own newest, and the newest of those are the page.
 */
function taken(conditions: readonly Condition[]): readonly (readonly Condition[])[] {
  const parted = conditions.filter(({ apart }) => apart !== undefined);
  if (parted.length === 0 || parted.length > mostApart) return [conditions];
  return parted.reduce<readonly (readonly Condition[])[]>(
    (ways, one) =>
      ways.flatMap((way) =>
        (one.apart ?? []).map((where, i) => [...way, { where, opens: i === 1, narrows: true }]),
      ),
    [conditions.filter(({ apart }) => apart === undefined)],
  );
}
