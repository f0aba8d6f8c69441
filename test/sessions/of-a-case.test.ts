import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Attendance } from '../../src/sessions/model.ts';
import { takeBack } from '../../src/consent/service.ts';
import { readDossier } from '../../src/dossier/read.ts';
import { sessionsChapter } from '../../src/dossier/support-chapters.ts';
import { sql } from '../../src/database/sql.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { limitContact } from '../../src/people/record.ts';
import { seal } from '../../src/people/danger/seal.ts';
import { remindOfSessions } from '../../src/exchange/session-reminders.ts';
import { cancel } from '../../src/referral/withdrawal.ts';
import { move } from '../../src/referral/service.ts';
import { happenedIn } from '../../src/referral/case-queries.ts';
import { tick } from '../../src/sessions/attend.ts';
import { callOff, change } from '../../src/sessions/hold.ts';
import { phonesOf, placesOf, readGathering, readPlace } from '../../src/sessions/queries.ts';
import { makeReminding } from '../../src/sessions/reminders.ts';
import { giveUp, take } from '../../src/sessions/take.ts';
import { mailText } from '../../src/sessions/mail-text.ts';
import { draft, makeScene, programs, tell, type Scene } from './scene.ts';

let here: Scene;
beforeAll(async () => {
  here = await makeScene();
});
afterAll(() => here.close());
beforeEach(() => here.owner.query('delete from outbox'));

const doctor = <T>(work: Parameters<Scene['worker']>[0]): Promise<T> =>
  here.as(here.bodies.actors.doctor)(work) as Promise<T>;
const mail = 'person@example.org';
/** A person of a referral with a place in a session. */
async function booked(id: string, way: 'site' | 'online' = 'site') {
  const ids = await here.refer();
  const who = { task: ids.task, patient: ids.patient, mail };
  const { id: place, state } = await here.worker((r) => take(r, id, { way, language: 'ja', who }, tell));
  return { ...ids, place, state };
}
const sign = (id: string, name: string) =>
  here.worker((r) =>
    take(r, id, { way: 'site', language: 'ja', who: { name, mail: `${name}@example.org` } }, tell),
  );
/** Who was told what. */
const told = async (): Promise<string[]> =>
  (await here.letters()).map(({ recipient, subject }) => {
    const of = Object.entries(mailText.subject).find(([, say]) => say(draft().title).ja === subject);
    return `${recipient} ${of?.[0] ?? 'something else'}`;
  });

describe('attendance', () => {
  const tickAs = (id: string, place: string, as: Attendance) => here.worker((r) => tick(r, id, place, as));
  const recorded = async (patient: string) =>
    here.worker(async (r) => ({
      encounters: (await r.find('Encounter', [['patient', patient]])).map(
        (one) => `${one.status} ${one.class.code ?? ''}`,
      ),
      contacts: (await r.find('Communication', [['patient', patient]]))
        .filter((one) => JSON.stringify(one).includes('産後のからだほぐし'))
        .map(({ status }) => status),
    }));

  test('that two people tick at once is recorded once', async () => {
    const id = await here.gather({}, 1);
    const { place, patient } = await booked(id);
    await Promise.all([1, 2, 3].map(() => tickAs(id, place, 'present')));
    expect(await recorded(patient)).toEqual({ encounters: ['finished AMB'], contacts: ['completed'] });
  });

  test('that is corrected is taken back, and taken up again without a second record', async () => {
    const id = await here.gather({}, 1);
    const { place, patient, task } = await booked(id);
    const course = () =>
      here.worker(async (r) => JSON.stringify(await happenedIn(r, await r.read('Task', task))));
    await tickAs(id, place, 'present');
    expect(await course()).toContain('産後のからだほぐし');
    await tickAs(id, place, 'absent');
    expect(await recorded(patient)).toEqual({
      encounters: ['entered-in-error AMB'],
      contacts: ['entered-in-error'],
    });
    expect(await course()).not.toContain('産後のからだほぐし');
    await tickAs(id, place, 'online');
    expect(await recorded(patient)).toEqual({ encounters: ['finished VR'], contacts: ['completed'] });
    expect((await here.worker((r) => readGathering(r, id))).counts.site?.attended).toBe(1);
  });

  test('is ticked and corrected by the resident who has the case in hand, too', async () => {
    const id = await here.gather({}, 1);
    const neighbour = here.as(here.bodies.actors.neighbour);
    const ids = await here.refer({ accepted: false });
    await neighbour((r) => move(r, programs, { id: ids.task, move: 'accept' }));
    const who = { task: ids.task, patient: ids.patient };
    const { id: place } = await neighbour((r) => take(r, id, { way: 'site', language: 'ja', who }, tell));
    await neighbour((r) => tick(r, id, place, 'present'));
    await neighbour((r) => tick(r, id, place, 'absent'));
    expect(await recorded(ids.patient)).toEqual({
      encounters: ['entered-in-error AMB'],
      contacts: ['entered-in-error'],
    });
  });
});

describe('whoever must not be contacted any more', () => {
  const limits = {
    since: '2026-11-20',
    why: 'danger-at-home',
    how: '診察のときだけ',
    by: undefined,
  } as const;
  const limit = (patient: string): Promise<void> =>
    doctor(async (r) => {
      await r.save(limitContact(await r.read('Patient', patient), limits, r.now.toISOString()));
    });
  const sealAway = (patient: string): Promise<void> =>
    doctor(async (r) => {
      const { meta } = await r.read('Patient', patient);
      await seal(r, patient, {
        named: [here.bodies.actors.linkworker.post ?? ''],
        why: '別居した夫から守るため',
        seen: meta.versionId,
      });
    });

  test.each([
    ['limited', limit],
    ['sealed', sealAway],
  ])('gets no letter of any kind once the contact is %s, and is shown as such', async (_, hide) => {
    const id = await here.gather({ room: 1 }, 24 * 12);
    const first = await sign(id, 'first');
    const { place, patient, state } = await booked(id);
    expect(state).toBe('waiting');
    await hide(patient);
    await here.owner.query('delete from outbox');
    // Moved up, moved, reminded, called off: none of it goes to them.
    await here.worker(async (r) => giveUp(r, await readPlace(r, first.id), tell));
    const was = await here.worker((r) => readGathering(r, id));
    const starts = new Date(was.starts_at.getTime() + 3_600_000);
    const span = { starts, ends: new Date(starts.getTime() + 3_600_000) };
    await here.worker((r) => change(r, id, 1, { draft: draft({ room: 1 }), span }, tell));
    here.time.forward(60 * 24 * 11);
    const reminding = makeReminding({ open: here.open, now: here.time.now, tell });
    await remindOfSessions(here.owner, reminding, silentLog());
    await here.worker((r) => callOff(r, id, '大雪のため', tell));
    expect(await told()).toEqual(['first@example.org given-up']);
    const [seen] = await here.worker(async (r) => phonesOf(r, await placesOf(r, id)));
    expect(seen).toMatchObject({ id: place, state: 'booked', silent: true, mail: null, phone: null });
    here.time.forward(-60 * 24 * 11);
  });

  test('is told nothing when their place is given up', async () => {
    const id = await here.gather();
    const { place, patient } = await booked(id);
    await limit(patient);
    await here.owner.query('delete from outbox');
    await here.worker(async (r) => giveUp(r, await readPlace(r, place), tell));
    expect(await told()).toEqual([]);
  });
});

describe('a place rests on the referral', () => {
  const ends = [
    [
      'the consent is taken back',
      async ({ consent }: { consent: string }) =>
        doctor(async (r) =>
          takeBack(r, consent, {
            reason: '気が変わった',
            seen: (await r.read('Consent', consent)).meta.versionId,
          }),
        ),
    ],
    ['the clinic cancels it', async ({ task }: { task: string }) => doctor((r) => cancel(r, [task]))],
  ] as const;

  test.each(ends)('and is free when %s: whoever waits moves up, what is over stays', async (_, end) => {
    const id = await here.gather({ room: 1 });
    const ids = await booked(id);
    await sign(id, 'next');
    const past = await here.gather({}, 0.5);
    const who = { task: ids.task, patient: ids.patient };
    await here.worker((r) => take(r, past, { way: 'site', language: 'ja', who }, tell));
    here.time.forward(60);
    await here.owner.query('delete from outbox');
    await end(ids);
    expect((await here.states(id)).map(({ state }) => state)).toEqual(['cancelled', 'booked']);
    expect((await here.states(past)).map(({ state }) => state)).toEqual(['booked']);
    expect((await told()).filter((one) => !one.includes('something else'))).toEqual([
      `${mail} given-up`,
      'next@example.org moved-up',
    ]);
  });

  test('and stands in the account of everything that is held, for the clinic that keeps the person alone', async () => {
    const id = await here.gather({}, 1);
    const { patient, place } = await booked(id);
    await here.worker((r) => tick(r, id, place, 'present'));
    // The bodies of the tests were never written by the store.
    for (const table of ['organization', 'practitioner_role'])
      await here.owner.query(
        `update ${table} set version = version + 1, content = content || '{"meta": {"versionId": "1", "lastUpdated": "2026-11-20T00:00:00Z"}}'`,
      );
    const dossier = await doctor<Awaited<ReturnType<typeof readDossier>>>((r) => readDossier(r, patient));
    const chapter = sessionsChapter(dossier, {
      language: 'ja',
      programs,
      now: here.time.now(),
      sheetId: 'test',
    });
    expect(JSON.stringify(chapter)).toContain('参加した');
    expect(JSON.stringify(chapter)).toContain('産後のからだほぐし');
    const others = await here.worker((r) => r.run(sql`select * from taking_part(${patient}::uuid)`));
    expect(others).toEqual([]);
  });
});

describe('changing a session', () => {
  test('counts those who sign up at the same time: the room is never smaller than what is booked', async () => {
    for (let n = 0; n < 5; n += 1) {
      const id = await here.gather({ room: 3 });
      await sign(id, 'a');
      const was = await here.worker((r) => readGathering(r, id));
      const span = { starts: was.starts_at, ends: was.ends_at };
      await Promise.allSettled([
        sign(id, 'b'),
        here.worker((r) => change(r, id, 1, { draft: draft({ room: 1 }), span }, tell)),
        sign(id, 'c'),
      ]);
      const now = await here.worker((r) => readGathering(r, id));
      expect(now.counts.site?.booked).toBeLessThanOrEqual(now.room ?? 0);
    }
  });

  test('to another day reminds of it anew', async () => {
    const id = await here.gather({}, 24 * 5);
    await sign(id, 'again');
    here.time.forward(60 * 24 * 4);
    const reminding = makeReminding({ open: here.open, now: here.time.now, tell });
    const remind = async (): Promise<string[]> => {
      await here.owner.query('delete from outbox');
      await remindOfSessions(here.owner, reminding, silentLog());
      return (await told()).filter((one) => one.startsWith('again@'));
    };
    expect(await remind()).toEqual(['again@example.org tomorrow']);
    const was = await here.worker((r) => readGathering(r, id));
    const starts = new Date(was.starts_at.getTime() + 7 * 86_400_000);
    const span = { starts, ends: new Date(starts.getTime() + 3_600_000) };
    await here.worker((r) => change(r, id, 1, { draft: draft(), span }, tell));
    here.time.forward(60 * 24 * 7);
    expect(await remind()).toEqual(['again@example.org tomorrow']);
    expect(await remind()).toEqual([]);
  });
});

describe('a resident who helps', () => {
  test('takes somebody off, who is told, and signs nobody up twice, without seeing an address', async () => {
    const id = await here.gather();
    const { id: place } = await sign(id, 'off');
    await here.owner.query('delete from outbox');
    const neighbour = here.as(here.bodies.actors.neighbour);
    const who = { name: 'off', mail: 'OFF@example.org' };
    await expect(neighbour((r) => take(r, id, { way: 'site', language: 'ja', who }, tell))).rejects.toThrow();
    await neighbour(async (r) => giveUp(r, await readPlace(r, place), tell));
    expect(await told()).toEqual(['off@example.org given-up']);
  });
});

test('a place that is no id does not exist', async () => {
  for (const id of ['', 'x', undefined, "1' or true"])
    await expect(here.worker((r) => readPlace(r, id))).rejects.toMatchObject({
      problem: { kind: 'not-found' },
    });
});
