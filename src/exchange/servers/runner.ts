import type pg from 'pg';
import type { Seal } from '../../access/seal.ts';
import type { OpenRecords } from '../../fhir/records.ts';
import { Refused } from '../../kernel/problem.ts';
import type { Log } from '../../kernel/log.ts';
import type { Reach } from '../reach.ts';
import { makeClients, type Clients } from './client.ts';
import type { Elsewhere } from './elsewhere.ts';
import { faults } from './faults.ts';
import { meet } from './meet.ts';
import { Unwilling, type Fault } from './model.ts';
import { lookAt } from './poll.ts';
import { takeNew } from './take.ts';
import { heardFrom, takeServer, takeShared, told, unheardFrom, untold } from './queries.ts';

/** What working with servers of others takes besides the store. `base`: our FHIR base, without a slash at its end. */
export type Partnering = Readonly<{
  seal: Seal;
  reach: Reach;
  base: string;
  elsewhere: Elsewhere;
  now: () => Date;
}>;
type Needs = Omit<Partnering, 'seal' | 'reach' | 'now'> &
  Readonly<{
    clients: Clients;
    pool: pg.Pool;
    open: OpenRecords;
    log: Log;
    /** How often a server is asked what is new, in seconds. */
    every: number;
    isStopping: () => boolean;
  }>;

export const partnerClients = ({ reach, seal, now }: Partnering): Clients =>
  makeClients({ reach, seal, now });

/** Asks each server what is new, then brings what changed on either side into agreement. One that is down holds up only its own. */
export async function workWithPartners(needs: Needs): Promise<void> {
  const { pool, clients, log, every, isStopping } = needs;
  while (!isStopping()) {
    const polled = await takeServer(pool);
    if (!polled) break;
    try {
      const until = await lookAt(pool, clients, polled);
      if (polled.server.way === 'poll') await takeNew(needs, polled.server);
      await heardFrom(pool, polled.server, until, every);
    } catch (err) {
      const { fault } = faultOf(err);
      log.warn(
        { ...loggable(err, fault), server: polled.server.id },
        'a server of others could not be asked',
      );
      await unheardFrom(pool, polled.server, fault);
    }
  }
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (!isStopping()) {
        const shared = await takeShared(pool);
        if (!shared) return;
        try {
          await meet(needs, shared);
          await told(pool, shared);
        } catch (err) {
          const { fault, final } = faultOf(err);
          log.warn(
            { ...loggable(err, fault), referral: shared.id },
            'a referral could not be told to another server',
          );
          await untold(pool, shared, fault, final);
        }
      }
    }),
  );
}

/** Referrals that are told at the same moment: a server that is slow holds up few others. */
const atOnce = 3;

function faultOf(error: unknown): { fault: Fault; final: boolean } {
  if (error instanceof Unwilling) return { fault: error.fault, final: error.final };
  const problem = error instanceof Refused ? error.problem : undefined;
  // Somebody here was faster, or what is wrong with it is said in words.
  if (problem?.kind === 'invalid' && problem.issues[0]) return { fault: problem.issues[0].says, final: true };
  return { fault: faults.ourFault, final: false };
}

/** What another server says may name a person, and stays out of the log; a fault of ours is logged whole. */
const loggable = (error: unknown, fault: Fault): object =>
  error instanceof Unwilling || error instanceof Refused
    ? { why: fault.en, ...(error instanceof Unwilling ? { status: error.status } : {}) }
    : { err: error };
