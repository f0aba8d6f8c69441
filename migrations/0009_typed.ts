import type { Knex } from 'knex';
import { run } from './record_table.ts';

/** What people typed into a form and have not sent yet, for a few hours; sealed, since it is about persons. */
export async function up(db: Knex): Promise<void> {
  await run(
    db,
    `
create table typed_form (
  account_id uuid not null references account (id) on delete cascade,
  -- The address of the form's page, with its query.
  page text not null,
  sealed bytea not null,
  kept_at timestamptz not null,
  primary key (account_id, page)
);
create index typed_form_kept on typed_form (kept_at);
grant select, insert, update, delete on typed_form to tsunagi_app;
-- A form that comes after its session ended is known by the token it carries.
create index session_csrf on session (csrf);
`,
  );
}

export async function down(db: Knex): Promise<void> {
  await run(db, `drop table if exists typed_form; drop index if exists session_csrf`);
}
