import type { Communication } from '@medplum/fhirtypes';
import type { Records } from '../fhir/records.ts';
import { readPost } from '../people/record.ts';
import { showDate } from '../web/dates.ts';
import type { Moving } from './move.ts';
import type { Referral } from './record.ts';
import { buildReport, type ReportKind, type ReportLines } from './report.ts';
import { reasons, type ReferralMove } from './workflow.ts';

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
  moving: Moving,
  referral: Referral,
): Promise<(Communication & { id: string }) | undefined> {
  const kind = reportOn[moving.move];
  if (kind === undefined) return undefined;
  const id = records.newId();
  const sections = {
    ...(kind === 'accepted' ? await acceptance(records, referral) : { decision: [decided(kind, moving)] }),
    ...(moving.outcomes ? { outcomes: moving.outcomes.map((o) => o.text) } : {}),
    ...moving.report,
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
      : { next: [`${showDate(due, 'ja', { weekday: true })}までに、${who}がご本人に連絡します。`] }),
  };
}

function decided(kind: ReportKind, { reason }: Moving): string {
  const why = reason === undefined ? '' : `理由：${reasons[reason.code].ja}。${reason.text}`;
  switch (kind) {
    case 'declined':
      return `今回はお引き受けできません。${why}`;
    case 'failed':
      return `支援先につながらないまま、支援を終えました。${why}`;
    case 'cancelled':
      return `この紹介を取り消しました。${why}`;
    default:
      return '支援を終えました。';
  }
}
