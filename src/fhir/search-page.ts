import type { Transaction } from '../database/database.ts';
import { findMany } from './finding.ts';
import type { FhirIssue } from './outcome.ts';
import { included } from './search-include.ts';
import type { Place } from './search-order.ts';
import { compileSearch, type Given, type Search } from './search.ts';
import type { Trail } from './trail.ts';
import type { RecordOf, RecordType, Stored, Written } from './types.ts';

/** How a page is asked for beside its parameters. */
export type Looking = Readonly<{
  /** `Prefer: handling=lenient`: what is not known is left out and told. */
  isLenient?: boolean;
  /** Whether the asker's token is for this kind of record; what a page would bring along of others is left out. */
  mayRead?: (type: RecordType) => boolean;
  /** Throws when a condition looks into a kind of record that the asker may not search. */
  mustRead?: (type: RecordType) => void;
  /** Address of this server, as it stands in references written out in full. */
  base?: string;
}>;

export type Page<R = Stored> = Readonly<{
  found: R[];
  /** What `_include` and `_revinclude` bring along. */
  included: (R extends Written ? Written : Stored)[];
  /** `_cursor` of the next page. */
  next: string | undefined;
  /** With `_total` or `_count=0`: how many there are that the actor sees. */
  total: number | undefined;
  /** The parameters that were understood. */
  used: Given;
  ignored: readonly FhirIssue[];
}>;

type Searching = Readonly<{ tx: Transaction; trail: Trail; audience: string }>;

/** See `Records.page`. One statement, and one more for the total and for each kind of record brought along. */
export async function searchPage<T extends RecordType>(
  { tx, trail, audience }: Searching,
  type: T,
  given: Given,
  looking: Looking & { count?: number },
): Promise<Page<Stored<RecordOf<T>>>> {
  const search = compileSearch(type, given, { ...looking, audience });
  const { shown, counted, ...page } = await onePage(tx, search, 'r.content');
  // A number says something of a person, too.
  trail.look(`count of ${type}`, counted);
  const found = shown.map((row) => row['content'] as Stored<RecordOf<T>>);
  trail.records('search', type, found);
  const along = await included(found, search.includes, {
    byId: (of, ids) => findMany(tx, of, ids),
    rows: (statement) => tx.planned(statement),
    mayRead: looking.mayRead ?? (() => true),
  });
  for (const of of new Set(along.map((record) => record.resourceType)))
    trail.records(
      'search',
      of,
      along.filter((record) => record.resourceType === of),
    );
  return { found, included: along, ...page };
}

type Row = Readonly<Record<string, unknown>> & { place: Place };

async function onePage(
  tx: Transaction,
  search: Search,
  columns: string,
): Promise<Omit<Page, 'found' | 'included'> & { shown: Row[]; counted: string[] }> {
  const ask = search.isUsual ? tx.rows : tx.planned;
  const [rows, [counted]] = await Promise.all([
    search.count === 0 ? [] : ask<Row>(search.rows(columns)),
    search.total === undefined ? [] : ask<{ total: number; patients: string[] | null }>(search.total),
  ]);
  const shown = rows.slice(0, search.count);
  const last = shown.at(-1);
  return {
    shown,
    next: rows.length > search.count && last ? search.cursorAt(last.place) : undefined,
    total: counted?.total,
    counted: counted?.patients ?? [],
    used: search.used,
    ignored: search.ignored,
  };
}
