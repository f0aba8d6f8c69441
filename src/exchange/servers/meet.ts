import { bring } from './bring.ts';
import { listen } from './listen.ts';
import { actorFor, isOpen, type Meeting, type MeetNeeds, type There } from './meeting.ts';
import { namesFor } from './names.ts';
import { pairsOf } from './partner-records.ts';
import { tellConsents, tellPerson, tellRelatives } from './person.ts';
import type { Shared } from './partner-tasks.ts';
import { statusNow } from './queries.ts';
import { tellReports } from './reports.ts';
import { say } from './say.ts';

/**
 * Brings one referral into agreement with the other server: it is made there if it is not there yet, what they say is taken
 * over here, what was said here is told there. Whatever was done before and broke off, the next time begins at the beginning
 * and leaves out what is done. `Unwilling` when something cannot be done now.
 */
export async function meet(needs: MeetNeeds, shared: Shared): Promise<void> {
  const { server } = shared;
  const { pool } = needs;
  const [partner, ours] = [
    await actorFor(pool, server.partner, shared.id),
    await actorFor(pool, server.organization, shared.id),
  ];
  const begun: Meeting = {
    ...needs,
    shared,
    them: needs.clients(server),
    names: namesFor(server, needs.base, shared.names, shared.also),
    partner,
    ours,
    side: server.way === 'push' ? 'sender' : 'receiver',
  };
  const there = await thereOf(begun);
  if (!there) return;
  // What was brought just now has names there that what follows speaks of.
  const isNew = shared.theirId === undefined;
  const names = isNew ? namesFor(server, needs.base, await pairsOf(pool, server), shared.also) : begun.names;
  const meeting: Meeting = { ...begun, names };
  // A withdrawal first: on a server that knows our rules all else follows from it.
  if (server.way === 'push') await tellConsents(meeting);
  const current = await listen(meeting, there);
  // It is over here, and they show it no more.
  if (!current) return;
  if (server.way === 'poll') await tellReports(meeting);
  await say(meeting, current);
  if (server.way === 'poll' || !isOpen((await statusNow(pool, shared.task)) ?? 'cancelled')) return;
  await tellPerson(meeting);
  await tellRelatives(meeting);
}

async function thereOf(meeting: Meeting): Promise<There | undefined> {
  const { theirId, theirVersion } = meeting.shared;
  if (theirId !== undefined) return { id: theirId, version: theirVersion };
  return bring(meeting);
}
