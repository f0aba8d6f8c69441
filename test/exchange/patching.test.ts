import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Bundle, Patient, Task } from '@medplum/fhirtypes';
import { expectRefusal, startApi, type Api } from './api.ts';
import { madeIn, referralBundle } from './bundle.ts';

let api: Api;
let id: string;
beforeAll(async () => {
  api = await startApi();
});
afterAll(async () => {
  await api.stop();
});
beforeEach(async () => {
  const { body } = await api.send('clinic', 'post', '/Patient', person()).expect(201);
  ({ id } = body as { id: string });
});

const person = (more: object = {}) => ({
  resourceType: 'Patient',
  name: [{ text: '試験 花子' }],
  gender: 'female',
  managingOrganization: { reference: `Organization/${api.bodies.clinic.id}` },
  ...more,
});
const patch = (path: string, operations: unknown, name: 'clinic' | 'office' | 'otherClinic' = 'clinic') =>
  api.send(name, 'patch', path, operations).set('Content-Type', 'application/json-patch+json');
const now = async (): Promise<Patient> =>
  (await api.send('clinic', 'get', `/Patient/${id}`).expect(200)).body as Patient;

describe('a record is patched', () => {
  test('in place, with the rest as it was, and gets a version', async () => {
    const answer = await patch(`/Patient/${id}`, [
      { op: 'test', path: '/gender', value: 'female' },
      { op: 'add', path: '/birthDate', value: '1941-03-04' },
      { op: 'add', path: '/name/-', value: { text: '𠮷野 葛󠄀子' } },
      { op: 'remove', path: '/gender' },
    ]).expect(200);
    expect(answer.headers['etag']).toBe('W/"2"');
    expect(await now()).toMatchObject({
      name: [{ text: '試験 花子' }, { text: '𠮷野 葛󠄀子' }],
      birthDate: '1941-03-04',
      managingOrganization: { reference: `Organization/${api.bodies.clinic.id}` },
      meta: { versionId: '2' },
    });
    expect(await now()).not.toHaveProperty('gender');
  });

  test('by a stranger’s client', async () => {
    const client = await api.client('clinic');
    const answer = (await client.patch({
      resourceType: 'Patient',
      id,
      jsonPatch: [{ op: 'replace', path: '/gender', value: 'unknown' }],
    })) as unknown as Patient;
    expect(answer.gender).toBe('unknown');
  });

  test('only in the version that was seen', async () => {
    const change = [{ op: 'replace', path: '/gender', value: 'male' }];
    expectRefusal(await patch(`/Patient/${id}`, change).set('If-Match', 'W/"2"'), 412, 'http.If-Match');
    await patch(`/Patient/${id}`, change).set('If-Match', 'W/"1"').expect(200);
  });

  test('where criteria lead to one and to no other', async () => {
    const change = [{ op: 'replace', path: '/gender', value: 'male' }];
    const value = randomUUID();
    const system = 'https://clinic.example/number';
    await patch(`/Patient/${id}`, [{ op: 'add', path: '/identifier', value: [{ system, value }] }]).expect(
      200,
    );
    await patch(`/Patient?identifier=${system}|${value}`, change).expect(200);
    expect((await now()).gender).toBe('male');
    expectRefusal(await patch(`/Patient?identifier=${system}|nobody`, change), 404, 'http.url');
    expectRefusal(await patch('/Patient?gender=male,female', change), 412, 'http.url');
    expectRefusal(await patch('/Patient', change), 400, 'http.url');
  });
});

describe('a patch is refused, and the record stays,', () => {
  const wrong: readonly (readonly [what: string, patch: unknown, status: number, where?: string])[] = [
    ['that is no list', { op: 'add' }, 400, 'http.body'],
    ['with an operation that is none', [null], 400, 'http.body[0]'],
    ['with an operation nobody knows', [{ op: 'merge', path: '/gender', value: 1 }], 400, 'http.body[0]'],
    ['without a path', [{ op: 'remove' }], 400, 'http.body[0]'],
    ['with a path that is none', [{ op: 'remove', path: 'gender' }], 400, 'http.body[0]'],
    ['without a value', [{ op: 'add', path: '/gender' }], 400, 'http.body[0]'],
    ['without a place to move from', [{ op: 'move', path: '/gender' }], 400, 'http.body[0]'],
    ['whose test fails', [{ op: 'test', path: '/gender', value: 'male' }], 422, 'http.body[0]'],
    [
      'whose later test fails',
      [
        { op: 'remove', path: '/gender' },
        { op: 'test', path: '/active', value: true },
      ],
      422,
      'http.body[1]',
    ],
    ['that removes what is not there', [{ op: 'remove', path: '/active' }], 422, 'http.body[0]'],
    [
      'that adds where nothing is',
      [{ op: 'add', path: '/contact/0/gender', value: 'male' }],
      422,
      'http.body[0]',
    ],
    ['that adds beyond the end', [{ op: 'add', path: '/name/7', value: {} }], 422, 'http.body[0]'],
    ['that reaches for the prototype', [{ op: 'add', path: '/__proto__/x', value: 1 }], 400, 'http.body[0]'],
    [
      'that reaches for the constructor',
      [{ op: 'add', path: '/constructor/prototype/x', value: 1 }],
      400,
      'http.body[0]',
    ],
    ['that changes the id', [{ op: 'replace', path: '/id', value: randomUUID() }], 422, 'Patient.meta'],
    [
      'that changes the version',
      [{ op: 'replace', path: '/meta/versionId', value: '9' }],
      422,
      'Patient.meta',
    ],
    ['that removes meta', [{ op: 'remove', path: '/meta' }], 422, 'Patient.meta'],
    ['that changes the type', [{ op: 'replace', path: '/resourceType', value: 'Task' }], 422, 'Patient.meta'],
    [
      'that replaces the whole by something else',
      [{ op: 'replace', path: '', value: 'x' }],
      422,
      'Patient.meta',
    ],
    ['that removes the whole', [{ op: 'remove', path: '' }], 422, 'Patient.meta'],
    ['that makes the record wrong', [{ op: 'replace', path: '/gender', value: 'F' }], 422, 'Patient.gender'],
    ['that adds what nobody knows', [{ op: 'add', path: '/shoeSize', value: 26 }], 422, 'Patient.shoeSize'],
    [
      'that refers to nobody',
      [{ op: 'replace', path: '/managingOrganization/reference', value: `Organization/${randomUUID()}` }],
      422,
      'Patient.managingOrganization.reference',
    ],
    [
      'of too many operations',
      Array.from({ length: 501 }, () => ({ op: 'test', path: '/gender', value: 'female' })),
      422,
      'http.body',
    ],
  ];
  test.each(wrong)('%s', async (_what, operations, status, where) => {
    expectRefusal(await patch(`/Patient/${id}`, operations), status, where);
    expect((await now()).meta?.versionId).toBe('1');
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });

  test('that doubles a record again and again', async () => {
    const doubling = Array.from({ length: 60 }, () => ({ op: 'copy', from: '/name', path: '/name/-' }));
    const refusal = expectRefusal(await patch(`/Patient/${id}`, doubling), 422);
    expect(refusal.issue[0]?.code).toBe('too-costly');
    expect(refusal.issue[0]?.details?.text).toContain('4 MB');
  });

  test.each(['application/fhir+json', 'application/json', 'application/xml', 'application/fhir+xml'])(
    'that is %s',
    async (type) => {
      const asked = api.send('clinic', 'patch', `/Patient/${id}`, []).set('Content-Type', type);
      expectRefusal(await asked, 415, 'http.Content-Type');
    },
  );

  test('by those who do not see the record', async () => {
    expectRefusal(await patch(`/Patient/${id}`, [], 'otherClinic'), 404, 'Patient');
  });
});

test('a task obeys its lifecycle, whichever way it is changed', async () => {
  const { body } = await api.send('clinic', 'post', '', referralBundle(api.bodies)).expect(200);
  const task = madeIn(body as Bundle, 'Task');
  const set = (status: string, more: object[] = []) => [
    { op: 'replace', path: '/status', value: status },
    ...more,
  ];
  expectRefusal(await patch(`/Task/${task}`, set('completed'), 'office'), 422, 'Task.status');
  expectRefusal(await patch(`/Task/${task}`, set('rejected'), 'office'), 422, 'Task.statusReason.text');
  expectRefusal(await patch(`/Task/${task}`, set('accepted'), 'clinic'), 403);
  const answer = await patch(`/Task/${task}`, set('accepted'), 'office').expect(200);
  expect((answer.body as Task).status).toBe('accepted');
  expectRefusal(
    await patch(`/Task/${task}`, [{ op: 'remove', path: '/owner' }], 'office'),
    422,
    'Task.owner',
  );
});
