import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { HealthcareService } from '@medplum/fhirtypes';
import { readResource, type Resource } from '../../src/directory/record.ts';
import { systems } from '../../src/fhir/codes.ts';
import { filled, here, makeArea, there, type Area } from './area.ts';

let area: Area;
beforeAll(async () => {
  area = await makeArea();
});
afterAll(() => area.close());

const stored = async (id: string): Promise<Resource & { version: string }> => {
  const read = await area.open(area.actors.system, async (records) => {
    const service = await records.read('HealthcareService', id);
    const place = service.location?.[0]?.reference?.split('/')[1];
    const [found] = place === undefined ? [] : await records.readMany('Location', [place]);
    return { service, found };
  });
  return { ...readResource(read.service, read.found), version: read.service.meta.versionId };
};
/** The page without its tags. */
const words = (html: string): string => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
const idIn = (location: string | undefined): string =>
  /resources\/([0-9a-f-]{36})/.exec(location ?? '')?.[1] ?? '';

describe('who searches the directory', () => {
  let names: Record<'tea' | 'meals' | 'far' | 'full' | 'closed', Resource>;
  beforeAll(async () => {
    names = {
      tea: await area.enter({ name: '湯のみ茶話会', kana: 'ユノミサワカイ', assured: '2026-11-01' }),
      meals: await area.enter({
        name: '配食おとどけ便',
        needs: [{ system: systems.sdohCategory, code: 'food-insecurity' }],
        interests: ['cooking'],
        place: { id: randomUUID(), name: '食の駅', address: '港町9-9' },
        assured: '2025-11-20',
      }),
      far: await area.enter({ name: 'あちらの集い', areas: [there], assured: '2025-11-21' }),
      full: await area.enter({ name: '満員サロン', capacity: 'no-capacity' }),
      closed: await area.enter({ name: '休みの会', active: false }),
    };
  });

  test.each<readonly [query: string, found: readonly (keyof typeof names)[]]>([
    ['', ['tea', 'meals', 'far', 'full']],
    ['words=ゆのみ', ['tea']],
    ['words=ユノミ サワ', ['tea']],
    ['words=港町', ['meals']],
    ['words=こかげ', []],
    ['need=food-insecurity', ['meals']],
    [`area=${there}`, ['far']],
    ['interest=cooking', ['meals']],
    ['capacity=no-capacity', ['full']],
    ['closed=yes&words=休み', ['closed']],
    ['words=%00&need=unheard-of&area=x&page=-1&capacity=maybe', ['tea', 'meals', 'far', 'full']],
  ])('finds by %s', async (query, expected) => {
    const doctor = await area.visit('doctor');
    const page = await doctor.get(`/resources?${new URLSearchParams(query).toString()}`);
    expect(page.status).toBe(200);
    const found = Object.entries(names).flatMap(([key, r]) => (page.text.includes(r.id) ? [key] : []));
    expect(found.toSorted()).toEqual(expected.toSorted());
  });

  test('sees what has room first, and in words how old an entry is', async () => {
    const page = words((await (await area.visit('linkworker')).get('/resources')).text);
    expect(page.indexOf('湯のみ茶話会')).toBeLessThan(page.indexOf('満員サロン'));
    expect(page).toContain('今月確認');
    expect(page).toContain('3か月前に確認');
    // A year to the day is old; a day less is not.
    expect(page).toContain('確認が必要 12か月前に確認');
    expect(page).toContain('11か月前に確認');
  });

  test('a link worker has a list of what waits to be checked, of the own area alone', async () => {
    const page = (await (await area.visit('linkworker')).get('/resources?show=old')).text;
    expect(page).toContain('配食おとどけ便');
    for (const other of ['湯のみ茶話会', 'あちらの集い']) expect(page).not.toContain(other);
  });

  test('a council, which sees figures alone, is turned away', async () => {
    expect((await (await area.visit('council')).get('/resources')).status).toBe(403);
    expect((await (await area.visit('admin')).get('/resources')).status).toBe(403);
  });

  test('a list costs the same few statements however long it is', async () => {
    const me = await area.visit('linkworker');
    const count = async (query: string): Promise<number> => {
      const before = area.database.statements();
      await me.get(`/resources${query}`);
      return area.database.statements() - before;
    };
    const [one, many] = [await count('?words=ゆのみ'), await count('')];
    expect(many).toBe(one);
    expect(many).toBeLessThanOrEqual(6);
  });

  test('more than a page is turned over without losing the search', async () => {
    for (let i = 0; i < 22; i += 1)
      await area.enter({ name: `連番の会${String(i)}`, kana: `レンバン${String(i)}` });
    const me = await area.visit('doctor');
    const first = (await me.get('/resources?words=れんばん')).text;
    expect(words(first)).toContain('22件中 1〜20件');
    const next = /href="([^"]+)" rel="next"/.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect(words((await me.get(next)).text)).toContain('22件中 21〜22件');
  });
});

test('whoever looks at an entry while searching for somebody can ask there, with what was ticked before', async () => {
  const { id } = await area.enter();
  const worker = await area.visit('linkworker');
  const [referral, ticked] = [randomUUID(), randomUUID()];
  const looking = (await worker.get(`/resources/${id}?case=${referral}&search=words%3Dx&resource=${ticked}`))
    .text;
  const href = />ここに依頼する/.test(looking)
    ? (/href="(\/referrals\/[^"]*\/requests[^"]*)"/.exec(looking)?.[1] ?? '')
    : '';
  const to = new URL(href.replaceAll('&amp;', '&'), 'http://here');
  expect(to.pathname).toBe(`/referrals/${referral}/requests`);
  expect(to.searchParams.getAll('resource')).toEqual([ticked, id]);
  expect(to.searchParams.get('search')).toBe('words=x');
  expect((await worker.get(`/resources/${id}`)).text).not.toContain('ここに依頼する');
});

test('a clinic reads an entry and finds no way to change it', async () => {
  const { id } = await area.enter();
  const doctor = await area.visit('doctor');
  const page = (await doctor.get(`/resources/${id}`)).text;
  expect(page).toContain('縁側サロン');
  expect(page).not.toContain('/edit');
  expect(page).not.toContain('まだ合っています');
  for (const path of ['/resources/new', `/resources/${id}/edit`])
    expect((await doctor.get(path)).status).toBe(403);
  for (const path of [
    '/resources',
    `/resources/${id}`,
    `/resources/${id}/assure`,
    `/resources/${id}/capacity`,
  ])
    expect((await doctor.post(path, { ...filled(), capacity: 'no-capacity' })).status).toBe(403);
  expect((await stored(id)).version).toBe('1');
});

test('an entry that is not there, or whose address is none, is not found', async () => {
  const me = await area.visit('coordinator');
  for (const id of [randomUUID(), 'x', '%00']) expect((await me.get(`/resources/${id}`)).status).toBe(404);
});

describe('a coordinator writes an entry', () => {
  test('with a group that is new, all in one go', async () => {
    const me = await area.visit('coordinator');
    const sent = await me.post('/resources', {
      ...filled({ lat: '38.3', lon: '143.3', fax: '050-0000-0124', email: 'taiso@example.org' }),
      who: 'new',
      bodyName: '早起きの会',
      bodyPhone: '050-0000-0125',
    });
    expect(sent.status).toBe(303);
    const entry = await stored(idIn(sent.headers['location']));
    expect(entry).toMatchObject({
      name: '朝の体操',
      kana: 'アサノタイソウ',
      needs: [{ system: systems.need, code: 'frailty' }],
      areas: [here],
      contact: { phone: '050-0000-0123', fax: '050-0000-0124', email: 'taiso@example.org' },
      place: { name: '中央公園', lat: 38.3, lon: 143.3 },
      appointmentRequired: false,
      assured: '2026-11-20',
    });
    const group = await area.open(area.actors.coordinator, (r) =>
      r.read('Organization', entry.organizationId),
    );
    expect([group.name, group.telecom?.[0]?.value]).toEqual(['早起きの会', '050-0000-0125']);
  });

  test('and is told everything that is wrong at once, with what was typed kept', async () => {
    const me = await area.visit('coordinator');
    const sent = await me.post('/resources', {
      ...filled({
        name: '',
        kana: '漢字',
        views: [],
        areas: [],
        placeName: '',
        lat: '99',
        phone: '12',
        email: 'そこ',
        summary: '残してほしい文',
      }),
      who: 'known',
      body: '',
    });
    expect(sent.status).toBe(422);
    for (const path of ['name', 'kana', 'views', 'areas', 'lat', 'phone', 'email', 'body'])
      expect(sent.text).toContain(`href="#field-${path}"`);
    expect(sent.text).toContain('残してほしい文');
  });

  test('for the own area alone', async () => {
    const me = await area.visit('coordinator');
    const sent = await me.post('/resources', { ...filled({ areas: [there] }), body: area.area.group.id });
    expect(sent.status).toBe(422);
    expect(words(sent.text)).toContain('担当の市町村（こちら市（架空））を入れてください');
  });

  test('once, however often the form arrives', async () => {
    const me = await area.visit('coordinator');
    const form = { ...filled({ name: '一度きりの会' }), body: area.area.group.id, _once: randomUUID() };
    const [a, b] = await Promise.all([me.post('/resources', form), me.post('/resources', form)]);
    expect(a.headers['location']).toBe(b.headers['location']);
    const { rows } = await area.owner.query(
      `select 1 from healthcare_service where content ->> 'name' = '一度きりの会'`,
    );
    expect(rows).toHaveLength(1);
  });
});

test('a group writes its own entries and nobody else’s', async () => {
  const me = await area.visit('group');
  const { who: _who, ...form } = filled({ name: 'わたしたちの会', areas: [there] });
  const sent = await me.post('/resources', { ...form, body: area.area.otherGroup.id });
  expect(sent.status).toBe(303);
  expect((await stored(idIn(sent.headers['location']))).organizationId).toBe(area.area.group.id);
  const { id } = await area.enter({ organizationId: area.area.otherGroup.id });
  expect((await me.get(`/resources/${id}/edit`)).status).toBe(403);
  expect((await me.post(`/resources/${id}/capacity`, { capacity: 'no-capacity' })).status).toBe(403);
});

describe('somebody who edits an entry', () => {
  test('changes every field, and the place with it', async () => {
    const { id, place } = await area.enter();
    const me = await area.visit('linkworker');
    expect((await me.get(`/resources/${id}/edit`)).text).toContain('本町集会所');
    const sent = await me.post(`/resources/${id}`, { ...filled({ active: 'no', assured: '' }), seen: '1' });
    expect(sent.status).toBe(303);
    const now = await stored(id);
    expect(now).toMatchObject({ name: '朝の体操', active: false, assured: '2026-08-20', version: '2' });
    expect(now.place).toEqual({ id: place?.id, name: '中央公園', address: '' });
  });

  test('keeps what this form does not know: codes and details of others', async () => {
    const { id } = await area.enter();
    await area.open(area.actors.system, async (records) => {
      const service: HealthcareService = await records.read('HealthcareService', id);
      await records.save({
        ...service,
        identifier: [{ system: 'http://elsewhere.invalid', value: '7' }],
        telecom: [...(service.telecom ?? []), { system: 'url', value: 'https://example.org' }],
        category: [
          ...(service.category ?? []),
          { coding: [{ system: systems.sdohCategory, code: 'veteran-status' }] },
          { coding: [{ system: 'http://elsewhere.invalid', code: 'c' }] },
        ],
      } as HealthcareService & { id: string; meta: { versionId: string } });
    });
    const me = await area.visit('coordinator');
    expect((await me.post(`/resources/${id}`, { ...filled(), seen: '2' })).status).toBe(303);
    const service = await area.open(area.actors.system, (r) => r.read('HealthcareService', id));
    expect(service.identifier?.[0]?.value).toBe('7');
    expect(service.telecom?.some((t) => t.value === 'https://example.org')).toBe(true);
    const codes = service.category?.flatMap((c) => c.coding ?? []).map((c) => c.code);
    expect(codes?.toSorted()).toEqual(['c', 'frailty', 'veteran-status']);
  });

  test('hears that somebody else was faster, sees the difference, and loses nothing that was typed', async () => {
    const { id } = await area.enter();
    const [slow, fast] = [await area.visit('coordinator'), await area.visit('linkworker')];
    expect((await fast.post(`/resources/${id}`, { ...filled({ fee: '500円' }), seen: '1' })).status).toBe(
      303,
    );
    const refused = await slow.post(`/resources/${id}`, { ...filled({ fee: '200円' }), seen: '1' });
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('value="200円"');
    expect(words(refused.text)).toContain('今の登録は次のとおりです');
    expect(words(refused.text)).toContain('料金 500円');
    expect(await stored(id)).toMatchObject({ fee: '500円', version: '2' });
    // Having seen it, the second press is meant.
    expect(refused.text).toContain('name="seen" value="2"');
    expect((await slow.post(`/resources/${id}`, { ...filled({ fee: '200円' }), seen: '2' })).status).toBe(
      303,
    );
    expect(await stored(id)).toMatchObject({ fee: '200円', version: '3' });
  });

  test('a form that is wrong as well as stale stays stale', async () => {
    const { id } = await area.enter();
    const me = await area.visit('coordinator');
    await me.post(`/resources/${id}`, { ...filled(), seen: '1' });
    const wrong = await me.post(`/resources/${id}`, { ...filled({ name: '' }), seen: '1' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('name="seen" value="1"');
  });

  test('takes a place away: it is closed, not lost', async () => {
    const { id, place } = await area.enter();
    const me = await area.visit('coordinator');
    await me.post(`/resources/${id}`, { ...filled({ placeName: '' }), seen: '1' });
    expect((await stored(id)).place).toBeUndefined();
    const left = await area.open(area.actors.coordinator, (r) => r.read('Location', place?.id ?? ''));
    expect(left.status).toBe('inactive');
  });
});

test('one click says that an entry is still right, another that it is full', async () => {
  for (const who of ['coordinator', 'linkworker', 'group'] as const) {
    const { id } = await area.enter({ assured: '2024-01-01' });
    const me = await area.visit(who);
    expect((await me.get(`/resources/${id}`)).text).toContain('まだ合っています');
    const assured = await me.post(`/resources/${id}/assure`);
    expect(assured.headers['location']).toBe(`/resources/${id}?said=assured`);
    expect(await stored(id)).toMatchObject({ assured: '2026-11-20', capacity: 'capacity' });
    await me.post(`/resources/${id}/capacity`, { capacity: 'waitlist' });
    expect(await stored(id)).toMatchObject({ capacity: 'waitlist', name: '縁側サロン', fee: '1回100円' });
    expect((await me.post(`/resources/${id}/capacity`, { capacity: 'many' })).status).toBe(422);
  }
});

test('a form from another site, or without the session’s token, changes nothing', async () => {
  const { id } = await area.enter();
  const me = await area.visit('coordinator');
  expect((await me.post(`/resources/${id}/assure`, { _csrf: 'x' })).status).toBe(403);
  expect((await stored(id)).version).toBe('1');
});
