import type { Interest } from '../../src/directory/interests.ts';
import type { Resource } from '../../src/directory/record.ts';
import type { Helped } from '../needs.ts';

/** A kind of community resource; `{m}` stands for the municipality, `{t}` for a town in it. */
export type ResourceKind = Readonly<{
  name: string;
  kana: string;
  /** Who runs it. The same body may run several. */
  body: string;
  summary: string;
  needs: readonly Helped[];
  interests: readonly Interest[];
  views: Resource['views'];
  kind: Resource['kind'];
  /** Where it happens; nothing for what comes to the home or is on the telephone. */
  place?: string;
  fee: string;
  availability: string;
  eligibility: string;
  appointment: boolean;
  /** Takes people of the whole prefecture; otherwise of one municipality or a few. */
  wide?: true;
}>;

/** Tells a kind in short: who, what in words, which troubles and interests, and how it is entered. */
export const kind = (
  [name, kana, body]: readonly [string, string, string],
  [summary, fee, availability, eligibility]: readonly [string, string, string, string],
  needs: readonly Helped[],
  interests: readonly Interest[],
  more: Pick<ResourceKind, 'views' | 'kind'> & Readonly<{ place?: string; appointment?: true; wide?: true }>,
): ResourceKind => ({
  name,
  kana,
  body,
  summary,
  fee,
  availability,
  eligibility,
  needs,
  interests,
  ...more,
  appointment: more.appointment ?? false,
});

/** An activity people join. */
export const join = { views: ['join'], kind: 'informal' } as const;
/** A service people use. */
export const use = { views: ['use'], kind: 'formal' } as const;
