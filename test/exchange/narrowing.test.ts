import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Bundle, Subscription } from '@medplum/fhirtypes';
import request from 'supertest';
import { kinds, offersFor } from '../../src/access/clients/offered.ts';
import { allows, type Letter } from '../../src/access/scopes.ts';
import { makeDefinitions } from '../../src/profiles/definitions.ts';
import { capabilityStatement } from '../../src/exchange/fhir/capability.ts';
import { definitionTypes } from '../../src/exchange/fhir/definitions.ts';
import { topics } from '../../src/exchange/fhir/subscriptions/model.ts';
import { roles } from '../../src/kernel/actor.ts';
import { writePart } from '../../src/exchange/fhir/export/queries.ts';
import { openStore } from '../../src/open-store.ts';
import { testSecret } from '../support/template.ts';
import { desk, signedIn, type Desk } from '../support/desk.ts';
import { hashPassword } from '../../src/access/password.ts';
import { demoPassword } from '../../seeds/load.ts';
import { expectRefusal, startApi, type Api, type ClientName } from './api.ts';
import { madeIn, referralBundle } from './bundle.ts';

let api: Api;
let admin: Desk;
let other: Server;
/** What a program of somebody else was told: ids of records. */
const heard: string[] = [];
beforeAll(async () => {
  api = await startApi();
  await api.owner.query(
    `insert into account (id, login, password_hash, name, role, organization_id) values ($1, 'keeper', $2, '試験 管理', 'admin', $3)`,
    [randomUUID(), await hashPassword(demoPassword), api.bodies.council.id],
  );
  admin = await signedIn(api, 'keeper');
  other = createServer((req, res) => {
    let body = '';
    req.on('data', (part: Buffer) => (body += part.toString()));
    req.on('end', () => {
      heard.push(
        ...[...body.matchAll(/"url":"((?:Task|ServiceRequest)\/[^"]+)"/g)].map(([, one = '']) => one),
      );
      res.writeHead(200).end();
    });
  });
  await new Promise<void>((ready) => other.listen(0, '127.0.0.1', ready));
});
afterAll(async () => {
  other.closeAllConnections();
  other.close();
  await api.stop();
});

async function until<T>(look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((later) => setTimeout(later, 50));
  }
}
/** As an administrator does it, on the page: `ticks` by kind of record. */
async function allow(id: string, ticks: Readonly<Record<string, readonly string[]>> | 'all'): Promise<void> {
  const page = await admin.get(`/programs/${id}/edit`);
  const sent = await admin.send(page, '/edit', {
    name: id,
    purpose: '試験',
    contact: 'a@example.jp',
    extent: ticks === 'all' ? 'all' : 'chosen',
    ...(ticks === 'all' ? {} : ticks),
  });
  expect([sent.status, sent.location]).toEqual([303, `/programs/${id}?said=edited`]);
}
const press = async (id: string, what: 'disable' | 'enable'): Promise<void> => {
  expect((await admin.send(await admin.get(`/programs/${id}`), `/${what}`)).status).toBe(303);
};
const subscribe = async (who: ClientName): Promise<string> => {
  const { body } = await api
    .send(who, 'post', '/Subscription', {
      resourceType: 'Subscription',
      status: 'requested',
      reason: 'test',
      criteria: topics.Task.url,
      channel: {
        type: 'rest-hook',
        endpoint: `http://127.0.0.1:${String((other.address() as AddressInfo).port)}/`,
      },
    })
    .expect(201);
  const { id = '' } = body as Subscription;
  await until(async () => ((await stateOf(id))?.status === 'active' ? true : undefined));
  return id;
};
const stateOf = async (id: string): Promise<{ status: string; fault: string | null } | undefined> =>
  (
    await api.owner.query<{ status: string; fault: string | null }>(
      'select status, fault from subscription where id = $1',
      [id],
    )
  ).rows[0];
const refer = async (): Promise<string> =>
  madeIn(
    (await api.send('clinic', 'post', '', referralBundle(api.bodies)).expect(200)).body as Bundle,
    'Task',
  );
const asClinic = (token: string, method: 'get' | 'post', path: string) =>
  request(api.url)[method](`/fhir${path}`).set('Authorization', `Bearer ${token}`);

describe('a program whose scopes are narrowed', () => {
  test('is refused with a token that it had before, at the next call', async () => {
    const token = await api.token('clinic');
    await asClinic(token, 'get', '/Patient').expect(200);
    await allow('clinic', { Task: ['rs'] });
    expectRefusal(await asClinic(token, 'get', '/Patient'), 403);
    await asClinic(token, 'get', '/Task').expect(200);
    await allow('clinic', 'all');
    await asClinic(token, 'get', '/Patient').expect(200);
  });

  test('gets no answer again for a key that it may not send any more, by itself, in a transaction or a batch', async () => {
    const made = { resourceType: 'Patient', name: [{ text: '試験' }] };
    const given = {
      ...made,
      managingOrganization: { reference: `Organization/${api.bodies.clinic.id}` },
    };
    const inBundle = (type: string) => ({
      resourceType: 'Bundle',
      type,
      entry: [{ resource: given, request: { method: 'POST', url: 'Patient' } }],
    });
    const key = randomUUID();
    const sent: [path: string, body: object][] = [
      ['/Patient', given],
      ['', inBundle('transaction')],
    ];
    const send = (path: string, body: object) =>
      api.send('clinic', 'post', path, body).set('Idempotency-Key', key);
    for (const [path, body] of sent) expect((await send(path, body)).status).toBeLessThan(300);
    await send('/', inBundle('batch')).expect(200);
    await allow('clinic', { Patient: ['rs'], Task: ['rs', 'cu'] });
    for (const [path, body] of sent) expectRefusal(await send(path, body), 403);
    const answer = (await send('/', inBundle('batch')).expect(200)).body as Bundle;
    expect(answer.entry?.[0]?.response?.status).toBe('403');
    expect(JSON.stringify(answer)).not.toContain('Patient/');
    await allow('clinic', 'all');
    for (const [path, body] of sent) expect((await send(path, body)).status).toBeLessThan(300);
  });

  test('is not told any more of what it may not read; asked for anew, it is told again', async () => {
    const id = await subscribe('office');
    const path = `/Subscription/${id}`;
    const first = await refer();
    await until(() => (heard.includes(`Task/${first}`) ? true : undefined));
    await api.send('office', 'get', `${path}/$events`).expect(200);

    await allow('office', { ServiceRequest: ['rs'], Subscription: ['rs', 'cu'] });
    expect(await stateOf(id)).toEqual({ status: 'off', fault: 'The program may not read Task any more.' });
    const second = await refer();
    expectRefusal(await api.send('office', 'get', `${path}/$events`), 403);
    const { body } = await api.send('office', 'get', path).expect(200);
    const anew = { ...(body as Subscription), status: 'requested' };
    expectRefusal(await api.send('office', 'put', path, anew), 403);
    // Somebody who turned it on in the table would not have it told either.
    await api.owner.query(`update subscription set status = 'active', next_at = now() where id = $1`, [id]);
    const third = await refer();

    await allow('office', 'all');
    await api.send('office', 'put', path, anew).expect(200);
    const fourth = await refer();
    await until(() => (heard.includes(`Task/${fourth}`) ? true : undefined));
    expect(heard).not.toContain(`Task/${second}`);
    // What was kept for it meanwhile comes before; nothing of it came while it might not read it.
    expect(heard.slice(heard.indexOf(`Task/${first}`))).toEqual(
      [first, third, fourth].map((one) => `Task/${one}`),
    );
  });

  test('has its export end where it reaches what it may not read', async () => {
    const id = randomUUID();
    await api.owner.query(
      `insert into export_job (id, client, organization_id, role, request, asked, types, started_at, taken_until)
       values ($1, 'office', $2, 'linkworker', 't', 't', '{Task,Patient}', now(), now() + interval '1 day')`,
      [id, api.bodies.office.id],
    );
    await allow('office', { Task: ['rs'] });
    await api.send('office', 'get', `/export/${id}`).expect(500);
    // One that slipped in beside the change.
    await api.owner.query(`update export_job set status = 'running', stage = 2 where id = $1`, [id]);
    const open = openStore({
      now: api.now,
      newId: randomUUID,
      database: api.database,
      programs: api.programs,
      config: { publicUrl: api.url, secret: testSecret },
    });
    const actor = {
      role: 'linkworker',
      organization: api.bodies.office.id,
      via: 'job',
      request: 't',
    } as const;
    expect(await open({ ...actor, client: 'office' }, (records) => writePart(records, id))).toBe(false);
    const { rows } = await api.owner.query<{ status: string; parts: string }>(
      `select status, (select count(*) from export_part where job = $1) as parts from export_job where id = $1`,
      [id],
    );
    expect(rows).toEqual([{ status: 'failed', parts: '0' }]);
    await allow('office', 'all');
  });
});

test('a program that is switched off ends with all that it set running, and starts anew', async () => {
  const subscription = await subscribe('clinic');
  const job = randomUUID();
  await api.owner.query(
    `with job as (insert into export_job (id, client, organization_id, role, request, asked, types, started_at, status, ended_at)
       values ($1, 'clinic', $2, 'doctor', 't', 't', '{Task}', now(), 'done', now()) returning id)
     insert into export_part (job, type, file, part, records, patients, content) select id, 'Task', 1, 0, '{}', '{}', 'x' from job`,
    [job, api.bodies.clinic.id],
  );
  const token = await api.token('clinic');
  await press('clinic', 'disable');
  expect((await asClinic(token, 'get', '/Task')).status).toBe(401);
  expect(await stateOf(subscription)).toEqual({ status: 'off', fault: 'The program was switched off.' });
  const { rows } = await api.owner.query('select 1 from export_part where job = $1', [job]);
  expect(rows).toEqual([]);
  await press('clinic', 'enable');
  expect((await asClinic(token, 'get', '/Task')).status).toBe(401);
  const fresh = await api.token('clinic');
  await asClinic(fresh, 'get', '/Task').expect(200);
  await asClinic(fresh, 'get', `/export/${job}`).expect(404);
  expect((await stateOf(subscription))?.status).toBe('off');
});

test('the database understands scopes as the doors do', async () => {
  const letters = Array.from('cruds') as Letter[];
  const scopes = [
    'system/*.cruds',
    'system/*.rs',
    'system/Task.rs',
    'system/Task.r system/Patient.cu',
    'system/Patient.rs system/*.s',
    'system/Tas.r',
    'system/Task.sr',
    'system/Task.',
    'patient/Task.r',
    'user/*.cruds',
    'system/Task.r,system/Patient.r',
    '',
  ];
  for (const scope of scopes)
    for (const type of ['Task', 'Patient'])
      for (const letter of letters) {
        const { rows } = await api.owner.query<{ ok: boolean }>('select scopes_allow($1, $2, $3) as ok', [
          scope,
          type,
          letter,
        ]);
        expect([scope, type, letter, rows[0]?.ok]).toEqual([
          scope,
          type,
          letter,
          allows(scope, type, letter),
        ]);
      }
});

test('what can be ticked is what there is to be done, and every kind of record has a role that may read it', () => {
  const statement = capabilityStatement(api.url, makeDefinitions(api.programs).resources);
  const claims = new Map<string, readonly string[]>(
    (statement.rest?.[0]?.resource ?? []).map((one) => [
      one.type,
      (one.interaction ?? []).map((i) => i.code),
    ]),
  );
  const open = definitionTypes.map(String);
  expect([...kinds].map(String).toSorted()).toEqual(
    [...claims.keys()]
      // A document is taken apart; its parts ask for their own scopes.
      .filter((type) => type !== 'Bundle' && (!open.includes(type) || type === 'Questionnaire'))
      .toSorted(),
  );
  const codes = { rs: ['read', 'search-type'], cu: ['create', 'update'], d: ['delete'] };
  const offers = roles.flatMap((role) => offersFor(role));
  for (const { kind, deed } of offers)
    expect([kind, deed, claims.get(kind)]).toEqual([kind, deed, expect.arrayContaining(codes[deed])]);
  expect([...new Set(offers.map((one) => one.kind))].toSorted()).toEqual([...kinds].toSorted());
});

test('/docs is found from the page where one signs in', async () => {
  expect((await desk(api).get('/sign-in')).html).toContain('href="/docs"');
});
