import type { Knex } from 'knex';
import { run } from './record_table.ts';

/**
 * How a person wishes to be asked (language, size of letters, one question a page) goes with the answers begun, so that it
 * is there on the next device, too; and the ids of what a browser kept and this server has, so that it is kept no longer.
 */
export async function up(db: Knex): Promise<void> {
  await run(
    db,
    `alter table draft add column wishes jsonb not null default '{}', add column taken text[] not null default '{}'`,
  );
}

export async function down(db: Knex): Promise<void> {
  await run(db, `alter table draft drop column if exists wishes, drop column if exists taken`);
}
