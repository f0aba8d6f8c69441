import type { Knex } from 'knex';
import { run } from './record_table.ts';

/** Second factors, sessions that wait for one, invitations, known devices, tokens that were taken back. */
export async function up(db: Knex): Promise<void> {
  await run(
    db,
    `
-- Until an invitation is taken up there is no password.
alter table account alter column password_hash drop not null,
  add column email text check (email ~ '^[^@\\s]+@[^@\\s]+$');
create index account_email on account (lower(email));

alter table session
  add column id uuid not null default gen_random_uuid() unique,
  -- Null: the session holds. Else it opens nothing but the step it waits for.
  add column waits_for text check (waits_for in ('second-factor', 'enrolment')),
  -- When its owner last proved who they are.
  add column proved_at timestamptz,
  add column device text;
update session set proved_at = created_at;

-- The secret of an authenticator app, sealed with a key that is not in the database.
create table totp (
  account_id uuid primary key references account (id) on delete cascade,
  sealed bytea not null,
  -- The last half minute whose code was taken: no code is taken twice.
  last_step bigint not null,
  created_at timestamptz not null,
  used_at timestamptz
);
create table passkey (
  id text primary key,
  account_id uuid not null references account (id) on delete cascade,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null,
  name text not null,
  created_at timestamptz not null,
  used_at timestamptz
);
create index passkey_account on passkey (account_id);
create table recovery_code (
  account_id uuid not null references account (id) on delete cascade,
  hash bytea not null,
  -- The same for all codes of one sheet, so that a code is hashed once to be looked up.
  salt bytea not null,
  created_at timestamptz not null,
  used_at timestamptz,
  primary key (account_id, hash)
);
-- Browsers in which somebody has signed in: strangers' failures elsewhere do not slow them down.
create table known_device (
  token_hash bytea not null,
  account_id uuid not null references account (id) on delete cascade,
  seen_at timestamptz not null,
  primary key (token_hash, account_id)
);
create index known_device_account on known_device (account_id);
-- What was asked of a browser or of another sign-in service and is answered once: a passkey's challenge, a state.
create table entry_question (
  token_hash bytea primary key,
  purpose text not null,
  content jsonb not null,
  expires_at timestamptz not null
);
create index entry_question_expires on entry_question (expires_at);
-- Who a person is at the sign-in service of their municipality.
create table outside_identity (
  issuer text not null,
  subject text not null,
  account_id uuid not null references account (id) on delete cascade,
  created_at timestamptz not null,
  used_at timestamptz,
  primary key (issuer, subject),
  unique (account_id, issuer)
);

alter table one_time_link drop constraint one_time_link_purpose_check,
  add constraint one_time_link_purpose_check check (purpose in ('answer-questionnaire', 'answer-request', 'own-consent', 'set-password')),
  add column account_id uuid references account (id) on delete cascade,
  add constraint one_time_link_account_check check ((purpose = 'set-password') = (account_id is not null));
create index one_time_link_account on one_time_link (account_id);

alter table api_client add column scopes text not null default 'system/*.cruds';
create table revoked_token (
  jti text primary key,
  expires_at timestamptz not null
);
create index revoked_token_expires on revoked_token (expires_at);

-- Whether a post is held at that moment. Asked before there is an actor whom the row rules know.
create function post_holds(which uuid, at timestamptz) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select which is null or exists (select 1 from practitioner_role p where p.id = which
    and p.content ->> 'active' is distinct from 'false'
    and coalesce(fhir_start(p.content #>> '{period,start}') <= at, true)
    and coalesce(fhir_end(p.content #>> '{period,end}') > at, true)) $$;
revoke execute on function post_holds(uuid, timestamptz) from public;
grant execute on function post_holds(uuid, timestamptz) to tsunagi_app;

grant select, insert, update, delete on totp, passkey, recovery_code, known_device, entry_question, outside_identity to tsunagi_app;
grant select, insert on revoked_token to tsunagi_app;
`,
  );
}

export async function down(db: Knex): Promise<void> {
  await run(
    db,
    `
drop function post_holds(uuid, timestamptz);
drop table revoked_token, outside_identity, entry_question, known_device, recovery_code, passkey, totp;
alter table api_client drop column scopes;
delete from one_time_link where purpose = 'set-password';
alter table one_time_link drop column account_id, drop constraint one_time_link_purpose_check,
  add constraint one_time_link_purpose_check check (purpose in ('answer-questionnaire', 'answer-request', 'own-consent'));
alter table session drop column id, drop column waits_for, drop column proved_at, drop column device;
delete from account where password_hash is null;
alter table account drop column email, alter column password_hash set not null;
`,
  );
}
