import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Bundle, OperationOutcome } from '@medplum/fhirtypes';
import request from 'supertest';
import { startApi, expectRefusal, type Api, type ClientName } from './api.ts';
import { madeIn, referralBundle } from './bundle.ts';

let api: Api;
let made: Record<'Patient' | 'Task' | 'ServiceRequest' | 'Consent' | 'QuestionnaireResponse', string>;
const types = ['Patient', 'Task', 'ServiceRequest', 'Consent', 'QuestionnaireResponse'] as const;

const refer = async (to = api.bodies.office): Promise<typeof made> => {
  const bundle = referralBundle({ clinic: api.bodies.clinic, office: to }, api.programs[0]);
  const { body } = await api.send('clinic', 'post', '', bundle).expect(200);
  return Object.fromEntries(types.map((type) => [type, madeIn(body as Bundle, type)])) as typeof made;
};
beforeAll(async () => {
  api = await startApi();
  made = await refer();
});
afterAll(async () => {
  await api.stop();
});

const ask = async (name: ClientName, path: string): Promise<Bundle> => {
  const { body } = await api.send(name, 'get', path).expect(200);
  return body as Bundle;
};
const entries = (bundle: Bundle, mode: 'match' | 'include' | 'outcome'): string[] =>
  (bundle.entry ?? [])
    .filter((entry) => entry.search?.mode === mode)
    .map(({ resource }) => `${resource?.resourceType ?? ''}/${resource?.id ?? ''}`);

describe('what comes along', () => {
  test('is what a task leads to, each record once', async () => {
    const bundle = await ask(
      'office',
      `/Task?_id=${made.Task}&_include=Task:focus&_include=Task:patient&_include=Task:owner&_include=Task:subject`,
    );
    expect(entries(bundle, 'match')).toEqual([`Task/${made.Task}`]);
    expect(entries(bundle, 'include').toSorted()).toEqual(
      [
        `Organization/${api.bodies.office.id}`,
        `Patient/${made.Patient}`,
        `ServiceRequest/${made.ServiceRequest}`,
      ].toSorted(),
    );
  });

  test('goes on from what came along when it is asked to, and not otherwise', async () => {
    const once = await ask(
      'office',
      `/Task?_id=${made.Task}&_include=Task:focus&_include=ServiceRequest:supporting-info`,
    );
    expect(entries(once, 'include')).toEqual([`ServiceRequest/${made.ServiceRequest}`]);
    const further = await ask(
      'office',
      `/Task?_id=${made.Task}&_include=Task:focus&_include:iterate=ServiceRequest:supporting-info`,
    );
    expect(entries(further, 'include').toSorted()).toEqual(
      [
        `ServiceRequest/${made.ServiceRequest}`,
        `Consent/${made.Consent}`,
        `QuestionnaireResponse/${made.QuestionnaireResponse}`,
      ].toSorted(),
    );
  });

  test('is what leads to a request, the form that was answered, or all there is', async () => {
    const back = await ask('office', `/ServiceRequest?_id=${made.ServiceRequest}&_revinclude=Task:focus`);
    expect(entries(back, 'include')).toEqual([`Task/${made.Task}`]);
    const form = await ask(
      'office',
      `/QuestionnaireResponse?_id=${made.QuestionnaireResponse}&_include=QuestionnaireResponse:questionnaire`,
    );
    expect(entries(form, 'include')).toHaveLength(1);
    expect(entries(form, 'include')[0]).toMatch(/^Questionnaire\//);
    const all = entries(await ask('office', `/Task?_id=${made.Task}&_include=*`), 'include');
    expect(all).toEqual(
      expect.arrayContaining([`Patient/${made.Patient}`, `ServiceRequest/${made.ServiceRequest}`]),
    );
    const everything = entries(await ask('office', `/Patient?_id=${made.Patient}&_revinclude=*`), 'include');
    for (const type of ['Task', 'ServiceRequest', 'Consent', 'QuestionnaireResponse'] as const)
      expect(everything).toContain(`${type}/${made[type]}`);
    const only = await ask('office', `/Task?_id=${made.Task}&_include=Task:owner:Practitioner`);
    expect(entries(only, 'include')).toEqual([]);
  });

  test('is nothing that the caller or the token may not see', async () => {
    const path = `/fhir/Task?_id=${made.Task}&_include=Task:focus&_include=Task:patient`;
    const narrow = await api.token('office', 'system/Task.rs system/ServiceRequest.rs');
    const { body } = await request(api.url).get(path).set('Authorization', `Bearer ${narrow}`).expect(200);
    expect(entries(body as Bundle, 'include')).toEqual([`ServiceRequest/${made.ServiceRequest}`]);
    const back = await ask('otherOffice', `/Organization?_id=${api.bodies.office.id}&_revinclude=Task:owner`);
    expect(entries(back, 'match')).toHaveLength(1);
    expect(entries(back, 'include')).toEqual([]);
  });

  test('is in the access log as looked at', async () => {
    const { rows: before } = await api.owner.query('select max(id) as id from access_log');
    await ask('office', `/Task?_id=${made.Task}&_include=Task:focus`);
    const { rows } = await api.owner.query(
      `select action, records from access_log where id > $1 and action = 'search' order by id`,
      [(before[0] as { id: string }).id],
    );
    expect(rows).toEqual([
      { action: 'search', records: [`Task/${made.Task}`] },
      { action: 'search', records: [`ServiceRequest/${made.ServiceRequest}`] },
    ]);
  });
});

test('a token looks into no kind of record that it is not for, by chain or the other way round', async () => {
  const narrow = await api.token('office', 'system/Task.rs');
  const as = (path: string) => request(api.url).get(`/fhir${path}`).set('Authorization', `Bearer ${narrow}`);
  await as('/Task?status=requested').expect(200);
  expectRefusal(await as('/Task?patient.name=試験'), 403);
  expectRefusal(await as('/Task?focus:ServiceRequest.status=active'), 403);
  expectRefusal(await as('/Task?_has:Provenance:target:recorded=2026'), 403);
});

describe('a parameter that nobody knows', () => {
  const path = (): string => `/fhir/Task?_id=${made.Task}&colour=blue`;
  const asked = async (prefer: string) =>
    request(api.url)
      .get(path())
      .set('Authorization', `Bearer ${await api.token('office')}`)
      .set('Prefer', prefer);

  test('is refused, also when the caller says how strict it is', async () => {
    expectRefusal(await asked('handling=strict'), 422, 'http.colour');
    expectRefusal(await api.send('office', 'get', '/Task?colour=blue'), 422, 'http.colour');
  });

  test('is left out and told of where the caller is lenient; what is wrong stays wrong', async () => {
    const answer = await asked('handling=lenient');
    expect(answer.status).toBe(200);
    const bundle = JSON.parse(answer.text) as Bundle;
    expect(entries(bundle, 'match')).toEqual([`Task/${made.Task}`]);
    const told = bundle.entry?.find((entry) => entry.search?.mode === 'outcome')
      ?.resource as OperationOutcome;
    expect(told.issue).toMatchObject([
      { severity: 'warning', code: 'not-supported', expression: ['http.colour'] },
    ]);
    expect(bundle.link?.find(({ relation }) => relation === 'self')?.url).toBe(
      `${api.url}/fhir/Task?_id=${made.Task}`,
    );
    const wrong = await request(api.url)
      .get('/fhir/Task?authored-on=yesterday')
      .set('Authorization', `Bearer ${await api.token('office')}`)
      .set('Prefer', 'handling=lenient');
    expectRefusal(wrong, 422, 'http.authored-on');
  });
});

test('a search by POST is the same search', async () => {
  const { body } = await request(api.url)
    .post('/fhir/Task/_search?_include=Task:focus')
    .set('Authorization', `Bearer ${await api.token('office')}`)
    .type('form')
    .send(`_id=${made.Task}&_total=accurate`)
    .expect(200);
  expect(body).toMatchObject({ total: 1 });
  expect(entries(body as Bundle, 'include')).toEqual([`ServiceRequest/${made.ServiceRequest}`]);
});

test('a total counts what the caller sees', async () => {
  await refer(api.bodies.otherOffice);
  const [office, otherOffice] = [
    (await ask('office', '/Task?_total=accurate&_count=1')).total ?? 0,
    (await ask('otherOffice', '/Task?_count=0')).total ?? 0,
  ];
  expect(otherOffice).toBe(1);
  expect((await ask('clinic', '/Task?_count=0')).total).toBe(office + otherOffice);
});

test.each(['_sort=authored-on', '_sort=-_lastUpdated', '_sort=status,-authored-on', '_sort=patient'])(
  'paging by %s loses and doubles nothing while others add records',
  async (sort) => {
    for (let i = 0; i < 4; i += 1) await refer();
    const before = entries(await ask('office', '/Task?_count=200'), 'match');
    const seen: string[] = [];
    for (let path: string | undefined = `/Task?${sort}&_count=2`; path !== undefined;) {
      const bundle: Bundle = await ask('office', path);
      seen.push(...entries(bundle, 'match'));
      if (seen.length < 8) await refer();
      path = bundle.link?.find(({ relation }) => relation === 'next')?.url?.split('/fhir')[1];
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(before.filter((one) => !seen.includes(one))).toEqual([]);
  },
);

test('a count of what is known about somebody is a look, and in the log as one', async () => {
  const lines = async (): Promise<number> =>
    (
      await api.owner.query(
        `select 1 from access_log where client = 'office' and what = 'count of Task' and patients @> array[$1::uuid]`,
        [made.Patient],
      )
    ).rows.length;
  const before = await lines();
  for (const query of ['_count=0', '_summary=count', '_total=accurate&_count=1'])
    await api.send('office', 'get', `/Task?patient=${made.Patient}&${query}`).expect(200);
  expect(await lines()).toBe(before + 3);
});
