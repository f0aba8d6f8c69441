import type { Role } from '../kernel/actor.ts';
import type { Way } from '../programs/sessions.ts';

export type { Way } from '../programs/sessions.ts';

/** Who has the calendar; and of them, who makes and changes sessions. */
export const helpers = [
  'linkworker',
  'neighbour',
  'coordinator',
  'resource',
] as const satisfies readonly Role[];
export const holders = ['linkworker', 'coordinator', 'resource'] as const satisfies readonly Role[];
export const isHolder = (role: Role): boolean => (holders as readonly Role[]).includes(role);

/** A gathering as its row holds it. */
export type Gathering = Readonly<{
  id: string;
  organization_id: string;
  program: string;
  series: string | null;
  kind: string;
  title: string;
  note: string | null;
  starts_at: Date;
  ends_at: Date;
  municipality: string | null;
  area: string;
  place: string | null;
  location_id: string | null;
  room: number | null;
  room_online: number | null;
  drop_in: boolean;
  leader_kind: string | null;
  leader: string | null;
  phone: string | null;
  status: 'planned' | 'cancelled';
  cancelled_because: string | null;
  version: number;
}>;

/** How many have a place, wait for one, and were there; of everybody, also of those whom the reader does not see. */
export type Seats = Readonly<{ booked: number; waiting: number; attended: number }>;
export type Counts = Readonly<Partial<Record<Way, Seats>>>;
export type Counted = Gathering & Readonly<{ counts: Counts }>;

/** Lines of an attendance list for those who come without having signed up. */
export const emptyLines = 8;

/** Names of people without a referral, and pictures of lists, are kept so many days after a session. */
export const daysKept = 90;

export const attendances = ['present', 'online', 'absent'] as const;
export type Attendance = (typeof attendances)[number];

/** Somebody's place. */
export type Place = Readonly<{
  id: string;
  gathering_id: string;
  way: Way;
  state: 'booked' | 'waiting' | 'cancelled';
  /** What they like to be called; of a person of a referral, the name in their record. */
  name: string;
  task_id: string | null;
  patient_id: string | null;
  walk_in: boolean;
  attended: Attendance | null;
  mail: string | null;
  phone: string | null;
  language: 'ja' | 'en';
  /** The person of a referral whom the body must not write to or call. */
  silent: boolean;
}>;

export const roomOf = (one: Pick<Gathering, 'room' | 'room_online'>, way: Way): number | null =>
  way === 'site' ? one.room : one.room_online;

/** The ways for which one can sign up. */
export const waysOf = (one: Pick<Gathering, 'room' | 'room_online'>): readonly Way[] =>
  (['site', 'online'] as const).filter((way) => roomOf(one, way) !== null);

/** Places left; 0 when full. */
export const leftOf = (one: Counted, way: Way): number =>
  Math.max(0, (roomOf(one, way) ?? 0) - (one.counts[way]?.booked ?? 0));

/** How many may wait for one way: as many as there are places, at least five; more would wait in vain. */
export const mostWaiting = (room: number): number => Math.max(5, room);

export const isOver = (one: Pick<Gathering, 'ends_at'>, now: Date): boolean => one.ends_at <= now;
/** Until it begins, places can be taken. */
export const takesPlaces = (one: Gathering, now: Date): boolean =>
  one.status === 'planned' && one.starts_at > now && waysOf(one).length > 0;

/** Talks with whoever drops in. */
export const ageBands = ['0-19', '20-39', '40-64', '65-74', '75-84', '85+', 'unknown'] as const;
export type AgeBand = (typeof ageBands)[number];
export const minuteSteps = [5, 15, 30, 60] as const;
export type DropIn = Readonly<{
  id: string;
  gathering_id: string;
  at: Date;
  topics: readonly string[];
  minutes: number;
  age_band: AgeBand;
  task_id: string | null;
}>;
