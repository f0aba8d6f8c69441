import type { Communication, Observation, RelatedPerson, Task } from '@medplum/fhirtypes';
import { codesOf, systems } from '../../fhir/codes.ts';
import type { Records } from '../../fhir/records.ts';
import { idOf, idsOf } from '../../fhir/references.ts';
import type { Stored } from '../../fhir/types.ts';
import { faults } from './faults.ts';
import { Unwilling } from './model.ts';

/**
 * A referral or a request as the body that receives it sees it: the records are open in its name, so that no more goes to its
 * server than it could read here. In the order in which they build on each other, the task last. `Unwilling` when it does not
 * see the person, as a group does not while somebody must not be contacted.
 */
export async function gather(records: Records, id: string): Promise<Stored[]> {
  const [task] = await records.readMany('Task', [id]);
  const [request] = task
    ? await records.readMany('ServiceRequest', idsOf(task.focus && [task.focus], 'ServiceRequest'))
    : [];
  const who = idOf(task?.for, 'Patient');
  const [patient] = who === undefined ? [] : await records.readMany('Patient', [who]);
  if (!task || !request || !patient || who === undefined) throw new Unwilling(faults.closed, { final: true });
  const conditions = await records.readMany('Condition', idsOf(request.reasonReference, 'Condition'));
  const evidence = conditions.flatMap((one) => (one.evidence ?? []).flatMap((e) => e.detail ?? []));
  const answers = await records.readMany(
    'QuestionnaireResponse',
    idsOf(request.supportingInfo, 'QuestionnaireResponse'),
  );
  const observations: Stored<Observation>[] = await records.readMany(
    'Observation',
    idsOf(evidence, 'Observation'),
  );
  const notes: Stored<Communication>[] = await records.find('Communication', [['based-on', request.id]]);
  const about = [['patient', who]] as const;
  return [
    patient,
    ...(await records.find('RelatedPerson', about)),
    ...(await records.find('Coverage', about)),
    ...(await records.readMany('Consent', idsOf(request.supportingInfo, 'Consent'))),
    ...answers,
    ...observations,
    ...conditions,
    request,
    ...notes.filter((one) => codesOf(one.category, systems.communication).includes('medical-note')),
    task,
  ];
}

/** What is told of a person who is known there already: as the receiver sees it now; nothing once it sees nothing. */
export async function personNow(records: Records, task: string): Promise<Stored[]> {
  const [known]: Stored<Task>[] = await records.readMany('Task', [task]);
  const who = idOf(known?.for, 'Patient');
  return who === undefined ? [] : records.readMany('Patient', [who]);
}

/** The person's relatives as the receiver sees them now. */
export async function relativesNow(records: Records, task: string): Promise<Stored<RelatedPerson>[]> {
  const [known]: Stored<Task>[] = await records.readMany('Task', [task]);
  const who = idOf(known?.for, 'Patient');
  return who === undefined ? [] : records.find('RelatedPerson', [['patient', who]]);
}
