import type { Communication } from '@medplum/fhirtypes';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { isReport, readReport, type Report } from '../../src/referral/report.ts';
import { readTask } from '../../src/referral/record.ts';
import { assign, move, type Moving } from '../../src/referral/service.ts';
import type { Actor } from '../../src/kernel/actor.ts';
import { readCase } from '../../src/referral/case.ts';
import { faultsOf, makeScene, outcomeOf, programs, type Scene } from './fixture.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await makeScene();
});
beforeEach(() => {
  scene.goTo('2026-11-20T10:00:00+09:00');
});
afterAll(async () => {
  await scene.close();
});

const actors = () => scene.bodies.actors;
const moveIt = (actor: Actor, moving: Moving) =>
  scene.open(actor, (records) => move(records, programs, moving));
const reason = { code: 'no-capacity', text: '今月はいっぱいです。' } as const;

/** The reports that the clinic finds about a request. */
const reportsOf = (request: string): Promise<Report[]> =>
  scene.open(actors().doctor, async (records) => {
    const found: Communication[] = await records.find('Communication', [['based-on', request]]);
    return found.filter(isReport).map(readReport);
  });

describe('a link worker decides', () => {
  test('accepting takes it in hand, starts the clock of the first contact and tells the doctor, all at once', async () => {
    const one = await scene.refer();
    scene.goTo('2026-11-24T09:00:00+09:00');
    const moved = await moveIt(actors().linkworker, { id: one.task, move: 'accept', seen: '1' });
    const referral = readTask(await scene.taskOf(actors().linkworker, one.task));
    expect(referral).toMatchObject({
      status: 'accepted',
      step: 'contacting',
      assignee: actors().linkworker.post,
      // Seven working days from Tuesday the 24th.
      due: '2026-12-03T14:59:59.999Z',
    });
    const [report] = await reportsOf(one.request);
    expect(report).toMatchObject({
      id: moved.report,
      kind: 'accepted',
      to: scene.bodies.clinic.id,
      taskId: one.task,
      sections: {
        decision: ['お引き受けします。'],
        next: ['令和8年12月3日（木）までに、担当者がご本人に連絡します。'],
      },
    });
    const traces = await scene.open(actors().linkworker, (r) =>
      r.find('Provenance', [['target', `Communication/${String(moved.report)}`]]),
    );
    expect(traces[0]?.agent[0]?.who.reference).toBe(`PractitionerRole/${String(actors().linkworker.post)}`);
  });

  test('declining needs words, tells the doctor why, ends the request and closes the person to the office', async () => {
    const one = await scene.refer();
    const bare = moveIt(actors().linkworker, { id: one.task, move: 'decline' });
    expect(await faultsOf(bare)).toEqual(['reason']);
    await moveIt(actors().linkworker, { id: one.task, move: 'decline', reason });
    const [report] = await reportsOf(one.request);
    expect(report).toMatchObject({
      kind: 'declined',
      sections: { decision: ['今回はお引き受けできません。理由：受け入れ枠がない。今月はいっぱいです。'] },
    });
    const request = await scene.open(actors().doctor, (r) => r.read('ServiceRequest', one.request));
    expect(request.status).toBe('revoked');
    const shown = await scene.open(actors().linkworker, (r) => readCase(r, programs, one.task));
    expect(shown.person).toBeUndefined();
    expect(shown.moves).toEqual([]);
  });

  test('a resident link worker may accept and the doctor hears it, though reports stay closed to residents', async () => {
    const one = await scene.refer();
    await moveIt(actors().neighbour, { id: one.task, move: 'accept' });
    expect((await reportsOf(one.request)).map((r) => r.kind)).toEqual(['accepted']);
    const seen = await scene.open(actors().neighbour, (r) =>
      r.find('Communication', [['based-on', one.request]]),
    );
    expect(seen).toEqual([]);
  });

  test('two who accept at the same moment: one has it, the other is told', async () => {
    const one = await scene.refer();
    const both = await Promise.all(
      [actors().linkworker, actors().neighbour].map((actor) =>
        outcomeOf(moveIt(actor, { id: one.task, move: 'accept', seen: '1' })),
      ),
    );
    // How the other is told depends on how far it had come: a resident who was overtaken does not have the person any more.
    expect(both.filter((is) => is === 'done')).toHaveLength(1);
    expect(await reportsOf(one.request)).toHaveLength(1);
  });

  test('who looked at an older version is told, and nothing happens', async () => {
    const one = await scene.refer();
    await moveIt(actors().linkworker, { id: one.task, move: 'accept', seen: '1' });
    expect(
      await outcomeOf(moveIt(actors().linkworker, { id: one.task, move: 'hold', seen: '1', reason })),
    ).toBe('conflict');
    expect(await outcomeOf(moveIt(actors().linkworker, { id: one.task, move: 'accept' }))).toBe('invalid');
  });

  test('when the consent is withdrawn between reading and accepting, the referral is gone', async () => {
    const one = await scene.refer();
    await scene.open(actors().linkworker, (r) => readCase(r, programs, one.task));
    await scene.withdraw(one.consent);
    const late = moveIt(actors().linkworker, { id: one.task, move: 'accept', seen: '1' });
    expect(await outcomeOf(late)).toBe('not-found');
    expect(await reportsOf(one.request)).toEqual([]);
  });

  test('somebody else’s referral does not exist', async () => {
    const one = await scene.refer();
    for (const actor of [actors().otherLinkworker, actors().otherDoctor, actors().resource, actors().council])
      expect(await outcomeOf(moveIt(actor, { id: one.task, move: 'cancel', reason }))).toBe('not-found');
  });

  test('holding lets the deadline rest until the day it is looked at again; resuming starts the first contact anew', async () => {
    const one = await scene.refer();
    await moveIt(actors().linkworker, { id: one.task, move: 'accept' });
    await moveIt(actors().linkworker, {
      id: one.task,
      move: 'hold',
      reason,
      again: '2026-12-10T14:59:59.999Z',
    });
    expect(readTask(await scene.taskOf(actors().linkworker, one.task))).toMatchObject({
      status: 'on-hold',
      due: '2026-12-10T14:59:59.999Z',
    });
    scene.goTo('2026-12-28T10:00:00+09:00');
    await moveIt(actors().linkworker, { id: one.task, move: 'resume' });
    // Over New Year: the 29th to the 3rd are no working days, nor is the 9th to the 11th (Coming of Age Day).
    expect(readTask(await scene.taskOf(actors().linkworker, one.task)).due).toBe('2027-01-13T14:59:59.999Z');
  });

  test('closing needs an outcome, completes the request and reports it', async () => {
    const one = await scene.refer();
    await moveIt(actors().linkworker, { id: one.task, move: 'accept' });
    expect(await faultsOf(moveIt(actors().linkworker, { id: one.task, move: 'complete' }))).toEqual([
      'outcome',
    ]);
    scene.goTo('2026-12-20T10:00:00+09:00');
    await moveIt(actors().linkworker, {
      id: one.task,
      move: 'complete',
      outcomes: [{ code: 'connected', text: '編み物の会に通っています。' }],
      report: { next: ['半年後に電話します。'] },
    });
    const [report] = await reportsOf(one.request);
    expect(report).toMatchObject({
      kind: 'closed',
      sections: { outcomes: ['編み物の会に通っています。'], next: ['半年後に電話します。'] },
    });
    const request = await scene.open(actors().doctor, (r) => r.read('ServiceRequest', one.request));
    expect(request.status).toBe('completed');
  });

  test('the clinic cancels its own referral without a report to itself, and retracts a mistake', async () => {
    const one = await scene.refer();
    await moveIt(actors().doctor, { id: one.task, move: 'cancel', reason });
    expect(await reportsOf(one.request)).toEqual([]);
    await moveIt(actors().reception, { id: one.task, move: 'retract', reason });
    const request = await scene.open(actors().doctor, (r) => r.read('ServiceRequest', one.request));
    expect(request.status).toBe('entered-in-error');
  });
});

describe('a referral is handed on', () => {
  test('to a colleague of the office, never to somebody from elsewhere or when it is over', async () => {
    const one = await scene.refer();
    await moveIt(actors().linkworker, { id: one.task, move: 'accept' });
    const hand = (actor: Actor, assignee: string | undefined) =>
      outcomeOf(scene.open(actor, (r) => assign(r, { id: one.task, assignee: assignee ?? '' })));
    expect(await hand(actors().linkworker, actors().otherLinkworker.post)).toBe('invalid');
    expect(await hand(actors().doctor, actors().linkworker.post)).toBe('forbidden');
    expect(await hand(actors().linkworker, actors().neighbour.post)).toBe('done');
    expect(readTask(await scene.taskOf(actors().linkworker, one.task)).assignee).toBe(
      actors().neighbour.post,
    );
    await moveIt(actors().linkworker, { id: one.task, move: 'fail', reason });
    expect(await hand(actors().linkworker, actors().linkworker.post)).toBe('invalid');
  });

  test('a resident link worker has no hand on what a colleague has', async () => {
    const one = await scene.refer();
    await moveIt(actors().linkworker, { id: one.task, move: 'accept' });
    expect(await outcomeOf(moveIt(actors().neighbour, { id: one.task, move: 'hold', reason }))).toBe(
      'not-found',
    );
    expect(await outcomeOf(scene.open(actors().neighbour, (r) => readCase(r, programs, one.task)))).toBe(
      'not-found',
    );
  });
});

describe('the page of a referral', () => {
  test('tells the whole course, newest first, with who did it as far as the reader may know', async () => {
    const one = await scene.refer();
    scene.goTo('2026-11-24T09:00:00+09:00');
    await moveIt(actors().linkworker, { id: one.task, move: 'accept' });
    scene.goTo('2026-11-24T10:00:00+09:00');
    await scene.open(actors().linkworker, (r) =>
      assign(r, { id: one.task, assignee: actors().neighbour.post ?? '' }),
    );
    const office = await scene.open(actors().linkworker, (r) => readCase(r, programs, one.task));
    expect(office.course.map((h) => h.title.ja)).toEqual([
      '担当が変わりました',
      '引き受けました',
      '返書：引き受けのお知らせ',
      '紹介が送られました',
    ]);
    expect(office.course[1]?.by?.ja).toContain('試験リンクワーカー室');
    const clinic = await scene.open(actors().doctor, (r) => readCase(r, programs, one.task));
    expect(clinic.course.map((h) => h.title.ja)).toEqual(office.course.map((h) => h.title.ja));
    expect(clinic.needs.find((n) => n.need.code === 'social-connection')?.because.length).toBeGreaterThan(0);
  });

  test('costs a handful of statements', async () => {
    const one = await scene.refer();
    const before = scene.database.statements();
    await scene.open(actors().linkworker, (r) => readCase(r, programs, one.task));
    // The task, everything around it, its course, the access log.
    expect(scene.database.statements() - before).toBe(5);
  });
});
