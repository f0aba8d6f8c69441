import type { Bundle, Resource } from '@medplum/fhirtypes';
import { joinSql, sql, trusted } from '../database/sql.ts';
import type { Records } from './records.ts';
import { isId } from './references.ts';
import { eachReference } from './referring.ts';
import { directoryTypes, isAboutPerson, tableOf } from './tables.ts';
import { isRecordType, recordTypes, type RecordType, type Stored } from './types.ts';

/** The kinds of record about a person, in the order in which they are told. */
export const personTypes: readonly RecordType[] = recordTypes.filter(isAboutPerson);
/** All that a person's Bundle may hold. */
export const everythingTypes: readonly RecordType[] = [...personTypes, ...directoryTypes];

export type Wanted = Readonly<{
  /** Left out: every kind. */
  types?: readonly RecordType[] | undefined;
  /** Only what was written since then. */
  since?: Date | undefined;
  /** Records about the person on one page. */
  count: number;
  /** Where the page begins, as the page before said. */
  after?: string | undefined;
}>;

export type Everything = Readonly<{
  /** About the person, as far as the actor sees it. */
  found: readonly Stored[];
  /** Bodies, people in posts and places that these name. */
  included: readonly Stored[];
  next: string | undefined;
}>;

export const largestEverything = 200;

/**
 * One page of everything the actor sees about a person, in a fixed order, with what it names of the directory. Refuses with
 * `not-found` when the actor does not see the person. In the access log it is an export.
 */
export async function everythingOf(records: Records, patient: string, wanted: Wanted): Promise<Everything> {
  await records.read('Patient', patient);
  records.note('export', 'everything', patient);
  const after = readPlace(wanted.after);
  const parts = personTypes.flatMap((type, n) => {
    if (wanted.types?.includes(type) === false || n < after.n) return [];
    const since = wanted.since ? sql`and updated_at >= ${wanted.since}::timestamptz` : sql``;
    const on = n === after.n ? sql`and id > ${after.id}::uuid` : sql``;
    return [
      sql`(select ${n}::int as n, id, content from ${trusted(tableOf(type))}
        where patient_id = ${patient}::uuid ${since} ${on} order by id limit ${wanted.count + 1})`,
    ];
  });
  if (parts.length === 0) return { found: [], included: [], next: undefined };
  const rows = await records.rows<{ n: number; id: string; content: Stored }>(
    'everything',
    sql`select n, id, content from (${joinSql(parts, ' union all ')}) every_kind order by n, id limit ${wanted.count + 1}`,
  );
  const shown = rows.slice(0, wanted.count);
  const last = shown.at(-1);
  const found = shown.map((row) => row.content);
  return {
    found,
    included: await named(records, found, wanted.types),
    next: rows.length > wanted.count && last ? placeAfter(last) : undefined,
  };
}

/** All pages at once, for somebody who takes it along; what is named on several of them stands there once. */
export async function allOf(records: Records, patient: string): Promise<Omit<Everything, 'next'>> {
  const found: Stored[] = [];
  const included = new Map<string, Stored>();
  for (let after: string | undefined, more = true; more; more = after !== undefined) {
    const page = await everythingOf(records, patient, { count: largestEverything, after });
    found.push(...page.found);
    for (const record of page.included) included.set(record.id, record);
    after = page.next;
  }
  return { found, included: [...included.values()] };
}

async function named(records: Records, found: readonly Stored[], types: Wanted['types']): Promise<Stored[]> {
  const ids = new Map<RecordType, Set<string>>();
  for (const record of found)
    eachReference(record, '', (text) => {
      const [type, id, ...more] = text.split('/');
      if (!isRecordType(type) || isAboutPerson(type) || !isId(id) || more.length > 0) return;
      if (types?.includes(type) !== false) ids.set(type, (ids.get(type) ?? new Set()).add(id));
    });
  const included: Stored[] = [];
  for (const [type, some] of ids) included.push(...(await records.readMany(type, [...some])));
  return included;
}

/** A searchset of it; `links` are those of the page. */
export const everythingBundle = (
  base: string,
  { found, included }: Omit<Everything, 'next'>,
  links: NonNullable<Bundle['link']>,
): Bundle => ({
  resourceType: 'Bundle',
  type: 'searchset',
  link: links,
  entry: [
    ...found.map((record) => entry(base, record, 'match')),
    ...included.map((record) => entry(base, record, 'include')),
  ],
});

const entry = (base: string, record: Stored, mode: 'match' | 'include') => ({
  fullUrl: `${base}/${record.resourceType}/${record.id}`,
  resource: record as Resource,
  search: { mode },
});

const placeAfter = ({ n, id }: { n: number; id: string }): string =>
  Buffer.from(`${String(n)} ${id}`).toString('base64url');

/** The beginning, when nothing readable was given; see `isPlace`. */
function readPlace(text: string | undefined): { n: number; id: string } {
  const [n = '', id = ''] = Buffer.from(text ?? '', 'base64url')
    .toString()
    .split(' ');
  return /^\d{1,2}$/.test(n) && isId(id) ? { n: Number(n), id } : { n: -1, id: '' };
}
export const isPlace = (text: string): boolean => readPlace(text).n >= 0;
