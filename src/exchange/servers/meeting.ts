import type { Task } from '@medplum/fhirtypes';
import type pg from 'pg';
import type { OpenRecords } from '../../fhir/records.ts';
import type { Actor, Role } from '../../kernel/actor.ts';
import type { Clients, Theirs } from './client.ts';
import type { Elsewhere } from './elsewhere.ts';
import type { Names } from './names.ts';
import type { Shared } from './partner-tasks.ts';
import { kindOf } from './queries.ts';

export type MeetNeeds = Readonly<{
  pool: pg.Pool;
  open: OpenRecords;
  clients: Clients;
  elsewhere: Elsewhere;
  /** Our FHIR base. */
  base: string;
  now: () => Date;
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
