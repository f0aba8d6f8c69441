import { monthsSince, staleAfter } from '../directory/freshness.ts';
import type { Resource } from '../directory/record.ts';
import { asIs, type Sentence } from '../kernel/sentence.ts';
import { distance, type Point } from './place.ts';
import { text } from './text.ts';
import { wordsOf, wordsFound } from './words.ts';

/** What a person needs, likes and where they live. `words` is free text, such as 「体操 朝」. */
export type Wish = Readonly<{
  needs: readonly Readonly<{ system: string; code: string }>[];
  /** Codes of `systems.interest`. */
  interests: readonly string[];
  /** Municipality code of the home. */
  municipality: string;
  /** The municipalities that are looked through; left out, that of the home. */
  within?: readonly string[];
  place?: Point;
  words?: string;
}>;

/** Why a resource stands where it stands; first what speaks for it, then what to mind. */
export type Reason =
  | Readonly<{ kind: 'need'; system: string; code: string }>
  | Readonly<{ kind: 'interest'; code: string }>
  | Readonly<{ kind: 'word'; word: string }>
  | Readonly<{ kind: 'near'; km: number }>
  | Readonly<{ kind: 'area' | 'full' | 'waiting' }>
  /** Months since somebody last said that the entry is right; without a number nobody ever did. */
  | Readonly<{ kind: 'stale'; months?: number }>;

export type Ranked = Readonly<{ resource: Resource; score: number; reasons: readonly Reason[] }>;

/** What counts how much. Changing the order of the table changes the order of the list. */
const weights = {
  /** A need met is why the person was referred: one outweighs nearness and area together. */
  need: 20,
  /** People keep going where they like it; two interests are worth about half a need. */
  interest: 5,
  /** What was typed is meant, but words are found by accident too. */
  word: 5,
  /** At the door 6, falling evenly to 0 at `reach`: half an hour's bus ride decides whether an older person goes. */
  near: 6,
  /** Made for the people of this municipality, rather than for everybody. */
  area: 1,
  /** Worth asking, but after the like of it that has room. */
  waiting: -4,
  /** May have moved or ended; a call tells, so it only loses among equals. */
  stale: -2,
  /** Below everything that has room, however well it fits: sending somebody there ends in a refusal. It stays in sight, since places come free. */
  full: -10_000,
};

/** Beyond this many km a place is not near, and distance no longer counts. */
const reach = 10;

/**
 * The active resources that take people from this municipality, or those looked through (or from everywhere: no areas named), best first.
 * `now` is the present moment, for the age of entries. Pure: the same wish and resources give the same order, whatever
 * order they come in; equals stand by distance, freshness, name and id.
 */
export const rank = (wish: Wish, resources: readonly Resource[], now: Date): Ranked[] =>
  resources
    .filter(
      (resource) =>
        resource.active && (wish.within ?? [wish.municipality]).some((one) => serves(resource, one)),
    )
    .map((resource) => judge(wish, resource, now))
    .toSorted(
      (a, b) =>
        b.score - a.score ||
        kmOf(a) - kmOf(b) ||
        compare(b.resource.assured ?? '', a.resource.assured ?? '') ||
        compare(a.resource.name, b.resource.name) ||
        compare(a.resource.id, b.resource.id),
    );

/** A reason in words. `nameOf` gives the name of a need or interest; without it the code stands there. */
export function reasonSentence(
  reason: Reason,
  nameOf: (named: Extract<Reason, { kind: 'need' | 'interest' }>) => Sentence = ({ code }) => asIs(code),
): Sentence {
  switch (reason.kind) {
    case 'need':
      return text.need(nameOf(reason));
    case 'interest':
      return text.interest(nameOf(reason));
    case 'word':
      return text.word(reason.word);
    case 'near':
      return reason.km < 0.1 ? text.veryNear : text.near(reason.km.toFixed(1));
    case 'area':
      return text.area;
    case 'full':
      return text.full;
    case 'waiting':
      return text.waiting;
    case 'stale':
      return reason.months === undefined ? text.neverAssured : text.stale(reason.months);
  }
}

const serves = (resource: Resource, municipality: string): boolean =>
  resource.areas.length === 0 || resource.areas.includes(municipality);

function judge(wish: Wish, resource: Resource, now: Date): Ranked {
  const reasons = reasonsFor(wish, resource, now);
  return { resource, reasons, score: reasons.reduce((sum, reason) => sum + weigh(reason), 0) };
}

function reasonsFor(wish: Wish, resource: Resource, now: Date): Reason[] {
  const needs = resource.needs.map(needKey);
  const km = kmBetween(wish.place, resource.place);
  const months = resource.assured === undefined ? undefined : monthsSince(resource.assured, now);
  return [
    ...distinct(wish.needs, needKey)
      .filter((need) => needs.includes(needKey(need)))
      .map(({ system, code }): Reason => ({ kind: 'need', system, code })),
    ...distinct(wish.interests, (code) => code)
      .filter((code) => resource.interests.includes(code))
      .map((code): Reason => ({ kind: 'interest', code })),
    ...wordsFound(wordsOf(wish.words ?? ''), resource).map((word): Reason => ({ kind: 'word', word })),
    ...(km === undefined || km > reach ? [] : [{ kind: 'near', km } as const]),
    ...(resource.areas.includes(wish.municipality) ? [{ kind: 'area' } as const] : []),
    ...(resource.capacity === 'no-capacity' ? [{ kind: 'full' } as const] : []),
    ...(resource.capacity === 'waitlist' ? [{ kind: 'waiting' } as const] : []),
    ...(months === undefined
      ? [{ kind: 'stale' } as const]
      : months >= staleAfter
        ? [{ kind: 'stale', months } as const]
        : []),
  ];
}

const weigh = (reason: Reason): number =>
  reason.kind === 'near' ? weights.near * (1 - reason.km / reach) : weights[reason.kind];

const kmOf = ({ reasons }: Ranked): number => reasons.find((r) => r.kind === 'near')?.km ?? Infinity;

/** In steps of 100 m: what the reason says is what counted. */
function kmBetween(home: Point | undefined, place: Partial<Point> | undefined): number | undefined {
  if (home === undefined || place?.lat === undefined || place.lon === undefined) return undefined;
  return Math.round(distance(home, { lat: place.lat, lon: place.lon }) * 10) / 10;
}

const needKey = (need: Readonly<{ system: string; code: string }>): string => `${need.system}|${need.code}`;

const distinct = <T>(list: readonly T[], keyOf: (item: T) => string): T[] => [
  ...new Map(list.map((item) => [keyOf(item), item])).values(),
];

/** By code point: the same on every machine, unlike the order of a locale. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
