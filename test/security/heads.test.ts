import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { hashPassword } from '../../src/access/password.ts';
import { makeApp } from '../../src/app.ts';
import { definitionTypes } from '../../src/exchange/fhir/definitions.ts';
import type { Config } from '../../src/kernel/config.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { signedIn, type Desk } from '../support/desk.ts';
import { startService, type Service } from '../support/service.ts';
import { testSecret } from '../support/template.ts';

let service: Service;
let app: Express;
let server: Server;
let url: string;
let doctor: Desk;
let bearer: string;
const metricsToken = 'metrics-token-of-the-test';

/** The product in front of which a proxy speaks TLS, on the demo's records. */
const production = (more: Partial<Config> = {}): Express =>
  makeApp({
    now: service.now,
    newId: randomUUID,
    config: {
      mode: 'production',
      publicUrl: 'https://tsunagi.example',
      secret: testSecret,
      secondFactor: 'optional',
      ...more,
    },
    database: service.database,
    programs: service.programs,
    log: silentLog(),
    attempts: 1000,
  });
async function listen(to: Express): Promise<[Server, string]> {
  const at = createServer((request, response) => {
    to(request, response);
  });
  await new Promise<void>((ready) => {
    at.listen(0, '127.0.0.1', ready);
  });
  return [at, `http://127.0.0.1:${String((at.address() as AddressInfo).port)}`];
}

beforeAll(async () => {
  service = await startService();
  app = production({ metricsToken });
  [server, url] = await listen(app);
  doctor = await signedIn({ url }, 'doctor');
  const clinic = service.demo.bodies.clinics[0]?.id;
  await service.owner.query(
    'insert into api_client (id, secret_hash, role, organization_id) values ($1, $2, $3, $4)',
    ['heads', await hashPassword('secret'), 'doctor', clinic],
  );
  const answer = await ask('POST', '/oauth/token', {
    headers: { authorization: `Basic ${Buffer.from('heads:secret').toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  bearer = `Bearer ${((await answer.json()) as { access_token: string }).access_token}`;
}, 60_000);
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await service.stop();
});

const ask = (method: string, path: string, more: RequestInit = {}): Promise<Response> =>
  fetch(new URL(path, url), { method, redirect: 'manual', ...more });
const asDoctor = (path: string): Promise<Response> =>
  ask('GET', path, { headers: { cookie: [...doctor.jar].map((pair) => pair.join('=')).join('; ') } });

/** What every answer says to a browser, whatever it is. */
function hold(answer: Response, what: string): void {
  const head = (name: string): string => answer.headers.get(name) ?? '';
  expect({
    what,
    sniff: head('x-content-type-options'),
    opener: head('cross-origin-opener-policy'),
    reads: head('cross-origin-resource-policy'),
    tls: head('strict-transport-security'),
    engine: `${head('x-powered-by')}${head('server')}`,
    origins: head('access-control-allow-origin'),
  }).toEqual({
    what,
    sniff: 'nosniff',
    opener: 'same-origin',
    reads: 'same-origin',
    tls: 'max-age=31536000; includeSubDomains',
    engine: '',
    origins: '',
  });
  expect([what, head('content-security-policy')]).toEqual([
    what,
    expect.stringMatching(/^default-src '(?:self|none)';.*frame-ancestors 'none'/),
  ]);
  expect([what, head('content-security-policy')]).not.toEqual([what, expect.stringMatching(/unsafe|\*/)]);
  expect([what, head('referrer-policy')]).toEqual([
    what,
    expect.stringMatching(/^(?:same-origin|strict-origin)$/),
  ]);
  expect([what, head('permissions-policy')]).toEqual([what, expect.stringContaining('geolocation=()')]);
  const kept =
    what.includes('/assets/') && answer.status < 300
      ? /^public, max-age=31536000/
      : // Keys that anybody may know, asked for by every server that checks a signature of ours.
        what.includes('/exchange/keys/') && answer.status < 300
        ? /^public, max-age=300$/
        : /^no-store$/;
  expect([what, head('cache-control')]).toEqual([what, expect.stringMatching(kept)]);
  for (const cookie of answer.headers.getSetCookie())
    expect([what, cookie]).toEqual([
      what,
      expect.stringMatching(/^__Host-\w+=[\w-]*; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+; Secure$/),
    ]);
}

type Layer = Readonly<{
  route?: { path: string | string[]; methods: Record<string, boolean> };
  handle: { stack?: Layer[] };
}>;
/** Every route of the application, from its own list. Those of the API are known by what only it has. */
function routesOf(layers: readonly Layer[], base = ''): [method: string, path: string][] {
  return layers.flatMap(({ route, handle }) => {
    if (route)
      return Object.keys(route.methods).flatMap((method) =>
        [route.path].flat().map((path): [string, string] => [method.toUpperCase(), `${base}${path}`]),
      );
    const inner = handle.stack ?? [];
    const isApi = inner.some((one) => one.route?.path === '/metadata');
    return routesOf(inner, isApi ? '/fhir' : base);
  });
}

const filled = (path: string): string =>
  path
    .replaceAll(/:(?:type)\b/g, 'Patient')
    .replaceAll(/:\w+/g, '11111111-1111-4111-8111-111111111111')
    .replace(/\{.*\}|\*.*/, '');

test('every address of the product says it to a stranger, and shows a stranger nothing', async () => {
  const routes = routesOf((app.router as unknown as { stack: Layer[] }).stack);
  expect(routes.length).toBeGreaterThan(100);
  const open: string[] = [];
  for (const [method, path] of routes) {
    const answer = await ask(method, filled(path), method === 'GET' ? {} : { body: new URLSearchParams() });
    hold(answer, `${method} ${path}`);
    expect([path, answer.status]).not.toEqual([path, 500]);
    if (answer.status === 200) open.push(path);
  }
  expect([...new Set(open)].filter((path) => !path.startsWith('/assets/')).toSorted()).toEqual([
    '/docs',
    '/fhir/.well-known/smart-configuration',
    // Definitions hold no person.
    ...definitionTypes.map((type) => `/fhir/${type}`).toSorted(),
    '/fhir/metadata',
    '/fhir/openapi.json',
    '/health',
    '/i',
    '/i/:code',
    '/ready',
    '/sign-in',
    '/sign-in/passkey/options',
  ]);
}, 60_000);

describe('an answer', () => {
  test('that holds something of a person says it, whatever its kind', async () => {
    const hub = await doctor.get('/patients');
    const patient = /\/patients\/[0-9a-f-]{36}/.exec(hub.html)?.[0] ?? '';
    const kinds: [path: string, type: string][] = [
      ['/patients', 'text/html'],
      [patient, 'text/html'],
      [`${patient}/consent-form.pdf`, 'application/pdf'],
      [`${patient}/everything.pdf`, 'application/pdf'],
      [`${patient}/everything.json`, 'application/fhir+json'],
      ['/account', 'text/html'],
    ];
    for (const [path, type] of kinds) {
      const answer = await asDoctor(path);
      expect([path, answer.status, answer.headers.get('content-type')]).toEqual([
        path,
        200,
        expect.stringContaining(type),
      ]);
      hold(answer, path);
    }
    const admin = await signedIn({ url }, 'admin');
    const csv = await admin.get('/access-log.csv');
    expect([csv.status, csv.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(csv.headers.get('content-disposition')).toMatch(/^attachment;/);
    expect(csv.headers.get('cache-control')).toBe('no-store');
  });

  test('to a program says it, right or wrong', async () => {
    const as = { authorization: bearer, 'content-type': 'application/fhir+json' };
    const calls: [status: number, method: string, path: string, body?: string][] = [
      [200, 'GET', '/fhir/Patient'],
      [404, 'GET', '/fhir/Patient/11111111-1111-4111-8111-111111111111'],
      [404, 'GET', '/fhir/Nothing'],
      [400, 'GET', '/fhir/Patient/%E0%A4%A'],
      [400, 'POST', '/fhir/Patient', '{'],
      [422, 'POST', '/fhir/Patient', '{"resourceType":"Patient","x":1}'],
      [413, 'POST', '/fhir/Patient', `"${'a'.repeat(4_300_000)}"`],
    ];
    for (const [status, method, path, body] of calls) {
      const answer = await ask(method, path, { headers: as, ...(body === undefined ? {} : { body }) });
      expect([path, answer.status]).toEqual([path, status]);
      hold(answer, path);
      await answer.arrayBuffer();
    }
    const token = await ask('POST', '/oauth/token', { body: 'x'.repeat(50_000) });
    hold(token, '/oauth/token');
    const wrong = await ask('GET', '/fhir/Patient', { headers: { authorization: 'Bearer a.b.c' } });
    expect(wrong.status).toBe(401);
    hold(wrong, 'a forged token');
  });

  test('that refuses says it: no such page, a page for others, a form from elsewhere, an address that is no text', async () => {
    const refusals: [number, Promise<Response>][] = [
      [404, ask('GET', '/nothing/here')],
      [404, ask('GET', '/%E0%A4%A')],
      [404, ask('GET', '/assets/nothing.css')],
      [403, asDoctor('/accounts')],
      [403, ask('POST', '/sign-in', { headers: { origin: 'https://evil.example' }, body: 'login=a' })],
      [422, ask('POST', '/sign-in', { body: new URLSearchParams({ login: 'x'.repeat(2_000_000) }) })],
      [303, ask('GET', '/patients')],
      [303, ask('GET', '/language/en?to=/sign-in')],
    ];
    for (const [status, asked] of refusals) {
      const answer = await asked;
      const what = new URL(answer.url).pathname;
      expect([what, answer.status]).toEqual([what, status]);
      hold(answer, `${what} refused`);
    }
  });

  test('when something is broken says it, and nothing of what broke', async () => {
    const broken = makeApp({
      now: () => {
        throw new Error('SECRET of the inside');
      },
      newId: randomUUID,
      config: {
        mode: 'production',
        publicUrl: 'https://tsunagi.example',
        secret: testSecret,
        secondFactor: 'optional',
      },
      database: service.database,
      programs: service.programs,
      log: silentLog(),
    });
    const [at, base] = await listen(broken);
    const answer = await fetch(`${base}/patients`, {
      headers: { cookie: [...doctor.jar].map((pair) => pair.join('=')).join('; ') },
    });
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toMatch(/SECRET|node_modules|\.ts/);
    hold(answer, 'a bug');
    at.closeAllConnections();
    at.close();
  });
});

describe('figures of the process', () => {
  const figures = (from: string, headers: Record<string, string> = {}): Promise<number> =>
    fetch(`${from}/metrics`, { headers }).then(async (answer) => {
      await answer.arrayBuffer();
      return answer.status;
    });
  test('are for whoever shows the token', async () => {
    expect(await figures(url)).toBe(401);
    for (const authorization of ['Bearer wrong', `Basic ${metricsToken}`, 'Bearer ', metricsToken, bearer])
      expect(await figures(url, { authorization })).toBe(401);
    expect(await figures(url, { authorization: `Bearer ${metricsToken}` })).toBe(200);
  });
  test('are, without a token, for a reader on this machine and not for whom a proxy stands for', async () => {
    const [at, base] = await listen(production());
    expect(await figures(base)).toBe(200);
    for (const name of ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip'])
      expect(await figures(base, { [name]: '127.0.0.1' })).toBe(403);
    at.closeAllConnections();
    at.close();
  });
});
