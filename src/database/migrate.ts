import knex, { type Knex } from 'knex';
import pg from 'pg';
import { appRole } from './database.ts';
import { migrations } from '../../migrations/index.ts';

const source: Knex.MigrationSource<string> = {
  getMigrations: () => Promise.resolve(Object.keys(migrations)),
  getMigrationName: (name) => name,
  getMigration: (name) => {
    const found = migrations[name];
    if (!found) throw new Error(`Unknown migration ${name}`);
    return Promise.resolve(found as Knex.Migration);
  },
};

/** The newest migration this program knows. */
export const head = Object.keys(migrations).at(-1) ?? '';

/** Held by the process that migrates, so that another that starts at the same time waits; knex alone would refuse it. */
const lockOfMigrations = 726_420;

/** Brings the database to `head`. The owner's connection string; safe to call from several processes at once. */
export async function migrate(ownerUrl: string): Promise<void> {
  const holder = new pg.Client({ connectionString: ownerUrl });
  await holder.connect();
  const db = knex({ client: 'pg', connection: ownerUrl, pool: { min: 0, max: 1 } });
  try {
    await holder.query('select pg_advisory_lock($1)', [lockOfMigrations]);
    await db.migrate.latest({ migrationSource: source });
    await db.raw(`grant select on knex_migrations to ${appRole}`);
  } finally {
    await db.destroy();
    await holder.end();
  }
}
