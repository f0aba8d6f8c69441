import type { Records } from '../fhir/records.ts';
import type { FhirRecord } from '../fhir/types.ts';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import { invalid, issue, type Issue } from '../kernel/problem.ts';
import type { Program } from '../programs/program.ts';
import { move } from '../referral/move.ts';
import { recordDone, requestsDone } from '../referral/record.ts';
import { outcomes, type Outcome, type Reason, type Status } from '../referral/workflow.ts';
import { endLinks } from '../referral/call-off.ts';
import { moved } from './answer.ts';
import { readCase, refuseChanged, refuseIdle, traceOf } from './case.ts';
import { goalLine, outcomeLine, resourceLine } from './lines.ts';
import { contactLines, readContacts, readPlanOf } from './plan.ts';
import {
  achievements,
  changeGoal,
  changePlan,
  finalAchievements,
  readGoal,
  type Achievement,
} from './record.ts';
import { isOpenRequest, readRequests, requestStates, type AskedResource } from './requests.ts';

/** What comes of a request that is still open when the support ends. */
export type Ending =
  | Readonly<{ request: string; move: 'finish'; outcome: Readonly<{ code: Outcome; text: string }> }>
  | Readonly<{ request: string; move: 'fail' | 'cancel'; reason: Readonly<{ code: Reason; text: string }> }>;

export type Closing = Readonly<{
  /** Id of the referral's Task. */
  id: string;
  seen?: string | undefined;
  outcome: Readonly<{ code: Outcome; text: string }> | undefined;
  /** One for each open request. */
  requests: readonly Ending[];
  /** One for each goal that is still worked on, by its id. */
  goals: Readonly<Record<string, Achievement>>;
  /** What the doctor should know about the time after. */
  next?: string | undefined;
}>;

export type Closed = Readonly<{ report: string | undefined }>;

/**
 * Ends the support in one transaction: every open request gets what came of it, every goal where it stands, the plan is
 * completed, what groups did is recorded, the referral is completed with its outcome, and the doctor is told. Refuses
 * without an outcome, and while a request or a goal has nothing said of it.
 */
export async function close(records: Records, programs: readonly Program[], given: Closing): Promise<Closed> {
  const one = await readCase(records, given.id);
  refuseIdle(one);
  refuseChanged(one.task, given.seen);
  const requests = await readRequests(records, given.id);
  const { plan, goals } = await readPlanOf(records, one);
  const openGoals = goals.filter((g) => readGoal(g).open);
  refuseUnsaid(
    given,
    requests,
    openGoals.map((g) => g.id),
  );
  const at = records.now.toISOString();
  const on = dayInTokyo(records.now);

  const ended = await endRequests(records, requests, given.requests, at);
  const changedGoals = openGoals.map((g) =>
    changeGoal(g, { achievement: given.goals[g.id] ?? 'not-achieved', final: true, on }),
  );
  await records.write([
    ...ended.all,
    ...changedGoals,
    ...(plan && plan.status !== 'completed' ? [changePlan(plan, { status: 'completed', until: at })] : []),
    ...(ended.all.length + changedGoals.length === 0
      ? []
      : [
          traceOf(records, one.referral.patient, [
            ...ended.tasks.map((id) => ['Task', id] as const),
            ...ended.done.map((id) => ['Procedure', id] as const),
            ...openGoals.map((g) => ['Goal', g.id] as const),
          ]),
        ]),
  ]);
  await endLinks(records, ended.tasks);

  const contacts = await readContacts(records, one);
  const { report } = await move(records, programs, {
    id: given.id,
    move: 'complete',
    outcomes: given.outcome ? [given.outcome] : [],
    report: {
      decision: ['支援を終えました。'],
      goals: goals.map((g) => goalStands(readGoal(g), given.goals[g.id])),
      resources: requests.map((r) => resourceStands(r, given.requests)),
      contacts: contactLines(contacts),
      outcomes: given.outcome
        ? [outcomeLine({ about: outcomes[given.outcome.code].ja, text: given.outcome.text })]
        : [],
      next: (given.next ?? '').split('\n'),
    },
  });
  return { report };
}

async function endRequests(
  records: Records,
  requests: readonly AskedResource[],
  endings: readonly Ending[],
  at: string,
): Promise<{ all: FhirRecord[]; tasks: string[]; done: string[] }> {
  const stored = await records.readMany(
    'ServiceRequest',
    requests.map((r) => r.referral.requestId),
  );
  const procedures =
    requests.length === 0
      ? []
      : await records.find('Procedure', [['patient', requests[0]?.referral.patient ?? '']]);
  const recorded = requestsDone(procedures);
  const all: FhirRecord[] = [];
  const tasks: string[] = [];
  const done: string[] = [];
  for (const { task, referral } of requests) {
    const request = stored.find((r) => r.id === referral.requestId);
    if (!request) continue;
    const ending = endings.find((e) => e.request === task.id);
    if (isOpenRequest(referral) && ending) {
      const made = moved(records, { task, referral, request }, ending, at);
      all.push(...made.all);
      tasks.push(task.id);
      done.push(...made.done);
    } else if (referral.status === 'completed' && !recorded.has(request.id)) {
      // Finished before what a group says by itself was recorded at once.
      const outcome = referral.outcomes[0];
      const procedure = recordDone(
        {
          referral,
          request,
          outcome: { code: outcome?.code ?? 'connected', text: outcome?.text ?? '' },
          until: referral.authoredOn > at ? referral.authoredOn : at,
        },
        records.newId(),
      );
      all.push(procedure);
      done.push(procedure.id);
    }
  }
  return { all, tasks, done };
}

/** Refuses a closing in which something open is left out, each at the field of the form. */
export function refuseUnsaid(
  given: Closing,
  requests: readonly AskedResource[],
  openGoals: readonly string[],
): void {
  const faults: Issue[] = [];
  if (!given.outcome)
    faults.push(issue('outcome', 'どうなったかを一つ選んでください。', 'Choose what came of it.'));
  else if (given.outcome.text.trim() === '')
    faults.push(issue('outcomeText', 'どうなったかを書いてください。', 'Write down what came of it.'));
  for (const { task, referral, name } of requests.filter((r) => isOpenRequest(r.referral))) {
    const ending = given.requests.find((e) => e.request === task.id);
    const says = ending && ('outcome' in ending ? ending.outcome.text : ending.reason.text).trim();
    if (!ending)
      faults.push(
        issue(
          `end-${task.id}`,
          `「${name}」への依頼がどうなったかを選んでください。`,
          `Choose what came of the request to ${name}.`,
        ),
      );
    else if (ending.move === 'finish' && referral.status === 'requested')
      faults.push(
        issue(
          `end-${task.id}`,
          `「${name}」からはまだ返事がありません。取り消してください。`,
          `${name} has not answered yet. Cancel the request.`,
        ),
      );
    else if (!says)
      faults.push(
        issue(
          `text-${task.id}`,
          `「${name}」について書いてください。`,
          `Write down what there is to say of ${name}.`,
        ),
      );
  }
  for (const id of openGoals)
    if (!finalAchievements.some((a) => a === given.goals[id]))
      faults.push(
        issue(`goal-${id}`, '目標がどうなったかを選んでください。', 'Choose where this goal stands.'),
      );
  if (faults.length > 0) throw invalid(...faults);
}

function goalStands(goal: ReturnType<typeof readGoal>, final: Achievement | undefined): string {
  const stands = final ?? goal.achievement;
  return goalLine({ text: `${goal.text}（${achievements[stands].ja}）` });
}

const statusAfter: Readonly<Record<Ending['move'], Status>> = {
  finish: 'completed',
  fail: 'failed',
  cancel: 'cancelled',
};

/** Whom the person was linked to and how that ended, in one line. */
function resourceStands({ task, name, asked, referral }: AskedResource, endings: readonly Ending[]): string {
  const ending = endings.find((e) => e.request === task.id);
  const outcome = ending && 'outcome' in ending ? ending.outcome : ending ? undefined : referral.outcomes[0];
  const reason = ending && 'reason' in ending ? ending.reason : referral.reason;
  const stands = ending ? statusAfter[ending.move] : referral.status;
  const state = outcome?.code === undefined ? requestStates[stands].ja : outcomes[outcome.code].ja;
  const words = outcome?.text ?? reason?.text;
  return resourceLine({ name, purpose: asked?.reason ?? '', state: words ? `${state}：${words}` : state });
}
