import type { Span } from './hold.ts';

export const repeats = ['none', 'weekly', 'fortnight', 'monthly'] as const;
export type Repeat = (typeof repeats)[number];

export const mostAtOnce = 60;

const oneDay = 86_400_000;
const asUtc = (day: string): Date => new Date(`${day}T00:00:00Z`);
const asDay = (at: Date): string => at.toISOString().slice(0, 10);
export const dayPlus = (day: string, days: number): string =>
  asDay(new Date(asUtc(day).getTime() + days * oneDay));

/** The same week and weekday of the month `n` months later: the second Tuesday. Undefined where a month has no fifth. */
function sameWeekday(day: string, n: number): string | undefined {
  const first = asUtc(day);
  const week = Math.floor((first.getUTCDate() - 1) / 7);
  const start = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + n, 1));
  const shift = (first.getUTCDay() - start.getUTCDay() + 7) % 7;
  const found = new Date(start.getTime() + (shift + week * 7) * oneDay);
  return found.getUTCMonth() === start.getUTCMonth() ? asDay(found) : undefined;
}

/** The days of a series from its first day up to and including `until`, both `YYYY-MM-DD`; at most one more than can be made. */
export function daysOf(first: string, repeat: Repeat, until: string | undefined): string[] {
  if (repeat === 'none' || until === undefined) return [first];
  const days: string[] = [];
  for (let n = 0; days.length <= mostAtOnce && n <= 400; n += 1) {
    const day =
      repeat === 'monthly' ? sameWeekday(first, n) : dayPlus(first, n * (repeat === 'weekly' ? 7 : 14));
    if (day === undefined) continue;
    if (day > until) break;
    days.push(day);
  }
  return days;
}

/** A day and two times in Tokyo. */
export const spanOn = (day: string, from: string, to: string): Span => ({
  starts: new Date(`${day}T${from}:00+09:00`),
  ends: new Date(`${day}T${to}:00+09:00`),
});
