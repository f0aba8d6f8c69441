import type { Communication, Provenance, ServiceRequest, Task } from '@medplum/fhirtypes';
import { concept, programBase, systems } from '../../fhir/codes.ts';
import { buildProvenance, type Trace } from '../../fhir/provenance.ts';
import { reference } from '../../fhir/references.ts';
import { contactProhibited, stepConcept, type NeedCode, type Urgency } from './codes.ts';

/** What the sender puts together; ids of records that are there already. */
export type NewReferral = Readonly<{
  patient: string;
  from: string;
  to: string;
  /** PractitionerRole of the person who sends. */
  by: string | undefined;
  urgency: Urgency;
  reason: string;
  needs: readonly NeedCode[];
  /** Left open, the referral is a draft that waits for one. */
  consent: string | undefined;
  answers: string | undefined;
  conditions: readonly string[];
  caseNumber: string;
  at: string;
  /** By when the receiver should have said yes or no (ISO instant). */
  due: string;
  /** Why it goes to an office outside the person's area, where it does. */
  outside?: string;
  /** Id of the program whose deadlines and forms apply. */
  program?: string;
  /** The person must not be contacted freely. */
  noContact?: boolean;
  /** Its receiver entered it from a sheet that came, or an office passed it on: see `Trace.entered`. */
  entered?: Trace['entered'];
  /** ServiceRequests that it takes the place of, the latest first: the referral was passed on. */
  replaces?: readonly string[];
}>;

export type ReferralIds = Readonly<{ request: string; task: string; provenance: string }>;

/** ServiceRequest (order), Task (fulfill) and who sent it (Provenance): referral A of the guide. */
export function buildReferral(given: NewReferral, ids: ReferralIds): [ServiceRequest, Task, Provenance] {
  return [
    {
      resourceType: 'ServiceRequest',
      id: ids.request,
      status: given.consent === undefined ? 'draft' : 'active',
      intent: 'order',
      priority: given.urgency,
      category: categoriesOf(given.needs),
      subject: reference('Patient', given.patient),
      authoredOn: given.at,
      requester: reference('Organization', given.from),
      performer: [reference('Organization', given.to)],
      reasonCode: [{ text: given.reason }],
      reasonReference: given.conditions.map((id) => reference('Condition', id)),
      supportingInfo: [
        ...(given.consent === undefined ? [] : [reference('Consent', given.consent)]),
        ...(given.answers === undefined ? [] : [reference('QuestionnaireResponse', given.answers)]),
        ...(given.entered?.document === undefined
          ? []
          : [reference('DocumentReference', given.entered.document)]),
      ],
      replaces: (given.replaces ?? []).map((id) => reference('ServiceRequest', id)),
      ...(given.outside === undefined ? {} : { note: [{ text: given.outside }] }),
      ...(given.program === undefined ? {} : { instantiatesUri: [`${programBase}${given.program}`] }),
      ...contactDetail(given.noContact),
    },
    buildTask(given, ids, undefined),
    sentBy(given, ids),
  ].map(withoutEmpty) as [ServiceRequest, Task, Provenance];
}

export type NewRequest = Readonly<{
  patient: string;
  from: string;
  to: string;
  by: string | undefined;
  /** Referral A that this belongs to: its Task and ServiceRequest. */
  partOf: string;
  basedOn: string;
  service: string;
  /** What is asked, in words the group reads. */
  wish: string;
  needs: readonly NeedCode[];
  consent: string;
  urgency: Urgency;
  caseNumber: string;
  at: string;
  due: string;
  /** The person must not be contacted by the group. */
  noContact?: boolean;
}>;

/** ServiceRequest (filler-order, basedOn A) and Task (partOf A): one request to a community resource. */
export function buildRequest(given: NewRequest, ids: ReferralIds): [ServiceRequest, Task, Provenance] {
  return [
    {
      resourceType: 'ServiceRequest',
      id: ids.request,
      status: 'active',
      intent: 'filler-order',
      priority: given.urgency,
      basedOn: [reference('ServiceRequest', given.basedOn)],
      category: categoriesOf(given.needs),
      subject: reference('Patient', given.patient),
      authoredOn: given.at,
      requester: reference('Organization', given.from),
      performer: [reference('Organization', given.to), reference('HealthcareService', given.service)],
      reasonCode: [{ text: given.wish }],
      supportingInfo: [reference('Consent', given.consent)],
      ...contactDetail(given.noContact),
    },
    buildTask(given, ids, given.partOf),
    sentBy(given, ids),
  ].map(withoutEmpty) as [ServiceRequest, Task, Provenance];
}

/** The guide's order detail; FHIR wants a code beside it (prr-1), and none of the guide's fits Japan. */
const contactDetail = (noContact = false): Pick<ServiceRequest, 'code' | 'orderDetail'> =>
  noContact
    ? { code: { text: '社会的処方の紹介' }, orderDetail: [concept(systems.sdohCategory, contactProhibited)] }
    : {};

/** FHIR has no empty lists. */
const withoutEmpty = <T extends object>(record: T): T =>
  Object.fromEntries(Object.entries(record).filter(([, v]) => !Array.isArray(v) || v.length > 0)) as T;

function buildTask(given: NewReferral | NewRequest, ids: ReferralIds, partOf: string | undefined): Task {
  return {
    resourceType: 'Task',
    id: ids.task,
    identifier: [{ system: systems.caseNumber, value: given.caseNumber }],
    ...(partOf === undefined ? {} : { partOf: [reference('Task', partOf)] }),
    status: given.consent === undefined ? 'draft' : 'requested',
    intent: 'order',
    businessStatus: stepConcept('waiting'),
    priority: given.urgency,
    code: concept(systems.taskCode, 'fulfill'),
    focus: reference('ServiceRequest', ids.request),
    for: reference('Patient', given.patient),
    authoredOn: given.at,
    lastModified: given.at,
    requester: reference('Organization', given.from),
    owner: reference('Organization', given.to),
    restriction: { period: { end: given.due } },
  };
}

const sentBy = (
  given: Pick<NewReferral, 'patient' | 'from' | 'by' | 'at' | 'entered'>,
  ids: ReferralIds,
): Provenance =>
  buildProvenance({
    id: ids.provenance,
    targets: [reference('Task', ids.task), reference('ServiceRequest', ids.request)],
    patient: given.patient,
    organization: given.from,
    by: given.by,
    ...(given.entered ? { entered: given.entered } : {}),
    at: given.at,
    activity: 'CREATE',
  });

/** The guide's category where it has one; ours next to `sdoh-category-unspecified` where it has not. */
function categoriesOf(needs: readonly NeedCode[]): ServiceRequest['category'] {
  const ours = needs.filter((n) => n.system !== systems.sdohCategory);
  const guide = needs.filter((n) => n.system === systems.sdohCategory);
  const unspecified = guide.length === 0 ? [concept(systems.sdohCategory, 'sdoh-category-unspecified')] : [];
  return [
    ...guide.map((n) => concept(n.system, n.code)),
    ...unspecified,
    ...ours.map((n) => concept(n.system, n.code)),
  ];
}

/**
 * The doctor's note goes with the referral and is opened by its own item of the consent. Addressed to nobody (`to` left
 * open), it is seen under that item alone: so is the note of a draft, of whose consent nobody knows yet what it will say.
 */
export const buildMedicalNote = (
  given: Pick<NewReferral, 'patient' | 'from' | 'at'> & Readonly<{ to: string | undefined }>,
  requestId: string,
  text: string,
): Communication => ({
  resourceType: 'Communication',
  status: 'completed',
  category: [concept(systems.communication, 'medical-note')],
  subject: reference('Patient', given.patient),
  basedOn: [reference('ServiceRequest', requestId)],
  sent: given.at,
  sender: reference('Organization', given.from),
  ...(given.to === undefined ? {} : { recipient: [reference('Organization', given.to)] }),
  payload: [{ contentString: text }],
});
