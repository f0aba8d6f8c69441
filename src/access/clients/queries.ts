import type { JsonWebKey } from 'node:crypto';
import { sql } from '../../database/sql.ts';
import type { Records } from '../../fhir/records.ts';
import { roles, type Role } from '../../kernel/actor.ts';
import { keysIn, type PublicKey } from './keys.ts';

/** A client as an administrator sees it. */
export type ClientLine = Readonly<{
  id: string;
  version: number;
  /** Its `id` where nobody gave it a name. */
  name: string;
  purpose: string;
  contact: string | null;
  role: Role;
  organization: string;
  scopes: string;
  created: Date;
  ends: Date | null;
  disabled: Date | null;
  secretMade: Date | null;
  hasSecret: boolean;
  /** Until when the secret before is good, where it still is. */
  beforeUntil: Date | null;
  keys: readonly PublicKey[];
  lastUsed: Date | null;
  total: number;
}>;

export const pageSize = 50;

type Row = Omit<ClientLine, 'keys' | 'role'> & {
  role: string;
  keys: { keys: JsonWebKey[] } | null;
};

const columns = (now: Date) => sql`
  c.id, c.version, coalesce(nullif(c.name, ''), c.id) as name, c.purpose, c.contact, c.role, coalesce(organization_name(c.organization_id), '') as organization,
  c.scopes, c.created_at as created, c.ends_at as ends, c.disabled_at as disabled, c.secret_made_at as "secretMade",
  c.secret_hash is not null as "hasSecret",
  case when c.secret_before_until > ${now}::timestamptz then c.secret_before_until end as "beforeUntil",
  c.public_keys as keys, program_last_token(c.id) as "lastUsed", (count(*) over ())::int as total
  from api_client c`;

const known = (row: Row): ClientLine[] => {
  const role = roles.find((r) => r === row.role);
  return role ? [{ ...row, role, keys: keysIn(row.keys) }] : [];
};

/** One page of them, those that are on first, by organization and name. */
export const listClients = async (records: Records, page: number): Promise<ClientLine[]> =>
  (
    await records.run<Row>(
      sql`select ${columns(records.now)} order by c.disabled_at is not null, organization, name, c.id
        limit ${pageSize} offset ${(page - 1) * pageSize}`,
    )
  ).flatMap(known);

/** `lock`: for a change of it in this transaction. */
export async function findClient(
  records: Records,
  id: string,
  lock?: 'lock',
): Promise<ClientLine | undefined> {
  if (lock) await records.run(sql`select 1 from api_client where id = ${id} for update`);
  const rows = await records.run<Row>(sql`select ${columns(records.now)} where c.id = ${id}`);
  return rows.flatMap(known)[0];
}

/** A line of the access log: how many records and persons, never which. */
export type DoneLine = {
  id: string;
  at: Date;
  action: string;
  what: string;
  records: number;
  persons: number;
  address: string | null;
  why: string;
};
export type ChangeLine = { id: string; at: Date; what: string; by_name: string | null };

const days = 30;
export const mostLines = 30;
const sinceIn = ({ now }: Records): Date => new Date(now.getTime() - days * 86_400_000);

/** What a client did in the last days, newest first. */
export const doneBy = (records: Records, id: string): Promise<DoneLine[]> =>
  records.run<DoneLine>(sql`select * from program_events(${id}, ${sinceIn(records)}, ${mostLines})`);

/** What administrators changed of it, newest first. */
export const changesOf = (records: Records, id: string): Promise<ChangeLine[]> =>
  records.run<ChangeLine>(
    sql`select * from program_changes(${id}, ${new Date(0)}::timestamptz, ${mostLines})`,
  );
