import type { Encounter } from '@medplum/fhirtypes';
import { sql } from '../database/sql.ts';
import { canonical, coding, concept, systems } from '../fhir/codes.ts';
import type { Records } from '../fhir/records.ts';
import { reference } from '../fhir/references.ts';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import { invalid, issue, notFound, Refused } from '../kernel/problem.ts';
import { isWritable, readCase, traceOf, type Case } from '../support/case.ts';
import { logContact } from '../support/contact.ts';
import type { Attendance, Gathering, Way } from './model.ts';
import { readGathering } from './queries.ts';
import { text } from './text.ts';

/** From the day itself on. */
export const canTick = (one: Gathering, now: Date): boolean =>
  one.status === 'planned' && dayInTokyo(one.starts_at) <= dayInTokyo(now);

/**
 * Ticks who was there. Of a person of a referral that is being worked on it becomes a record: an Encounter in the case and
 * a contact in its course. Each is made once: a correction marks both as entered in error, or takes them up again. Two who
 * tick the same person wait for each other. Refuses before the day.
 */
export async function tick(records: Records, gathering: string, id: string, as: Attendance): Promise<void> {
  const one = await readGathering(records, gathering);
  if (!canTick(one, records.now)) throw invalid(issue('', text.notBegun.ja, text.notBegun.en));
  const [place] = await records.run<Kept>(sql`
    select task_id, attended, encounter_id, contact_id from gathering_place
    where id = ${id}::uuid and gathering_id = ${one.id}::uuid and state <> 'cancelled' for update`);
  if (!place) throw notFound();
  if (place.attended === as) return;
  // Who is there has a place, also when it was only waited for.
  await records.run(
    sql`update gathering_place set attended = ${as}, state = case when state = 'waiting' and ${as} <> 'absent' then 'booked' else state end
      where id = ${id}::uuid`,
  );
  if (place.task_id === null) return;
  if (place.encounter_id !== null) await correct(records, one, place, as);
  else if (as !== 'absent') await record(records, one, { place: id, task: place.task_id, as });
}

type Kept = {
  task_id: string | null;
  attended: Attendance | null;
  encounter_id: string | null;
  contact_id: string | null;
};

/** The case, if something of it can be written into it; it may be over, or in other hands. */
async function openCase(records: Records, task: string): Promise<Case | undefined> {
  const found = await readCase(records, task).catch((error: unknown) => {
    if (error instanceof Refused) return undefined;
    throw error;
  });
  return found && isWritable(found) ? found : undefined;
}

/** What of it belongs into the person's case. */
async function record(
  records: Records,
  one: Gathering,
  given: Readonly<{ place: string; task: string; as: 'present' | 'online' }>,
): Promise<void> {
  const found = await openCase(records, given.task);
  if (!found) return;
  const id = records.newId();
  await records.write([
    buildAttendance(one, { ...found.referral, id, as: given.as, by: records.actor.post }),
    traceOf(records, found.referral.patient, [['Encounter', id]]),
  ]);
  const at = one.starts_at > records.now ? records.now : one.starts_at;
  const contact = await logContact(records, {
    id: given.task,
    kind: 'reached',
    at: at.toISOString(),
    text: noteOf(one, given.as),
  });
  await records.run(sql`update gathering_place set encounter_id = ${id}::uuid, contact_id = ${contact.id}::uuid
    where id = ${given.place}::uuid`);
}

const noteOf = (one: Gathering, as: 'present' | 'online'): string => text.attendedNote(one.title, as).ja;

/** Brings what was recorded in line with what is ticked now. */
async function correct(records: Records, one: Gathering, place: Kept, as: Attendance): Promise<void> {
  const found = await openCase(records, place.task_id ?? '');
  if (!found) return;
  const encounters = await records.readMany(
    'Encounter',
    place.encounter_id === null ? [] : [place.encounter_id],
  );
  const contacts = await records.readMany(
    'Communication',
    place.contact_id === null ? [] : [place.contact_id],
  );
  const changed = [
    ...encounters.map((was) => ({
      ...was,
      ...(as === 'absent'
        ? { status: 'entered-in-error' as const }
        : { status: 'finished' as const, class: classOf(as) }),
    })),
    ...contacts.map((was) => ({
      ...was,
      ...(as === 'absent'
        ? { status: 'entered-in-error' as const }
        : { status: 'completed' as const, payload: [{ contentString: noteOf(one, as) }] }),
    })),
  ];
  if (changed.length === 0) return;
  await records.write([
    ...changed,
    traceOf(
      records,
      found.referral.patient,
      changed.map((each): [typeof each.resourceType, string] => [each.resourceType, each.id]),
    ),
  ]);
}

type Attended = Readonly<{
  id: string;
  as: 'present' | 'online';
  patient: string;
  requestId: string;
  to: string;
  by: string | undefined;
}>;

const classOf = (as: 'present' | 'online') =>
  as === 'online' ? coding(systems.actCode, 'VR', 'virtual') : coding(systems.actCode, 'AMB', 'ambulatory');

/** Taking part in a gathering: a group encounter, ambulatory or virtual (v3-ActCode). */
const buildAttendance = (one: Gathering, given: Attended): Encounter => ({
  resourceType: 'Encounter',
  id: given.id,
  status: 'finished',
  class: classOf(given.as),
  type: [{ ...concept(`${canonical}/CodeSystem/encounter-type`, 'session', 'つどい'), text: one.title }],
  subject: reference('Patient', given.patient),
  basedOn: [reference('ServiceRequest', given.requestId)],
  ...(given.by === undefined
    ? {}
    : { participant: [{ individual: reference('PractitionerRole', given.by) }] }),
  period: { start: one.starts_at.toISOString(), end: one.ends_at.toISOString() },
  serviceProvider: reference('Organization', given.to),
});

/** Somebody who came without having signed up: there is room for who is there. */
export async function walkIn(records: Records, gathering: string, name: string, way: Way): Promise<void> {
  const one = await readGathering(records, gathering);
  if (!canTick(one, records.now)) throw invalid(issue('', text.notBegun.ja, text.notBegun.en));
  await records.run(sql`
    insert into gathering_place (id, gathering_id, way, state, name, walk_in, attended, created_at)
    values (${records.newId()}::uuid, ${one.id}::uuid, ${way}, 'booked', ${name}, true, ${way === 'site' ? 'present' : 'online'}, ${records.now}::timestamptz)`);
}
