import type { Task } from '@medplum/fhirtypes';
import type { Stored } from '../fhir/types.ts';
import { readTask, type Referral } from './record.ts';
import { steps, type Step } from './workflow.ts';

/** How far a referral is, going by what the groups answered; undefined when nothing came of any request yet. */
export function stepByAnswers(requests: readonly Pick<Referral, 'status'>[]): Step | undefined {
  if (requests.some((r) => r.status === 'in-progress')) return 'watching';
  return requests.some((r) => r.status === 'accepted' || r.status === 'completed') ? 'linked' : undefined;
}

const order = Object.keys(steps) as Step[];
export const isFurther = (step: Step, than: Step): boolean => order.indexOf(step) > order.indexOf(than);

/** When somebody last acted on a task (ISO instant). */
const changedAt = (task: Stored<Task>): string => task.lastModified ?? task.meta.lastUpdated;

/** It ended because no consent carries it any more; nobody answered, and a notice has told everybody. */
export const endedByConsent = ({ status, reason }: Pick<Referral, 'status' | 'reason'>): boolean =>
  status === 'cancelled' && (reason?.code === 'consent-withdrawn' || reason?.code === 'consent-expired');

/**
 * The requests (ids) that a group answered without anybody in the office having taken note of it. A group cannot change
 * the referral that its request is part of, so its answer shows until the link worker confirms it, or does anything
 * else with the referral after a refusal.
 */
export function unseenAnswers(parent: Stored<Task>, requests: readonly Stored<Task>[]): string[] {
  const { step, status } = readTask(parent);
  if (!['accepted', 'in-progress', 'on-hold'].includes(status)) return [];
  return requests
    .filter((task) => {
      const request = readTask(task);
      if (endedByConsent(request)) return false;
      const told = stepByAnswers([request]);
      if (told !== undefined) return isFurther(told, step);
      return (
        ['rejected', 'failed', 'cancelled', 'on-hold'].includes(task.status) &&
        Date.parse(changedAt(task)) > Date.parse(changedAt(parent))
      );
    })
    .map((task) => task.id);
}
