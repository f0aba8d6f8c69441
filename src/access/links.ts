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

/** The link behind a secret; refuses one that is unknown, of another purpose, used or past its day, in the same words. */
export async function findLink(
  database: Database,
  secret: string,
  purpose: Purpose,
  now: Date,
): Promise<Link> {
  const [row] = await database.rows<Row>(sql`
    select * from one_time_link where token_hash = ${hashSecret(secret)} and purpose = ${purpose}
      and used_at is null and expires_at > ${now}`);
  if (!row) throw spent(purpose);
  return {
    hash: row.token_hash,
    purpose,
    organization: row.organization_id,
    patient: row.patient_id ?? undefined,
    task: row.task_id ?? undefined,
    questionnaire: row.questionnaire ?? undefined,
    account: row.account_id ?? undefined,
    expires: row.expires_at,
  };
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

const spent = (purpose: Purpose) => (purpose === 'set-password' ? oldInvitation() : answered());

const oldInvitation = () =>
  gone(
    'この案内はもう使われたか、期限が過ぎています。パスワードを決めた方は、サインインしてください。まだの方は、職場の管理者に案内を送り直すよう頼んでください。',
    'This invitation was used or has expired. If you have chosen a password, sign in. If not, ask your administrator to send the invitation again.',
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
};
