import type { Procedure, ServiceRequest, Task } from '@medplum/fhirtypes';
import { concept, coding, systems } from '../../fhir/codes.ts';
import { idsOf, reference } from '../../fhir/references.ts';
import type { Stored } from '../../fhir/types.ts';
import { outcomes, type Outcome } from '../workflow.ts';
import type { NeedCode } from './codes.ts';
import { readServiceRequest, type Referral } from './read.ts';

type Done = Readonly<{
  patient: string;
  /** ServiceRequest of the request to the group. */
  requestId: string;
  /** Organization of the group. */
  by: string;
  /** What was asked, in words. */
  what: string;
  needs: readonly NeedCode[];
  outcome: Readonly<{ code: Outcome; text: string }>;
  /** From the asking to the end (ISO instants). */
  from: string;
  until: string;
}>;

/** What a group did for the person, as told when it was over. */
export const buildDone = (done: Done, id: string): Procedure & { id: string } => ({
  resourceType: 'Procedure',
  id,
  status: 'completed',
  basedOn: [reference('ServiceRequest', done.requestId)],
  ...(done.needs[0] === undefined ? {} : { category: concept(done.needs[0].system, done.needs[0].code) }),
  // A program may have asked, or ended, without words.
  ...(done.what.trim() === '' ? {} : { code: { text: done.what } }),
  subject: reference('Patient', done.patient),
  performedPeriod: { start: done.from, end: done.until },
  performer: [{ actor: reference('Organization', done.by) }],
  outcome: {
    coding: [coding(systems.outcome, done.outcome.code, outcomes[done.outcome.code].ja)],
    ...(done.outcome.text.trim() === '' ? {} : { text: done.outcome.text }),
  },
});

/** ServiceRequests about which it was already recorded what was done. */
export const requestsDone = (procedures: readonly Procedure[]): ReadonlySet<string> =>
  new Set(procedures.flatMap((p) => idsOf(p.basedOn, 'ServiceRequest')));

/** The task points to what came of it (`resulting-activity` of the SDOH guide). */
export const withActivity = (task: Stored<Task>, procedure: string): Stored<Task> => ({
  ...task,
  output: [
    ...(task.output ?? []),
    {
      type: concept(systems.taskOutput, 'resulting-activity'),
      valueReference: reference('Procedure', procedure),
    },
  ],
});

/** What the group did for the person, from the asking until it was over (`until`, ISO instant). */
export function recordDone(
  ended: Readonly<{ referral: Referral; request: ServiceRequest; outcome: Done['outcome']; until: string }>,
  id: string,
): Procedure & { id: string } {
  const { referral, outcome, until } = ended;
  const asked = readServiceRequest(ended.request);
  return buildDone(
    {
      patient: referral.patient,
      requestId: referral.requestId,
      by: referral.to,
      what: asked.reason,
      needs: asked.needs,
      outcome,
      from: referral.authoredOn,
      until,
    },
    id,
  );
}
