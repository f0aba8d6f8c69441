import type pg from 'pg';
import type { Stored } from '../../fhir/types.ts';
import type { Server } from './model.ts';
import type { Pair } from './names.ts';
import type { Shared } from './partner-tasks.ts';

/** What is called how on their server, and in which version it was sent (`partner_record`). */

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

export async function markMade(pool: pg.Pool, { server }: Shared, made: Made): Promise<void> {
  await pool.query(
    `insert into partner_record (server, type, id, their_id, version) values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [server.id, made.type, made.id, made.theirs, made.version],
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
