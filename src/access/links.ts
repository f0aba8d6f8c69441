import type { Records } from '../fhir/records.ts';
import type { Database } from '../database/database.ts';
import { sql } from '../database/sql.ts';
import { gone, notFound } from '../kernel/problem.ts';
import { hashSecret, newSecret } from './secrets.ts';

/** What a link lets its bearer do, once, without an account. */
export type Purpose = 'answer-questionnaire' | 'answer-request' | 'own-consent' | 'set-password';

export type Link = Readonly<{
  hash: Buffer;
  purpose: Purpose;
  organization: string;
  patient: string | undefined;
  task: string | undefined;
  /** Canonical of the questionnaire to answer. */
  questionnaire: string | undefined;
  /** Whose password may be chosen. */
  account?: string | undefined;
  expires: Date;
}>;

type Given = Readonly<{
  purpose: Purpose;
  /** The organization the bearer acts for. */
  organization: string;
  patient?: string;
  task?: string;
  questionnaire?: string;
  account?: string;
  expires: Date;
}>;

/**
 * Makes a link in the transaction of what it belongs to; returns the secret, which is stored nowhere. `not-found` for a
 * person or task that the actor does not see: nobody hands out a way to what they have no way to. The link to a task
 * is bound to the task's person, so that its bearer meets nobody else whom the same group knows.
 */
export async function makeLink(records: Records, given: Given): Promise<string> {
  const secret = newSecret();
  const [patient, task] = [given.patient ?? null, given.task ?? null];
  const made = await records.run(sql`insert into one_time_link
    (token_hash, purpose, organization_id, patient_id, task_id, questionnaire, account_id, created_at, expires_at)
    select ${hashSecret(secret)}::bytea, ${given.purpose}, ${given.organization}::uuid,
      coalesce(${patient}::uuid, (select patient_id from task where id = ${task}::uuid)), ${task}::uuid,
      ${given.questionnaire ?? null}, ${given.account ?? null}::uuid, ${records.now}::timestamptz, ${given.expires}::timestamptz
    where (${patient}::uuid is null or exists (select 1 from patient where id = ${patient}::uuid))
      and (${task}::uuid is null or exists (select 1 from task where id = ${task}::uuid))
    returning purpose`);
  if (made.length === 0) throw notFound();
  return secret;
}

/** A link as it stands, used or not. */
export type KnownLink = Readonly<{
  link: Link;
  /** When it was used, or made void. */
  usedAt: Date | undefined;
  expired: boolean;
  /** The organization that made it. */
  madeBy: string | undefined;
}>;

/**
 * The link behind a secret, used or not: somebody who comes back to a link that was used is told so, and the second of
 * two taps gets the answer of the first. Undefined for one that is unknown or of another purpose.
 */
export async function knownLink(
  database: Database,
  secret: string,
  purpose: Purpose,
  now: Date,
): Promise<KnownLink | undefined> {
  const [row] = await database.rows<Row>(sql`
    select * from one_time_link where token_hash = ${hashSecret(secret)} and purpose = ${purpose}`);
  if (!row) return undefined;
  return {
    link: {
      hash: row.token_hash,
      purpose,
      organization: row.organization_id,
      patient: row.patient_id ?? undefined,
      task: row.task_id ?? undefined,
      questionnaire: row.questionnaire ?? undefined,
      account: row.account_id ?? undefined,
      expires: row.expires_at,
    },
    usedAt: row.used_at ?? undefined,
    expired: row.expires_at <= now,
    madeBy: row.made_by ?? undefined,
  };
}

/** The link behind a secret; refuses one that is unknown, of another purpose, used or past its day, in the same words. */
export async function findLink(
  database: Database,
  secret: string,
  purpose: Purpose,
  now: Date,
): Promise<Link> {
  const known = await knownLink(database, secret, purpose, now);
  if (!known || known.usedAt !== undefined || known.expired) throw spent(purpose);
  return known.link;
}

/** Marks a link used, in the transaction of what it was used for; two at once: the second is refused. */
export async function useLink(
  records: Pick<Records, 'run' | 'now'>,
  link: Pick<Link, 'hash' | 'purpose'>,
): Promise<void> {
  const rows = await records.run(
    sql`update one_time_link set used_at = ${records.now} where token_hash = ${link.hash} and used_at is null returning purpose`,
  );
  if (rows.length === 0) throw spent(link.purpose);
}

/** Voids the invitations that an account still has. */
export async function voidInvitations(records: Pick<Records, 'run' | 'now'>, account: string): Promise<void> {
  await records.run(
    sql`update one_time_link set used_at = ${records.now} where account_id = ${account}::uuid and used_at is null`,
  );
}

/** What is said of a link that leads nowhere any more, in the words of what it was for. */
const spent = (purpose: Purpose) =>
  purpose === 'set-password' ? oldInvitation() : purpose === 'own-consent' ? oldSheet() : answered();

const oldInvitation = () =>
  gone(
    'この案内はもう使われたか、期限が過ぎています。パスワードを決めた方は、ログインしてください。まだの方は、職場の管理者に案内を送り直すよう頼んでください。',
    'This invitation was used or has expired. If you have chosen a password, sign in. If not, ask your administrator to send the invitation again.',
  );

export const oldSheet = () =>
  gone(
    'このページのアドレスが違うか、もう使えません。新しい紙をお持ちの方は、そちらの四角い印（QRコード）からお開きください。分からないときは、紙を渡した医療機関にお電話ください。',
    'The address of this page is wrong or no longer works. If you were given a newer sheet, use the square on that one. If in doubt, please call the clinic that gave you the sheet.',
  );

const answered = () =>
  gone(
    'もうお答えいただいたか、期限が過ぎています。お答えがすんだ方は、何もしなくて大丈夫です。分からないときは、このページを案内した人（受付など）にお尋ねください。',
    'It was answered or has expired. If you have answered, there is nothing more to do. If in doubt, please ask whoever gave you the address, such as the reception.',
  );

type Row = {
  token_hash: Buffer;
  organization_id: string;
  patient_id: string | null;
  task_id: string | null;
  questionnaire: string | null;
  account_id: string | null;
  expires_at: Date;
  used_at: Date | null;
  made_by: string | null;
};
