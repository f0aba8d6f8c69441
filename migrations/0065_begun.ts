import type { Knex } from 'knex';
import { run } from './record_table.ts';

/**
 * A form begins with what is known of the person. So "nothing was answered yet, only a language chosen" and "everything
 * was taken out again" are two things: the first has no answers at all, the second has none in it.
 */
export async function up(db: Knex): Promise<void> {
  await run(db, `alter table draft alter column answers drop not null`);
}

export async function down(db: Knex): Promise<void> {
  await run(
    db,
    `update draft set answers = '{}' where answers is null;
     alter table draft alter column answers set not null`,
  );
}
