import type { Communication } from '@medplum/fhirtypes';
import { codeOf, concept, systems } from '../fhir/codes.ts';
import { idOf, reference } from '../fhir/references.ts';

const topic = 'shared-sheet';

export type Remark = Readonly<{
  patient: string;
  /** Organization and PractitionerRole of whoever wrote it. */
  from: string;
  by: string | undefined;
  to: string;
  at: string;
  text: string;
}>;

/** A note beside the sheet, from the doctor to the insurer or back. */
export const buildRemark = (given: Remark, id: string): Communication => ({
  resourceType: 'Communication',
  id,
  status: 'completed',
  category: [concept(systems.communication, 'message')],
  topic: concept(systems.contactTopic, topic, '情報共有シートの申し送り'),
  subject: reference('Patient', given.patient),
  sent: given.at,
  sender:
    given.by === undefined ? reference('Organization', given.from) : reference('PractitionerRole', given.by),
  recipient: [reference('Organization', given.to)],
  payload: [{ contentString: given.text }],
});

export const isRemark = (one: Pick<Communication, 'topic'>): boolean =>
  codeOf(one.topic, systems.contactTopic) === topic;

/** Reads one that was made here. Never throws. */
export const readRemark = (one: Communication): Omit<Remark, 'from'> & Readonly<{ id: string }> => ({
  id: one.id ?? '',
  patient: idOf(one.subject, 'Patient') ?? '',
  by: idOf(one.sender, 'PractitionerRole'),
  to: idOf(one.recipient?.[0], 'Organization') ?? '',
  at: one.sent ?? '',
  text: (one.payload ?? []).map((p) => p.contentString ?? '').join('\n'),
});
