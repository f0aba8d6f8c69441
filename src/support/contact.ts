import type { Records } from '../fhir/records.ts';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import { invalid, issue, type Issue } from '../kernel/problem.ts';
import { changeTask, type TaskChange } from '../referral/record.ts';
import type { Status, Step } from '../referral/workflow.ts';
import { readCase, refuseChanged, refuseIdle, traceOf, type Case } from './case.ts';
import { buildContact, buildVisit, isMeeting, type ContactKind } from './record.ts';

export type Logging = Readonly<{
  /** Id of the referral's Task. */
  id: string;
  /** The version the writer saw; another one in the store is a conflict. */
  seen?: string | undefined;
  kind: ContactKind;
  /** When it was (ISO instant); now when left out. */
  at?: string | undefined;
  text: string;
  /** When to be in touch next (ISO instant): the new deadline of the referral. */
  next?: string | undefined;
}>;

export type Logged = Readonly<{
  id: string;
  status: Status;
  step: Step;
  /** The support began with this contact. */
  started: boolean;
}>;

/**
 * Records an attempt to be in touch; a visit is also an Encounter. The first time the person is really met the step goes
 * from making contact to met, and an accepted referral starts, all in this transaction. Refuses a referral that is not
 * being worked on, a time to come, a next date in the past.
 */
export async function logContact(records: Records, given: Logging): Promise<Logged> {
  const one = await readCase(records, given.id);
  refuseIdle(one);
  refuseChanged(one.task, given.seen);
  const at = given.at ?? records.now.toISOString();
  refuseTimes(records.now, at, given.next);
  const id = records.newId();
  const contact = {
    patient: one.referral.patient,
    requestId: one.referral.requestId,
    taskId: one.referral.id,
    office: one.referral.to,
    by: records.actor.post,
    kind: given.kind,
    at,
    text: given.text,
  };
  const change = changeAfter(one, given);
  const visit = given.kind === 'visited' ? [buildVisit(contact, records.newId())] : [];
  await records.write([
    buildContact(contact, id),
    ...visit,
    traceOf(records, contact.patient, [
      ['Communication', id],
      ['Task', one.task.id],
    ]),
    ...(change ? [changeTask(one.task, { ...change, at: records.now.toISOString() })] : []),
  ]);
  return {
    id,
    status: change?.status ?? one.referral.status,
    step: change?.step ?? one.referral.step,
    started: change?.status !== undefined,
  };
}

/** What a contact changes of the referral itself; undefined when nothing. */
function changeAfter({ referral }: Case, given: Logging): Omit<TaskChange, 'at'> | undefined {
  const met = isMeeting(given.kind);
  const early = referral.step === 'waiting' || referral.step === 'contacting';
  const starts = met && referral.status === 'accepted';
  const change = {
    ...(met && early ? { step: 'met' as const } : {}),
    ...(starts ? { status: 'in-progress' as const } : {}),
    // The deadline of the first contact is kept; from now on only what was agreed counts.
    ...(given.next !== undefined ? { due: given.next } : met && early ? { due: null } : {}),
  };
  return Object.keys(change).length === 0 ? undefined : change;
}

function refuseTimes(now: Date, at: string, next: string | undefined): void {
  const faults: Issue[] = [];
  // A clock that runs a little ahead is no reason to lose a record.
  if (new Date(at).getTime() > now.getTime() + 10 * 60_000)
    faults.push(
      issue(
        'on',
        'これからの日時です。連絡した日時を入れてください。',
        'This is still to come. Enter when it was.',
      ),
    );
  if (next !== undefined && dayInTokyo(new Date(next)) < dayInTokyo(now))
    faults.push(
      issue(
        'next',
        '過ぎた日です。次に連絡する日を入れてください。',
        'This day has passed. Enter the day of the next contact.',
      ),
    );
  if (faults.length > 0) throw invalid(...faults);
}
