import type { Interest } from '../src/directory/interests.ts';
import type { Resource } from '../src/directory/record.ts';
import type { Trouble } from './needs.ts';
import { answers } from './phrases.ts';
import type { DemoPatient } from './patients.ts';
import type { Dice } from './random.ts';
import { inOrder, type CaseState, type Schedule } from './schedule.ts';

/** A request of the link worker to a community resource. */
export type DemoRequest = Readonly<{
  resourceId: string;
  organizationId: string;
  state: 'requested' | 'accepted' | 'rejected' | 'completed';
  sentAt: Date;
  /** When the resource answered or it was over; the sending while nobody answered. */
  at: Date;
  /** What the resource said. */
  text?: string;
}>;

/** One to three requests to resources that take people from there and help with one of the troubles, if any do. */
export function inventRequests(
  random: Dice,
  patient: DemoPatient,
  has: readonly Trouble[],
  likes: readonly Interest[],
  resources: readonly Resource[],
  times: Schedule,
  state: CaseState,
  today: Date,
): DemoRequest[] {
  const lives = patient.person.municipalityCode;
  const near = resources.filter((r) => r.active && r.areas.includes(lives));
  const helpful = near.filter((r) => r.needs.some((n) => (has as readonly string[]).includes(n.code)));
  // A small place may have nothing for the trouble itself; company does good all the same.
  const fit = helpful.length > 0 ? helpful : near;
  const liked = fit.filter((r) => r.interests.some((i) => (likes as readonly string[]).includes(i)));
  const [demos] = resources as readonly [Resource, ...Resource[]];
  // The demo's own resource is asked often, so that whoever signs in for it finds something.
  const often = fit.filter(
    (r) => r.organizationId === demos.organizationId && random.chance(state === 'in-progress' ? 1 : 0.6),
  );
  const [first] = often.length > 0 ? often : random.some(liked.length > 0 ? liked : fit, 1);
  if (first === undefined) return [];
  const second = random.chance(0.45)
    ? random.some(
        fit.filter((r) => r.organizationId !== first.organizationId),
        1,
      )
    : [];
  const met =
    times.contacts.find((c) => c.kind === 'visited' || c.kind === 'reached')?.at ?? times.acceptedAt;
  const end = times.closedAt ?? times.contacts.at(-1)?.at;
  if (met === undefined || end === undefined || end <= met) return [];
  const asked = [first, ...second];
  const open = state === 'in-progress' || state === 'linked';
  const waiting =
    open && demos.areas.includes(lives) && !asked.includes(demos) && random.chance(0.5) ? [demos] : [];
  return [...asked, ...waiting].map((resource, i) => {
    const [early, answeredAt] = inOrder(random, met, end, 3) as [Date, Date, Date];
    const now = waiting.includes(resource) ? 'requested' : stateOfRequest(random, state, i);
    const sentAt = now === 'requested' ? lately(early, today) : early;
    const text = answerOf(random, now, resource);
    return {
      resourceId: resource.id,
      organizationId: resource.organizationId,
      state: now,
      sentAt,
      at: now === 'requested' ? sentAt : answeredAt,
      ...(text ? { text } : {}),
    };
  });
}

/** The same weekday and hour, within the last week: nobody lets a request wait for months. */
function lately(at: Date, today: Date): Date {
  const week = 7 * 86_400_000;
  return new Date(at.getTime() + Math.max(0, Math.floor((today.getTime() - at.getTime()) / week)) * week);
}

/**
 * Whoever is closed has no open request, whoever is linked is welcome somewhere, and whoever is still being worked with
 * waits for an answer.
 */
function stateOfRequest(random: Dice, state: CaseState, i: number): DemoRequest['state'] {
  if (state === 'completed') return i > 0 && random.chance(0.4) ? 'rejected' : 'completed';
  if (state === 'in-progress') return i > 0 ? 'rejected' : 'requested';
  return i === 0 ? 'accepted' : random.pick(['requested', 'requested', 'rejected', 'accepted'] as const);
}

function answerOf(random: Dice, state: DemoRequest['state'], resource: Resource): string | undefined {
  if (state === 'requested') return undefined;
  return random.pick<string>(state === 'completed' ? answers.completed[wayOf(resource)] : answers[state]);
}

/** Whether people join in there or are helped. */
export const wayOf = (resource: Resource): 'join' | 'use' =>
  resource.views.includes('join') ? 'join' : 'use';
