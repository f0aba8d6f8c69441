import { sql, trusted, type Sql } from '../../../database/sql.ts';
import type { Records } from '../../../fhir/records.ts';
import { isAboutPerson, tableOf } from '../../../fhir/tables.ts';
import type { RecordType } from '../../../fhir/types.ts';

/** Exports that a program may keep at a time, running or not. */
const mostExports = 30;
/** Records of one transaction; files hold a hundredfold at most. Attachments are large. */
const batch = (type: RecordType): number => (type === 'Binary' ? 10 : 500);
const partsOfFile = 20;

export type Wanted = Readonly<{ types: readonly RecordType[]; since: Date | undefined; asked: string }>;

/** The new job's id; undefined when one of the program is running, or it keeps as many as it may. */
export async function addJob(records: Records, { types, since, asked }: Wanted): Promise<string | undefined> {
  const { actor, now } = records;
  const id = records.newId();
  const rows = await records.run(
    sql`insert into export_job (id, client, organization_id, role, request, asked, types, since, started_at)
      select ${id}::uuid, ${actor.client}::text, ${actor.organization}::uuid, ${actor.role}, ${actor.request}, ${asked},
        ${types}::text[], ${since ?? null}::timestamptz, ${now}::timestamptz
      where (select count(*) from export_job where client = ${actor.client}::text) < ${mostExports}
      on conflict (client) where status = 'running' do nothing returning id`,
  );
  return rows.length > 0 ? id : undefined;
}

export type Job = {
  id: string;
  status: 'running' | 'done' | 'failed';
  asked: string;
  types: RecordType[];
  stage: number;
  records: string;
  started_at: Date;
  expires: Date | null;
};
const own = (records: Records, id: string): Sql =>
  sql`id = ${id}::uuid and client = ${records.actor.client ?? ''}`;

export async function jobOf(records: Records, id: string): Promise<Job | undefined> {
  const [job] = await records.run<Job>(
    sql`select id, status, asked, types, stage, records, started_at, ended_at + interval '1 day' as expires
      from export_job where ${own(records, id)}`,
  );
  return job;
}

export const removeJob = async (records: Records, id: string): Promise<boolean> =>
  (await records.run(sql`delete from export_job where ${own(records, id)} returning id`)).length > 0;

export type FileOf = { type: RecordType; file: number; count: number };
export const filesOf = (records: Records, job: string): Promise<FileOf[]> =>
  records.run<FileOf>(
    sql`select type, file, sum(cardinality(records))::integer as count from export_part where job = ${job}::uuid
      group by type, file order by type, file`,
  );

export type Part = { part: number; size: number; open: boolean };
const stillSeen = (type: RecordType): Sql =>
  sql`(select count(*) from ${trusted(tableOf(type))} r where r.id = any (p.records)) = cardinality(p.records)
    ${type === 'Patient' ? unsealed : sql``}`;
/** An address that was sealed since stands in the file as it was before. */
const unsealed = sql`and not exists (
  select 1 from patient s join export_job j on j.id = p.job
  where s.id = any (p.records) and s.updated_at >= j.started_at and seal_named(s.id) is not null)`;

/** The parts of a file in their order; `open`: whether the caller still sees every record in it. */
export const partsOf = (records: Records, job: string, { type, file }: Pick<FileOf, 'type' | 'file'>) =>
  records.run<Part>(
    sql`select part, size, ${stillSeen(type)} as open from export_part p
      where job = ${job}::uuid and type = ${type} and file = ${file} order by part`,
  );

export async function contentOf(
  records: Records,
  job: string,
  type: RecordType,
  part: number,
): Promise<{ content: Buffer; records: string[]; patients: string[] } | undefined> {
  const [found] = await records.run<{ content: Buffer; records: string[]; patients: string[] }>(
    sql`select content, records, patients from export_part p
      where job = ${job}::uuid and type = ${type} and part = ${part} and ${stillSeen(type)}`,
  );
  return found;
}

type Place = {
  types: RecordType[];
  since: Date | null;
  started_at: Date;
  stage: number;
  after: string | null;
  part: number;
  allowed: boolean;
};

/**
 * Writes the next part in this transaction, as the program that asked, and moves the job on by it. Whoever does this at the
 * same moment waits and goes on from there. False when there is nothing left to do.
 */
export async function writePart(records: Records, id: string): Promise<boolean> {
  const [job] = await records.run<Place>(
    sql`select types, since, started_at, stage, after, part,
        exists (select 1 from api_client c where c.id = export_job.client and c.disabled_at is null
          and (c.ends_at is null or c.ends_at > ${records.now}::timestamptz)
          and coalesce(scopes_allow(c.scopes, types[stage], 'r'), true)) as allowed
      from export_job where id = ${id}::uuid and status = 'running' for update`,
  );
  if (!job) return false;
  const type = job.types[job.stage - 1];
  if (type === undefined || !job.allowed) {
    const [status, fault] = job.allowed
      ? ['done', null]
      : ['failed', 'The program may not do this any more.'];
    await records.run(
      sql`update export_job set status = ${status}, fault = ${fault}::text, ended_at = now() where id = ${id}::uuid`,
    );
    return false;
  }
  const rows = await records.rows<{ n: number; last: string; patient: string | null }>(
    'bulk export',
    partOf(id, job, type),
    (row) => row.patient,
  );
  const { n, last } = rows[0] ?? { n: 0, last: null };
  const next =
    n < batch(type)
      ? sql`stage = stage + 1, after = null, part = 0`
      : sql`after = ${last}::uuid, part = part + 1`;
  await records.run(
    sql`update export_job set ${next}, records = records + ${n}, attempts = 0, taken_until = now() + interval '1 minute'
      where id = ${id}::uuid`,
  );
  return true;
}

/** One row for each person in the part; one for a part without any. The content never leaves the database. */
function partOf(id: string, { since, started_at: until, after, part }: Place, type: RecordType): Sql {
  const person = isAboutPerson(type) ? sql`patient_id` : sql`null::uuid`;
  return sql`with batch as materialized (
      select id, ${person} as patient, content::text as line from ${trusted(tableOf(type))}
      where updated_at <= ${until}::timestamptz ${since ? sql`and updated_at > ${since}::timestamptz` : sql``}
        ${after === null ? sql`` : sql`and id > ${after}::uuid`}
      order by id limit ${batch(type)}),
    made as (
      insert into export_part (job, type, file, part, records, patients, content)
      select ${id}::uuid, ${type}, ${part}::integer / ${partsOfFile}::integer + 1, ${part}::integer, array_agg(id order by id),
        coalesce(array_agg(distinct patient) filter (where patient is not null), '{}'),
        convert_to(string_agg(line, E'\\n' order by id) || E'\\n', 'UTF8')
      from batch having count(*) > 0 returning records, patients)
    select cardinality(records) as n, records[cardinality(records)] as last, patient
      from made left join lateral unnest(patients) patient on true`;
}
