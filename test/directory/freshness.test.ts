import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { freshnessOf, freshSince, monthsSince } from '../../src/directory/freshness.ts';
import { dayInTokyo } from '../../src/kernel/japan/calendar.ts';

const now = new Date('2026-11-20T10:00:00+09:00');

test('months are counted as people do', () => {
  expect(monthsSince('2026-10-20', now)).toBe(1);
  expect(monthsSince('2026-10-21', now)).toBe(0);
  expect(monthsSince('2027-01-01', now)).toBe(0);
  expect(freshnessOf('2025-11-20', now)).toEqual({ months: 12, stale: true });
  expect(freshnessOf('2025-11-21', now)).toEqual({ months: 11, stale: false });
  expect(freshnessOf(undefined, now)).toEqual({ months: undefined, stale: true });
});

test('the list of what is to be checked and the words beside an entry agree, on every day of the year', () => {
  const moment = fc.date({ min: new Date('2024-01-01'), max: new Date('2033-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(moment, fc.integer({ min: 300, max: 430 }), (at, days) => {
      const day = dayInTokyo(new Date(at.getTime() - days * 86_400_000));
      expect(freshnessOf(day, at).stale).toBe(day < freshSince(at));
    }),
  );
});
