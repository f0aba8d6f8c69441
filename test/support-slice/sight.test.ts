import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Actor } from '../../src/kernel/actor.ts';
import { recordTypes } from '../../src/fhir/types.ts';
import { isAboutPerson } from '../../src/fhir/tables.ts';
import {
  readAssessment,
  askResources,
  close,
  logContact,
  recordAnswer,
  saveAssessment,
  tellPlan,
  writeGoal,
} from '../../src/support/service.ts';
import { readCase } from '../../src/support/case.ts';
import { makeStory, programs, secretNote, secretReason, type Story } from './fixture.ts';
import { refusalOf } from './refusal.ts';

let here: Story;
beforeAll(async () => {
  here = await makeStory();
});
afterAll(() => here.close());

const said = 'よく泣いておられる。夫の暴力の話も出た。';
const goalText = '安心して眠れる';

/** Everything about a person that an actor can find, as one text. */
const everythingSeen = (actor: Actor, patient: string): Promise<string> =>
  here.as(actor)(async (records) => {
    const seen: unknown[] = [];
    for (const type of recordTypes.filter(isAboutPerson)) {
      if (type === 'Binary') continue;
      seen.push(
        ...(await records.find(type, type === 'Patient' ? [['_id', patient]] : [['patient', patient]])),
      );
    }
    return JSON.stringify(seen);
  });

async function askedPerson(name: string) {
  const worker = here.as(here.bodies.actors.linkworker);
  const salon = await here.addResource();
  const other = await here.addResource({
    organizationId: here.bodies.otherResource.id,
    name: '子ども食堂（架空）',
  });
  const ids = await here.refer({ name });
  await worker((r) => logContact(r, { id: ids.task, kind: 'visited', text: said }));
  await worker((r) =>
    saveAssessment(r, programs, {
      id: ids.task,
      answers: { 's.mood': ['trouble'], 'w.wish': [said] },
      language: 'ja',
      complete: false,
    }),
  );
  await worker((r) => writeGoal(r, { id: ids.task, text: goalText, needs: [] }));
  const asking = {
    id: ids.task,
    resources: [salon.id, other.id],
    wish: `${name}さんが編み物の見学をしたい`,
    answerBy: '2026-12-04',
    will: { way: 'phone' },
  } as const;
  const { requests } = await worker((r) => askResources(r, 'https://tsunagi.example', asking));
  return { ...ids, salon, other, requests, worker };
}

describe('what a community group sees of a person it was asked about', () => {
  test('is how to reach them and what is wished, nothing medical, no answers, no other group', async () => {
    const { patient } = await askedPerson('佐々木');
    const seen = await everythingSeen(here.bodies.actors.resource, patient);
    expect(seen).toContain('佐々木さんが編み物の見学をしたい');
    expect(seen).toContain('018-000-0101');
    for (const secret of [
      secretReason,
      secretNote,
      said,
      goalText,
      'intimate-partner-violence',
      'no-day',
      '意向',
      here.bodies.otherResource.id,
    ])
      expect({ secret, seen: seen.includes(secret) }).toEqual({ secret, seen: false });
  });

  test('ends when its request is called off', async () => {
    const { patient, requests, worker } = await askedPerson('高橋');
    await worker((r) =>
      recordAnswer(r, {
        id: requests[0]?.id ?? '',
        move: 'cancel',
        reason: { code: 'no-longer-wanted', text: '今回は見送る' },
      }),
    );
    const seen = await everythingSeen(here.bodies.actors.resource, patient);
    expect(seen).not.toContain('018-000-0101');
  });
});

describe('a resident link worker', () => {
  test('logs a contact, and the referral starts', async () => {
    const { task } = await here.refer();
    const neighbour = here.as(here.bodies.actors.neighbour);
    // It is in a colleague's hands: for a resident it does not exist.
    expect(await refusalOf(neighbour((r) => logContact(r, { id: task, kind: 'visited', text: '' })))).toEqual(
      ['not-found'],
    );
    const { assign } = await import('../../src/referral/service.ts');
    await here.as(here.bodies.actors.linkworker)((r) =>
      assign(r, { id: task, assignee: here.bodies.actors.neighbour.post ?? '' }),
    );
    const logged = await neighbour((r) => logContact(r, { id: task, kind: 'visited', text: '庭先で話した' }));
    expect(logged).toMatchObject({ status: 'in-progress', step: 'met' });
  });

  test('reads no answers, assessment or plan, and cannot write one', async () => {
    const { patient } = await askedPerson('伊藤');
    const seen = await everythingSeen(here.bodies.actors.neighbour, patient);
    for (const secret of [secretNote, goalText, 's.mood', 'no-day'])
      expect({ secret, seen: seen.includes(secret) }).toEqual({ secret, seen: false });
    const { task } = await here.refer();
    const neighbour = here.bodies.actors.neighbour;
    const { assign } = await import('../../src/referral/service.ts');
    await here.as(here.bodies.actors.linkworker)((r) =>
      assign(r, { id: task, assignee: neighbour.post ?? '' }),
    );
    const write = here.as(neighbour)((r) => writeGoal(r, { id: task, text: '目標', needs: [] }));
    await expect(write).rejects.toThrow();
    const sheet = await here.as(neighbour)(async (r) =>
      readAssessment(r, programs, await readCase(r, task), 'ja'),
    );
    expect(sheet).toMatchObject({ answers: {}, screening: undefined });
  });
});

describe('the reports of a referral', () => {
  test('are read by the clinic that referred, by no other, and hold nothing of other people', async () => {
    const one = await askedPerson('鈴木');
    const two = await askedPerson('渡辺');
    const reports = [];
    for (const { task, requests, worker } of [one, two]) {
      const { report: plan } = await worker((r) => tellPlan(r, { id: task, text: '計画です' }));
      const goals = await worker(async (r) =>
        (await r.find('Goal', [['patient', one.task === task ? one.patient : two.patient]])).map((g) => g.id),
      );
      const { report } = await worker((r) =>
        close(r, programs, {
          id: task,
          outcome: { code: 'partly', text: '少し外に出るようになった' },
          requests: requests.map((q) => ({
            request: q.id,
            move: 'cancel',
            reason: { code: 'no-longer-wanted', text: '終わり' },
          })),
          goals: Object.fromEntries(goals.map((id) => [id, 'improving'])),
        }),
      );
      reports.push([plan, report ?? '']);
    }
    const doctor = here.as(here.bodies.actors.doctor);
    for (const id of reports.flat()) {
      const text = JSON.stringify(await doctor((r) => r.read('Communication', id)));
      const isFirst = reports[0]?.includes(id);
      expect(text).not.toContain(isFirst ? two.patient : one.patient);
      expect(text).not.toContain(isFirst ? '渡辺' : '鈴木');
      expect(text).not.toContain(said);
      for (const other of ['otherDoctor', 'otherLinkworker', 'resource', 'council', 'neighbour'] as const)
        expect(
          await refusalOf(here.as(here.bodies.actors[other])((r) => r.read('Communication', id))),
        ).toEqual(['not-found']);
    }
  });
});
