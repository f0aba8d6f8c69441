import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Bundle, CapabilityStatement } from '@medplum/fhirtypes';
import type { Client } from 'fhir-kit-client';
import request from 'supertest';
import { startApi, expectRefusal, type Api } from './api.ts';
import { madeIn, referralBundle } from './bundle.ts';

let api: Api;
let patient: string;
let clinic: Client;
beforeAll(async () => {
  api = await startApi();
  clinic = await api.client('clinic');
  const answer = (await clinic.transaction({
    body: referralBundle(api.bodies, api.programs[0]) as never,
  })) as unknown as Bundle;
  patient = madeIn(answer, 'Patient');
});
afterAll(async () => {
  await api.stop();
});

const ask = async (query = '', who: 'clinic' | 'office' = 'clinic'): Promise<Bundle> =>
  (await api.send(who, 'get', `/Patient/${patient}/$everything${query}`).expect(200)).body as Bundle;
const kinds = (bundle: Bundle): string[] =>
  [...new Set((bundle.entry ?? []).map((e) => e.resource?.resourceType ?? ''))].toSorted();

test('everything about a person in one Bundle, with the bodies it names', async () => {
  const all = await ask('?_count=200');
  expect(kinds(all)).toEqual(
    expect.arrayContaining([
      'Consent',
      'Organization',
      'Patient',
      'QuestionnaireResponse',
      'ServiceRequest',
      'Task',
    ]),
  );
  for (const { resource, search } of all.entry ?? [])
    if (resource?.resourceType === 'Organization') expect(search?.mode).toBe('include');
  const { rows } = await api.owner.query(
    `select 1 from access_log where action = 'export' and patients @> array[$1::uuid] and via = 'token'`,
    [patient],
  );
  expect(rows.length).toBeGreaterThan(0);
});

test('a page at a time it is the same, nothing twice and nothing left out', async () => {
  const whole = (await ask('?_count=200')).entry?.filter((e) => e.search?.mode === 'match') ?? [];
  const found: string[] = [];
  let next: string | undefined = `${api.url}/fhir/Patient/${patient}/$everything?_count=2`;
  while (next !== undefined) {
    const path: string = next.slice(`${api.url}/fhir`.length);
    const page = (await api.send('clinic', 'get', path).expect(200)).body as Bundle;
    const matches = page.entry?.filter((e) => e.search?.mode === 'match') ?? [];
    expect(matches.length).toBeLessThanOrEqual(2);
    found.push(...matches.map((e) => e.fullUrl ?? ''));
    next = page.link?.find((link) => link.relation === 'next')?.url;
  }
  expect(found).toEqual(whole.map((e) => e.fullUrl));
});

test('_type and _since narrow it', async () => {
  expect(kinds(await ask('?_type=Consent,Task'))).toEqual(['Consent', 'Task']);
  expect((await ask('?_since=2999-01-01')).entry).toEqual([]);
  expect(kinds(await ask('?_since=2020-01-01T00:00:00Z&_type=Patient'))).toEqual(['Patient']);
});

test.each([
  ['?start=2026-01-01', 'not-supported'],
  ['?_type=Medication', 'not-supported'],
  ['?_since=yesterday', 'value'],
  ['?_count=none', 'value'],
] as const)('%s is refused in words', async (query, code) => {
  const answer = await api.send('clinic', 'get', `/Patient/${patient}/$everything${query}`);
  expect(answer.status).toBe(422);
  expectRefusal(answer, 422);
  expect((answer.body as { issue: { code: string }[] }).issue[0]?.code).toBe(code);
});

test('others have what was opened to them and no more; a stranger to the person has nothing', async () => {
  const theirs = await ask('?_count=200', 'office');
  expect(kinds(theirs)).toContain('Patient');
  for (const who of ['otherOffice', 'council', 'otherClinic'] as const)
    expectRefusal(await api.send(who, 'get', `/Patient/${patient}/$everything`), 404);
  await request(api.url).get(`/fhir/Patient/${patient}/$everything`).expect(401);
});

test('the server says that it can', async () => {
  const { body } = await request(api.url).get('/fhir/metadata');
  const types = (body as CapabilityStatement).rest?.[0]?.resource ?? [];
  const claimed = types.find((one) => one.type === 'Patient')?.operation;
  expect(claimed?.find((one) => one.name === 'everything')).toMatchObject({
    definition: 'http://hl7.org/fhir/OperationDefinition/Patient-everything',
  });
});

test('a token for some kinds of record brings those alone', async () => {
  const narrow = await api.token('clinic', 'system/Patient.r system/Consent.r');
  const path = `${api.url}/fhir/Patient/${patient}/$everything`;
  const get = (query = '') => request(path).get(query).set('Authorization', `Bearer ${narrow}`);
  const { body } = await get().expect(200);
  expect(kinds(body as Bundle)).toEqual(['Consent', 'Patient']);
  await get('?_type=Task').expect(403);
});
