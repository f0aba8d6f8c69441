import { recipientActor } from '../../src/consent/record.ts';
import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { concept, coding, systems } from '../../src/fhir/codes.ts';
import { loadRecords, type Loaded } from '../../src/fhir/load.ts';
import { reference } from '../../src/fhir/references.ts';
import type { FhirRecord } from '../../src/fhir/types.ts';
import type { Bodies } from '../support/bodies.ts';
import { smallestReferral } from '../support/referral.ts';

type Whole = FhirRecord & { id: string };
type Keeper = 'clinic' | 'office' | 'resource';
export type Kept = Readonly<{ keeper: Keeper; record: Whole }>;

const at = '2026-11-20T11:00:00+09:00';

/**
 * One person with a record of every kind, named as people call them: what the clinic keeps, what the link-worker office
 * wrote after it accepted, and what a community group wrote that the office asked. The consent opens everything to both.
 */
export function personWithEverything({ bodies }: { bodies: Bodies }) {
  const { clinic, office, resource, actors } = bodies;
  const { patient, answers, consent, request, task } = smallestReferral(bodies);
  const subject = reference('Patient', patient.id);
  const by = (body: { id: string }) => reference('Organization', body.id);
  const id = randomUUID;
  consent.provision?.actor?.push(
    { role: concept(systems.participation, 'IRCP'), reference: by(resource) },
    recipientActor('resident'),
  );
  const asked: typeof request = {
    ...request,
    id: id(),
    intent: 'filler-order',
    basedOn: [reference('ServiceRequest', request.id)],
    requester: by(office),
    performer: [by(resource)],
    supportingInfo: [reference('Consent', consent.id)],
  };
  const communication = (
    kind: string,
    from: { id: string },
    to?: { id: string },
    about = request,
  ): Whole => ({
    resourceType: 'Communication',
    id: id(),
    status: 'completed',
    category: [concept(systems.communication, kind)],
    subject,
    sent: at,
    sender: by(from),
    basedOn: [reference('ServiceRequest', about.id)],
    ...(to ? { recipient: [by(to)] } : {}),
    payload: [{ contentString: kind }],
  });
  const observation = (category: string): Whole => ({
    resourceType: 'Observation',
    id: id(),
    status: 'final',
    category: [concept(systems.observationCategory, category)],
    code: { text: '見たこと' },
    subject,
    effectiveDateTime: at,
  });
  const kept = (keeper: Keeper, record: Whole): Kept => ({ keeper, record });
  const records = {
    person: kept('clinic', patient),
    helper: kept('clinic', { resourceType: 'RelatedPerson', id: id(), patient: subject }),
    insurance: kept('clinic', {
      resourceType: 'Coverage',
      id: id(),
      status: 'active',
      beneficiary: subject,
      payor: [{ display: '試験国保' }],
    }),
    consent: kept('clinic', consent),
    answers: kept('clinic', answers),
    'screening result': kept('clinic', observation('survey')),
    concern: kept('clinic', {
      resourceType: 'Condition',
      id: id(),
      subject,
      category: [concept(systems.conditionCategory, 'problem-list-item')],
      code: { text: '心配ごと' },
    }),
    referral: kept('clinic', request),
    'referral task': kept('clinic', { ...task, status: 'in-progress' }),
    'note of the doctor': kept('clinic', communication('medical-note', clinic, office)),
    'message of the clinic': kept('clinic', communication('message', clinic, office)),
    scan: kept('clinic', {
      resourceType: 'DocumentReference',
      id: id(),
      status: 'current',
      subject,
      content: [{ attachment: { title: '紙の控え' } }],
    }),
    'scanned pages': kept('clinic', {
      resourceType: 'Binary',
      id: id(),
      contentType: 'text/plain',
      data: 'QUJD',
      securityContext: subject,
    }),
    'who sent it': kept('clinic', {
      resourceType: 'Provenance',
      id: id(),
      target: [reference('Task', task.id), subject],
      recorded: at,
      agent: [{ who: by(clinic) }],
    }),
    'assessment sheet': kept('office', {
      ...answers,
      id: id(),
      questionnaire: answers.questionnaire?.replace('screening', 'assessment') ?? '',
    }),
    'observation at home': kept('office', observation('social-history')),
    goal: kept('office', {
      resourceType: 'Goal',
      id: id(),
      lifecycleStatus: 'active',
      description: { text: '週に一度は出かける' },
      subject,
    }),
    plan: kept('office', { resourceType: 'CarePlan', id: id(), status: 'active', intent: 'plan', subject }),
    'contact with the person': kept('office', communication('contact', office)),
    'report to the doctor': kept('office', communication('report', office, clinic)),
    'message to the group': kept('office', communication('message', office, resource, asked)),
    visit: kept('office', {
      resourceType: 'Encounter',
      id: id(),
      status: 'finished',
      class: coding(systems.actCode, 'HH'),
      subject,
    }),
    'support given': kept('office', { resourceType: 'Procedure', id: id(), status: 'completed', subject }),
    request: kept('office', asked),
    'request task': kept('office', {
      ...task,
      id: id(),
      status: 'accepted',
      focus: reference('ServiceRequest', asked.id),
      partOf: [reference('Task', task.id)],
      requester: by(office),
      owner: by(resource),
    }),
    'message of the group': kept('resource', communication('message', resource, office, asked)),
    attendance: kept('resource', {
      resourceType: 'Encounter',
      id: id(),
      status: 'finished',
      class: coding(systems.actCode, 'VR'),
      subject,
    }),
  };
  return { patient: patient.id, records, who: actors };
}

export type PersonRecords = ReturnType<typeof personWithEverything>['records'];
export type RecordName = keyof PersonRecords;

/** Puts them into the database past the rules, as they would be after weeks of work. */
export async function keepPerson(
  world: { bodies: Bodies; owner: pg.Pool },
  records: PersonRecords,
): Promise<void> {
  const entries = Object.values<Kept>(records).map(({ keeper, record }): Loaded => ({
    record,
    keeper: world.bodies[keeper].id,
  }));
  const client = await world.owner.connect();
  try {
    await client.query('begin');
    await loadRecords(client, entries, new Date());
    await client.query('commit');
  } finally {
    client.release();
  }
}
