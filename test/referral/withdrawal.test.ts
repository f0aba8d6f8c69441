import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { takeBack, type Taking } from '../../src/consent/service.ts';
import { sql } from '../../src/database/sql.ts';
import type { Actor } from '../../src/kernel/actor.ts';
import { buildRequest } from '../../src/referral/record.ts';
import { assign } from '../../src/referral/service.ts';
import { makeAsking, wish, type AskingScene } from './answer-scene.ts';
import { outcomeOf } from './fixture.ts';

let scene: AskingScene;
beforeAll(async () => {
  scene = await makeAsking();
  for (const body of [scene.bodies.office, scene.bodies.resource])
    await scene.owner.query(
      `update organization set content = jsonb_set(content, '{telecom}', $2), version = version + 1 where id = $1`,
      [body.id, JSON.stringify([{ system: 'email', value: `${body.id}@example.jp` }])],
    );
});
afterAll(() => scene.close());

const actors = () => scene.bodies.actors;
const back = (consent: string, by: Actor = actors().doctor, taking: Partial<Taking> = {}) =>
  scene.open(by, (records) => takeBack(records, consent, { reason: 'ご本人の希望', seen: '1', ...taking }));
const sees = (actor: Actor, type: 'Patient' | 'Task' | 'QuestionnaireResponse', id: string) =>
  outcomeOf(scene.open(actor, (records) => records.read(type, id))).then((is) => is === 'done');
const statusOf = async (task: string) =>
  (
    await scene.owner.query<{ status: string; reason: string }>(
      `select status, content #>> '{statusReason,coding,0,code}' as reason from task where id = $1`,
      [task],
    )
  ).rows[0];
const noticesTo = async (body: string) =>
  (
    await scene.owner.query<{ kind: string; case_number: string }>(
      `select kind, case_number from notice where organization_id = $1 order by at desc, kind`,
      [body],
    )
  ).rows;
const mails = async (to: string): Promise<string[]> =>
  (
    await scene.owner.query<{ body: string }>(`select body from outbox where recipient = $1 order by id`, [
      to,
    ])
  ).rows.map((row) => row.body);

describe('a consent that is taken back', () => {
  test.each(['doctor', 'linkworker'] as const)(
    'by way of the %s ends all that rested on it, at once',
    async (who) => {
      const one = await scene.ask();
      const { office, resource } = scene.bodies;
      expect(await sees(actors().linkworker, 'Patient', one.patient)).toBe(true);
      expect(await sees(actors().resource, 'Patient', one.patient)).toBe(true);
      await back(one.consent, actors()[who]);
      for (const id of [one.partOf, one.task])
        expect(await statusOf(id)).toEqual({ status: 'cancelled', reason: 'consent-withdrawn' });
      for (const actor of [actors().linkworker, actors().neighbour, actors().resource])
        for (const [type, id] of [
          ['Patient', one.patient],
          ['Task', one.partOf],
          ['Task', one.task],
        ] as const)
          expect([actor.role, type, await sees(actor, type, id)]).toEqual([actor.role, type, false]);
      expect(await sees(actors().doctor, 'Patient', one.patient)).toBe(true);
      const link = await scene.anyone.get(`/r/${one.secret}`);
      expect(link.status).toBe(410);
      for (const body of [office, resource]) {
        expect((await noticesTo(body.id))[0]?.kind).toBe('consent-withdrawn');
        const last = (await mails(`${body.id}@example.jp`)).at(-1) ?? '';
        expect(last).toContain('同意が取り消された');
        expect(last).not.toMatch(/試験|花子|シケン|1942/);
      }
    },
  );

  test('leaves on record what had been opened to whom, when and why it closed', async () => {
    const one = await scene.ask();
    await back(one.consent);
    const { rows } = await scene.owner.query<{ audience: string; closed_because: string; whole: boolean }>(
      `select audience, closed_because, closed_at >= opened_at as whole from disclosure where patient_id = $1 and closed_because <> 'changed' order by audience`,
      [one.patient],
    );
    expect(rows.map((row) => [row.audience, row.closed_because])).toEqual(
      expect.arrayContaining([
        ['group', 'withdrawn'],
        ['staff', 'withdrawn'],
      ]),
    );
    expect(rows.every((row) => row.whole)).toBe(true);
  });

  test('closes nothing that another consent still opens', async () => {
    const one = await scene.ask();
    const consent = await scene.open(actors().doctor, async (records) => {
      const { id: _id, meta: _meta, ...again } = await records.read('Consent', one.consent);
      return (await records.save(again)).id;
    });
    await back(one.consent);
    expect(await statusOf(one.partOf)).toMatchObject({ status: 'accepted' });
    expect(await sees(actors().resource, 'Patient', one.patient)).toBe(true);
    await back(consent);
    expect(await statusOf(one.partOf)).toMatchObject({ status: 'cancelled' });
  });

  test('by a program that writes the consent back ends the same', async () => {
    const one = await scene.ask();
    await scene.withdraw(one.consent);
    expect(await statusOf(one.task)).toMatchObject({ status: 'cancelled' });
  });
});

describe('one consent on which much rests', () => {
  /** Asks so many groups more under the same referral. */
  const askAlso = async (one: Awaited<ReturnType<typeof scene.ask>>, count: number): Promise<void> => {
    const { office, resource, otherResource } = scene.bodies;
    for (let i = 0; i < count; i++) {
      const to = [resource, otherResource][i % 2]?.id ?? '';
      const service = await scene.enter(to);
      const ids = { request: randomUUID(), task: randomUUID(), provenance: randomUUID() };
      const at = scene.now().toISOString();
      const records = buildRequest(
        {
          patient: one.patient,
          from: office.id,
          to,
          by: actors().linkworker.post,
          partOf: one.partOf,
          basedOn: one.basedOn,
          service,
          wish,
          needs: [],
          consent: one.consent,
          urgency: 'routine',
          caseNumber: `TS-2026-${ids.task.slice(0, 6)}`,
          at,
          due: at,
        },
        ids,
      );
      await scene.open(actors().linkworker, (store) => store.write(records));
    }
  };

  test('is taken back in as many statements for nine requests as for two, and everybody is told', async () => {
    const counts = [];
    for (const more of [1, 8]) {
      const one = await scene.ask();
      await askAlso(one, more);
      const before = scene.database.statements();
      const told = (await noticesTo(scene.bodies.resource.id)).length;
      await back(one.consent);
      counts.push(scene.database.statements() - before);
      const { rows } = await scene.owner.query<{ status: string; n: number }>(
        `select status, count(*)::int as n from task where patient_id = $1 group by status`,
        [one.patient],
      );
      expect(rows).toEqual([{ status: 'cancelled', n: more + 2 }]);
      expect((await noticesTo(scene.bodies.resource.id)).length - told).toBe(1 + Math.ceil(more / 2));
      const { rows: disclosed } = await scene.owner.query<{ open: number }>(
        `select count(*)::int as open from disclosure where patient_id = $1 and closed_at is null`,
        [one.patient],
      );
      expect(disclosed).toEqual([{ open: 0 }]);
    }
    expect(counts[1]).toBe(counts[0]);
  });

  test('leaves notices at other bodies by the service alone', async () => {
    const tidings = [
      { organization: scene.bodies.clinic.id, kind: 'consent-withdrawn', caseNumber: 'TS-2026-000001' },
    ];
    for (const who of [actors().doctor, actors().linkworker, actors().resource])
      expect(
        await outcomeOf(
          scene.open(who, (records) =>
            records.run(sql`select leave_notices(now(), ${JSON.stringify(tidings)}::jsonb)`),
          ),
        ),
      ).toBe('forbidden');
  });
});

describe('a part that is taken back', () => {
  test('for groups: their requests end, the office goes on', async () => {
    const one = await scene.ask();
    await back(one.consent, actors().doctor, { parts: { recipients: ['resource'], items: [] } });
    expect(await statusOf(one.task)).toMatchObject({ status: 'cancelled' });
    expect(await statusOf(one.partOf)).toMatchObject({ status: 'accepted' });
    expect(await sees(actors().resource, 'Patient', one.patient)).toBe(false);
    expect(await sees(actors().linkworker, 'Patient', one.patient)).toBe(true);
    expect((await noticesTo(scene.bodies.office.id))[0]?.kind).toBe('consent-narrowed');
  });

  test('of one item: the office no longer reads it and keeps the rest', async () => {
    const one = await scene.ask();
    const { rows } = await scene.owner.query<{ id: string }>(
      `select id from questionnaire_response where patient_id = $1`,
      [one.patient],
    );
    const answers = rows[0]?.id ?? '';
    expect(await sees(actors().linkworker, 'QuestionnaireResponse', answers)).toBe(true);
    await back(one.consent, actors().doctor, { parts: { recipients: [], items: ['answers'] } });
    expect(await sees(actors().linkworker, 'QuestionnaireResponse', answers)).toBe(false);
    expect(await sees(actors().linkworker, 'Patient', one.patient)).toBe(true);
    expect(await statusOf(one.partOf)).toMatchObject({ status: 'accepted' });
  });

  test('for residents: whoever of them had the case has it no longer', async () => {
    const one = await scene.ask();
    await scene.open(actors().linkworker, (records) =>
      assign(records, { id: one.partOf, assignee: actors().neighbour.post ?? '' }),
    );
    expect(await sees(actors().neighbour, 'Patient', one.patient)).toBe(true);
    await back(one.consent, actors().doctor, { parts: { recipients: ['resident'], items: [] } });
    expect(await sees(actors().neighbour, 'Patient', one.patient)).toBe(false);
    expect((await scene.taskNow(one.partOf)).assignee).toBeUndefined();
    const again = scene.open(actors().linkworker, (records) =>
      assign(records, { id: one.partOf, assignee: actors().neighbour.post ?? '' }),
    );
    expect(await outcomeOf(again)).toBe('invalid');
  });

  test('of everything there is, is the whole', async () => {
    const one = await scene.ask();
    await back(one.consent, actors().doctor, {
      parts: { recipients: ['office', 'resident', 'resource'], items: [] },
    });
    expect(await statusOf(one.partOf)).toMatchObject({ status: 'cancelled' });
    const { rows } = await scene.owner.query(`select status from consent where id = $1`, [one.consent]);
    expect(rows).toEqual([{ status: 'inactive' }]);
  });
});

describe('at the same moment', () => {
  test('two who take it back: one does, the other is told', async () => {
    const one = await scene.ask();
    const both = await Promise.all([
      outcomeOf(back(one.consent)),
      outcomeOf(back(one.consent, actors().linkworker)),
    ]);
    expect(both.filter((is) => is === 'done')).toHaveLength(1);
    expect(await statusOf(one.partOf)).toMatchObject({ status: 'cancelled' });
  });

  test('a link worker who saves loses nothing of it silently: one of the two is refused or both are done', async () => {
    for (let i = 0; i < 4; i++) {
      const one = await scene.ask();
      const save = scene.open(actors().linkworker, async (records) =>
        records.save({ ...(await records.read('Task', one.partOf)), status: 'in-progress' }),
      );
      const [saved, taken] = await Promise.all([outcomeOf(save), outcomeOf(back(one.consent))]);
      if (taken !== 'done') await back(one.consent);
      expect(['done', 'conflict', 'not-found', 'forbidden']).toContain(saved);
      expect(await statusOf(one.partOf)).toMatchObject({ status: 'cancelled' });
      expect(await sees(actors().linkworker, 'Patient', one.patient)).toBe(false);
    }
  });
});
