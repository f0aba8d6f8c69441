import { createHash, timingSafeEqual } from 'node:crypto';
import { Router, type Request } from 'express';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Database } from '../database/database.ts';
import { head } from '../database/migrate.ts';
import { sql } from '../database/sql.ts';

type Needs = Readonly<{ database: Database; metricsToken: string | undefined }>;

/**
 * `/health`: the process answers. `/ready`: the database does, too, with every migration. `/metrics` for Prometheus, for
 * whoever shows `metricsToken` as a bearer; when there is none, for a reader on this machine that no proxy stands for.
 */
export function healthRoutes({ database, metricsToken }: Needs): Router {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return Router()
    .get('/health', (_req, res) => {
      res.type('text').send('ok');
    })
    .get('/ready', async (_req, res) => {
      try {
        const done = await database.rows(sql`select name from knex_migrations where name = ${head}`);
        const ready = done.length > 0;
        res
          .status(ready ? 200 : 503)
          .type('text')
          .send(ready ? 'ready' : 'migrating');
      } catch {
        res.status(503).type('text').send('no database');
      }
    })
    .get('/metrics', async (req, res) => {
      const may = metricsToken === undefined ? isFromHere(req) : shows(req, metricsToken);
      if (!may) {
        res.status(metricsToken === undefined ? 403 : 401);
        if (metricsToken !== undefined) res.setHeader('WWW-Authenticate', 'Bearer realm="metrics"');
        res.type('text').send('METRICS_TOKEN');
        return;
      }
      res.type(registry.contentType).send(await registry.metrics());
    });
}

/** The connection itself comes from this machine, and nobody says that it was passed on. */
function isFromHere(req: Request): boolean {
  const passedOn = ['forwarded', 'via', 'x-forwarded-for', 'x-real-ip'].some(
    (name) => req.get(name) !== undefined,
  );
  return !passedOn && /^(?:::1|(?:::ffff:)?127\.\d+\.\d+\.\d+)$/.test(req.socket.remoteAddress ?? '');
}

/** By digests, which are of one length whatever was sent. */
function shows(req: Request, token: string): boolean {
  const shown = /^Bearer (.+)$/i.exec(req.get('authorization') ?? '')?.[1] ?? '';
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(shown), digest(token));
}
