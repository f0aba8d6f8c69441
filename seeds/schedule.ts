import { dayInTokyo, isWorkingDay } from '../src/kernel/japan/calendar.ts';
import type { Dice } from './random.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

/** Every state a case can be in, each once, so that few patients show them all. */
export const caseStates = [
  'requested',
  'in-progress',
  'completed',
  'accepted',
  'contacting',
  'linked',
  'on-hold',
  'consented',
  'answered',
  'none',
  'rejected',
  'cancelled',
  'failed',
] as const;
export type CaseState = (typeof caseStates)[number];

/** Behind the thirteen, a mix as it is met after a year: half is closed, and there is always new work. */
const fresh: readonly CaseState[] = [
  'requested',
  'linked',
  'in-progress',
  'contacting',
  'accepted',
  'linked',
  'none',
];
const later: readonly CaseState[] = ['in-progress', 'requested', 'on-hold', 'linked', 'rejected', 'linked'];
const mix = [...fresh, ...later].flatMap((state): CaseState[] => ['completed', state]);
const cycle = [...caseStates, ...mix];

export const stateOf = (i: number): CaseState => cycle[i % cycle.length] as CaseState;

/** How many days ago the referral was sent (or the last step done), from–to, by state; 425 days are fourteen months. */
const sentDaysAgo: Readonly<Record<CaseState, readonly [number, number]>> = {
  none: [0, 0],
  answered: [0, 20],
  consented: [0, 14],
  requested: [0, 8],
  accepted: [2, 12],
  contacting: [4, 25],
  'in-progress': [20, 150],
  'on-hold': [25, 160],
  linked: [40, 220],
  completed: [60, 424],
  rejected: [12, 424],
  cancelled: [12, 424],
  failed: [45, 424],
};

/** Days from sending to the end, from–to, for what has ended. */
const lasted: Partial<Record<CaseState, readonly [number, number]>> = {
  completed: [30, 170],
  rejected: [1, 6],
  cancelled: [1, 20],
  failed: [25, 60],
};

const contacts: Readonly<
  Record<CaseState, readonly (readonly ('tried' | 'no-answer' | 'reached' | 'visited')[])[]>
> = {
  none: [[]],
  answered: [[]],
  consented: [[]],
  requested: [[]],
  accepted: [[]],
  rejected: [[]],
  cancelled: [[]],
  contacting: [['no-answer'], ['tried', 'no-answer'], ['no-answer', 'no-answer', 'tried']],
  'in-progress': [
    ['reached', 'visited'],
    ['no-answer', 'reached', 'visited'],
    ['reached', 'visited', 'reached'],
  ],
  'on-hold': [['reached'], ['tried', 'reached', 'visited']],
  linked: [
    ['reached', 'visited', 'visited'],
    ['no-answer', 'reached', 'visited', 'reached'],
  ],
  completed: [
    ['reached', 'visited', 'reached'],
    ['reached', 'visited', 'visited', 'reached'],
    ['no-answer', 'tried', 'reached', 'visited', 'visited', 'reached'],
  ],
  failed: [
    ['no-answer', 'tried', 'no-answer', 'tried', 'no-answer'],
    ['no-answer', 'tried', 'reached'],
  ],
};

export type Schedule = Readonly<{
  /** When the person came to the clinic. */
  arrivedAt: Date;
  answeredAt: Date | undefined;
  consentedAt: Date | undefined;
  sentAt: Date | undefined;
  acceptedAt: Date | undefined;
  contacts: readonly Readonly<{ kind: 'tried' | 'no-answer' | 'reached' | 'visited'; at: Date }>[];
  stoppedAt: Date | undefined;
  closedAt: Date | undefined;
}>;

/** The times of a case: in working hours, in order, none after `now`. */
export function schedule(random: Dice, now: Date, state: CaseState): Schedule {
  const [low, high] = sentDaysAgo[state];
  const sent = workingHour(random, now.getTime() - low * day - random.fraction() * (high - low) * day, now);
  const answered = new Date(sent.getTime() - random.whole(25, 55) * minute);
  const consented = new Date(sent.getTime() - random.whole(8, 20) * minute);
  const reachedState = caseSteps[state];
  const span = lasted[state];
  const end =
    span === undefined
      ? now.getTime()
      : Math.min(sent.getTime() + random.whole(...span) * day, now.getTime());
  const kinds = random.pick(contacts[state]);
  const accepted = reachedState.accepted;
  const until = new Date(end);
  const soon = (from: Date, days: number) =>
    new Date(Math.min(from.getTime() + days * day, (from.getTime() + end) / 2));
  // Offices accept within days and call within two weeks; the rest takes its time.
  const [acceptedAt] = accepted ? inOrder(random, sent, soon(sent, 5), 1) : [];
  const started = acceptedAt ?? sent;
  const [firstContact] = kinds.length > 0 ? inOrder(random, started, soon(started, 12), 1) : [];
  const others = inOrder(random, firstContact ?? started, until, Math.max(kinds.length - 1, 0) + 1);
  const contactTimes = [...(firstContact ? [firstContact] : []), ...others];
  const last = others.at(-1);
  return {
    arrivedAt: answered,
    answeredAt: reachedState.answered ? answered : undefined,
    consentedAt: reachedState.consented ? consented : undefined,
    sentAt: reachedState.sent ? sent : undefined,
    acceptedAt,
    contacts: kinds.map((kind, i) => ({ kind, at: contactTimes[i] as Date })),
    stoppedAt: state === 'on-hold' || (span !== undefined && state !== 'completed') ? last : undefined,
    closedAt: span === undefined ? undefined : last,
  };
}

type Steps = Readonly<{ answered: boolean; consented: boolean; sent: boolean; accepted: boolean }>;
const upTo = (count: number): Steps => ({
  answered: count > 0,
  consented: count > 1,
  sent: count > 2,
  accepted: count > 3,
});
const caseSteps: Readonly<Record<CaseState, Steps>> = {
  none: upTo(0),
  answered: upTo(1),
  consented: upTo(2),
  requested: upTo(3),
  rejected: upTo(3),
  cancelled: upTo(3),
  accepted: upTo(4),
  contacting: upTo(4),
  'in-progress': upTo(4),
  'on-hold': upTo(4),
  linked: upTo(4),
  completed: upTo(4),
  failed: upTo(4),
};

/** A time from 10:00 to 16:59 on the working day of `at` or, if that is later than `now`, on one before it. */
function workingHour(random: Dice, at: number, now: Date): Date {
  let when = new Date(at);
  for (;;) {
    while (!isWorkingDay(when)) when = new Date(when.getTime() - day);
    const time = `${String(random.whole(10, 16))}:${String(random.whole(0, 59)).padStart(2, '0')}:00+09:00`;
    const moved = new Date(`${dayInTokyo(when)}T${time}`);
    if (moved <= now) return moved;
    when = new Date(when.getTime() - day);
  }
}

/** Offices are at work from 9:00 to 17:30 on working days: the stretches of that between two moments. */
function workingHours(from: Date, until: Date): { start: number; length: number }[] {
  const stretches: { start: number; length: number }[] = [];
  const last = dayInTokyo(until);
  for (let at = from.getTime(); dayInTokyo(new Date(at)) <= last; at += day) {
    if (!isWorkingDay(new Date(at))) continue;
    const opens = new Date(`${dayInTokyo(new Date(at))}T09:00:00+09:00`).getTime();
    const start = Math.max(opens, from.getTime());
    const length = Math.min(opens + 8.5 * 60 * minute, until.getTime()) - start;
    if (length > 0) stretches.push({ start, length });
  }
  return stretches;
}

/**
 * `count` times after `from` and before `until`, each later than the one before, in working hours unless there are none
 * between. The first come sooner than the last.
 */
export function inOrder(random: Dice, from: Date, until: Date, count: number): Date[] {
  const working = workingHours(from, until);
  const stretches =
    working.length > 0
      ? working
      : [{ start: from.getTime(), length: Math.max(0, until.getTime() - from.getTime()) }];
  const room = stretches.reduce((sum, one) => sum + one.length, 0);
  return Array.from({ length: count }, (_, i) => {
    let left = room * Math.min(((i + 0.4 + random.fraction() * 0.5) / count) ** 1.3, 1);
    const stretch = stretches.find((one) => {
      if (left < one.length) return true;
      left -= one.length;
      return false;
    });
    return new Date(Math.floor(stretch ? stretch.start + left : until.getTime()));
  });
}
