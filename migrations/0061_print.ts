import type { Knex } from 'knex';
import { run } from './record_table.ts';

/**
 * Printing for many: who asked, for whom, how far it has come, and the file. What is to be drawn is gathered as the one who
 * asked and by what that one may see then; whoever may not be seen any more is left out. A job is carried on by whichever
 * process takes it next. All of it is deleted a day after it ended.
 */
export async function up(db: Knex): Promise<void> {
  await run(
    db,
    `
create function actor_account() returns uuid language sql stable parallel safe as $$
  select nullif(current_setting('tsunagi.account', true), '')::uuid $$;
create table print_job (
  id uuid primary key,
  account_id uuid not null references account (id) on delete cascade,
  organization_id uuid not null,
  role text not null,
  post_id uuid,
  -- Of the call that asked for it; its lines in the access log carry it.
  request text not null,
  language text not null check (language in ('ja', 'en')),
  sheets text[] not null,
  people integer not null check (people between 1 and 500),
  started_at timestamptz not null,
  -- How many people are gathered, and how many drawn.
  gathered integer not null default 0,
  drawn integer not null default 0,
  -- Nobody else takes it up before.
  taken_until timestamptz not null default now(),
  attempts integer not null default 0,
  status text not null default 'running' check (status in ('running', 'done', 'failed')),
  fault text,
  ended_at timestamptz
);
create unique index print_job_running on print_job (account_id) where status = 'running';
create index print_job_account on print_job (account_id, started_at);
create table print_person (
  job uuid not null references print_job (id) on delete cascade,
  nth integer not null,
  patient_id uuid not null references patient (id) on delete cascade,
  -- The referral, where a case was chosen.
  task_id uuid,
  -- As whoever asked saw it then: to say who was left out.
  name text not null,
  -- Null: not gathered yet.
  included boolean,
  -- What is to be drawn, until it is.
  content jsonb,
  -- The versions of the person and of their consents by which it was gathered.
  standing text,
  primary key (job, nth)
);
create index print_person_patient on print_person (patient_id);
create table print_file (
  job uuid primary key references print_job (id) on delete cascade,
  content bytea not null,
  size integer not null generated always as (octet_length(content)) stored
);
comment on table print_file is 'The sheets of a print job as one PDF; deleted with its job after a day.';
alter table print_job enable row level security;
alter table print_person enable row level security;
alter table print_file enable row level security;
create policy print_job_own on print_job for all to tsunagi_app using (
  account_id = (select actor_account()) and organization_id = (select actor_organization())
  and role = (select actor_role()) and (select actor_patient()) is null);
create policy print_person_own on print_person for all to tsunagi_app using (
  exists (select 1 from print_job j where j.id = print_person.job));
create policy print_file_own on print_file for select to tsunagi_app using (
  exists (select 1 from print_job j where j.id = print_file.job));
grant select, insert, update, delete on print_job to tsunagi_app;
grant select, insert, update on print_person to tsunagi_app;
grant select on print_file to tsunagi_app;
create trigger wake_jobs after insert on print_job for each statement execute function wake_jobs();
-- A sheet of a resource shows what is around it.
create index location_latitude on location (((content #>> '{position,latitude}')::double precision));
`,
  );
}

export async function down(db: Knex): Promise<void> {
  await run(
    db,
    `drop index location_latitude; drop table print_file, print_person, print_job; drop function actor_account()`,
  );
}
