import { readProvision, readKeptPerson, type ProvisionRecord } from '../consent/provided/record.ts';
import { allOf } from '../fhir/everything.ts';
import { sql } from '../database/sql.ts';
import type { Records } from '../fhir/records.ts';
import type { RecordOf, RecordType, Stored } from '../fhir/types.ts';
import { readOrganization, readPost, type ReadBody, type ReadPatient } from '../people/record.ts';
import { happenedIn } from '../referral/case-queries.ts';
import { readCourse, type Happened } from '../referral/course.ts';
import { readTask } from '../referral/record.ts';
import { isRequest } from '../referral/workflow.ts';

/** Everything the clinic sees about a person of its own, as the account of it is drawn from. */
export type Dossier = Readonly<{
  person: ReadPatient;
  clinic: ReadBody;
  /** The records of one kind, the oldest first. */
  all: <T extends RecordType>(type: T) => readonly Stored<RecordOf<T>>[];
  /** Names of bodies, by id. */
  bodies: ReadonlyMap<string, string>;
  /** What happened in each referral, by the id of its task, the oldest first. */
  courses: ReadonlyMap<string, readonly Happened[]>;
  provision: ProvisionRecord;
  /** Sessions in which the person has or had a place, the earliest first. */
  sessions: readonly TakingPart[];
}>;

export type TakingPart = Readonly<{
  starts_at: Date;
  title: string;
  body: string | null;
  way: 'site' | 'online';
  state: 'booked' | 'waiting' | 'cancelled';
  attended: 'present' | 'online' | 'absent' | null;
  called_off: boolean;
}>;

/** Reads all of it; for the body that keeps the person, and in the access log an export. */
export async function readDossier(records: Records, patient: string): Promise<Dossier> {
  const person = await readKeptPerson(records, patient);
  const { found, included } = await allOf(records, patient);
  const every = [...found, ...included].toSorted((a, b) =>
    a.meta.lastUpdated.localeCompare(b.meta.lastUpdated),
  );
  const all: Dossier['all'] = <T extends RecordType>(type: T) =>
    every.filter((one): one is Stored<RecordOf<T>> => one.resourceType === type);
  const bodies = new Map(
    all('Organization')
      .map(readOrganization)
      .map((one) => [one.id, one.name]),
  );
  const posts = new Map(
    all('PractitionerRole')
      .map(readPost)
      .map((one) => [one.id, one.name]),
  );
  const courses = new Map<string, readonly Happened[]>();
  for (const task of all('Task').filter((one) => !isRequest(one))) {
    const { from, to } = readTask(task);
    const names = {
      sender: bodies.get(from) ?? '',
      receiver: bodies.get(to) ?? '',
      post: (id: string) => posts.get(id),
    };
    courses.set(task.id, readCourse(await happenedIn(records, task), names).toReversed());
  }
  return {
    person,
    clinic: readOrganization(await records.read('Organization', records.actor.organization)),
    all,
    bodies,
    courses,
    provision: await readProvision(records, patient),
    sessions: await records.rows<TakingPart & Record<string, unknown>>(
      'session places',
      sql`select * from taking_part(${patient}::uuid)`,
      () => patient,
    ),
  };
}
