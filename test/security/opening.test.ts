import { randomUUID } from 'node:crypto';
import type { Communication, Consent } from '@medplum/fhirtypes';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { concept, systems } from '../../src/fhir/codes.ts';
import { reference } from '../../src/fhir/references.ts';
import {
  consentBy,
  item,
  kindOfRecipient,
  makePlace,
  outcomeOf,
  recipient,
  requestTo,
  type Place,
  type Referral,
} from './place.ts';

let here: Place;
beforeAll(async () => {
  here = await makePlace();
});
afterAll(() => here.close());

const contactOnly = (referral: { consent: Consent }): void => {
  referral.consent.provision = { ...referral.consent.provision, code: [item('contact')] };
};

const groupsToo = ({ consent }: Referral): void => {
  consent.provision?.actor?.push(kindOfRecipient('resource'));
};
const note = (patient: string, to: string): Communication & { id: string } => ({
  resourceType: 'Communication',
  id: randomUUID(),
  status: 'completed',
  category: [concept(systems.communication, 'medical-note')],
  subject: reference('Patient', patient),
  recipient: [reference('Organization', to)],
  payload: [{ contentString: 'ほかの人には言っていない病名' }],
});

describe('whom a person was referred to', () => {
  test('cannot open more of the person to itself with a consent of its own', async () => {
    const referral = await here.refer(contactOnly);
    const { office, actors } = here.bodies;
    const consent = consentBy(referral, office.id, [recipient(office.id)]);
    for (const open of [here.open, here.bare])
      expect(await outcomeOf(open(actors.linkworker, (r) => r.save(consent)))).toBe('forbidden');
    expect(await here.sees(actors.linkworker, 'QuestionnaireResponse', referral.answers.id)).toBe(false);
  });

  test('cannot refer the person on, neither an office nor a resident nor a group', async () => {
    const { office, otherOffice, resource, actors } = here.bodies;
    const referral = await here.refer((one) =>
      one.consent.provision?.actor?.push(kindOfRecipient('resource')),
    );
    await here.open(actors.linkworker, async (r) => {
      await r.save({ ...(await r.read('Task', referral.task.id)), status: 'accepted' });
      return r.write(requestTo(referral, office.id, resource.id));
    });
    for (const [actor, body] of [
      [actors.linkworker, office],
      [actors.neighbour, office],
      [actors.resource, resource],
    ] as const)
      for (const open of [here.open, here.bare]) {
        const consent = consentBy(referral, body.id, [recipient(otherOffice.id)]);
        expect(await outcomeOf(open(actor, (r) => r.save(consent)))).toBe('forbidden');
        const request = requestTo(referral, body.id, otherOffice.id, { consent: consent.id, alone: true });
        expect(await outcomeOf(open(actor, (r) => r.write([consent, ...request])))).not.toBe('done');
      }
    expect(await here.sees(actors.otherLinkworker, 'Patient', referral.patient.id)).toBe(false);
  });

  test('cannot refer the person on even under the consent of the clinic', async () => {
    const { office, otherOffice, actors } = here.bodies;
    const referral = await here.refer((one) => one.consent.provision?.actor?.push(recipient(otherOffice.id)));
    const request = requestTo(referral, office.id, otherOffice.id, { alone: true });
    for (const open of [here.open, here.bare])
      expect(await outcomeOf(open(actors.linkworker, (r) => r.write(request)))).toBe('forbidden');
  });

  test('cannot ask a group about one person within the referral of another', async () => {
    const { office, resource, actors } = here.bodies;
    const [accepted, other] = [await here.refer(groupsToo), await here.refer(groupsToo)];
    await here.open(actors.linkworker, async (r) =>
      r.save({ ...(await r.read('Task', accepted.task.id)), status: 'accepted' }),
    );
    const [request, task] = requestTo(other, office.id, resource.id);
    const within = { ...task, partOf: [reference('Task', accepted.task.id)] };
    expect(await outcomeOf(here.open(actors.linkworker, (r) => r.write([request, within])))).toBe('invalid');
  });
});

describe('another clinic', () => {
  test('gets nothing by writing consents, tasks or records about a person it does not see', async () => {
    const referral = await here.refer();
    const { otherClinic, actors } = here.bodies;
    const consent = consentBy(referral, otherClinic.id, [recipient(otherClinic.id)]);
    const request = requestTo(referral, otherClinic.id, otherClinic.id, { consent: consent.id, alone: true });
    for (const open of [here.open, here.bare])
      expect(await outcomeOf(open(actors.otherDoctor, (r) => r.write([consent, ...request])))).toBe(
        'invalid',
      );
    expect(await here.sees(actors.otherDoctor, 'Patient', referral.patient.id)).toBe(false);
  });

  test('is not handed a person by the clinic that keeps it', async () => {
    const { patient } = await here.refer();
    const { otherClinic, actors } = here.bodies;
    const moved = here.bare(actors.doctor, async (r) =>
      r.save({
        ...(await r.read('Patient', patient.id)),
        managingOrganization: reference('Organization', otherClinic.id),
      }),
    );
    expect(await outcomeOf(moved)).toBe('forbidden');
    expect(await here.sees(actors.otherDoctor, 'Patient', patient.id)).toBe(false);
  });
});

describe('a consent opens what it says and nothing else', () => {
  const strange: Readonly<Record<string, (consent: Consent) => void>> = {
    'denies instead of permitting': ({ provision }) => Object.assign(provision ?? {}, { type: 'deny' }),
    'is about something else than sharing': (consent) => {
      consent.category = [concept(systems.consentScope, 'research')];
    },
    'names the office as custodian, not as recipient': ({ provision }) => {
      for (const actor of provision?.actor ?? []) actor.role = concept(systems.participation, 'CST');
    },
    'names the kind of body in somebody else’s words': ({ provision }) =>
      Object.assign(provision ?? {}, {
        actor: [
          {
            ...kindOfRecipient('office'),
            reference: { type: 'Organization', identifier: { system: 'urn:x', value: 'office' } },
          },
        ],
      }),
  };
  test.each(Object.keys(strange))('one that %s opens nobody', async (name) => {
    const { actors } = here.bodies;
    const edit = ({ consent }: { consent: Consent }) => strange[name]?.(consent);
    expect(await outcomeOf(here.refer(edit))).toBe('invalid');
    expect(await outcomeOf(here.refer(edit, here.bare))).toBe('conflict');
    // A task that is there already, under a good consent that then ends: the strange one keeps nothing open.
    const referral = await here.refer();
    const another = {
      ...referral.consent,
      id: randomUUID(),
      provision: { ...referral.consent.provision },
    } as Consent;
    edit({ consent: another });
    await here.bare(actors.doctor, async (r) => {
      await r.save({ ...(await r.read('Consent', referral.consent.id)), status: 'inactive' });
      await r.save(another);
    });
    expect(await here.sees(actors.linkworker, 'Patient', referral.patient.id)).toBe(false);
  });

  test('one that has an exception opens the rest', async () => {
    const { linkworker } = here.bodies.actors;
    for (const open of [here.open, here.bare]) {
      const referral = await here.refer(({ consent }) => {
        Object.assign(consent.provision ?? {}, { provision: [{ type: 'deny', code: [item('answers')] }] });
      }, open);
      expect(await here.sees(linkworker, 'Patient', referral.patient.id)).toBe(true);
      expect(await here.sees(linkworker, 'QuestionnaireResponse', referral.answers.id)).toBe(false);
    }
  });

  test.each([
    ['only in words', [{ text: '連絡先だけ' }]],
    ['in somebody else’s codes', [concept('urn:x', 'answers')]],
  ])('items named %s are not all items', async (_how, code) => {
    const referral = await here.refer(({ consent }) => {
      consent.provision = { ...consent.provision, code };
    }, here.bare);
    const { linkworker } = here.bodies.actors;
    expect(await here.sees(linkworker, 'QuestionnaireResponse', referral.answers.id)).toBe(false);
    expect(await here.sees(linkworker, 'Patient', referral.patient.id)).toBe(false);
  });

  test('what a short consent opens closes on its day, though a longer one opens something else', async () => {
    const referral = await here.refer(contactOnly);
    const { clinic, office, actors } = here.bodies;
    const short = consentBy(referral, clinic.id, [recipient(office.id)], {
      period: { start: '2026-01-01', end: '2098-01-01' },
      code: [item('answers')],
    });
    await here.open(actors.doctor, (r) => r.save(short));
    expect(await here.sees(actors.linkworker, 'QuestionnaireResponse', referral.answers.id)).toBe(true);
    await here.owner.query(
      `update sight set until = now() - interval '1 second' where patient_id = $1 and until < $2`,
      [referral.patient.id, '2098-06-01'],
    );
    expect(await here.sees(actors.linkworker, 'QuestionnaireResponse', referral.answers.id)).toBe(false);
    expect(await here.sees(actors.linkworker, 'Patient', referral.patient.id)).toBe(true);
  });

  test('a group gets no way to reach a person who did not say so', async () => {
    const { office, resource, actors } = here.bodies;
    const referral = await here.refer(({ consent }) => {
      consent.provision?.actor?.push(kindOfRecipient('resource'));
      consent.provision = { ...consent.provision, code: [item('answers'), item('plan')] };
    });
    // The office was not told how to reach the person either, so the request is loaded past the rules.
    const { loadRecords } = await import('../../src/fhir/load.ts');
    const client = await here.owner.connect();
    await client.query('begin');
    const request = requestTo(referral, office.id, resource.id);
    await loadRecords(
      client,
      request.map((record) => ({ record, keeper: office.id })),
      new Date(),
    );
    await client.query('commit');
    client.release();
    expect(await here.sees(actors.resource, 'Task', request[1].id)).toBe(true);
    expect(await here.sees(actors.resource, 'Patient', referral.patient.id)).toBe(false);
  });
});

describe('what was written', () => {
  test('stays of its kind, so that no history shows a medical note as a message', async () => {
    const { patient } = await here.refer();
    const { clinic, actors } = here.bodies;
    const written = note(patient.id, clinic.id);
    await here.open(actors.doctor, (r) => r.save(written));
    const turned = here.open(actors.doctor, async (r) =>
      r.save({
        ...(await r.read('Communication', written.id)),
        category: [concept(systems.communication, 'message')],
        payload: [{ contentString: 'こんにちは' }],
      }),
    );
    expect(await outcomeOf(turned)).toBe('forbidden');
  });

  test('to somebody is not changed by that somebody', async () => {
    const { patient } = await here.refer();
    const { clinic, actors } = here.bodies;
    const report = { ...note(patient.id, clinic.id), category: [concept(systems.communication, 'report')] };
    await here.open(actors.linkworker, (r) => r.save(report));
    const changed = here.open(actors.doctor, async (r) =>
      r.save({
        ...(await r.read('Communication', report.id)),
        payload: [{ contentString: '書きかえた' }],
      }),
    );
    expect(await outcomeOf(changed)).toBe('forbidden');
  });

  test('on a scan is opened as the most guarded item, never to a resident link worker', async () => {
    const { patient } = await here.refer();
    const id = randomUUID();
    await here.open(here.bodies.actors.doctor, (r) =>
      r.save({
        resourceType: 'Binary',
        id,
        contentType: 'text/plain',
        securityContext: reference('Patient', patient.id),
        data: 'QUJD',
      }),
    );
    expect(await here.sees(here.bodies.actors.linkworker, 'Binary', id)).toBe(true);
    expect(await here.sees(here.bodies.actors.neighbour, 'Binary', id)).toBe(false);
    const narrow = await here.refer(contactOnly);
    const other = randomUUID();
    await here.open(here.bodies.actors.doctor, (r) =>
      r.save({
        resourceType: 'Binary',
        id: other,
        contentType: 'text/plain',
        securityContext: reference('Patient', narrow.patient.id),
        data: 'QUJD',
      }),
    );
    expect(await here.sees(here.bodies.actors.linkworker, 'Binary', other)).toBe(false);
  });
});

describe('a consent that is withdrawn while the office accepts', () => {
  test('never leaves the person open or a referral begun on nothing', async () => {
    const { actors, office } = here.bodies;
    const ended: string[] = [];
    for (let round = 0; round < 12; round++) {
      const referral = await here.refer(undefined, here.bare);
      const task = await here.bare(actors.linkworker, (r) => r.read('Task', referral.task.id));
      const consent = await here.bare(actors.doctor, (r) => r.read('Consent', referral.consent.id));
      const [accepted, withdrawn] = await Promise.all([
        outcomeOf(here.bare(actors.linkworker, (r) => r.save({ ...task, status: 'accepted' }))),
        outcomeOf(here.bare(actors.doctor, (r) => r.save({ ...consent, status: 'inactive' }))),
      ]);
      expect(withdrawn).toBe('done');
      const { rows } = await here.owner.query(
        'select 1 from sight where patient_id = $1 and organization_id = $2',
        [referral.patient.id, office.id],
      );
      expect(rows).toHaveLength(0);
      ended.push(accepted);
    }
    expect(ended.filter((outcome) => !['done', 'conflict', 'not-found'].includes(outcome))).toEqual([]);
  });

  test('a referral that is sent just after the withdrawal is refused', async () => {
    const { actors } = here.bodies;
    const ended = here.refer((one) => {
      one.consent.status = 'inactive';
    }, here.bare);
    expect(await outcomeOf(ended)).toBe('conflict');
    expect(await here.sees(actors.linkworker, 'Patient', randomUUID())).toBe(false);
  });
});
