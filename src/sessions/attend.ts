import type { Encounter } from '@medplum/fhirtypes';
import { sql } from '../database/sql.ts';
import { canonical, coding, concept, systems } from '../fhir/codes.ts';
import type { Records } from '../fhir/records.ts';
import { reference } from '../fhir/references.ts';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import { invalid, issue, notFound, Refused } from '../kernel/problem.ts';
import { isWritable, readCase, traceOf } from '../support/case.ts';
import { logContact } from '../support/contact.ts';
import type { Attendance, Gathering, Way } from './model.ts';
import { readGathering, readPlace } from './queries.ts';
import { text } from './text.ts';

/** From the day itself on. */
export const canTick = (one: Gathering, now: Date): boolean =>
  one.status === 'planned' && dayInTokyo(one.starts_at) <= dayInTokyo(now);

/**
 * Ticks who was there. Of a person of a referral that is being worked on it becomes a record: an Encounter in the case and
 * a contact in its course, the first time that they were there. Refuses before the day.
 */
export async function tick(records: Records, gathering: string, id: string, as: Attendance): Promise<void> {
  const one = await readGathering(records, gathering);
  if (!canTick(one, records.now)) throw invalid(issue('', text.notBegun.ja, text.notBegun.en));
  const place = await readPlace(records, id);
  if (place?.gathering_id !== one.id || place.state === 'cancelled') throw notFound();
  const wasThere = place.attended === 'present' || place.attended === 'online';
  // Who is there has a place, also when it was only waited for.
  await records.run(
    sql`update gathering_place set attended = ${as}, state = case when state = 'waiting' and ${as} <> 'absent' then 'booked' else state end
      where id = ${id}::uuid`,
  );
  if (place.task_id !== null && as !== 'absent' && !wasThere) await record(records, one, place.task_id, as);
}

/** What of it belongs into the person's case; nothing where the case can only be read, or is in other hands. */
async function record(
  records: Records,
  one: Gathering,
  task: string,
  as: 'present' | 'online',
): Promise<void> {
  const found = await readCase(records, task).catch((error: unknown) => {
    if (error instanceof Refused) return undefined;
    throw error;
  });
  if (!found || !isWritable(found)) return;
  const id = records.newId();
  await records.write([
    buildAttendance(one, { ...found.referral, id, as, by: records.actor.post }),
    traceOf(records, found.referral.patient, [['Encounter', id]]),
  ]);
  const at = one.starts_at > records.now ? records.now : one.starts_at;
  await logContact(records, {
    id: task,
    kind: 'reached',
    at: at.toISOString(),
    text: text.attendedNote(one.title, as).ja,
  });
}

type Attended = Readonly<{
  id: string;
  as: 'present' | 'online';
  patient: string;
  requestId: string;
  to: string;
  by: string | undefined;
}>;

/** Taking part in a gathering: a group encounter, ambulatory or virtual (v3-ActCode). */
export const buildAttendance = (one: Gathering, given: Attended): Encounter => ({
  resourceType: 'Encounter',
  id: given.id,
  status: 'finished',
  class:
    given.as === 'online'
      ? coding(systems.actCode, 'VR', 'virtual')
      : coding(systems.actCode, 'AMB', 'ambulatory'),
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
