import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CapabilityStatement, Location, Patient } from '@medplum/fhirtypes';
import request from 'supertest';
import { recordTypes } from '../../src/fhir/types.ts';
import { expectRefusal, startApi, type Api } from './api.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(async () => {
  await api.stop();
});

const system = 'https://clinic.example/number';
const person = (more: object = {}) => ({
  resourceType: 'Patient',
  name: [{ text: '試験 花子' }],
  managingOrganization: { reference: `Organization/${api.bodies.clinic.id}` },
  ...more,
});
const numbered = (value: string, more: object = {}) => person({ identifier: [{ system, value }], ...more });
const place = (more: object = {}) => ({
  resourceType: 'Location',
  name: '試験の集会所',
  managingOrganization: { reference: `Organization/${api.bodies.office.id}` },
  ...more,
});
const put = (path: string, body: unknown, name: 'clinic' | 'otherClinic' | 'office' = 'clinic') =>
  api.send(name, 'put', path, body);
const where = (value: string): string => `/Patient?identifier=${encodeURIComponent(`${system}|${value}`)}`;

describe('a record under an id that its sender chose', () => {
  test('is created, with its place', async () => {
    const id = randomUUID();
    const made = await put(`/Location/${id}`, place({ id }), 'office').expect(201);
    expect(made.headers['location']).toBe(`${api.url}/fhir/Location/${id}/_history/1`);
    expect(made.headers['etag']).toBe('W/"1"');
    const { body } = await api.send('clinic', 'get', `/Location/${id}`).expect(200);
    expect((body as Location).meta?.versionId).toBe('1');
  });

  test('which must be one of ours and the one in the address', async () => {
    for (const id of ['1', randomUUID().toUpperCase(), 'x'.repeat(64)])
      expectRefusal(await put(`/Patient/${id}`, person({ id })), 404);
    expectRefusal(await put(`/Patient/${randomUUID()}`, person({ id: randomUUID() })), 400, 'Patient.id');
    expectRefusal(await put(`/Patient/${randomUUID()}`, person()), 400, 'Patient.id');
  });

  test('is not there about a person, so that nobody learns which ids are taken', async () => {
    const { id } = (await api.send('clinic', 'post', '/Patient', person()).expect(201)).body as {
      id: string;
    };
    const mine = person({
      id,
      managingOrganization: { reference: `Organization/${api.bodies.otherClinic.id}` },
    });
    const refusal = await put(`/Patient/${id}`, mine, 'otherClinic');
    expectRefusal(refusal, 404, 'Patient');
    const free = randomUUID();
    const nobodys = await put(`/Patient/${free}`, { ...mine, id: free }, 'otherClinic');
    expect([nobodys.status, nobodys.text]).toEqual([404, refusal.text]);
    expectRefusal(await put(`/Patient/${id}`, mine, 'otherClinic').set('If-Match', 'W/"1"'), 404);
    const { body } = await api.send('clinic', 'get', `/Patient/${id}`).expect(200);
    expect((body as Patient).meta?.versionId).toBe('1');
  });

  test('is not created where a version was seen', async () => {
    const id = randomUUID();
    expectRefusal(await put(`/Location/${id}`, place({ id }), 'office').set('If-Match', 'W/"1"'), 404);
  });

  test('and its key is created once', async () => {
    const [id, key] = [randomUUID(), randomUUID()];
    const send = () => put(`/Location/${id}`, place({ id }), 'office').set('Idempotency-Key', key);
    const [first, second] = [await send(), await send()];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
  });
});

describe('a record that criteria lead to', () => {
  test('is created when there is none, and replaced when there is one', async () => {
    const value = randomUUID();
    const made = await put(where(value), numbered(value)).expect(201);
    const { id } = made.body as { id: string };
    const changed = await put(where(value), numbered(value, { gender: 'male' })).expect(200);
    expect(changed.body).toMatchObject({ id, gender: 'male', meta: { versionId: '2' } });
    await put(where(value), numbered(value, { id })).expect(200);
    expectRefusal(await put(where(value), numbered(value, { id: randomUUID() })), 400, 'Patient.id');
  });

  test('is not created under an id that was sent along, be it free or another record’s', async () => {
    const [value, id] = [randomUUID(), randomUUID()];
    expectRefusal(await put(where(value), numbered(value, { id })), 404);
    const made = await put(where(value), numbered(value)).expect(201);
    const { id: other } = made.body as { id: string };
    expectRefusal(await put(where(randomUUID()), numbered(value, { id: other })), 400, 'Patient.id');
  });

  test('is refused when there are several, or no criteria', async () => {
    const value = randomUUID();
    for (let i = 0; i < 2; i += 1) await api.send('clinic', 'post', '/Patient', numbered(value)).expect(201);
    expect(expectRefusal(await put(where(value), numbered(value)), 412, 'http.url').issue[0]?.code).toBe(
      'multiple-matches',
    );
    expectRefusal(await put('/Patient?', person()), 400, 'http.url');
    expectRefusal(await put('/Patient?colour=blue', person()), 422, 'http.colour');
    expectRefusal(await put(`/Patient?identifier=${'x'.repeat(2100)}`, person()), 400, 'http.url');
  });

  test('is created once by four at the same moment', async () => {
    const value = randomUUID();
    const sent = await Promise.all(Array.from({ length: 4 }, () => put(where(value), numbered(value))));
    expect(sent.map((a) => a.status).toSorted((a, b) => a - b)).toEqual([200, 200, 200, 201]);
    expect(new Set(sent.map((a) => (a.body as { id: string }).id)).size).toBe(1);
  });

  test('only with a token that may search', async () => {
    const token = await api.token('clinic', 'system/Patient.cru');
    const asked = (method: 'put' | 'patch' | 'delete') => {
      const to = request(api.url);
      return to[method](`/fhir${where('x')}`)
        .set('Authorization', `Bearer ${token}`)
        .set('Content-Type', method === 'patch' ? 'application/json-patch+json' : 'application/fhir+json')
        .send(method === 'put' ? JSON.stringify(person()) : '[]');
    };
    for (const method of ['put', 'patch', 'delete'] as const)
      expectRefusal(await asked(method), 403, 'http.Authorization');
  });
});

describe('a writer gets as much back as it asked for', () => {
  const asked = (prefer: string) => api.send('clinic', 'post', '/Patient', person()).set('Prefer', prefer);
  test.each([
    ['return=minimal', ''],
    ['return="minimal"; foo, handling=lenient', ''],
    ['handling=strict, return=representation', '"Patient"'],
    ['return=OperationOutcome', '"OperationOutcome"'],
    ['return=everything', '"Patient"'],
    ['respond-async', '"Patient"'],
  ])('%s', async (prefer, holds) => {
    const made = await asked(prefer);
    expect([made.status, made.headers['etag']]).toEqual([201, 'W/"1"']);
    expect(made.headers['location']).toContain('/_history/1');
    if (holds === '') expect(made.text).toBe('');
    else expect(made.text).toContain(`"resourceType":${holds}`);
  });
});

test('forms are read only, and the statement says so', async () => {
  const { body } = await request(api.url).get('/fhir/metadata').expect(200);
  const resources = (body as CapabilityStatement).rest?.[0]?.resource ?? [];
  const codes = (type: string) =>
    resources.find((r) => r.type === type)?.interaction?.map(({ code }) => code);
  expect(codes('Questionnaire')).toEqual([
    'history-instance',
    'history-type',
    'read',
    'vread',
    'search-type',
  ]);
  expect(codes('AuditEvent')?.toSorted()).toEqual(['read', 'search-type']);
  for (const type of recordTypes.filter((t) => t !== 'Questionnaire'))
    expect(codes(type)).toEqual(expect.arrayContaining(['create', 'update', 'patch']));
  const form = { resourceType: 'Questionnaire', status: 'active' };
  const refusal = expectRefusal(
    await api.send('clinic', 'post', '/Questionnaire', form),
    403,
    'Questionnaire',
  );
  expect(refusal.issue[0]?.details?.text).toContain('folders');
});
