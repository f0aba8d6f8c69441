import type pg from 'pg';
import type { Fault, Server } from './model.ts';
import type { Pair } from './names.ts';
import { pairsOf } from './partner-records.ts';
import { serverOf, type ServerRow } from './partner-servers.ts';

/** Referrals and requests that both sides have: what was told, heard, and lies (`partner_task`). */

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
         and s.disabled_at is null and s.client <> '' and s.address <> all ($1)
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

/** Somebody else may take it up at once. */
export async function giveBack(
  pool: pg.Pool,
  table: 'partner_server' | 'partner_task',
  id: string,
): Promise<void> {
  await pool.query(`update ${table} set taken_until = now() where id = $1`, [id]);
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
const mostAttempts = 10;

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

/** The same of somebody who was fetched: at the newest of what is about them. */
export async function keepAboutPerson(
  pool: pg.Pool,
  { id }: Server,
  patient: string,
  kept: Fault,
): Promise<void> {
  await pool.query(
    `update partner_task set kept = $3 where id = (
       select p.id from partner_task p join task t on t.id = p.task where p.server = $1 and t.patient_id = $2
       order by t.updated_at desc, p.id limit 1)`,
    [id, patient, JSON.stringify(kept)],
  );
}
