import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Bundle, Patient } from '@medplum/fhirtypes';
import request from 'supertest';
import { expectRefusal, startApi, type Api } from './api.ts';

let api: Api;
let token: string;
let patient: string;
beforeAll(async () => {
  api = await startApi();
  token = await api.token('clinic');
  const { body } = await api.send('clinic', 'post', '/Patient', person()).expect(201);
  patient = (body as Patient & { id: string }).id;
});
afterAll(() => api.stop());

const fhirJson = 'application/fhir+json';
const person = (more: object = {}): object => ({
  resourceType: 'Patient',
  name: [{ text: '試験 花子' }],
  managingOrganization: { reference: `Organization/${api.bodies.clinic.id}` },
  ...more,
});
const bundle = (entry: readonly object[], type = 'transaction'): object => ({
  resourceType: 'Bundle',
  type,
  entry,
});
const several = <T>(n: number, one: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => one(i));
const creating = (resource: object) => ({ resource, request: { method: 'POST', url: 'Patient' } });
const reading = () => ({ request: { method: 'GET', url: `Organization/${api.bodies.clinic.id}` } });
/** A record of that many levels, itself and its values among them. */
const deep = (levels: number): object => {
  let inner: object = { url: 'urn:x', valueString: 'x' };
  // Each extension is a list and an object in it.
  for (let i = 4; i <= levels; i += 2) inner = { url: 'urn:x', extension: [inner] };
  return person({ extension: [inner] });
};
/** Records in a record that refer to each other in a circle of that many. */
const circle = (n: number): object =>
  person({
    generalPractitioner: [{ reference: '#o0' }],
    contained: several(n, (i) => ({
      resourceType: 'Organization',
      id: `o${String(i)}`,
      name: '試験',
      partOf: { reference: `#o${String((i + 1) % n)}` },
    })),
  });

type Case = Readonly<{
  path?: string;
  method?: 'get' | 'post' | 'patch';
  body?: () => unknown;
  type?: string;
  headers?: Readonly<Record<string, string>>;
  status: number;
  where?: string | RegExp;
  /** What the refusal says in words. */
  names: RegExp;
}>;

const cases: Readonly<Record<string, Case>> = {
  'a Bundle of 10 MB': { body: () => bundle(several(10, () => creating(person({ language: 'x'.repeat(1_000_000) })))), status: 413, where: 'http.body', names: /4 MB/ },
  'a record of 10 MB': { path: '/Patient', body: () => person({ language: 'x'.repeat(10_000_000) }), status: 413, where: 'http.body', names: /4 MB/ },
  'a search by form of 40 kB': { path: '/Patient/_search', body: () => `name=${'x'.repeat(40_000)}`, type: 'application/x-www-form-urlencoded', status: 413, where: 'http.body', names: /32 kB/ },
  'a transaction of 5,000 entries': { body: () => bundle(several(5000, reading)), status: 422, where: 'Bundle.entry', names: /\b500\b/ },
  'a batch of 5,000 entries': { body: () => bundle(several(5000, reading), 'batch'), status: 422, where: 'Bundle.entry', names: /\b500\b/ },
  'a batch of one more than is taken': { body: () => bundle(several(501, reading), 'batch'), status: 422, where: 'Bundle.entry', names: /\b500\b/ },
  'a transaction of 101 conditions': { body: () => bundle(several(101, (i) => creating(person({ generalPractitioner: [{ reference: `Organization?name=${String(i)}` }] })))), status: 422, where: 'Bundle.entry', names: /\b100\b/ },
  'a record of 100 levels': { path: '/Patient', body: () => deep(100), status: 422, where: /^Patient\.extension/, names: /\b50\b/ },
  'a record of 100 levels in a Bundle': { body: () => bundle([creating(deep(100))]), status: 422, where: /^Bundle\.entry\[0\]\.resource/, names: /\b60\b/ },
  'records in a record that lead to each other in a circle': { path: '/Patient', body: () => circle(3), status: 422, where: /^Patient/, names: /#?o\d/ },
  'a record that is in itself': { path: '/Patient', body: () => circle(1), status: 422, where: /^Patient/, names: /#?o0/ },
  '51 records in a record': { path: '/Patient', body: () => circle(51), status: 422, where: /^Patient\.contained/, names: /\b50\b/ },
  'a text of 65,537 characters': { path: '/Patient', body: () => person({ extension: [{ url: 'urn:x', valueString: 'x'.repeat(65_537) }] }), status: 422, where: /^Patient\.extension/, names: /65,536/ },
  'a number of 41 digits': { path: '/Patient', body: () => JSON.stringify(person({ extension: [{ url: 'urn:x', valueDecimal: 77777 }] })).replace('77777', `1.${'1'.repeat(40)}`), status: 422, where: /extension\[0\]\.value/, names: /\b40\b/ },
  'a patch of 501 operations': { path: '/Patient/[id]', method: 'patch', type: 'application/json-patch+json', body: () => several(501, () => ({ op: 'test', path: '/active', value: true })), status: 422, names: /\b500\b/ },
  '101 values of one parameter': { path: `/Patient?_id=${several(101, () => randomUUID()).join(',')}`, method: 'get', status: 422, where: 'http._id', names: /_id/ },
  'a chain of five links': { path: '/Task?part-of.part-of.part-of.part-of.part-of.status=draft', method: 'get', status: 422, where: /^http\./, names: /\b4\b/ },
  'a sort by six': { path: '/Patient?_sort=name,birthdate,_id,_lastUpdated,gender,active', method: 'get', status: 422, where: 'http._sort', names: /at most 5/ },
  'a condition of 2,001 characters': { path: '/Patient', body: () => person(), headers: { 'If-None-Exist': `identifier=${'x'.repeat(2001)}` }, status: 400, where: 'http.If-None-Exist', names: /2,?000/ },
}; // prettier-ignore

describe('what is more than is taken ends in a refusal that names the limit', () => {
  test.each(Object.entries(cases))('%s', async (_what, given) => {
    const { path = '', method = 'post', body, type = fhirJson, headers = {}, status, where, names } = given;
    const to = request(api.url);
    const asked = to[method](`/fhir${path.replace('[id]', patient)}`)
      .set('Authorization', `Bearer ${token}`)
      .set(headers);
    const sent = body?.();
    const answer = await (sent === undefined
      ? asked
      : asked.set('Content-Type', type).send(typeof sent === 'string' ? sent : JSON.stringify(sent)));
    const { issue } = expectRefusal(answer, status, typeof where === 'string' ? where : undefined);
    if (where instanceof RegExp) expect(issue[0]?.expression?.[0]).toMatch(where);
    expect(issue[0]?.details?.text).toMatch(names);
    // A limit is told once, however often it is gone beyond.
    expect(issue.length).toBeLessThanOrEqual(3);
    expect((await request(api.url).get('/ready')).status).toBe(200);
  });

  test('a body without end, of which nobody said how long it is', async () => {
    const part = new Uint8Array(Buffer.alloc(1_000_000, ' '));
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull: (into) => {
        sent += 1;
        if (sent > 50) into.close();
        else into.enqueue(part);
      },
    });
    const asked = fetch(`${api.url}/fhir`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': fhirJson },
      body,
      duplex: 'half',
    } as RequestInit);
    const answer = await asked.catch(() => undefined);
    // The connection may be closed before the answer is read.
    expect(answer?.status ?? 413).toBe(413);
    expect((await request(api.url).get('/ready')).status).toBe(200);
  });
});

test('what is just within the limits is taken', async () => {
  const { body } = await api.send('clinic', 'post', '', bundle(several(500, reading), 'batch')).expect(200);
  expect((body as Bundle).entry?.map((one) => one.response?.status)).toEqual(several(500, () => '200'));
  const words = several(50, (i) => ({ url: `urn:${String(i)}`, valueString: 'x'.repeat(65_536) }));
  const large = JSON.stringify(person({ extension: words }));
  expect(large.length).toBeGreaterThan(3_000_000);
  await api.send('clinic', 'post', '/Patient', large).expect(201);
  await api.send('clinic', 'post', '/Patient', deep(48)).expect(201);
});
