import type { Records } from '../fhir/records.ts';
import { sql } from '../database/sql.ts';

export type Mail = Readonly<{
  to: string;
  subject: string;
  /** Plain text; carries no personal data, only what to do and a link. */
  text: string;
}>;

/** Puts messages into the outbox in the transaction of what they tell about; they leave after the commit, at least once. */
export async function queueMails(records: Records, mails: readonly Mail[]): Promise<void> {
  if (mails.length === 0) return;
  await records.run(
    sql`select queue_mail(m."to", m.subject, m.text) from jsonb_to_recordset(${JSON.stringify(mails)}::jsonb) as m ("to" text, subject text, text text)`,
  );
}

export const queueMail = (records: Records, mail: Mail): Promise<void> => queueMails(records, [mail]);
