import type { Communication, Condition, Provenance, ServiceRequest, Task } from '@medplum/fhirtypes';
import { canonical, codeOf, codesOf, coding, concept, extensions, systems } from '../fhir/codes.ts';
import { buildProvenance, type Trace } from '../fhir/provenance.ts';
import { idOf, idsOf, reference } from '../fhir/references.ts';
import type { Stored } from '../fhir/types.ts';
import { endOfDayInTokyo } from '../kernel/japan/calendar.ts';
import {
  isRequest,
  outcomes,
  reasons,
  steps,
  type Outcome,
  type Reason,
  type Status,
  type Step,
} from './workflow.ts';

export const urgencies = ['routine', 'urgent', 'asap', 'stat'] as const;
export type Urgency = (typeof urgencies)[number];

export type NeedCode = Readonly<{ system: string; code: string }>;

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
  consent: string;
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
}>;

export type ReferralIds = Readonly<{ request: string; task: string; provenance: string }>;

const programBase = `${canonical}/program/`;

/** ServiceRequest (order), Task (fulfill) and who sent it (Provenance): referral A of the guide. */
export function buildReferral(given: NewReferral, ids: ReferralIds): [ServiceRequest, Task, Provenance] {
  return [
    {
      resourceType: 'ServiceRequest',
      id: ids.request,
      status: 'active',
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
        reference('Consent', given.consent),
        ...(given.answers === undefined ? [] : [reference('QuestionnaireResponse', given.answers)]),
      ],
      ...(given.outside === undefined ? {} : { note: [{ text: given.outside }] }),
      ...(given.program === undefined ? {} : { instantiatesUri: [`${programBase}${given.program}`] }),
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
    },
    buildTask(given, ids, given.partOf),
    sentBy(given, ids),
  ].map(withoutEmpty) as [ServiceRequest, Task, Provenance];
}

/** FHIR has no empty lists. */
const withoutEmpty = <T extends object>(record: T): T =>
  Object.fromEntries(Object.entries(record).filter(([, v]) => !Array.isArray(v) || v.length > 0)) as T;

function buildTask(
  given: Omit<NewReferral | NewRequest, 'consent'>,
  ids: ReferralIds,
  partOf: string | undefined,
): Task {
  return {
    resourceType: 'Task',
    id: ids.task,
    identifier: [{ system: systems.caseNumber, value: given.caseNumber }],
    ...(partOf === undefined ? {} : { partOf: [reference('Task', partOf)] }),
    status: 'requested',
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

const sentBy = (given: Pick<NewReferral, 'patient' | 'from' | 'by' | 'at'>, ids: ReferralIds): Provenance =>
  buildProvenance({
    id: ids.provenance,
    targets: [reference('Task', ids.task), reference('ServiceRequest', ids.request)],
    patient: given.patient,
    organization: given.from,
    by: given.by,
    at: given.at,
    activity: 'CREATE',
  });

export { buildProvenance, type Trace };

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

export const stepConcept = (step: Step) => concept(systems.businessStatus, step, steps[step].ja);
export const reasonConcept = (reason: Reason, text: string) => ({
  coding: [coding(systems.statusReason, reason, reasons[reason].ja)],
  text,
});
export const outcomeOutput = (outcome: Outcome, text: string) => ({
  type: concept(systems.taskOutput, 'outcome'),
  valueCodeableConcept: { coding: [coding(systems.outcome, outcome, outcomes[outcome].ja)], text },
});

/** The doctor's note goes with the referral and is opened by its own item of the consent. */
export const buildMedicalNote = (
  given: Pick<NewReferral, 'patient' | 'from' | 'to' | 'at'>,
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
  recipient: [reference('Organization', given.to)],
  payload: [{ contentString: text }],
});

/** What pages, documents and figures read of a referral or a request. */
export type Referral = Readonly<{
  id: string;
  version: string;
  caseNumber: string;
  patient: string;
  requestId: string;
  from: string;
  to: string;
  partOf: string | undefined;
  status: Status;
  step: Step;
  urgency: Urgency;
  assignee: string | undefined;
  authoredOn: string;
  due: string | undefined;
  reason: { code: Reason | undefined; text: string } | undefined;
  outcomes: readonly { code: Outcome | undefined; text: string }[];
  /** What its sides said to each other with a move, oldest first. */
  notes: readonly string[];
}>;

export function readTask(task: Stored<Task>): Referral {
  const stepCode = codeOf(task.businessStatus, systems.businessStatus);
  const reasonCode = codeOf(task.statusReason, systems.statusReason);
  return {
    id: task.id,
    version: task.meta.versionId,
    caseNumber: task.identifier?.find((i) => i.system === systems.caseNumber)?.value ?? task.id.slice(0, 8),
    patient: idOf(task.for, 'Patient') ?? '',
    requestId: idOf(task.focus, 'ServiceRequest') ?? '',
    from: idOf(task.requester, 'Organization') ?? '',
    to: idOf(task.owner, 'Organization') ?? '',
    partOf: isRequest(task) ? idOf(task.partOf?.[0], 'Task') : undefined,
    status: task.status as Status,
    step: stepCode !== undefined && stepCode in steps ? (stepCode as Step) : stepOf(task.status),
    urgency: urgencies.find((u) => u === task.priority) ?? 'routine',
    assignee: idOf(
      task.extension?.find((e) => e.url === extensions.assignee)?.valueReference,
      'PractitionerRole',
    ),
    authoredOn: task.authoredOn ?? task.meta.lastUpdated,
    due: endOf(task.restriction?.period?.end),
    reason: task.statusReason && {
      code: reasonCode !== undefined && reasonCode in reasons ? (reasonCode as Reason) : undefined,
      text: task.statusReason.text ?? '',
    },
    outcomes: (task.output ?? []).flatMap((o) => {
      const code = codeOf(o.valueCodeableConcept, systems.outcome);
      const text = o.valueCodeableConcept?.text ?? o.valueString ?? '';
      return o.valueCodeableConcept || o.valueString
        ? [{ code: code !== undefined && code in outcomes ? (code as Outcome) : undefined, text }]
        : [];
    }),
    notes: (task.note ?? []).map((n) => n.text),
  };
}

/** A stranger may give a day; it lasts until its end in Japan. */
const endOf = (end: string | undefined): string | undefined =>
  end?.length === 10 ? endOfDayInTokyo(end).toISOString() : end;

/** A stranger's task has no business status; the status says enough. */
const stepOf = (status: Task['status']): Step =>
  status === 'requested' || status === 'draft'
    ? 'waiting'
    : status === 'accepted'
      ? 'contacting'
      : ['in-progress', 'on-hold'].includes(status)
        ? 'coordinating'
        : 'ended';

export type Asked = Readonly<{
  reason: string;
  /** Why an office outside the person's area was asked. */
  outside: string | undefined;
  needs: readonly NeedCode[];
  consents: readonly string[];
  answers: readonly string[];
  conditions: readonly string[];
  service: string | undefined;
  program: string | undefined;
}>;

export const readServiceRequest = (request: ServiceRequest): Asked => ({
  reason: request.reasonCode?.[0]?.text ?? request.note?.[0]?.text ?? '',
  outside: request.reasonCode?.[0]?.text === undefined ? undefined : request.note?.[0]?.text,
  needs: [systems.sdohCategory, systems.need].flatMap((system) =>
    codesOf(request.category, system)
      .filter((code) => code !== 'sdoh-category-unspecified')
      .map((code) => ({ system, code })),
  ),
  consents: idsOf(request.supportingInfo, 'Consent'),
  answers: idsOf(request.supportingInfo, 'QuestionnaireResponse'),
  conditions: idsOf(request.reasonReference, 'Condition'),
  service: idsOf(request.performer, 'HealthcareService')[0],
  program: request.instantiatesUri?.find((u) => u.startsWith(programBase))?.slice(programBase.length),
});

/** A change of a task by one of its sides; what is not given stays. */
export type TaskChange = Readonly<{
  status?: Status;
  step?: Step;
  due?: string | null;
  assignee?: string;
  reason?: { code: Reason; text: string };
  outcome?: { code: Outcome; text: string };
  outcomes?: readonly { code: Outcome; text: string }[];
  /** Words to the other side, with the id of the organization that says them. */
  note?: { text: string; by: string };
  at: string;
}>;

export function changeTask(task: Stored<Task>, change: TaskChange): Stored<Task> {
  const { statusReason: _, restriction, ...rest } = task;
  const due = change.due === undefined ? restriction?.period?.end : change.due;
  const others = (task.extension ?? []).filter(
    (e) => e.url !== extensions.assignee || change.assignee === undefined,
  );
  const extension =
    change.assignee === undefined
      ? others
      : [
          ...others,
          { url: extensions.assignee, valueReference: reference('PractitionerRole', change.assignee) },
        ];
  const came = [...(change.outcome ? [change.outcome] : []), ...(change.outcomes ?? [])];
  const keepReason = change.status === undefined && task.statusReason;
  return {
    ...rest,
    ...(extension.length > 0 ? { extension } : {}),
    ...(change.status === undefined ? {} : { status: change.status }),
    ...(change.step === undefined ? {} : { businessStatus: stepConcept(change.step) }),
    ...(due === undefined || due === null
      ? {}
      : { restriction: { ...restriction, period: { ...restriction?.period, end: due } } }),
    ...(change.reason
      ? { statusReason: reasonConcept(change.reason.code, change.reason.text) }
      : keepReason
        ? { statusReason: keepReason }
        : {}),
    ...(came.length > 0
      ? { output: [...(task.output ?? []), ...came.map((o) => outcomeOutput(o.code, o.text))] }
      : {}),
    ...(change.note
      ? {
          note: [
            ...(task.note ?? []),
            {
              authorReference: reference('Organization', change.note.by),
              time: change.at,
              text: change.note.text,
            },
          ],
        }
      : {}),
    lastModified: change.at,
  };
}

/** Conditions that a referral rests on: health concerns, unconfirmed. */
export const needOf = (condition: Condition): NeedCode | undefined =>
  [systems.sdohCategory, systems.need]
    .flatMap((system) =>
      codesOf([...(condition.category ?? []), ...(condition.code ? [condition.code] : [])], system).map(
        (code) => ({ system, code }),
      ),
    )
    .find((n) => n.code !== 'sdoh-category-unspecified');
