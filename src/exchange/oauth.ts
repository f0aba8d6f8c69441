import express, { Router, type NextFunction, type Request, type Response } from 'express';
import { slowDown } from '../access/attempts.ts';
import { noteEntry } from '../access/events.ts';
import { scopeFor, tokenSeconds, type Tokens } from '../access/tokens.ts';
import { fromOf } from '../access/address.ts';
import { field, requestId } from '../access/visit.ts';
import type { Database } from '../database/database.ts';

type Needs = Readonly<{ tokens: Tokens; database: Database; attempts: number }>;

/** OAuth 2 token endpoint: `client_credentials`, by HTTP Basic or by a signed assertion (SMART Backend Services). */
export function oauthRoutes({ tokens, database, attempts }: Needs): Router {
  const limit = slowDown({
    attempts,
    nameIn: (req) => basic(req).client ?? field(req, 'client_id'),
    succeeded: (res) => res.statusCode < 400,
    refuse: (_req, res) => {
      res.status(429).json({ error: 'slow_down' });
    },
  });
  const router = Router();
  router.post(
    '/oauth/token',
    express.urlencoded({ extended: false, limit: '32kb' }),
    ...limit,
    async (req, res) => {
      res.setHeader('Cache-Control', 'no-store');
      if (field(req, 'grant_type') !== 'client_credentials') {
        res.status(400).json({ error: 'unsupported_grant_type' });
        return;
      }
      const scope = scopeFor(field(req, 'scope'));
      if (scope === undefined) {
        res.status(400).json({ error: 'invalid_scope' });
        return;
      }
      const named = basic(req);
      const token = await tokens.grant({
        client: named.client ?? field(req, 'client_id'),
        secret: named.secret ?? field(req, 'client_secret'),
        assertionType: field(req, 'client_assertion_type'),
        assertion: field(req, 'client_assertion'),
        scope,
      });
      const request = requestId(req);
      await noteEntry(database, {
        action: token === undefined ? 'token-refused' : 'token',
        what: 'client_credentials',
        client:
          token === undefined
            ? (named.client ?? field(req, 'client_id'))
            : tokens.actor(token, request).client,
        via: 'token',
        request,
        ...fromOf(req),
      });
      if (token === undefined)
        res
          .status(401)
          .setHeader('WWW-Authenticate', 'Basic realm="token"')
          .json({ error: 'invalid_client' });
      else
        res.json({
          access_token: token,
          token_type: 'bearer',
          expires_in: tokenSeconds,
          scope,
        });
    },
  );
  // A body that cannot be read.
  router.use('/oauth', (error: unknown, _req: Request, res: Response, next: NextFunction) => {
    const status = error instanceof Error && 'status' in error ? error.status : undefined;
    if (typeof status !== 'number' || status < 400 || status > 499) next(error);
    else res.status(status).json({ error: 'invalid_request' });
  });
  return router;
}

function basic(req: Request): { client?: string; secret?: string } {
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(req.get('authorization') ?? '')?.[1];
  if (encoded === undefined) return {};
  const text = Buffer.from(encoded, 'base64').toString();
  const colon = text.indexOf(':');
  return colon < 0 ? {} : { client: text.slice(0, colon), secret: text.slice(colon + 1) };
}
