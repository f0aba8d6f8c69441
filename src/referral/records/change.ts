import type { Task } from '@medplum/fhirtypes';
import { extensions } from '../../fhir/codes.ts';
import { reference } from '../../fhir/references.ts';
import type { Stored } from '../../fhir/types.ts';
import type { Outcome, Reason, Status, Step } from '../workflow.ts';
import { outcomeOutput, reasonConcept, stepConcept } from './codes.ts';

/** A change of a task by one of its sides; what is not given stays. */
export type TaskChange = Readonly<{
  status?: Status;
  step?: Step;
  due?: string | null;
  /** Null: nobody any more. */
  assignee?: string | null;
  reason?: { code: Reason; text: string };
  outcome?: { code: Outcome; text: string };
  outcomes?: readonly { code: Outcome; text: string }[];
  /** Words to the other side, with the id of the organization that says them. */
  note?: { text: string; by: string };
  at: string;
}>;

export function changeTask(task: Stored<Task>, change: TaskChange): Stored<Task> {
  const { statusReason: _, restriction, extension: had = [], ...rest } = task;
  const due = change.due === undefined ? restriction?.period?.end : change.due;
  const others = had.filter((e) => e.url !== extensions.assignee || change.assignee === undefined);
  const extension =
    change.assignee === undefined || change.assignee === null
      ? others
      : [
          ...others,
          { url: extensions.assignee, valueReference: reference('PractitionerRole', change.assignee) },
        ];
  const came = [...(change.outcome ? [change.outcome] : []), ...(change.outcomes ?? [])];
  const keepReason = change.status === undefined && task.statusReason;
  return {
    ...rest,
    ...(extension.length > 0 ? { extension } : {}),
    ...(change.status === undefined ? {} : { status: change.status }),
    ...(change.step === undefined ? {} : { businessStatus: stepConcept(change.step) }),
    ...(due === undefined || due === null
      ? {}
      : { restriction: { ...restriction, period: { ...restriction?.period, end: due } } }),
    ...(change.reason
      ? { statusReason: reasonConcept(change.reason.code, change.reason.text) }
      : keepReason
        ? { statusReason: keepReason }
        : {}),
    ...(came.length > 0
      ? { output: [...(task.output ?? []), ...came.map((o) => outcomeOutput(o.code, o.text))] }
      : {}),
    ...(change.note
      ? {
          note: [
            ...(task.note ?? []),
            {
              authorReference: reference('Organization', change.note.by),
              time: change.at,
              text: change.note.text,
            },
          ],
        }
      : {}),
    lastModified: change.at,
  };
}
