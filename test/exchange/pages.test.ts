import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Bundle, Patient } from '@medplum/fhirtypes';
import { makeSeal } from '../../src/access/seal.ts';
import { makeTurn, type Turn } from '../../src/exchange/fhir/pages.ts';
import { TurnedAway } from '../../src/exchange/fhir/refusal.ts';
import type { Given } from '../../src/fhir/search.ts';
import { smallestReferral } from '../support/referral.ts';
import { expectRefusal, startApi, type Api, type ClientName } from './api.ts';
import { madeIn, referralBundle } from './bundle.ts';

let api: Api;
let person: string;
beforeAll(async () => {
  api = await startApi();
  const { body } = await api
    .send('clinic', 'post', '', referralBundle(api.bodies, api.programs[0]))
    .expect(200);
  person = madeIn(body as Bundle, 'Patient');
  for (const family of ['浅田', '井上', '上村', '江口']) {
    const { patient } = smallestReferral(api.bodies);
    const { id: _id, ...given } = { ...patient, name: [{ family, text: `${family} 試験` }] };
    await api.send('clinic', 'post', '/Patient', given).expect(201);
  }
  // A record that has a history.
  for (const active of [true, false, true]) {
    const { body: now } = await api.send('clinic', 'get', `/Patient/${person}`).expect(200);
    await api.send('clinic', 'put', `/Patient/${person}`, { ...(now as Patient), active }).expect(200);
  }
});
afterAll(() => api.stop());

const linkIn = (bundle: Bundle, relation: string): string | undefined =>
  bundle.link?.find((one) => one.relation === relation)?.url?.split('/fhir')[1];
const get = async (path: string, who: ClientName = 'clinic'): Promise<Bundle> =>
  (await api.send(who, 'get', path).expect(200)).body as Bundle;

/** Every way of asking for pages; `person` is known when they are asked. */
const ways = (): readonly (readonly [what: string, path: string])[] => [
  ['a search', '/Patient?name:contains=試験&_count=2'],
  ['a search in an order', '/Patient?name:contains=試験&_sort=-name,birthdate&_count=2'],
  ['the history of a record', `/Patient/${person}/_history?_count=2`],
  ['the history of a type', '/Patient/_history?_count=3'],
  ['everything about a person', `/Patient/${person}/$everything?_count=2`],
  ['the access log', `/AuditEvent?patient=${person}&_count=2`],
  ['definitions', '/CodeSystem?status=active&_count=7'],
];

describe('the link to the next page', () => {
  test.each([0, 1, 2, 3, 4, 5, 6])('leads on and tells nothing on the way (way %#)', async (n) => {
    const [what, path] = ways()[n] ?? ['', ''];
    const seen: string[] = [];
    let next: string | undefined = path;
    let pages = 0;
    for (; next !== undefined && pages < 40; pages += 1) {
      const page: Bundle = await get(encodeURI(decodeURI(next)));
      if (pages > 0) expect([what, linkIn(page, 'self')]).toEqual([what, next]);
      const inPage = (page.entry ?? []).filter((one) => one.search?.mode !== 'include');
      seen.push(...inPage.map((one) => `${one.fullUrl ?? ''} ${one.response?.etag ?? ''}`));
      next = linkIn(page, 'next');
      if (next === undefined) break;
      const { searchParams } = new URL(next, 'http://x');
      expect([what, [...searchParams.keys()]]).toEqual([what, ['_cursor']]);
      const inside = Buffer.from(searchParams.get('_cursor') ?? '', 'base64url');
      for (const known of [person, '試験', '浅田', '2026', 'active', 'name'])
        expect([what, known, inside.includes(known)]).toEqual([what, known, false]);
    }
    expect([what, pages > 0, new Set(seen).size]).toEqual([what, true, seen.length]);
  });

  test('keeps in sight what says how a page looks, and nothing else', async () => {
    const first = await get(
      '/Patient?name:contains=%E8%A9%A6%E9%A8%93&_count=2&_elements=name&_pretty=false',
    );
    const next = linkIn(first, 'next') ?? '';
    expect([...new URL(next, 'http://x').searchParams.keys()]).toEqual(['_elements', '_pretty', '_cursor']);
    const second = await get(next);
    expect(second.entry?.length).toBe(2);
    for (const { resource } of second.entry ?? []) expect(resource).not.toHaveProperty('birthDate');
    expect(linkIn(second, 'self')).toBe(next);
  });

  test('after a search by form, has no name in it, and is followed by form as well', async () => {
    const byForm = (form: string) =>
      api
        .send('clinic', 'post', '/Patient/_search')
        .set('Content-Type', 'application/x-www-form-urlencoded')
        .send(form)
        .expect(200);
    const { body } = await byForm('name:contains=%E8%A9%A6%E9%A8%93&_sort=name&_count=2');
    const next = linkIn(body as Bundle, 'next') ?? '';
    expect(decodeURIComponent(next)).not.toMatch(/試験|name/);
    const [path, query = ''] = next.split('?');
    expect(path).toBe('/Patient');
    const again = (await byForm(query)).body as Bundle;
    expect(again.entry).toEqual((await get(next)).entry);
  });

  test.each([0, 1, 2, 3, 4, 5, 6])('changed in any way is refused with its name (way %#)', async (n) => {
    const [, path] = ways()[n] ?? ['', ''];
    const next = linkIn(await get(encodeURI(path)), 'next') ?? '';
    const cursor = new URL(next, 'http://x').searchParams.get('_cursor') ?? '';
    const [address = ''] = next.split('?');
    for (const wrong of [
      '',
      'x',
      cursor.slice(1),
      cursor.slice(0, -4),
      `${cursor.slice(0, 30)}${cursor[30] === 'A' ? 'B' : 'A'}${cursor.slice(31)}`,
      // What it was before it was sealed: anybody could make it.
      Buffer.from(JSON.stringify(['', '2026-11-20 10:00:00+00', person])).toString('base64url'),
    ])
      expectRefusal(await api.send('clinic', 'get', `${address}?_cursor=${wrong}`), 400, 'http._cursor');
    expectRefusal(
      await api.send('clinic', 'get', `${address}?_cursor=${cursor}&_cursor=${cursor}`),
      400,
      'http._cursor',
    );
    expectRefusal(await api.send('clinic', 'get', `${next}&_since=2020-01-01`), 400, 'http._since');
  });

  test('is for one organization and one address', async () => {
    const next = linkIn(await get('/Patient?_sort=name&_count=2'), 'next') ?? '';
    for (const who of ['otherClinic', 'office'] as const)
      expectRefusal(await api.send(who, 'get', next), 400, 'http._cursor');
    expectRefusal(await api.send('clinic', 'get', next.replace('/Patient', '/Task')), 400, 'http._cursor');
    expectRefusal(
      await api.send('clinic', 'get', next.replace('/Patient', '/Patient/_history')),
      400,
      'http._cursor',
    );
    const cursor = new URL(next, 'http://x').searchParams.get('_cursor') ?? '';
    const { patient } = smallestReferral(api.bodies);
    const conditional = api
      .send('clinic', 'post', '/Patient', { ...patient, id: undefined })
      .set('If-None-Exist', `_cursor=${cursor}`);
    expectRefusal(await conditional, 400, 'http.If-None-Exist');
  });
});

describe('a page that another process made the link of', () => {
  const [secret, later] = ['a secret of this service, long enough', 'the next secret, long enough as well'];
  const turn = (secrets: [string, ...string[]], organization = 'a'): Turn =>
    makeTurn(makeSeal(secrets), 'https://x.example/fhir', organization);
  const asked: Given = [
    ['name', '試験'],
    ['_sort', 'birthdate'],
    ['_pretty', 'true'],
  ];
  const cursorOf = (by: Turn, path = 'Patient'): Given => {
    const url = new URL(by(path, asked).links('1941-02-03')[1]?.url ?? '');
    return [...url.searchParams];
  };
  const expected: Given = [
    ['_pretty', 'true'],
    ['name', '試験'],
    ['_sort', 'birthdate'],
    ['_cursor', '1941-02-03'],
  ];

  test('is found with the same secret, and with the one before, after a restart', () => {
    expect(turn([secret])('Patient', cursorOf(turn([secret]))).given).toEqual(expected);
    expect(turn([later, secret])('Patient', cursorOf(turn([secret]))).given).toEqual(expected);
  });

  test.each<[string, () => Turn, string]>([
    ['with another secret', () => turn([later]), 'Patient'],
    ['for another organization', () => turn([secret], 'b'), 'Patient'],
    ['at another address', () => turn([secret]), 'Task'],
  ])('is none %s', (_what, by, path) => {
    expect(() => by()(path, cursorOf(turn([secret])))).toThrow(TurnedAway);
  });

  test('no bit of it can be changed', () => {
    const cursor = cursorOf(turn([secret])).find(([name]) => name === '_cursor')?.[1] ?? '';
    const bytes = Buffer.from(cursor, 'base64url');
    expect(bytes.length).toBeGreaterThan(60);
    for (let i = 0; i < bytes.length; i += 1) {
      const forged = Buffer.from(bytes);
      forged[i] = (forged[i] ?? 0) ^ 1;
      expect(() => turn([secret])('Patient', [['_cursor', forged.toString('base64url')]])).toThrow(
        TurnedAway,
      );
    }
  });

  test('two links to the same place are not the same', () => {
    expect(cursorOf(turn([secret]))).not.toEqual(cursorOf(turn([secret])));
  });
});
