import { expect, test } from '@jest/globals';
import { ageOn, showDate, showDateTime, tokyoDate } from '../../src/web/dates.ts';
import { dateParts, isDay, notADay } from '../../src/web/date-parts.ts';

const written = (era: string, year: string, month: string, day: string) =>
  dateParts({ 'born-era': era, 'born-year': year, 'born-month': month, 'born-day': day }, 'born');

test.each([
  ['showa', '16', '3', '4', '1941-03-04'],
  ['showa', '64', '1', '7', '1989-01-07'],
  ['heisei', '元', '1', '8', '1989-01-08'],
  ['heisei', '31', '4', '30', '2019-04-30'],
  ['reiwa', '１', '5', '1', '2019-05-01'],
  ['taisho', '15', '12', '24', '1926-12-24'],
  ['meiji', '45', '7', '29', '1912-07-29'],
  ['showa', '1941', '3', '4', '1941-03-04'],
  ['reiwa', '２０１８', '5', '1', '2018-05-01'],
  ['western', '1941', '03', '04', '1941-03-04'],
  ['western', '2024', '2', '29', '2024-02-29'],
  ['unheard-of', '1941年', '3月', '4日', '1941-03-04'],
])('%s %s-%s-%s is %s', (era, year, month, day, expected) => {
  expect(written(era, year, month, day)).toBe(expected);
});

test.each([
  ['showa', '64', '1', '8', notADay.notInEra],
  ['showa', '70', '3', '4', notADay.notInEra],
  ['heisei', '1', '1', '7', notADay.notInEra],
  ['western', '2023', '2', '29', notADay.impossible],
  ['western', '1941', '13', '1', notADay.impossible],
  ['western', '16', '3', '4', notADay.impossible],
  ['showa', '16', '', '4', notADay.incomplete],
  ['showa', 'x', '3', '4', notADay.incomplete],
  ['showa', '', '', '', ''],
])('%s "%s" "%s" "%s" is not a day: %s', (era, year, month, day, expected) => {
  expect(written(era, year, month, day)).toBe(expected);
});

test('a form without date inputs has no date', () => {
  expect(dateParts({ other: '1' }, 'born')).toBeUndefined();
  expect(isDay('2023-02-29')).toBe(false);
  expect(isDay('2023-2-9')).toBe(false);
});

test('a birth date is shown with its era, a deadline with its weekday, everything in Japanese time', () => {
  expect(showDate('1941-03-04', 'ja', { era: true })).toBe('昭和16年3月4日（1941年）');
  expect(showDate('1941-03-04', 'en', { era: true })).toBe('4 March 1941');
  expect(showDate('2026-11-20', 'ja', { weekday: true })).toBe('2026年11月20日（金）');
  expect(showDate('2026-11-20', 'ja', { weekday: true, year: false })).toBe('11月20日（金）');
  const lateInGreenwich = new Date('2026-11-20T15:30:00Z');
  expect(showDate(lateInGreenwich, 'ja')).toBe('2026年11月21日');
  expect(showDateTime(lateInGreenwich, 'ja')).toBe('2026年11月21日 00:30');
  expect(showDateTime(lateInGreenwich, 'en')).toBe('21 November 2026, 00:30');
  expect(tokyoDate(lateInGreenwich)).toBe('2026-11-21');
});

test('a date known only in part, or not readable, is shown as far as it goes', () => {
  expect(showDate('1941', 'ja')).toBe('1941年');
  expect(showDate('1941-03', 'ja')).toBe('1941年3月');
  expect(showDate('1941-03', 'en')).toBe('March 1941');
  expect(showDate('soon', 'ja')).toBe('soon');
});

test('a person grows older at midnight in Japan', () => {
  expect(ageOn('1941-03-04', new Date('2026-03-03T14:59:59Z'))).toBe(84);
  expect(ageOn('1941-03-04', new Date('2026-03-03T15:00:00Z'))).toBe(85);
  expect(ageOn('1941-03', new Date('2026-03-01T00:00:00Z'))).toBe(85);
  expect(ageOn('1941', new Date('2026-01-01T00:00:00Z'))).toBe(85);
});
