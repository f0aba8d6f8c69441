import type { Resource } from '../src/directory/record.ts';
import { interests as allInterests, type Interest } from '../src/directory/interests.ts';
import type { Outcome, Reason } from '../src/referral/workflow.ts';
import type { DemoPatient } from './patients.ts';
import { troubles, type Trouble } from './needs.ts';
import { dice, type Dice } from './random.ts';
import { inventRequests, wayOf, type DemoRequest } from './requests.ts';
import { schedule, stateOf, type CaseState } from './schedule.ts';
import type { DemoPost } from './staff.ts';
import {
  beforeCalling,
  beforeCallingYounger,
  contactTexts,
  notes,
  notesOfYounger,
  outcomeTexts,
  stops,
} from './phrases.ts';
import { stories } from './stories.ts';

export type Contact = Readonly<{ kind: keyof typeof contactTexts; at: Date; text: string }>;

/**
 * What happened with one patient, told in plain words; the loader lets the people of the demo do it, so that the records
 * come about as they do in daily work. Times never run backwards and none lies after `now`.
 */
export type DemoCase = Readonly<{
  patientId: string;
  clinicId: string;
  officeId: string;
  state: CaseState;
  /** What the answers to the questionnaire show. */
  troubles: readonly Trouble[];
  interests: readonly Interest[];
  urgency: 'routine' | 'urgent' | 'asap';
  /** Why the doctor asks; for the link worker. */
  reason: string;
  /** The medical note beside it. */
  note: string;
  doctorPostId: string;
  receptionPostId: string;
  /** Who has it in hand, from acceptance on. */
  workerPostId?: string;
  arrivedAt: Date;
  answeredAt?: Date;
  consentedAt?: Date;
  sentAt?: Date;
  acceptedAt?: Date;
  timeline: readonly Contact[];
  goals: readonly string[];
  requests: readonly DemoRequest[];
  /** Why it was declined, called off, given up or put on hold, and when. */
  stopped?: Readonly<{ code: Reason; text: string; at: Date }>;
  outcome?: Outcome;
  outcomeText?: string;
  closedAt?: Date;
}>;

/** One case a patient; the first thirteen show every state. */
export const inventCases = (
  seed: number,
  now: Date,
  patients: readonly DemoPatient[],
  posts: readonly DemoPost[],
  resources: readonly Resource[],
): DemoCase[] =>
  patients.map((patient, i) =>
    inventCase(dice(seed, `case ${String(i)}`), now, patient, i, posts, resources),
  );

function inventCase(
  random: Dice,
  now: Date,
  patient: DemoPatient,
  i: number,
  posts: readonly DemoPost[],
  resources: readonly Resource[],
): DemoCase {
  const state = stateOf(i);
  const times = schedule(random, now, state);
  const has = inventTroubles(random, patient);
  const likes = random.some(Object.keys(allInterests) as Interest[], random.whole(1, 4));
  const at = (organization: string, role: string) =>
    posts.filter((p) => p.organizationId === organization && p.role === role);
  // Who leads an office has the most in hand; a resident link worker has a few.
  const [lead, ...others] = at(patient.office.id, 'linkworker');
  const team = [...others, ...others, ...at(patient.office.id, 'neighbour')];
  const workers = lead ? [...team.map(() => lead), ...team] : team;
  const linked = ['linked', 'completed'].includes(state);
  const planned = linked || ['in-progress', 'on-hold'].includes(state);
  const outcome = state === 'completed' ? random.pick(outcomes) : undefined;
  const met = times.contacts.some((c) => c.kind === 'reached' || c.kind === 'visited');
  const why: string = state === 'failed' && !met ? 'unreachable' : state;
  const stop = isStop(why) ? random.pick<readonly [Reason, string]>(stops[why]) : undefined;
  const requests =
    linked || (state === 'in-progress' && random.chance(0.7))
      ? inventRequests(random, patient, has, likes, resources, times, state, now)
      : [];
  const used = resources.find((r) => r.id === requests[0]?.resourceId);
  const said = inventTexts(random);
  return {
    patientId: patient.id,
    clinicId: patient.clinic.id,
    officeId: patient.office.id,
    state,
    troubles: state === 'none' ? [] : has,
    interests: state === 'none' ? [] : likes,
    urgency: random.chance(0.08) ? 'asap' : random.chance(0.18) ? 'urgent' : 'routine',
    reason: `${household(random, patient.age, has)}${random.pick(stories[has[0]].reasons)}${has[1] ? stories[has[1]].also : ''}${patient.abroad ? '日本語の読み書きに困っています。' : ''}`,
    note:
      patient.age < 50
        ? `${random.pick(notesOfYounger)}${random.pick(beforeCallingYounger)}`
        : `${random.pick(notes)}${random.pick(beforeCalling)}`,
    doctorPostId: at(patient.clinic.id, 'doctor')[0]?.postId ?? '',
    receptionPostId: at(patient.clinic.id, 'reception')[0]?.postId ?? '',
    ...(times.acceptedAt && workers.length > 0 ? { workerPostId: random.pick(workers).postId } : {}),
    arrivedAt: times.arrivedAt,
    ...(times.answeredAt ? { answeredAt: times.answeredAt } : {}),
    ...(times.consentedAt ? { consentedAt: times.consentedAt } : {}),
    ...(times.sentAt ? { sentAt: times.sentAt } : {}),
    ...(times.acceptedAt ? { acceptedAt: times.acceptedAt } : {}),
    timeline: times.contacts.map(({ kind, at: when }) => ({ kind, at: when, text: said(kind) })),
    goals: planned
      ? random.some(
          has.flatMap((t) => (t ? stories[t].goals : [])),
          random.whole(1, 2),
        )
      : [],
    requests,
    ...(stop && times.stoppedAt ? { stopped: { code: stop[0], text: stop[1], at: times.stoppedAt } } : {}),
    ...(outcome
      ? { outcome, outcomeText: random.pick<string>(outcomeTexts[outcome][used ? wayOf(used) : 'use']) }
      : {}),
    ...(times.closedAt ? { closedAt: times.closedAt } : {}),
  };
}

const outcomes = [
  'achieved',
  'achieved',
  'connected',
  'connected',
  'connected',
  'partly',
  'partly',
  'not-achieved',
] as const;

/** What family doctors see most comes up most often. */
const common: readonly Trouble[] = [
  'social-connection',
  'social-connection',
  'frailty',
  'frailty',
  'financial-insecurity',
  'transportation-insecurity',
  'daily-living',
  'care-burden',
  'stress',
  'role-purpose',
];

/** One to three troubles that fit the age. */
function inventTroubles(random: Dice, patient: DemoPatient): readonly [Trouble, ...Trouble[]] {
  const fits = (t: Trouble) => patient.age >= stories[t].ages[0] && patient.age <= stories[t].ages[1];
  const pick = () => random.pick((random.chance(0.6) ? common : troubles).filter(fits));
  const first = pick();
  const more = Array.from({ length: random.whole(0, 2) }, pick);
  return [first, ...new Set(more.filter((t) => t !== first))];
}

const isStop = (state: string): state is keyof typeof stops => Object.hasOwn(stops, state);

/** With whom somebody lives, so that it agrees with the troubles told after it. */
function household(random: Dice, age: number, has: readonly Trouble[]): string {
  if (has.some((t) => t === 'child-rearing' || t === 'care-burden')) return '';
  if (has.some((t) => t === 'no-relative' || t === 'social-connection' || t === 'daily-living'))
    return random.pick(['ひとり暮らしです。', 'ひとり暮らしです。', '']);
  return random.pick(
    age >= 65
      ? ['ひとり暮らしです。', '夫婦二人暮らしです。', '息子と二人暮らしです。', '']
      : ['ひとり暮らしです。', '親と同居しています。', '家族4人暮らしです。', ''],
  );
}

/** Texts that don't repeat within a case as long as there are others. */
function inventTexts(random: Dice): (kind: Contact['kind']) => string {
  const used: string[] = [];
  return (kind) => {
    const { first, later } = contactTexts[kind];
    const list: readonly string[] = used.some((text) => (first as readonly string[]).includes(text))
      ? later
      : first;
    const left = list.filter((text) => !used.includes(text));
    const text = random.pick(left.length > 0 ? left : list);
    used.push(text);
    return text;
  };
}
