import express, { Router, type NextFunction, type Request, type Response } from 'express';
import type { Attempts } from '../access/attempts.ts';
import { noteEntry } from '../access/events.ts';
import { tokenSeconds, type Credentials, type Tokens } from '../access/tokens.ts';
import { field, where } from '../access/visit.ts';
import type { Database } from '../database/database.ts';

type Needs = Readonly<{ tokens: Tokens; database: Database; attempts: Attempts }>;

/**
 * OAuth 2 token endpoint: `client_credentials`, by HTTP Basic or by a signed assertion (SMART Backend Services); and
 * taking tokens back (RFC 7009).
 */
export function oauthRoutes({ tokens, database, attempts }: Needs): Router {
  const limit = attempts.slowDown({
    place: 'token',
    nameIn: (req) => basic(req).client ?? field(req, 'client_id'),
    succeeded: (res) => res.statusCode < 400,
    refuse: (_req, res) => {
      res.status(429).json({ error: 'slow_down' });
    },
  });
  const note = (
    req: Request,
    action: 'token' | 'token-refused',
    what: string,
    client?: string,
  ): Promise<void> => noteEntry(database, { action, what, client, via: 'token', ...where(req) });
  const form = express.urlencoded({ extended: false, limit: '32kb' });

  const router = Router();
  router.use('/oauth', (_req, res, next) => {
    res.setHeader('Cache-Control', 'no-store');
    next();
  });
  router.post('/oauth/token', form, limit, async (req, res) => {
    if (field(req, 'grant_type') !== 'client_credentials') {
      res.status(400).json({ error: 'unsupported_grant_type' });
      return;
    }
    const scope = field(req, 'scope');
    const given = await tokens.grant({ ...credentials(req), scope });
    if ('token' in given) {
      await note(req, 'token', `token for ${given.scope}`, given.client);
      const { token, scope: may } = given;
      res.json({ access_token: token, token_type: 'bearer', expires_in: tokenSeconds, scope: may });
      return;
    }
    await note(req, 'token-refused', given.refused, given.client);
    if (given.refused === 'scope')
      res.status(400).json({
        error: 'invalid_scope',
        error_description: 'This client may have none of the scopes that were asked for.',
      });
    else unknownClient(res);
  });
  router.post('/oauth/revoke', form, limit, async (req, res) => {
    const client = await tokens.revoke(credentials(req), field(req, 'token') ?? '');
    if (client === undefined) {
      unknownClient(res);
      return;
    }
    await note(req, 'token', 'token taken back', client);
    res.status(200).end();
  });
  // A body that cannot be read.
  router.use('/oauth', (error: unknown, _req: Request, res: Response, next: NextFunction) => {
    const status = error instanceof Error && 'status' in error ? error.status : undefined;
    if (typeof status !== 'number' || status < 400 || status > 499) next(error);
    else res.status(status).json({ error: 'invalid_request' });
  });
  return router;
}

const unknownClient = (res: Response): void => {
  res.status(401).setHeader('WWW-Authenticate', 'Basic realm="token"').json({ error: 'invalid_client' });
};

function credentials(req: Request): Credentials {
  const named = basic(req);
  return {
    client: named.client ?? field(req, 'client_id'),
    secret: named.secret ?? field(req, 'client_secret'),
    assertionType: field(req, 'client_assertion_type'),
    assertion: field(req, 'client_assertion'),
  };
}

function basic(req: Request): { client?: string; secret?: string } {
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(req.get('authorization') ?? '')?.[1];
  if (encoded === undefined) return {};
  const text = Buffer.from(encoded, 'base64').toString();
  const colon = text.indexOf(':');
  return colon < 0 ? {} : { client: text.slice(0, colon), secret: text.slice(colon + 1) };
}
