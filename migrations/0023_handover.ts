import type { Knex } from 'knex';
import { run } from './record_table.ts';

/** Where a key of the access log ended and which one goes on, signed by both. */
export async function up(db: Knex): Promise<void> {
  await run(
    db,
    `
create table access_log_handover (
  old text not null references access_log_key (fingerprint),
  new text not null references access_log_key (fingerprint),
  -- The last seal of the old key, and its head: all that was sealed until then hangs on it.
  seal bigint not null references access_log_seal (number),
  head bytea not null,
  by_old bytea not null,
  by_new bytea not null,
  at timestamptz not null default clock_timestamp(),
  primary key (old, new),
  check (old <> new)
);
create trigger only_added before update or delete or truncate on access_log_handover for each statement execute function refuse_change();
grant select on access_log_handover to tsunagi_app;
`,
  );
}

export async function down(db: Knex): Promise<void> {
  await run(db, `drop table access_log_handover`);
}
