import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { gzipSync } from 'node:zlib';
import net from 'node:net';
import type { Bundle, BundleEntry } from '@medplum/fhirtypes';
import request from 'supertest';
import { recordTypes } from '../../src/fhir/types.ts';
import { everything, expectRefusal, startApi, urn, type Api } from './api.ts';
import { referralBundle } from './bundle.ts';

let api: Api;
let before: string;
beforeAll(async () => {
  api = await startApi();
});
afterAll(async () => {
  await api.stop();
});
beforeEach(async () => {
  before = await everything(api);
});
afterEach(async () => {
  // Refused is refused: not a record, a version or a line of the log more than before, but for the one that tells of the refusal.
  expect(await everything(api)).toBe(before);
});

const patient = (more: object = {}) => ({
  resourceType: 'Patient',
  name: [{ text: '試験 花子' }],
  managingOrganization: { reference: `Organization/${api.bodies.clinic.id}` },
  ...more,
});
const post = (path: string, body: unknown) => api.send('clinic', 'post', path, body);
const nested = (levels: number): string => `${'{"extension":['.repeat(levels)}1${']}'.repeat(levels)}`;

describe('a body that cannot be read', () => {
  test.each(['{ broken', '', '"text"', '17', 'null', '{"a":1,}', '<Patient/>', '\u0000', '{"a":"\u0001"}'])(
    'because it is %j',
    async (body) => {
      const refusal = await post('/Patient', body);
      expectRefusal(refusal, 400);
    },
  );

  test('is refused with the place of the fault and without quoting what it says', async () => {
    const { issue } = expectRefusal(await post('/Patient', '{"name":\n"Hanako" oops}'), 400, 'http.body');
    expect(issue[0]?.details?.text).toMatch(/line 2 column|position \d+/);
    expect(issue[0]?.details?.text).not.toContain('Hanako');
  });

  test('because it is above 4 MB, also when it comes packed', async () => {
    const large = JSON.stringify(patient({ text: { status: 'generated', div: 'x'.repeat(4_300_000) } }));
    expectRefusal(await post('/Patient', large), 413, 'http.body');
    const packed = request(api.url)
      .post('/fhir/Patient')
      .set('Authorization', `Bearer ${await api.token('clinic')}`)
      .set('Content-Type', 'application/fhir+json')
      .set('Content-Encoding', 'gzip')
      .serialize((raw: unknown) => raw as string)
      .send(gzipSync(large) as unknown as string);
    expectRefusal(await packed, 413, 'http.body');
  });

  test.each(['application/xml', 'application/fhir+xml', 'text/plain', 'application/x-www-form-urlencoded'])(
    'because it is %s',
    async (type) => {
      const refusal = post('/Patient', patient()).set('Content-Type', type);
      expectRefusal(await refusal, 415, 'http.Content-Type');
    },
  );

  test('because it is written or packed in another way', async () => {
    const shift = post('/Patient', patient()).set('Content-Type', 'application/fhir+json; charset=shift_jis');
    expectRefusal(await shift, 415, 'http.Content-Type');
    const packed = post('/Patient', patient()).set('Content-Encoding', 'zip');
    expectRefusal(await packed, 415, 'http.Content-Type');
    const broken = post('/Patient', patient()).set('Content-Encoding', 'gzip');
    expectRefusal(await broken, 400, 'http.body');
  });
});

describe('an address', () => {
  const unknown = [
    '/Device',
    '/patient',
    '/Patient/x',
    '/Bundle',
    '/Patient/$everything',
    '/%2e%2e/x',
    '/Patient/%00',
  ];
  test.each(unknown)('that leads nowhere (%s)', async (path) => {
    expectRefusal(await api.send('clinic', 'get', path), 404);
  });
  test('that cannot be read', async () => {
    expectRefusal(await api.send('clinic', 'get', '/Patient/%E0%A4%A'), 400);
  });
  test('with an id of nobody, for every type', async () => {
    for (const type of recordTypes) {
      const at = `/${type}/11111111-1111-4111-8111-111111111111`;
      expectRefusal(await api.send('clinic', 'get', at), 404, type);
      expectRefusal(await api.send('clinic', 'get', `${at}/_history`), 404, type);
      expectRefusal(await api.send('clinic', 'get', `${at}/_history/1`), 404, type);
      const patch = api.send('clinic', 'patch', at, []).set('Content-Type', 'application/json-patch+json');
      expectRefusal(await patch, 404, type);
    }
  });
  test('to which nothing of the kind can be done', async () => {
    const asked = request(api.url).options('/fhir/Patient/11111111-1111-4111-8111-111111111111');
    const refusal = await asked.set('Authorization', `Bearer ${await api.token('clinic')}`);
    expectRefusal(refusal, 405);
    expect(refusal.headers['allow']).toContain('PUT');
    expectRefusal(await api.send('clinic', 'put', '/Patient', patient()), 400, 'http.url');
    expectRefusal(await api.send('clinic', 'delete', '/Patient'), 400, 'http.url');
    expectRefusal(await api.send('clinic', 'post', '/Patient/x/y/z', patient()), 404);
  });
  test('from a reader that takes no JSON', async () => {
    const asked = (accept: string) => api.send('office', 'get', '/Organization').set('Accept', accept);
    expectRefusal(await asked('application/fhir+xml'), 406, 'http.Accept');
    expectRefusal(await api.send('office', 'get', '/Organization?_format=xml'), 406, 'http._format');
    for (const accept of ['*/*', 'application/json', 'application/fhir+json;q=0.9, text/html'])
      expect((await asked(accept)).status).toBe(200);
    for (const format of ['json', 'application/fhir%2Bjson', 'application/fhir+json', 'application/json'])
      expect((await api.send('office', 'get', `/Organization?_format=${format}`)).status).toBe(200);
  });
});

describe('a record', () => {
  const wrong: [what: string, body: () => object, where: string][] = [
    ['of another type', () => ({ resourceType: 'Task' }), 'Patient.resourceType'],
    ['of no type', () => ({ name: [] }), 'Patient.resourceType'],
    ['with an element nobody knows', () => patient({ shoeSize: 26 }), 'Patient.shoeSize'],
    ['with a list where one is meant', () => patient({ birthDate: ['1950-01-01'] }), 'Patient.birthDate'],
    ['with a day there is not', () => patient({ birthDate: '1950-02-30' }), 'Patient.birthDate'],
    ['with a code there is not', () => patient({ gender: 'F' }), 'Patient.gender'],
    ['that is empty in places', () => patient({ telecom: [] }), 'Patient.telecom'],
    ['with a strange meta', () => patient({ meta: 'x' }), 'Patient.meta'],
    ['with a list for a meta', () => patient({ meta: [1] }), 'Patient.meta'],
    ['with a control character', () => patient({ name: [{ text: '花\u0000子' }] }), 'Patient.name[0].text'],
    ['with half a character', () => patient({ name: [{ text: '花\ud842' }] }), 'Patient.name[0].text'],
    [
      'whose keys do harm',
      () => JSON.parse('{"resourceType":"Patient","__proto__":{"x":1}}') as object,
      'Patient',
    ],
  ];
  test.each(wrong)('%s', async (_what, body, where) => {
    const refusal = await post('/Patient', body());
    expect([400, 422]).toContain(refusal.status);
    expectRefusal(refusal, refusal.status, where);
  });

  const links: [what: string, reference: string][] = [
    ['a body that is not there', 'Organization/11111111-1111-4111-8111-111111111111'],
    ['something of another type', 'Patient/11111111-1111-4111-8111-111111111111'],
    ['an id that is none of ours', 'Organization/1'],
    ['an id in capitals', 'Organization/11111111-1111-4111-8111-11111111111A'],
    ['a thing of the sender', 'urn:uuid:11111111-1111-4111-8111-111111111111'],
    ['a type nobody knows', 'Clinic/11111111-1111-4111-8111-111111111111'],
    ['whatever matches', 'Organization?name=x'],
    ['nothing', ''],
    ['nonsense', '../../etc/passwd'],
  ];
  test.each(links)('that refers to %s', async (_what, reference) => {
    const refusal = await post('/Patient', patient({ managingOrganization: { reference } }));
    expectRefusal(refusal, 422, 'Patient.managingOrganization.reference');
  });

  test('that is nested without end', async () => {
    for (const levels of [60, 5000, 200_000]) {
      const body = JSON.stringify(patient()).replace(/}$/, `,"extension":[${nested(levels)}]}`);
      const refusal = await post('/Patient', body);
      expect([413, 422]).toContain(refusal.status);
      expectRefusal(refusal, refusal.status);
    }
  });

  test('that is about nobody', async () => {
    const refusal = await post('/Goal', {
      resourceType: 'Goal',
      lifecycleStatus: 'active',
      description: { text: 'x' },
    });
    expectRefusal(refusal, 422);
  });

  test('that is to be created only if there is none, on no condition or an unclear one', async () => {
    const asked = (condition: string) => post('/Patient', patient()).set('If-None-Exist', condition);
    expectRefusal(await asked(' '), 400, 'http.If-None-Exist');
    expectRefusal(await asked('?'), 400, 'http.If-None-Exist');
    expectRefusal(await asked('colour=blue'), 422, 'http.colour');
  });

  test('with a key that is none', async () => {
    for (const key of [' ', 'x'.repeat(201), 'a b', 'Schlüssel'])
      expectRefusal(
        await post('/Patient', patient()).set('Idempotency-Key', key),
        400,
        'http.Idempotency-Key',
      );
  });
});

describe('a transaction', () => {
  type Change = (bundle: Bundle & { entry: BundleEntry[] }) => unknown;
  const resource = (bundle: { entry: BundleEntry[] }, i: number) =>
    bundle.entry[i]?.resource as unknown as Record<string, unknown>;
  const entryOf = (bundle: { entry: BundleEntry[] }, i: number) =>
    bundle.entry[i] as unknown as Record<string, unknown>;
  const wrong: [what: string, change: Change, where?: string][] = [
    ['that is no Bundle', (b) => Object.assign(b, { resourceType: 'Patient' }), 'Bundle.resourceType'],
    ['that is a collection', (b) => Object.assign(b, { type: 'collection' }), 'Bundle.type'],
    ['of no type', (b) => Object.assign(b, { type: undefined }), 'Bundle.type'],
    ['without entries', (b) => Object.assign(b, { entry: [] }), 'Bundle.entry'],
    ['whose entries are no list', (b) => Object.assign(b, { entry: {} }), 'Bundle.entry'],
    ['with an entry that is nothing', (b) => Object.assign(b, { entry: [null] }), 'Bundle.entry[0]'],
    ['with an entry that is a list', (b) => Object.assign(b, { entry: [[]] }), 'Bundle.entry[0]'],
    ['with an entry of text', (b) => Object.assign(b, { entry: ['x'] }), 'Bundle.entry[0]'],
    ['with an entry without resource', (b) => delete entryOf(b, 2)['resource'], 'Bundle.entry[2].resource'],
    [
      'with a resource nobody knows',
      (b) => (resource(b, 2)['resourceType'] = 'Device'),
      'Bundle.entry[2].resource',
    ],
    ['with an entry without request', (b) => delete entryOf(b, 2)['request'], 'Bundle.entry[2].request'],
    ['whose request is text', (b) => (entryOf(b, 2)['request'] = 'POST'), 'Bundle.entry[2].request'],
    [
      'that deletes nothing in particular',
      (b) => (entryOf(b, 2)['request'] = { method: 'DELETE', url: 'Consent' }),
      'Bundle.entry[2].request.url',
    ],
    [
      'that reads what leads nowhere',
      (b) => (entryOf(b, 2)['request'] = { method: 'GET', url: 'Consent/1/2/3' }),
      'Bundle.entry[2].request.url',
    ],
    [
      'that does what nobody knows',
      (b) => (entryOf(b, 2)['request'] = { method: 'TRACE', url: 'Consent' }),
      'Bundle.entry[2].request',
    ],
    [
      'that patches with a record',
      (b) => (entryOf(b, 2)['request'] = { method: 'PATCH', url: `Consent/${urn().slice(9)}` }),
      'Bundle.entry[2].resource',
    ],
    [
      'that replaces what it does not name',
      (b) => (entryOf(b, 2)['request'] = { method: 'PUT', url: 'Consent' }),
      'Bundle.entry[2].request.url',
    ],
    [
      'to another address',
      (b) => (entryOf(b, 2)['request'] = { method: 'POST', url: 'Task' }),
      'Bundle.entry[2].request.url',
    ],
    [
      'to an id',
      (b) => (entryOf(b, 2)['request'] = { method: 'POST', url: 'Consent/1' }),
      'Bundle.entry[2].request.url',
    ],
    [
      'with a condition that is no text',
      (b) => Object.assign(entryOf(b, 0)['request'] as object, { ifNoneExist: 5 }),
      'Bundle.entry[0].request.ifNoneExist',
    ],
    ['with a name that is no text', (b) => (entryOf(b, 2)['fullUrl'] = 5), 'Bundle.entry[2].fullUrl'],
    [
      'with a name that stands twice',
      (b) => (entryOf(b, 2)['fullUrl'] = entryOf(b, 1)['fullUrl']),
      'Bundle.entry[2].fullUrl',
    ],
    [
      'with a reference into nowhere',
      (b) => (resource(b, 4)['focus'] = { reference: urn() }),
      'Bundle.entry[4].resource',
    ],
    [
      'with too many entries',
      (b) => (b.entry = Array.from({ length: 501 }, () => b.entry[0] as BundleEntry)),
      'Bundle.entry',
    ],
    ['without consent', (b) => b.entry.splice(2, 1)],
    [
      'whose consent is over',
      (b) =>
        Object.assign(resource(b, 2)['provision'] as object, {
          period: { start: '2020-01-01', end: '2020-12-31' },
        }),
    ],
    ['whose consent is inactive', (b) => (resource(b, 2)['status'] = 'inactive')],
    ['whose task has begun already', (b) => (resource(b, 4)['status'] = 'accepted'), 'Task.status'],
    ['whose task is nobody’s', (b) => delete resource(b, 4)['owner'], 'Task.owner'],
    ['whose last entry is wrong', (b) => (resource(b, 4)['intent'] = 'wish'), 'Task.intent'],
  ];
  test.each(wrong.map(([what, change, where]) => [what, change, where] as const))(
    '%s',
    async (_what, change, where) => {
      const bundle = referralBundle(api.bodies);
      change(bundle);
      const refusal = await post('', bundle);
      expect([400, 422]).toContain(refusal.status);
      expectRefusal(refusal, refusal.status, where);
    },
  );

  test('that replaces what is not there, or the same twice', async () => {
    const id = '11111111-1111-4111-8111-111111111111';
    const entry = { resource: patient({ id }), request: { method: 'PUT', url: `Patient/${id}` } };
    const bundle = (...entries: object[]) => ({
      resourceType: 'Bundle',
      type: 'transaction',
      entry: entries,
    });
    const first = { ...entry, request: { ...entry.request, ifMatch: 'W/"1"' } };
    expectRefusal(await post('', bundle(first)), 412, 'Bundle.entry[0].request.ifMatch');
    expectRefusal(await post('', bundle(entry, entry)), 422, 'Bundle.entry[1].request.url');
    const seen = { ...entry, request: { ...entry.request, ifMatch: '1' } };
    expectRefusal(await post('', bundle(seen)), 422, 'Bundle.entry[0].request.ifMatch');
  });

  test('nested without end', async () => {
    for (const levels of [60, 5000]) {
      const body = JSON.stringify(referralBundle(api.bodies)).replace(
        '"status":"active"',
        `"status":"active","extension":[${nested(levels)}]`,
      );
      const outcome = expectRefusal(await post('', body), 422);
      expect(outcome.issue[0]?.code).toBe('too-costly');
    }
  });

  test('of hundreds of wrong entries names a hundred of them', async () => {
    const entry = Array.from({ length: 400 }, () => null);
    const { issue } = expectRefusal(
      await post('', { resourceType: 'Bundle', type: 'transaction', entry }),
      422,
    );
    expect(issue).toHaveLength(100);
  });

  test('that never ends arriving holds nobody up', async () => {
    const { port } = new URL(api.url);
    const socket = net.connect(Number(port), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(
      `POST /fhir HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${await api.token('clinic')}\r\nContent-Type: application/fhir+json\r\nContent-Length: 9000\r\n\r\n{`,
    );
    await request(api.url).get('/fhir/metadata').expect(200);
    socket.destroy();
  });
});

test('a refusal speaks Japanese to whoever asks in Japanese', async () => {
  const refusal = await post('/Patient', patient({ gender: 'F' })).set('Accept-Language', 'ja');
  const outcome = JSON.parse(refusal.text) as { issue: { details: { text: string } }[] };
  expect(outcome.issue[0]?.details.text).toMatch(/[ぁ-ん]/);
});
