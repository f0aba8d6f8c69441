import { sql, trusted } from '../../database/sql.ts';
import { systems } from '../../fhir/codes.ts';
import type { Records } from '../../fhir/records.ts';
import { roles, type Role } from '../../kernel/actor.ts';
import { bodies, type Body } from './roles.ts';

export const pageSize = 50;

export type AccountLine = Readonly<{
  id: string;
  login: string;
  name: string;
  role: Role;
  organization: string;
  created: Date;
  disabled: Date | null;
  email: string | null;
  /** Somebody invited has no password until they choose one. */
  invited: boolean;
  /** Whether there is a second proof besides the password. */
  guarded: boolean;
  /** The last day of the post, as it was written, and whether it is over. */
  until: string | null;
  ended: boolean;
  /** Sessions that hold now. */
  sessions: number;
  total: number;
}>;

type Row = Omit<AccountLine, 'role'> & { role: string } & Record<string, unknown>;

/** What `Session` lives by: whole, not revoked, not past its end, used within the hour. `idle`: the moment an hour ago. */
const held = (now: Date, idle: Date) =>
  sql`s.waits_for is null and s.revoked_at is null and s.expires_at > ${now} and s.seen_at > ${idle}`;

const columns = (now: Date, idle: Date) => sql`
  a.id, a.login, a.name, a.role, coalesce(o.content ->> 'name', '') as organization, a.created_at as created,
  a.disabled_at as disabled, a.email, a.password_hash is null as invited,
  (exists (select 1 from totp t where t.account_id = a.id) or exists (select 1 from passkey k where k.account_id = a.id)) as guarded,
  p.content #>> '{period,end}' as until, not post_holds(a.post_id, ${now}::timestamptz) as ended, (select count(*)::int from session s where s.account_id = a.id and ${held(now, idle)}) as sessions,
  count(*) over ()::int as total
  from account a left join organization o on o.id = a.organization_id left join practitioner_role p on p.id = a.post_id`;

/** One page of the accounts, by organization and name. */
export async function listAccounts(
  records: Records,
  search: string,
  page: number,
  idle: Date,
): Promise<AccountLine[]> {
  const wanted =
    search === ''
      ? trusted('true')
      : sql`strpos(fhir_key(a.name || ' ' || a.login || ' ' || coalesce(o.content ->> 'name', '')), fhir_key(${search})) > 0`;
  const rows = await records.rows<Row>(
    'accounts',
    sql`select ${columns(records.now, idle)} where ${wanted}
      order by a.disabled_at is not null, organization, a.name, a.id limit ${pageSize} offset ${(page - 1) * pageSize}`,
  );
  return rows.flatMap(known);
}

export async function findAccount(
  records: Records,
  id: string,
  idle: Date,
): Promise<AccountLine | undefined> {
  const rows = await records.rows<Row>(
    'accounts',
    sql`select ${columns(records.now, idle)} where a.id = ${id}::uuid`,
  );
  return rows.flatMap(known)[0];
}

const known = (row: Row): AccountLine[] => {
  const role = roles.find((r) => r === row.role);
  return role ? [{ ...row, role }] : [];
};

export type BodyLine = Readonly<{ id: string; name: string; kind: Body }>;
export const mostBodies = 30;

const token = (kind: string): string => `${systems.organizationType}|${kind}`;
const kindOf = trusted(
  `(select split_part(t, '|', 2) from unnest(o.type) t where starts_with(t, '${systems.organizationType}|') limit 1)`,
);

/** Organizations whose people can have accounts, by name; `mostBodies` and one more. */
export const findBodies = async (records: Records, search: string): Promise<BodyLine[]> =>
  asBodies(
    await records.rows<{ id: string; name: string; kind: string }>(
      'accounts',
      sql`select o.id, o.content ->> 'name' as name, ${kindOf} as kind from organization o
        where o.type && ${bodies.map(token)}::text[] and o.content ->> 'active' is distinct from 'false'
          and strpos(o.name, fhir_key(${search})) > 0
        order by name limit ${mostBodies + 1}`,
    ),
  );

export async function findBody(records: Records, id: string): Promise<BodyLine | undefined> {
  const rows = await records.rows<{ id: string; name: string; kind: string }>(
    'accounts',
    sql`select o.id, o.content ->> 'name' as name, ${kindOf} as kind from organization o where o.id = ${id}::uuid`,
  );
  return asBodies(rows)[0];
}

const asBodies = (rows: readonly { id: string; name: string; kind: string }[]): BodyLine[] =>
  rows.flatMap(({ id, name, kind }) => {
    const body = bodies.find((b) => b === kind);
    return body ? [{ id, name, kind: body }] : [];
  });

export type PostLine = Readonly<{ id: string; name: string; role: Role }>;

/** People who hold a post there and have no account yet. */
export async function findFreePosts(
  records: Records,
  organization: string,
  allowed: readonly Role[],
): Promise<PostLine[]> {
  const rows = await records.rows<{ id: string; name: string; codes: string[] }>(
    'accounts',
    sql`select p.id, p.content #>> '{practitioner,display}' as name, p.code as codes from practitioner_role p
      where p.organization_id = ${organization}::uuid and p.content #>> '{practitioner,display}' is not null
        and p.content ->> 'active' is distinct from 'false'
        and not exists (select 1 from account a where a.post_id = p.id)
      order by name limit 200`,
  );
  return rows.flatMap(({ id, name, codes }) => {
    const role = allowed.find((r) => codes.includes(`${systems.post}|${r}`));
    return role ? [{ id, name, role }] : [];
  });
}

export type SessionLine = Readonly<{ id: string; device: string; begun: Date; seen: Date; mine: boolean }>;

/** Where somebody is signed in; `mine` is the one with that id. */
export const listSessions = (
  records: Records,
  account: string,
  mine: string,
  idle: Date,
): Promise<SessionLine[]> =>
  records.rows<SessionLine & Record<string, unknown>>(
    'accounts',
    sql`select s.id, coalesce(s.device, '') as device, s.created_at as begun, s.seen_at as seen, s.id = ${mine}::uuid as mine
      from session s where s.account_id = ${account}::uuid and ${held(records.now, idle)} order by mine desc, s.seen_at desc`,
  );
