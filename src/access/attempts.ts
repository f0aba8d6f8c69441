import type { Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';

type Needs = Readonly<{
  /** Failures in a quarter of an hour for one name from one address. */
  attempts: number;
  /** Whose secret is being tried, exactly as it will be looked up; every other spelling would be a fresh start. */
  nameIn: (req: Request) => string | undefined | Promise<string | undefined>;
  /** Whether the person whose secret is tried has signed in with this browser before. */
  isKnown?: (req: Request) => Promise<boolean>;
  succeeded: (res: Response) => boolean;
  refuse: RequestHandler;
}>;

/**
 * Slows down who guesses. Counted by name and address together, so that nobody can lock another person out from
 * elsewhere; by address alone, ten times as many, so that nobody tries one password on every name; and, with `isKnown`,
 * by name alone, ten times as many, so that nobody guesses from a thousand addresses. That last count does not hold for
 * browsers in which the person has signed in before: strangers' guesses cannot keep them out.
 */
export function slowDown({ attempts, nameIn, isKnown, succeeded, refuse }: Needs): RequestHandler[] {
  const nameOf = async (req: Request): Promise<string> => (await nameIn(req))?.slice(0, 200) ?? '';
  const counted = (
    limit: number,
    keyGenerator: (req: Request) => string | Promise<string>,
    skip: (req: Request) => boolean | Promise<boolean> = () => false,
  ): RequestHandler =>
    rateLimit({
      windowMs: 15 * 60_000,
      limit,
      keyGenerator,
      skip,
      skipSuccessfulRequests: true,
      requestWasSuccessful: (_req, res) => succeeded(res),
      standardHeaders: true,
      legacyHeaders: false,
      handler: refuse,
    });
  return [
    counted(attempts * 10, address),
    counted(attempts, async (req) => `${await nameOf(req)} ${address(req)}`),
    ...(isKnown ? [counted(attempts * 10, nameOf, isKnown)] : []),
  ];
}

const address = (req: Request): string => ipKeyGenerator(req.ip ?? '');
