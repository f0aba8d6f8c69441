import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { answer } from '../../src/referral/answer/service.ts';
import { groupMoves } from '../../src/referral/answer/moves.ts';
import type { Actor } from '../../src/kernel/actor.ts';
import { requestMoves, type Status } from '../../src/referral/workflow.ts';
import { makeAsking, wish, type AskingScene } from './answer-scene.ts';
import { outcomeOf } from './fixture.ts';

let scene: AskingScene;
beforeAll(async () => {
  scene = await makeAsking();
});
afterAll(() => scene.close());

const words = (html: string): string => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
const person = ['試験 花子', 'シケン ハナコ', '84歳', '朝凪市'];
/** For after the welcome. */
const reach = ['050-0000-0001', '浜町'];
const linkActor = (organization: string): Actor => ({
  role: 'resource',
  organization,
  via: 'link',
  request: 'test',
});

describe('a group that opens its link', () => {
  test('reads who asks, what is asked and of whom, and neither how to reach the person nor anything else of them', async () => {
    const { secret, patient, consent, basedOn, partOf } = await scene.ask();
    const page = await scene.anyone.get(`/r/${secret}`);
    expect(page.status).toBe(200);
    for (const shown of [...person, wish, '試験リンクワーカー室', '050-0000-0777', '編み物サロン'])
      expect(words(page.text)).toContain(shown);
    for (const hidden of ['話し相手がいません', ...reach, '1942', '試験クリニック', patient])
      expect(page.text).not.toContain(hidden);
    // Nor does the store open anything else to whoever holds the link: not the referral, the consent, nor the answers.
    const actor = linkActor(scene.bodies.resource.id);
    const looks = [
      ['Task', partOf] as const,
      ['ServiceRequest', basedOn] as const,
      ['Consent', consent] as const,
    ];
    for (const [type, id] of looks)
      expect(await outcomeOf(scene.open(actor, (records) => records.read(type, id)))).toBe('not-found');
    for (const type of [
      'QuestionnaireResponse',
      'Condition',
      'Observation',
      'Communication',
      'Provenance',
    ] as const)
      expect(
        await scene.open(actor, (records) => records.find(type, [['patient', patient]]).catch(() => [])),
      ).toEqual([]);
  });

  test('leaves the secret neither in a Referer nor in a cache', async () => {
    const { secret } = await scene.ask();
    const page = await scene.anyone.get(`/r/${secret}`);
    expect(page.headers['referrer-policy']).toBe('strict-origin');
    expect(page.headers['cache-control']).toBe('no-store');
  });

  test('chooses, checks, sends, and is thanked', async () => {
    const { secret, other, task, request } = await scene.ask();
    await scene.anyone.post(`/r/${secret}/check`, { answer: 'welcome', words: '10時に来てください' });
    const check = await scene.anyone.get(`/r/${secret}/check`);
    expect(words(check.text)).toContain('この内容でお返事します');
    expect(words(check.text)).toContain('10時に来てください');
    expect((await scene.taskNow(task)).status).toBe('requested');
    const sent = await scene.anyone.post(`/r/${secret}`, { answer: 'welcome', words: '10時に来てください' });
    expect(sent.headers['location']).toBe(`/r/${secret}/done`);
    const done = words((await scene.anyone.get(`/r/${secret}/done`)).text);
    expect(done).toContain('ありがとうございました');
    expect(done).toContain('お受けできます');
    expect(done).toContain('050-0000-0777');
    for (const hidden of [...person, wish]) expect(done).not.toContain(hidden);

    expect(await scene.taskNow(task)).toMatchObject({
      status: 'accepted',
      step: 'linked',
      notes: ['10時に来てください'],
    });
    const traces = await scene.open(scene.bodies.actors.linkworker, (records) =>
      records.find('Provenance', [['target', `Task/${task}`]]),
    );
    const group = `Organization/${scene.bodies.resource.id}`;
    expect(traces.some((t) => t.agent[0]?.who.reference === group)).toBe(true);
    const asked = await scene.open(scene.bodies.actors.linkworker, (r) => r.read('ServiceRequest', request));
    expect(asked.status).toBe('active');
    // The link on the other sheet ended with it.
    const late = await scene.anyone.get(`/r/${other}`);
    expect([late.status, words(late.text).includes('お返事はいただいています')]).toEqual([410, true]);
    expect(words(late.text)).toContain('お受けできます');
    for (const hidden of [...person, ...reach, wish]) expect(late.text).not.toContain(hidden);
  });

  test('says with one tap that it is full, and the directory says so too', async () => {
    const { secret, task, service, request } = await scene.ask();
    await scene.anyone.post(`/r/${secret}/check`, { answer: 'full' });
    const check = await scene.anyone.get(`/r/${secret}/check`);
    expect(check.text).toMatch(/name="full"[^>]*checked|checked[^>]*name="full"/);
    await scene.anyone.post(`/r/${secret}`, { answer: 'full', full: 'yes' });
    expect(await scene.taskNow(task)).toMatchObject({
      status: 'rejected',
      step: 'ended',
      reason: { code: 'no-capacity', text: '受け入れ枠がない' },
    });
    expect(await scene.serviceNow(service)).toMatchObject({ capacity: 'no-capacity', assured: '2026-11-20' });
    const asked = await scene.open(scene.bodies.actors.linkworker, (r) => r.read('ServiceRequest', request));
    expect(asked.status).toBe('revoked');
  });

  test('may leave the directory as it is', async () => {
    const { secret, task, service } = await scene.ask();
    await scene.anyone.post(`/r/${secret}`, { answer: 'full', words: '今月だけ満員です' });
    expect((await scene.taskNow(task)).reason).toEqual({ code: 'no-capacity', text: '今月だけ満員です' });
    expect(await scene.serviceNow(service)).toMatchObject({ capacity: 'capacity', assured: '2026-01-10' });
  });

  test('says that it does not fit, and no longer knows the person', async () => {
    const { secret, task, patient } = await scene.ask();
    await scene.anyone.post(`/r/${secret}`, { answer: 'unsuitable', full: 'yes' });
    expect((await scene.taskNow(task)).reason).toEqual({ code: 'not-eligible', text: '対象に合わない' });
    const actor = linkActor(scene.bodies.resource.id);
    expect(await outcomeOf(scene.open(actor, (r) => r.read('Patient', patient)))).toBe('not-found');
    expect((await scene.anyone.get(`/r/${secret}/done`)).status).toBe(200);
  });

  test('goes back from the check to change its mind, and finds what it wrote', async () => {
    const { secret } = await scene.ask();
    const checked = await scene.anyone.post(`/r/${secret}/check`, { answer: 'full', words: '来月なら' });
    expect(checked.headers['location']).toBe(`/r/${secret}/check`);
    const page = await scene.anyone.get(`/r/${secret}`);
    expect(page.status).toBe(200);
    expect(page.text).toContain('来月なら');
    expect(page.text).toMatch(/value="full"[^>]*checked|checked[^>]*value="full"/);
  });

  test('that chooses nothing is asked again', async () => {
    const { secret, task } = await scene.ask();
    for (const path of [`/r/${secret}/check`, `/r/${secret}`]) {
      const page = await scene.anyone.post(path, { answer: 'perhaps', words: 'まだです' });
      expect(page.status).toBe(422);
      expect(page.text).toContain('href="#field-answer"');
      expect(page.text).toContain('まだです');
    }
    expect((await scene.taskNow(task)).status).toBe('requested');
  });
});

describe('an answer happens once', () => {
  test('when the button is tapped twice, and both taps are thanked', async () => {
    const { secret, task } = await scene.ask();
    const form = { answer: 'welcome', _once: randomUUID() };
    const both = await Promise.all([
      scene.anyone.post(`/r/${secret}`, form),
      scene.anyone.post(`/r/${secret}`, form),
    ]);
    expect(both.map((r) => r.headers['location'])).toEqual([`/r/${secret}/done`, `/r/${secret}/done`]);
    expect(await scene.versions(task)).toBe(2);
  });

  test('when two people of the group answer from two sheets at the same moment', async () => {
    const { secret, other, task } = await scene.ask();
    const both = await Promise.all([
      scene.anyone.post(`/r/${secret}`, { answer: 'welcome' }),
      scene.anyone.post(`/r/${other}`, { answer: 'unsuitable' }),
    ]);
    expect(both.map((r) => r.status).toSorted((a, b) => a - b)).toEqual([303, 410]);
    expect(await scene.versions(task)).toBe(2);
  });
});

const expectCalm = async (secret: string, says: string, phone = '050-0000-0777'): Promise<void> => {
  for (const reply of [
    await scene.anyone.get(`/r/${secret}`),
    await scene.anyone.post(`/r/${secret}/check`, { answer: 'welcome' }),
    await scene.anyone.post(`/r/${secret}`, { answer: 'welcome' }),
  ]) {
    expect(reply.status).toBe(410);
    expect(words(reply.text)).toContain(says);
    // Whom to call, whatever happened to the request.
    expect(words(reply.text)).toContain(phone);
    for (const hidden of [...person, ...reach, wish]) expect(reply.text).not.toContain(hidden);
  }
};

describe('a link that leads nowhere any more says so calmly', () => {
  test('one that nobody ever made', () =>
    expectCalm('abc', 'アドレスが違うようです', '紙やメールに書いてある窓口にお電話ください'));

  test('one whose request was called off', async () => {
    const { secret, task } = await scene.ask();
    await scene.cancel(task);
    await expectCalm(secret, 'このご依頼は取り下げられました');
    expect((await scene.taskNow(task)).status).toBe('cancelled');
  });

  test('one whose person took the consent back, even between choosing and sending', async () => {
    const { secret, consent, task } = await scene.ask();
    expect((await scene.anyone.post(`/r/${secret}/check`, { answer: 'welcome' })).status).toBe(303);
    await scene.withdraw(consent);
    await expectCalm(secret, 'このご依頼は取り下げられました');
    const { rows } = await scene.owner.query('select status from task where id = $1', [task]);
    expect(rows).toEqual([{ status: 'cancelled' }]);
  });

  test('one that was answered by telephone meanwhile', async () => {
    const { secret, task } = await scene.ask();
    await answer(scene.open, scene.bodies.actors.resource, { task, move: 'welcome' });
    await expectCalm(secret, 'もうお返事をいただいている');
  });

  test('one that was called off after the answer says that, not thanks for the answer', async () => {
    const { secret, task } = await scene.ask();
    await answer(scene.open, scene.bodies.actors.resource, { task, move: 'welcome' });
    await scene.cancel(task);
    await expectCalm(secret, 'このご依頼は取り下げられました');
  });

  test('one whose request is over says what was answered and that it is over', async () => {
    const { secret, task } = await scene.ask();
    const { resource } = scene.bodies.actors;
    await answer(scene.open, resource, { task, move: 'welcome' });
    await answer(scene.open, resource, { task, move: 'begin' });
    await answer(scene.open, resource, {
      task,
      move: 'finish',
      outcome: { code: 'connected', text: '毎週来ている' },
    });
    await expectCalm(secret, 'お返事：お受けできます （2026年11月20日）');
    await expectCalm(secret, 'この依頼は終わっています');
  });

  test('one that is past its day', async () => {
    const { secret } = await scene.ask();
    scene.goTo('2026-12-15T10:00:00+09:00');
    await expectCalm(secret, 'お返事の期限が過ぎました');
    await expectCalm(secret, 'このページは2026年12月14日まで使えました');
    scene.goTo('2026-11-20T10:00:00+09:00');
  });
});

test('a link of another group, or one for a questionnaire, opens no request', async () => {
  const asked = await scene.ask();
  const elsewhere = linkActor(scene.bodies.otherResource.id);
  expect(await outcomeOf(answer(scene.open, elsewhere, { task: asked.task, move: 'welcome' }))).toBe(
    'not-found',
  );
  await scene.owner.query(`update one_time_link set organization_id = $1 where task_id = $2`, [
    scene.bodies.otherResource.id,
    asked.task,
  ]);
  expect((await scene.anyone.get(`/r/${asked.secret}`)).status).toBe(410);
  await scene.owner.query(`update one_time_link set purpose = 'answer-questionnaire' where task_id = $1`, [
    asked.task,
  ]);
  expect(words((await scene.anyone.get(`/r/${asked.secret}`)).text)).toContain('アドレスが違うようです');
});

test('a group cannot fill another group’s place in the directory', async () => {
  const service = await scene.enter(scene.bodies.otherResource.id);
  const { secret } = await scene.ask({ service });
  expect((await scene.anyone.post(`/r/${secret}`, { answer: 'full', full: 'yes' })).status).toBe(303);
  expect((await scene.serviceNow(service)).capacity).toBe('capacity');
});

describe('a group with an account', () => {
  test('finds its requests by what is to be done, and nobody else’s', async () => {
    const [mine, theirs] = [await scene.ask(), await scene.ask({ to: scene.bodies.otherResource.id })];
    const me = await scene.group();
    const list = (await me.get('/asked')).text;
    expect(list).toContain(`/asked/${mine.task}`);
    expect(list).not.toContain(theirs.task);
    const [seen, unseen] = [await me.get(`/asked/${mine.task}`), await me.get(`/asked/${theirs.task}`)];
    expect([seen.status, unseen.status]).toEqual([200, 404]);
    for (const shown of [...person, wish]) expect(words(seen.text)).toContain(shown);
    for (const hidden of reach) expect(seen.text).not.toContain(hidden);
    expect((await me.post(`/asked/${theirs.task}`, { answer: 'welcome' })).status).toBe(404);
    for (const id of [randomUUID(), 'x'])
      expect((await me.post(`/asked/${id}`, { answer: 'welcome' })).status).toBe(404);
    // Referral A itself is no request to a group.
    expect((await me.get(`/asked/${mine.partOf}`)).status).toBe(404);
    expect((await (await scene.linkworkerVisits()).get('/asked')).status).toBe(403);
  });

  test('answers, tells how it goes on, and what came of it', async () => {
    const { task, secret } = await scene.ask();
    const me = await scene.group();
    await me.post(`/asked/${task}/check`, { answer: 'welcome', words: '', seen: '1' });
    const check = await me.get(`/asked/${task}/check`);
    expect(words(check.text)).toContain('この内容でお返事します');
    const sent = await me.post(`/asked/${task}`, { answer: 'welcome', seen: '1' });
    expect(sent.headers['location']).toBe(`/asked/${task}?said=answer`);
    expect((await scene.anyone.get(`/r/${secret}`)).status).toBe(410);
    await me.post(`/asked/${task}`, { move: 'begin', seen: '2' });
    expect(await scene.taskNow(task)).toMatchObject({ status: 'in-progress', step: 'watching' });
    await me.post(`/asked/${task}`, { move: 'pause', why: 'other', words: '入院のため', seen: '3' });
    expect(await scene.taskNow(task)).toMatchObject({
      status: 'on-hold',
      reason: { code: 'other', text: '入院のため' },
    });
    await me.post(`/asked/${task}`, { move: 'resume', seen: '4' });
    const ended = await me.post(`/asked/${task}`, { move: 'finish', outcome: 'connected', seen: '5' });
    expect(ended.status).toBe(303);
    expect(await scene.taskNow(task)).toMatchObject({
      status: 'completed',
      step: 'ended',
      outcomes: [{ code: 'connected', text: '居場所・支援につながった' }],
    });
    expect(words((await me.get(`/asked/${task}`)).text)).toContain('この依頼は終わっています');
    expect((await me.get('/asked?tab=closed')).text).toContain(task);
  });

  test('learns how to reach the person with its welcome, and no longer when it is over', async () => {
    const { task } = await scene.ask();
    const me = await scene.group();
    const shown = async () => {
      const page = words((await me.get(`/asked/${task}`)).text);
      return reach.map((one) => page.includes(one));
    };
    expect(await shown()).toEqual([false, false]);
    await me.post(`/asked/${task}`, { answer: 'welcome' });
    expect(await shown()).toEqual([true, true]);
    await me.post(`/asked/${task}`, { move: 'begin' });
    expect(await shown()).toEqual([true, true]);
    await me.post(`/asked/${task}`, { move: 'finish', outcome: 'connected' });
    expect(await shown()).toEqual([false, false]);
  });

  test('is told what a move lacks, and keeps what was typed', async () => {
    const { task } = await scene.ask();
    const me = await scene.group();
    await me.post(`/asked/${task}`, { answer: 'welcome' });
    for (const [form, field] of [
      [{ move: 'pause', words: 'しばらく' }, 'why'],
      [{ move: 'finish', words: 'しばらく' }, 'outcome'],
      [{ words: 'しばらく' }, 'move'],
    ] as const) {
      const page = await me.post(`/asked/${task}`, form);
      expect(page.status).toBe(422);
      expect(page.text).toContain(`href="#field-${field}"`);
      expect(page.text).toContain('しばらく');
    }
  });

  test('that looked at an old page hears it, with the request as it is now', async () => {
    const { task } = await scene.ask();
    const me = await scene.group();
    await me.post(`/asked/${task}`, { answer: 'welcome', seen: '1' });
    const late = await me.post(`/asked/${task}`, { answer: 'unsuitable', words: '対象外', seen: '1' });
    expect(late.status).toBe(409);
    expect(await scene.taskNow(task)).toMatchObject({ status: 'accepted' });
    expect(words(late.text)).toContain('お受けした');
  });

  test('loses the request when the person takes the consent back', async () => {
    const { task, consent } = await scene.ask();
    const me = await scene.group();
    await me.post(`/asked/${task}`, { answer: 'welcome' });
    await scene.withdraw(consent);
    const lost = await me.get(`/asked/${task}`);
    expect([lost.status, words(lost.text).includes('ご本人が同意を取り消したため')]).toEqual([410, true]);
    expect((await me.post(`/asked/${task}`, { move: 'begin' })).status).toBe(410);
  });
});

describe('of all moves a group makes those of the table, from where the table has them', () => {
  const ways: Readonly<Record<string, readonly (typeof groupMoves)[number][]>> = {
    requested: [],
    accepted: ['welcome'],
    'in-progress': ['welcome', 'begin'],
    'on-hold': ['welcome', 'pause'],
    rejected: ['refuse'],
    completed: ['welcome', 'finish'],
    failed: ['welcome', 'fail'],
  };
  const said = {
    reason: { code: 'other', text: 'わけがあって' },
    outcome: { code: 'connected', text: 'つながった' },
  } as const;

  test.each(Object.entries(ways))('when it is %s', async (status, way) => {
    for (const move of groupMoves) {
      const { task } = await scene.ask();
      const actor = scene.bodies.actors.resource;
      for (const step of way) await answer(scene.open, actor, { task, move: step, ...said });
      const allowed = requestMoves[move].from.some((from: Status) => from === status);
      expect([move, await outcomeOf(answer(scene.open, actor, { task, move, ...said }))]).toEqual([
        move,
        allowed ? 'done' : 'invalid',
      ]);
    }
  });
});
