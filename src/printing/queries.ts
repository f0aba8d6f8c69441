import { sql } from '../database/sql.ts';
import type { Records } from '../fhir/records.ts';
import type { SheetName } from './names.ts';

/** A person who was chosen, by name, and the referral where it was a case. */
export type Chosen = Readonly<{ patient: string; task: string | null; name: string }>;

/** Print jobs that an account may keep at a time. */
const mostJobs = 20;

/** The new job's id; undefined while one of the account is running, or it keeps as many as it may. */
export async function addJob(
  records: Records,
  given: Readonly<{
    people: readonly Chosen[];
    sheets: readonly SheetName[];
    language: string;
    variant?: string | undefined;
  }>,
): Promise<string | undefined> {
  const { actor, now } = records;
  const id = records.newId();
  const rows = await records.run(
    sql`insert into print_job (id, account_id, organization_id, role, post_id, request, language, variant, sheets, people, started_at)
      select ${id}::uuid, ${actor.account}::uuid, ${actor.organization}::uuid, ${actor.role}, ${actor.post ?? null}::uuid,
        ${actor.request}, ${given.language}, ${given.variant ?? null}, ${given.sheets}::text[], ${given.people.length}, ${now}::timestamptz
      where (select count(*) from print_job) < ${mostJobs}
      on conflict (account_id) where status = 'running' do nothing returning id`,
  );
  if (rows.length === 0) return undefined;
  await records.run(
    sql`insert into print_person (job, nth, patient_id, task_id, name)
      select ${id}::uuid, place, patient, task, name
      from unnest(${given.people.map((one) => one.patient)}::uuid[], ${given.people.map((one) => one.task)}::uuid[],
        ${given.people.map((one) => one.name)}::text[]) with ordinality as chosen (patient, task, name, place)`,
  );
  return id;
}

export type Job = Readonly<{
  id: string;
  status: 'running' | 'done' | 'failed';
  people: number;
  gathered: number;
  drawn: number;
  sheets: SheetName[];
  /** How forms are printed, as one tag; null: as usual. */
  variant: string | null;
  started_at: Date;
  expires: Date | null;
  fault: string | null;
  size: number | null;
}>;

const shown = sql`j.id, j.status, j.people, j.gathered, j.drawn, j.sheets, j.variant, j.started_at, j.fault,
  j.ended_at + interval '1 day' as expires, (select size from print_file f where f.job = j.id) as size`;

/** The account's own jobs, newest first. */
export const ownJobs = (records: Records): Promise<Job[]> =>
  records.run<Job>(sql`select ${shown} from print_job j order by j.started_at desc`);

export async function jobOf(records: Records, id: string): Promise<Job | undefined> {
  const [job] = await records.run<Job>(sql`select ${shown} from print_job j where j.id = ${id}::uuid`);
  return job;
}

/** Who was chosen and is not in the file, by name. */
export const leftOut = async (records: Records, job: string): Promise<string[]> =>
  (
    await records.run<{ name: string }>(
      sql`select name from print_person where job = ${job}::uuid and not included order by nth`,
    )
  ).map((row) => row.name);

export const removeJob = async (records: Records, id: string): Promise<boolean> =>
  (await records.run(sql`delete from print_job where id = ${id}::uuid returning id`)).length > 0;

/** The versions of a person and of their consents, as the actor sees them; null when the person is not to be seen. */
const standing = sql`(select s.version || coalesce((select string_agg(' ' || c.id || '.' || c.version, '' order by c.id)
    from consent c where c.patient_id = s.id), '') from patient s where s.id = p.patient_id)`;
/**
 * Whether the actor still sees the person, and the referral where one was chosen, and neither the person's record nor a
 * consent of theirs changed since: what was closed or sealed meanwhile may stand on the sheets.
 */
const stillSeen = sql`coalesce(p.standing = ${standing}, false)
  and (p.task_id is null or exists (select 1 from task t where t.id = p.task_id))`;

/** The file while everybody in it may still be seen; `closed` when not. Each person's sheet is noted as handed out. */
export async function fileOf(records: Records, job: string): Promise<Buffer | 'closed' | undefined> {
  const people = await records.run<{ patient_id: string; open: boolean }>(
    sql`select p.patient_id, ${stillSeen} as open from print_person p where p.job = ${job}::uuid and p.included`,
  );
  if (people.some((one) => !one.open)) return 'closed';
  const [file] = await records.run<{ content: Buffer }>(
    sql`select content from print_file where job = ${job}::uuid`,
  );
  if (file) for (const one of people) records.note('export', 'printed sheets', one.patient_id);
  return file?.content;
}

/** Of those already gathered, leaves out whom the actor does not see any more. */
export const leaveOutClosed = (records: Records, job: string) =>
  records.run(
    sql`update print_person p set included = false, content = null
      where p.job = ${job}::uuid and p.included and not (${stillSeen})`,
  );

export type Next = Readonly<{ place: number; patient: string; task: string | null }>;
/** The next people to gather; the job's line is held, so that nobody else gathers them. None when the job is gone. */
export async function nextPeople(records: Records, job: string, most: number): Promise<Next[]> {
  const held = await records.run(
    sql`select 1 from print_job where id = ${job}::uuid and status = 'running' for update`,
  );
  if (held.length === 0) return [];
  return records.run<Next>(
    sql`select nth as place, patient_id as patient, task_id as task from print_person
      where job = ${job}::uuid and included is null order by nth limit ${most}`,
  );
}

/** What was gathered for some people: their sheets as JSON, null for whoever is left out. */
export async function keepGathered(
  records: Records,
  job: string,
  kept: readonly Readonly<{ place: number; content: string | null }>[],
): Promise<void> {
  await records.run(
    sql`update print_person p set included = g.content is not null, content = g.content::jsonb, standing = ${standing}
      from unnest(${kept.map((one) => one.place)}::integer[], ${kept.map((one) => one.content)}::text[]) g (place, content)
      where p.job = ${job}::uuid and p.nth = g.place`,
  );
  await records.run(
    sql`update print_job set gathered = gathered + ${kept.length}, attempts = 0, taken_until = now() + interval '1 minute'
      where id = ${job}::uuid`,
  );
}

/** People of the actor's clinic among these ids, or cases of the actor's office, as they are chosen from a list. */
export const chosenPatients = (records: Records, ids: readonly string[]) =>
  records.rows<{ patient: string; content: unknown }>(
    'print for many',
    sql`select p.id as patient, p.content from unnest(${ids}::uuid[]) with ordinality as chosen (id, place)
      join patient p on p.id = chosen.id where p.organization_id = ${records.actor.organization}::uuid order by chosen.place`,
    (row) => row.patient,
  );

export const chosenCases = (records: Records, ids: readonly string[]) =>
  records.rows<{ task: string; patient: string; content: unknown; referral: unknown }>(
    'print for many',
    sql`select t.id as task, p.id as patient, p.content, t.content as referral
      from unnest(${ids}::uuid[]) with ordinality as chosen (id, place)
      join task t on t.id = chosen.id join patient p on p.id = t.patient_id
      where t.owner_id = ${records.actor.organization}::uuid and t.part_of_id is null order by chosen.place`,
    (row) => row.patient,
  );
