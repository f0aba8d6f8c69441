import { expect, test } from '@jest/globals';
import { listSheet, sessionCalendar, type SessionShown } from '../../src/documents/session-calendar.ts';
import { readBack } from './read.ts';

const one = (day: number, more: Partial<SessionShown> = {}): SessionShown => ({
  startsAt: `2026-11-${String(day).padStart(2, '0')}T01:00:00Z`,
  endsAt: `2026-11-${String(day).padStart(2, '0')}T02:30:00Z`,
  title: `暮らしの保健室${String(day)}`,
  place: '北浜公民館　1階',
  leader: 'おせっかい人',
  ways: ['会場で', 'オンラインで'],
  dropIn: false,
  cancelled: false,
  ...more,
});
const month = (sessions: readonly SessionShown[]) =>
  sessionCalendar({
    language: 'ja',
    body: '試験の窓口',
    phone: '018-000-0001',
    month: '2026-11',
    on: '2026-11-01',
    url: 'https://tsunagi.example/join/0190a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a6b',
    sessions,
  });

test.each([0, 1, 8, 10, 12])(
  'a month of %i sessions stands on one side, with day, time, place and how to sign up',
  async (n) => {
    const { pages } = await readBack(await month(Array.from({ length: n }, (_, i) => one(i + 1))));
    expect(pages).toHaveLength(1);
    const said = pages.join('').replaceAll(/\s/g, '');
    expect(said).toContain('018-000-0001');
    expect(said).toContain('tsunagi.example/join/');
    if (n > 0) expect(said).toContain('10:00–11:30');
    for (let day = 1; day <= n; day += 1) expect(said).toContain(`暮らしの保健室${String(day)}`);
  },
);

test('what was called off says so', async () => {
  const { pages } = await readBack(await month([one(3, { cancelled: true })]));
  expect(pages.join('').replaceAll(/\s/g, '')).toContain('【中止】暮らしの保健室3');
});

test('the call list has numbers, the attendance list has none and room for those who come along', async () => {
  const rows = [{ name: 'はなママ', how: '会場で', phone: '090-0000-0000' }];
  const given = { language: 'ja', title: 'つどい', when: '11月3日', on: '2026-11-01', rows } as const;
  const calls = (await readBack(await listSheet({ ...given, kind: 'calls', empty: 0 }))).pages.join('');
  const list = (await readBack(await listSheet({ ...given, kind: 'attendance', empty: 3 }))).pages.join('');
  expect(calls).toContain('090-0000-0000');
  expect(list).not.toContain('090-0000-0000');
  expect(list.split('欠席').length - 1).toBe(4);
  // Where nobody has signed up, names are written by hand: the list keeps their column.
  const nobody = await listSheet({ ...given, kind: 'attendance', rows: [], empty: 3 });
  expect((await readBack(nobody)).pages.join('')).toContain('名前');
});

test.each([
  ['2026-11', '11月のつどい（令和8年）'],
  ['2019-05', '5月のつどい（令和元年）'],
  ['2019-04', '4月のつどい（平成31年）'],
])('the month %s is called %s', async (of, title) => {
  const given = { body: '試験の窓口', phone: undefined, url: undefined, sessions: [] };
  const { pages } = await readBack(
    await sessionCalendar({ ...given, language: 'ja', month: of, on: `${of}-01` }),
  );
  expect(pages.join('').replaceAll(/\s/g, '')).toContain(title);
});
