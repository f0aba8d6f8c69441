import type { Resource } from '../directory/record.ts';
import { isInterest, interests as allInterests } from '../directory/interests.ts';
import type { Records } from '../fhir/records.ts';
import { rank, type Ranked, type Wish } from '../matching/rank.ts';
import { candidates } from './queries.ts';

/** What a search for resources returns at most: more is no longer a choice. */
const mostShown = 40;

/**
 * Resources for a person, best first. With needs, interests or words chosen, only those that answer to at least one of
 * them; without, everything that takes people from there.
 */
export async function findResources(records: Records, wish: Wish): Promise<Ranked[]> {
  const ranked = rank(wish, await candidates(records, wish), records.now);
  const isAsked = wish.needs.length > 0 || wish.interests.length > 0 || (wish.words ?? '') !== '';
  return ranked.filter((one) => !isAsked || one.reasons.some(isWanted)).slice(0, mostShown);
}

const isWanted = ({ kind }: Ranked['reasons'][number]): boolean =>
  kind === 'need' || kind === 'interest' || kind === 'word';

/** Interests in answers to a form: those option codes that are interests of the directory. */
export const interestsIn = (values: readonly string[]): string[] =>
  [...new Set(values)].filter((value) => isInterest(value));

export const interestNames = allInterests;

/** Days since somebody last said that an entry is right; undefined when nobody ever did. */
export function assuredDays(resource: Pick<Resource, 'assured'>, now: Date): number | undefined {
  if (resource.assured === undefined) return undefined;
  return Math.max(
    0,
    Math.floor((now.getTime() - Date.parse(`${resource.assured}T00:00:00+09:00`)) / 86_400_000),
  );
}
