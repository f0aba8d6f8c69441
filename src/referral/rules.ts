import type { ServiceRequest, Task } from '@medplum/fhirtypes';
import type { Change, Records, Rule } from '../fhir/records.ts';
import { idOf } from '../fhir/references.ts';
import type { Stored } from '../fhir/types.ts';
import { invalid, issue } from '../kernel/problem.ts';
import { callOffRequests } from './call-off.ts';
import { takeAnswer } from './group-answer.ts';
import { readTask } from './record.ts';
import { checkAssignee, checkMove } from './rules/changed-task.ts';
import { refuseOfReferral, refuseSent } from './rules/removed.ts';
import { checkNewTask } from './rules/new-task.ts';
import { canonicalText } from './rules/same.ts';
import { withdrawalRule } from './withdrawal.ts';
import { isRequest } from './workflow.ts';

/**
 * What the store refuses of referrals, for pages and strangers' programs alike: a task that begins anywhere but at its
 * beginning, a move that is not in the table or not open to that side, one that lacks its reason, outcome or consent. And
 * what follows at the office from a change that it did not make itself. `publicUrl`: where mails lead.
 */
export const referralRules = (publicUrl: string): readonly Rule[] => [
  { types: ['Task'], check: checkTask, settle: settleTask(publicUrl), remove: refuseSent },
  { types: ['ServiceRequest'], check: checkServiceRequest },
  { types: ['Communication', 'Encounter', 'Procedure'], check: () => undefined, remove: refuseOfReferral },
  withdrawalRule(publicUrl),
];

const ended: readonly Task['status'][] = ['failed', 'cancelled', 'entered-in-error'];
/** From then on the office no longer sees the person; what it had asked of groups is over. */
const closed: readonly Task['status'][] = [...ended, 'rejected'];

/** Whoever changes a referral or a request, its office sees to what follows. */
const settleTask =
  (publicUrl: string) =>
  async ({ before, after, together }: Change, records: Records): Promise<undefined> => {
    const task = after as Stored<Task>;
    const was = (before as Stored<Task> | undefined)?.status;
    if (was === undefined || was === task.status) return undefined;
    const { from, to } = readTask(task);
    const { organization } = records.actor;
    if (isRequest(task)) {
      if (organization === to && organization !== from)
        await records.onBehalfOf(from, (office) => takeAnswer(office, task, publicUrl));
    } else if (ended.includes(task.status) && !closed.includes(was)) {
      if (organization === to) await callOffRequests(records, task.id, together);
      else await records.onBehalfOf(to, (office) => callOffRequests(office, task.id, together));
    }
    return undefined;
  };

async function checkTask({ before, after, together }: Change, records: Records): Promise<void> {
  const task = after as Stored<Task>;
  if (before) {
    await checkMove(before as Stored<Task>, task, together, records);
    await checkAssignee(before as Stored<Task>, task, records);
  } else await checkNewTask(task, together, records);
}

/** The request itself stays as it was sent; only its status follows the task. */
function checkServiceRequest({ before, after }: Change, records: Records): void {
  const request = after as Stored<ServiceRequest>;
  if (!before) {
    if (idOf(request.requester, 'Organization') !== records.actor.organization)
      throw invalid(
        issue(
          'ServiceRequest.requester',
          '依頼元はご自分の機関でなければなりません。',
          'The requester must be your own organization.',
        ),
      );
    return;
  }
  const { status: _a, meta: _b, ...was } = before as Stored<ServiceRequest>;
  const { status: _c, meta: _d, ...is } = request;
  if (canonicalText(was) !== canonicalText(is))
    throw invalid(
      issue(
        'ServiceRequest',
        '送った依頼の内容は変えられません。取り消して、新しく送ってください。',
        'A request that was sent cannot be changed. Cancel it and send a new one.',
      ),
    );
}
