import { isId } from '../fhir/references.ts';
import { needOf } from '../programs/needs.ts';
import { isInterest, type Interest } from './interests.ts';
import { capacities, type Capacity } from './record.ts';

/** What somebody looks for. `need` and `area` are codes; `show`: all, the own group's, those of the area that are old. */
export type Search = Readonly<{
  typed: string;
  words: readonly string[];
  need: string | undefined;
  area: string | undefined;
  interest: Interest | undefined;
  capacity: Capacity | undefined;
  closed: boolean;
  show: 'all' | 'own' | 'old';
  page: number;
}>;

const most = 8;

/** Reads the query of the list's address. What it does not know it leaves out: an old bookmark still finds something. */
export function readSearch(query: Readonly<Record<string, unknown>>): Search {
  const one = (name: string): string => {
    const value = query[name];
    return typeof value === 'string'
      ? value
          .replaceAll(/\p{Cc}/gu, ' ')
          .trim()
          .slice(0, 100)
      : '';
  };
  const typed = one('words');
  const page = Number(one('page'));
  const area = one('area');
  const interest = one('interest');
  return {
    typed,
    words: typed
      .split(/[\s、，,・]+/u)
      .filter((word) => word !== '')
      .slice(0, most),
    need: needOf(one('need'))?.code,
    area: /^\d{6}$/.test(area) ? area : undefined,
    interest: isInterest(interest) ? interest : undefined,
    capacity: capacities.find((c) => c === one('capacity')),
    closed: one('closed') !== '',
    show: one('show') === 'own' ? 'own' : one('show') === 'old' ? 'old' : 'all',
    page: Number.isInteger(page) && page > 1 && page < 10_000 ? page : 1,
  };
}

/** Whether anything narrows the list. */
export const isNarrow = (s: Search): boolean =>
  s.words.length > 0 || s.closed || [s.need, s.area, s.interest, s.capacity].some((v) => v !== undefined);

/** The address of a list, with its page when that is not the first. */
export function searchHref(s: Partial<Search>, page = 1): string {
  const given: readonly (readonly [string, string | undefined])[] = [
    ['show', s.show === 'all' ? undefined : s.show],
    ['words', s.typed || undefined],
    ['need', s.need],
    ['area', s.area],
    ['interest', s.interest],
    ['capacity', s.capacity],
    ['closed', s.closed === true ? 'yes' : undefined],
    ['page', page > 1 ? String(page) : undefined],
  ];
  const query = new URLSearchParams(
    given.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  return query.size === 0 ? '/resources' : `/resources?${query.toString()}`;
}

/**
 * The way back to the search for somebody (`case`: the referral's id) with what was searched for and ticked there;
 * undefined for whoever comes from elsewhere.
 */
export function caseSearchHref(query: Readonly<Record<string, unknown>>): string | undefined {
  const { case: referral, search, resource } = query;
  if (!isId(referral)) return undefined;
  const back = new URLSearchParams(typeof search === 'string' ? search : '');
  back.delete('resource');
  for (const id of [resource].flat().filter(isId)) back.append('resource', id);
  return `/referrals/${referral}/resources${back.size === 0 ? '' : `?${back.toString()}`}`;
}

/** Where a group that was looked at in the search for somebody is asked, with those that were ticked there before. */
export function caseAskHref(query: Readonly<Record<string, unknown>>, id: string): string | undefined {
  const { case: referral, search, resource } = query;
  if (!isId(referral)) return undefined;
  const asked = new URLSearchParams({ search: typeof search === 'string' ? search : '' });
  for (const one of new Set([...[resource].flat().filter(isId), id])) asked.append('resource', one);
  return `/referrals/${referral}/requests?${asked.toString()}`;
}
