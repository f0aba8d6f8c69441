import type { ServiceRequest, Task } from '@medplum/fhirtypes';
import { noteWith } from '../../access/events.ts';
import { idsOf } from '../../fhir/references.ts';
import type { Stored } from '../../fhir/types.ts';
import { bundleOf, withOrigins } from './bundle.ts';
import { placeOf } from './client.ts';
import { faults } from './faults.ts';
import { gather } from './gather.ts';
import { isOpen, type Meeting, type There } from './meeting.ts';
import { Unwilling } from './model.ts';
import { unlessThere } from './names.ts';
import { isThere, type Made } from './partner-records.ts';
import { aboutPerson, stepsOf } from './queries.ts';

/**
 * Makes a referral on the other server, once: every record on the condition that none has its identifier, and the whole under
 * a key. An answer that was lost is given again. Undefined: it was called off before it got there.
 */
export async function bring(meeting: Meeting): Promise<There | undefined> {
  const { pool, open, partner, ours, shared, them, base } = meeting;
  const status = (await stepsOf(pool, shared.task)).at(-1)?.status ?? 'cancelled';
  if (!isOpen(status)) {
    const [found] = (await them.search(`/Task?${unlessThere(base, 'Task', shared.task)}`)).found;
    if (!found) return undefined;
    await isThere(pool, shared, await arrivedBefore(meeting), { id: found.id, version: undefined });
    return { id: found.id, version: undefined };
  }
  const records = await open(partner, async (seen) => {
    const all = await gather(seen, shared.task);
    await noteWith(seen, {
      action: 'export',
      what: 'to its own server',
      records: all.map((one) => `${one.resourceType}/${one.id}`),
      patients: all.flatMap((one) => (one.resourceType === 'Patient' ? [one.id] : [])),
    });
    return all;
  });
  // What these rest on may be known there, though the receiver does not see it here.
  const above = await open(ours, async (seen): Promise<Stored[]> => {
    const task = records.at(-1) as Stored<Task>;
    const request = records.find(
      (one): one is Stored<ServiceRequest> => one.resourceType === 'ServiceRequest',
    );
    return [
      ...(await seen.readMany('Task', idsOf(task.partOf, 'Task'))),
      ...(await seen.readMany('ServiceRequest', idsOf(request?.basedOn, 'ServiceRequest'))),
      ...(await seen.readMany('Consent', idsOf(request?.supportingInfo, 'Consent'))),
    ];
  });
  const names = withOrigins(meeting.names, [...records, ...above]);
  const { bundle, sent, key } = bundleOf(records, names);
  const { entry = [] } = await them.transaction(bundle, key);
  const found: Made[] = [];
  let task: There | undefined;
  for (const [i, record] of sent.entries()) {
    const { resourceType: type, id } = record;
    const place = placeOf(entry[i]?.response?.location) ?? (await foundThere(meeting, type, id));
    if (place.type !== type) throw new Unwilling(faults.noAnswer);
    found.push({ type, id, theirs: place.id, version: Number(record.meta.versionId) });
    // One that was there already may have moved on: it is heard from its beginning.
    const isNew = entry[i]?.response?.status.startsWith('201') === true;
    if (type === 'Task') task = { id: place.id, version: isNew ? place.version : undefined };
  }
  if (!task) throw new Unwilling(faults.noAnswer);
  await isThere(pool, shared, found, task);
  return task;
}

/** What got there of the person and its consents though we never heard so; in no version of ours, so that they are told. */
async function arrivedBefore({ pool, shared, them, names, base }: Meeting): Promise<Made[]> {
  const made: Made[] = [];
  for (const { type, id } of await aboutPerson(pool, shared.task)) {
    if (names.theirs.has(`${type}/${id}`)) continue;
    const [found] = (await them.search(`/${type}?${unlessThere(base, type, id)}`)).found;
    if (found?.resourceType === type) made.push({ type, id, theirs: found.id, version: 0 });
  }
  return made;
}

/** A server need not say what an entry became; then it is found by its identifier. */
async function foundThere({ them, base }: Meeting, type: string, id: string) {
  const [found] = (await them.search(`/${type}?${unlessThere(base, type, id)}`)).found;
  if (!found) throw new Unwilling(faults.noAnswer);
  return { type: found.resourceType, id: found.id, version: undefined };
}
