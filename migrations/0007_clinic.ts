import type { Knex } from 'knex';
import { run } from './record_table.ts';

/** The clinic's list of patients, newest activity first, also finds answers by who keeps them. */
export async function up(db: Knex): Promise<void> {
  await run(
    db,
    `create index questionnaire_response_keeper on questionnaire_response (keeper, updated_at desc)`,
  );
}

export async function down(db: Knex): Promise<void> {
  await run(db, `drop index questionnaire_response_keeper`);
}
