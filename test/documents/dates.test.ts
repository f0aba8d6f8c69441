import { expect, test } from '@jest/globals';
import { ageOn, birthDay, longDay, span } from '../../src/documents/dates.ts';

test.each([
  ['2026-11-21', '令和8年11月21日', '21 November 2026'],
  ['2019-05-01', '令和元年5月1日', '1 May 2019'],
  ['2019-04-30', '平成31年4月30日', '30 April 2019'],
  ['1989-01-07', '昭和64年1月7日', '7 January 1989'],
  ['2026-11-20T15:30:00Z', '令和8年11月21日', '21 November 2026'],
  ['1948-05', '1948年5月', '1948-05'],
  ['1948', '1948年', '1948'],
  ['春ごろ', '春ごろ', '春ごろ'],
])('%s is written %s, in English %s', (date, ja, en) => {
  expect([longDay(date, 'ja'), longDay(date, 'en')]).toEqual([ja, en]);
});

test('an age changes on the birthday', () => {
  expect([ageOn('1944-03-09', '2026-03-08'), ageOn('1944-03-09', '2026-03-09')]).toEqual([81, 82]);
  expect([ageOn('1944', '2026-03-09'), ageOn('2027-01-01', '2026-03-09')]).toEqual([undefined, undefined]);
});

test('a birth date carries both calendars and the age', () => {
  expect(birthDay('1944-03-09', '2026-11-21', 'ja')).toBe('昭和19年（1944年）3月9日　82歳');
  expect(birthDay('1944-03-09', '2026-11-21', 'en')).toBe('9 March 1944 (age 82)');
  expect(birthDay('1944', '2026-11-21', 'ja')).toBe('1944年');
});

test('a period may be open at either end', () => {
  expect(span('2026-11-21', '2027-11-20', 'ja')).toBe('令和8年11月21日から　令和9年11月20日まで');
  expect(span('2026-11-21', undefined, 'en')).toBe('from 21 November 2026');
  expect(span(undefined, undefined, 'ja')).toBeUndefined();
});
