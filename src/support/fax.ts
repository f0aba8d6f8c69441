import { sql } from '../database/sql.ts';
import type { Records } from '../fhir/records.ts';
import { invalid, notFound } from '../kernel/problem.ts';
import { readOneReport } from './reports.ts';
import { faxWords as text } from './fax-text.ts';

export type Faxed = Readonly<{ at: Date; number: string }>;

/** When a report went out by fax, newest first; at most ten. */
export const faxesOf = (records: Records, report: string): Promise<Faxed[]> =>
  records.rows<Faxed>(
    'faxes',
    sql`select at, number from fax_sent where report_id = ${report}::uuid order by at desc limit 10`,
  );

/**
 * Keeps that a report was sent to the clinic's fax number, now. Refuses another body's report, and a clinic of which no
 * number is known.
 */
export async function markFaxed(records: Records, report: string): Promise<string> {
  const { report: sent, to } = await readOneReport(records, report);
  if (sent.from !== records.actor.organization) throw notFound();
  if (to?.fax === undefined) throw invalid({ path: '', says: text.noNumber });
  await records.run(
    sql`insert into fax_sent (id, report_id, number, at)
      values (${records.newId()}::uuid, ${report}::uuid, ${to.fax}, ${records.now}::timestamptz)`,
  );
  return report;
}
