import type { Knex } from 'knex';
import { run } from './record_table.ts';

/** What was under a seal before it was corrected stays on record, for those alone who are named in it. */
export async function up(db: Knex): Promise<void> {
  await run(
    db,
    `
alter table seal add column revision integer not null default 1;
create table seal_before (
  patient_id uuid not null references patient (id),
  -- When the seal was made: a person may be sealed, opened and sealed again.
  sealed_at timestamptz not null,
  revision integer not null,
  address jsonb,
  telecom jsonb,
  contact jsonb,
  -- Whose correction ended it, and when.
  ended_by uuid not null,
  ended_at timestamptz not null default clock_timestamp(),
  primary key (patient_id, sealed_at, revision)
);
alter table seal_before enable row level security;
create policy seal_before_see on seal_before for select to tsunagi_app using (
  exists (select 1 from seal s where s.patient_id = seal_before.patient_id and (select actor_post()) = any (s.named)));
grant select on seal_before to tsunagi_app;
create function keep_sealed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into seal_before (patient_id, sealed_at, revision, address, telecom, contact, ended_by)
    values (old.patient_id, old.at, old.revision, old.address, old.telecom, old.contact, actor_post());
  new.revision := old.revision + 1;
  return new;
end $$;
create trigger keep_sealed before update of address, telecom, contact on seal for each row execute function keep_sealed();
`,
  );
}

export async function down(db: Knex): Promise<void> {
  await run(
    db,
    `drop trigger keep_sealed on seal; drop function keep_sealed(); drop table seal_before; alter table seal drop column revision`,
  );
}
