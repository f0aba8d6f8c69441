import { noteWith } from '../access/events.ts';
import { sql } from '../database/sql.ts';
import type { Records } from '../fhir/records.ts';
import { notFound, Refused } from '../kernel/problem.ts';
import { overdueLines, reviewLines, type ReviewLine } from './queries.ts';
import { text } from './text.ts';

export const verdicts = ['justified', 'not-justified'] as const;
export type Verdict = (typeof verdicts)[number];

export const isOwn = (records: Records, line: Pick<ReviewLine, 'by_post'>): boolean =>
  line.by_post === (records.actor.post ?? null);

/** What this person reviews: what their body did, or as the platform's administrator what waited too long anywhere. */
export const linesFor = (records: Records, id?: string): Promise<ReviewLine[]> =>
  isAdministrator(records) ? overdueLines(records, id) : reviewLines(records, id);
const isAdministrator = (records: Records): boolean => records.actor.role === 'admin';

export async function readReview(records: Records, id: string): Promise<ReviewLine> {
  const [line] = await linesFor(records, id);
  if (!line) throw notFound();
  return line;
}

/** Says whether something was rightly opened without consent. Nobody reviews what they did themselves; a verdict stays. */
export async function review(
  records: Records,
  id: string,
  given: Readonly<{ verdict: Verdict; remark: string | undefined }>,
): Promise<void> {
  const line = await readReview(records, id);
  if (isOwn(records, line)) throw new Refused({ kind: 'forbidden', says: text.notOwn });
  const remark = given.remark ?? null;
  const done = await records.run(
    isAdministrator(records)
      ? sql`select 1 as done where review_overdue(${id}::uuid, ${given.verdict}, ${remark}, ${records.now}::timestamptz)`
      : sql`update disclosure_review set reviewed_at = ${records.now}::timestamptz, reviewed_by = ${records.actor.post ?? null}::uuid,
        verdict = ${given.verdict}, remark = ${remark}
      where id = ${id}::uuid and reviewed_at is null returning id`,
  );
  if (done.length === 0) throw new Refused({ kind: 'conflict', says: text.overtaken });
  await noteWith(records, {
    action: 'reviewed',
    what: 'opened without consent',
    records: [`disclosure_review/${id}`],
    patients: [line.patient_id],
    why: given.verdict,
  });
}
