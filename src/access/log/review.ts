import { dayInTokyo, isWorkingDay, startOfDayInTokyo } from '../../kernel/japan/calendar.ts';
import type { ReviewLine } from './queries.ts';

/** The month under review and the one before it, by which it is judged. Moments in Tokyo; `until` is no more part of it. */
export type Span = Readonly<{
  /** `YYYY-MM`. */
  month: string;
  before: Date;
  since: Date;
  until: Date;
  /** Days on which offices do not work, `YYYY-MM-DD`. */
  closed: readonly string[];
}>;

/** How many months back a review can be opened. */
const monthsBack = 24;

export const monthOf = (now: Date): string => dayInTokyo(now).slice(0, 7);

/** The month so many months after another. */
export function monthAfter(month: string, by: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7);
}

/** This month and those before it, newest first. */
export const monthsUntil = (now: Date): string[] =>
  Array.from({ length: monthsBack }, (_, i) => monthAfter(monthOf(now), -i));

export function spanOf(month: string): Span {
  const start = (m: string): Date => startOfDayInTokyo(`${m}-01`);
  const [before, since, until] = [start(monthAfter(month, -1)), start(month), start(monthAfter(month, 1))];
  const closed: string[] = [];
  for (let at = before.getTime(); at < until.getTime(); at += 86_400_000)
    if (!isWorkingDay(new Date(at))) closed.push(dayInTokyo(new Date(at)));
  return { month, before, since, until, closed };
}

/** Fewer persons on a day than this are never much. */
const fewestPersons = 10;
/** So many times a usual day is much. */
const timesUsual = 3;
/** An account that worked on fewer days has no usual day of its own yet: its colleagues' stands in, or the fewest that can strike. */
const daysToKnow = 5;

/** Persons on a usual day of that account: the median of its days, or of its colleagues' while it is new. */
export function usualDay(line: ReviewLine, all: readonly ReviewLine[]): number {
  if (line.days !== null && line.days >= daysToKnow) return line.usual ?? 0;
  const peers = all
    .filter((one) => one !== line && one.role === line.role && (one.days ?? 0) >= daysToKnow)
    .map((one) => one.usual ?? 0)
    .toSorted((a, b) => a - b);
  return peers[Math.floor(peers.length / 2)] ?? fewestPersons;
}

/** Those who on some day saw far more persons than they usually do, the most striking first. */
export const strikingIn = (all: readonly ReviewLine[]): ReviewLine[] =>
  all
    .filter(
      (line) =>
        (line.most ?? 0) >= fewestPersons &&
        (line.most ?? 0) >= timesUsual * Math.max(1, usualDay(line, all)),
    )
    .toSorted((a, b) => (b.most ?? 0) - (a.most ?? 0));

/** Looks by part of the day: night, early, working hours, evening, and any time on a day off. */
export const partsOfDay = ['night', 'early', 'working', 'evening', 'holiday'] as const;
export type PartOfDay = (typeof partsOfDay)[number];
export function partOfDay(hour: number, holiday: boolean): PartOfDay {
  if (holiday) return 'holiday';
  if (hour < 5) return 'night';
  if (hour < 7) return 'early';
  return hour < 20 ? 'working' : 'evening';
}
