import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { buildConsent } from '../../src/consent/record.ts';
import { reference } from '../../src/fhir/references.ts';
import type { Program } from '../../src/programs/program.ts';
import { publishForms } from '../../src/programs/publish.ts';
import { readCase } from '../../src/support/case.ts';
import { makeScene, programs, type Scene } from './scene.ts';

let here: Scene;
beforeAll(async () => {
  here = await makeScene();
});
afterAll(() => here.close());

/** Akita's program, whose residents see these items by themselves. */
const publish = (items: Program['linkWorkers'][number]['items']): Promise<void> =>
  publishForms(
    here.ownerUrl,
    programs.map((program) =>
      program.id !== 'akita'
        ? program
        : {
            ...program,
            linkWorkers: program.linkWorkers.map((one) =>
              one.post === 'neighbour' ? { ...one, items } : one,
            ),
          },
    ),
    here.time.now(),
  );

/** Which kinds of record of a person somebody finds, by search and by reading one by one. */
async function seen(actor: 'neighbour' | 'linkworker', patient: string, task: string) {
  return here.as(here.bodies.actors[actor])(async (r) => ({
    person: (await r.readMany('Patient', [patient])).length,
    found: (await r.find('Patient', [['_id', patient]])).length,
    relatives: (await r.find('RelatedPerson', [['patient', patient]])).length,
    task: (await r.readMany('Task', [task])).length,
    answers: (await r.find('QuestionnaireResponse', [['patient', patient]])).length,
  }));
}

const addRelative = (patient: string): Promise<unknown> =>
  here.worker((r) =>
    r.write([{ resourceType: 'RelatedPerson', id: randomUUID(), patient: reference('Patient', patient) }]),
  );

test('what a program narrows for residents holds in the database, also of what their own office wrote, and for referrals of before', async () => {
  const ids = await here.refer({ accepted: false });
  await addRelative(ids.patient);
  const wide = { person: 1, found: 1, relatives: 1, task: 1, answers: 0 };
  expect(await seen('neighbour', ids.patient, ids.task)).toEqual(wide);

  await publish(['request']);
  const narrow = { person: 0, found: 0, relatives: 0, task: 1, answers: 0 };
  expect(await seen('neighbour', ids.patient, ids.task)).toEqual(narrow);
  await expect(here.as(here.bodies.actors.neighbour)((r) => readCase(r, ids.task))).rejects.toThrow();
  // Professionals see what they saw, and a referral that is sent now is as narrow.
  expect(await seen('linkworker', ids.patient, ids.task)).toEqual({ ...wide, answers: 1 });
  const later = await here.refer({ accepted: false });
  await addRelative(later.patient);
  expect(await seen('neighbour', later.patient, later.task)).toEqual(narrow);

  await publish(['request', 'contact']);
  expect(await seen('neighbour', ids.patient, ids.task)).toEqual(wide);
});

test('what the person opens to residents by name is opened, whatever the program says', async () => {
  await publish(['request']);
  const ids = await here.refer({ accepted: false });
  await here.as(here.bodies.actors.doctor)((r) =>
    r.write([
      buildConsent(
        {
          patient: ids.patient,
          clinic: here.bodies.clinic.id,
          recipients: ['office', 'resident'],
          recipientIds: [],
          items: ['contact', 'answers'],
          also: [{ recipient: 'resident', items: ['contact', 'answers'] }],
          from: '2026-11-20',
          until: '2027-11-19',
          at: here.time.now().toISOString(),
          explainedBy: here.bodies.actors.doctor.post,
          explainedHow: 'spoken',
          proxy: undefined,
          evidence: { kind: 'paper', title: '同意書（紙）' },
          status: 'active',
        },
        randomUUID(),
      ),
    ]),
  );
  expect(await seen('neighbour', ids.patient, ids.task)).toMatchObject({ person: 1, found: 1, answers: 1 });
  await publish(['request', 'contact']);
});
