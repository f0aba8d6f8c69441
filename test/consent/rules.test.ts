import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Consent } from '@medplum/fhirtypes';
import { withdraw, withdrawParts } from '../../src/consent/record.ts';
import { concept, systems } from '../../src/fhir/codes.ts';
import { reference } from '../../src/fhir/references.ts';
import type { Stored } from '../../src/fhir/types.ts';
import { makeScene, refusalOf, start, type Scene } from './scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await makeScene();
});
afterAll(async () => {
  await scene.close();
});

type Change = (consent: Consent) => Consent;
const provision =
  (change: Partial<NonNullable<Consent['provision']>>): Change =>
  (consent) => ({ ...consent, provision: { ...consent.provision, ...change } });
const without =
  (name: keyof Consent): Change =>
  (consent) => {
    const { [name]: _left, ...rest } = consent;
    return rest as Consent;
  };
const write = (change: Change, consent: Consent = scene.consent()) =>
  refusalOf(scene.open(scene.bodies.actors.doctor, (records) => records.save(change(consent))));

describe('a new consent', () => {
  test('as the clinic’s pages make it is taken', async () => {
    expect(await write((c) => c)).toEqual([]);
  });

  test('as a stranger’s program makes it, without items and with one office by name, is taken', async () => {
    const office = reference('Organization', scene.bodies.office.id);
    const change = provision({
      code: [],
      actor: [{ role: concept(systems.participation, 'IRCP'), reference: office }],
    });
    expect(
      await write((c) => {
        const { code: _none, ...rest } = change(c).provision ?? {};
        return { ...without('extension')(c), provision: rest };
      }),
    ).toEqual([]);
  });

  const faulty: Record<string, readonly [Change, string]> = {
    'that is over already': [(c) => ({ ...c, status: 'inactive' }), 'Consent.status'],
    'of another category': [
      (c) => ({ ...c, category: [concept(systems.actCode, 'INFA')] }),
      'Consent.category',
    ],
    'without its day': [without('dateTime'), 'Consent.dateTime'],
    'taken in another clinic’s name': [
      (c) => ({ ...c, organization: [reference('Organization', scene.bodies.otherClinic.id)] }),
      'Consent.organization',
    ],
    'without any proof': [without('sourceAttachment'), 'Consent.source[x]'],
    'that forbids instead of permitting': [provision({ type: 'deny' }), 'Consent.provision.type'],
    'without an end': [provision({ period: { start: '2026-11-20' } }), 'Consent.provision.period'],
    'that ends before it starts': [
      provision({ period: { start: '2026-11-20', end: '2026-11-19' } }),
      'Consent.provision.period',
    ],
    'that starts next week, since its rows would open today': [
      provision({ period: { start: '2026-11-27', end: '2027-11-26' } }),
      'Consent.provision.period.start',
    ],
    'without anybody who may see': [provision({ actor: [] }), 'Consent.provision.actor'],
    'for a kind of body nobody knows': [
      provision({
        actor: [
          {
            role: concept(systems.participation, 'IRCP'),
            reference: { identifier: { system: systems.organizationType, value: 'council' } },
          },
        ],
      }),
      'Consent.provision.actor[0].reference',
    ],
    'with an actor who is no recipient': [
      (c) =>
        provision({
          actor: [
            ...(c.provision?.actor ?? []),
            {
              role: concept(systems.participation, 'CST'),
              reference: reference('Organization', scene.bodies.clinic.id),
            },
          ],
        })(c),
      'Consent.provision.actor[1].role',
    ],
    'for items nobody knows': [
      provision({ code: [concept('http://loinc.org', '59284-0')] }),
      'Consent.provision.code[0]',
    ],
    'with an exception that says nothing': [
      provision({ provision: [{ type: 'deny' }] }),
      'Consent.provision.provision[0]',
    ],
    'that adds something for nobody in particular': [
      provision({ provision: [{ type: 'permit', code: [concept(systems.consentItem, 'answers')] }] }),
      'Consent.provision.provision[0]',
    ],
    'with an exception inside an exception': [
      provision({
        provision: [
          {
            type: 'deny',
            code: [concept(systems.consentItem, 'answers')],
            provision: [{ type: 'permit' }],
          },
        ],
      }),
      'Consent.provision.provision[0]',
    ],
  };
  test.each(Object.entries(faulty))('%s is refused where it is wrong', async (_name, [change, path]) => {
    const paths = await write((c) => {
      const changed = change(c);
      const actor = changed.provision?.actor;
      // FHIR has no empty lists.
      if (actor?.length !== 0 || !changed.provision) return changed;
      const { actor: _none, ...rest } = changed.provision;
      return { ...changed, provision: rest };
    });
    expect(paths).toEqual([path]);
  });
});

const given = async (): Promise<Stored<Consent>> =>
  scene.open(scene.bodies.actors.doctor, (records) => records.save(scene.consent()));

describe('a consent that was given', () => {
  test('is taken back with a reason, and then stays as it is', async () => {
    const consent = await given();
    const over = withdraw(consent, 'ご本人の申し出', start);
    expect(await write(() => over)).toEqual([]);
    const again = { ...over, meta: { ...over.meta, versionId: '2' } };
    expect(await write(() => ({ ...again, status: 'active' }))).toEqual(['Consent.status']);
  });

  test('is not taken back without a reason', async () => {
    const consent = await given();
    expect(await write(() => ({ ...consent, status: 'inactive' }))).toEqual(['Consent.extension']);
  });

  test('opens nothing more afterwards: what was agreed to cannot be changed', async () => {
    const consent = await given();
    const wider = scene.consent({ recipients: ['office', 'resource'] }).provision;
    const over = withdraw(consent, 'x', start);
    expect(await write(() => ({ ...over, ...(wider ? { provision: wider } : {}) }))).toEqual(['Consent']);
    expect(await write(() => ({ ...consent, dateTime: '2026-11-21' }))).toEqual([
      'Consent',
      'Consent.status',
    ]);
  });

  test('is taken back in part, with a reason, and a part that was taken back stays so', async () => {
    const consent = await given();
    const part = { recipient: 'office', item: 'plan', reason: 'ご本人の申し出', at: start } as const;
    const less = withdrawParts(consent, [part]);
    const bare = structuredClone(less);
    delete bare.provision?.provision?.[0]?.extension;
    expect(await write(() => bare)).toEqual(['Consent.provision.provision']);
    expect(await write(() => less)).toEqual([]);
    const again = { ...less, meta: { ...less.meta, versionId: '2' } };
    const { provision: _parts, ...whole } = again.provision ?? {};
    expect(await write(() => ({ ...again, provision: whole }))).toEqual(['Consent', 'Consent.status']);
    expect(await write(() => withdraw(again, 'すべて', start))).toEqual([]);
  });
});
