import type { ServiceRequest, Task } from '@medplum/fhirtypes';
import { endLinks } from '../referral/call-off.ts';
import type { Records } from '../fhir/records.ts';
import type { FhirRecord, Stored } from '../fhir/types.ts';
import { invalid, issue, notFound, type Issue } from '../kernel/problem.ts';
import { changeTask, readTask, recordDone, withActivity, type Referral } from '../referral/record.ts';
import { noSuchMove } from '../referral/rules/changed-task.ts';
import {
  isRequest,
  mayMove,
  requestMoves,
  type Move,
  type Outcome,
  type Reason,
  type RequestMove,
  type Step,
} from '../referral/workflow.ts';
import { isFurther, stepByAnswers } from '../referral/unseen.ts';
import { isWorkedOn, readCase, refuseChanged, traceOf } from './case.ts';
import { buildContact, followed, type ContactKind } from './record.ts';
import { readRequests } from './requests.ts';

export type Answering = Readonly<{
  /** Id of the request's Task. */
  id: string;
  seen?: string | undefined;
  move: RequestMove;
  reason?: Readonly<{ code: Reason; text: string }> | undefined;
  outcome?: Readonly<{ code: Outcome; text: string }> | undefined;
}>;

/** A request that the actor's office made, with its own ServiceRequest. Anything else does not exist here. */
export async function readOwnRequest(
  records: Records,
  id: string,
): Promise<Readonly<{ task: Stored<Task>; referral: Referral; request: Stored<ServiceRequest> }>> {
  const task = await records.read('Task', id);
  const referral = readTask(task);
  if (!isRequest(task) || referral.from !== records.actor.organization) throw notFound();
  const [request] = await records.readMany('ServiceRequest', [referral.requestId]);
  if (!request) throw notFound();
  return { task, referral, request };
}

const stepOf: Readonly<Partial<Record<RequestMove, Step>>> = {
  welcome: 'linked',
  begin: 'watching',
  resume: 'watching',
  refuse: 'ended',
  finish: 'ended',
  fail: 'ended',
  cancel: 'ended',
  retract: 'ended',
};
/** What the office does itself; everything else it enters in a group's name. */
const own: readonly RequestMove[] = ['ask', 'cancel', 'retract'];

/**
 * Records what a group said by telephone or on paper: a move of the table of requests. Who entered it for whom is in the
 * Provenance. With the first answer the request's one-time links end; the referral's step follows when the group
 * welcomed the person or the person began. Refuses a move the table does not have now, and what the move needs and lacks.
 */
export async function recordAnswer(records: Records, given: Answering): Promise<Readonly<{ id: string }>> {
  const { task, referral, request } = await readOwnRequest(records, given.id);
  refuseChanged(task, given.seen);
  refuseUnready(given, referral);
  const at = records.now.toISOString();
  const made = moved(records, { task, referral, request }, given, at);
  const parent = referral.partOf === undefined ? undefined : await records.read('Task', referral.partOf);
  const told = stepByAnswers([readTask(made.task)]);
  const steps =
    parent && told !== undefined && isWorkedOn(readTask(parent)) && isFurther(told, readTask(parent).step)
      ? [changeTask(parent, { step: told, at })]
      : // The referral was acted on: an answer that the office itself enters is not news to it.
        parent && isWorkedOn(readTask(parent))
        ? [changeTask(parent, { at })]
        : [];
  await records.write([
    ...made.all,
    traceOf(
      records,
      referral.patient,
      [['Task', task.id], ...made.done.map((id) => ['Procedure', id] as const)],
      own.includes(given.move) ? undefined : referral.to,
    ),
    ...steps,
  ]);
  await endLinks(records, [task.id]);
  return { id: task.id };
}

type Request = Readonly<{ task: Stored<Task>; referral: Referral; request: Stored<ServiceRequest> }>;

/** The records of one move: the task, its request's status, and what was done when it is finished. */
export function moved(
  records: Records,
  { task, referral, request }: Request,
  given: Pick<Answering, 'move' | 'reason' | 'outcome'>,
  at: string,
): Readonly<{ task: Stored<Task>; all: readonly FhirRecord[]; done: readonly string[] }> {
  const { to }: Move = requestMoves[given.move];
  const step = stepOf[given.move];
  const changed = changeTask(task, {
    status: to,
    at,
    ...(step === undefined ? {} : { step }),
    ...(step === 'ended' || given.move === 'welcome' ? { due: null } : {}),
    ...(given.reason ? { reason: given.reason } : {}),
    ...(given.outcome ? { outcome: given.outcome } : {}),
  });
  const follows = followed(request, to);
  const done =
    given.move === 'finish' && given.outcome
      ? recordDone({ referral, request, outcome: given.outcome, until: at }, records.newId())
      : undefined;
  const last = done ? withActivity(changed, done.id) : changed;
  return {
    task: last,
    all: [...(done ? [done] : []), ...(follows ? [follows] : []), last],
    done: done ? [done.id] : [],
  };
}

function refuseUnready(given: Answering, { status }: Referral): void {
  const move: Move = requestMoves[given.move];
  const faults: Issue[] = [];
  if (!mayMove(move, 'sender') || !move.from.includes(status)) throw invalid(noSuchMove(status, move.to));
  if (move.needs.includes('reason') && !given.reason?.text.trim())
    faults.push(issue('reasonText', '理由を書いてください。', 'Write down why.'));
  if (move.needs.includes('outcome') && !given.outcome?.text.trim())
    faults.push(issue('outcomeText', 'どうなったかを書いてください。', 'Write down what came of it.'));
  if (faults.length > 0) throw invalid(...faults);
}

/** The link worker takes note of what groups answered through their links: the referral's step follows. */
export async function confirmAnswers(
  records: Records,
  given: Readonly<{ id: string; seen?: string | undefined }>,
): Promise<Readonly<{ step: Step }>> {
  const one = await readCase(records, given.id);
  refuseChanged(one.task, given.seen);
  if (!isWorkedOn(one.referral)) return { step: one.referral.step };
  const requests = await readRequests(records, given.id);
  const told = stepByAnswers(requests.map((r) => r.referral));
  const step = told !== undefined && isFurther(told, one.referral.step) ? told : one.referral.step;
  await records.write([
    changeTask(one.task, { step, at: records.now.toISOString() }),
    traceOf(records, one.referral.patient, [['Task', one.task.id]]),
  ]);
  return { step };
}

export type FollowingUp = Readonly<{ id: string; kind: ContactKind; text: string }>;

/** A note about one request: what was heard from the group or the person about it. Stays in the office. */
export async function followUp(records: Records, given: FollowingUp): Promise<Readonly<{ id: string }>> {
  const { task, referral } = await readOwnRequest(records, given.id);
  if (given.text.trim() === '')
    throw invalid(issue('text', '聞いたことを書いてください。', 'Write down what you heard.'));
  const id = records.newId();
  const note = buildContact(
    {
      patient: referral.patient,
      requestId: referral.requestId,
      taskId: task.id,
      office: records.actor.organization,
      by: records.actor.post,
      kind: given.kind,
      at: records.now.toISOString(),
      text: given.text,
    },
    id,
  );
  await records.write([note, traceOf(records, referral.patient, [['Communication', id]])]);
  return { id };
}
