import type { OpenRecords, Records } from '../../../src/fhir/records.ts';
import type { Actor } from '../../../src/kernel/actor.ts';
import type { Cast, Person } from './people.ts';
import type { Who } from './rules.ts';
import { Undone } from './ways.ts';

/** Somebody, and whom they look at; `n` tells them apart where each asks for a part. */
export type Looking = Readonly<{
  name: string;
  who: Who;
  actor: Actor;
  people: readonly Person[];
  n: number;
}>;

/**
 * Everybody looks at everybody; the bearers of links at the person of the link, and at another. Of these, those of every
 * fourth person, another four each `turn`.
 */
export const everyLook = (cast: Cast, turn?: number): Looking[] => [
  ...cast.lookers.map((looker, n) => ({ ...looker, people: cast.people, n })),
  ...cast.people.flatMap((person, n) =>
    turn !== undefined && (n + turn) % 4 !== 0
      ? []
      : cast.bearersOf(person).map((bearer) => ({ ...bearer, people: [person], n })),
  ),
];

/** What `work` finds for somebody; whatever it did is taken back. */
export async function looked<T>(
  { open }: Readonly<{ open: OpenRecords }>,
  { actor }: Looking,
  work: (records: Records) => Promise<T>,
): Promise<T> {
  const found: T[] = [];
  try {
    await open(actor, async (records) => {
      found.push(await work(records));
      throw new Undone();
    });
  } catch (error) {
    if (!(error instanceof Undone)) throw error;
  }
  const [result] = found;
  return result as T;
}
