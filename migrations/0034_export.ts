import type { Knex } from 'knex';
import { run } from './record_table.ts';

/**
 * Bulk export: what a program asked for, how far it has come, and what was written. A job is carried on by whichever process
 * takes it next, from the place where the last transaction left it.
 */
export async function up(db: Knex): Promise<void> {
  await run(
    db,
    `
create table export_job (
  id uuid primary key,
  client text not null references api_client (id) on delete cascade,
  organization_id uuid not null,
  role text not null,
  -- Of the call that asked for it; its lines in the access log carry it.
  request text not null,
  asked text not null,
  types text[] not null,
  since timestamptz,
  started_at timestamptz not null,
  -- Where it stands: in which of its types, after which record of it, and what the next part is called.
  stage integer not null default 1,
  after uuid,
  part integer not null default 0,
  records bigint not null default 0,
  -- Nobody else takes it up before.
  taken_until timestamptz not null default now(),
  attempts integer not null default 0,
  status text not null default 'running' check (status in ('running', 'done', 'failed')),
  fault text,
  ended_at timestamptz
);
create unique index export_job_running on export_job (client) where status = 'running';
create table export_part (
  job uuid not null references export_job (id) on delete cascade,
  type text not null,
  file integer not null,
  part integer not null,
  -- What stands in it: asked again before it is handed out.
  records uuid[] not null,
  patients uuid[] not null,
  content bytea not null,
  size integer not null generated always as (octet_length(content)) stored,
  primary key (job, type, file, part)
);
comment on table export_part is 'A stretch of a file of a bulk export, lines of NDJSON; deleted with its job after a day.';
alter table export_job enable row level security;
alter table export_part enable row level security;
create policy export_job_own on export_job for all to tsunagi_app using (
  organization_id = (select actor_organization()) and role = (select actor_role()) and (select actor_patient()) is null);
create policy export_part_own on export_part for all to tsunagi_app using (
  exists (select 1 from export_job j where j.id = export_part.job));
grant select, insert, update, delete on export_job to tsunagi_app;
grant select, insert on export_part to tsunagi_app;
-- The job runner listens there.
create function wake_jobs() returns trigger language plpgsql as $$
begin
  notify outbox;
  return null;
end $$;
create trigger wake_jobs after insert on export_job for each statement execute function wake_jobs();
`,
  );
}

export async function down(db: Knex): Promise<void> {
  await run(db, `drop table export_part, export_job; drop function wake_jobs()`);
}
