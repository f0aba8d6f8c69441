import type pg from 'pg';
import { markOf, type Clients, type Held, type Theirs } from './client.ts';
import type { Server } from './model.ts';
import type { Polled } from './partner-servers.ts';
import { changedThere, openThere } from './partner-tasks.ts';

/** Pages of one look; what is beyond them comes with the next. */
const mostPages = 10;
/** Transactions there may end later than they began: what was looked at is looked at again for so long. */
const overlap = 120_000;

/**
 * Records of one type at an address of theirs, page after page; `all`: there is no more. A page that leads back to one that
 * was read already leads nowhere.
 */
export async function allOf(
  them: Theirs,
  type: string,
  first: string,
): Promise<{ records: Held[]; all: boolean }> {
  const records: Held[] = [];
  const read = new Set<string>();
  let next: string | undefined = first;
  while (next !== undefined && !read.has(next) && read.size < mostPages) {
    read.add(next);
    const { found, next: more } = await them.search(next);
    records.push(...found.filter((one) => one.resourceType === type));
    next = more;
  }
  return { records, all: next === undefined };
}

/**
 * Asks a server which tasks between the two have changed since the last look, by its own clock. What we share is met again.
 * Returns until when has been seen.
 */
export async function lookAt(
  pool: pg.Pool,
  clients: Clients,
  { server, seenUntil }: Polled,
): Promise<string | undefined> {
  const them = clients(server);
  const [owner, requester] =
    server.way === 'push' ? [server.theirId, server.ourId] : [server.ourId, server.theirId];
  const from = seenUntil === undefined ? undefined : new Date(Date.parse(seenUntil) - overlap).toISOString();
  const since = from === undefined ? '' : `&_lastUpdated=ge${encodeURIComponent(from)}`;
  const between = `/Task?owner=Organization/${owner}&requester=Organization/${requester}`;
  const { records: tasks } = await allOf(them, 'Task', `${between}${since}&_sort=_lastUpdated&_count=100`);
  await changedThere(
    pool,
    server,
    tasks.map((one) => ({ id: one.id, version: markOf(one) ?? '' })),
  );
  if (server.way === 'poll') await missOthers(pool, server, them, between);
  return newestOf(tasks, Date.now());
}

const day = 86_400_000;
/**
 * The newest change, by their clock, and never later than now by ours: a clock that is wrong there must not let us miss what
 * comes after. What is far ahead or before there was FHIR is no time at all.
 */
export function newestOf(records: readonly Held[], now: number): string | undefined {
  const times = records
    .map((one) => Date.parse(one.meta?.lastUpdated ?? ''))
    .filter((at) => at > Date.parse('2010-01-01') && at < now + day);
  return times.length === 0 ? undefined : new Date(Math.min(Math.max(...times), now)).toISOString();
}

/** What we fetched and are no longer shown, as after a withdrawal there, is met again: nobody says so by itself. */
async function missOthers(pool: pg.Pool, server: Server, them: Theirs, between: string): Promise<void> {
  const known = await openThere(pool, server);
  if (known.length === 0) return;
  const { records: tasks, all } = await allOf(
    them,
    'Task',
    `${between}&status=requested,accepted,in-progress,on-hold&_count=100`,
  );
  const shown = new Set(tasks.map((one) => one.id));
  const missed = known.filter((id) => !shown.has(id));
  if (all && missed.length > 0)
    await changedThere(
      pool,
      server,
      missed.map((id) => ({ id, version: '' })),
    );
}
