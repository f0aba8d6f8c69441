import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { answer } from '../../src/referral/answer/service.ts';
import { move } from '../../src/referral/move.ts';
import { readTask } from '../../src/referral/record.ts';
import { unseenAnswers } from '../../src/referral/unseen.ts';
import { buildConsent, readConsent } from '../../src/consent/record.ts';
import { hashSecret } from '../../src/access/secrets.ts';
import type { Asking } from '../../src/support/ask.ts';
import { prepareSheet } from '../../src/support/sheet.ts';
import { askResources, close, confirmAnswers, recordAnswer } from '../../src/support/service.ts';
import { makeStory, programs, type Story } from './fixture.ts';
import { refusalOf } from './refusal.ts';

let here: Story;
beforeAll(async () => {
  here = await makeStory();
});
afterAll(() => here.close());

const publicUrl = 'https://tsunagi.example';
const asking = (id: string, resources: readonly string[], given: Partial<Asking> = {}): Asking => ({
  id,
  resources,
  wish: '見学から参加したい',
  answerBy: '2026-12-04',
  will: { way: 'phone' },
  ...given,
});
type Mail = { recipient: string; subject: string; body: string };
const mails = async (): Promise<Mail[]> =>
  (await here.owner.query<Mail>('select recipient, subject, body from outbox order by id')).rows;
const linksOf = async (task: string) =>
  (await here.owner.query('select token_hash, used_at from one_time_link where task_id = $1', [task]))
    .rows as {
    token_hash: Buffer;
    used_at: Date | null;
  }[];

describe('asking a community resource', () => {
  test('is refused without a consent that opens it, and the sentence says what to do', async () => {
    const salon = await here.addResource();
    const { task } = await here.refer({ recipients: ['office'] });
    const worker = here.as(here.bodies.actors.linkworker);
    const refused = await refusalOf(worker((r) => askResources(r, publicUrl, asking(task, [salon.id]))));
    expect(refused).toHaveLength(1);
    expect(refused[0]).toContain('同意を広げてもらってください');
  });

  test('is refused while nobody has made sure that the person wants it now', async () => {
    const salon = await here.addResource();
    const { task } = await here.refer();
    const worker = here.as(here.bodies.actors.linkworker);
    const refused = await refusalOf(
      worker((r) => askResources(r, publicUrl, asking(task, [salon.id], { will: undefined }))),
    );
    expect(refused).toEqual(['ご本人が今もそう望んでいるか、送る前に確かめてください。']);
  });

  test('happens once for each resource however often the button is pressed', async () => {
    const salon = await here.addResource();
    const other = await here.addResource({ organizationId: here.bodies.otherResource.id });
    const { task } = await here.refer();
    const worker = here.as(here.bodies.actors.linkworker);
    const press = () =>
      worker((r) => askResources(r, publicUrl, asking(task, [salon.id, other.id])), 'one press');
    const [first, second] = await Promise.all([press(), press()]);
    expect(second).toEqual(first);
    const tasks = await worker((r) => r.find('Task', [['part-of', task]]));
    expect(tasks).toHaveLength(2);
    // With another key it is somebody who asks again: while the first is open, that is refused.
    const again = await refusalOf(worker((r) => askResources(r, publicUrl, asking(task, [salon.id]))));
    expect(again[0]).toContain('すでに依頼しています');
  });

  test('keeps no secret of a link anywhere but in the mail, and the mail says nothing of the person', async () => {
    const salon = await here.addResource({ contact: { email: 'only@example.jp' } });
    const { task } = await here.refer({ name: '秘密' });
    const worker = here.as(here.bodies.actors.linkworker);
    const asked = await worker((r) => askResources(r, publicUrl, asking(task, [salon.id])), 'a key');
    const mail = (await mails()).find((m) => m.recipient === 'only@example.jp');
    const text = `${mail?.subject ?? ''} ${mail?.body ?? ''}`;
    for (const word of ['秘密', '花子', '018-000-0101', '見学', '編み物']) expect(text).not.toContain(word);
    const secret = /\/r\/(\S+)/.exec(text)?.[1] ?? '';
    const links = await linksOf(asked.requests[0]?.id ?? '');
    expect(links.map((l) => l.token_hash.equals(hashSecret(secret)))).toEqual([true]);
    const kept = await here.owner.query('select answer::text as answer from once');
    expect(JSON.stringify(kept.rows)).not.toContain(secret);
  });

  test('prints sheets that each have a link of their own, and all end with the answer', async () => {
    const salon = await here.addResource({ contact: {} });
    const { task } = await here.refer();
    const worker = here.as(here.bodies.actors.linkworker);
    const asked = await worker((r) => askResources(r, publicUrl, asking(task, [salon.id])));
    const id = asked.requests[0]?.id ?? '';
    const print = () => worker((r) => prepareSheet(r, { id, publicUrl, language: 'ja' }));
    const [first, second] = [await print(), await print()];
    expect(first.answer?.url).not.toBe(second.answer?.url);
    expect(first.requestNumber).toMatch(/-1$/);
    expect(first.person).toEqual({
      name: '試験 花子',
      kana: 'シケン ハナコ',
      age: 78,
      area: '架空市',
      // Of the two needs of the referral the one that the salon helps with.
      needs: ['孤立・人とのつながり'],
    });
    expect(JSON.stringify(first)).not.toMatch(/うつ|心不全|暴力/);
    expect(await linksOf(id)).toHaveLength(2);
    await worker((r) => recordAnswer(r, { id, move: 'welcome' }));
    expect((await linksOf(id)).every((l) => l.used_at !== null)).toBe(true);
    // Who was welcomed has to be reached; nothing is asked any more.
    const after = await print();
    expect(after.person).toEqual({
      ...first.person,
      postalCode: '010-0001',
      address: '秋田県架空市本町1丁目1番1号',
      phone: '018-000-0101',
    });
    expect([after.answer, after.answerBy]).toEqual([undefined, undefined]);
    expect(await linksOf(id)).toHaveLength(2);
    await worker((r) =>
      recordAnswer(r, { id, move: 'cancel', reason: { code: 'other', text: '入院された' } }),
    );
    expect(await refusalOf(print())).toEqual(['終わった依頼です。依頼票はもう要りません。']);
  });
});

describe('several groups asked at once', () => {
  test('each read their own text where one was written, the text for all where none was', async () => {
    const salon = await here.addResource();
    const other = await here.addResource({ organizationId: here.bodies.otherResource.id });
    const { task } = await here.refer();
    const worker = here.as(here.bodies.actors.linkworker);
    const wishes = { [other.id]: '送り迎えをお願いしたい' };
    const ids = [salon.id, other.id];
    const { requests } = await worker((r) => askResources(r, publicUrl, asking(task, ids, { wishes })));
    const read = await Promise.all(
      requests.map(({ id }) => worker((r) => prepareSheet(r, { id, publicUrl, language: 'ja' }))),
    );
    expect(read.map((sheet) => sheet.asked)).toEqual(['見学から参加したい', '送り迎えをお願いしたい']);
    const empty = { [other.id]: '  ' };
    const { task: second } = await here.refer();
    const refused = await refusalOf(
      worker((r) => askResources(r, publicUrl, asking(second, ids, { wishes: empty }))),
    );
    expect(refused).toEqual(['お願いしたいことを書いてください。']);
  });
});

test('a sheet is not printed for a group that the consent no longer opens, though the office still sees the person', async () => {
  const salon = await here.addResource();
  const { task, consent, patient } = await here.refer({ recipients: ['office'] });
  const worker = here.as(here.bodies.actors.linkworker);
  await here.as(here.bodies.actors.doctor)(async (r) =>
    r.save(
      buildConsent({
        ...readConsent(await r.read('Consent', consent)),
        recipients: ['resource'],
        until: '2027-10-31',
      }),
    ),
  );
  const { requests } = await worker((r) => askResources(r, publicUrl, asking(task, [salon.id])));
  // Over by the service's clock, before the row rules, which go by the database's, have closed anything.
  const almostYear = 350 * 24 * 60;
  here.time.forward(almostYear);
  const known = await worker((r) => r.read('Patient', patient));
  expect(known.id).toBe(patient);
  const print = worker((r) => prepareSheet(r, { id: requests[0]?.id ?? '', publicUrl, language: 'ja' }));
  expect(await refusalOf(print)).toEqual([
    'この団体に伝える同意が、いまはありません。依頼票は印刷できません。',
  ]);
  here.time.forward(-almostYear);
});

describe('a group’s answer through its link', () => {
  test('waits to be seen, and one press makes the referral’s step follow', async () => {
    const salon = await here.addResource();
    const { task } = await here.refer();
    const worker = here.as(here.bodies.actors.linkworker);
    const asked = await worker((r) => askResources(r, publicUrl, asking(task, [salon.id])));
    const id = asked.requests[0]?.id ?? '';
    here.time.forward(5);
    await answer(here.open, here.bodies.actors.resource, { task: id, move: 'welcome' });
    const waiting = () =>
      worker(async (r) =>
        unseenAnswers(await r.read('Task', task), await r.find('Task', [['part-of', task]])),
      );
    expect(await waiting()).toEqual([id]);
    here.time.forward(5);
    expect(await worker((r) => confirmAnswers(r, { id: task }))).toEqual({ step: 'linked' });
    expect(await waiting()).toEqual([]);
    here.time.forward(5);
    await answer(here.open, here.bodies.actors.resource, { task: id, move: 'begin' });
    here.time.forward(5);
    await answer(here.open, here.bodies.actors.resource, {
      task: id,
      move: 'finish',
      outcome: { code: 'connected', text: '毎週来ている' },
    });
    // What the group finished by itself is recorded as done at once, and not again when the office closes.
    await worker((r) =>
      close(r, programs, {
        id: task,
        outcome: { code: 'connected', text: 'つながった' },
        requests: [],
        goals: {},
      }),
    );
    const state = await worker(async (r) => readTask(await r.read('Task', task)));
    expect(state).toMatchObject({ status: 'completed', step: 'ended' });
    const done = await worker((r) => r.find('Procedure', [['patient', state.patient]]));
    expect(done).toMatchObject([{ outcome: { text: '毎週来ている' } }]);
  });

  test('that the office enters is kept as entered for the group', async () => {
    const salon = await here.addResource();
    const { task, patient } = await here.refer();
    const { linkworker } = here.bodies.actors;
    const worker = here.as(linkworker);
    const asked = await worker((r) => askResources(r, publicUrl, asking(task, [salon.id])));
    await worker((r) => recordAnswer(r, { id: asked.requests[0]?.id ?? '', move: 'welcome' }));
    const traces = await worker((r) => r.find('Provenance', [['patient', patient]]));
    const entered = traces.find(
      (t) => t.agent[0]?.onBehalfOf?.reference === `Organization/${here.bodies.resource.id}`,
    );
    expect(entered?.agent[0]?.who.reference).toBe(`PractitionerRole/${linkworker.post ?? ''}`);
  });
});

describe('a referral that ends without success', () => {
  test('calls off what it still asks of groups, and their links end', async () => {
    const salon = await here.addResource();
    const { task } = await here.refer();
    const worker = here.as(here.bodies.actors.linkworker);
    const { requests } = await worker((r) => askResources(r, publicUrl, asking(task, [salon.id])));
    const [{ id: asked } = { id: '' }] = requests;
    await worker((r) =>
      move(r, programs, {
        id: task,
        move: 'fail',
        reason: { code: 'unreachable', text: '連絡がつきません。' },
      }),
    );
    const { rows } = await here.owner.query<{ status: string }>('select status from task where id = $1', [
      asked,
    ]);
    expect(rows).toEqual([{ status: 'cancelled' }]);
    expect((await linksOf(asked)).every((link) => link.used_at !== null)).toBe(true);
  });
});
