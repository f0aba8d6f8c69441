import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { findLink, makeLink } from '../../src/access/links.ts';
import { concept, canonical, systems } from '../../src/fhir/codes.ts';
import { reference } from '../../src/fhir/references.ts';
import type { FhirRecord } from '../../src/fhir/types.ts';
import type { Actor } from '../../src/kernel/actor.ts';
import { consentBy, makePlace, outcomeOf, recipient, type Place } from './place.ts';

let here: Place;
beforeAll(async () => {
  here = await makePlace();
});
afterAll(() => here.close());

const bearer = (patient: string): Actor => ({
  role: 'patient',
  organization: here.bodies.clinic.id,
  patient,
  via: 'link',
  request: 'test',
});
const answers = (patient: string): FhirRecord => ({
  resourceType: 'QuestionnaireResponse',
  questionnaire: `${canonical}/Questionnaire/akita-screening|1.3.0`,
  status: 'in-progress',
  subject: reference('Patient', patient),
  authored: '2026-11-20T10:00:00+09:00',
});

describe('a person with a link to the questionnaire', () => {
  test('writes answers', async () => {
    const { patient } = await here.refer();
    expect(await outcomeOf(here.bare(bearer(patient.id), (r) => r.save(answers(patient.id))))).toBe('done');
  });

  test('writes nothing else, even where no rule of a slice is asked', async () => {
    const referral = await here.refer();
    const { patient, task, consent } = referral;
    const { clinic, otherOffice } = here.bodies;
    const me = bearer(patient.id);
    const tries: Record<string, () => Promise<unknown>> = {
      'a new person': () => here.bare(me, (r) => r.save({ ...patient, id: randomUUID() })),
      'a consent': () =>
        here.bare(me, (r) => r.save(consentBy(referral, clinic.id, [recipient(otherOffice.id)]))),
      'the own details': () =>
        here.bare(me, async (r) =>
          r.save({ ...(await r.read('Patient', patient.id)), birthDate: '1900-01-01' }),
        ),
      'the referral': () =>
        here.bare(me, async (r) =>
          r.save({ ...(await r.read('Task', task.id)), status: 'cancelled', statusReason: { text: '理由' } }),
        ),
      'the consent of the clinic': () =>
        here.bare(me, async (r) => r.save({ ...(await r.read('Consent', consent.id)), status: 'inactive' })),
    };
    for (const [what, work] of Object.entries(tries))
      expect({ what, is: await outcomeOf(work()) }).toEqual({ what, is: 'forbidden' });
  });

  test('sees and writes about nobody else of the same clinic', async () => {
    const [one, other] = [await here.refer(), await here.refer()];
    const me = bearer(one.patient.id);
    expect(await here.sees(me, 'Patient', other.patient.id)).toBe(false);
    expect(await outcomeOf(here.bare(me, (r) => r.save(answers(other.patient.id))))).toBe('invalid');
  });
});

describe('a link', () => {
  const expires = new Date(Date.now() + 3_600_000);
  const toPerson = (actor: Actor, patient: string) =>
    here.open(actor, (r) =>
      makeLink(r, { purpose: 'answer-questionnaire', organization: actor.organization, patient, expires }),
    );

  test('to a person is made by nobody who does not see that person, in the same words as for no person', async () => {
    const { patient, task } = await here.refer();
    const { otherDoctor, otherLinkworker, doctor } = here.bodies.actors;
    expect(await outcomeOf(toPerson(otherDoctor, patient.id))).toBe('not-found');
    expect(await outcomeOf(toPerson(otherDoctor, randomUUID()))).toBe('not-found');
    const toTask = here.open(otherLinkworker, (r) =>
      makeLink(r, {
        purpose: 'answer-request',
        organization: here.bodies.otherOffice.id,
        task: task.id,
        expires,
      }),
    );
    expect(await outcomeOf(toTask)).toBe('not-found');
    expect(await outcomeOf(toPerson(doctor, patient.id))).toBe('done');
  });

  test('to a request is bound to its person', async () => {
    const { patient, task } = await here.refer();
    const { linkworker } = here.bodies.actors;
    const organization = here.bodies.resource.id;
    const secret = await here.open(linkworker, (r) =>
      makeLink(r, { purpose: 'answer-request', organization, task: task.id, expires }),
    );
    const link = await findLink(here.database, secret, 'answer-request', new Date());
    expect([link.task, link.patient]).toEqual([task.id, patient.id]);
  });

  test('serves its one purpose', async () => {
    const { patient } = await here.refer();
    const secret = await toPerson(here.bodies.actors.doctor, patient.id);
    const find = (purpose: 'answer-questionnaire' | 'answer-request', now = new Date()) =>
      outcomeOf(findLink(here.database, secret, purpose, now));
    expect(await find('answer-questionnaire')).toBe('done');
    expect(await find('answer-request')).toBe('gone');
    expect(await find('answer-questionnaire', new Date(expires.getTime() + 1))).toBe('gone');
  });
});

test('a resident link worker or a group registers nobody', async () => {
  for (const actor of [here.bodies.actors.neighbour, here.bodies.actors.resource]) {
    const person = here.bare(actor, (r) =>
      r.save({
        resourceType: 'Patient',
        name: [{ text: '試験 太郎' }],
        managingOrganization: reference('Organization', actor.organization),
      }),
    );
    expect(await outcomeOf(person)).toBe('forbidden');
  }
});

test('no role writes a record in the name of another organization', async () => {
  const { patient } = await here.refer();
  const { linkworker } = here.bodies.actors;
  const goal = await here.open(linkworker, (r) =>
    r.save({
      resourceType: 'Goal',
      lifecycleStatus: 'active',
      description: { text: '外に出る' },
      subject: reference('Patient', patient.id),
      category: [concept(systems.need, 'other')],
    }),
  );
  const { rows } = await here.owner.query<{ keeper: string }>('select keeper from goal where id = $1', [
    goal.id,
  ]);
  expect(rows[0]?.keeper).toBe(here.bodies.office.id);
});

const post = (body: string): FhirRecord => ({
  resourceType: 'PractitionerRole',
  active: true,
  organization: reference('Organization', body),
  code: [concept(systems.post, 'linkworker')],
});

test('nobody but an administrator gives a post, at home or elsewhere, or adds a form', async () => {
  const { office, otherOffice, resource, actors } = here.bodies;
  const form: FhirRecord = {
    resourceType: 'Questionnaire',
    status: 'active',
    url: `${canonical}/Questionnaire/akita-screening`,
    version: '1.0.0',
  };
  for (const actor of [
    actors.doctor,
    actors.linkworker,
    actors.neighbour,
    actors.resource,
    actors.coordinator,
  ])
    for (const record of [post(office.id), post(otherOffice.id), post(resource.id), form])
      expect(await outcomeOf(here.bare(actor, (r) => r.save(record)))).toBe('forbidden');
  const moved = here.bare(actors.linkworker, async (r) =>
    r.save({
      ...(await r.read('PractitionerRole', actors.linkworker.post ?? '')),
      organization: reference('Organization', otherOffice.id),
    }),
  );
  expect(await outcomeOf(moved)).toBe('forbidden');
  expect(await outcomeOf(here.open(actors.admin, (r) => r.save(post(office.id))))).toBe('done');
});
