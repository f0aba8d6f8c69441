import type pg from 'pg';
import type { Clients, Held } from './client.ts';
import { changedThere, type Polled } from './queries.ts';

/** Pages of one look; what is beyond them comes with the next. */
const mostPages = 10;
/** Transactions there may end later than they began: what was looked at is looked at again for so long. */
const overlap = 120_000;

/**
 * Asks a server which tasks between the two have changed since the last look, by its own clock. What we share is met again;
 * returned are the tasks themselves, and until when has been seen.
 */
export async function lookAt(
  pool: pg.Pool,
  clients: Clients,
  { server, seenUntil }: Polled,
): Promise<{ tasks: Held[]; until: string | undefined }> {
  const them = clients(server);
  const [owner, requester] =
    server.way === 'push' ? [server.theirId, server.ourId] : [server.ourId, server.theirId];
  const from = seenUntil === undefined ? undefined : new Date(Date.parse(seenUntil) - overlap).toISOString();
  const since = from === undefined ? '' : `&_lastUpdated=ge${encodeURIComponent(from)}`;
  let next: string | undefined =
    `/Task?owner=Organization/${owner}&requester=Organization/${requester}${since}&_sort=_lastUpdated&_count=100`;
  const tasks: Held[] = [];
  for (let page = 1; next !== undefined && page <= mostPages; page += 1) {
    const { found, next: more } = await them.search(next);
    tasks.push(...found.filter((one) => one.resourceType === 'Task'));
    next = more;
  }
  await changedThere(
    pool,
    server,
    tasks.map((one) => ({ id: one.id, version: one.meta?.versionId ?? '' })),
  );
  const until = tasks
    .flatMap((one) =>
      Number.isNaN(Date.parse(one.meta?.lastUpdated ?? '')) ? [] : (one.meta?.lastUpdated ?? ''),
    )
    .toSorted((a, b) => Date.parse(a) - Date.parse(b))
    .at(-1);
  return { tasks, until };
}
