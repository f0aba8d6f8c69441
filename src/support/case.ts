import type { Patient, Provenance, ServiceRequest, Task } from '@medplum/fhirtypes';
import type { Records } from '../fhir/records.ts';
import { reference } from '../fhir/references.ts';
import type { RecordType, Stored } from '../fhir/types.ts';
import { conflict, invalid, issue, notFound } from '../kernel/problem.ts';
import { asOrdered } from '../people/danger/marks.tsx';
import { readPatient, type ReadPatient } from '../people/record.ts';
import { readableOnly } from '../referral/expiry.ts';
import { refuseOthersHands } from '../referral/move.ts';
import {
  buildProvenance,
  readServiceRequest,
  readTask,
  type Asked,
  type Referral,
} from '../referral/record.ts';
import { isRequest, type Status } from '../referral/workflow.ts';

/** A referral as whoever works on it needs it on every page: four reads. */
export type Case = Readonly<{
  task: Stored<Task>;
  referral: Referral;
  request: Stored<ServiceRequest>;
  asked: Asked;
  patient: Stored<Patient>;
  person: ReadPatient;
  /** The last day of the consent, once it is over and the case can only be read. */
  expired: string | undefined;
}>;

/**
 * Reads a referral that the actor's office received. Anything else does not exist here: a request to a group, another
 * office's referral, and for a resident link worker one that a colleague has in hand.
 */
export async function readCase(records: Records, id: string): Promise<Case> {
  const task = await records.read('Task', id);
  const referral = readTask(task);
  if (isRequest(task) || referral.to !== records.actor.organization) throw notFound();
  refuseOthersHands(records, referral);
  const [request] = await records.readMany('ServiceRequest', [referral.requestId]);
  const [patient] = await records.readMany('Patient', [referral.patient]);
  if (!request || !patient) throw notFound();
  const asked = readServiceRequest(request);
  const person = asOrdered(readPatient(patient), asked.noContact);
  const expired = await readableOnly(records, patient.id);
  return { task, referral, request, asked, patient, person, expired };
}

const working: readonly Status[] = ['accepted', 'in-progress', 'on-hold'];
export const isWorkedOn = ({ status }: Pick<Referral, 'status'>): boolean => working.includes(status);

/** Whether something can be written: it is being worked on, and the consent holds. */
export const isWritable = ({ referral, expired }: Pick<Case, 'referral' | 'expired'>): boolean =>
  isWorkedOn(referral) && expired === undefined;

/** Refuses work on a referral that was not accepted yet or is over, or whose consent is. */
export function refuseIdle({ referral: { status }, expired }: Pick<Case, 'referral' | 'expired'>): void {
  if (expired !== undefined)
    throw invalid(
      issue(
        '',
        '同意の期限が切れています。新しい同意が記録されるまで、記録を足すことはできません。いま入力した内容は、12時間のあいだ取ってあります。',
        'The consent has expired; nothing can be added until a new one is recorded. What you typed is kept for twelve hours.',
      ),
    );
  if (status === 'requested' || status === 'draft')
    throw invalid(
      issue(
        '',
        'まだ引き受けていない紹介です。先に「概要」で引き受けてください。',
        'This referral has not been accepted yet. Accept it on its overview first.',
      ),
    );
  if (!working.includes(status))
    throw invalid(
      issue(
        '',
        '終わった紹介です。記録を足すことはできません。',
        'This referral is over; nothing can be added to it.',
      ),
    );
}

/** Refuses to act on a version that is no longer the one there. Works for any record. */
export function refuseChanged(record: Stored, seen: string | undefined): void {
  if (seen !== undefined && seen !== record.meta.versionId)
    throw conflict(
      'ほかの人が先に変更しました。今の内容を確かめて、もう一度送ってください。入力した内容は残してあります。',
      'Someone else changed this first. Look at how it stands now and send it again. What you typed is still here.',
    );
}

type Target = readonly [RecordType, string];

/** Who did it: one Provenance for everything written together. `onBehalfOf`: the group whose words an office entered. */
export const traceOf = (
  records: Records,
  patient: string,
  targets: readonly Target[],
  onBehalfOf?: string,
): Provenance =>
  buildProvenance({
    id: records.newId(),
    targets: targets.map(([type, id]) => reference(type, id)),
    patient,
    organization: records.actor.organization,
    by: records.actor.post,
    ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
    at: records.now.toISOString(),
    activity: 'UPDATE',
  });
