import { dayInTokyo } from '../../kernel/japan/calendar.ts';
import { opensToResidents, readConsent } from '../../consent/record.ts';
import type { Consent, Task } from '@medplum/fhirtypes';
import type { Records } from '../../fhir/records.ts';
import { idOf } from '../../fhir/references.ts';
import type { Stored } from '../../fhir/types.ts';
import { forbidden, invalid, issue } from '../../kernel/problem.ts';
import { readPost } from '../../people/record.ts';
import { openRequests } from '../call-off.ts';
import { readTask } from '../record.ts';
import {
  isRequest,
  mayMove,
  moveBetween,
  referralMoves,
  statusNames,
  type Move,
  type Status,
} from '../workflow.ts';
import { requireConsent } from './consented.ts';
import { canonicalText } from './same.ts';

const fixed = ['for', 'focus', 'requester', 'owner', 'partOf', 'authoredOn', 'intent', 'code'] as const;

export async function checkMove(
  before: Stored<Task>,
  after: Stored<Task>,
  together: readonly Stored[],
  records: Records,
): Promise<void> {
  const faults = fixed
    .filter((name) => canonicalText(before[name] ?? null) !== canonicalText(after[name] ?? null))
    .map((name) =>
      issue(
        `Task.${name}`,
        `送ったあとで ${name} は変えられません。`,
        `${name} cannot be changed once a task exists.`,
      ),
    );
  if (faults.length > 0) throw invalid(...faults);

  const me = records.actor.organization;
  const sides = [
    ...(idOf(before.requester, 'Organization') === me ? (['sender'] as const) : []),
    ...(idOf(before.owner, 'Organization') === me ? (['receiver'] as const) : []),
  ];
  if (before.status === after.status) {
    if (sides.length === 0) throw forbidden(undefined, 'Task');
    if (!isRequest(before) && !sides.includes('receiver')) refuseWork(before, after);
    if (before.statusReason?.text?.trim() && !after.statusReason?.text?.trim()) throw invalid(noReason());
    return;
  }
  const move = moveBetween(after, before.status, after.status);
  if (!move) throw invalid(noSuchMove(before.status as Status, after.status as Status));
  if (!sides.some((side) => mayMove(move, side)))
    throw forbidden(
      move.by === 'sender'
        ? {
            ja: `「${move.says.ja}」は依頼元だけができます。`,
            en: `Only the sender may do this: ${move.says.en}.`,
          }
        : {
            ja: `「${move.says.ja}」は依頼先だけができます。`,
            en: `Only the receiver may do this: ${move.says.en}.`,
          },
      'Task.status',
    );
  checkNeeds(move, after);
  if (move === referralMoves.complete) await refuseOpenRequests(after, together, records);
  // The receiver sees the task only under an active consent. A sender sees its own always, so it is asked.
  if (move.needs.includes('consent') && !sides.includes('receiver')) {
    const arriving = together.filter((r): r is Stored<Consent> => r.resourceType === 'Consent');
    const about = [
      ['patient', idOf(after.for, 'Patient') ?? ''],
      ['status', 'active'],
    ] as const;
    await requireConsent(after, [...arriving, ...(await records.find('Consent', about))], records);
  }
}

/** Support does not end while a group still waits for somebody; whoever closes sees the requests, being the office that made them. */
async function refuseOpenRequests(
  task: Stored<Task>,
  together: readonly Stored[],
  records: Records,
): Promise<void> {
  const open = await openRequests(records, task.id, together);
  if (open.length === 0) return;
  const n = String(open.length);
  throw invalid(
    issue(
      'Task.status',
      `活動団体への依頼が${n}件、まだ終わっていません。終えるか取り消してから、紹介を終えてください。`,
      `Requests to community groups are still open (${n}). Finish or cancel them before the referral is closed.`,
    ),
  );
}

/** Who has it in hand, how far it is and what came of it is for the receiver to say. */
function refuseWork(before: Stored<Task>, after: Stored<Task>): void {
  const work = (['businessStatus', 'extension', 'output'] as const).filter(
    (name) => canonicalText(before[name] ?? null) !== canonicalText(after[name] ?? null),
  );
  if (work.length > 0)
    throw forbidden(
      {
        ja: '担当者・進みぐあい・結果を書くのは、依頼先だけです。',
        en: 'Only the receiver says who does it, how far it is and what came of it.',
      },
      `Task.${work[0] ?? ''}`,
    );
}

/** Whoever has it in hand holds a post in the organization that owns it. */
export async function checkAssignee(
  before: Stored<Task>,
  after: Stored<Task>,
  records: Records,
): Promise<void> {
  const { assignee, to } = readTask(after);
  if (assignee === undefined || assignee === readTask(before).assignee) return;
  const [post] = await records.readMany('PractitionerRole', [assignee]);
  if (!post || !readPost(post).active || readPost(post).organization !== to)
    throw invalid(
      issue(
        'Task.extension',
        '担当者は、依頼先の機関の人から選んでください。',
        'The assignee must hold a post in the organization that received the task.',
      ),
    );
  if (readPost(post).kind === 'neighbour') await requireResidents(after, records);
}

/** A resident who helps gets somebody's case only where the person has agreed to residents. */
async function requireResidents(task: Stored<Task>, records: Records): Promise<void> {
  const consents = await records.find('Consent', [
    ['patient', readTask(task).patient],
    ['status', 'active'],
  ]);
  const today = dayInTokyo(records.now);
  if (!consents.map(readConsent).some((given) => opensToResidents(given, today)))
    throw invalid(
      issue(
        'Task.extension',
        'ご本人は、住民リンクワーカーに伝えることに同意していません。ほかの人を選ぶか、医療機関で同意を受けてください。',
        'The person has not agreed to residents who help. Choose somebody else, or ask the clinic for a consent.',
      ),
    );
}

function checkNeeds(move: Move, after: Stored<Task>): void {
  if (move.needs.includes('reason') && !after.statusReason?.text?.trim()) throw invalid(noReason());
  if (move.needs.includes('outcome') && (after.output ?? []).length === 0)
    throw invalid(
      issue(
        'Task.output',
        '結果を記録してください。',
        'An outcome is mandatory before a referral can be completed.',
      ),
    );
}

const noReason = () =>
  issue('Task.statusReason.text', '理由を書いてください。', 'A reason in words is mandatory.');

export const noSuchMove = (from: Status, to: Status) =>
  issue(
    'Task.status',
    `「${statusNames[from].ja}」から「${statusNames[to]?.ja ?? to}」へは進めません。`,
    `A task cannot go from ${from} to ${to}.`,
  );
