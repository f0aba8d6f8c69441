import { sql } from '../../database/sql.ts';
import type { Rows } from '../factors/service.ts';
import { voidInvitations } from '../links.ts';
import type { Identity } from './issuer.ts';

/** Whose identity that is here. */
export async function accountOf(
  rows: Rows,
  { issuer, subject }: Pick<Identity, 'issuer' | 'subject'>,
  now: Date,
): Promise<string | undefined> {
  const [row] = await rows<{ account: string }>(
    sql`update outside_identity set used_at = ${now} where issuer = ${issuer} and subject = ${subject} returning account_id as account`,
  );
  return row?.account;
}

/** Binds an identity to an account; false when it is bound to another, or the account to another of that issuer. */
export async function bind(
  rows: Rows,
  account: string,
  { issuer, subject }: Pick<Identity, 'issuer' | 'subject'>,
  now: Date,
): Promise<boolean> {
  const made = await rows(sql`insert into outside_identity (issuer, subject, account_id, created_at)
    values (${issuer}, ${subject}, ${account}::uuid, ${now}) on conflict do nothing returning subject`);
  return made.length > 0;
}

/**
 * Takes up an invitation by signing in outside: with the link of the letter, or with the address that the letter was sent
 * to, when the issuer has verified it. Only while the invitation is open and no password was chosen, and once: from then
 * on the account is known by issuer and subject alone, since an address may later belong to somebody else. Returns the
 * account.
 */
export async function takeUp(
  rows: Rows,
  identity: Identity,
  link: Buffer | undefined,
  now: Date,
): Promise<string | undefined> {
  const { email } = identity;
  const by =
    link === undefined
      ? sql`lower(a.email) = lower(${email ?? null}::text) and a.password_hash is null`
      : sql`l.token_hash = ${link}`;
  const open = await rows<{ account: string }>(sql`select distinct a.id as account
    from one_time_link l join account a on a.id = l.account_id
    where l.purpose = 'set-password' and l.used_at is null and l.expires_at > ${now} and a.disabled_at is null and ${by} limit 2`);
  const [only, another] = open;
  // Two people who share an address cannot be told apart by it.
  if (only === undefined || another !== undefined) return undefined;
  if (!(await bind(rows, only.account, identity, now))) return undefined;
  await voidInvitations({ run: rows, now }, only.account);
  return only.account;
}

/** Whether an account is bound, and whether it has a password besides. */
export async function boundState(
  rows: Rows,
  account: string,
): Promise<Readonly<{ bound: boolean; password: boolean }>> {
  const [row] = await rows<{ bound: boolean; password: boolean }>(
    sql`select exists (select 1 from outside_identity i where i.account_id = a.id) as bound, a.password_hash is not null as password
      from account a where a.id = ${account}::uuid`,
  );
  return row ?? { bound: false, password: false };
}

export async function unbind(rows: Rows, account: string): Promise<void> {
  await rows(sql`delete from outside_identity where account_id = ${account}::uuid`);
}
