import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Bundle, Resource } from '@medplum/fhirtypes';
import { searchParameters } from '../../src/fhir/parameters.ts';
import { isAboutPerson } from '../../src/fhir/tables.ts';
import { recordTypes } from '../../src/fhir/types.ts';
import { expectRefusal, startApi, type Api } from './api.ts';
import { keepPerson, personWithEverything } from './person.ts';

let api: Api;
let person: ReturnType<typeof personWithEverything>;
beforeAll(async () => {
  api = await startApi();
  person = personWithEverything(api);
  await keepPerson(api, person.records);
  // Somebody looked at the person, so the access log speaks of it.
  await api.send('office', 'get', `/Patient/${person.patient}`).expect(200);
});
afterAll(async () => {
  await api.stop();
});

const get = (path: string) => api.send('council', 'get', path);
const aboutPersons = recordTypes.filter(isAboutPerson);

describe.each(aboutPersons)('%s', (type) => {
  const records = () =>
    Object.values(person.records)
      .map((kept): Resource & { id: string } => kept.record)
      .filter((record) => record.resourceType === type);

  test('is read by no council, in no version', async () => {
    for (const { id } of records())
      for (const path of [`/${type}/${id}`, `/${type}/${id}/_history`, `/${type}/${id}/_history/1`])
        expect(expectRefusal(await get(path), 404).issue[0]?.details?.text).not.toContain(id);
  });

  test('is found by no council, whatever it asks for', async () => {
    const byPerson = Object.entries(searchParameters[type])
      .filter(([, parameter]) => parameter.targets?.includes('Patient'))
      .map(([name]) => `${name}=${person.patient}`);
    const ids = records().map((r) => r.id);
    for (const query of ['', '_count=200', `_id=${ids.join(',')}`, '_lastUpdated=gt2020', ...byPerson]) {
      const { body } = await get(`/${type}?${query}`).expect(200);
      expect([query, (body as Bundle).entry ?? []]).toEqual([query, []]);
    }
  });

  test('is written by no council', async () => {
    for (const record of records()) {
      const id = randomUUID();
      const hidden = await api.send('council', 'put', `/${type}/${record.id}`, record);
      const nobodys = await api.send('council', 'put', `/${type}/${id}`, { ...record, id });
      // What is there and hidden is refused as what was never there.
      expectRefusal(hidden, 404);
      expect([nobodys.status, nobodys.text]).toEqual([404, hidden.text]);
      const refusal = await api.send('council', 'post', `/${type}`, record);
      expect([403, 422]).toContain(refusal.status);
      expectRefusal(refusal, refusal.status);
    }
  });
});

test('a council learns nothing of persons from the access log', async () => {
  const { body } = await get(`/AuditEvent?patient=${person.patient}`).expect(200);
  // Its own attempts are there, as they were refused; nothing that anybody else did.
  for (const { resource } of (body as Bundle).entry ?? [])
    expect(resource).toMatchObject({
      outcome: '4',
      agent: [{ who: { reference: `Organization/${api.bodies.council.id}` } }],
    });
  const { rows } = await api.owner.query<{ id: string }>(
    'select id from access_log where organization is distinct from $1',
    [api.bodies.council.id],
  );
  expect(rows.length).toBeGreaterThan(0);
  for (const { id } of rows) expectRefusal(await get(`/AuditEvent/${id}`), 404);
});

test('a council reads no post and no place, and a person’s record is no key to figures', async () => {
  for (const type of ['Practitioner', 'PractitionerRole', 'Location', 'HealthcareService'])
    expect(((await get(`/${type}`).expect(200)).body as Bundle).entry).toEqual([]);
  const reports = await get('/MeasureReport').expect(200);
  const seen = JSON.stringify(reports.body);
  for (const { record } of Object.values(person.records)) expect(seen).not.toContain(record.id);
});

test('nobody else reads a council’s figures', async () => {
  for (const name of ['clinic', 'office', 'resource'] as const)
    expectRefusal(await api.send(name, 'get', '/MeasureReport'), 403);
  expectRefusal(await get('/MeasureReport/abcd'), 404);
  expectRefusal(await get('/MeasureReport/1999'), 404);
});
