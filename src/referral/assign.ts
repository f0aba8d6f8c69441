import type { Records } from '../fhir/records.ts';
import { reference } from '../fhir/references.ts';
import { forbidden, invalid, issue, notFound } from '../kernel/problem.ts';
import { buildProvenance, changeTask, readTask } from './record.ts';
import { refuseOthersHands, type Moved } from './move.ts';
import { refuseStale } from './stale.ts';
import { isRequest } from './workflow.ts';

export type Assigning = Readonly<{
  id: string;
  seen?: string | undefined;
  /** PractitionerRole of the colleague who takes it in hand. */
  assignee: string;
}>;

/** Hands a referral to a colleague of the office that received it. Refuses a closed one and anybody from elsewhere. */
export async function assign(records: Records, given: Assigning): Promise<Moved> {
  const task = await records.read('Task', given.id);
  if (isRequest(task)) throw notFound();
  const referral = readTask(task);
  refuseStale(task, given.seen);
  refuseOthersHands(records, referral);
  if (records.actor.organization !== referral.to) throw forbidden();
  if (!['requested', 'accepted', 'in-progress', 'on-hold'].includes(referral.status))
    throw invalid(
      issue('assignee', '終わった紹介の担当は変えられません。', 'A closed referral cannot be handed on.'),
    );
  const at = records.now.toISOString();
  const provenance = buildProvenance({
    id: records.newId(),
    targets: [reference('Task', task.id)],
    patient: referral.patient,
    organization: records.actor.organization,
    by: records.actor.post,
    at,
    activity: 'UPDATE',
  });
  const [, saved] = await records.write([provenance, changeTask(task, { assignee: given.assignee, at })]);
  const { version, status, step } = readTask(saved as Parameters<typeof readTask>[0]);
  return { id: task.id, version, status, step };
}
