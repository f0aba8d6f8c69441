import type { PractitionerRole } from '@medplum/fhirtypes';
import { sql } from '../../database/sql.ts';
import type { Records } from '../../fhir/records.ts';
import type { FhirRecord } from '../../fhir/types.ts';
import { isId } from '../../fhir/references.ts';
import type { Role } from '../../kernel/actor.ts';
import { forbidden, invalid, notFound } from '../../kernel/problem.ts';
import { noteWith } from '../events.ts';
import { removeAll, tellOwner } from '../factors/service.ts';
import { text as factorText } from '../factors/text.ts';
import { makeLink, voidInvitations } from '../links.ts';
import { queueMail } from '../outbox.ts';
import { endSessions, lifetime } from '../sessions.ts';
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
  /** Where the invitation goes. */
  email: string;
}>;

/** The post's record with another last day, or none; handed in like `MakePost`. */
export type ChangePost = (post: PractitionerRole, until: string | undefined) => PractitionerRole;

/** When a session that was not used since has lapsed. */
export const idleSince = (now: Date): Date => new Date(now.getTime() - lifetime.idle);

/**
 * Makes an account and, for somebody new, the post they act from, in one transaction; returns its id. There is no
 * password until its owner chooses one.
 * Refuses a login that is taken, and a role that does not belong to that kind of organization.
 */
export async function addAccount(records: Records, make: MakePost, given: NewAccount): Promise<string> {
  const body = await readBody(records, given.organization);
  const holder = await holderOf(records, make, given, body);
  const id = records.newId();
  const [row] = await records.run(sql`
    insert into account (id, login, email, name, role, organization_id, post_id, created_at)
    values (${id}, ${given.login}, ${given.email}, ${holder.name}, ${holder.role}, ${body.id}, ${holder.post}, ${records.now})
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

/** For how long an invitation can be taken up: over a weekend. */
const invitationHours = 72;

/**
 * Sends somebody a letter with a link, good once, to choose a password; the links of earlier letters are void. Nobody
 * else sees the link or the password.
 */
export async function invite(
  records: Records,
  given: Readonly<{ account: string; email: string; publicUrl: string }>,
): Promise<void> {
  const { account, email, publicUrl } = given;
  await voidInvitations(records, account);
  await records.run(sql`update account set email = ${email} where id = ${account}::uuid`);
  const secret = await makeLink(records, {
    purpose: 'set-password',
    organization: records.actor.organization,
    account,
    expires: new Date(records.now.getTime() + invitationHours * 3_600_000),
  });
  const letter = text.letter(`${publicUrl}/welcome/${secret}`);
  const subject = `${text.letterSubject.ja} / ${text.letterSubject.en}`;
  await queueMail(records, { to: email, subject, text: `${letter.ja}\n\n${letter.en}\n` });
  await note(records, 'invite', account);
}

/** Records the last day of the post that somebody signs in for; after it the account lets nobody in. */
export async function setLastDay(
  records: Records,
  id: string,
  until: string | undefined,
  change: ChangePost,
): Promise<void> {
  const [row] = await records.run<{ post: string | null }>(
    sql`select post_id as post from account where id = ${id}::uuid`,
  );
  if (row?.post == null) throw notFound();
  await records.save(change(await records.read('PractitionerRole', row.post), until));
  await note(records, 'last day', id);
}

/** Removes all that somebody could show besides their password: for when it was lost. */
export async function dropFactors(records: Records, id: string): Promise<void> {
  await removeAll(records.run, id);
  await endSessions(records.run, id, records.now);
  await tellOwner(records.run, id, factorText.toldRemoved);
  await note(records, 'remove second proofs', id);
}

/** Stops an account at once, or lets it be used again. Nobody stops themselves. */
export async function setDisabled(records: Records, id: string, disabled: boolean): Promise<void> {
  await readAccount(records, id);
  if (disabled && id === records.actor.account) throw forbidden(text.notYourself);
  const at = disabled ? records.now : null;
  await records.run(sql`update account set disabled_at = ${at}::timestamptz where id = ${id}::uuid`);
  // So that letting it be used again does not bring an old session back.
  if (disabled) await endSessions(records.run, id, records.now);
  await note(records, disabled ? 'disable' : 'enable', id);
}

/** Ends every session of somebody's. */
export async function endAll(records: Records, account: string): Promise<void> {
  await endSessions(records.run, account, records.now);
  await note(records, 'end sessions', account);
}

/** Ends one session of the actor's own; nobody else's, whatever id was sent. */
export async function endOne(records: Records, session: string): Promise<void> {
  if (!isId(session)) throw notFound();
  const ended = await records.run(sql`update session set revoked_at = ${records.now}
    where id = ${session}::uuid and account_id = ${records.actor.account ?? null}::uuid and revoked_at is null returning id`);
  if (ended.length === 0) throw notFound();
}

/** Gives somebody another password; every session of theirs but the one with that id ends. */
export async function setPassword(
  records: Records,
  account: string,
  passwordHash: string,
  but?: string,
): Promise<void> {
  await records.run(sql`update account set password_hash = ${passwordHash} where id = ${account}::uuid`);
  await endSessions(records.run, account, records.now, but);
  await note(records, 'password', account);
}

/** Every change of who can sign in is in the access log. */
const note = (records: Records, what: string, account: string): Promise<void> =>
  noteWith(records, { action: 'account', what, records: [`account/${account}`] });
