import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { callOff, change } from '../../src/sessions/hold.ts';
import { linkOf, placesOf, readGathering, readPlace } from '../../src/sessions/queries.ts';
import { giveUp, take, type Taking } from '../../src/sessions/take.ts';
import { tick, walkIn } from '../../src/sessions/attend.ts';
import { takeBack } from '../../src/consent/service.ts';
import { Refused } from '../../src/kernel/problem.ts';
import { draft, makeScene, tell, type Scene } from './scene.ts';

let here: Scene;
beforeAll(async () => {
  here = await makeScene();
});
afterAll(() => here.close());
beforeEach(() => here.owner.query('delete from outbox'));

/** What kind of refusal it comes to; nothing when it was done. */
const refusedAs = (work: Promise<unknown>): Promise<string | undefined> =>
  work.then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof Refused) return error.problem.kind;
      throw error;
    },
  );

const guest = (name: string, way: 'site' | 'online' = 'site', more: Partial<Taking> = {}): Taking => ({
  way,
  language: 'ja',
  who: { name, mail: `${name}@example.org` },
  ...more,
});
const sign = (id: string, taking: Taking) => here.worker((r) => take(r, id, taking, tell));

describe('places', () => {
  test('are never more than there are, however many come at once; the others wait in the order in which they came', async () => {
    const id = await here.gather({ room: 3 });
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const taken = await Promise.all(names.map((name) => sign(id, guest(name))));
    expect(taken.filter(({ state }) => state === 'booked')).toHaveLength(3);
    const states = await here.states(id);
    expect(states.map(({ state }) => state)).toEqual([
      'booked',
      'booked',
      'booked',
      'waiting',
      'waiting',
      'waiting',
      'waiting',
    ]);
    // Online there is still room.
    expect((await sign(id, guest('z', 'online'))).state).toBe('booked');
  });

  test('that are given up go to whoever waited longest, who is told; two who give up at once free two', async () => {
    const id = await here.gather({ room: 2, room_online: null });
    const [first, second] = [await sign(id, guest('one')), await sign(id, guest('two'))];
    for (const name of ['three', 'four', 'five']) await sign(id, guest(name));
    await here.owner.query('delete from outbox');
    const leave = (place: string) =>
      here.worker(async (r) => {
        await giveUp(r, await readPlace(r, place), tell);
      });
    await Promise.all([leave(first.id), leave(second.id), leave(second.id)]);
    expect((await here.states(id)).map(({ name, state }) => `${name} ${state}`)).toEqual([
      'one cancelled',
      'two cancelled',
      'three booked',
      'four booked',
      'five waiting',
    ]);
    const told = (await here.letters()).filter(({ subject }) => subject.startsWith('空きが出ました'));
    expect(told.map(({ recipient }) => recipient).toSorted()).toEqual([
      'four@example.org',
      'three@example.org',
    ]);
  });

  test('are taken once by a form that is sent twice, and once by the same person', async () => {
    const id = await here.gather({ room: 5 });
    const key = 'k'.repeat(43);
    const [a, b] = await Promise.all([
      sign(id, guest('once', 'site', { key })),
      sign(id, guest('once', 'site', { key })),
    ]);
    expect(a.id).toBe(b.id);
    expect(await refusedAs(sign(id, guest('once')))).toBe('invalid');
    expect(await here.states(id)).toHaveLength(1);
    expect(await here.letters()).toHaveLength(1);
  });

  test('are not taken once it has begun, was called off, or in a way that it does not have', async () => {
    const begun = await here.gather({}, 0.0001);
    here.time.forward(1);
    expect(await refusedAs(sign(begun, guest('late')))).toBe('conflict');
    const off = await here.gather();
    await here.worker((r) => callOff(r, off, '大雪のため', tell));
    expect(await refusedAs(sign(off, guest('off')))).toBe('conflict');
    const onSite = await here.gather({ room_online: null, url: undefined });
    expect(await refusedAs(sign(onSite, guest('far', 'online')))).toBe('invalid');
  });

  test('of another body do not exist', async () => {
    const id = await here.gather();
    for (const actor of ['otherLinkworker', 'resource', 'doctor', 'council'] as const)
      expect(await refusedAs(here.as(here.bodies.actors[actor])((r) => readGathering(r, id)))).toBe(
        'not-found',
      );
  });
});

describe('whoever has a place', () => {
  test('is told when it is moved or called off, with the reason; the link stands in no letter', async () => {
    const id = await here.gather();
    await sign(id, guest('told', 'online'));
    const { starts_at: starts } = await here.worker((r) => readGathering(r, id));
    const span = {
      starts: new Date(starts.getTime() + 3_600_000),
      ends: new Date(starts.getTime() + 7_200_000),
    };
    await here.worker((r) => change(r, id, 1, { draft: draft(), span }, tell));
    expect(await refusedAs(here.worker((r) => change(r, id, 1, { draft: draft(), span }, tell)))).toBe(
      'conflict',
    );
    await here.worker((r) => callOff(r, id, '大雪のため', tell));
    await here.worker((r) => callOff(r, id, '二度目', tell));
    const letters = await here.letters();
    expect(letters.map(({ subject }) => subject)).toEqual([
      'お申し込みを受け付けました：産後のからだほぐし',
      '日時や場所が変わりました：産後のからだほぐし',
      '中止のお知らせ：産後のからだほぐし',
    ]);
    expect(letters[2]?.body).toContain('大雪のため');
    expect(letters.map(({ body }) => body).join()).not.toContain('meet.example.org');
    expect(letters.map(({ body }) => body).join()).not.toContain('told');
  });

  test('keeps it when there is less room: a smaller number is refused, a larger one moves up who waits', async () => {
    const id = await here.gather({ room: 2 });
    for (const name of ['p', 'q', 'r']) await sign(id, guest(name));
    const { starts_at: starts, ends_at: ends } = await here.worker((r) => readGathering(r, id));
    const to = (room: number) =>
      here.worker((r) => change(r, id, 1, { draft: draft({ room }), span: { starts, ends } }, tell));
    expect(await refusedAs(to(1))).toBe('invalid');
    await to(3);
    expect((await here.states(id)).map(({ state }) => state)).toEqual(['booked', 'booked', 'booked']);
  });
});

describe('a resident who helps', () => {
  test('sees names and no way to reach anybody, and changes no session', async () => {
    const id = await here.gather();
    await sign(id, guest('hidden'));
    const neighbour = here.as(here.bodies.actors.neighbour);
    const [seen] = await neighbour((r) => placesOf(r, id));
    expect(seen).toMatchObject({ name: 'hidden', mail: null, phone: null });
    expect(await refusedAs(neighbour((r) => callOff(r, id, 'なし', tell)))).toBe('forbidden');
    const { rows } = await here.owner.query('select status from gathering where id = $1', [id]);
    expect(rows).toEqual([{ status: 'planned' }]);
  });

  test('gives a free place on to somebody whose address it does not see', async () => {
    const id = await here.gather({ room: 1 });
    const first = await sign(id, guest('leaves'));
    await sign(id, guest('waits'));
    await here.as(here.bodies.actors.neighbour)(async (r) => {
      await giveUp(r, await readPlace(r, first.id), tell);
    });
    expect((await here.letters()).at(-1)).toMatchObject({ recipient: 'waits@example.org' });
  });
});

describe('the person of a referral', () => {
  test('has a place that the office sees and nobody else; taking part becomes an encounter and a contact, once', async () => {
    const ids = await here.refer({ name: '山田 花子' });
    const id = await here.gather({}, 1);
    await here.worker((r) =>
      take(r, id, { way: 'site', language: 'ja', who: { task: ids.task, patient: ids.patient } }, tell),
    );
    const seen = async (actor: 'linkworker' | 'neighbour' | 'coordinator') =>
      (await here.as(here.bodies.actors[actor])((r) => placesOf(r, id))).map(({ name }) => name);
    expect(await seen('linkworker')).toEqual([expect.stringContaining('花子')]);
    expect(await seen('coordinator')).toEqual([]);
    const [place] = await here.worker((r) => placesOf(r, id));
    for (const as of ['absent', 'present', 'online', 'present'] as const)
      await here.worker((r) => tick(r, id, place?.id ?? '', as));
    const encounters = await here.worker((r) => r.find('Encounter', [['patient', ids.patient]]));
    expect(encounters).toMatchObject([
      { status: 'finished', class: { code: 'AMB' }, type: [{ text: '産後のからだほぐし' }] },
    ]);
    const contacts = await here.worker((r) => r.find('Communication', [['patient', ids.patient]]));
    expect(JSON.stringify(contacts)).toContain('産後のからだほぐし');
  });

  test('is not seen any more once the consent is taken back, and the place is free', async () => {
    const ids = await here.refer({ name: '川上 文' });
    const id = await here.gather();
    await here.worker((r) =>
      take(r, id, { way: 'site', language: 'ja', who: { task: ids.task, patient: ids.patient } }, tell),
    );
    const consent = await here.as(here.bodies.actors.doctor)((r) => r.read('Consent', ids.consent));
    await here.as(here.bodies.actors.doctor)((r) =>
      takeBack(r, ids.consent, { reason: '気が変わった', seen: consent.meta.versionId }),
    );
    expect(await here.worker((r) => placesOf(r, id))).toEqual([]);
    expect((await here.worker((r) => readGathering(r, id))).counts.site?.booked ?? 0).toBe(0);
  });

  test('of another office cannot be signed up, not even past the pages', async () => {
    const ids = await here.refer();
    const id = await here.gather();
    await expect(
      here.as(here.bodies.actors.coordinator)((r) =>
        take(r, id, { way: 'site', language: 'ja', who: { task: ids.task, patient: ids.patient } }, tell),
      ),
    ).rejects.toThrow();
  });
});

test('walk-ins are added from the day itself on, beside those who have a place', async () => {
  const later = await here.gather({}, 72);
  expect(await refusedAs(here.worker((r) => walkIn(r, later, 'つくし', 'site')))).toBe('invalid');
  const today = await here.gather({ room: 1 }, 1);
  await here.as(here.bodies.actors.neighbour)((r) => walkIn(r, today, 'つくし', 'site'));
  const one = await here.worker((r) => readGathering(r, today));
  expect(one.counts.site).toMatchObject({ booked: 0, attended: 1 });
});

test('where it is held online is read by whoever holds it', async () => {
  const id = await here.gather();
  expect(await here.worker((r) => linkOf(r, id))).toBe('https://meet.example.org/abc');
  expect(await here.as(here.bodies.actors.otherLinkworker)((r) => linkOf(r, id))).toBeUndefined();
});
