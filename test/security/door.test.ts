import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { hashPassword } from '../../src/access/password.ts';
import { makeApp } from '../../src/app.ts';
import { realSurroundings } from '../../src/kernel/clock.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { makeBodies, type Bodies } from '../support/bodies.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { testSecret } from '../support/template.ts';

let here: TestDatabase;
let bodies: Bodies;
let server: Server;
let url: string;
let keys: { publicKey: KeyObject; privateKey: KeyObject };
const attempts = 5;

beforeAll(async () => {
  here = await freshDatabase();
  bodies = await makeBodies(here.owner);
  keys = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  const account = `insert into account (id, login, password_hash, name, role, organization_id) values ($1, $2, $3, '試験', $4, $5)`;
  const client = `insert into api_client (id, secret_hash, public_keys, role, organization_id) values ($1, $2, $3, $4, $5)`;
  for (const login of ['ishi', 'uketsuke'])
    await here.owner.query(account, [
      randomUUID(),
      login,
      await hashPassword('right'),
      'doctor',
      bodies.clinic.id,
    ]);
  const jwks = JSON.stringify({ keys: [{ kty: 'broken' }, keys.publicKey.export({ format: 'jwk' })] });
  for (const id of ['clinic', 'clinic-lab'])
    await here.owner.query(client, [id, await hashPassword('s'), jwks, 'doctor', bodies.clinic.id]);
  server = createServer();
  await new Promise<void>((ready) => {
    server.listen(0, '127.0.0.1', ready);
  });
  url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const app = makeApp({
    ...realSurroundings,
    config: { mode: 'demo', publicUrl: url, secret: testSecret, secondFactor: 'optional' },
    database: here.database,
    programs: [],
    log: silentLog(),
    attempts,
  });
  server.on('request', (request, response) => {
    app(request, response);
  });
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await here.close();
});

/** A form sent from the address `from` (the test's own connection is a trusted proxy). */
const send = (
  path: string,
  fields: Record<string, string>,
  from: string,
  headers: Record<string, string> = {},
) =>
  fetch(`${url}${path}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'x-forwarded-for': from, ...headers },
    body: new URLSearchParams(fields),
  });
const signIn = (login: string, password: string, from: string, more: Record<string, string> = {}) =>
  send('/sign-in', { login, password, ...more }, from);

describe('somebody who guesses passwords', () => {
  test('is slowed down however the name is spelled', async () => {
    const answers = [];
    for (const login of ['ishi', ' ishi', 'ishi ', 'ISHI', '\tishi', 'ishi\u3000', 'ishi\r\n', ' Ishi '])
      answers.push((await signIn(login, 'wrong', '192.0.2.1')).status);
    expect(answers).toEqual([...Array<number>(attempts).fill(422), 429, 429, 429]);
  });

  test('does not lock the person out who signs in from elsewhere', async () => {
    for (let i = 0; i <= attempts; i++) await signIn('uketsuke', 'wrong', '192.0.2.2');
    expect((await signIn('uketsuke', 'right', '192.0.2.2')).status).toBe(429);
    expect((await signIn('uketsuke', 'right', '192.0.2.3')).status).toBe(303);
  });

  test('is slowed down when the names are many', async () => {
    const answers = [];
    for (let i = 0; i < attempts * 10 + 2; i++)
      answers.push((await signIn(`nobody${String(i)}`, '', '192.0.2.4')).status);
    expect(answers.slice(-3)).toEqual([422, 429, 429]);
  });
});

describe('after signing in', () => {
  test.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '/\t/evil.example',
    '/a\r\nSet-Cookie: x=1',
  ])('nobody is led to %j', async (to) => {
    const answer = await signIn('ishi', 'right', '192.0.2.5', { to });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/']);
  });

  test('the session is a new one, and a cookie that somebody planted opens nothing', async () => {
    const planted = 'session=planted-by-somebody-else-0123456789';
    const answer = await send('/sign-in', { login: 'ishi', password: 'right' }, '192.0.2.5', {
      cookie: planted,
    });
    const given = answer.headers.get('set-cookie') ?? '';
    expect(given).toMatch(/^session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax/);
    const asked = await fetch(`${url}/patients`, { redirect: 'manual', headers: { cookie: planted } });
    expect([asked.status, asked.headers.get('location')]).toEqual([303, '/sign-in?to=%2Fpatients']);
  });

  test('a form from elsewhere, without the token or with letters in its place is refused', async () => {
    const cookie =
      ((await signIn('ishi', 'right', '192.0.2.5')).headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const tries: [Record<string, string>, Record<string, string>][] = [
      [{}, {}],
      [{ _csrf: 'あ'.repeat(43) }, {}],
      [{ _csrf: 'x'.repeat(43) }, {}],
      [{}, { origin: 'https://evil.example' }],
      [{}, { origin: 'null' }],
      [{}, { 'sec-fetch-site': 'cross-site' }],
      [{}, { 'sec-fetch-site': 'same-site' }],
    ];
    for (const [fields, headers] of tries)
      expect((await send('/sign-out', fields, '192.0.2.5', { cookie, ...headers })).status).toBe(403);
    for (const method of ['PUT', 'DELETE', 'PATCH'])
      expect((await fetch(`${url}/sign-out`, { method, headers: { cookie } })).status).toBe(403);
    const still = await fetch(`${url}/patients`, { redirect: 'manual', headers: { cookie } });
    expect(still.status).toBe(200);
  });

  test('an address or a form that is no text is a page, not a failure', async () => {
    expect((await fetch(`${url}/language/%E0%A4%A`)).status).toBe(404);
    expect((await fetch(`${url}/patients/%ff`, { redirect: 'manual' })).status).toBe(404);
    const huge = await signIn('x'.repeat(2_000_000), 'x', '192.0.2.6');
    expect([huge.status, (await huge.text()).includes('node_modules')]).toEqual([422, false]);
  });
});

test('over TLS every cookie is for this host alone, and one that somebody planted without TLS is not read', async () => {
  const app = makeApp({
    ...realSurroundings,
    config: {
      mode: 'demo',
      publicUrl: 'https://tsunagi.example',
      secret: testSecret,
      secondFactor: 'optional',
    },
    database: here.database,
    programs: [],
    log: silentLog(),
  });
  const behind = createServer((request, response) => {
    app(request, response);
  });
  await new Promise<void>((ready) => {
    behind.listen(0, '127.0.0.1', ready);
  });
  const at = `http://127.0.0.1:${String((behind.address() as AddressInfo).port)}`;
  const answer = await fetch(`${at}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ login: 'ishi', password: 'right' }),
  });
  const cookies = answer.headers.getSetCookie();
  expect(cookies).toHaveLength(2);
  for (const one of cookies)
    expect(one).toMatch(
      /^__Host-(session|device)=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+; Secure$/,
    );
  const session = cookies.find((one) => one.startsWith('__Host-session='))?.split(';')[0] ?? '';
  const asked = async (cookie: string): Promise<number> =>
    (await fetch(`${at}/account`, { redirect: 'manual', headers: { cookie } })).status;
  expect([await asked(session), await asked(session.replace('__Host-', ''))]).toEqual([200, 303]);
  behind.closeAllConnections();
  behind.close();
});

/** Each from an address of its own: refusals are counted. */
let calls = 0;
const token = async (fields: Record<string, string>, headers: Record<string, string> = {}) => {
  const from = `198.51.100.${String(calls++)}`;
  const answer = await send('/oauth/token', { grant_type: 'client_credentials', ...fields }, from, headers);
  return {
    status: answer.status,
    ...((await answer.json()) as { access_token?: string; scope?: string; error?: string }),
  };
};
const basic = (id: string) => ({ authorization: `Basic ${Buffer.from(`${id}:s`).toString('base64')}` });
const patient = (text: string) => ({
  resourceType: 'Patient',
  name: [{ text }],
  managingOrganization: { reference: `Organization/${bodies.clinic.id}` },
});
const post = (
  path: string,
  bearer: string | undefined,
  body: unknown,
  headers: Record<string, string> = {},
) =>
  fetch(`${url}/fhir${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${bearer ?? ''}`, 'content-type': 'application/fhir+json', ...headers },
    body: JSON.stringify(body),
  });

describe('a program', () => {
  test('that asked to read does not write', async () => {
    const given = await token({ scope: 'system/*.rs' }, basic('clinic'));
    expect(given.scope).toBe('system/*.rs');
    expect((await post('/Patient', given.access_token, patient('試験 一郎'))).status).toBe(403);
    const read = await fetch(`${url}/fhir/Patient`, {
      headers: { authorization: `Bearer ${given.access_token ?? ''}` },
    });
    expect(read.status).toBe(200);
  });

  test('is told when it asks for what nobody is given', async () => {
    expect(await token({ scope: 'patient/*.rs admin' }, basic('clinic'))).toMatchObject({
      status: 400,
      error: 'invalid_scope',
    });
  });

  test('that sends the key of another program makes its own record', async () => {
    const made = [];
    for (const id of ['clinic', 'clinic-lab']) {
      const { access_token } = await token({}, basic(id));
      const answer = await post('/Patient', access_token, patient(`試験 ${id}`), {
        'idempotency-key': 'k-1',
      });
      made.push(((await answer.json()) as { name: { text: string }[] }).name[0]?.text);
    }
    expect(made).toEqual(['試験 clinic', '試験 clinic-lab']);
  });

  test('that searches with a condition without end is refused at once', async () => {
    const { access_token } = await token({}, basic('clinic'));
    const entry = {
      resource: patient('試験'),
      request: { method: 'POST', url: 'Patient', ifNoneExist: `name=${'a,'.repeat(500_000)}` },
    };
    const answer = await post('', access_token, {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [entry],
    });
    expect(answer.status).toBe(400);
  });
});

const assertion = (
  claims: Record<string, unknown> = {},
  key: KeyObject = keys.privateKey,
  algorithm: jwt.Algorithm = 'ES384',
) => {
  const seconds = Math.floor(Date.now() / 1000);
  const all = {
    iss: 'clinic',
    sub: 'clinic',
    aud: `${url}/oauth/token`,
    exp: seconds + 240,
    jti: randomUUID(),
    ...claims,
  };
  const said = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  return jwt.sign(said, key, { algorithm, noTimestamp: true });
};
const ask = async (given: string): Promise<number> =>
  (
    await token({
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: given,
    })
  ).status;

describe('a signed assertion', () => {
  test('is good for one token', async () => {
    const once = assertion();
    expect(await ask(once)).toBe(200);
    expect(await ask(once)).toBe(401);
    const both = assertion();
    expect((await Promise.all([ask(both), ask(both)])).toSorted()).toEqual([200, 401]);
  });

  test('is refused without end or name, for somebody else, or signed otherwise', async () => {
    const seconds = Math.floor(Date.now() / 1000);
    const foreign = generateKeyPairSync('ec', { namedCurve: 'P-384' });
    const unsigned = [
      { alg: 'none', typ: 'JWT' },
      { iss: 'clinic', sub: 'clinic', aud: `${url}/oauth/token`, exp: seconds + 60, jti: 'x' },
    ]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    for (const given of [
      assertion({ exp: undefined }),
      assertion({ exp: seconds + 86_400 }),
      assertion({ exp: seconds - 60 }),
      assertion({ jti: undefined }),
      assertion({ aud: `${url}/fhir` }),
      assertion({ iss: 'clinic-lab' }),
    ]) {
      expect(await ask(given)).toBe(401);
    }
    expect(await ask(assertion({}, foreign.privateKey))).toBe(401);
    expect(await ask(`${unsigned}.`)).toBe(401);
  });

  test('is no access token, and an access token is no assertion', async () => {
    expect((await post('/Patient', assertion(), patient('試験'))).status).toBe(401);
  });
});
