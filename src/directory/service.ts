import type { Records } from '../fhir/records.ts';
import type { FhirRecord } from '../fhir/types.ts';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import { conflict, invalid, notFound } from '../kernel/problem.ts';
import { isId } from '../fhir/references.ts';
import { readOrganization } from '../people/record.ts';
import { amendLocation, amendService } from './amend.ts';
import { keeps, keepsEntries, readKeeper } from './keeper.ts';
import { readEntryRow, type EntryRow } from './queries.ts';
import { buildResource, readResource, type Capacity, type Place, type Resource } from './record.ts';
import { notAKeeper, notYours, outsideArea } from './refusals.ts';

/** What a form says of an entry; `assured`: somebody made sure of it today. */
export type Draft = Omit<Resource, 'id' | 'organizationId' | 'place' | 'assured'> &
  Readonly<{ place?: Omit<Place, 'id'>; assuredToday: boolean }>;

/** Who runs it: a group that is registered, or one that is not yet. */
export type Provider =
  Readonly<{ kind: 'known'; id: string }> | Readonly<{ kind: 'new'; name: string; phone?: string }>;

export type Entry = Readonly<{
  resource: Resource;
  /** The version of the HealthcareService. */
  version: string;
  provider: Readonly<{ id: string; name: string; phone?: string }> | undefined;
  row: EntryRow;
}>;

/** One entry of the directory; `not-found` when there is none. */
export async function readEntry(records: Records, id: string): Promise<Entry> {
  const row = isId(id) ? await readEntryRow(records, id) : undefined;
  if (!row) throw notFound();
  const body = row.provider && readOrganization(row.provider);
  return {
    resource: readResource(row.service, row.place ?? undefined),
    version: row.service.meta.versionId,
    provider: body
      ? { id: body.id, name: body.name, ...(body.phone === undefined ? {} : { phone: body.phone }) }
      : undefined,
    row,
  };
}

/**
 * Puts a resource into the directory, with its place and, when it is new, the group that runs it, all or nothing; returns
 * its id. Refuses areas outside the ones the actor works for, and any group but the actor's own where a group writes.
 */
export async function addEntry(records: Records, draft: Draft, provider: Provider): Promise<string> {
  if (!keepsEntries(records.actor.role)) throw notAKeeper();
  const keeper = await readKeeper(records);
  const organizationId = provider.kind === 'known' ? provider.id : records.newId();
  const resource: Resource = {
    ...written(draft, records.now),
    id: records.newId(),
    organizationId,
    ...(draft.place === undefined ? {} : { place: { ...draft.place, id: records.newId() } }),
  };
  if (keeper.role === 'resource' && (provider.kind === 'new' || !keeps(keeper, resource)))
    throw notYours(keeper);
  if (!keeps(keeper, resource)) throw invalid(outsideArea('areas', keeper));
  const body = provider.kind === 'known' ? {} : { body: bodyOf(provider) };
  await records.write(buildResource(resource, body));
  return resource.id;
}

const bodyOf = ({ name, phone }: Extract<Provider, { kind: 'new' }>) => ({
  name,
  ...(phone === undefined ? {} : { phone }),
});

/** Rewrites an entry. Refuses a version that is no longer the one there, and an entry the actor does not keep. */
export async function changeEntry(records: Records, id: string, seen: string, draft: Draft): Promise<void> {
  const { resource: was, row } = await readKept(records, id);
  if (seen !== row.service.meta.versionId)
    throw conflict('ほかの人が先にこの登録を変えました。', 'Someone else changed this entry first.');
  const assured = draft.assuredToday ? dayInTokyo(records.now) : was.assured;
  const resource: Resource = {
    ...written(draft, records.now),
    ...(assured === undefined ? {} : { assured }),
    id: was.id,
    organizationId: was.organizationId,
    ...(draft.place === undefined ? {} : { place: { ...draft.place, id: row.place?.id ?? records.newId() } }),
  };
  await records.write([...placeChange(row, resource), amendService(row.service, resource)]);
}

/** A place that is no longer named is closed, not forgotten: earlier versions refer to it. */
function placeChange({ place }: EntryRow, resource: Resource): FhirRecord[] {
  if (!place) return buildResource(resource).filter((r) => r.resourceType === 'Location');
  if (resource.place === undefined) return [{ ...place, status: 'inactive' }];
  return [amendLocation(place, resource) ?? []].flat();
}

function written({ assuredToday, place: _place, ...draft }: Draft, now: Date) {
  return { ...draft, ...(assuredToday ? { assured: dayInTokyo(now) } : {}) };
}

/** Somebody made sure today that the entry is right. */
export async function assureEntry(records: Records, id: string): Promise<void> {
  const { resource, row } = await readKept(records, id);
  await records.save(amendService(row.service, { ...resource, assured: dayInTokyo(records.now) }));
}

/** How much room there is now; whoever says so knows the entry, which counts as checked today. */
export async function changeCapacity(records: Records, id: string, capacity: Capacity): Promise<void> {
  const { resource, row } = await readKept(records, id);
  await records.save(amendService(row.service, { ...resource, capacity, assured: dayInTokyo(records.now) }));
}

/** An entry, for somebody who keeps it; refuses everybody else with the reason. */
export async function readKept(records: Records, id: string): Promise<Entry> {
  const entry = await readEntry(records, id);
  if (!keepsEntries(records.actor.role)) throw notAKeeper();
  const keeper = await readKeeper(records);
  if (!keeps(keeper, entry.resource)) throw notYours(keeper);
  return entry;
}
