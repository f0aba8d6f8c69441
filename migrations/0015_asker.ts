import type { Knex } from 'knex';
import { run } from './record_table.ts';

/**
 * Whoever made a one-time link, so that a page behind it can always say whom to call, also when the request itself is no
 * longer to be seen. Links from before know nobody.
 */
export async function up(db: Knex): Promise<void> {
  await run(
    db,
    `
alter table one_time_link add column made_by uuid references organization (id);
alter table one_time_link alter column made_by set default actor_organization();
`,
  );
}

export async function down(db: Knex): Promise<void> {
  await run(db, `alter table one_time_link drop column made_by`);
}
