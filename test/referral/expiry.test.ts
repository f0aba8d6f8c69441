import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { lookAfterConsents } from '../../src/exchange/jobs.ts';
import { sql } from '../../src/database/sql.ts';
import type { Actor } from '../../src/kernel/actor.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { meetEnd } from '../../src/referral/expiry.ts';
import { move } from '../../src/referral/service.ts';
import { makeAsking, type AskingScene } from './answer-scene.ts';
import { outcomeOf, programs } from './fixture.ts';

let scene: AskingScene;
let pool: pg.Pool;
beforeAll(async () => {
  scene = await makeAsking();
  pool = new pg.Pool({ connectionString: scene.ownerUrl, max: 2 });
  pool.on('error', () => undefined);
  for (const body of [scene.bodies.office, scene.bodies.resource, scene.bodies.clinic])
    await scene.owner.query(
      `update organization set version = version + 1, content = jsonb_set(jsonb_set(content, '{telecom}', $2), '{meta,versionId}', to_jsonb((version + 1)::text)) where id = $1`,
      [body.id, JSON.stringify([{ system: 'email', value: `${body.id}@example.jp` }])],
    );
});
afterAll(async () => {
  await pool.end();
  await scene.close();
});

const actors = () => scene.bodies.actors;
const look = () =>
  lookAfterConsents(
    pool,
    { now: () => new Date(), meet: meetEnd(scene.open, 'https://example.jp') },
    silentLog(),
  );

/** Lets a consent end so many days from today, or ago. The consent itself could not be changed like that. */
const endIn = (consent: string, days: number) =>
  scene.owner.query(
    `update consent set version = version + 1, content = jsonb_set(jsonb_set(jsonb_set(content,
       '{provision,period,end}', to_jsonb(to_char((now() at time zone 'Asia/Tokyo')::date + $2::int, 'YYYY-MM-DD'))),
       '{provision,period,start}', '"2024-01-01"'), '{meta,versionId}', to_jsonb((version + 1)::text)) where id = $1`,
    [consent, days],
  );
/** The same consent once more, for long. */
const renew = (consent: string) =>
  scene.open(actors().doctor, async (records) => {
    const { id: _id, meta: _meta, ...again } = await records.read('Consent', consent);
    const provision = { ...again.provision, period: { start: '2026-11-20', end: '2099-11-19' } };
    return (await records.save({ ...again, provision })).id;
  });
const sees = (actor: Actor, type: 'Patient' | 'Task', id: string) =>
  outcomeOf(scene.open(actor, (records) => records.read(type, id))).then((is) => is === 'done');
const statusOf = async (task: string) =>
  (
    await scene.owner.query<{ status: string; reason: string | null }>(
      `select status, content #>> '{statusReason,coding,0,code}' as reason from task where id = $1`,
      [task],
    )
  ).rows[0];
const noticesOf = async (body: string, about: { partOf: string; task: string }) =>
  (
    await scene.owner.query<{ kind: string }>(
      `select n.kind from notice n where organization_id = $1 and case_number in (
         select jsonb_path_query(t.content, '$.identifier[*].value') #>> '{}' from task t where t.id in ($2, $3)) order by n.at, n.kind`,
      [body, about.partOf, about.task],
    )
  ).rows.map((row) => row.kind);
const accept = (id: string) =>
  outcomeOf(scene.open(actors().linkworker, (records) => move(records, programs, { id, move: 'start' })));

test('thirty days before the end clinic, office and group are told, once, and by mail without a name', async () => {
  const one = await scene.ask();
  await endIn(one.consent, 29);
  await Promise.all([look(), look()]);
  await look();
  for (const body of [scene.bodies.clinic, scene.bodies.office, scene.bodies.resource]) {
    expect(await noticesOf(body.id, one)).toEqual(['consent-ends']);
    const { rows } = await scene.owner.query<{ body: string }>(
      `select body from outbox where recipient = $1`,
      [`${body.id}@example.jp`],
    );
    expect(rows.at(-1)?.body).toContain('期限が近づいています');
    expect(rows.at(-1)?.body).not.toMatch(/試験|花子|シケン|1942/);
  }
  expect(await statusOf(one.partOf)).toMatchObject({ status: 'accepted' });
});

test('a consent that ends later, or is carried on by another, troubles nobody', async () => {
  const [late, renewed] = [await scene.ask(), await scene.ask()];
  await endIn(late.consent, 40);
  await endIn(renewed.consent, -2);
  await renew(renewed.consent);
  await look();
  for (const one of [late, renewed]) expect(await noticesOf(scene.bodies.office.id, one)).toEqual([]);
});

test('expired, the office and the group read and write nothing; a new consent lets the case go on', async () => {
  const one = await scene.ask();
  await endIn(one.consent, -3);
  await look();
  expect(await noticesOf(scene.bodies.office.id, one)).toEqual(['consent-expired']);
  for (const actor of [actors().linkworker, actors().resource])
    expect(await sees(actor, 'Task', one.task)).toBe(true);
  expect(await accept(one.partOf)).not.toBe('done');
  await renew(one.consent);
  expect(await accept(one.partOf)).toBe('done');
});

test('thirty days after the end what rested on it is cancelled and seen by nobody else', async () => {
  const one = await scene.ask();
  await endIn(one.consent, -31);
  expect(await sees(actors().linkworker, 'Patient', one.patient)).toBe(false);
  await Promise.all([look(), look()]);
  await look();
  for (const id of [one.partOf, one.task])
    expect(await statusOf(id)).toEqual({ status: 'cancelled', reason: 'consent-expired' });
  for (const body of [scene.bodies.clinic, scene.bodies.office, scene.bodies.resource])
    expect(await noticesOf(body.id, one)).toEqual(['consent-closed']);
  for (const actor of [actors().linkworker, actors().neighbour, actors().resource])
    for (const [type, id] of [
      ['Patient', one.patient],
      ['Task', one.partOf],
      ['Task', one.task],
    ] as const)
      expect([actor.role, type, await sees(actor, type, id)]).toEqual([actor.role, type, false]);
  expect(await sees(actors().doctor, 'Task', one.partOf)).toBe(true);
  const { rows } = await scene.owner.query<{ closed_because: string | null }>(
    `select distinct closed_because from disclosure where patient_id = $1 and closed_because is distinct from 'changed'`,
    [one.patient],
  );
  expect(rows).toEqual([{ closed_because: 'expired' }]);
  const sights = await scene.owner.query(`select 1 from sight where patient_id = $1`, [one.patient]);
  expect(sights.rows).toHaveLength(1);
});

test('only the service may look again at what is to be ended', async () => {
  const one = await scene.ask();
  await endIn(one.consent, -31);
  for (const actor of [actors().linkworker, actors().resource, actors().doctor])
    await expect(
      scene.open(actor, (records) => records.run(sql`select sight_to_end(${one.patient}::uuid)`)),
    ).rejects.toThrow();
});
