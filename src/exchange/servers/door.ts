import express, { Router, type NextFunction, type Request, type Response } from 'express';
import type { Database } from '../../database/database.ts';
import { sql } from '../../database/sql.ts';
import { isId } from '../../fhir/references.ts';
import type { Log } from '../../kernel/log.ts';
import type { Bells, OwnKeys } from './keys.ts';

type Needs = Readonly<{ database: Database; log: Log; bells: Bells; keys: OwnKeys }>;

/** How long is waited for more of a flood of notices, and how long between two rings of one server, in ms. */
const gathering = 200;
const between = 2_000;

/**
 * What servers of others reach without a token: our public keys, and the bell that their Subscriptions ring. Of a notice
 * nothing is believed and nothing read but that it came: what changed is fetched from the server itself, by the job runner.
 */
export function partnerDoor({ database, log, bells, keys }: Needs): Router {
  const rung = new Map<string, Readonly<{ at: number; waits: boolean }>>();
  const ring = async (server: string): Promise<void> => {
    try {
      await database.rows(sql`select ring_partner(${server}::uuid)`);
    } catch (err) {
      // It is asked all the same, when its turn comes.
      log.error({ err, server }, 'a notice of another server could not be noted');
    }
  };
  const press = (server: string): void => {
    const last = rung.get(server);
    if (last?.waits === true) return;
    const now = performance.now();
    const at = Math.max(now + gathering, (last?.at ?? -between) + between);
    rung.set(server, { at, waits: true });
    setTimeout(() => {
      rung.set(server, { at, waits: false });
      void ring(server);
    }, at - now).unref();
  };

  const isKnown = async (server: string): Promise<boolean> => {
    const [row] = await database.rows<{ known: boolean }>(
      sql`select partner_known(${server}::uuid) as known`,
    );
    return row?.known === true;
  };

  const router = Router();
  router.get('/exchange/keys/:id', async (req, res) => {
    const { id } = req.params;
    // Nothing is derived for what nobody registered.
    if (!isId(id) || !(await isKnown(id))) {
      res.status(404).json({ error: 'not_found' });
      return;
    }
    res.setHeader('Cache-Control', 'public, max-age=300');
    res.json({ keys: keys(id).map(({ publicJwk }) => publicJwk) });
  });
  const isRight = (req: Request<{ id: string; token: string }>): boolean =>
    isId(req.params.id) && bells.isRight(req.params.id, req.params.token);
  router.post(
    '/exchange/told/:id/:token',
    (req: Request<{ id: string; token: string }>, res: Response, next: NextFunction) => {
      if (isRight(req)) next();
      else res.status(404).json({ error: 'not_found' });
    },
    express.raw({ type: () => true, limit: '1mb' }),
    (req: Request<{ id: string; token: string }>, res: Response) => {
      press(req.params.id);
      res.status(200).end();
    },
  );
  // A body that is too large, or breaks off.
  router.use('/exchange/told', (error: unknown, _req: Request, res: Response, next: NextFunction) => {
    const status = error instanceof Error && 'status' in error ? error.status : undefined;
    if (typeof status !== 'number' || status < 400 || status > 499) next(error);
    else res.status(status).end();
  });
  return router;
}
