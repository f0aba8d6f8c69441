import type { Task } from '@medplum/fhirtypes';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readInbox, readSent } from '../../src/referral/lists.ts';
import type { Line, Tab } from '../../src/referral/queries.ts';
import { readTask } from '../../src/referral/record.ts';
import { assign, move } from '../../src/referral/service.ts';
import { sayTimeLeft, timeLeft } from '../../src/referral/deadlines.ts';
import type { Actor } from '../../src/kernel/actor.ts';
import { makeScene, programs, type Scene } from './fixture.ts';

let scene: Scene;
const cases: Record<string, string> = {};
const reason = { code: 'other', text: '事情があって' } as const;
const actors = () => scene.bodies.actors;

beforeAll(async () => {
  scene = await makeScene();
  const refer = async (name: string, urgency: 'routine' | 'urgent' | 'asap' | 'stat' = 'routine') => {
    cases[name] = (await scene.refer({ urgency }, { family: name })).task;
  };
  scene.goTo('2026-11-02T10:00:00+09:00');
  await refer('late');
  scene.goTo('2026-11-20T10:00:00+09:00');
  await refer('plain');
  await refer('stat', 'stat');
  await refer('mine', 'urgent');
  await refer('theirs');
  await refer('held');
  await refer('closed');
  const moveIt = (actor: Actor, id: string | undefined, how: Omit<Parameters<typeof move>[2], 'id'>) =>
    scene.open(actor, (records) => move(records, programs, { id: id ?? '', ...how }));
  await moveIt(actors().linkworker, cases['mine'], { move: 'accept' });
  await moveIt(actors().linkworker, cases['theirs'], { move: 'accept' });
  await scene.open(actors().linkworker, (records) =>
    assign(records, { id: cases['theirs'] ?? '', assignee: actors().neighbour.post ?? '' }),
  );
  await moveIt(actors().linkworker, cases['held'], { move: 'accept' });
  await moveIt(actors().linkworker, cases['held'], { move: 'hold', reason });
  await moveIt(actors().linkworker, cases['closed'], { move: 'decline', reason });
});
afterAll(async () => {
  await scene.close();
});

const names = (lines: readonly Line[]): string[] =>
  lines.map(({ task }) => Object.keys(cases).find((name) => cases[name] === task.id) ?? task.id);
const inbox = (actor: Actor, tab: Tab) => scene.open(actor, (records) => readInbox(records, tab, undefined));

const sent = (tab: 'open' | 'closed', search = '') =>
  scene.open(actors().doctor, (records) => readSent(records, tab, search, undefined));
const cursorOf = (address: string | undefined): string | null =>
  new URL(address ?? '', 'http://x.invalid').searchParams.get('at');

describe('the inbox of an office', () => {
  test('each tab has its referrals, the urgent and the nearly due first', async () => {
    const found: Record<string, string[]> = {};
    for (const tab of ['new', 'mine', 'all', 'waiting', 'overdue', 'closed'] as const)
      found[tab] = names((await inbox(actors().linkworker, tab)).page.lines);
    expect(found).toEqual({
      new: ['stat', 'late', 'plain'],
      mine: ['mine', 'held'],
      all: ['stat', 'mine', 'late', 'plain', 'theirs', 'held'],
      waiting: ['held'],
      overdue: ['late'],
      closed: ['closed'],
    });
  });

  test('counts what waits in each tab', async () => {
    expect((await inbox(actors().linkworker, 'new')).counts).toEqual({
      new: 3,
      mine: 2,
      all: 6,
      waiting: 1,
      overdue: 1,
    });
  });

  test('a resident link worker finds what is theirs or nobody’s', async () => {
    expect(names((await inbox(actors().neighbour, 'all')).page.lines)).toEqual([
      'stat',
      'late',
      'plain',
      'theirs',
    ]);
    expect(names((await inbox(actors().neighbour, 'mine')).page.lines)).toEqual(['theirs']);
  });

  test('shows nothing to another office, and of a declined one no person', async () => {
    expect((await inbox(actors().otherLinkworker, 'all')).page.lines).toEqual([]);
    const [line] = (await inbox(actors().linkworker, 'closed')).page.lines;
    expect(line?.patient).toBeNull();
  });

  test('costs four statements, and the look is in the log', async () => {
    const before = scene.database.statements();
    await inbox(actors().linkworker, 'all');
    expect(scene.database.statements() - before).toBe(4);
    const { rows } = await scene.owner.query<{ patients: string[] }>(
      `select patients from access_log where what = 'inbox' order by id desc limit 1`,
    );
    expect(rows[0]?.patients).toHaveLength(6);
  });

  test('keeps the withdrawn out', async () => {
    const gone = await scene.refer({}, { family: 'gone' });
    await scene.withdraw(gone.consent);
    const lines = (await inbox(actors().linkworker, 'new')).page.lines;
    expect(lines.map((l) => l.task.id)).not.toContain(gone.task);
  });
});

describe('a long inbox', () => {
  let long: Scene;
  const all: string[] = [];
  beforeAll(async () => {
    long = await makeScene();
    const one = await long.refer();
    const task = await long.taskOf(long.bodies.actors.linkworker, one.task);
    const { meta: _meta, ...bare } = task;
    // The same request over and over, some with a day for a deadline and some with none, as strangers send them.
    const due = [undefined, '2026-12-01', '2026-12-01T10:00:00+09:00', task.restriction?.period?.end];
    const { restriction: _restriction, ...without } = bare;
    const copies = Array.from({ length: 119 }, (_, i): Task => {
      const end = due[i % due.length];
      return {
        ...without,
        id: crypto.randomUUID(),
        priority: i % 3 === 0 ? 'urgent' : 'routine',
        ...(end === undefined ? {} : { restriction: { period: { end } } }),
      };
    });
    await long.open(long.bodies.actors.doctor, (records) => records.write(copies));
    all.push(one.task, ...copies.map((c) => c.id ?? ''));
  });
  afterAll(async () => {
    await long.close();
  });
  const page = (at: unknown) =>
    long.open(long.bodies.actors.linkworker, (records) => readInbox(records, 'all', at));

  test('is turned page by page, forth and back, and every referral is there once', async () => {
    const first = (await page(undefined)).page;
    const second = (await page(cursorOf(first.next))).page;
    const third = (await page(cursorOf(second.next))).page;
    expect([first, second, third].map((p) => p.lines.length)).toEqual([50, 50, 20]);
    expect([first.previous, third.next]).toEqual([undefined, undefined]);
    const ids = [first, second, third].flatMap((p) => p.lines.map((l) => l.task.id));
    expect(ids.toSorted()).toEqual(all.toSorted());
    const back = (await page(cursorOf(third.previous))).page;
    expect(back.lines.map((l) => l.task.id)).toEqual(second.lines.map((l) => l.task.id));
    const start = (await page(cursorOf(back.previous))).page;
    expect(start.lines.map((l) => l.task.id)).toEqual(first.lines.map((l) => l.task.id));
    expect(start.previous).toBeUndefined();
  });

  test('is counted no further than a hundred', async () => {
    expect((await page(undefined)).counts.all).toBe(100);
  });
});

describe('what a clinic has sent', () => {
  test('with the newest word from the office', async () => {
    const open = await sent('open');
    expect(names(open.lines)).toContain('mine');
    const closed = (await sent('closed')).lines;
    expect(closed.find((line) => line.task.status === 'rejected')?.news).not.toBeNull();
    expect(closed.some((line) => line.news !== null)).toBe(true);
  });

  test('is found by name, in kana too, and by case number', async () => {
    expect(names((await sent('open', 'held')).lines)).toEqual(['held']);
    expect((await sent('open', 'しけん')).lines.length).toBeGreaterThan(3);
    const task = await scene.taskOf(actors().doctor, cases['plain'] ?? '');
    expect(names((await sent('open', readTask(task).caseNumber.toLowerCase())).lines)).toEqual(['plain']);
    expect((await sent('open', '%')).lines.length).toBeGreaterThan(0);
    expect((await sent('open', 'nobody')).lines).toEqual([]);
  });
});

test.each([
  // Friday the 20th; Monday the 23rd is a holiday.
  ['2026-11-20T10:00:00+09:00', '2026-11-20T23:59:59+09:00', '今日まで'],
  ['2026-11-20T10:00:00+09:00', '2026-11-24T23:59:59+09:00', 'あと1営業日'],
  ['2026-11-20T10:00:00+09:00', '2026-11-26T23:59:59+09:00', 'あと3営業日'],
  ['2026-11-22T10:00:00+09:00', '2026-11-20T23:59:59+09:00', '期限を過ぎました'],
  ['2026-11-24T10:00:00+09:00', '2026-11-20T23:59:59+09:00', '1営業日超過'],
  ['2027-03-24T10:00:00+09:00', '2026-11-20T23:59:59+09:00', '4か月超過'],
])('at %s, what was due %s is said to be %s', (now, due, says) => {
  expect(sayTimeLeft(timeLeft(due, new Date(now))).ja).toBe(says);
});
