import { addWorkingDays, workingDaysBetween } from '../kernel/japan/calendar.ts';
import type { Sentence } from '../kernel/sentence.ts';
import type { Program } from '../programs/program.ts';
import type { Urgency } from './record.ts';

/** How many working days a program allows, by urgency. */
export type Deadlines = Program['deadlines'];
export type DeadlineKind = 'accept' | 'firstContact';

/**
 * The program with that id, else the first: a stranger's referral names none. Without any program the set-up is at
 * fault.
 */
export function programOf(programs: readonly Program[], id: string | undefined): Program {
  const found = programs.find((p) => p.id === id) ?? programs[0];
  if (!found) throw new Error('No program is set up: forms/ is empty.');
  return found;
}

/** The instant by which it is due: the end of a working day in Japan. */
export const dueAt = (deadlines: Deadlines, urgency: Urgency, kind: DeadlineKind, from: Date): Date =>
  addWorkingDays(from, deadlines[urgency][kind]);

/** Working days, or months where the days would tell nobody anything. */
export type TimeLeft = Readonly<{ overdue: boolean; unit: 'day' | 'month'; count: number }>;

const oneDay = 24 * 60 * 60 * 1000;
/** From here on it is told in months, and no calendar has to be walked through. */
const farAway = 60;

/** Working days that are left, 0 on the last day; or that have passed since, 0 when only days off have. */
export function timeLeft(due: Date | string, now: Date): TimeLeft {
  const at = new Date(due);
  const overdue = at < now;
  const away = Math.abs(at.getTime() - now.getTime()) / oneDay;
  if (away > farAway) return { overdue, unit: 'month', count: Math.floor(away / 30) };
  return { overdue, unit: 'day', count: overdue ? workingDaysBetween(at, now) : workingDaysBetween(now, at) };
}

/** あと2営業日, 今日まで, 1営業日超過, 3か月超過. */
export function sayTimeLeft({ overdue, unit, count }: TimeLeft): Sentence {
  const n = String(count);
  if (unit === 'month')
    return overdue
      ? { ja: `${n}か月超過`, en: `${n} months overdue` }
      : { ja: `あと${n}か月`, en: `${n} months left` };
  if (!overdue)
    return count === 0
      ? { ja: '今日まで', en: 'Due today' }
      : { ja: `あと${n}営業日`, en: count === 1 ? '1 working day left' : `${n} working days left` };
  return count === 0
    ? { ja: '期限を過ぎました', en: 'Past its deadline' }
    : { ja: `${n}営業日超過`, en: count === 1 ? '1 working day overdue' : `${n} working days overdue` };
}

/** How long a deadline is, before anything is sent: 3営業日以内, その日のうち. */
export const sayDays = (days: number): Sentence =>
  days === 0
    ? { ja: '当日中', en: 'the same day' }
    : {
        ja: `${String(days)}営業日以内`,
        en: days === 1 ? 'within 1 working day' : `within ${String(days)} working days`,
      };
