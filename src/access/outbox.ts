import type { Records } from '../fhir/records.ts';
import { sql } from '../database/sql.ts';

export type Mail = Readonly<{
  to: string;
  subject: string;
  /** Plain text; carries no personal data, only what to do and a link. */
  text: string;
}>;

/** Puts a message into the outbox in the transaction of what it tells about; it leaves after the commit, at least once. */
export async function queueMail(records: Records, mail: Mail): Promise<void> {
  await records.run(sql`select queue_mail(${mail.to}, ${mail.subject}, ${mail.text})`);
}
