import { isDeepStrictEqual } from 'node:util';
import type { Consent, Patient, RelatedPerson } from '@medplum/fhirtypes';
import type { Stored } from '../../fhir/types.ts';
import { readLimits } from '../../people/record.ts';
import { asSent } from './bundle.ts';
import type { Held } from './client.ts';
import { personNow } from './gather.ts';
import type { Meeting } from './meeting.ts';
import { closed, kept, limitedSince } from './limits.ts';
import { isOurs, unlessThere } from './names.ts';
import { changedHere, markMade, markRemoved, markSent, relativesSent } from './partner-records.ts';
import { keepForPerson } from './partner-tasks.ts';
import { faults } from './faults.ts';
import { Unwilling } from './model.ts';
import { relativesNow } from './gather.ts';
import { takenBack } from './withdrawal.ts';

/** A consent that was taken back, whole or in part, is taken back there; why is between the person and us. */
export async function tellConsents(meeting: Meeting): Promise<void> {
  const { pool, open, ours, shared, them, names, base } = meeting;
  for (const { id, their_id: there } of await changedHere(pool, shared, 'Consent')) {
    const [consent]: Stored<Consent>[] = await open(ours, (records) => records.readMany('Consent', [id]));
    if (!consent) continue;
    const theirs = (await them.read(`/Consent/${there}`)) as (Consent & Held) | undefined;
    if (theirs && !isOurs(theirs, base, 'Consent', id)) throw new Unwilling(faults.another, { final: true });
    if (theirs) {
      const next = takenBack(theirs, asSent(consent, names) as Consent);
      if (!isDeepStrictEqual(next, theirs)) await them.update(next, theirs.meta?.versionId);
    }
    await markSent(pool, shared, consent);
  }
}

/** Where the person lives, how to reach it, and that it must not be contacted: as the receiver would see it here now. */
export async function tellPerson(meeting: Meeting): Promise<void> {
  const { pool, open, partner, ours, shared, them, names, base } = meeting;
  const [known] = await changedHere(pool, shared, 'Patient');
  if (!known) return;
  const isKnown = (one: Stored): one is Stored<Patient> => one.id === known.id;
  const shown = (await open(partner, (records) => personNow(records, shared.task))).find(isKnown);
  const patient = shown ?? (await open(ours, (records) => personNow(records, shared.task))).find(isKnown);
  // Without a limit, what closed the person to the receiver ends the task as well.
  if (!patient || (!shown && readLimits(patient) === undefined)) return;
  if (!shown) await keepForPerson(pool, shared, faults.limited);
  const theirs = (await them.read(`/Patient/${known.their_id}`)) as (Patient & Held) | undefined;
  if (theirs && !isOurs(theirs, base, 'Patient', known.id))
    throw new Unwilling(faults.another, { final: true });
  if (theirs) {
    const now = asSent(patient, names) as Patient;
    const at = meeting.now().toISOString();
    const next = shown
      ? { ...now, ...kept(theirs, now, at), id: theirs.id }
      : closed(theirs, limitedSince(patient));
    await them.update(next, theirs.meta?.versionId);
  }
  await markSent(pool, shared, patient);
}

/**
 * Relatives and their numbers, as the receiver would see them here now: what changed or came later is told; of what it may
 * not know any more there stays neither name nor number. Their own records of relatives are none of ours.
 */
export async function tellRelatives(meeting: Meeting): Promise<void> {
  const { pool, open, partner, shared, them, names, base } = meeting;
  const sent = await relativesSent(pool, shared);
  const shown = await open(partner, (records) => relativesNow(records, shared.task));
  for (const relative of shown) {
    const before = sent.find((one) => one.id === relative.id);
    const version = Number(relative.meta.versionId);
    if (before?.version === version) continue;
    const record = asSent(relative, names) as RelatedPerson;
    if (before) {
      const theirs = await oursThere(meeting, before);
      if (theirs) await them.update({ ...record, id: theirs.id }, theirs.meta?.versionId);
      await markSent(pool, shared, relative);
    } else {
      const unless = unlessThere(base, 'RelatedPerson', relative.id);
      const id = await them.create(record, unless, `relative-${relative.id}`);
      await markMade(pool, shared, { type: 'RelatedPerson', id: relative.id, theirs: id, version });
    }
  }
  for (const gone of sent.filter((one) => one.version !== null && !shown.some(({ id }) => id === one.id))) {
    const theirs = await oursThere(meeting, gone);
    if (theirs) await them.update(emptied(theirs), theirs.meta?.versionId);
    await markRemoved(pool, shared, 'RelatedPerson', gone.id);
  }
}

async function oursThere(
  { them, base }: Meeting,
  { id, their_id: there }: Readonly<{ id: string; their_id: string }>,
): Promise<(RelatedPerson & Held) | undefined> {
  const theirs = (await them.read(`/RelatedPerson/${there}`)) as (RelatedPerson & Held) | undefined;
  if (theirs && !isOurs(theirs, base, 'RelatedPerson', id))
    throw new Unwilling(faults.another, { final: true });
  return theirs;
}

/** That somebody was named once, and whose relative; no more. */
const emptied = ({ id, meta, identifier, patient }: RelatedPerson & Held): RelatedPerson & Held => ({
  resourceType: 'RelatedPerson',
  id,
  ...(meta ? { meta } : {}),
  ...(identifier ? { identifier } : {}),
  active: false,
  patient,
});
