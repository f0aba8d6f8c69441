import type { CarePlan } from '@medplum/fhirtypes';
import { idsOf, reference } from '../../fhir/references.ts';
import type { Stored } from '../../fhir/types.ts';

export type NewPlan = Readonly<{
  patient: string;
  /** The referral's ServiceRequest, by which its plan is found again. */
  requestId: string;
  office: string;
  by: string | undefined;
  at: string;
}>;

/** The support plan 支援計画 of one referral: a draft until the doctor is told of it. */
export const buildPlan = (given: NewPlan, id: string): CarePlan & { id: string } => ({
  resourceType: 'CarePlan',
  id,
  status: 'draft',
  intent: 'plan',
  title: '支援計画',
  subject: reference('Patient', given.patient),
  created: given.at,
  author:
    given.by === undefined
      ? reference('Organization', given.office)
      : reference('PractitionerRole', given.by),
  supportingInfo: [reference('ServiceRequest', given.requestId)],
});

export type PlanChange = Readonly<{
  status?: 'active' | 'completed' | 'revoked';
  /** What the plan says in words. */
  text?: string;
  /** Goals and requests (ServiceRequest ids) that come to it. */
  goals?: readonly string[];
  requests?: readonly string[];
  /** From when it holds, until when it held (ISO instants). */
  from?: string;
  until?: string;
}>;

export function changePlan<P extends CarePlan>(plan: P, change: PlanChange): P {
  const { period, description, ...rest } = plan;
  const { goals, requests } = readPlan(plan);
  const goal = distinct([...goals, ...(change.goals ?? [])]);
  const request = distinct([...requests, ...(change.requests ?? [])]);
  const text = change.text ?? description;
  const lasts = {
    ...period,
    ...(change.from === undefined || period?.start !== undefined ? {} : { start: change.from }),
    ...(change.until === undefined ? {} : { end: change.until }),
  };
  const others = (plan.activity ?? []).filter(
    (a) => !requests.some((id) => a.reference?.reference === `ServiceRequest/${id}`),
  );
  const activity = [...others, ...request.map((id) => ({ reference: reference('ServiceRequest', id) }))];
  return {
    ...rest,
    ...(change.status === undefined ? {} : { status: change.status }),
    ...(text === undefined || text === '' ? {} : { description: text }),
    ...(Object.keys(lasts).length > 0 ? { period: lasts } : {}),
    ...(goal.length > 0 ? { goal: goal.map((id) => reference('Goal', id)) } : {}),
    ...(activity.length > 0 ? { activity } : {}),
  } as P;
}

const distinct = (ids: readonly string[]): string[] => [...new Set(ids)];

export type ReadPlan = Readonly<{
  status: CarePlan['status'];
  text: string;
  goals: readonly string[];
  requests: readonly string[];
}>;

export const readPlan = (plan: CarePlan): ReadPlan => ({
  status: plan.status,
  text: plan.description ?? '',
  goals: idsOf(plan.goal, 'Goal'),
  requests: idsOf(
    (plan.activity ?? []).flatMap((a) => a.reference ?? []),
    'ServiceRequest',
  ),
});

/** The plan of a referral among a person's plans; the newest when there are several. */
export const planOf = (plans: readonly Stored<CarePlan>[], requestId: string): Stored<CarePlan> | undefined =>
  plans.find(
    (p) => p.status !== 'entered-in-error' && idsOf(p.supportingInfo, 'ServiceRequest').includes(requestId),
  );
