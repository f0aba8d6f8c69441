import type { Transaction } from '../../database/database.ts';
import { sql, trusted } from '../../database/sql.ts';
import type { Sentence } from '../../kernel/sentence.ts';
import type { Seal } from '../seal.ts';
import { asCode, hashCode, newCodes, newSalt } from './codes.ts';
import { newTotpSecret, stepOf } from './totp.ts';

export type Rows = Transaction['rows'];

export type PasskeyLine = Readonly<{ id: string; name: string; created: Date; used: Date | null }>;
export type Factors = Readonly<{
  app: Readonly<{ created: Date; used: Date | null }> | undefined;
  passkeys: readonly PasskeyLine[];
  /** Recovery codes that were not used. */
  codesLeft: number;
}>;

/** What somebody can show besides their password; one statement. */
export async function factorsOf(rows: Rows, account: string): Promise<Factors> {
  type Row = {
    kind: 'app' | 'passkey' | 'codes';
    id: string;
    name: string;
    created: Date;
    used: Date | null;
  };
  const found = await rows<Row & { left: number }>(sql`
    select 'app' as kind, '' as id, '' as name, created_at as created, used_at as used, 0 as left from totp where account_id = ${account}::uuid
    union all select 'passkey', id, name, created_at, used_at, 0 from passkey where account_id = ${account}::uuid
    union all select 'codes', '', '', min(created_at), null, count(*)::int from recovery_code
      where account_id = ${account}::uuid and used_at is null having count(*) > 0
    order by created`);
  const app = found.find((row) => row.kind === 'app');
  return {
    app: app && { created: app.created, used: app.used },
    passkeys: found
      .filter((row) => row.kind === 'passkey')
      .map(({ id, name, created, used }) => ({ id, name, created, used })),
    codesLeft: found.find((row) => row.kind === 'codes')?.left ?? 0,
  };
}

export const hasAny = (factors: Factors): boolean => factors.app !== undefined || factors.passkeys.length > 0;

const aboutApp = (account: string): string => `totp ${account}`;
const aboutSetup = (account: string): string => `totp setup ${account}`;

/** A secret for an app that is being set up: for the page, and sealed to come back with the form. */
export function offerApp(seal: Seal, account: string): Readonly<{ secret: string; sealed: string }> {
  const secret = newTotpSecret();
  return { secret, sealed: seal.close(secret, aboutSetup(account)).toString('base64url') };
}

/** The secret that came back, if it is the one that was offered to this person. */
export const offeredApp = (seal: Seal, account: string, sealed: string): string | undefined =>
  seal.open(Buffer.from(sealed, 'base64url'), aboutSetup(account))?.plain;

/** Takes the app into use once it has shown a right code; false when the code is wrong. */
export async function addApp(
  rows: Rows,
  seal: Seal,
  given: Readonly<{ account: string; secret: string; code: string; now: Date }>,
): Promise<boolean> {
  const { account, secret, code, now } = given;
  const step = stepOf(secret, figures(code), now);
  if (step === undefined) return false;
  await rows(sql`insert into totp (account_id, sealed, last_step, created_at)
    values (${account}::uuid, ${seal.close(secret, aboutApp(account))}, ${step}, ${now})
    on conflict (account_id) do update set sealed = excluded.sealed, last_step = excluded.last_step,
      created_at = excluded.created_at, used_at = null`);
  return true;
}

const figures = (typed: string): string => typed.normalize('NFKC').replaceAll(/[\s-]/g, '');

/**
 * Which proof a code is: of the app, or from the sheet. Either is good once: the same code of the app is refused within
 * its half minute, a recovery code for ever. Undefined for a wrong one.
 */
export async function checkCode(
  rows: Rows,
  seal: Seal,
  given: Readonly<{ account: string; typed: string; now: Date }>,
): Promise<'app' | 'recovery code' | undefined> {
  const { account, typed, now } = given;
  if (/^\d{6}$/.test(figures(typed)))
    return (await isOfApp(rows, seal, account, figures(typed), now)) ? 'app' : undefined;
  const code = asCode(typed);
  return code !== undefined && (await isOnSheet(rows, account, code, now)) ? 'recovery code' : undefined;
}

async function isOfApp(rows: Rows, seal: Seal, account: string, code: string, now: Date): Promise<boolean> {
  const [app] = await rows<{ sealed: Buffer }>(
    sql`select sealed from totp where account_id = ${account}::uuid`,
  );
  const opened = app && seal.open(app.sealed, aboutApp(account));
  const step = opened && stepOf(opened.plain, code, now);
  if (app === undefined || opened === undefined || step === undefined) return false;
  const anew = opened.old ? seal.close(opened.plain, aboutApp(account)) : app.sealed;
  // Of two at once with the same code, one comes after the other here and is refused.
  const taken = await rows(sql`update totp set last_step = ${step}, used_at = ${now}, sealed = ${anew}
    where account_id = ${account}::uuid and last_step < ${step} returning account_id`);
  return taken.length > 0;
}

async function isOnSheet(rows: Rows, account: string, code: string, now: Date): Promise<boolean> {
  const [sheet] = await rows<{ salt: Buffer }>(
    sql`select salt from recovery_code where account_id = ${account}::uuid limit 1`,
  );
  if (!sheet) return false;
  const taken = await rows(sql`update recovery_code set used_at = ${now}
    where account_id = ${account}::uuid and hash = ${await hashCode(code, sheet.salt)} and used_at is null returning account_id`);
  return taken.length > 0;
}

/** A new sheet of recovery codes; the one before is void. They are kept hashed: this is the only time they are seen. */
export async function giveCodes(rows: Rows, account: string, now: Date): Promise<string[]> {
  const [codes, salt] = [newCodes(), newSalt()];
  const hashes = await Promise.all(codes.map((code) => hashCode(code, salt)));
  await rows(sql`delete from recovery_code where account_id = ${account}::uuid`);
  await rows(sql`insert into recovery_code (account_id, hash, salt, created_at)
    select ${account}::uuid, h, ${salt}, ${now}::timestamptz from unnest(${hashes}::bytea[]) h`);
  return codes;
}

export async function removeApp(rows: Rows, account: string): Promise<boolean> {
  const gone = await rows(sql`delete from totp where account_id = ${account}::uuid returning account_id`);
  return gone.length > 0;
}

export async function removePasskey(rows: Rows, account: string, id: string): Promise<boolean> {
  const gone = await rows(
    sql`delete from passkey where account_id = ${account}::uuid and id = ${id} returning id`,
  );
  return gone.length > 0;
}

/** Everything somebody could show besides their password: for the administrator, when it was all lost. */
export async function removeAll(rows: Rows, account: string): Promise<void> {
  for (const table of ['totp', 'passkey', 'recovery_code', 'known_device'] as const)
    await rows(sql`delete from ${trusted(table)} where account_id = ${account}::uuid`);
}

/** Tells the owner, where there is an address, that the way into their account was changed. */
export async function tellOwner(rows: Rows, account: string, what: Sentence): Promise<void> {
  const subject = '【つなぐ】ログインの方法が変わりました / Your sign-in was changed';
  const body = `${what.ja}\n覚えがないときは、すぐに管理者に知らせてください。\n\n${what.en}\nIf this was not you, tell your administrator at once.\n`;
  await rows(
    sql`select queue_mail(a.email, ${subject}, ${body}) from account a where a.id = ${account}::uuid and a.email is not null`,
  );
}
