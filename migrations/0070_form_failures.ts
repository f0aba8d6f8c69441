import type { Knex } from 'knex';
import { run } from './record_table.ts';

/**
 * What a form could not do while people answered it: which item, what kind of expression, and how it failed. Nothing of
 * whoever answered, nor of what was answered. Whoever keeps the form reads it and mends the next version.
 */
export async function up(db: Knex): Promise<void> {
  await run(
    db,
    `
create table form_failure (
  -- Address and version.
  form text not null,
  item text not null,
  kind text not null check (kind in ('initial', 'calculated', 'enableWhen', 'answer', 'extract')),
  fault text not null check (fault in ('syntax', 'time', 'size', 'failed', 'unfit')),
  first_at timestamptz not null,
  last_at timestamptz not null,
  primary key (form, item, kind, fault)
);
comment on table form_failure is 'What forms could not work out while they were answered; nothing of any person.';
grant select, insert, update (last_at) on form_failure to tsunagi_app;
`,
  );
}

export async function down(db: Knex): Promise<void> {
  await run(db, `drop table form_failure`);
}
