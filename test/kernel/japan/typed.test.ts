import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fiscalYearInEra, fromEra, isDay, toEra } from '../../../src/kernel/japan/era.ts';
import { asPhone } from '../../../src/kernel/japan/phone.ts';
import { asPostalCode } from '../../../src/kernel/japan/postal.ts';

test.each([
  ['090-0000-1234', '090-0000-1234', '09000001234'],
  ['０９０ー００００ー１２３４', '090-0000-1234', '09000001234'],
  ['(018) 000 1234', '018-000-1234', '0180001234'],
  ['0180001234', '0180001234', '0180001234'],
  ['+81 90-0000-1234', '090-0000-1234', '09000001234'],
])('the telephone number %s is read as %s', (typed, shown, key) => {
  expect(asPhone(typed)).toEqual({ shown, key });
});

test.each([['119'], ['1234567890'], ['00-0000-0000'], ['090-0000-12345'], ['でんわなし'], ['']])(
  '%j is no telephone number',
  (typed) => {
    expect(asPhone(typed)).toBeUndefined();
  },
);

test.each([['0001234'], ['000-1234'], ['〒０００－１２３４'], ['000ー1234']])(
  'the postal code %s is read',
  (typed) => {
    expect(asPostalCode(typed)).toBe('000-1234');
  },
);

test('a postal code of six or eight digits is refused', () => {
  expect(asPostalCode('000-123')).toBeUndefined();
  expect(asPostalCode('000-12345')).toBeUndefined();
});

test.each([
  ['2026-11-20', '令和8年11月20日'],
  ['2019-05-01', '令和元年5月1日'],
  ['2019-04-30', '平成31年4月30日'],
  ['1989-01-07', '昭和64年1月7日'],
  ['1926-12-25', '昭和元年12月25日'],
  ['1926-12-24', '大正15年12月24日'],
  ['1912-07-29', '明治45年7月29日'],
])('%s is %s', (iso, text) => {
  expect(toEra(iso)?.text).toBe(text);
});

test('an instant is dated in Tokyo', () => {
  expect(toEra(new Date('2019-04-30T15:00:00Z'))?.text).toBe('令和元年5月1日');
});

test('a day that does not exist in an era is refused', () => {
  expect(fromEra('昭和', 64, 1, 8)).toBeUndefined();
  expect(fromEra('H', 1, 1, 7)).toBeUndefined();
  expect(fromEra('R', 5, 2, 29)).toBeUndefined();
  expect(fromEra('R', 6, 2, 29)).toBe('2024-02-29');
  expect(fromEra('r', 0, 2, 2)).toBeUndefined();
  expect(fromEra('慶応', 3, 1, 1)).toBeUndefined();
  expect(toEra('1872-12-31')).toBeUndefined();
  expect(toEra('2023-02-30')).toBeUndefined();
});

test('every day since 1873 comes back from its era date', () => {
  fc.assert(
    fc.property(fc.integer({ min: -35_428, max: 40_000 }), (days) => {
      const iso = new Date(days * 86_400_000).toISOString().slice(0, 10);
      const era = toEra(iso);
      expect(isDay(iso)).toBe(true);
      expect(era && fromEra(era.letter, era.year, era.month, era.day)).toBe(iso);
    }),
  );
});

test.each([
  [2026, '令和8年度'],
  [2019, '令和元年度'],
  [2018, '平成30年度'],
  [1989, '平成元年度'],
  [1988, '昭和63年度'],
])('the fiscal year %i is %s', (year, said) => {
  expect(fiscalYearInEra(year)).toBe(said);
});
