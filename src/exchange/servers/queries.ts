import type { CodeableConcept, Task } from '@medplum/fhirtypes';
import type pg from 'pg';
import type { Stored } from '../../fhir/types.ts';
import type { Fault, Server, Way } from './model.ts';
import type { Pair } from './names.ts';

/** What the job runner reads and marks, past the row rules: of a person no more than ids and how a task stands. */

type ServerRow = {
  id: string;
  version: number;
  organization_id: string;
  partner_id: string;
  way: Way;
  address: string;
  client: string;
  secret: Buffer;
  our_id: string;
  their_id: string;
  seen_until: string | null;
};
export type Polled = Readonly<{ server: Server; seenUntil: string | undefined }>;

const serverOf = (row: ServerRow): Server => ({
  id: row.id,
  version: row.version,
  organization: row.organization_id,
  partner: row.partner_id,
  way: row.way,
  address: row.address,
  client: row.client,
  secret: row.secret,
  ourId: row.our_id,
  theirId: row.their_id,
});

/** A server whose turn it is to be asked what is new, for a minute or more nobody else's; `not`: at none of these addresses. */
export async function takeServer(pool: pg.Pool, not: readonly string[]): Promise<Polled | undefined> {
  const { rows } = await pool.query<ServerRow>(
    `update partner_server set taken_until = now() + interval '5 minutes' where id = (
       select id from partner_server where disabled_at is null and next_at <= now() and taken_until <= now()
         and address <> all ($1)
       order by next_at limit 1 for update skip locked) returning *`,
    [not],
  );
  return rows[0] && { server: serverOf(rows[0]), seenUntil: rows[0].seen_until ?? undefined };
}

/** Somebody else may take it up at once. */
export async function giveBack(
  pool: pg.Pool,
  table: 'partner_server' | 'partner_task',
  id: string,
): Promise<void> {
  await pool.query(`update ${table} set taken_until = now() where id = $1`, [id]);
}

export async function heardFrom(
  pool: pg.Pool,
  { id }: Server,
  seenUntil: string | undefined,
  seconds: number,
): Promise<void> {
  await pool.query(
    `update partner_server set taken_until = now(), next_at = now() + $3 * interval '1 second', heard_at = now(),
       failures = 0, fault = null, seen_until = coalesce($2, seen_until) where id = $1`,
    [id, seenUntil ?? null, seconds],
  );
}

/** It is asked again after 1, 2, 4 … minutes, at most every hour. */
export async function unheardFrom(pool: pg.Pool, { id }: Server, fault: Fault): Promise<void> {
  await pool.query(
    `update partner_server set taken_until = now(), failures = failures + 1, fault = $2,
       next_at = now() + least(power(2, failures), 60) * interval '1 minute' where id = $1`,
    [id, JSON.stringify(fault)],
  );
}

export type Shared = Readonly<{
  id: string;
  task: string;
  wanted: string;
  attempts: number;
  theirId: string | undefined;
  theirVersion: string | undefined;
  server: Server;
  names: readonly Pair[];
  /** Other registrations at that address. */
  also: readonly Server[];
}>;
type SharedRow = {
  id: string;
  server: string;
  task: string;
  wanted: string;
  attempts: number;
  their_id: string | null;
  their_version: string | null;
};

/** The next referral or request of which the partner has not been told the last change. */
export async function takeShared(pool: pg.Pool, not: readonly string[]): Promise<Shared | undefined> {
  const { rows } = await pool.query<SharedRow>(
    `update partner_task set taken_until = now() + interval '5 minutes' where id = (
       select t.id from partner_task t join partner_server s on s.id = t.server
       where t.told < t.wanted and t.stopped_at is null and t.task is not null and t.next_at <= now() and t.taken_until <= now()
         and s.disabled_at is null and s.address <> all ($1)
       order by t.next_at, t.queued_at limit 1 for update of t skip locked)
     returning id, server, task, wanted, attempts, their_id, their_version`,
    [not],
  );
  const [row] = rows;
  if (!row) return undefined;
  const { rows: servers } = await pool.query<ServerRow>(
    `select s.* from partner_server s join partner_server this on this.address = s.address where this.id = $1`,
    [row.server],
  );
  const all = servers.map(serverOf);
  const server = all.find((one) => one.id === row.server);
  if (!server) return undefined;
  return {
    id: row.id,
    task: row.task,
    wanted: row.wanted,
    attempts: row.attempts,
    theirId: row.their_id ?? undefined,
    theirVersion: row.their_version ?? undefined,
    server,
    names: await pairsOf(pool, server),
    also: all.filter((one) => one.id !== server.id),
  };
}

/** What is called how there: also by what other registrations of the same body at that address sent. */
export const pairsOf = async (pool: pg.Pool, { id }: Server): Promise<Pair[]> =>
  (await pool.query<Pair>(`select type, id, their_id from partner_record where server = $1`, [id])).rows;

/** What was sent of the person of this task and has another version here by now. */
export const changedHere = async (
  pool: pg.Pool,
  { server, task }: Shared,
  type: 'Patient' | 'Consent',
): Promise<{ id: string; their_id: string }[]> =>
  (
    await pool.query<{ id: string; their_id: string }>(
      `select r.id, r.their_id from partner_record r join ${type === 'Patient' ? 'patient' : 'consent'} now on now.id = r.id
       where r.server = $1 and r.type = $2 and r.version <> now.version
         and now.patient_id = (select patient_id from task where id = $3)`,
      [server.id, type, task],
    )
  ).rows;

/** The person of a task and its consents. */
export const aboutPerson = async (pool: pg.Pool, task: string): Promise<{ type: string; id: string }[]> =>
  (
    await pool.query<{ type: string; id: string }>(
      `with who as (select patient_id as id from task where id = $1)
       select 'Patient' as type, id from who where id is not null
       union all select 'Consent', c.id from consent c join who on c.patient_id = who.id`,
      [task],
    )
  ).rows;

/** A record of ours, what it is called there, and in which version it was sent. */
export type Made = Readonly<{ type: string; id: string; theirs: string; version: number }>;

/** Its id there is known: from now on it is never made there again. */
export async function isThere(
  pool: pg.Pool,
  shared: Shared,
  found: readonly Made[],
  task: Readonly<{ id: string; version: string | undefined }>,
): Promise<void> {
  await pool.query(
    `with kept as (
       insert into partner_record (server, type, id, their_id, version)
       select $1, type, id, theirs, version from jsonb_to_recordset($2::jsonb) as r (type text, id uuid, theirs text, version integer)
       on conflict (server, type, id) do update set version = excluded.version)
     update partner_task set their_id = $4, their_version = $5, their_status = 'requested', told_at = now() where id = $3`,
    [shared.server.id, JSON.stringify(found), shared.id, task.id, task.version ?? null],
  );
}

export async function markSent(
  pool: pg.Pool,
  { server }: Shared,
  { resourceType, id, meta }: Stored,
): Promise<void> {
  await pool.query(`update partner_record set version = $4 where server = $1 and type = $2 and id = $3`, [
    server.id,
    resourceType,
    id,
    meta.versionId,
  ]);
}

/** How far we followed theirs. */
export async function seenThere(
  pool: pg.Pool,
  { id }: Shared,
  version: string | undefined,
  status: string | undefined,
): Promise<void> {
  await pool.query(
    `update partner_task set their_version = coalesce($2, their_version), their_status = coalesce($3, their_status) where id = $1`,
    [id, version ?? null, status ?? null],
  );
}

export async function keepForPerson(pool: pg.Pool, { id }: Shared, kept: Fault): Promise<void> {
  await pool.query(`update partner_task set kept = $2 where id = $1`, [id, JSON.stringify(kept)]);
}

export async function told(pool: pg.Pool, { id, wanted }: Shared): Promise<void> {
  await pool.query(
    `update partner_task set told = greatest(told, $2), taken_until = now(), attempts = 0, fault = null, told_at = now() where id = $1`,
    [id, wanted],
  );
}

/** After 30 seconds, 1, 2, 4 … minutes; then it lies until somebody looks. */
export const mostAttempts = 10;

export async function untold(
  pool: pg.Pool,
  { id, wanted }: Shared,
  fault: Fault,
  isFinal: boolean,
): Promise<void> {
  await pool.query(
    `update partner_task set taken_until = now(), fault = $2, attempts = attempts + 1,
       next_at = now() + power(2, attempts) * interval '30 seconds',
       -- What was changed meanwhile is tried by itself.
       stopped_at = case when wanted = $5 and ($3 or attempts + 1 >= $4) then now() end
     where id = $1`,
    [id, JSON.stringify(fault), isFinal, mostAttempts, wanted],
  );
}

export type Step = Readonly<{
  status: Task['status'];
  reason: CodeableConcept | undefined;
  business: CodeableConcept | undefined;
  output: Task['output'];
}> &
  Pick<Task, 'partOf'>;

/**
 * How a task stood, oldest first: statuses and reasons alone. Past the row rules, since after a withdrawal the office that
 * asked sees it no longer and the group must be told all the same.
 */
export async function stepsOf(pool: pg.Pool, task: string): Promise<Step[]> {
  const { rows } = await pool.query<{
    status: Task['status'];
    reason: CodeableConcept | null;
    business: CodeableConcept | null;
    output: Task['output'] | null;
    part_of: NonNullable<Task['partOf']> | null;
  }>(
    `select content ->> 'status' as status, content -> 'statusReason' as reason, content -> 'businessStatus' as business,
       content -> 'output' as output, content -> 'partOf' as part_of
     from task_history where id = $1 order by version`,
    [task],
  );
  return rows.map((row) => ({
    status: row.status,
    reason: row.reason ?? undefined,
    business: row.business ?? undefined,
    output: row.output ?? undefined,
    ...(row.part_of ? { partOf: row.part_of } : {}),
  }));
}

/** Theirs changed: what we share with them is looked at again, and what lay as refused is tried anew; each version once. */
export async function changedThere(
  pool: pg.Pool,
  { id }: Server,
  seen: readonly { id: string; version: string }[],
) {
  await pool.query(
    `update partner_task t set noticed_version = r.version, wanted = wanted + 1, attempts = 0, next_at = now(), stopped_at = null
     from jsonb_to_recordset($2::jsonb) as r (id text, version text)
     where t.server = $1 and t.their_id = r.id and t.task is not null and t.their_version is distinct from r.version
       and t.noticed_version is distinct from r.version`,
    [id, JSON.stringify(seen)],
  );
}

/** What is open between the two as far as we know, by its id there. */
export const openThere = async (pool: pg.Pool, { id }: Server): Promise<string[]> =>
  (
    await pool.query<{ their_id: string }>(
      `select their_id from partner_task where server = $1 and task is not null and their_id is not null
         and their_status in ('requested', 'accepted', 'in-progress', 'on-hold')`,
      [id],
    )
  ).rows.map((row) => row.their_id);

/** Those of theirs that are here already, or were tried and lie. */
export const knownOf = async (
  pool: pg.Pool,
  { id }: Server,
  theirs: readonly string[],
): Promise<Set<string>> =>
  new Set(
    (
      await pool.query<{ their_id: string }>(
        `select their_id from partner_task where server = $1 and their_id = any ($2) and (task is not null or stopped_at is not null)`,
        [id, theirs],
      )
    ).rows.map((row) => row.their_id),
  );

/** One of theirs could not be taken in; it lies until somebody looks. */
export async function untaken(pool: pg.Pool, { id }: Server, theirs: string, name: string, fault: Fault) {
  await pool.query(
    `insert into partner_task (server, case_number, their_id, fault, stopped_at) values ($1, $2, $3, $4, now())
     on conflict (server, their_id) do update set fault = excluded.fault, stopped_at = now()`,
    [id, name, theirs, JSON.stringify(fault)],
  );
}

/** The kind of a body, for the role in which its rows are open. */
export async function kindOf(pool: pg.Pool, organization: string): Promise<string | undefined> {
  const { rows } = await pool.query<{ code: string }>(
    `select jsonb_path_query_first(content, '$.type[*].coding[*] ? (@.system == "https://tsunagi.example/fhir/CodeSystem/organization-type").code') #>> '{}' as code
     from organization where id = $1`,
    [organization],
  );
  return rows[0]?.code;
}

export async function markMade(pool: pg.Pool, { server }: Shared, made: Made): Promise<void> {
  await pool.query(
    `insert into partner_record (server, type, id, their_id, version) values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [server.id, made.type, made.id, made.theirs, made.version],
  );
}
