import type { CarePlan, Goal } from '@medplum/fhirtypes';
import type { Records } from '../fhir/records.ts';
import type { FhirRecord, Stored } from '../fhir/types.ts';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import { invalid, issue } from '../kernel/problem.ts';
import { changeTask, type NeedCode } from '../referral/record.ts';
import { buildReport } from '../referral/report.ts';
import { readCase, refuseChanged, refuseIdle, traceOf, type Case } from './case.ts';
import { contactLine, goalLine, resourceLine } from './lines.ts';
import {
  buildGoal,
  buildPlan,
  changeGoal,
  changePlan,
  contactKinds,
  goalOf,
  isMistake,
  planOf,
  readContact,
  readGoal,
  readPlan,
  type Achievement,
  type Contact,
  type ReadGoal,
} from './record.ts';
import { readRequests, requestStates, type AskedResource } from './requests.ts';

export type PlanOfCase = Readonly<{ plan: Stored<CarePlan> | undefined; goals: readonly Stored<Goal>[] }>;

/** The plan of a referral and its goals, in the order in which they were set; two statements. */
export async function readPlanOf(records: Records, one: Pick<Case, 'referral'>): Promise<PlanOfCase> {
  const plans = await records.find('CarePlan', [['patient', one.referral.patient]]);
  const plan = planOf(plans, one.referral.requestId);
  const goals = await records.find('Goal', [['patient', one.referral.patient]]);
  const planned = plan ? readPlan(plan).goals : [];
  return {
    plan,
    goals: goals
      .filter((g) => planned.includes(g.id) || goalOf(g) === one.referral.requestId)
      .filter((g) => !isMistake(g))
      .toSorted((a, b) => since(a).localeCompare(since(b)) || place(planned, a.id) - place(planned, b.id)),
  };
}

const since = (goal: Stored<Goal>): string => readGoal(goal).since ?? '';
const place = (planned: readonly string[], id: string): number =>
  planned.includes(id) ? planned.indexOf(id) : planned.length;

/** A new draft of a plan for this referral. */
export const draftPlan = (records: Records, one: Pick<Case, 'referral'>): CarePlan & { id: string } =>
  buildPlan(
    {
      patient: one.referral.patient,
      requestId: one.referral.requestId,
      office: one.referral.to,
      by: records.actor.post,
      at: records.now.toISOString(),
    },
    records.newId(),
  );

export type WritingGoal = Readonly<{
  /** Id of the referral's Task. */
  id: string;
  /** The goal that is changed and its version as seen; a new one when left out. */
  goal?: Readonly<{ id: string; seen: string | undefined }> | undefined;
  text: string;
  /** `YYYY-MM-DD` */
  due?: string | undefined;
  needs: readonly NeedCode[];
  achievement?: Achievement | undefined;
}>;

/** Writes a goal of the person and keeps the plan pointing to it. Refuses an empty goal and one of another referral. */
export async function writeGoal(records: Records, given: WritingGoal): Promise<Readonly<{ goal: string }>> {
  const one = await readCase(records, given.id);
  refuseIdle(one);
  if (given.text.trim() === '')
    throw invalid(issue('text', '目標を書いてください。', 'Write down the goal.'));
  const { plan, goals } = await readPlanOf(records, one);
  const on = dayInTokyo(records.now);
  if (given.goal !== undefined) {
    const before = goals.find((g) => g.id === given.goal?.id);
    if (!before)
      throw invalid(issue('', 'この紹介の目標ではありません。', 'This is no goal of this referral.'));
    refuseChanged(before, given.goal.seen);
    const { text, needs, achievement } = given;
    const changed = changeGoal(before, {
      text,
      due: given.due ?? null,
      needs,
      on,
      ...(achievement === undefined || achievement === readGoal(before).achievement ? {} : { achievement }),
    });
    await records.write([changed, traceOf(records, one.referral.patient, [['Goal', before.id]])]);
    return { goal: before.id };
  }
  const id = records.newId();
  const goal = buildGoal(
    {
      patient: one.referral.patient,
      requestId: one.referral.requestId,
      text: given.text,
      due: given.due,
      needs: given.needs,
      by: records.actor.post,
      on,
    },
    id,
  );
  const target: CarePlan & { id: string } = plan ?? draftPlan(records, one);
  await records.write([
    goal,
    changePlan(target, { goals: [id] }),
    traceOf(records, one.referral.patient, [
      ['Goal', id],
      ['CarePlan', target.id],
    ]),
  ]);
  return { goal: id };
}

export type TellingPlan = Readonly<{
  id: string;
  /** The plan's version as seen; undefined while there is none. */
  seen?: string | undefined;
  /** What was decided, in words for the doctor. */
  text: string;
  next?: string | undefined;
}>;

/**
 * Makes the plan hold and tells the doctor who referred: goals, whom was asked, how often there was contact. Plan and
 * report are one transaction. Refuses a plan without any goal.
 */
export async function tellPlan(records: Records, given: TellingPlan): Promise<Readonly<{ report: string }>> {
  const one = await readCase(records, given.id);
  refuseIdle(one);
  const { plan, goals } = await readPlanOf(records, one);
  if (!plan || goals.length === 0)
    throw invalid(issue('', '先に目標を一つ以上書いてください。', 'Write down at least one goal first.'));
  refuseChanged(plan, given.seen);
  const requests = await readRequests(records, given.id);
  const contacts = await readContacts(records, one);
  const at = records.now.toISOString();
  const report = records.newId();
  const open = goals.map(readGoal).filter((g) => g.open);
  const all: FhirRecord[] = [
    changePlan(plan, { status: 'active', text: given.text, from: at, goals: goals.map((g) => g.id) }),
    buildReport(
      {
        kind: 'plan',
        patient: one.referral.patient,
        from: one.referral.to,
        to: one.referral.from,
        requestId: one.referral.requestId,
        taskId: one.referral.id,
        at,
        sections: {
          decision: given.text.split('\n'),
          goals: goalLines(open),
          resources: resourceLines(requests),
          contacts: contactLines(contacts),
          next: (given.next ?? '').split('\n'),
        },
      },
      report,
    ),
    traceOf(records, one.referral.patient, [
      ['CarePlan', plan.id],
      ['Communication', report],
    ]),
    // The referral's version moves on, so that two people who tell the plan at once do not tell it twice.
    changeTask(one.task, { at }),
  ];
  await records.write(all);
  return { report };
}

/** Contacts about a referral and the requests that are part of it, newest first. */
export async function readContacts(records: Records, one: Pick<Case, 'referral'>): Promise<Contact[]> {
  const found = await records.find('Communication', [
    ['based-on', one.referral.requestId],
    ['category', 'contact'],
  ]);
  return found.map(readContact).toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

const goalLines = (goals: readonly ReadGoal[]): string[] =>
  goals.map(({ text, due }) => goalLine({ text, ...(due === undefined ? {} : { due }) }));

const resourceLines = (requests: readonly AskedResource[]): string[] =>
  requests.map(({ name, asked, referral }) =>
    resourceLine({ name, purpose: asked?.reason ?? '', state: requestStates[referral.status].ja }),
  );

/** When and how somebody was in touch; what was said stays in the office. */
export const contactLines = (contacts: readonly Contact[]): string[] =>
  contacts
    .toReversed()
    .map(({ at, kind }) =>
      contactLine({ on: dayInTokyo(new Date(at)), how: kind === undefined ? '' : contactKinds[kind].ja }),
    );
