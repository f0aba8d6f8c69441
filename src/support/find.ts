import type { Records } from '../fhir/records.ts';
import { rank, type Ranked, type Wish } from '../matching/rank.ts';
import { candidates } from './queries.ts';

/** What a search for resources returns at most: more is no longer a choice. */
const mostShown = 20;

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
