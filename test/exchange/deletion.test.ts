import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Bundle, CapabilityStatement, Resource } from '@medplum/fhirtypes';
import request from 'supertest';
import { removableTypes } from '../../src/fhir/removing.ts';
import { recordTypes } from '../../src/fhir/types.ts';
import { expectRefusal, startApi, type Api, type ClientName } from './api.ts';
import { madeIn, referralBundle } from './bundle.ts';
import { keepPerson, personWithEverything, type RecordName } from './person.ts';

let api: Api;
let patient: string;
beforeAll(async () => {
  api = await startApi();
  patient = await made('clinic', person());
});
afterAll(async () => {
  await api.stop();
});

const person = () => ({
  resourceType: 'Patient',
  name: [{ text: '試験 花子' }],
  managingOrganization: { reference: `Organization/${api.bodies.clinic.id}` },
});
const goal = (of = patient, more: object = {}) => ({
  resourceType: 'Goal',
  lifecycleStatus: 'active',
  description: { text: '週に一度は出かける' },
  subject: { reference: `Patient/${of}` },
  ...more,
});
const made = async (name: ClientName, body: { resourceType: string }): Promise<string> => {
  const { body: record } = await api.send(name, 'post', `/${body.resourceType}`, body).expect(201);
  return (record as { id: string }).id;
};
const remove = (path: string, name: ClientName = 'clinic') => api.send(name, 'delete', path);

describe('what a body wrote by mistake', () => {
  test('is gone, for reading and searching, and its versions stay', async () => {
    const id = await made('clinic', goal());
    const gone = await remove(`/Goal/${id}`);
    expect([gone.status, gone.text]).toEqual([204, '']);
    const refusal = expectRefusal(await api.send('clinic', 'get', `/Goal/${id}`), 410, 'Goal');
    expect(refusal.issue[0]?.code).toBe('deleted');
    const { body: found } = await api.send('clinic', 'get', `/Goal?patient=${patient}`).expect(200);
    expect((found as Bundle).entry?.map((e) => e.resource?.id)).not.toContain(id);

    const { body } = await api.send('clinic', 'get', `/Goal/${id}/_history`).expect(200);
    const history = body as Bundle;
    expect(history.total).toBe(2);
    expect(history.entry?.map((e) => [e.request?.method, e.response?.status, e.response?.etag])).toEqual([
      ['DELETE', '204', 'W/"2"'],
      ['POST', '201', 'W/"1"'],
    ]);
    expect(history.entry?.[0]?.resource).toBeUndefined();
    await api.send('clinic', 'get', `/Goal/${id}/_history/1`).expect(200);
    expectRefusal(await api.send('clinic', 'get', `/Goal/${id}/_history/2`), 410);
    expectRefusal(await api.send('clinic', 'get', `/Goal/${id}/_history/3`), 404);
  });

  test('never was, for those who could not see it', async () => {
    const id = await made('clinic', goal());
    await remove(`/Goal/${id}`).expect(204);
    for (const name of ['office', 'otherClinic', 'council', 'resource'] as const)
      for (const path of [`/Goal/${id}`, `/Goal/${id}/_history`, `/Goal/${id}/_history/1`])
        expectRefusal(await api.send(name, 'get', path), 404);
  });

  test('is deleted once, and what never was or is another’s is answered alike', async () => {
    const id = await made('clinic', goal());
    const before = await api.owner.query('select count(*) as n from deletion');
    for (const path of [`/Goal/${id}`, `/Goal/${randomUUID()}`])
      await remove(path, 'otherClinic').expect(204);
    expect((await api.owner.query('select count(*) as n from deletion')).rows).toEqual(before.rows);
    await api.send('clinic', 'get', `/Goal/${id}`).expect(200);
    await remove(`/Goal/${id}`).expect(204);
    await remove(`/Goal/${id}`).expect(204);
  });

  test('is not brought back, neither by its id nor by a patch', async () => {
    const id = await made('clinic', goal());
    await remove(`/Goal/${id}`).expect(204);
    const again = await api.send('clinic', 'put', `/Goal/${id}`, goal(patient, { id }));
    expect(expectRefusal(again, 410).issue[0]?.details?.text).toContain('stays so');
    const patch = api
      .send('clinic', 'patch', `/Goal/${id}`, [])
      .set('Content-Type', 'application/json-patch+json');
    expectRefusal(await patch, 410);
  });

  test('is deleted only in the version that was seen', async () => {
    const id = await made('clinic', goal());
    expectRefusal(await remove(`/Goal/${id}`).set('If-Match', 'W/"2"'), 412, 'http.If-Match');
    expectRefusal(await remove(`/Goal/${id}`).set('If-Match', '2'), 400, 'http.If-Match');
    await remove(`/Goal/${id}`).set('If-Match', 'W/"1"').expect(204);
    expectRefusal(await remove(`/Goal/${id}`).set('If-Match', 'W/"1"'), 412, 'http.If-Match');
  });

  test('is in the access log as a deletion, and as an AuditEvent', async () => {
    const id = await made('clinic', goal());
    await remove(`/Goal/${id}`).expect(204);
    const { rows } = await api.owner.query(
      'select what, patients from access_log where action = $1 and records @> $2',
      ['delete', [`Goal/${id}`]],
    );
    expect(rows).toEqual([{ what: 'Goal', patients: [patient] }]);
    const { body } = await api.send('clinic', 'get', `/AuditEvent?patient=${patient}`).expect(200);
    expect((body as Bundle).entry?.map((e) => (e.resource as { action?: string }).action)).toContain('D');
  });

  test('is answered with words for a program that wants them', async () => {
    const id = await made('clinic', goal());
    const answer = await remove(`/Goal/${id}`).set('Prefer', 'return=OperationOutcome').expect(200);
    expect(JSON.parse(answer.text)).toMatchObject({
      resourceType: 'OperationOutcome',
      issue: [{ severity: 'information' }],
    });
  });

  test('is kept from a token that is not for deleting', async () => {
    const id = await made('clinic', goal());
    const asked = async (scope: string) =>
      request(api.url)
        .delete(`/fhir/Goal/${id}`)
        .set('Authorization', `Bearer ${await api.token('clinic', scope)}`);
    expectRefusal(await asked('system/Goal.crus'), 403, 'http.Authorization');
    expect((await asked('system/Goal.d')).status).toBe(204);
  });
});

describe('by criteria', () => {
  const marked = (value: string) =>
    goal(patient, { identifier: [{ system: 'https://clinic.example/goal', value }] });
  test('one is deleted, none is no fault, several are refused', async () => {
    const other = await made('clinic', person());
    const id = await made('clinic', goal(other));
    await remove(`/Goal?patient=${other}`).expect(204);
    expectRefusal(await api.send('clinic', 'get', `/Goal/${id}`), 410);
    await remove(`/Goal?patient=${other}`).expect(204);
    await made('clinic', goal(other));
    await made('clinic', marked('x'));
    await made('clinic', goal(other));
    expectRefusal(await remove(`/Goal?patient=${other}`), 412, 'http.url');
    expectRefusal(await remove('/Goal'), 400, 'http.url');
    expectRefusal(await remove('/Goal?colour=blue'), 422, 'http.colour');
  });
});

describe('what is referred to', () => {
  test('stays: a person of whom there are records', async () => {
    const other = await made('clinic', person());
    const id = await made('clinic', goal(other));
    const refusal = expectRefusal(await remove(`/Patient/${other}`), 409, 'Patient');
    expect(refusal.issue[0]?.details?.text).toContain('refer');
    await api.send('clinic', 'get', `/Patient/${other}`).expect(200);
    await remove(`/Goal/${id}`).expect(204);
    // A goal that is gone keeps nobody here; whoever saw the person is told.
    await remove(`/Patient/${other}`).expect(204);
    expectRefusal(await api.send('clinic', 'get', `/Patient/${other}`), 410);
    await api.send('clinic', 'get', `/Patient/${other}/_history/1`).expect(200);
    expectRefusal(await api.send('otherClinic', 'get', `/Patient/${other}`), 404);
    const { body } = await api.send('clinic', 'get', '/Patient?name=%E8%8A%B1').expect(200);
    expect((body as Bundle).entry?.map((e) => e.resource?.id)).not.toContain(other);
  });

  test('stays: a concern that a goal addresses', async () => {
    const concern = await made('clinic', {
      resourceType: 'Condition',
      subject: { reference: `Patient/${patient}` },
      code: { text: '心配ごと' },
    } as { resourceType: string });
    const id = await made('clinic', goal(patient, { addresses: [{ reference: `Condition/${concern}` }] }));
    expectRefusal(await remove(`/Condition/${concern}`), 409, 'Condition');
    await remove(`/Goal/${id}`).expect(204);
    await remove(`/Condition/${concern}`).expect(204);
  });

  test('goes together with what refers to it', async () => {
    const other = await made('clinic', person());
    const id = await made('clinic', goal(other));
    const entry = [`Patient/${other}`, `Goal/${id}`].map((url) => ({ request: { method: 'DELETE', url } }));
    const { body } = await api
      .send('clinic', 'post', '', { resourceType: 'Bundle', type: 'transaction', entry })
      .expect(200);
    expect((body as Bundle).entry?.map((e) => e.response?.status)).toEqual(['204', '204']);
    expectRefusal(await api.send('clinic', 'get', `/Patient/${other}`), 410);
  });
});

describe('a referral that was sent', () => {
  const loop: readonly (readonly [RecordName, ClientName, number, string | undefined])[] = [
    ['referral task', 'clinic', 409, 'Task.status'],
    ['referral', 'clinic', 409, 'ServiceRequest'],
    ['consent', 'clinic', 403, 'Consent'],
    ['who sent it', 'clinic', 403, 'Provenance'],
    ['message of the clinic', 'clinic', 409, 'Communication.recipient'],
    ['contact with the person', 'office', 409, 'Communication.basedOn'],
    ['answers', 'clinic', 409, 'QuestionnaireResponse'],
    ['person', 'clinic', 409, 'Patient'],
    // It sees them, but others wrote them.
    ['goal', 'clinic', 204, undefined],
    ['message of the clinic', 'office', 409, undefined],
    ['scan', 'office', 403, 'DocumentReference'],
    ['helper', 'office', 403, 'RelatedPerson'],
  ];
  test.each(loop)('keeps its %s from the %s', async (name, who, status, where) => {
    const { records } = personWithEverything(api);
    await keepPerson(api, records);
    const { record } = records[name];
    const answer = await remove(`/${record.resourceType}/${record.id}`, who);
    if (status === 204) expect(answer.status).toBe(204);
    else expectRefusal(answer, status, where);
    const { rows } = await api.owner.query('select 1 from deletion where id = $1', [record.id]);
    expect(rows).toEqual([]);
  });

  test('lets a draft go', async () => {
    const bundle = referralBundle(api.bodies);
    Object.assign(bundle.entry[4]?.resource as Resource, { status: 'draft' });
    const { body } = await api.send('clinic', 'post', '', bundle).expect(200);
    await remove(`/Task/${madeIn(body as Bundle, 'Task')}`).expect(204);
    await remove(`/ServiceRequest/${madeIn(body as Bundle, 'ServiceRequest')}`).expect(204);
    expectRefusal(await remove(`/Consent/${madeIn(body as Bundle, 'Consent')}`), 403, 'Consent');
  });
});

test('what is claimed to be deletable is what the database lets go', async () => {
  const { rows } = await api.owner.query<{ t: string }>(
    `select table_name as t from information_schema.role_table_grants where grantee = 'tsunagi_app' and privilege_type = 'DELETE'`,
  );
  const tables = new Set(rows.map(({ t }) => t.replaceAll('_', '')));
  expect(recordTypes.filter((type) => tables.has(type.toLowerCase()))).toEqual(
    recordTypes.filter((type) => removableTypes.includes(type)),
  );
  const { body } = await request(api.url).get('/fhir/metadata').expect(200);
  const claimed = (body as CapabilityStatement).rest?.[0]?.resource ?? [];
  for (const type of recordTypes)
    expect([
      type,
      claimed.find((r) => r.type === type)?.interaction?.some(({ code }) => code === 'delete'),
    ]).toEqual([type, removableTypes.includes(type)]);
});
