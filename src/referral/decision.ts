import type { Communication } from '@medplum/fhirtypes';
import type { Records } from '../fhir/records.ts';
import { readPost } from '../people/record.ts';
import { showDate } from '../web/dates.ts';
import type { Referral } from './record.ts';
import { buildReport, type ReportKind, type ReportLines } from './report.ts';
import { reasons, type Outcome, type Reason, type ReferralMove } from './workflow.ts';

export type Decision = Readonly<{
  move: ReferralMove;
  reason?: Readonly<{ code: Reason; text: string }> | undefined;
  outcomes?: readonly Readonly<{ code: Outcome; text: string }>[] | undefined;
  /** What the doctor hears beside the decision; sections that are given replace ours. */
  report?: ReportLines | undefined;
}>;

const reportOn: Readonly<Partial<Record<ReferralMove, ReportKind>>> = {
  accept: 'accepted',
  decline: 'declined',
  complete: 'closed',
  fail: 'failed',
  cancel: 'cancelled',
};

/**
 * What the doctor hears of a decision of the office; undefined for a move that is none. `referral` is how it stands
 * after the move. In Japanese, as a letter between professionals here; sections that the mover gives replace ours.
 */
export async function decisionReport(
  records: Records,
  decision: Decision,
  referral: Referral,
): Promise<(Communication & { id: string }) | undefined> {
  const kind = decision.reason?.code === 'passed-on' ? 'passed' : reportOn[decision.move];
  if (kind === undefined) return undefined;
  const id = records.newId();
  const sections = {
    ...(kind === 'accepted' ? await acceptance(records, referral) : { decision: [decided(kind, decision)] }),
    ...(decision.outcomes ? { outcomes: decision.outcomes.map((o) => o.text) } : {}),
    ...decision.report,
  };
  const report = buildReport(
    {
      kind,
      patient: referral.patient,
      from: referral.to,
      to: referral.from,
      requestId: referral.requestId,
      taskId: referral.id,
      at: records.now.toISOString(),
      sections,
    },
    id,
  );
  return { ...report, id };
}

async function acceptance(records: Records, { assignee, due }: Referral): Promise<ReportLines> {
  const posts = await records.readMany('PractitionerRole', assignee === undefined ? [] : [assignee]);
  const name = posts.map((post) => readPost(post).name)[0];
  const who = name === undefined ? '担当者' : `担当の${name}`;
  return {
    decision: ['お引き受けします。'],
    ...(due === undefined
      ? {}
      : {
          next: [
            `${showDate(due, 'ja', { era: 'only', weekday: true })}までに、${who}がご本人に連絡します。`,
          ],
        }),
  };
}

const openings: Readonly<Partial<Record<ReportKind, string>>> = {
  declined: '今回はお引き受けできません。',
  closed: '支援を終えました。',
  failed: '支援先につながらないまま、支援を終えました。',
  cancelled: 'この紹介を取り消しました。',
};

const decided = (kind: ReportKind, { reason }: Decision): string =>
  `${openings[kind] ?? ''}${reason === undefined ? '' : `理由：${reasons[reason.code].ja}。${reason.text}`}`;
