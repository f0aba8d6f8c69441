import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Bundle, BundleEntry, Goal, Patient, Task } from '@medplum/fhirtypes';
import request from 'supertest';
import { everything, expectRefusal, startApi, urn, type Api, type ClientName } from './api.ts';
import { referralBundle } from './bundle.ts';

let api: Api;
let patient: string;
const system = 'https://clinic.example/number';
const number = randomUUID();
beforeAll(async () => {
  api = await startApi();
  const { body } = await api.send(
    'clinic',
    'post',
    '/Patient',
    person({ identifier: [{ system, value: number }] }),
  );
  patient = (body as { id: string }).id;
});
afterAll(async () => {
  await api.stop();
});

const person = (more: object = {}) => ({
  resourceType: 'Patient',
  name: [{ text: '試験 花子' }],
  managingOrganization: { reference: `Organization/${api.bodies.clinic.id}` },
  ...more,
});
const goal = (more: object = {}, subject = `Patient/${patient}`) => ({
  resourceType: 'Goal',
  lifecycleStatus: 'active',
  description: { text: '週に一度は出かける' },
  subject: { reference: subject },
  ...more,
});
const entry = (method: string, url: string, more: object = {}) => ({ request: { method, url }, ...more });
const send = (type: 'transaction' | 'batch', entries: readonly object[], name: ClientName = 'clinic') =>
  api.send(name, 'post', '', { resourceType: 'Bundle', type, entry: entries });
const answers = (body: unknown): BundleEntry[] => (body as Bundle).entry ?? [];
const statuses = (body: unknown) => answers(body).map((e) => e.response?.status);
const made = async (record: { resourceType: string }): Promise<string> =>
  ((await api.send('clinic', 'post', `/${record.resourceType}`, record).expect(201)).body as { id: string })
    .id;
const patchOf = (operations: unknown) => ({
  resourceType: 'Binary',
  contentType: 'application/json-patch+json',
  data: Buffer.from(JSON.stringify(operations)).toString('base64'),
});

describe('a transaction', () => {
  test('does everything in the order of the specification and answers in its own', async () => {
    const [gone, changed, patched] = [await made(goal()), await made(goal()), await made(goal())];
    const { body } = await send('transaction', [
      entry('GET', `Goal?patient=${patient}&_count=100`),
      entry('PATCH', `Goal/${patched}`, {
        resource: patchOf([{ op: 'replace', path: '/lifecycleStatus', value: 'on-hold' }]),
      }),
      entry('PUT', `Goal/${changed}`, { resource: goal({ id: changed, lifecycleStatus: 'completed' }) }),
      entry('POST', 'Goal', { resource: goal({ lifecycleStatus: 'planned' }) }),
      entry('DELETE', `Goal/${gone}`),
      entry('HEAD', `Goal/${changed}`),
      entry('GET', `Goal/${patched}/_history/1`),
    ]).expect(200);
    expect(statuses(body)).toEqual(['200', '200', '200', '201', '204', '200', '200']);
    const [search, , , posted, , head, old] = answers(body);
    const found = ((search?.resource as Bundle | undefined)?.entry ?? []).map((e) => e.resource as Goal);
    const status = (id: string | undefined) => found.find((one) => one.id === id)?.lifecycleStatus;
    expect([status(gone), status(changed), status(patched)]).toEqual([undefined, 'completed', 'on-hold']);
    expect(status(posted?.resource?.id)).toBe('planned');
    expect(head).toEqual({ response: expect.objectContaining({ status: '200', etag: 'W/"2"' }) as unknown });
    expect((old?.resource as Goal | undefined)?.lifecycleStatus).toBe('active');
  });

  test('leaves nothing when its last entry fails', async () => {
    const id = await made(goal());
    const before = await everything(api);
    const refusal = await send('transaction', [
      entry('DELETE', `Goal/${id}`),
      entry('POST', 'Goal', { resource: goal() }),
      entry('GET', `Goal/${randomUUID()}`),
    ]);
    expectRefusal(refusal, 404);
    expect(await everything(api)).toBe(before);
    await api.send('clinic', 'get', `/Goal/${id}`).expect(200);
  });

  test('follows names in references, addresses and narratives, and leaves other texts as they are', async () => {
    const [p, g] = [urn(), urn()];
    const { body } = await send('transaction', [
      entry('POST', 'Patient', { fullUrl: p, resource: person() }),
      entry('POST', 'Goal', {
        fullUrl: g,
        resource: goal(
          {
            text: {
              status: 'generated',
              div: `<div xmlns="http://www.w3.org/1999/xhtml"><a href="${p}">花子</a></div>`,
            },
            extension: [{ url: 'https://clinic.example/about', valueUri: p }],
            note: [{ text: p }],
            identifier: [{ system: 'urn:ietf:rfc:3986', value: p }],
          },
          p,
        ),
      }),
    ]).expect(200);
    const [first, second] = answers(body).map((e) => e.resource);
    const local = `Patient/${first?.id ?? ''}`;
    expect(second).toMatchObject({
      subject: { reference: local },
      text: { div: expect.stringContaining(`<a href="${api.url}/fhir/${local}">`) as unknown },
      extension: [{ valueUri: local }],
      note: [{ text: p }],
      identifier: [{ value: p }],
    });
  });

  test('follows names that are addresses of the sender', async () => {
    const at = 'https://clinic.example/fhir/';
    const { body } = await send('transaction', [
      entry('POST', 'Patient', { fullUrl: `${at}Patient/7`, resource: person() }),
      entry('POST', 'Goal', { fullUrl: `${at}Goal/8`, resource: goal({}, 'Patient/7') }),
      entry('POST', 'Goal', { fullUrl: `${at}Goal/9`, resource: goal({}, `${at}Patient/7`) }),
    ]).expect(200);
    const [first, ...goals] = answers(body).map((e) => e.resource);
    for (const one of goals) expect((one as Goal).subject.reference).toBe(`Patient/${first?.id ?? ''}`);
  });

  test('finds the record that a reference describes, or refuses', async () => {
    const by = (value: string) =>
      entry('POST', 'Goal', { resource: goal({}, `Patient?identifier=${system}|${value}`) });
    const { body } = await send('transaction', [by(number), by(number)]).expect(200);
    for (const { resource } of answers(body))
      expect((resource as Goal).subject.reference).toBe(`Patient/${patient}`);
    expectRefusal(await send('transaction', [by('nobody')]), 412, 'Bundle.entry[0].resource');
    const twice = randomUUID();
    for (let i = 0; i < 2; i += 1) await made(person({ identifier: [{ system, value: twice }] }));
    expectRefusal(await send('transaction', [by(twice)]), 412, 'Bundle.entry[0].resource');
    const unknown = entry('POST', 'Goal', { resource: goal({}, 'Device?identifier=1') });
    expectRefusal(await send('transaction', [unknown]), 422, 'Bundle.entry[0].resource');
  });

  test('by criteria: creates, replaces, patches and deletes what is meant', async () => {
    const value = randomUUID();
    const where = `Patient?identifier=${system}|${value}`;
    const mine = (more: object = {}) => person({ identifier: [{ system, value }], ...more });
    const first = await send('transaction', [entry('PUT', where, { resource: mine() })]).expect(200);
    expect(statuses(first.body)).toEqual(['201']);
    const id = answers(first.body)[0]?.resource?.id ?? '';
    const second = await send('transaction', [
      entry('PUT', where, { fullUrl: urn(), resource: mine({ gender: 'male' }) }),
    ]).expect(200);
    expect([statuses(second.body), answers(second.body)[0]?.resource?.id]).toEqual([['200'], id]);
    const third = await send('transaction', [
      entry('PATCH', where, { resource: patchOf([{ op: 'replace', path: '/gender', value: 'female' }]) }),
    ]).expect(200);
    expect((answers(third.body)[0]?.resource as Patient | undefined)?.gender).toBe('female');
    expect(statuses((await send('transaction', [entry('DELETE', where)]).expect(200)).body)).toEqual(['204']);
    expectRefusal(await api.send('clinic', 'get', `/Patient/${id}`), 410);
    expectRefusal(await send('transaction', [entry('PATCH', where, { resource: patchOf([]) })]), 404);
  });

  test('creates no record about a person under an id that its sender chose', async () => {
    const id = randomUUID();
    const put = entry('PUT', `Patient/${id}`, { resource: person({ id }) });
    expectRefusal(await send('transaction', [put]), 404, 'Bundle.entry[0].request.url');
  });

  test('refuses two entries that mean the same record, by id or criteria', async () => {
    const id = await made(goal());
    const put = entry('PUT', `Goal/${id}`, { resource: goal({ id }) });
    expectRefusal(
      await send('transaction', [put, entry('DELETE', `Goal/${id}`)]),
      422,
      'Bundle.entry[1].request.url',
    );
    const patch = entry('PATCH', `Patient/${patient}`, { resource: patchOf([]) });
    const same = entry('PUT', `Patient?identifier=${system}|${number}`, { resource: person() });
    expectRefusal(await send('transaction', [patch, same]), 422, 'Bundle.entry[1].request.url');
  });

  test('refuses versions that were overtaken', async () => {
    const id = await made(goal());
    const seen = (method: string, resource?: object) => ({
      request: { method, url: `Goal/${id}`, ifMatch: 'W/"7"' },
      ...(resource ? { resource } : {}),
    });
    for (const one of [seen('PUT', goal({ id })), seen('DELETE'), seen('PATCH', patchOf([]))])
      expectRefusal(await send('transaction', [one]), 412, 'Bundle.entry[0].request.ifMatch');
  });

  test('asks the token for every entry', async () => {
    const token = await api.token('clinic', 'system/Goal.cr system/Patient.r');
    const asked = await request(api.url)
      .post('/fhir')
      .set('Authorization', `Bearer ${token}`)
      .set('Content-Type', 'application/fhir+json')
      .send(
        JSON.stringify({
          resourceType: 'Bundle',
          type: 'transaction',
          entry: [
            entry('GET', `Patient/${patient}`),
            entry('GET', 'Patient?name=x'),
            entry('DELETE', `Goal/${randomUUID()}`),
            entry('PATCH', `Goal/${randomUUID()}`, { resource: patchOf([]) }),
            entry('POST', 'Goal', { resource: goal() }),
          ],
        }),
      );
    const { issue } = expectRefusal(asked, 403);
    expect(issue.map((one) => one.expression?.[0])).toEqual(
      [1, 2, 3].map((i) => `Bundle.entry[${String(i)}].request`),
    );
  });

  test('gives back as little as its sender wants', async () => {
    const prefer = (value: string) =>
      send('transaction', [entry('POST', 'Goal', { resource: goal() })]).set('Prefer', value);
    const little = answers((await prefer('return=minimal').expect(200)).body)[0];
    expect(little?.resource).toBeUndefined();
    expect(little?.response?.location).toMatch(/^Goal\/.+\/_history\/1$/);
    const words = answers((await prefer('return=OperationOutcome').expect(200)).body)[0];
    expect(words?.response?.outcome?.resourceType).toBe('OperationOutcome');
  });

  test('obeys the lifecycle of a referral', async () => {
    const { body } = await send('transaction', referralBundle(api.bodies).entry).expect(200);
    const task = answers(body).find((e) => e.resource?.resourceType === 'Task')?.resource as Task;
    const put = (status: Task['status']) =>
      send(
        'transaction',
        [entry('PUT', `Task/${task.id ?? ''}`, { resource: { ...task, status } })],
        'office',
      );
    expectRefusal(await put('completed'), 422, 'Task.status');
    expect(statuses((await put('accepted').expect(200)).body)).toEqual(['200']);
  });
});

describe('a batch', () => {
  test('does each entry by itself: those that are refused say why, the others are done', async () => {
    const id = await made(goal());
    const { body } = await send('batch', [
      entry('POST', 'Goal', { resource: goal({ lifecycleStatus: 'wish' }) }),
      entry('DELETE', `Goal/${id}`),
      entry('GET', `Goal/${id}`),
      entry('POST', 'Goal', { resource: goal() }),
      entry('GET', `Goal/${randomUUID()}`),
      null as unknown as object,
      entry('POST', 'Goal', { resource: goal({}, urn()) }),
      entry('GET', 'AuditEvent?type=rest'),
      entry('GET', 'Goal?colour=blue'),
      entry('GET', `Patient/${patient}?_elements=name`),
    ]).expect(200);
    expect((body as Bundle).type).toBe('batch-response');
    expect(statuses(body)).toEqual(['422', '204', '410', '201', '404', '422', '422', '200', '422', '200']);
    const outcome = (i: number) => answers(body)[i]?.response?.outcome;
    expect(outcome(0)?.issue[0]).toMatchObject({ severity: 'error', expression: ['Goal.lifecycleStatus'] });
    expect(outcome(5)?.issue[0]?.expression).toEqual(['Bundle.entry[5]']);
    for (const i of [0, 2, 4, 5, 6, 8]) expect(outcome(i)?.issue[0]?.details?.text).toMatch(/\w.*\./);
    expect(answers(body)[9]?.resource).not.toHaveProperty('managingOrganization');
  });

  test('notes in the access log what it refused to whom', async () => {
    const hidden = await made(goal());
    const { body } = await send('batch', [entry('GET', `Goal/${hidden}`)], 'otherClinic').expect(200);
    expect(statuses(body)).toEqual(['404']);
    const { rows } = await api.owner.query(
      'select what, client from access_log where action = $1 and records @> $2',
      ['refused', [`Goal/${hidden}`]],
    );
    expect(rows).toEqual([{ what: `GET /fhir/Goal/${hidden}`, client: 'otherClinic' }]);
  });

  test('that is sent again with its key does nothing twice', async () => {
    const key = randomUUID();
    const again = () =>
      send('batch', [
        entry('POST', 'Goal', { resource: goal() }),
        entry('POST', 'Goal', { resource: goal() }),
      ]).set('Idempotency-Key', key);
    const [first, second] = [await again(), await again()];
    expect(second.body).toEqual(first.body);
    const [one, other] = answers(first.body);
    expect(one?.resource?.id).not.toBe(other?.resource?.id);
  });

  test('has its limits', async () => {
    const many = Array.from({ length: 5000 }, () => entry('GET', `Goal/${randomUUID()}`));
    const refusal = expectRefusal(await send('batch', many), 422, 'Bundle.entry');
    expect(refusal.issue[0]?.details?.text).toContain('500');
    const large = await send('batch', [
      entry('POST', 'Goal', { resource: goal({ note: [{ text: 'x'.repeat(10_000_000) }] }) }),
    ]);
    expect(expectRefusal(large, 413, 'http.body').issue[0]?.details?.text).toContain('4 MB');
    const deep = `${'{"extension":['.repeat(100)}{}${']}'.repeat(100)}`;
    const nested = JSON.stringify(entry('POST', 'Goal', { resource: goal({ extension: ['X'] }) })).replace(
      '"X"',
      deep,
    );
    const { body } = await send('batch', [JSON.parse(nested) as object]).expect(200);
    expect(statuses(body)).toEqual(['422']);
    expect(JSON.stringify(answers(body)[0]?.response?.outcome)).toContain('60');
  });

  test('by a stranger’s client', async () => {
    const client = await api.client('clinic');
    const bundle = { resourceType: 'Bundle', type: 'batch', entry: [entry('GET', `Patient/${patient}`)] };
    const answer = (await client.batch({ body: bundle })) as unknown as Bundle;
    expect(answer.entry?.[0]?.resource?.id).toBe(patient);
  });
});

test('contained resources that name each other in a circle do not hold anything up', async () => {
  const refusal = await api.send('clinic', 'post', '/Goal', {
    ...goal(),
    addresses: [{ reference: '#a' }],
    contained: [
      {
        resourceType: 'Condition',
        id: 'a',
        subject: { reference: `Patient/${patient}` },
        evidence: [{ detail: [{ reference: '#b' }] }],
      },
      {
        resourceType: 'Observation',
        id: 'b',
        status: 'final',
        code: { text: 'x' },
        focus: [{ reference: '#a' }],
      },
    ],
  });
  const { issue } = expectRefusal(refusal, 422, 'Goal.contained');
  expect(issue[0]).toMatchObject({
    code: 'too-costly',
    details: { text: expect.stringContaining('limit') as unknown },
  });
});
