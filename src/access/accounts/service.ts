import { sql } from '../../database/sql.ts';
import type { Records } from '../../fhir/records.ts';
import type { FhirRecord } from '../../fhir/types.ts';
import { isId } from '../../fhir/references.ts';
import type { Role } from '../../kernel/actor.ts';
import { forbidden, invalid, notFound } from '../../kernel/problem.ts';
import { noteWith } from '../events.ts';
import { lifetime } from '../sessions.ts';
import { findAccount, findBody, findFreePosts, type AccountLine, type BodyLine } from './queries.ts';
import { rolesFor, type WorkRole } from './roles.ts';
import { text } from './text.ts';

/** Somebody who holds a post from now on. Kana may be empty. */
export type Newcomer = Readonly<{
  family: string;
  given: string;
  familyKana: string;
  givenKana: string;
  role: WorkRole;
}>;

/** Makes the records of a person's post; handed in, since who a person is belongs to the slice of people. */
export type MakePost = (
  newcomer: Newcomer,
  ids: Readonly<{ practitioner: string; post: string; organization: string }>,
) => readonly FhirRecord[];

export type NewAccount = Readonly<{
  organization: string;
  /** Somebody who holds a post already, by its id, or somebody new. */
  holder: Readonly<{ post: string }> | Newcomer;
  login: string;
  passwordHash: string;
}>;

/** When a session that was not used since has lapsed. */
export const idleSince = (now: Date): Date => new Date(now.getTime() - lifetime.idle);

/**
 * Lets somebody sign in: the account and, for somebody new, the post they act from, in one transaction; returns its id.
 * Refuses a login that is taken, and a role that does not belong to that kind of organization.
 */
export async function addAccount(records: Records, make: MakePost, given: NewAccount): Promise<string> {
  const body = await readBody(records, given.organization);
  const holder = await holderOf(records, make, given, body);
  const id = records.newId();
  const [row] = await records.run(sql`
    insert into account (id, login, password_hash, name, role, organization_id, post_id, created_at)
    values (${id}, ${given.login}, ${given.passwordHash}, ${holder.name}, ${holder.role}, ${body.id}, ${holder.post}, ${records.now})
    on conflict (login) do nothing returning id`);
  if (!row) throw invalid({ path: 'login', says: text.loginTaken });
  await note(records, 'add', id);
  return id;
}

async function holderOf(
  records: Records,
  make: MakePost,
  { holder }: NewAccount,
  body: BodyLine,
): Promise<Readonly<{ name: string; role: Role; post: string }>> {
  const allowed = rolesFor(body.kind);
  if ('post' in holder) {
    const posts = await findFreePosts(records, body.id, allowed);
    const found = posts.find((p) => p.id === holder.post);
    if (!found) throw invalid({ path: 'who', says: text.whoMissing });
    return { name: found.name, role: found.role, post: found.id };
  }
  if (!allowed.includes(holder.role)) throw invalid({ path: 'role', says: text.roleMissing });
  const ids = { practitioner: records.newId(), post: records.newId(), organization: body.id };
  await records.write(make(holder, ids));
  return { name: `${holder.family} ${holder.given}`, role: holder.role, post: ids.post };
}

export async function readBody(records: Records, id: string): Promise<BodyLine> {
  const body = isId(id) ? await findBody(records, id) : undefined;
  if (!body) throw notFound();
  return body;
}

export async function readAccount(records: Records, id: string): Promise<AccountLine> {
  const account = isId(id) ? await findAccount(records, id, idleSince(records.now)) : undefined;
  if (!account) throw notFound();
  return account;
}

/** Stops an account at once, or lets it be used again. Nobody stops themselves. */
export async function setDisabled(records: Records, id: string, disabled: boolean): Promise<void> {
  await readAccount(records, id);
  if (disabled && id === records.actor.account) throw forbidden(text.notYourself);
  const at = disabled ? records.now : null;
  await records.run(sql`update account set disabled_at = ${at}::timestamptz where id = ${id}::uuid`);
  // So that letting it be used again does not bring an old session back.
  if (disabled) await revokeSessions(records, id);
  await note(records, disabled ? 'disable' : 'enable', id);
}

/** Ends somebody's sessions, all or all but the one with that hash. */
export async function endSessions(records: Records, account: string, but?: Buffer): Promise<void> {
  await revokeSessions(records, account, but);
  await note(records, 'end sessions', account);
}

async function revokeSessions(records: Records, account: string, but?: Buffer): Promise<void> {
  await records.run(sql`
    update session set revoked_at = ${records.now} where account_id = ${account}::uuid and revoked_at is null
      and token_hash is distinct from ${but ?? null}::bytea`);
}

/** Gives somebody another password; every session of theirs but the one with that hash ends. */
export async function setPassword(
  records: Records,
  account: string,
  passwordHash: string,
  but?: Buffer,
): Promise<void> {
  await records.run(sql`update account set password_hash = ${passwordHash} where id = ${account}::uuid`);
  await revokeSessions(records, account, but);
  await note(records, 'password', account);
}

/** Every change of who can sign in is in the access log. */
const note = (records: Records, what: string, account: string): Promise<void> =>
  noteWith(records, { action: 'account', what, records: [`account/${account}`] });
