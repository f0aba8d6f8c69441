import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Bundle } from '@medplum/fhirtypes';
import pg from 'pg';
import { startApi, expectRefusal, type Api } from './api.ts';
import { madeIn, referralBundle } from './bundle.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(async () => {
  await api.stop();
});

const patient = (name: string) => ({
  resourceType: 'Patient',
  name: [{ text: name }],
  managingOrganization: { reference: `Organization/${api.bodies.clinic.id}` },
});
const sendOnce = (key: string, path: string, body: unknown, name: 'clinic' | 'otherClinic' = 'clinic') =>
  api.send(name, 'post', path, body).set('Idempotency-Key', key);
const patients = async (): Promise<number> => {
  const { rows } = await api.owner.query<{ n: string }>('select count(*) as n from patient');
  return Number(rows[0]?.n);
};

test('a referral that is sent again with its key is the same referral', async () => {
  const [key, bundle] = [randomUUID(), referralBundle(api.bodies)];
  const first = await sendOnce(key, '', bundle).expect(200);
  const count = await patients();
  const again = await sendOnce(key, '', bundle).expect(200);
  expect(again.body).toEqual(first.body);
  expect(await patients()).toBe(count);
  const other = await sendOnce(randomUUID(), '', bundle).expect(200);
  expect(madeIn(other.body as Bundle, 'Task')).not.toBe(madeIn(first.body as Bundle, 'Task'));
});

test('eight at the same moment make one record and get one answer', async () => {
  const [key, count] = [randomUUID(), await patients()];
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => sendOnce(key, '/Patient', patient('同時 太郎'))),
  );
  expect(answers.map((a) => a.status)).toEqual(answers.map(() => 201));
  for (const { body } of answers) expect(body).toEqual(answers[0]?.body);
  expect(await patients()).toBe(count + 1);
});

test('what is read is not kept for a key: a transaction that reads takes none', async () => {
  const reading = {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [{ request: { method: 'GET', url: 'Patient?_count=1' } }],
  };
  expectRefusal(await sendOnce(randomUUID(), '', reading), 422, 'http.Idempotency-Key');
  await api.send('clinic', 'post', '', reading).expect(200);
});

test('another body under a used key gets the first answer, and is not stored', async () => {
  const key = randomUUID();
  const first = await sendOnce(key, '/Patient', patient('はじめ 一子')).expect(201);
  const second = await sendOnce(key, '/Patient', patient('つぎ 二子')).expect(201);
  expect(second.body).toEqual(first.body);
  const { body } = await api.send('clinic', 'get', `/Patient?name=${encodeURIComponent('つぎ')}`);
  expect((body as Bundle).entry).toEqual([]);
});

test('a key is a body’s own: another clinic may use the same', async () => {
  const key = randomUUID();
  await sendOnce(key, '/Patient', patient('甲 花子')).expect(201);
  const mine = {
    ...patient('乙 花子'),
    managingOrganization: { reference: `Organization/${api.bodies.otherClinic.id}` },
  };
  const { body } = await sendOnce(key, '/Patient', mine, 'otherClinic').expect(201);
  expect(body).toMatchObject({ name: [{ text: '乙 花子' }] });
});

test('what was refused does not use up its key', async () => {
  const key = randomUUID();
  expectRefusal(await sendOnce(key, '/Patient', { ...patient('x'), gender: 'F' }), 422);
  await sendOnce(key, '/Patient', patient('直した 花子')).expect(201);
});

test('a record that is there already is not created again, also by two at once', async () => {
  const body = {
    ...patient('条件 花子'),
    identifier: [{ system: 'https://clinic.example/number', value: 'B-7' }],
  };
  const condition = 'identifier=https://clinic.example/number|B-7';
  const sent = await Promise.all(
    Array.from({ length: 4 }, () =>
      api.send('clinic', 'post', '/Patient', body).set('If-None-Exist', condition),
    ),
  );
  expect(sent.map((a) => a.status).toSorted((a, b) => a - b)).toEqual([200, 200, 200, 201]);
  expect(new Set(sent.map((a) => (a.body as { id: string }).id)).size).toBe(1);
  await api.send('clinic', 'post', '/Patient', body).expect(201);
  const refusal = await api.send('clinic', 'post', '/Patient', body).set('If-None-Exist', condition);
  expectRefusal(refusal, 412, 'http.If-None-Exist');
});

test('a writer that asks for less gets the place and the version alone', async () => {
  const made = await api
    .send('clinic', 'post', '/Patient', patient('略 花子'))
    .set('Prefer', 'return=minimal');
  expect([made.status, made.text, made.headers['etag']]).toEqual([201, '', 'W/"1"']);
  expect(made.headers['location']).toMatch(new RegExp(`^${api.url}/fhir/Patient/[0-9a-f-]{36}/_history/1$`));
});

test('an id and a version that a creator sends along count for nothing', async () => {
  const id = randomUUID();
  const body = { ...patient('自称 花子'), id, meta: { versionId: '7', lastUpdated: '2001-01-01T00:00:00Z' } };
  const made = await api.send('clinic', 'post', '/Patient', body).expect(201);
  expect(made.body).toMatchObject({ meta: { versionId: '1' } });
  expect((made.body as { id: string }).id).not.toBe(id);
});

test('when the database drops its connections the service goes on, and nothing half made is left', async () => {
  const admin = new pg.Client({ connectionString: api.ownerUrl });
  await admin.connect();
  const sending = Array.from({ length: 12 }, () =>
    api.send('clinic', 'post', '', referralBundle(api.bodies)),
  );
  const answers = Promise.all(sending.map((one) => one.then((r) => r)));
  for (let i = 0; i < 5; i += 1)
    await admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'tsunagi_app'`,
    );
  for (const answer of await answers) expect([200, 500]).toContain(answer.status);
  await api.send('clinic', 'post', '', referralBundle(api.bodies)).expect(200);
  const { rows } = await admin.query(
    `select 1 from task t where not exists (select 1 from service_request s where s.id = t.focus_id)
       or not exists (select 1 from task_history h where h.id = t.id and h.version = t.version)
       or not exists (select 1 from access_log l where t.patient_id = any (l.patients))`,
  );
  expect(rows).toEqual([]);
  await admin.end();
});
