import type { Task } from '@medplum/fhirtypes';
import type { Records } from '../fhir/records.ts';
import { idOf } from '../fhir/references.ts';
import type { Stored } from '../fhir/types.ts';
import { requestSheet } from '../referral/request-sheet/read.ts';
import type { Place } from './filing.ts';
import type { FoundSheet } from './printed.ts';
import type { What } from './text.ts';

const working: readonly Task['status'][] = ['requested', 'accepted', 'in-progress', 'on-hold'];

/** What a printed sheet is, by the word it was registered under. */
function whatOf({ kind }: Pick<FoundSheet, 'kind'>): What {
  if (kind === requestSheet) return 'referral';
  if (/questionnaire|^answers$/.test(kind)) return 'questionnaire';
  if (/consent/.test(kind)) return 'consent';
  if (/assessment/.test(kind)) return 'assessment';
  if (/request|answer|report|hand-over/.test(kind)) return 'answer';
  return /referral/.test(kind) ? 'referral' : 'other';
}

/**
 * Where a page of that sheet belongs, as far as the actor sees it: the person it is about, and the referral it names, or
 * else the one that is being worked on. Undefined for a blank form that is for anybody.
 */
export async function placeOf(records: Records, sheet: FoundSheet): Promise<Place | undefined> {
  const { patient, about } = sheet;
  if (patient === undefined || about === undefined) return undefined;
  const mine = records.actor.organization;
  const tasks: Stored<Task>[] =
    about.type === 'Task'
      ? await records.readMany('Task', [about.id])
      : (
          await records.find('Task', [
            ['patient', patient],
            // A sheet of a request to a group names a task that is part of the referral's.
            ...(about.type === 'ServiceRequest' ? [] : ([['part-of:missing', 'true']] as const)),
          ])
        ).filter(
          (task) => about.type !== 'ServiceRequest' || idOf(task.focus, 'ServiceRequest') === about.id,
        );
  const ours = tasks.filter((task) =>
    [task.owner, task.requester].some((side) => idOf(side, 'Organization') === mine),
  );
  const task =
    ours.find((one) => working.includes(one.status)) ?? (about.type === 'Patient' ? undefined : ours[0]);
  // A page of a request to a group lies with the referral that the request is part of.
  return { patient, what: whatOf(sheet), task: idOf(task?.partOf?.[0], 'Task') ?? task?.id };
}
