import { describe, expect, test } from '@jest/globals';
import type { ReviewLine } from '../../../src/access/log/queries.ts';
import { monthAfter, monthsUntil, partOfDay, spanOf, strikingIn } from '../../../src/access/log/review.ts';
import { csv } from '../../../src/web/csv.ts';

const nothing: ReviewLine = {
  account: null,
  client: null,
  name: null,
  role: 'reception',
  organization: null,
  looks: 0,
  persons: 0,
  usual: null,
  days: null,
  most: null,
  most_on: null,
  unusual: 0,
  unusual_days: 0,
  prints: 0,
  exports: 0,
  refused: 0,
  sign_in_refused: 0,
  emergencies: 0,
};
const line = (given: Partial<ReviewLine>): ReviewLine => ({ ...nothing, ...given });

describe('who stands out by the number of persons on a day', () => {
  const known = line({ account: 'a', usual: 12, days: 20, most: 20 });
  test.each<[string, ReviewLine, boolean]>([
    ['a busy day is not yet three times a usual one', known, false],
    ['three times a usual day is', { ...known, most: 36 }, true],
    ['nine persons are never many', { ...known, usual: 1, most: 9 }, false],
    ['a newcomer is held against colleagues', line({ usual: 40, days: 1, most: 40 }), true],
    ['and may do what they do', line({ usual: 30, days: 1, most: 30 }), false],
    ['without colleagues it takes thirty', line({ role: 'doctor', usual: 29, days: 1, most: 29 }), false],
    ['whoever opened nobody does not', line({ role: 'admin' }), false],
  ])('%s', (_says, one, strikes) => {
    expect(strikingIn([known, one].slice(one.account === 'a' ? 1 : 0)).includes(one)).toBe(strikes);
  });
});

describe('a month', () => {
  test('is that of Tokyo, with the one before it and the days off in both', () => {
    const span = spanOf('2027-01');
    expect(span.before.toISOString()).toBe('2026-11-30T15:00:00.000Z');
    expect(span.until.toISOString()).toBe('2027-01-31T15:00:00.000Z');
    expect(span.closed).toEqual(
      expect.arrayContaining(['2026-12-31', '2027-01-01', '2027-01-11', '2027-01-30']),
    );
    expect(span.closed).not.toContain('2027-01-12');
  });
  test('turns over the year', () => {
    expect(monthAfter('2026-12', 1)).toBe('2027-01');
    expect(monthAfter('2026-01', -1)).toBe('2025-12');
    // 0:30 on the first of December in Tokyo.
    expect(monthsUntil(new Date('2026-11-30T15:30:00Z')).slice(0, 2)).toEqual(['2026-12', '2026-11']);
  });
  test.each([
    [6, false, 'early'],
    [7, false, 'working'],
    [19, false, 'working'],
    [20, false, 'evening'],
    [12, true, 'holiday'],
  ] as const)('at %s o’clock, day off %s, it is %s', (hour, holiday, part) => {
    expect(partOfDay(hour, holiday)).toBe(part);
  });
});

test('what somebody typed is no formula in a spreadsheet', () => {
  const text = csv(
    ['名前'],
    [['=1+1'], ['+81'], ['@x'], ['-a'], ['＝1'], ['a "b", c'], [-3], [null]],
  ).toString();
  expect(text.split('\r\n')).toEqual([
    '\uFEFF"名前"',
    `"'=1+1"`,
    `"'+81"`,
    `"'@x"`,
    `"'-a"`,
    `"'＝1"`,
    '"a ""b"", c"',
    '-3',
    '""',
    '',
  ]);
});
