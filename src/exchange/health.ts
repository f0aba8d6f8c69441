import { Router } from 'express';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Database } from '../database/database.ts';
import { head } from '../database/migrate.ts';
import { sql } from '../database/sql.ts';

/** `/health`: the process answers. `/ready`: the database does, too, with every migration. `/metrics` for Prometheus. */
export function healthRoutes({ database }: { database: Database }): Router {
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
    .get('/metrics', async (_req, res) => {
      res.type(registry.contentType).send(await registry.metrics());
    });
}
