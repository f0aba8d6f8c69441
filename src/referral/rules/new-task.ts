import type { Consent, Patient, Task } from '@medplum/fhirtypes';
import { codeOf, systems } from '../../fhir/codes.ts';
import type { Records } from '../../fhir/records.ts';
import { idOf, idsOf } from '../../fhir/references.ts';
import type { Stored } from '../../fhir/types.ts';
import { forbidden, invalid, issue } from '../../kernel/problem.ts';
import { isRequest } from '../workflow.ts';
import { arrivingOrStored, requireConsent } from './consented.ts';

export async function checkNewTask(
  task: Stored<Task>,
  together: readonly Stored[],
  records: Records,
): Promise<void> {
  const sender = idOf(task.requester, 'Organization');
  const owner = idOf(task.owner, 'Organization');
  const faults = [];
  if (sender !== records.actor.organization)
    faults.push(
      issue(
        'Task.requester',
        '依頼元はご自分の機関でなければなりません。',
        'The requester must be your own organization.',
      ),
    );
  if (task.status !== 'requested' && task.status !== 'draft')
    faults.push(
      issue(
        'Task.status',
        '新しい依頼は「下書き」か「新着」で始まります。',
        'A new task starts as draft or requested.',
      ),
    );
  if (owner === undefined)
    faults.push(issue('Task.owner', '依頼先の機関が必要です。', 'The owner must be an organization.'));
  if (codeOf(task.code, systems.taskCode) !== 'fulfill')
    faults.push(
      issue('Task.code', 'Task.code は fulfill でなければなりません。', 'Task.code must be fulfill.'),
    );
  if (idOf(task.focus, 'ServiceRequest') === undefined)
    faults.push(
      issue(
        'Task.focus',
        '依頼の内容（ServiceRequest）が必要です。',
        'Task.focus must refer to a ServiceRequest.',
      ),
    );
  if (task.authoredOn === undefined)
    faults.push(issue('Task.authoredOn', '依頼した日時が必要です。', 'authoredOn is missing.'));
  if (faults.length > 0) throw invalid(...faults);

  const request = await arrivingOrStored(
    'ServiceRequest',
    idOf(task.focus, 'ServiceRequest') ?? '',
    together,
    records,
  );
  if (request.subject.reference !== task.for?.reference)
    throw invalid(
      issue('Task.for', '依頼の内容と別の人になっています。', 'The ServiceRequest is about somebody else.'),
    );
  if (idOf(request.requester, 'Organization') !== sender)
    throw invalid(
      issue('Task.requester', '依頼の内容と依頼元が違います。', 'The ServiceRequest has another requester.'),
    );
  if (isRequest(task)) {
    const parent = await arrivingOrStored('Task', idOf(task.partOf?.[0], 'Task') ?? '', together, records);
    if (
      idOf(parent.owner, 'Organization') !== sender ||
      parent.for?.reference !== task.for?.reference ||
      !['accepted', 'in-progress', 'on-hold'].includes(parent.status)
    )
      throw invalid(
        issue(
          'Task.partOf',
          '引き受けて支援している紹介だけが、活動団体への依頼を持てます。',
          'Only a referral you accepted and still work on can have requests.',
        ),
      );
  } else await refuseOthersPerson(task, together, records);
  if (task.status === 'requested') {
    const named: Stored<Consent>[] = [];
    for (const id of idsOf(request.supportingInfo, 'Consent'))
      named.push(await arrivingOrStored('Consent', id, together, records));
    await requireConsent(task, named, records);
  }
}

/** Whom a person was referred to does not refer it on: what it asks of others is part of the referral it received. */
async function refuseOthersPerson(
  task: Stored<Task>,
  together: readonly Stored[],
  records: Records,
): Promise<void> {
  const id = idOf(task.for, 'Patient') ?? '';
  const person: Stored<Patient> = await arrivingOrStored('Patient', id, together, records);
  if (idOf(person.managingOrganization, 'Organization') !== records.actor.organization)
    throw forbidden({
      ja: 'ご本人を登録した医療機関だけが、新しく紹介できます。ほかへの依頼は、受け取った紹介の中で行ってください。',
      en: 'Only the clinic that keeps the person can refer it. What you ask of others belongs to the referral you received (partOf).',
    });
}
