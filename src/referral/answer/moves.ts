import type { Sentence } from '../../kernel/sentence.ts';
import type { Task } from '@medplum/fhirtypes';
import {
  openMoves,
  requestMoves,
  type Outcome,
  type Reason,
  type RequestMove,
  type Status,
  type Step,
} from '../workflow.ts';

/** What a group does with a request. Calling it off is for the office that asked; a group says that it did not work out. */
export const groupMoves = [
  'welcome',
  'refuse',
  'begin',
  'pause',
  'resume',
  'finish',
  'fail',
] as const satisfies readonly RequestMove[];
export type GroupMove = (typeof groupMoves)[number];

/** The moves a group can make now, in the order of the table. */
export const movesNow = (task: Pick<Task, 'partOf' | 'status'>): GroupMove[] => {
  const open = openMoves(task, 'receiver');
  return groupMoves.filter((move) => open.includes(move));
};

export const needsOf = (move: GroupMove) => requestMoves[move].needs;

/** The three answers to a request, each the move and the reason it stands for. */
export const answers = {
  welcome: {
    move: 'welcome',
    reason: undefined,
    says: { ja: 'お受けできます', en: 'We can welcome this person' },
  },
  full: { move: 'refuse', reason: 'no-capacity', says: { ja: '今は満員です', en: 'We are full at present' } },
  unsuitable: {
    move: 'refuse',
    reason: 'not-eligible',
    says: { ja: '合いません', en: 'It does not fit' },
  },
} as const satisfies Record<
  string,
  Readonly<{ move: GroupMove; reason: Reason | undefined; says: Sentence }>
>;
export type Answer = keyof typeof answers;
export const answerNames = Object.keys(answers) as Answer[];

/** How a request stands, in the words of the group that was asked. */
export const groupStates: Readonly<Record<Status, Sentence>> = {
  draft: { ja: '下書き', en: 'Draft' },
  requested: { ja: 'お返事待ち', en: 'Waiting for your answer' },
  accepted: { ja: 'お受けした', en: 'Welcomed' },
  rejected: { ja: 'お受けできなかった', en: 'Could not take' },
  'in-progress': { ja: '参加中', en: 'Taking part' },
  'on-hold': { ja: 'お休み中', en: 'Paused' },
  completed: { ja: '終わった', en: 'Finished' },
  failed: { ja: '続かなかった', en: 'Did not work out' },
  cancelled: { ja: '取り消された', en: 'Called off' },
  'entered-in-error': { ja: '取り下げられた', en: 'Withdrawn' },
};

/** How far the person is; undefined when a move leaves that as it is. The same as when the office enters an answer. */
export const stepAfter: Readonly<Record<GroupMove, Step | undefined>> = {
  welcome: 'linked',
  refuse: 'ended',
  begin: 'watching',
  pause: undefined,
  resume: 'watching',
  finish: 'ended',
  fail: 'ended',
};

/** Why a group pauses or ends something. */
export const groupReasons = [
  'no-longer-wanted',
  'unreachable',
  'no-capacity',
  'not-eligible',
  'other',
] as const satisfies readonly Reason[];
export const groupOutcomes = [
  'connected',
  'achieved',
  'partly',
  'not-achieved',
] as const satisfies readonly Outcome[];
