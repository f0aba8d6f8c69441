import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Refused } from '../../src/kernel/problem.ts';
import type { Actor } from '../../src/kernel/actor.ts';
import { sql } from '../../src/database/sql.ts';
import { callOff } from '../../src/sessions/hold.ts';
import { asCode, makePasses } from '../../src/sessions/pass.ts';
import { readGathering, readPlace } from '../../src/sessions/queries.ts';
import { mostADay, mostForOne, signUp, type SigningUp } from '../../src/sessions/sign-up.ts';
import { giveUp, placeByCode, take } from '../../src/sessions/take.ts';
import { makeScene, tell, type Scene } from './scene.ts';

let here: Scene;
let nobody: Actor;
beforeAll(async () => {
  here = await makeScene();
  nobody = { role: 'system', organization: here.bodies.office.id, via: 'link', request: 'test' };
});
afterAll(() => here.close());
beforeEach(() => here.owner.query('delete from outbox'));

const guest = (name: string, contact: Readonly<{ mail?: string; phone?: string }>): SigningUp => ({
  way: 'site',
  language: 'ja',
  who: { name, ...contact },
});
const sign = (id: string, signing: SigningUp) => here.as(nobody)((r) => signUp(r, id, signing, tell));
const refusal = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => {
      if (error instanceof Refused) return error.problem.kind;
      throw error;
    },
  );
const newMail = (): string => `${randomUUID()}@example.org`;
const subjects = async () => (await here.letters()).map(({ recipient, subject }) => ({ recipient, subject }));

describe('one mail address', () => {
  test('gets a family’s places in a session and no more, however it is written and however many come at once', async () => {
    const id = await here.gather({ room: 20 });
    const mail = newMail();
    const names = Array.from({ length: mostForOne + 5 }, (_, n) => `名前${String(n)}`);
    await Promise.all(
      names.map((name, n) => sign(id, guest(name, { mail: n % 2 === 0 ? mail : mail.toUpperCase() }))),
    );
    expect(await here.states(id)).toHaveLength(mostForOne);
    const told = await subjects();
    // Those too many are told to the owner of the address.
    expect(told.filter(({ subject }) => subject.startsWith('お申し込みについて'))).toHaveLength(5);
    expect(new Set(told.map(({ recipient }) => recipient.toLowerCase()))).toEqual(new Set([mail]));
  });

  test('that signs up a second time under the same name gets its letter again and no second place; nothing tells it from the first', async () => {
    const id = await here.gather({ room: 5 });
    const mail = newMail();
    const first = await sign(id, guest('そら', { mail }));
    expect(first).toMatchObject({ state: 'booked' });
    expect(await sign(id, guest('そら', { mail }))).toBeUndefined();
    expect(await here.states(id)).toHaveLength(1);
    const letters = await here.letters();
    expect(letters.map(({ subject }) => subject)).toEqual([
      'お申し込みを受け付けました：産後のからだほぐし',
      'お申し込みを受け付けました：産後のからだほぐし',
    ]);
    expect(letters[1]?.body).toContain(tell.passes.tokenOf(first?.id ?? ''));
  });

  test('learns nothing from what is refused: full, off and over are said alike to who is there and who is not', async () => {
    const full = await here.gather({ room: 1, room_online: null });
    const mail = newMail();
    await sign(full, guest('そら', { mail }));
    for (let n = 0; (await here.states(full)).length < 40; n += 1)
      if ((await refusal(sign(full, guest(`w${String(n)}`, { mail: newMail() })))) === 'invalid') break;
    for (const [name, address] of [
      ['そら', mail],
      ['うみ', newMail()],
    ] as const)
      expect(await refusal(sign(full, guest(name, { mail: address })))).toBe('invalid');
    await here.worker((r) => callOff(r, full, '大雪のため', tell));
    for (const address of [mail, newMail()])
      expect(await refusal(sign(full, guest('そら', { mail: address })))).toBe('conflict');
  });

  test('takes so many places a day in all sessions of a body, given up ones as well; the next day it may again', async () => {
    const mail = newMail();
    const ids: string[] = [];
    for (let n = 0; n < mostADay; n += 1) ids.push(await here.gather({ room: 2 }, 72));
    for (const id of ids) {
      const taken = await sign(id, guest('そら', { mail }));
      await here.as(nobody)(async (r) => giveUp(r, await readPlace(r, taken?.id), tell));
    }
    const last = await here.gather({ room: 2 }, 72);
    expect(await sign(last, guest('そら', { mail }))).toBeUndefined();
    expect(await here.states(last)).toEqual([]);
    here.time.forward(60 * 25);
    expect(await sign(last, guest('そら', { mail }))).toMatchObject({ state: 'booked' });
    here.time.forward(-60 * 25);
  });
});

describe('one telephone number', () => {
  test('gets a family’s places and no more, in words', async () => {
    const id = await here.gather({ room: 20 });
    const phone = '090-0000-1111';
    const answers = await Promise.all(
      ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => refusal(sign(id, guest(name, { phone })))),
    );
    expect(answers.filter((one) => one === 'done')).toHaveLength(mostForOne);
    expect(await here.states(id)).toHaveLength(mostForOne);
  });
});

test('a form that is sent twice takes one place and sends one letter', async () => {
  const id = await here.gather({ room: 5 });
  const signing = { ...guest('そら', { mail: newMail() }), key: 'j'.repeat(43) };
  const [a, b] = await Promise.all([sign(id, signing), sign(id, signing)]);
  expect(a).toEqual(b);
  expect(await here.letters()).toHaveLength(1);
});

test('the office itself signs up as many as it likes', async () => {
  const id = await here.gather({ room: 20 });
  const mail = newMail();
  for (let n = 0; n < mostForOne + 2; n += 1)
    await here.worker((r) => take(r, id, guest(`名前${String(n)}`, { mail }), tell));
  expect(await here.states(id)).toHaveLength(mostForOne + 2);
});

describe('after a change of the service’s secret', () => {
  const [before, after] = ['a secret of the tests, long enough', 'another secret of the tests, as long'];
  const both = makePasses([after, before]);

  test('addresses made before are good, and so are the codes of letters from before and after', async () => {
    const id = await here.gather({ room: 5 });
    const taken = await sign(id, guest('そら', { mail: newMail() }));
    const place = taken?.id ?? '';
    const find = (code: string, passes = both) =>
      here.as(nobody)(async (r) => placeByCode(r, await readGathering(r, id), asCode(code), passes));
    expect(both.placeIn(tell.passes.tokenOf(place))).toBe(place);
    expect(await find(tell.passes.codeOf(place))).toBe(place);
    expect(await find(both.codeOf(place))).toBe(place);
    expect(both.codeOf(place)).not.toBe(tell.passes.codeOf(place));
    expect(await find('AAAAAAAA')).toBeUndefined();
    // The one before is forgotten: what was given out is kept as a hash, and is still good.
    const only = makePasses([after]);
    expect(only.placeIn(tell.passes.tokenOf(place))).toBeUndefined();
    expect(await find(tell.passes.codeOf(place), only)).toBe(place);
    await here.as(nobody)(async (r) => giveUp(r, await readPlace(r, place), tell));
    expect(await find(both.codeOf(place))).toBeUndefined();
  });
});

test('whether somebody must not be written to is said of those alone whom the body sees', async () => {
  const ids = await here.refer();
  const stopped = (actor: Actor, patient = ids.patient, task = ids.task) =>
    here.as(actor)(async (r) => {
      const [row] = await r.run<{ stopped: boolean }>(
        sql`select letters_stopped(${patient}::uuid, ${task}::uuid) as stopped`,
      );
      return row?.stopped;
    });
  const { linkworker, otherLinkworker, resource, council, doctor } = here.bodies.actors;
  expect(await stopped(linkworker)).toBe(false);
  for (const actor of [otherLinkworker, resource, council, doctor]) expect(await stopped(actor)).toBe(true);
  expect(await stopped(linkworker, randomUUID())).toBe(true);
  const other = await here.refer();
  expect(await stopped(linkworker, other.patient, ids.task)).toBe(true);
  await expect(
    here.as(linkworker)((r) => r.run(sql`select no_letters(${ids.patient}::uuid, ${ids.task}::uuid)`)),
  ).rejects.toThrow();
});
