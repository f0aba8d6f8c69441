import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { AuditEvent, Bundle, CapabilityStatement, Patient, Task } from '@medplum/fhirtypes';
import { Client } from 'fhir-kit-client';
import request from 'supertest';
import { everyParameters, searchParameters } from '../../src/fhir/parameters.ts';
import { recordTypes, type RecordType } from '../../src/fhir/types.ts';
import { makeValidator } from '../../src/fhir/validate.ts';
import { startApi, expectRefusal, type Api } from './api.ts';
import { madeIn, referralBundle } from './bundle.ts';

let api: Api;
let office: Client;
let clinic: Client;
let made: Record<'Patient' | 'Task' | 'ServiceRequest' | 'Consent' | 'QuestionnaireResponse', string>;

const refer = async () => {
  const answer = (await clinic.transaction({
    body: referralBundle(api.bodies, api.programs[0]) as never,
  })) as unknown as Bundle;
  const types = ['Patient', 'Task', 'ServiceRequest', 'Consent', 'QuestionnaireResponse'] as const;
  return Object.fromEntries(types.map((type) => [type, madeIn(answer, type)])) as typeof made;
};

beforeAll(async () => {
  api = await startApi();
  clinic = await api.client('clinic');
  office = await api.client('office');
  made = await refer();
});
afterAll(async () => {
  await api.stop();
});

const found = (bundle: unknown): string[] =>
  ((bundle as Bundle).entry ?? []).map((e) => e.resource?.id ?? '');

describe('a stranger finds out', () => {
  test('what the server can do, without a token', async () => {
    const open = new Client({ baseUrl: `${api.url}/fhir` });
    const statement = (await open.capabilityStatement()) as unknown as CapabilityStatement;
    expect(statement).toMatchObject({
      resourceType: 'CapabilityStatement',
      fhirVersion: '4.0.1',
      status: 'active',
    });
    const types = statement.rest?.[0]?.resource ?? [];
    for (const type of recordTypes) {
      const claimed = types.find((t) => t.type === type)?.searchParam?.map((p) => p.name) ?? [];
      expect(claimed).toEqual([...Object.keys(everyParameters), ...Object.keys(searchParameters[type])]);
    }
  });

  test('where tokens are given', async () => {
    const { body } = await request(api.url).get('/fhir/.well-known/smart-configuration').expect(200);
    expect(body).toMatchObject({
      token_endpoint: `${api.url}/oauth/token`,
      grant_types_supported: ['client_credentials'],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'private_key_jwt'],
    });
    const { tokenUrl } = await new Client({ baseUrl: `${api.url}/fhir` }).smartAuthMetadata();
    expect(String(tokenUrl)).toBe(`${api.url}/oauth/token`);
  });

  test('which office to send to', async () => {
    const bundle = await clinic.search({ resourceType: 'Organization', searchParams: { type: 'office' } });
    expect(found(bundle).toSorted()).toEqual([api.bodies.office.id, api.bodies.otherOffice.id].toSorted());
  });

  test('which forms there are', async () => {
    const url = api.programs[0]?.screening.url ?? '';
    const bundle = await clinic.search({ resourceType: 'Questionnaire', searchParams: { url } });
    expect((bundle as unknown as Bundle).entry?.[0]?.resource).toMatchObject({ url, status: 'active' });
  });
});

describe('an office reads', () => {
  test('a referral that was sent to it, with its version', async () => {
    const task = await office.read({ resourceType: 'Task', id: made.Task });
    expect(task).toMatchObject({ resourceType: 'Task', status: 'requested', meta: { versionId: '1' } });
    const { response } = Client.httpFor(task);
    expect(response?.headers.get('etag')).toBe('W/"1"');
    expect(makeValidator()(task)).toEqual([]);
  });

  test('every version of it', async () => {
    const { Task: id } = await refer();
    const task = (await office.read({ resourceType: 'Task', id })) as unknown as Task;
    await office.update({ resourceType: 'Task', id, body: { ...task, status: 'accepted' } });
    const history = (await office.history({ resourceType: 'Task', id })) as unknown as Bundle;
    expect(history).toMatchObject({ type: 'history', total: 2 });
    expect(
      history.entry?.map((e) => [(e.resource as Task).status, e.request?.method, e.response?.status]),
    ).toEqual([
      ['accepted', 'PUT', '200'],
      ['requested', 'POST', '201'],
    ]);
    const first = await office.vread({ resourceType: 'Task', id, version: '1' });
    expect(first).toMatchObject({ status: 'requested', meta: { versionId: '1' } });
    for (const version of ['3', '0', '-1', 'x', '99999999999'])
      expectRefusal(await api.send('office', 'get', `/Task/${id}/_history/${version}`), 404, 'Task');
  });

  test('who looked at a person, as the clinic that keeps the person does', async () => {
    for (const name of ['office', 'clinic'] as const) {
      const { body } = await api.send(name, 'get', `/AuditEvent?patient=${made.Patient}`).expect(200);
      const [event] = (body as Bundle).entry ?? [];
      expect(event?.resource).toMatchObject({ resourceType: 'AuditEvent', outcome: '0' });
      await api.send(name, 'get', `/AuditEvent/${event?.resource?.id ?? ''}`).expect(200);
    }
  });

  test('its own lines of the log by date, agent and type, page by page, and its own look at them among them', async () => {
    const ask = async (query: string): Promise<AuditEvent[]> => {
      const { body } = await api.send('office', 'get', `/AuditEvent?${query}`).expect(200);
      return ((body as Bundle<AuditEvent>).entry ?? []).flatMap((one) => one.resource ?? []);
    };
    await office.search({ resourceType: 'Task' });
    const today = new Date().toISOString().slice(0, 10);
    const all = await ask(`date=ge${today}T00:00:00Z&_count=500`);
    const mine = `Organization/${api.bodies.office.id}`;
    expect(all.length).toBeGreaterThan(3);
    expect(all.every((one) => one.agent[0]?.who?.reference === mine)).toBe(true);
    expect(all[0]?.agent[0]?.network?.address).toMatch(/127\.0\.0\.1$/);
    expect(await ask('date=lt2020-01-01')).toEqual([]);
    expect(await ask(`agent=Organization/${api.bodies.clinic.id}`)).toEqual([]);
    expect((await ask(`agent=${mine}`)).length).toBeGreaterThan(3);
    const types = new Set((await ask('type=110101')).map((one) => one.type.code));
    expect([...types]).toEqual(['110101']);

    const seen: (string | undefined)[] = [];
    for (
      let at: string | undefined = `/AuditEvent?type=rest&_count=2`, left = 3;
      at !== undefined && left > 0;
      left -= 1
    ) {
      const { body } = await api.send('office', 'get', at).expect(200);
      const bundle = body as Bundle;
      seen.push(...(bundle.entry ?? []).map((one) => one.resource?.id));
      at = bundle.link?.find((one) => one.relation === 'next')?.url?.split('/fhir')[1];
    }
    expect(seen.length).toBeGreaterThan(2);
    expect(new Set(seen).size).toBe(seen.length);
    for (const wrong of ['date=x', 'type=nothing', 'agent=Patient/1', 'patient=1', 'outcome=0', '_count=0'])
      expectRefusal(await api.send('office', 'get', `/AuditEvent?${wrong}`), 422);
  });

  test('a refused look, which tells the one who keeps the person and not whether the record exists', async () => {
    const nobody = '4b1c7a52-3c1e-4a77-9d0b-2f8f3f4d1a01';
    for (const id of [made.Patient, nobody])
      expectRefusal(await api.send('otherClinic', 'get', `/Patient/${id}`), 404);
    const events = async (who: string, id: string): Promise<AuditEvent[]> => {
      const { body } = await api.send(who as 'clinic', 'get', `/AuditEvent?patient=${id}`).expect(200);
      return ((body as Bundle<AuditEvent>).entry ?? []).flatMap((one) => one.resource ?? []);
    };
    const told = (await events('clinic', made.Patient)).find((one) => one.outcome === '4');
    expect(told?.agent[0]?.who?.reference).toBe(`Organization/${api.bodies.otherClinic.id}`);
    expect(told?.agent[0]?.network).toBeUndefined();
    const [one, other] = [await events('otherClinic', made.Patient), await events('otherClinic', nobody)];
    const shape = (list: AuditEvent[], id: string): string =>
      JSON.stringify(
        list.map(({ outcome, outcomeDesc, entity }) => [outcome, outcomeDesc, entity]),
      ).replaceAll(id, 'ID');
    expect(shape(one, made.Patient)).toBe(shape(other, nobody));
    expect(await events('clinic', nobody)).toEqual([]);
  });

  test('its own list of lookups, while a clinic learns of each only what concerns its own patient', async () => {
    const other = await api.client('otherClinic');
    const theirs = (await other.transaction({
      body: referralBundle({ clinic: api.bodies.otherClinic, office: api.bodies.office }) as never,
    })) as unknown as Bundle;
    await office.search({ resourceType: 'Patient' });
    const { body } = await api.send('clinic', 'get', `/AuditEvent?patient=${made.Patient}`).expect(200);
    expect(JSON.stringify(body)).toContain(made.Patient);
    expect(JSON.stringify(body)).not.toContain(madeIn(theirs, 'Patient'));
    expect(JSON.stringify(body)).not.toContain(madeIn(theirs, 'Task'));
    const own = await api.send('office', 'get', `/AuditEvent?patient=${made.Patient}`).expect(200);
    expect(JSON.stringify(own.body)).toContain(madeIn(theirs, 'Patient'));
  });
});

describe('an office finds', () => {
  const ids = () => ({ office: api.bodies.office.id, clinic: api.bodies.clinic.id });
  const searches: [type: RecordType, query: () => string][] = [
    ['Task', () => `owner=Organization/${ids().office}&status=requested&part-of:missing=true`],
    ['Task', () => `requester=${ids().clinic}&status=requested,accepted&_sort=-authored-on`],
    ['Task', () => `patient=${made.Patient}&status:not=completed&code=fulfill`],
    ['Task', () => `focus=ServiceRequest/${made.ServiceRequest}`],
    ['Task', () => `_id=${made.Task}&intent=order&authored-on=ge2026-11-20&authored-on=lt2026-11-21`],
    ['Task', () => `_lastUpdated=gt2020&patient=Patient/${made.Patient}`],
    ['Patient', () => 'name=試験'],
    ['Patient', () => `name=花子&birthdate=1941-03-04`],
    ['Patient', () => `birthdate=1941&organization=${ids().clinic}`],
    ['Consent', () => `patient=${made.Patient}&status=active&category=IDSCL`],
    [
      'Consent',
      () => `category=http://terminology.hl7.org/CodeSystem/v3-ActCode|IDSCL&patient=${made.Patient}`,
    ],
    [
      'QuestionnaireResponse',
      () => `patient=${made.Patient}&questionnaire=${api.programs[0]?.screening.url ?? ''}`,
    ],
    ['ServiceRequest', () => `subject=${made.Patient}&performer=${ids().office}&category=social-connection`],
  ];
  test.each(searches)('%s by what a page needs (%#)', async (type, query) => {
    const { body } = await api.send('office', 'get', `/${type}?${encodeURI(query())}`).expect(200);
    expect(found(body)).toContain(made[type as keyof typeof made]);
    expect((body as Bundle).type).toBe('searchset');
  });

  test('persons by POST, so that no name stands in an address', async () => {
    const bundle = await office.search({
      resourceType: 'Patient',
      searchParams: { name: 'しけん' },
      options: { postSearch: true },
    });
    expect(found(bundle)).toEqual([]);
    const exact = await office.search({
      resourceType: 'Patient',
      searchParams: { name: '試験', _count: 100 },
      options: { postSearch: true },
    });
    expect(found(exact)).toContain(made.Patient);
  });

  test.each(['', '&_sort=_lastUpdated', '&_sort=birthdate'])(
    'a long list page by page, each record once (%s)',
    async (sort) => {
      const patients = Array.from({ length: 7 }, (_, i): Patient => ({
        resourceType: 'Patient',
        name: [{ text: `頁 ${String(i)}`, family: '頁' }],
        birthDate: `1950-01-0${String((i % 3) + 1)}`,
        managingOrganization: { reference: `Organization/${ids().clinic}` },
      }));
      // One moment for all: the order among them is by id.
      const { body: answer } = await api
        .send('clinic', 'post', '', {
          resourceType: 'Bundle',
          type: 'transaction',
          entry: patients.map((resource) => ({ resource, request: { method: 'POST', url: 'Patient' } })),
        })
        .expect(200);
      const wanted = ((answer as Bundle).entry ?? []).map((e) => e.resource?.id ?? '');
      let bundle = (await clinic.search({
        resourceType: 'Patient',
        searchParams: Object.fromEntries(new URLSearchParams(`name=頁&_count=3${sort}`)),
      })) as unknown as Bundle;
      const seen = found(bundle);
      while (bundle.link?.some((l) => l.relation === 'next')) {
        bundle = (await clinic.nextPage({ bundle: bundle as never })) as unknown as Bundle;
        seen.push(...found(bundle));
      }
      expect(new Set(seen).size).toBe(seen.length);
      expect(wanted.filter((id) => !seen.includes(id))).toEqual([]);
    },
  );

  const refused: [query: string, where: string][] = [
    ['colour=blue', 'http.colour'],
    ['status:sounds-like=x', 'http.status:sounds-like'],
    ['status:missing=perhaps', 'http.status:missing'],
    ['owner=Goal/11111111-1111-4111-8111-111111111111', 'http.owner'],
    ['owner=nobody', 'http.owner'],
    ['authored-on=yesterday', 'http.authored-on'],
    ['authored-on=2026-02-30', 'http.authored-on'],
    ['authored-on=2026-13', 'http.authored-on'],
    ['authored-on=0000', 'http.authored-on'],
    ['authored-on=2026-01-01T00:00:00%2B23:00', 'http.authored-on'],
    ['status=%00', 'http.status'],
    ['status=', 'http.status'],
    ['code=|', 'http.code'],
    ['code:in=http://example.org/ValueSet/x', 'http.code:in'],
    ['_filter=status eq requested', 'http._filter'],
    ['_list=1', 'http._list'],
    ['_query=x', 'http._query'],
    ['_text=x', 'http._text'],
    ['_content=x', 'http._content'],
    ['_count=many', 'http._count'],
    ['_count=-1', 'http._count'],
    ['_sort=colour', 'http._sort'],
    ['_include=Task:colour', 'http._include'],
    ['_include=Patient', 'http._include'],
    ['_revinclude:sometimes=Task:focus', 'http._revinclude:sometimes'],
    ['_total=some', 'http._total'],
    ['_has:Task:colour:status=draft', 'http._has:Task:colour:status'],
    ['_has:Task', 'http._has:Task'],
    ['patient.colour=x', 'http.patient.colour'],
    ['owner:Goal.name=x', 'http.owner:Goal.name'],
    ["status' or true --=x", "http.status' or true --"],
  ];
  test.each(refused)('nothing by %s, and is told so', async (query, where) => {
    expectRefusal(await api.send('office', 'get', `/Task?${query}`), 422, where);
  });

  test('nothing by texts that mean something to a database', async () => {
    for (const name of ["'; drop table patient; --", '%', '_', '\\', '%%%%', '100%', "O'Hara", '\u{1F600}'])
      await api.send('office', 'get', `/Patient?name=${encodeURIComponent(name)}`).expect(200);
  });
});
