import { describe, expect, test } from '@jest/globals';
import { asCode, makePasses } from '../../src/sessions/pass.ts';
import { workingDayBefore } from '../../src/sessions/reminders.ts';
import { daysOf, mostAtOnce } from '../../src/sessions/series.ts';

describe('a series', () => {
  test.each([
    ['none', undefined, ['2026-11-10']],
    ['weekly', '2026-11-30', ['2026-11-10', '2026-11-17', '2026-11-24']],
    ['fortnight', '2026-12-31', ['2026-11-10', '2026-11-24', '2026-12-08', '2026-12-22']],
    // The second Tuesday of each month.
    ['monthly', '2027-02-28', ['2026-11-10', '2026-12-08', '2027-01-12', '2027-02-09']],
  ] as const)('that repeats %s', (repeat, until, days) => {
    expect(daysOf('2026-11-10', repeat, until)).toEqual(days);
  });

  test('leaves out months without a fifth one, and is never longer than can be made', () => {
    expect(daysOf('2026-12-29', 'monthly', '2027-06-30')).toEqual(['2026-12-29', '2027-03-30', '2027-06-29']);
    expect(daysOf('2026-01-01', 'weekly', '2099-01-01').length).toBe(mostAtOnce + 1);
  });
});

test.each([
  // A Tuesday after a Monday that is a holiday: the Friday before.
  ['2026-11-24T10:00:00+09:00', '2026-11-20'],
  ['2026-11-26T10:00:00+09:00', '2026-11-25'],
  ['2026-11-29T10:00:00+09:00', '2026-11-27'],
  ['2027-01-04T09:00:00+09:00', '2026-12-28'],
])('the working day before %s is %s', (at, day) => {
  expect(workingDayBefore(new Date(at))).toBe(day);
});

describe('a pass', () => {
  const id = '0190a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a6b';
  const passes = makePasses(['one secret, long enough to be one']);

  test('leads back to its place, also after the secret was changed, and no other does', () => {
    const token = passes.tokenOf(id);
    expect(passes.placeIn(token)).toBe(id);
    expect(makePasses(['a new secret', 'one secret, long enough to be one']).placeIn(token)).toBe(id);
    expect(makePasses(['a new secret']).placeIn(token)).toBeUndefined();
    const forged = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
    for (const other of ['', 'x', forged, `${token}A`, id]) expect(passes.placeIn(other)).toBeUndefined();
  });

  test('has a code that is read however it is typed', () => {
    const code = passes.codeOf(id);
    expect(code).toMatch(/^[2-9A-HJ-NP-Z]{8}$/);
    expect(asCode(` ${code.slice(0, 4).toLowerCase()}-${code.slice(4)} `)).toBe(code);
  });
});
