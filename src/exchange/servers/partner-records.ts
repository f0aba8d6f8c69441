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

/** Relatives of the person of this task that were sent, the deleted ones too; `version` null: what was there was emptied. */
export const relativesSent = async (
  pool: pg.Pool,
  { server, task }: Shared,
): Promise<{ id: string; their_id: string; version: number | null }[]> =>
  (
    await pool.query<{ id: string; their_id: string; version: number | null }>(
      `with who as (select patient_id as id from task where id = $2),
         known as (select r.id from related_person r join who on r.patient_id = who.id
           union select d.id from deletion d join who on d.patient_id = who.id where d.type = 'RelatedPerson')
       select r.id, r.their_id, nullif(r.version, 0) as version from known join partner_record r on r.id = known.id
       where r.server = $1 and r.type = 'RelatedPerson' and r.version is not null`,
      [server.id, task],
    )
  ).rows;

/** What was sent is not there any more, as if no version of it had been. */
export async function markRemoved(
  pool: pg.Pool,
  { server }: Shared,
  type: string,
  id: string,
): Promise<void> {
  await pool.query(`update partner_record set version = 0 where server = $1 and type = $2 and id = $3`, [
    server.id,
    type,
    id,
  ]);
}

/** A record that came from there: its two ids, and the version of theirs that was taken over. */
export type Fetched = Readonly<{ id: string; their_id: string; their_version: string | null }>;

/** Somebody who came from there. `isOpen`: something between the two is not over yet here. */
export type Person = Fetched & Readonly<{ isOpen: boolean }>;

/**
 * Persons who came from there and whom somebody here still sees, those first that were not looked at for longest. Whom
 * nobody sees any more is laid aside; where a change of theirs is still to be heard, that comes first.
 */
export async function personsToLookAt(
  pool: pg.Pool,
  { id, partner }: Server,
  most: number,
): Promise<Person[]> {
  const { rows } = await pool.query<Fetched & { is_seen: boolean; waits: boolean; is_open: boolean }>(
    `with next as (
       select r.id from partner_record r where r.server = $1 and r.type = 'Patient' and r.version is null
         and r.looked_at is distinct from 'infinity' order by r.looked_at nulls first limit $3),
     known as (
       select next.id,
         exists (select 1 from sight s where s.patient_id = next.id and s.organization_id <> $2 and s.until > now()
           and s.items <> '{past}') as is_seen,
         exists (select 1 from partner_task p join task t on t.id = p.task where t.patient_id = next.id and p.server = $1
           and p.told < p.wanted and p.stopped_at is null) as waits,
         exists (select 1 from partner_task p join task t on t.id = p.task where t.patient_id = next.id and p.server = $1
           and t.status in ('requested', 'accepted', 'in-progress', 'on-hold')) as is_open
       from next)
     update partner_record r set looked_at = case when known.is_seen or known.waits then now() else 'infinity' end
     from known where r.server = $1 and r.type = 'Patient' and r.id = known.id
     returning r.id, r.their_id, r.their_version, known.is_seen, known.waits, known.is_open`,
    [id, partner, most],
  );
  return rows
    .filter((row) => row.is_seen && !row.waits)
    .map((row) => ({
      id: row.id,
      their_id: row.their_id,
      their_version: row.their_version,
      isOpen: row.is_open,
    }));
}

/** Consents of these persons that came from there and still hold here. */
export const consentsFetched = async (
  pool: pg.Pool,
  { id }: Server,
  persons: readonly string[],
): Promise<(Fetched & { patient: string })[]> =>
  (
    await pool.query<Fetched & { patient: string }>(
      `select r.id, r.their_id, r.their_version, c.patient_id as patient from consent c
       join partner_record r on r.server = $1 and r.type = 'Consent' and r.id = c.id and r.version is null
       where c.patient_id = any ($2::uuid[]) and c.status = 'active'`,
      [id, persons],
    )
  ).rows;

export async function takenOver(
  pool: pg.Pool,
  { id }: Server,
  type: 'Patient' | 'Consent',
  record: string,
  version: string,
): Promise<void> {
  await pool.query(
    `update partner_record set their_version = $4 where server = $1 and type = $2 and id = $3`,
    [id, type, record, version],
  );
}
