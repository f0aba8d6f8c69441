import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import request from 'supertest';
import { makeTokens } from '../../src/access/tokens.ts';
import { testSecret } from '../support/template.ts';
import { secret, startApi, expectRefusal, type Api } from './api.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(async () => {
  await api.stop();
});

const ask = (form: Record<string, string>) =>
  request(api.url)
    .post('/oauth/token')
    .type('form')
    .send({ grant_type: 'client_credentials', ...form });
const seconds = (): number => Math.floor(api.now().getTime() / 1000);
const claims = () => ({
  iss: 'clinic',
  sub: 'clinic',
  aud: `${api.url}/oauth/token`,
  jti: randomUUID(),
  iat: seconds(),
  exp: seconds() + 240,
});
const endless = () => {
  const { exp: _exp, ...rest } = claims();
  return rest;
};
const signed = (key: KeyObject, changed: object = {}) =>
  jwt.sign({ ...claims(), ...changed }, key, { algorithm: 'RS384', noTimestamp: true });
const withAssertion = (assertion: string) =>
  ask({
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  });

describe('a program asks for a token', () => {
  test('with its name and secret', async () => {
    const { body, headers } = await ask({}).auth('clinic', secret).expect(200);
    expect(body).toMatchObject({ token_type: 'bearer', expires_in: 900 });
    expect(headers['cache-control']).toBe('no-store');
    await request(api.url)
      .get('/fhir/Patient')
      .set('Authorization', `Bearer ${(body as { access_token: string }).access_token}`)
      .expect(200);
  });

  test('with an assertion signed by the key it registered, each good for one token', async () => {
    const assertion = signed(api.key);
    await withAssertion(assertion).expect(200);
    await withAssertion(assertion).expect(401);
  });

  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const base64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  /** jsonwebtoken itself refuses to sign with a public key. */
  const withPublicKeyAsSecret = async (): Promise<string> => {
    const { createHmac } = await import('node:crypto');
    const body = `${base64({ alg: 'HS256', typ: 'JWT' })}.${base64(claims())}`;
    return `${body}.${createHmac('sha256', api.publicPem).update(body).digest('base64url')}`;
  };
  const refused: [why: string, assertion: () => string | Promise<string>][] = [
    ['it has expired', () => signed(api.key, { iat: seconds() - 600, exp: seconds() - 300 })],
    ['it lives for a day', () => signed(api.key, { exp: seconds() + 86_400 })],
    ['it never ends', () => jwt.sign(endless(), api.key, { algorithm: 'RS384' })],
    ['it is meant for another server', () => signed(api.key, { aud: 'https://elsewhere.example/token' })],
    ['somebody else issued it', () => signed(api.key, { iss: 'office' })],
    ['it has no number', () => signed(api.key, { jti: undefined })],
    ['it is about nobody', () => signed(api.key, { sub: undefined })],
    ['nobody knows that client', () => signed(api.key, { iss: 'nobody', sub: 'nobody' })],
    ['another key signed it', () => signed(stranger)],
    ['nothing signed it', () => jwt.sign(claims(), '', { algorithm: 'none' })],
    ['the public key was used as a shared secret', withPublicKeyAsSecret],
    ['it is no token at all', () => 'nonsense'],
    ['its content is no JSON', () => `${base64({ alg: 'RS384', typ: 'JWT' })}.bm90IGpzb24.AAAA`],
    ['it is empty', () => ''],
  ];
  test.each(refused)('and gets none when %s', async (_why, assertion) => {
    const { status, body } = await withAssertion(await assertion());
    expect([status, body]).toEqual([401, { error: 'invalid_client' }]);
  });

  test('and gets none with a wrong secret, an unknown name or another kind of grant', async () => {
    await ask({}).auth('clinic', 'wrong').expect(401);
    await ask({}).auth('nobody', secret).expect(401);
    await ask({}).expect(401);
    await ask({ grant_type: 'password' }).auth('clinic', secret).expect(400);
    await request(api.url).post('/oauth/token').send({ grant_type: 'client_credentials' }).expect(400);
    await ask({ padding: 'x'.repeat(64_000) })
      .auth('clinic', secret)
      .expect(413);
  });

  test('and none any more once it was switched off', async () => {
    await api.owner.query(`update api_client set disabled_at = now() where id = 'otherOffice'`);
    await ask({}).auth('otherOffice', secret).expect(401);
  });
});

describe('scopes', () => {
  const asked = (name: 'clinic' | 'office', scope: string) => ask({ scope }).auth(name, secret);
  const cases: [asked: string, granted: string | undefined][] = [
    ['', 'system/*.cruds'],
    ['system/*.rs', 'system/*.rs'],
    ['system/Task.cruds', 'system/Task.cruds'],
    ['system/Task.rs system/Patient.r', 'system/Task.rs system/Patient.r'],
    ['patient/*.rs', undefined],
    ['system/*.sr', undefined],
    ['system/*.', undefined],
    ['system/*.read', undefined],
    ['user/Task.rs system/Task.s', 'system/Task.s'],
  ];
  test.each(cases)('of %j are granted: %j', async (scope, given) => {
    const { status, body } = await asked('clinic', scope);
    const { scope: got, error } = body as { scope?: string; error?: string };
    expect([status, got, error]).toEqual(
      given === undefined ? [400, undefined, 'invalid_scope'] : [200, given, undefined],
    );
  });

  test('never more than the client may have', async () => {
    await api.owner.query(`update api_client set scopes = 'system/Task.rs system/*.r' where id = 'office'`);
    const { body } = await asked('office', 'system/Task.cruds system/Patient.cs').expect(200);
    expect((body as { scope: string }).scope).toBe('system/Task.rs system/Task.r');
    await asked('office', 'system/Patient.cs').expect(400);
    expect(((await ask({}).auth('office', secret)).body as { scope: string }).scope).toBe(
      'system/Task.rs system/*.r',
    );
    await api.owner.query(`update api_client set scopes = default where id = 'office'`);
  });

  const id = randomUUID();
  const patient = JSON.stringify({ resourceType: 'Patient', id });
  const bundle = (method: string, url: string, more: object = {}) =>
    JSON.stringify({
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [{ resource: { resourceType: 'Patient', id }, request: { method, url, ...more } }],
    });
  /** An interaction, the scope that opens it, and one that comes close. */
  const interactions: [what: string, opens: string, close: string, send: () => request.Test][] = [
    ['searching', 'Patient.s', 'Patient.crud', () => request(api.url).get('/fhir/Patient')],
    [
      'searching by POST',
      'Patient.s',
      'Patient.crud',
      () => request(api.url).post('/fhir/Patient/_search').type('form').send('name=x'),
    ],
    ['reading', 'Patient.r', 'Patient.cus', () => request(api.url).get(`/fhir/Patient/${id}`)],
    ['its history', 'Patient.r', 'Patient.cus', () => request(api.url).get(`/fhir/Patient/${id}/_history`)],
    ['a version', 'Patient.r', 'Task.r', () => request(api.url).get(`/fhir/Patient/${id}/_history/1`)],
    ['creating', 'Patient.c', 'Patient.ruds', () => request(api.url).post('/fhir/Patient').send(patient)],
    [
      'creating unless it is there',
      'Patient.cs',
      'Patient.c',
      () => request(api.url).post('/fhir/Patient').set('If-None-Exist', 'identifier=x|1').send(patient),
    ],
    [
      'replacing',
      'Patient.u',
      'Patient.crds',
      () => request(api.url).put(`/fhir/Patient/${id}`).send(patient),
    ],
    [
      'creating in a transaction',
      'Patient.c',
      'Patient.ruds',
      () => request(api.url).post('/fhir').send(bundle('POST', 'Patient')),
    ],
    [
      'the same unless it is there',
      'Patient.cs',
      'Patient.c',
      () =>
        request(api.url)
          .post('/fhir')
          .send(bundle('POST', 'Patient', { ifNoneExist: 'identifier=x|1' })),
    ],
    [
      'replacing in a transaction',
      'Patient.u',
      'Patient.crds',
      () =>
        request(api.url)
          .post('/fhir')
          .send(bundle('PUT', `Patient/${id}`)),
    ],
    [
      'the access log',
      'AuditEvent.s',
      'Patient.s',
      () => request(api.url).get(`/fhir/AuditEvent?patient=${id}`),
    ],
    ['one line of it', 'AuditEvent.r', 'AuditEvent.s', () => request(api.url).get('/fhir/AuditEvent/1')],
    ['figures', 'MeasureReport.s', 'Measure.s', () => request(api.url).get('/fhir/MeasureReport')],
    [
      'a figure',
      'MeasureReport.r',
      'MeasureReport.s',
      () => request(api.url).get(`/fhir/MeasureReport/${id}`),
    ],
  ];
  test.each(interactions)('%s takes system/%s, not system/%s', async (_what, opens, close, send) => {
    const as = async (scope: string) =>
      send()
        .set(
          'Content-Type',
          _what === 'searching by POST' ? 'application/x-www-form-urlencoded' : 'application/fhir+json',
        )
        .set('Authorization', `Bearer ${await api.token('clinic', `system/${scope}`)}`);
    const refused = await as(close);
    expectRefusal(refused, 403);
    expect(refused.headers['www-authenticate']).toContain('insufficient_scope');
    expect((await as(opens)).headers['www-authenticate']).toBeUndefined();
  });
});

describe('a token that was taken back', () => {
  const open = (token: string) =>
    request(api.url).get('/fhir/Patient').set('Authorization', `Bearer ${token}`);
  const takeBack = (token: string, name: 'clinic' | 'office', given = secret) =>
    request(api.url).post('/oauth/revoke').type('form').auth(name, given).send({ token });

  test('opens nothing from then on; others of the same program stay', async () => {
    const [one, other] = [await api.token('clinic'), await api.token('clinic')];
    await open(one).expect(200);
    await takeBack(one, 'clinic').expect(200);
    const refused = await open(one).set('Accept-Language', 'en');
    expect(expectRefusal(refused, 401).issue[0]?.details?.text).toBe('The access token was revoked.');
    await open(other).expect(200);
  });

  test('is taken back by its own program alone', async () => {
    const one = await api.token('clinic');
    await takeBack(one, 'office').expect(200);
    await takeBack(one, 'clinic', 'wrong').expect(401);
    await takeBack('nonsense', 'clinic').expect(200);
    await open(one).expect(200);
  });

  test('and so is every token of a program that was switched off, within seconds', async () => {
    const one = await api.token('otherClinic');
    await open(one).expect(200);
    await api.owner.query(`update api_client set disabled_at = now() where id = 'otherClinic'`);
    // The service looks again after five seconds.
    let status = 200;
    for (let i = 0; i < 40 && status === 200; i += 1) {
      await new Promise((later) => setTimeout(later, 250));
      ({ status } = await open(one));
    }
    expect(status).toBe(401);
  });
});

describe('the service’s own secret', () => {
  const secrets = ['the next secret of the service, long enough', testSecret] as const;
  const needs = () => ({
    database: api.database,
    publicUrl: api.url,
    now: api.now,
    newId: randomUUID,
  });
  test('can be changed: tokens signed with the one before open until their end, and none with an older one', async () => {
    const [before, after] = [
      makeTokens({ ...needs(), secrets: [testSecret] }),
      makeTokens({ ...needs(), secrets }),
    ];
    const grant = async (tokens: typeof before): Promise<string> => {
      const given = await tokens.grant({ client: 'clinic', secret, scope: undefined });
      return 'token' in given ? given.token : '';
    };
    const [old, fresh] = [await grant(before), await grant(after)];
    expect(await after.bearer(old, 'test')).toMatchObject({ actor: { client: 'clinic' } });
    expect(await after.bearer(fresh, 'test')).toMatchObject({ actor: { client: 'clinic' } });
    expect(await before.bearer(fresh, 'test')).toBe('forged');
    const later = makeTokens({ ...needs(), secrets: [secrets[0]] });
    expect(await later.bearer(old, 'test')).toBe('forged');
  });
});

describe('a token', () => {
  const withToken = (token: string) =>
    request(api.url).get('/fhir/Patient').set('Authorization', `Bearer ${token}`);
  const claimed = () => ({
    sub: 'clinic',
    org: api.bodies.clinic.id,
    role: 'doctor',
    scope: 'system/*.cruds',
    aud: `${api.url}/fhir`,
    iss: api.url,
    iat: seconds(),
    exp: seconds() + 900,
  });
  const made = (changed: object, key = testSecret, algorithm: jwt.Algorithm = 'HS256') =>
    jwt.sign({ ...claimed(), ...changed }, key, {
      algorithm,
      noTimestamp: true,
      header: { alg: algorithm, typ: 'at+jwt' },
    });

  test('opens the API', async () => {
    await withToken(made({})).expect(200);
  });

  const past = () => ({ iat: seconds() - 1000, exp: seconds() - 100 });
  const cannot = 'The access token cannot be verified.';
  const wrong: [why: string, said: string, noted: string, token: () => string][] = [
    ['has expired', 'The access token has expired. Get a new one.', 'expired', () => made(past())],
    [
      'is for another server',
      'The access token is meant for another server.',
      'audience',
      () => made({ aud: 'https://elsewhere.example/fhir' }),
    ],
    [
      'comes from another server',
      'The access token was issued by another server.',
      'issuer',
      () => made({ iss: 'https://elsewhere.example' }),
    ],
    [
      'was signed by somebody else',
      cannot,
      'forged',
      () => made({}, 'another secret of sufficient length for this'),
    ],
    ['is signed by nothing', cannot, 'forged', () => made({}, '', 'none')],
    ['is signed in another way', cannot, 'forged', () => made({}, testSecret, 'HS512')],
    ['claims a role there is not', cannot, 'forged', () => made({ role: 'superuser' })],
    [
      'is another kind of token that the same key signed',
      cannot,
      'forged',
      () => jwt.sign(claimed(), testSecret, { algorithm: 'HS256', noTimestamp: true }),
    ],
    ['is nonsense', cannot, 'forged', () => 'nonsense'],
  ];
  test.each(wrong)('that %s opens nothing: this is said, and noted', async (_why, said, noted, token) => {
    const response = await withToken(token()).set('Accept-Language', 'en');
    expect(expectRefusal(response, 401, 'http.Authorization').issue[0]?.details?.text).toBe(said);
    expect(response.headers['www-authenticate']).toBe(
      `Bearer realm="fhir", error="invalid_token", error_description="${said}"`,
    );
    const { rows } = await api.owner.query<{ what: string }>(
      `select what from access_log where action = 'token-refused' order by id desc limit 1`,
    );
    expect(rows).toEqual([{ what: noted }]);
  });

  test('sent without end from one address fill no log, and keep out nobody who is behind the same address', async () => {
    const from = '198.51.100.77';
    const noted = async (): Promise<string[]> => {
      const { rows } = await api.owner.query<{ what: string }>(
        `select what from access_log where action = 'token-refused' and address = $1 order by id`,
        [from],
      );
      return rows.map((row) => row.what);
    };
    const sent = (token: string) => withToken(token).set('X-Forwarded-For', from);
    for (let i = 0; i < 100; i += 1) await sent(`nonsense${String(i)}`).expect(401);
    expect(await noted()).toHaveLength(100);
    for (let i = 0; i < 5; i += 1) {
      const response = await sent(`more${String(i)}`);
      expect(expectRefusal(response, 429).issue[0]).toMatchObject({ code: 'throttled' });
      expect(Number(response.headers['retry-after'])).toBeGreaterThan(0);
    }
    // One line says that it went on.
    expect((await noted()).slice(100)).toEqual(['forged, as a hundred before; further ones are not noted']);
    // A program of the clinic behind the same address works on; its old token is answered as ever, so it asks for another.
    await sent(await api.token('clinic')).expect(200);
    expectRefusal(await sent(made({ exp: seconds() - 1 })), 401);
    expect(await noted()).toHaveLength(101);
    // And from elsewhere a forged one is noted as ever.
    expectRefusal(await withToken('nonsense').set('X-Forwarded-For', '198.51.100.78'), 401);
  });

  test('that was good until now is good no longer once its time is over, however often it was shown', async () => {
    let now = api.now();
    const { database, url: publicUrl } = api;
    const tokens = makeTokens({
      database,
      now: () => now,
      secrets: [testSecret],
      publicUrl,
      newId: randomUUID,
    });
    const token = made({ exp: seconds() + 900 });
    expect(await tokens.bearer(token, 'first')).toMatchObject({ actor: { request: 'first' } });
    expect(await tokens.bearer(token, 'second')).toMatchObject({ actor: { request: 'second' } });
    now = new Date(now.getTime() + 901_000);
    expect(await tokens.bearer(token, 'late')).toBe('expired');
  });

  test('that is missing opens nothing, and no body is read before', async () => {
    expectRefusal(await request(api.url).get('/fhir/Patient'), 401);
    const blind = request(api.url).post('/fhir').set('Content-Type', 'application/fhir+json');
    expectRefusal(await blind.send('{ broken'), 401);
  });

  test('that may only read reads and searches, and writes nothing', async () => {
    const token = await api.token('clinic', 'system/*.rs');
    const as = (asked: request.Test) => asked.set('Authorization', `Bearer ${token}`);
    await as(request(api.url).get('/fhir/Patient')).expect(200);
    await as(request(api.url).post('/fhir/Patient/_search').type('form').send('name=x')).expect(200);
    expectRefusal(await as(request(api.url).post('/fhir/Patient').send({ resourceType: 'Patient' })), 403);
    const one = { resource: { resourceType: 'Patient' }, request: { method: 'POST', url: 'Patient' } };
    const bundle = { resourceType: 'Bundle', type: 'transaction', entry: [one] };
    expectRefusal(await as(request(api.url).post('/fhir').send(bundle)), 403, 'Bundle.entry[0].request');
  });
});
