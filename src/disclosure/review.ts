import { sql } from '../database/sql.ts';
import type { Records } from '../fhir/records.ts';
import { notFound, Refused } from '../kernel/problem.ts';
import { reviewLines, type ReviewLine } from './queries.ts';
import { text } from './text.ts';

export const verdicts = ['justified', 'not-justified'] as const;
export type Verdict = (typeof verdicts)[number];

export const isOwn = (records: Records, line: Pick<ReviewLine, 'by_post'>): boolean =>
  line.by_post === (records.actor.post ?? null);

export async function readReview(records: Records, id: string): Promise<ReviewLine> {
  const [line] = await reviewLines(records, id);
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
  const done = await records.run(
    sql`update disclosure_review set reviewed_at = ${records.now}::timestamptz, reviewed_by = ${records.actor.post ?? null}::uuid,
        verdict = ${given.verdict}, remark = ${given.remark ?? null}
      where id = ${id}::uuid and reviewed_at is null returning id`,
  );
  if (done.length === 0) throw new Refused({ kind: 'conflict', says: text.overtaken });
}
