import type { ServiceRequest, Task } from '@medplum/fhirtypes';
import { codeOf, codesOf, extensions, programBase, systems } from '../../fhir/codes.ts';
import { idOf, idsOf } from '../../fhir/references.ts';
import type { Stored } from '../../fhir/types.ts';
import { endOfDayInTokyo } from '../../kernel/japan/calendar.ts';
import { inOrderOfNeeds } from '../../programs/needs.ts';
import {
  isRequest,
  outcomes,
  reasons,
  steps,
  type Outcome,
  type Reason,
  type Status,
  type Step,
} from '../workflow.ts';
import { contactProhibited, urgencies, type NeedCode, type Urgency } from './codes.ts';

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
  /** DocumentReference of the sheet on which it came, where its receiver entered it. */
  sheet: string | undefined;
  /** Referrals (ServiceRequests) that it takes the place of, having been passed on; the latest first. */
  replaces: readonly string[];
  service: string | undefined;
  program: string | undefined;
  /** The order itself says that the person must not be contacted. */
  noContact: boolean;
}>;

/** The needs among the categories of a ServiceRequest, in the order of needs. */
export const readNeeds = (category: ServiceRequest['category']): readonly NeedCode[] =>
  inOrderOfNeeds(
    [systems.sdohCategory, systems.need].flatMap((system) =>
      codesOf(category, system)
        .filter((code) => code !== 'sdoh-category-unspecified')
        .map((code) => ({ system, code })),
    ),
    (need) => need.code,
  );

/** Whether an order says that the person must not be contacted. */
export const forbidsContact = (detail: ServiceRequest['orderDetail'] | null): boolean =>
  codesOf(detail ?? [], systems.sdohCategory).includes(contactProhibited);

export const readServiceRequest = (request: ServiceRequest): Asked => ({
  reason: request.reasonCode?.[0]?.text ?? request.note?.[0]?.text ?? '',
  outside: request.reasonCode?.[0]?.text === undefined ? undefined : request.note?.[0]?.text,
  needs: readNeeds(request.category),
  consents: idsOf(request.supportingInfo, 'Consent'),
  answers: idsOf(request.supportingInfo, 'QuestionnaireResponse'),
  conditions: idsOf(request.reasonReference, 'Condition'),
  sheet: idsOf(request.supportingInfo, 'DocumentReference')[0],
  replaces: idsOf(request.replaces, 'ServiceRequest'),
  service: idsOf(request.performer, 'HealthcareService')[0],
  program: request.instantiatesUri?.find((u) => u.startsWith(programBase))?.slice(programBase.length),
  noContact: forbidsContact(request.orderDetail),
});
