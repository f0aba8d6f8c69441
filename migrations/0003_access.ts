import type { Knex } from 'knex';
import { run } from './record_table.ts';

/** What is no health record: accounts, sessions, API clients, one-time links, drafts, and what was answered once. */
export async function up(db: Knex): Promise<void> {
  await run(
    db,
    `
create table account (
  id uuid primary key,
  login text not null unique check (login = lower(login)),
  password_hash text not null,
  name text not null,
  role text not null,
  organization_id uuid not null references organization (id),
  post_id uuid references practitioner_role (id),
  language text not null default 'ja' check (language in ('ja', 'en')),
  disabled_at timestamptz,
  created_at timestamptz not null default now()
);
create table session (
  token_hash bytea primary key,
  account_id uuid not null references account (id) on delete cascade,
  csrf text not null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz
);
create index session_account on session (account_id);
create table api_client (
  id text primary key,
  secret_hash text,
  public_keys jsonb,
  role text not null,
  organization_id uuid not null references organization (id),
  disabled_at timestamptz
);
create table one_time_link (
  token_hash bytea primary key,
  purpose text not null check (purpose in ('answer-questionnaire', 'answer-request')),
  organization_id uuid not null references organization (id),
  patient_id uuid references patient (id),
  task_id uuid references task (id),
  questionnaire text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index one_time_link_task on one_time_link (task_id);
create index one_time_link_patient on one_time_link (patient_id);
create table draft (
  id uuid primary key,
  link_hash bytea references one_time_link (token_hash) on delete cascade,
  answers jsonb not null,
  updated_at timestamptz not null
);
create unique index draft_link on draft (link_hash);
-- A form's hidden key or an Idempotency-Key, with the answer that was given to it.
create table once (
  key text not null,
  organization_id uuid not null,
  actor text not null,
  answer jsonb,
  at timestamptz not null default now(),
  primary key (key, organization_id, actor)
);
create index once_at on once (at);
-- The header of every page names the body a person works for, before there is an actor whom the row rules know.
create function organization_name(which uuid) returns text language sql stable security definer set search_path = public, pg_temp as $$
  select content ->> 'name' from organization where id = which $$;
create sequence case_number_seq;
grant usage on sequence case_number_seq to tsunagi_app;
grant select, insert, update, delete on account, session, one_time_link, draft, once to tsunagi_app;
grant select on api_client to tsunagi_app;
`,
  );
}

export async function down(db: Knex): Promise<void> {
  await run(
    db,
    `drop table if exists once, draft, one_time_link, api_client, session, account; drop sequence if exists case_number_seq`,
  );
}
