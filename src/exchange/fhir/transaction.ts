import type { Bundle, BundleEntry } from '@medplum/fhirtypes';
import { fhirIssue, type FhirIssue } from '../../fhir/outcome.ts';
import type { Letter } from '../../access/scopes.ts';
import type { Bearer } from '../../access/tokens.ts';
import type { Records } from '../../fhir/records.ts';
import { recordTypes, type FhirRecord, type Stored } from '../../fhir/types.ts';
import { isStale } from '../../fhir/writing.ts';
import { withVersion } from './asked.ts';
import { matching } from './condition.ts';
import { entriesOf, type Entry } from './entries.ts';
import { deepest, localLink, withLinks } from './links.ts';
import { outsideScopes, turnAway, TurnedAway } from './refusal.ts';
import { bundleText, text } from './text.ts';

/** What becomes of an entry: a record to write, or one that was there already (`ifNoneExist`). */
type Planned = Readonly<{ entry: Entry }> &
  (Readonly<{ known: Stored }> | Readonly<{ id: string; record: FhirRecord }>);

/**
 * A transaction Bundle: POST and PUT entries, references among them by `fullUrl`, `ifNoneExist` and `ifMatch`. All or
 * nothing; answers with a transaction-response in the order of the entries. Refuses what it cannot do, entry by entry.
 */
export async function transaction(
  records: Records,
  body: unknown,
  base: string,
  may: Bearer['may'],
): Promise<Bundle> {
  const entries = entriesOf(body);
  refuseOutsideScope(entries, may);
  const versions = await versionsNow(records, entries);
  const planned: Planned[] = [];
  for (const entry of entries) planned.push(await plan(records, entry, versions));

  const written = await writeAll(records, entries, linked(planned, base));
  const byId = new Map(written.map((record) => [record.id, record]));
  return {
    resourceType: 'Bundle',
    type: 'transaction-response',
    entry: planned.map((p) =>
      'known' in p
        ? answer(base, p.known, '200')
        : answer(base, byId.get(p.id) as Stored, p.entry.does === 'create' ? '201' : '200'),
    ),
  };
}

/** The token's scopes hold for every entry; all that they do not allow is said at once. */
function refuseOutsideScope(entries: readonly Entry[], may: Bearer['may']): void {
  const faults = entries.flatMap((entry) => {
    const letters: Letter[] =
      entry.does === 'replace' ? ['u'] : entry.unless === undefined ? ['c'] : ['c', 's'];
    const { resourceType } = entry.resource;
    return letters
      .filter((letter) => !may(resourceType, letter))
      .map((letter) =>
        fhirIssue('forbidden', `${entry.path}.request`, text.outsideScope(resourceType, letter)),
      );
  });
  if (faults.length > 0) throw outsideScopes(faults);
}

async function plan(records: Records, entry: Entry, versions: ReadonlyMap<string, string>): Promise<Planned> {
  const { resource } = entry;
  if (entry.does === 'replace')
    return { entry, id: entry.id, record: withVersion(resource, entry.version ?? versions.get(entry.id)) };
  const known =
    entry.unless === undefined
      ? undefined
      : await matching(records, resource.resourceType, entry.unless, `${entry.path}.request.ifNoneExist`);
  if (known) return { entry, known };
  const id = records.newId();
  return { entry, id, record: withVersion({ ...resource, id }) };
}

/** The versions of what is to be replaced, by id; one look a type. */
async function versionsNow(records: Records, entries: readonly Entry[]): Promise<Map<string, string>> {
  const replaced = entries.filter((entry) => entry.does === 'replace');
  const versions = new Map<string, string>();
  for (const type of recordTypes) {
    const ids = replaced.flatMap((entry) => (entry.resource.resourceType === type ? [entry.id] : []));
    for (const found of await records.readMany(type, ids)) versions.set(found.id, found.meta.versionId);
  }
  const missing = replaced
    .filter((entry) => !versions.has(entry.id))
    .map(({ path, resource, id }) =>
      fhirIssue('not-found', `${path}.request.url`, bundleText.noRecord(`${resource.resourceType}/${id}`)),
    );
  if (missing.length > 0) throw new TurnedAway(404, ...missing);
  return versions;
}

/** The records to write, with references to other entries replaced by what those entries become. */
function linked(planned: readonly Planned[], base: string): FhirRecord[] {
  const names = new Map<string, string>();
  for (const p of planned) {
    const { fullUrl, resource } = p.entry;
    if (fullUrl !== undefined)
      names.set(fullUrl, `${resource.resourceType}/${'known' in p ? p.known.id : p.id}`);
  }
  const local = localLink(base);
  const faults: FhirIssue[] = [];
  const records = planned.flatMap((p) => {
    if (!('record' in p)) return [];
    const dangling = new Set<string>();
    const record = withLinks(p.record, (link, key) => {
      const found = names.get(link);
      if (found === undefined && link.startsWith('urn:uuid:')) dangling.add(link);
      return found ?? local(link, key);
    });
    const where = `${p.entry.path}.resource`;
    if (record === undefined) faults.push(fhirIssue('too-costly', where, bundleText.tooDeep(deepest)));
    for (const link of dangling)
      faults.push(fhirIssue('not-found', where, bundleText.dangling(link.slice(0, 80))));
    return record ?? [];
  });
  if (faults.length > 0) throw new TurnedAway(422, ...faults.slice(0, 100));
  return records;
}

async function writeAll(records: Records, entries: readonly Entry[], given: readonly FhirRecord[]) {
  try {
    return await records.write(given);
  } catch (error) {
    const seen = entries.find((entry) => entry.does === 'replace' && entry.version !== undefined);
    if (seen && isStale(error))
      throw turnAway(412, 'conflict', `${seen.path}.request.ifMatch`, text.overtaken);
    throw error;
  }
}

const answer = (base: string, record: Stored, status: string): BundleEntry => ({
  fullUrl: `${base}/${record.resourceType}/${record.id}`,
  resource: record,
  response: {
    status,
    location: `${record.resourceType}/${record.id}/_history/${record.meta.versionId}`,
    etag: `W/"${record.meta.versionId}"`,
    lastModified: record.meta.lastUpdated,
  },
});
