import holidays from '@holiday-jp/holiday_jp';

/** Japan has no summer time: Tokyo is always nine hours ahead. */
const tokyoOffset = 9 * 60 * 60 * 1000;
const oneDay = 24 * 60 * 60 * 1000;

/** The calendar day in Tokyo at that instant, `YYYY-MM-DD`. */
export const dayInTokyo = (at: Date): string =>
  new Date(at.getTime() + tokyoOffset).toISOString().slice(0, 10);

/** The last millisecond of a day in Tokyo. `day` is `YYYY-MM-DD`. */
export const endOfDayInTokyo = (day: string): Date => new Date(`${day}T23:59:59.999+09:00`);

/** The first moment of a day in Tokyo. `day` is `YYYY-MM-DD`. */
export const startOfDayInTokyo = (day: string): Date => new Date(`${day}T00:00:00+09:00`);

/**
 * Whether offices work on that day in Tokyo: not on Saturday, Sunday, a national holiday (known until 2050), nor from
 * 29 December to 3 January, when public offices are closed (行政機関の休日に関する法律 第1条).
 */
export const isWorkingDay = (at: Date): boolean => {
  const day = dayInTokyo(at);
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  const monthDay = day.slice(5);
  const yearEnd = monthDay >= '12-29' || monthDay <= '01-03';
  return weekday !== 0 && weekday !== 6 && !yearEnd && !Object.hasOwn(holidays.holidays, day);
};

/**
 * The end (23:59:59.999 in Tokyo) of the working day that is `days` working days after the day of `from`; that day
 * itself doesn't count. With 0, the day of `from` or, when nobody works then, the next working day.
 */
export function addWorkingDays(from: Date, days: number): Date {
  if (!Number.isInteger(days) || days < 0) throw new RangeError(`Not a number of days: ${String(days)}`);
  let day = from.getTime();
  let left = days;
  while (left > 0 || !isWorkingDay(new Date(day))) {
    day += oneDay;
    if (left > 0 && isWorkingDay(new Date(day))) left -= 1;
  }
  return endOfDayInTokyo(dayInTokyo(new Date(day)));
}

/**
 * Working days after the day of `a`, up to and including the day of `b`; negative when `b` is the earlier one. Inverse of
 * `addWorkingDays`: from a Friday to the Monday after it is 1.
 */
export function workingDaysBetween(a: Date, b: Date): number {
  if (b < a) return a.getTime() === b.getTime() ? 0 : 0 - workingDaysBetween(b, a);
  const end = dayInTokyo(b);
  let count = 0;
  for (let day = a.getTime() + oneDay; dayInTokyo(new Date(day)) <= end; day += oneDay)
    if (isWorkingDay(new Date(day))) count += 1;
  return count;
}
