import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Bundle, Consent, Patient } from '@medplum/fhirtypes';
import { expectRefusal, startApi, type Api } from './api.ts';
import { madeIn, referralBundle } from './bundle.ts';

let api: Api;
let id: string;
let consent: string;
beforeAll(async () => {
  api = await startApi();
  const { body } = await api.send('clinic', 'post', '', referralBundle(api.bodies)).expect(200);
  id = madeIn(body as Bundle, 'Patient');
  consent = madeIn(body as Bundle, 'Consent');
  const now = (await get(`/Patient/${id}`)).body as Patient;
  const more: Partial<Patient> = {
    maritalStatus: { text: '既婚' },
    text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">花子</div>' },
    contact: [{ name: { text: '試験 太郎' } }],
  };
  await api.send('clinic', 'put', `/Patient/${id}`, { ...now, ...more }).expect(200);
});
afterAll(async () => {
  await api.stop();
});

const get = (path: string) => api.send('clinic', 'get', path);
const keys = (record: object): string[] => Object.keys(record).toSorted();

describe('a reader that has the record already', () => {
  test.each([
    [{ 'If-None-Match': 'W/"2"' }, 304],
    [{ 'If-None-Match': '"2"' }, 304],
    [{ 'If-None-Match': 'W/"1", W/"2"' }, 304],
    [{ 'If-None-Match': '*' }, 304],
    [{ 'If-None-Match': 'W/"1"' }, 200],
    [{ 'If-Modified-Since': 'Fri, 31 Dec 2100 00:00:00 GMT' }, 304],
    [{ 'If-Modified-Since': 'Sat, 01 Jan 2000 00:00:00 GMT' }, 200],
    // A version says more than a moment.
    [{ 'If-None-Match': 'W/"1"', 'If-Modified-Since': 'Fri, 31 Dec 2100 00:00:00 GMT' }, 200],
  ])('is told so: %j → %i', async (headers, status) => {
    const answer = await get(`/Patient/${id}`).set(headers);
    expect([answer.status, answer.headers['etag']]).toEqual([status, 'W/"2"']);
    expect(answer.headers['last-modified']).toMatch(/GMT$/);
    if (status === 304) expect(answer.text).toBe('');
  });

  test('knows by the moment it was told', async () => {
    const first = await get(`/Patient/${id}`).expect(200);
    await get(`/Patient/${id}`).set('If-Modified-Since', String(first.headers['last-modified'])).expect(304);
  });

  test.each([
    ['If-None-Match', 'W/2'],
    ['If-None-Match', 'x'],
    ['If-None-Match', 'W/"0"'],
    ['If-None-Match', 'W/"1",'],
    ['If-Modified-Since', 'yesterday'],
    ['If-Modified-Since', '2026-11-21T10:00:00Z'],
    ['If-Modified-Since', 'Sat, 99 Nov 2026 10:00:00 GMT'],
  ])('is refused what cannot be read: %s: %s', async (name, value) => {
    expectRefusal(await get(`/Patient/${id}`).set(name, value), 400, `http.${name}`);
  });

  test('asks with HEAD for the headers alone', async () => {
    const answer = await api.send('clinic', 'head', `/Patient/${id}`).expect(200);
    expect([answer.text ?? '', answer.headers['etag']]).toEqual(['', 'W/"2"']);
    await api.send('clinic', 'head', `/Patient/${randomUUID()}`).expect(404);
  });
});

describe('what a reader wants of a record', () => {
  const always = ['id', 'meta', 'resourceType'];
  test.each([
    ['_summary=true', [...always, 'birthDate', 'managingOrganization', 'name']],
    ['_summary=text', [...always, 'text']],
    ['_summary=data', [...always, 'birthDate', 'contact', 'managingOrganization', 'maritalStatus', 'name']],
    ['_elements=name,contact', [...always, 'contact', 'name']],
    ['_elements=Patient.name', [...always, 'name']],
  ])('is what it gets: %s', async (query, expected) => {
    const { body } = await get(`/Patient/${id}?${query}`).expect(200);
    expect(keys(body as object)).toEqual(expected.toSorted());
    expect((body as Patient).meta?.tag).toMatchObject([{ code: 'SUBSETTED' }]);
    const found = (await get(`/Patient?_id=${id}&${query}`).expect(200)).body as Bundle;
    expect(keys(found.entry?.[0]?.resource ?? {})).toEqual(expected.toSorted());
    const history = (await get(`/Patient/${id}/_history?${query}`).expect(200)).body as Bundle;
    expect(keys(history.entry?.[0]?.resource ?? {})).toEqual(expected.toSorted());
    expect(found.link?.[0]?.url).toContain(query.split('=')[0]);
  });

  test('is all of it, untagged, unless it says otherwise', async () => {
    const { body } = await get(`/Patient/${id}?_summary=false`).expect(200);
    expect((body as Patient).meta?.tag).toBeUndefined();
    expect((body as Patient).contact).toBeDefined();
  });

  test('keeps what must be there, also within', async () => {
    const { body } = await get(`/Consent/${consent}?_summary=true`).expect(200);
    const record = body as Consent;
    expect(record.provision).toEqual({ type: 'permit', period: { start: '2026-11-20', end: '2099-11-19' } });
    expect(record.scope).toBeDefined();
    const only = (await get(`/Consent/${consent}?_elements=dateTime`)).body as Consent;
    expect(keys(only)).toEqual(['category', 'dateTime', 'id', 'meta', 'resourceType', 'scope', 'status']);
  });

  test('is laid out for people', async () => {
    expect((await get(`/Patient/${id}?_pretty=true`)).text).toContain('\n  "id"');
    expect((await get(`/Patient/${id}?_pretty=false`)).text).not.toContain('\n');
  });

  test.each([
    ['_summary=some', '_summary'],
    ['_summary=', '_summary'],
    ['_elements=', '_elements'],
    ['_elements=name,%00', '_elements'],
    ['_elements=../x', '_elements'],
    ['_pretty=yes', '_pretty'],
  ])('is refused when it cannot be read: %s', async (query, name) => {
    for (const path of [`/Patient/${id}`, '/Patient', `/Patient/${id}/_history`, '/Patient/_history'])
      expectRefusal(await get(`${path}?${query}`), 400, `http.${name}`);
  });

  test('comes as JSON in UTF-8 and FHIR R4, or not at all', async () => {
    const asked = (headers: object) => get(`/Patient/${id}`).set(headers as Record<string, string>);
    expectRefusal(await asked({ Accept: 'application/fhir+json; fhirVersion=3.0' }), 406, 'http.Accept');
    expectRefusal(await asked({ 'Accept-Charset': 'shift_jis' }), 406, 'http.Accept-Charset');
    expectRefusal(await get(`/Patient/${id}?_format=xml`), 406, 'http._format');
    await asked({ Accept: 'application/fhir+json; fhirVersion=4.0' }).expect(200);
    await asked({ 'Accept-Charset': 'utf-8, shift_jis;q=0.5' }).expect(200);
  });
});

describe('history', () => {
  const versions = (bundle: Bundle): string[] =>
    (bundle.entry ?? []).map((e) => `${e.fullUrl?.slice(-36) ?? ''} ${e.response?.etag ?? ''}`);
  const pages = async (first: string): Promise<Bundle[]> => {
    const all: Bundle[] = [];
    for (let path: string | undefined = first; path !== undefined && all.length < 50;) {
      const bundle = (await get(path).expect(200)).body as Bundle;
      all.push(bundle);
      path = bundle.link?.find((l) => l.relation === 'next')?.url.replace(`${api.url}/fhir`, '');
    }
    return all;
  };
  const note = (n: number) => ({
    resourceType: 'Goal',
    lifecycleStatus: 'active',
    description: { text: String(n) },
    subject: { reference: `Patient/${id}` },
  });
  let goals: string[];
  beforeAll(async () => {
    goals = [];
    for (let n = 0; n < 3; n += 1) {
      const { body } = await api.send('clinic', 'post', '/Goal', note(n)).expect(201);
      const goal = body as { id: string };
      goals.push(goal.id);
      await api.send('clinic', 'put', `/Goal/${goal.id}`, { ...note(n + 10), id: goal.id }).expect(200);
    }
    await api.send('clinic', 'delete', `/Goal/${goals[1] ?? ''}`).expect(204);
  });

  test('of a type has every version and deletion that the reader sees, newest first', async () => {
    const bundle = (await get('/Goal/_history').expect(200)).body as Bundle;
    const [first, second, third] = goals.map((one) => (n: number) => `${one} W/"${String(n)}"`);
    expect(versions(bundle)).toEqual([
      second?.(3),
      third?.(2),
      third?.(1),
      second?.(2),
      second?.(1),
      first?.(2),
      first?.(1),
    ]);
    expect(bundle.entry?.map((e) => e.request?.method)).toEqual([
      'DELETE',
      'PUT',
      'POST',
      'PUT',
      'POST',
      'PUT',
      'POST',
    ]);
    for (const name of ['otherClinic', 'otherOffice', 'resource'] as const)
      expect(((await api.send(name, 'get', '/Goal/_history').expect(200)).body as Bundle).entry).toEqual([]);
  });

  test('comes by pages, none lost and none doubled while others write', async () => {
    const [whole] = await pages('/Goal/_history');
    const first = (await get('/Goal/_history?_count=2').expect(200)).body as Bundle;
    await api.send('clinic', 'post', '/Goal', note(99)).expect(201);
    const next = first.link?.find((l) => l.relation === 'next')?.url.replace(`${api.url}/fhir`, '') ?? '';
    const rest = await pages(next);
    expect([first, ...rest].flatMap(versions)).toEqual(versions(whole as Bundle));
    const one = await pages(`/Goal/${goals[0] ?? ''}/_history?_count=1`);
    expect(one.map((b) => versions(b).length)).toEqual([1, 1]);
    expect(one[0]?.total).toBe(2);
  });

  test('since and at a moment', async () => {
    const at =
      ((await get(`/Goal/${goals[2] ?? ''}/_history/1`).expect(200)).body as Patient).meta?.lastUpdated ?? '';
    const moment = encodeURIComponent(at);
    const since = (await get(`/Goal/_history?_since=${moment}`).expect(200)).body as Bundle;
    expect(versions(since)).toContain(`${goals[2] ?? ''} W/"1"`);
    expect(versions(since)).not.toContain(`${goals[0] ?? ''} W/"2"`);
    const then = (await get(`/Goal/_history?_at=${moment}`).expect(200)).body as Bundle;
    expect(versions(then).toSorted()).toEqual(
      [`${goals[2] ?? ''} W/"1"`, `${goals[1] ?? ''} W/"2"`, `${goals[0] ?? ''} W/"2"`].toSorted(),
    );
    const year = at.slice(0, 4);
    const all = (await get(`/Goal/_history?_at=${year}`).expect(200)).body as Bundle;
    expect(versions(all)).toContain(`${goals[0] ?? ''} W/"1"`);
    expect(versions((await get('/Goal/_history?_at=2001').expect(200)).body as Bundle)).toEqual([]);
    const none = (await get(`/Goal/${goals[0] ?? ''}/_history?_since=2100-01-01T00:00:00Z`).expect(200))
      .body as Bundle;
    expect(none.entry).toEqual([]);
  });

  test.each([
    ['_count=-1', '_count'],
    ['_count=many', '_count'],
    ['_since=yesterday', '_since'],
    ['_since=2026-13', '_since'],
    ['_at=2026-02-31', '_at'],
    ['_at=', '_at'],
    ['status=active', 'status'],
  ])('is refused when it cannot be read: %s', async (query, name) => {
    for (const path of ['/Goal/_history', `/Goal/${goals[0] ?? ''}/_history`])
      expectRefusal(await get(`${path}?${query}`), 422, `http.${name}`);
  });

  test('passes over what it does not know, for a reader who wants that', async () => {
    await get('/Goal/_history?status=active').set('Prefer', 'handling=lenient').expect(200);
  });

  test('by a stranger’s client', async () => {
    const client = await api.client('clinic');
    const one = (await client.history({ resourceType: 'Goal', id: goals[0] ?? '' })) as unknown as Bundle;
    expect(one.entry).toHaveLength(2);
    const all = (await client.history({ resourceType: 'Goal' })) as unknown as Bundle;
    expect(all.entry?.length).toBeGreaterThan(6);
    const old = (await client.vread({
      resourceType: 'Goal',
      id: goals[0] ?? '',
      version: '1',
    })) as unknown as Patient;
    expect(old.meta?.versionId).toBe('1');
  });
});
