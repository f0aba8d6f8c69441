import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  addWorkingDays,
  dayInTokyo,
  isWorkingDay,
  workingDaysBetween,
} from '../../../src/kernel/japan/calendar.ts';

const at = (text: string) => new Date(`${text}+09:00`);

test('three working days from the last Friday of the year end after the holidays of the new year', () => {
  // 25 December 2026 is a Friday; the 28th is worked, then closed until 3 January, a Sunday.
  expect(addWorkingDays(at('2026-12-25T10:00:00'), 3)).toEqual(at('2027-01-05T23:59:59.999'));
});

test('national holidays, also the one between two holidays, are not counted', () => {
  // 21, 22 and 23 September 2026: 敬老の日, 国民の休日, 秋分の日.
  expect(dayInTokyo(addWorkingDays(at('2026-09-18T16:00:00'), 1))).toBe('2026-09-24');
  expect(isWorkingDay(at('2026-09-22T12:00:00'))).toBe(false);
});

test('a day begins at midnight in Tokyo, wherever the server stands', () => {
  expect(dayInTokyo(new Date('2026-11-20T15:00:00Z'))).toBe('2026-11-21');
  expect(isWorkingDay(new Date('2026-11-20T14:59:59Z'))).toBe(true);
  expect(isWorkingDay(new Date('2026-11-20T15:00:00Z'))).toBe(false);
});

test('no working day ahead means today, or the next day on which somebody works', () => {
  expect(dayInTokyo(addWorkingDays(at('2026-11-20T09:00:00'), 0))).toBe('2026-11-20');
  expect(dayInTokyo(addWorkingDays(at('2026-11-21T09:00:00'), 0))).toBe('2026-11-24');
  expect(() => addWorkingDays(at('2026-11-21T09:00:00'), -1)).toThrow(RangeError);
});

test('from a Friday to the Tuesday after a holiday is one working day, and back is minus one', () => {
  expect(workingDaysBetween(at('2026-11-20T09:00:00'), at('2026-11-24T08:00:00'))).toBe(1);
  expect(workingDaysBetween(at('2026-11-24T08:00:00'), at('2026-11-20T09:00:00'))).toBe(-1);
  expect(workingDaysBetween(at('2026-11-20T09:00:00'), at('2026-11-20T17:00:00'))).toBe(0);
});

test('the working days up to a deadline are those it was set with', () => {
  fc.assert(
    fc.property(
      fc.date({ min: at('2020-01-01T00:00:00'), max: at('2040-01-01T00:00:00'), noInvalidDate: true }),
      fc.integer({ min: 1, max: 60 }),
      (from, days) => {
        const due = addWorkingDays(from, days);
        expect(isWorkingDay(due)).toBe(true);
        expect(workingDaysBetween(from, due)).toBe(days);
      },
    ),
    { numRuns: 60 },
  );
});
