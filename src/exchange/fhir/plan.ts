import type { Records } from '../../fhir/records.ts';
import { recordTypes, type FhirRecord, type Stored } from '../../fhir/types.ts';
import { notFound, Refused } from '../../kernel/problem.ts';
import { withVersion } from './asked.ts';
import { matching, meant } from './condition.ts';
import type { Entry, EntryThat } from './entries.ts';
import { versionNow } from './interactions/update.ts';
import { patched } from './patch.ts';
import { turnAway } from './refusal.ts';
import { bundleText, text } from './text.ts';

type Writing = EntryThat<'create' | 'replace' | 'patch'>;

/** What becomes of an entry: a record to write, or one that was there already (`ifNoneExist`). */
export type Planned = Readonly<{ entry: Writing }> &
  (Readonly<{ known: Stored }> | Readonly<{ id: string; record: FhirRecord; isNew: boolean }>);

/** What the entries that write something will write, first those that create. */
export async function planAll(records: Records, entries: readonly Entry[]): Promise<Planned[]> {
  const planned: Planned[] = [];
  for (const entry of entries) if (entry.does === 'create') planned.push(await create(records, entry));
  const versions = await versionsNow(records, entries);
  for (const entry of entries)
    if (entry.does === 'replace') planned.push(await replace(records, entry, versions));
    else if (entry.does === 'patch') planned.push(await patch(records, entry));
  return planned;
}

async function create(records: Records, entry: EntryThat<'create'>): Promise<Planned> {
  const { resource, type, unless, path } = entry;
  const known =
    unless === undefined ? undefined : await matching(records, type, unless, `${path}.request.ifNoneExist`);
  return known ? { entry, known } : fresh(entry, resource, records.newId());
}

const fresh = (entry: Writing, resource: FhirRecord, id: string): Planned => ({
  entry,
  id,
  record: withVersion({ ...resource, id }),
  isNew: true,
});

/** The versions of what is to be replaced by its id; one look a type. */
async function versionsNow(records: Records, entries: readonly Entry[]): Promise<Map<string, string>> {
  const versions = new Map<string, string>();
  const replaced = entries.filter((entry) => entry.does === 'replace');
  if (replaced.length === 0) return versions;
  for (const type of recordTypes) {
    const ids = replaced.flatMap((e) => (e.type === type && 'id' in e.which ? [e.which.id] : []));
    for (const found of await records.readMany(type, ids)) versions.set(found.id, found.meta.versionId);
  }
  return versions;
}

async function replace(
  records: Records,
  entry: EntryThat<'replace'>,
  versions: ReadonlyMap<string, string>,
): Promise<Planned> {
  const { resource, type, which, version, path } = entry;
  const url = `${path}.request.url`;
  const known =
    'id' in which
      ? { id: which.id, version: versions.get(which.id) ?? (await versionIn(records, entry, which.id)) }
      : await meantBy(records, entry, which.criteria);
  if (known.version === undefined) {
    if (version !== undefined)
      throw turnAway(412, 'conflict', `${path}.request.ifMatch`, bundleText.noRecord(type));
    return fresh(entry, resource, known.id);
  }
  if (resource.id !== undefined && resource.id !== known.id)
    throw turnAway(422, 'value', url, bundleText.otherId);
  const record = withVersion({ ...resource, id: known.id }, version ?? known.version);
  return { entry, id: known.id, record, isNew: false };
}

async function meantBy(
  records: Records,
  entry: EntryThat<'replace'>,
  criteria: string,
): Promise<{ id: string; version: string | undefined }> {
  const { resource, type, path } = entry;
  const found = await meant(records, type, criteria, `${path}.request.url`);
  if (found) return { id: found.id, version: found.meta.versionId };
  const { id } = resource;
  if (id === undefined) return { id: records.newId(), version: undefined };
  // An id that the criteria do not lead to is another record's.
  if ((await versionIn(records, entry, id)) !== undefined)
    throw turnAway(422, 'value', `${path}.request.url`, bundleText.otherId);
  return { id, version: undefined };
}

/** `versionNow`, which says of what entry there is none. */
async function versionIn(
  records: Records,
  { type, version, path }: EntryThat<'replace'>,
  id: string,
): Promise<string | undefined> {
  try {
    return await versionNow(records, type, id);
  } catch (error) {
    if (!(error instanceof Refused) || error.problem.kind !== 'not-found') throw error;
    throw version === undefined
      ? turnAway(404, 'not-found', `${path}.request.url`, bundleText.noRecord(type))
      : turnAway(412, 'conflict', `${path}.request.ifMatch`, bundleText.noRecord(type));
  }
}

async function patch(records: Records, entry: EntryThat<'patch'>): Promise<Planned> {
  const { type, which, version, path } = entry;
  const found =
    'id' in which
      ? await records.read(type, which.id)
      : await meant(records, type, which.criteria, `${path}.request.url`);
  if (!found) throw notFound(text.noneToChange);
  if (version !== undefined && version !== found.meta.versionId)
    throw turnAway(412, 'conflict', `${path}.request.ifMatch`, text.overtaken);
  const record = patched(found, entry.patch, `${path}.resource`);
  return { entry, id: found.id, record, isNew: false };
}
