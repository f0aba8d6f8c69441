import { makeReach, type ReachNeeds } from '../../reach.ts';

export type Post = (
  to: Readonly<{ endpoint: string; headers: Readonly<Record<string, string>>; body: string }>,
) => Promise<number>;

const patience = 10_000;

/** Sends, and gives the status of the answer, of which nothing more is read. */
export function makeRestHook(needs: Pick<ReachNeeds, 'mayBeHere' | 'resolve'>): Post {
  const reach = makeReach({ ...needs, patience, mostBytes: 0 });
  return async ({ endpoint, headers, body }) =>
    (
      await reach({
        method: 'POST',
        address: endpoint,
        headers: { ...headers, 'Content-Type': 'application/fhir+json' },
        body,
      })
    ).status;
}
