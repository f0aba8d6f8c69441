import type { Task } from '@medplum/fhirtypes';
import type { Sentence } from '../kernel/sentence.ts';

/**
 * The two lifecycles of the service, after the SDOH Clinical Care guide 3.0.0 (Task for Referral Management): a move
 * leads from some statuses to one, is open to one side, and needs something. Pages draw their buttons from this table,
 * the store refuses everything else, and the diagram in the README is printed from it.
 */
export type Status = Exclude<Task['status'], 'ready' | 'received'>;
export type Side = 'sender' | 'receiver' | 'either';
/** `consent`: an active consent opens the person to the receiver; `reason`: words why; `outcome`: what came of it. */
export type Need = 'consent' | 'reason' | 'outcome';
export type Move = Readonly<{
  from: readonly Status[];
  to: Status;
  by: Side;
  needs: readonly Need[];
  says: Sentence;
}>;

const open = ['accepted', 'in-progress', 'on-hold'] as const;

/** Whatever was sent by mistake, its sender takes back. */
const retract = {
  from: ['draft', 'requested', ...open, 'rejected', 'completed', 'failed', 'cancelled'],
  to: 'entered-in-error',
  by: 'sender',
  needs: ['reason'],
  says: { ja: '誤りとして取り下げる', en: 'Withdraw as a mistake' },
} as const satisfies Move;

/** Referral A: a clinic asks a link-worker office. */
export const referralMoves = {
  send: {
    from: ['draft'],
    to: 'requested',
    by: 'sender',
    needs: ['consent'],
    says: { ja: '送る', en: 'Send' },
  },
  accept: {
    from: ['requested'],
    to: 'accepted',
    by: 'receiver',
    needs: ['consent'],
    says: { ja: '引き受ける', en: 'Accept' },
  },
  decline: {
    from: ['requested'],
    to: 'rejected',
    by: 'receiver',
    needs: ['reason'],
    says: { ja: '引き受けられない', en: 'Decline' },
  },
  start: {
    from: ['accepted'],
    to: 'in-progress',
    by: 'receiver',
    needs: ['consent'],
    says: { ja: '支援を始める', en: 'Start support' },
  },
  hold: {
    from: ['accepted', 'in-progress'],
    to: 'on-hold',
    by: 'receiver',
    needs: ['reason'],
    says: { ja: '保留にする', en: 'Put on hold' },
  },
  resume: {
    from: ['on-hold'],
    to: 'in-progress',
    by: 'receiver',
    needs: ['consent'],
    says: { ja: '再開する', en: 'Resume' },
  },
  complete: {
    from: open,
    to: 'completed',
    by: 'receiver',
    needs: ['outcome'],
    says: { ja: '終える', en: 'Close' },
  },
  fail: {
    from: open,
    to: 'failed',
    by: 'receiver',
    needs: ['reason'],
    says: { ja: 'つながらずに終える', en: 'Close without success' },
  },
  cancel: {
    from: ['draft', 'requested', ...open],
    to: 'cancelled',
    by: 'either',
    needs: ['reason'],
    says: { ja: '取り消す', en: 'Cancel' },
  },
  retract,
} as const satisfies Record<string, Move>;

/**
 * Referrals B: a link worker asks a community resource. A group without an account answers by a link, by telephone or on
 * paper, so what it says may also be entered by the office that asked; who entered it is in the Provenance.
 */
export const requestMoves = {
  ask: {
    from: ['draft'],
    to: 'requested',
    by: 'sender',
    needs: ['consent'],
    says: { ja: '依頼する', en: 'Ask' },
  },
  welcome: {
    from: ['requested'],
    to: 'accepted',
    by: 'either',
    needs: ['consent'],
    says: { ja: 'お受けできる', en: 'Welcome' },
  },
  refuse: {
    from: ['requested'],
    to: 'rejected',
    by: 'either',
    needs: ['reason'],
    says: { ja: 'お受けできない', en: 'Cannot take' },
  },
  begin: {
    from: ['accepted'],
    to: 'in-progress',
    by: 'either',
    needs: ['consent'],
    says: { ja: '参加が始まった', en: 'Has begun' },
  },
  pause: {
    from: ['accepted', 'in-progress'],
    to: 'on-hold',
    by: 'either',
    needs: ['reason'],
    says: { ja: 'お休み中にする', en: 'Pause' },
  },
  resume: {
    from: ['on-hold'],
    to: 'in-progress',
    by: 'either',
    needs: ['consent'],
    says: { ja: '再開する', en: 'Resume' },
  },
  finish: {
    from: open,
    to: 'completed',
    by: 'either',
    needs: ['outcome'],
    says: { ja: '結果を記録して終える', en: 'Record what came of it' },
  },
  fail: {
    from: open,
    to: 'failed',
    by: 'either',
    needs: ['reason'],
    says: { ja: '続かなかった', en: 'Did not work out' },
  },
  cancel: {
    from: ['draft', 'requested', ...open],
    to: 'cancelled',
    by: 'either',
    needs: ['reason'],
    says: { ja: '依頼を取り消す', en: 'Cancel the request' },
  },
  retract,
} as const satisfies Record<string, Move>;

export type ReferralMove = keyof typeof referralMoves;
export type RequestMove = keyof typeof requestMoves;

/** A request to a resource is part of a referral; a referral is part of nothing. */
export const isRequest = (task: Pick<Task, 'partOf'>): boolean => (task.partOf ?? []).length > 0;

export const movesOf = (task: Pick<Task, 'partOf'>): Readonly<Record<string, Move>> =>
  isRequest(task) ? requestMoves : referralMoves;

export const mayMove = (move: Move, side: 'sender' | 'receiver'): boolean =>
  move.by === side || move.by === 'either';

/** The moves a side can make now, in the order of the table: the buttons of a page. */
export const openMoves = (task: Pick<Task, 'partOf' | 'status'>, side: 'sender' | 'receiver'): string[] =>
  Object.entries(movesOf(task))
    .filter(([, move]) => mayMove(move, side) && move.from.some((s) => s === task.status))
    .map(([name]) => name);

/** The move that leads from one status to another, if the lifecycle has it. */
export const moveBetween = (
  task: Pick<Task, 'partOf'>,
  from: Task['status'],
  to: Task['status'],
): Move | undefined =>
  Object.values(movesOf(task)).find((m) => m.to === to && m.from.some((s) => s === from));

/** Finer steps, as Japanese offices speak of them; our own codes, since the guide uses no business status. */
export const steps = {
  waiting: { ja: '受付待ち', en: 'Waiting for acceptance' },
  contacting: { ja: '連絡中', en: 'Making contact' },
  met: { ja: '聞き取り済み', en: 'Talked with the person' },
  coordinating: { ja: '調整中', en: 'Arranging' },
  linked: { ja: 'つながった', en: 'Linked' },
  watching: { ja: '見守り中', en: 'Keeping an eye' },
  ended: { ja: '終了', en: 'Ended' },
} as const satisfies Record<string, Sentence>;
export type Step = keyof typeof steps;

/** Why something was declined, held, failed or called off; the words beside the code are mandatory (FIELD: guide's Task). */
export const reasons = {
  'no-capacity': { ja: '受け入れ枠がない', en: 'No capacity' },
  'not-eligible': { ja: '対象に合わない', en: 'Not eligible' },
  'out-of-area': { ja: '地域の外', en: 'Out of area' },
  'missing-documents': { ja: '書類・情報が足りない', en: 'Missing documents or information' },
  unreachable: { ja: '連絡がつかない', en: 'Could not be reached' },
  'no-longer-wanted': { ja: 'ご本人の希望で', en: 'The person no longer wants it' },
  'consent-withdrawn': { ja: 'ご本人が同意を取り消した', en: 'The person took the consent back' },
  'consent-expired': { ja: '同意の期限が切れた', en: 'The consent has expired' },
  'other-service': { ja: '別の制度・窓口へ', en: 'Goes to another service' },
  // Said by passing it on, and chosen nowhere.
  'passed-on': { ja: 'ほかの窓口へ引き継ぎ', en: 'Passed on to another office' },
  other: { ja: 'その他', en: 'Other' },
} as const satisfies Record<string, Sentence>;
export type Reason = keyof typeof reasons;
/** Those that somebody may choose. */
export const reasonsToChoose = (Object.keys(reasons) as Reason[]).filter((code) => code !== 'passed-on');

/** What came of it; a closing needs one (achieved, partly, not, as in probation services' closing reports). */
export const outcomes = {
  achieved: { ja: '目標に届いた', en: 'Goal reached' },
  partly: { ja: '一部届いた', en: 'Partly reached' },
  'not-achieved': { ja: '届かなかった', en: 'Not reached' },
  connected: { ja: '居場所・支援につながった', en: 'Connected with a place or support' },
} as const satisfies Record<string, Sentence>;
export type Outcome = keyof typeof outcomes;

export const statusNames: Readonly<Record<Status, Sentence>> = {
  draft: { ja: '下書き', en: 'Draft' },
  requested: { ja: '新着', en: 'New' },
  accepted: { ja: '引き受け済み', en: 'Accepted' },
  rejected: { ja: '引き受けられず', en: 'Declined' },
  'in-progress': { ja: '支援中', en: 'In progress' },
  'on-hold': { ja: '保留中', en: 'On hold' },
  completed: { ja: '完了', en: 'Completed' },
  failed: { ja: 'つながらず終了', en: 'Closed without success' },
  cancelled: { ja: '取り消し', en: 'Cancelled' },
  'entered-in-error': { ja: '誤登録', en: 'Entered in error' },
};

/** The same for whoever sent it: nothing has come in there, an answer is waited for. */
export const sentStatusNames: Readonly<Record<Status, Sentence>> = {
  ...statusNames,
  requested: { ja: '返事待ち', en: 'Waiting for a reply' },
};
