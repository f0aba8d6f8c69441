import type { Task } from '@medplum/fhirtypes';
import type pg from 'pg';
import type { OpenRecords } from '../../fhir/records.ts';
import type { Actor, Role } from '../../kernel/actor.ts';
import { bring } from './bring.ts';
import type { Clients, Theirs } from './client.ts';
import type { Elsewhere } from './elsewhere.ts';
import { listen } from './listen.ts';
import { namesFor, type Names } from './names.ts';
import { tellConsents, tellPerson } from './person.ts';
import { kindOf, stepsOf, type Shared } from './queries.ts';
import { tellReports } from './reports.ts';
import { say } from './say.ts';

export type MeetNeeds = Readonly<{
  pool: pg.Pool;
  open: OpenRecords;
  clients: Clients;
  elsewhere: Elsewhere;
  /** Our FHIR base. */
  base: string;
}>;

/** One referral or request and the server that has it too. */
export type Meeting = MeetNeeds &
  Readonly<{
    shared: Shared;
    them: Theirs;
    names: Names;
    /** The body whose server it is, and ours: in whose names records are opened. */
    partner: Actor;
    ours: Actor;
    /** On which side of the task ours is. */
    side: 'sender' | 'receiver';
  }>;

export type There = Readonly<{ id: string; version: string | undefined }>;

/**
 * Brings one referral into agreement with the other server: it is made there if it is not there yet, what they say is taken
 * over here, what was said here is told there. Whatever was done before and broke off, the next time begins at the beginning
 * and leaves out what is done. `Unwilling` when something cannot be done now.
 */
export async function meet(needs: MeetNeeds, shared: Shared): Promise<void> {
  const { server } = shared;
  const [partner, ours] = [
    await actorFor(needs.pool, server.partner, shared.id),
    await actorFor(needs.pool, server.organization, shared.id),
  ];
  const meeting: Meeting = {
    ...needs,
    shared,
    them: needs.clients(server),
    names: namesFor(server, needs.base, shared.names, shared.also),
    partner,
    ours,
    side: server.way === 'push' ? 'sender' : 'receiver',
  };
  const there = await thereOf(meeting);
  if (!there) return;
  // A withdrawal first: on a server that knows our rules all else follows from it.
  if (server.way === 'push') await tellConsents(meeting);
  const current = await listen(meeting, there);
  if (server.way === 'poll') await tellReports(meeting);
  await say(meeting, current);
  if (server.way === 'push' && isOpen((await statusNow(meeting)) ?? 'cancelled')) await tellPerson(meeting);
}

async function thereOf(meeting: Meeting): Promise<There | undefined> {
  const { theirId, theirVersion } = meeting.shared;
  if (theirId !== undefined) return { id: theirId, version: theirVersion };
  return bring(meeting);
}

const statusNow = async ({ pool, shared }: Meeting): Promise<Task['status'] | undefined> =>
  (await stepsOf(pool, shared.task)).at(-1)?.status;

export const isOpen = (status: Task['status']): boolean =>
  ['requested', 'accepted', 'in-progress', 'on-hold'].includes(status);

const roles: Readonly<Record<string, Role>> = {
  clinic: 'doctor',
  office: 'linkworker',
  resource: 'resource',
};

/** Who acts for a body when its server says something, or reads what is to be sent there: no more than the body itself could. */
export async function actorFor(pool: pg.Pool, organization: string, about: string): Promise<Actor> {
  const kind = await kindOf(pool, organization);
  return { role: roles[kind ?? ''] ?? 'system', organization, via: 'job', request: `partner ${about}` };
}
