import { coding, concept, systems } from '../../fhir/codes.ts';
import { outcomes, reasons, steps, type Outcome, type Reason, type Step } from '../workflow.ts';

export const urgencies = ['routine', 'urgent', 'asap', 'stat'] as const;
export type Urgency = (typeof urgencies)[number];

export type { NeedCode } from '../../intake/concerns.ts';

export const stepConcept = (step: Step) => concept(systems.businessStatus, step, steps[step].ja);
export const reasonConcept = (reason: Reason, text: string) => ({
  coding: [coding(systems.statusReason, reason, reasons[reason].ja)],
  text,
});
export const outcomeOutput = (outcome: Outcome, text: string) => ({
  type: concept(systems.taskOutput, 'outcome'),
  valueCodeableConcept: { coding: [coding(systems.outcome, outcome, outcomes[outcome].ja)], text },
});

/** `ServiceRequest.orderDetail` of the SDOH guide: the person must not be contacted. */
export const contactProhibited = 'contacting-subject-prohibited';
