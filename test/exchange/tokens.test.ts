import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import request from 'supertest';
import { makeTokens } from '../../src/access/tokens.ts';
import { openDatabase } from '../../src/database/database.ts';
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
    jwt.sign({ ...claimed(), ...changed }, key, { algorithm, noTimestamp: true });

  test('opens the API', async () => {
    await withToken(made({})).expect(200);
  });

  const wrong: [why: string, token: () => string][] = [
    ['has expired', () => made({ iat: seconds() - 1000, exp: seconds() - 100 })],
    ['is for another server', () => made({ aud: 'https://elsewhere.example/fhir' })],
    ['comes from another server', () => made({ iss: 'https://elsewhere.example' })],
    ['was signed by somebody else', () => made({}, 'another secret of sufficient length for this')],
    ['is signed by nothing', () => made({}, '', 'none')],
    ['is signed in another way', () => made({}, testSecret, 'HS512')],
    ['claims a role there is not', () => made({ role: 'superuser' })],
    ['is nonsense', () => 'nonsense'],
  ];
  test.each(wrong)('that %s opens nothing', async (_why, token) => {
    const response = await withToken(token());
    expectRefusal(response, 401);
    expect(response.headers['www-authenticate']).toContain('Bearer');
  });

  test('that was good until now is good no longer once its time is over, however often it was shown', async () => {
    let now = api.now();
    const database = openDatabase('postgres://nobody@localhost/none', 1); // asked for nothing here
    const tokens = makeTokens({ database, now: () => now, secret: testSecret, publicUrl: api.url });
    const token = made({ exp: seconds() + 900 });
    expect(tokens.actor(token, 'first').request).toBe('first');
    expect(tokens.actor(token, 'second').request).toBe('second');
    now = new Date(now.getTime() + 901_000);
    expect(() => tokens.actor(token, 'late')).toThrow();
    await database.close();
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
    expectRefusal(await as(request(api.url).post('/fhir').send({ resourceType: 'Bundle' })), 403);
  });
});
