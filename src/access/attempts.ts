import type { Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';

type Needs = Readonly<{
  /** Failures in a quarter of an hour for one name from one address. */
  attempts: number;
  /** Whose secret is being tried, exactly as it will be looked up; every other spelling would be a fresh start. */
  nameIn: (req: Request) => string | undefined;
  succeeded: (res: Response) => boolean;
  refuse: RequestHandler;
}>;

/**
 * Slows down who guesses. Counted by name and address together, so that nobody can lock another person out from
 * elsewhere; and by address alone, ten times as many, so that nobody tries one password on every name.
 */
export function slowDown({ attempts, nameIn, succeeded, refuse }: Needs): RequestHandler[] {
  const counted = (limit: number, keyGenerator: (req: Request) => string): RequestHandler =>
    rateLimit({
      windowMs: 15 * 60_000,
      limit,
      keyGenerator,
      skipSuccessfulRequests: true,
      requestWasSuccessful: (_req, res) => succeeded(res),
      standardHeaders: true,
      legacyHeaders: false,
      handler: refuse,
    });
  return [
    counted(attempts * 10, address),
    counted(attempts, (req) => `${nameIn(req)?.slice(0, 200) ?? ''} ${address(req)}`),
  ];
}

const address = (req: Request): string => ipKeyGenerator(req.ip ?? '');
