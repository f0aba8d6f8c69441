import type { Communication, Encounter, Procedure, Task } from '@medplum/fhirtypes';
import type { Records } from '../../fhir/records.ts';
import { idsOf } from '../../fhir/references.ts';
import type { Stored } from '../../fhir/types.ts';
import { conflict } from '../../kernel/problem.ts';

/** A referral that somebody has received is called off and not made undone. */
export function refuseSent(record: Stored): void {
  if ((record as Stored<Task>).status !== 'draft')
    throw conflict(
      '送った依頼は削除できません。取り消す（cancelled）か、誤りとして記録（entered-in-error）してください。',
      'A task that was sent cannot be deleted. Cancel it, or set its status to entered-in-error.',
      'Task.status',
    );
}

/** What was said and done within a referral is part of it, and others may have acted on it. */
export async function refuseOfReferral(record: Stored, records: Records): Promise<void> {
  const { resourceType, ...what } = record as Stored<Communication | Encounter | Procedure>;
  const sentTo =
    'recipient' in what
      ? idsOf(what.recipient, 'Organization').filter((id) => id !== records.actor.organization)
      : [];
  if (sentTo.length > 0)
    throw conflict(
      '送った連絡は削除できません。誤りとして記録（entered-in-error）してください。',
      'A message that was sent to another body cannot be deleted. Set its status to entered-in-error.',
      `${resourceType}.recipient`,
    );
  for (const id of idsOf(what.basedOn, 'ServiceRequest')) {
    const tasks: Stored<Task>[] = await records.find('Task', [['focus', id]]);
    if (tasks.some((task) => task.status !== 'draft'))
      throw conflict(
        '送った依頼に属する記録は削除できません。誤りとして記録（entered-in-error）してください。',
        'What belongs to a referral that was sent cannot be deleted. Set its status to entered-in-error.',
        `${resourceType}.basedOn`,
      );
  }
}
