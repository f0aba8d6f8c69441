import type pg from 'pg';
import type { Fault, Proof, Server, Way } from './model.ts';

/** Servers that are registered: whose turn it is, and how it went (`partner_server`). The job runner works past the row rules. */

export type ServerRow = {
  id: string;
  version: number;
  organization_id: string;
  partner_id: string;
  way: Way;
  address: string;
  client: string;
  proof: Proof;
  secret: Buffer;
  our_id: string;
  their_id: string;
  seen_until: string | null;
};
export type Polled = Readonly<{ server: Server; seenUntil: string | undefined }>;

export const serverOf = (row: ServerRow): Server => ({
  id: row.id,
  version: row.version,
  organization: row.organization_id,
  partner: row.partner_id,
  way: row.way,
  address: row.address,
  client: row.client,
  proof: row.proof,
  secret: row.secret,
  ourId: row.our_id,
  theirId: row.their_id,
});

/** A server whose turn it is to be asked what is new, for a minute or more nobody else's; `not`: at none of these addresses. */
export async function takeServer(pool: pg.Pool, not: readonly string[]): Promise<Polled | undefined> {
  const { rows } = await pool.query<ServerRow>(
    `update partner_server set taken_until = now() + interval '5 minutes', rung_at = null where id = (
       select id from partner_server where disabled_at is null and client <> '' and next_at <= now() and taken_until <= now()
         and address <> all ($1)
       order by next_at limit 1 for update skip locked) returning *`,
    [not],
  );
  return rows[0] && { server: serverOf(rows[0]), seenUntil: rows[0].seen_until ?? undefined };
}

/** Who rang while it was asked is asked again at once. */
export async function heardFrom(
  pool: pg.Pool,
  { id }: Server,
  seenUntil: string | undefined,
  seconds: number,
): Promise<void> {
  await pool.query(
    `update partner_server set taken_until = now(), heard_at = now(),
       failures = 0, fault = null, seen_until = coalesce($2, seen_until),
       next_at = case when rung_at is null then now() + $3 * interval '1 second' else now() end where id = $1`,
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
