import knex, { type Knex } from 'knex';
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

/** Brings the database to `head`. The owner's connection string; safe to call from several processes at once. */
export async function migrate(ownerUrl: string): Promise<void> {
  const db = knex({ client: 'pg', connection: ownerUrl, pool: { min: 0, max: 1 } });
  try {
    await db.migrate.latest({ migrationSource: source });
    await db.raw(`grant select on knex_migrations to ${appRole}`);
  } finally {
    await db.destroy();
  }
}
