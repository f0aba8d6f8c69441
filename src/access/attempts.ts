import { createHmac, hkdfSync } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import type { Database } from '../database/database.ts';
import { sql } from '../database/sql.ts';
import { guesserOf } from './address.ts';

type Needs = Readonly<{
  database: Database;
  secret: string;
  /** Failures in a quarter of an hour for one name from one address. */
  attempts: number;
}>;

type Guarded = Readonly<{
  /** What is being tried; each place has counts of its own. */
  place: string;
  /** Failures for one name from one address; as many as everywhere unless given. */
  most?: number;
  /** Whose secret is being tried, exactly as it will be looked up; every other spelling would be a fresh start. */
  nameIn: (req: Request) => string | undefined | Promise<string | undefined>;
  /** Whether the person whose secret is tried has signed in with this browser before. */
  isKnown?: (req: Request) => Promise<boolean>;
  succeeded: (res: Response) => boolean;
  refuse: RequestHandler;
}>;

/** `beyond`: by how much a count is over its limit, 0 when it is not. `wait`: seconds until it begins anew. */
type Counted = Readonly<{ beyond: number; wait: number }>;
type Limit = Readonly<{ key: Buffer; most: number }>;

export type Attempts = ReturnType<typeof makeAttempts>;

/**
 * Slows down who guesses. The counts are in the database, so that they hold for all processes and over a restart, under
 * keyed hashes, since who tried to get in from where is nobody's business afterwards. A count begins with the first
 * failure and ends a quarter of an hour later.
 */
export function makeAttempts({ database, secret, attempts }: Needs) {
  const hashKey = Buffer.from(hkdfSync('sha256', secret, '', 'tsunagi attempts 1', 32));
  const limit = (most: number, ...of: readonly string[]): Limit => ({
    key: createHmac('sha256', hashKey).update(JSON.stringify(of)).digest(),
    most,
  });
  const count = async (limits: readonly Limit[]): Promise<Counted> => {
    const [row] = await database.rows<{ beyond: number; wait_seconds: number }>(
      sql`select beyond, wait_seconds from count_attempt(${limits.map(({ key }) => key)}::bytea[], ${limits.map(({ most }) => most)}::int[])`,
    );
    return { beyond: row?.beyond ?? 0, wait: row?.wait_seconds ?? 0 };
  };
  const forgive = (limits: readonly Limit[]): Promise<unknown> =>
    database.rows(sql`select forgive_attempt(${limits.map(({ key }) => key)}::bytea[])`);

  return {
    few: attempts,

    /** Counts something that was refused, by its place and the address it came from. */
    refused: (place: string, req: Request, most: number): Promise<Counted> =>
      count([limit(most, place, 'address', guesserOf(req))]),

    /** Counts something by whom it is about, wherever it came from. */
    about: (place: string, name: string, most: number): Promise<Counted> =>
      count([limit(most, place, 'name', name)]),

    /**
     * Counted by name and address together, so that nobody can lock another person out from elsewhere; by address alone,
     * ten times as many, so that nobody tries one password on every name; and, with `isKnown`, by name alone, ten times
     * as many, so that nobody guesses from a thousand addresses. That last count does not hold for browsers in which the
     * person has signed in before: strangers' guesses cannot keep them out. An attempt counts before it is looked at, so
     * that a hundred at once are a hundred, and is forgiven when it succeeded.
     */
    slowDown:
      ({ place, most = attempts, nameIn, isKnown, succeeded, refuse }: Guarded): RequestHandler =>
      async (req, res, next) => {
        const [name, from] = [(await nameIn(req))?.slice(0, 200) ?? '', guesserOf(req)];
        const limits = [
          limit(most * 10, place, 'address', from),
          limit(most, place, 'both', name, from),
          ...(isKnown && !(await isKnown(req)) ? [limit(most * 10, place, 'name', name)] : []),
        ];
        const { beyond, wait } = await count(limits);
        if (beyond > 0) {
          res.setHeader('Retry-After', String(wait));
          await refuse(req, res, next);
          return;
        }
        res.once('finish', () => {
          // The answer is on its way already; what could not be forgiven is forgotten in a quarter of an hour.
          if (succeeded(res)) forgive(limits).catch(() => undefined);
        });
        next();
      },
  };
}
