import type pg from 'pg';
import type { Seal } from '../../access/seal.ts';
import type { OpenRecords } from '../../fhir/records.ts';
import { Refused } from '../../kernel/problem.ts';
import type { Log } from '../../kernel/log.ts';
import type { Reach } from '../reach.ts';
import { makeClients, type Clients } from './client.ts';
import type { Elsewhere } from './elsewhere.ts';
import { faults } from './faults.ts';
import type { OwnKeys } from './keys.ts';
import { meet } from './meet.ts';
import { Unwilling, type Fault } from './model.ts';
import { lookAgain } from './again.ts';
import { lookAt } from './poll.ts';
import { keepSubscribed } from './subscribe.ts';
import { takeNew } from './take.ts';
import { heardFrom, takeServer, unheardFrom, type Polled } from './partner-servers.ts';
import { giveBack, takeShared, told, untold, type Shared } from './partner-tasks.ts';

/** What working with servers of others takes besides the store. `base`: our FHIR base, without a slash at its end. */
export type Partnering = Readonly<{
  seal: Seal;
  reach: Reach;
  base: string;
  elsewhere: Elsewhere;
  keys: OwnKeys;
  /** The address at which a server rings. */
  bell: (server: string) => string;
  now: () => Date;
}>;
type Needs = Omit<Partnering, 'seal' | 'reach' | 'keys'> &
  Readonly<{
    clients: Clients;
    pool: pg.Pool;
    open: OpenRecords;
    log: Log;
    /** How often a server is asked what is new, in seconds. */
    every: number;
    isStopping: () => boolean;
  }>;

export const partnerClients = ({ reach, seal, keys, now }: Partnering): Clients =>
  makeClients({ reach, seal, keys, now });

/**
 * Asks each server what is new, and brings what changed on either side into agreement: several servers at the same moment, each
 * by one worker, so that one that is slow or down holds up only its own.
 */
export async function workWithPartners(needs: Needs): Promise<void> {
  const { pool, isStopping } = needs;
  const busy = new Map<string, Promise<void>>();
  const spent = new Map<string, number>();
  const start = (address: string, work: (clients: Clients) => Promise<void>): void => {
    const since = performance.now();
    const isOver = (): boolean => isStopping() || performance.now() - since > mostTime;
    const done = work(within(needs.clients, isOver)).finally(() => {
      busy.delete(address);
      spent.set(address, (spent.get(address) ?? 0) + performance.now() - since);
    });
    busy.set(address, done);
  };
  try {
    while (!isStopping()) {
      if (busy.size < serversAtOnce) {
        const not = [...busy.keys(), ...[...spent].flatMap(([at, time]) => (time > mostTime ? at : []))];
        const polled = await takeServer(pool, not);
        const shared = polled ? undefined : await takeShared(pool, not);
        if (polled) start(polled.server.address, (clients) => ask({ ...needs, clients }, polled));
        if (shared) start(shared.server.address, (clients) => tell({ ...needs, clients }, shared));
        if (polled ?? shared) continue;
      }
      if (busy.size === 0) return;
      await Promise.race(busy.values());
    }
  } finally {
    await Promise.allSettled(busy.values());
  }
}

/** Servers that are worked with at the same moment. */
const serversAtOnce = 4;
/** How long one server is worked with in one turn, in ms. */
const mostTime = 60_000;

/** Nothing more is asked once the time is over. */
const within =
  (clients: Clients, isOver: () => boolean): Clients =>
  (server) => {
    const them = clients(server);
    const inTime =
      <A extends readonly unknown[], R>(asked: (...given: A) => Promise<R>) =>
      async (...given: A): Promise<R> => {
        if (isOver()) throw new Unwilling(faults.slow);
        return asked(...given);
      };
    return {
      metadata: inTime(them.metadata),
      token: inTime(them.token),
      read: inTime(them.read),
      search: inTime(them.search),
      transaction: inTime(them.transaction),
      update: inTime(them.update),
      create: inTime(them.create),
    };
  };

async function ask(needs: Needs, polled: Polled): Promise<void> {
  const { pool, clients, log, every, isStopping } = needs;
  try {
    const until = await lookAt(pool, clients, polled);
    if (polled.server.way === 'poll') {
      await takeNew(needs, polled.server);
      await lookAgain(needs, polled.server);
    }
    await keepSubscribed(needs, polled.server);
    await heardFrom(pool, polled.server, until, every);
  } catch (err) {
    // What breaks off because we stop is no failure of theirs: it is taken up again by whoever comes next.
    if (isStopping()) return giveBack(pool, 'partner_server', polled.server.id);
    const { fault } = faultOf(err);
    log.warn({ ...loggable(err, fault), server: polled.server.id }, 'a server of others could not be asked');
    await unheardFrom(pool, polled.server, fault);
  }
}

async function tell(needs: Needs, shared: Shared): Promise<void> {
  const { pool, log, isStopping } = needs;
  try {
    await meet(needs, shared);
    await told(pool, shared);
  } catch (err) {
    if (isStopping()) return giveBack(pool, 'partner_task', shared.id);
    const { fault, final } = faultOf(err);
    log.warn(
      { ...loggable(err, fault), referral: shared.id },
      'a referral could not be told to another server',
    );
    await untold(pool, shared, fault, final);
  }
}

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
