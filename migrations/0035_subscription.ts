import type { Knex } from 'knex';
import { run } from './record_table.ts';

/**
 * Programs that want to be told of changes, and what they are to be told: written with the change itself, sent by the job
 * runner. Whether a program may see the record is asked at the moment of sending, not here.
 */
export async function up(db: Knex): Promise<void> {
  for (const part of [tables, sight, changes]) await run(db, part);
}

export async function down(db: Knex): Promise<void> {
  await run(db, `drop function note_change() cascade; drop table subscription_notice, subscription`);
}

const tables = `
create table subscription (
  id uuid primary key,
  version integer not null default 1,
  client text not null references api_client (id) on delete cascade,
  organization_id uuid not null,
  role text not null,
  request text not null,
  status text not null check (status in ('requested', 'active', 'error', 'off')),
  -- As it was given, without its headers: those are sealed.
  content jsonb not null,
  headers bytea,
  type text not null check (type in ('Task', 'ServiceRequest')),
  -- Null: any.
  statuses text[],
  owners uuid[],
  requesters uuid[],
  updated_at timestamptz not null,
  ends_at timestamptz,
  heartbeat integer,
  -- The number of the last event.
  events bigint not null default 0,
  failures integer not null default 0,
  fault text,
  undelivered integer not null default 0,
  told_at timestamptz,
  next_at timestamptz not null default now(),
  taken_until timestamptz not null default now()
);
create index subscription_client on subscription (client);
create table subscription_notice (
  id bigint generated always as identity primary key,
  subscription uuid not null references subscription (id) on delete cascade,
  type text not null,
  record uuid not null,
  at timestamptz not null default clock_timestamp(),
  number bigint,
  sent_at timestamptz
);
create index subscription_notice_waiting on subscription_notice (subscription, id) where sent_at is null;
create index subscription_notice_at on subscription_notice (at);
`;

/** An administrator sees which of them fail, and nothing of the records that they are about. */
const sight = `
alter table subscription enable row level security;
alter table subscription_notice enable row level security;
create policy subscription_own on subscription for all to tsunagi_app using (
  organization_id = (select actor_organization()) and role = (select actor_role()) and (select actor_patient()) is null);
create policy subscription_look on subscription for select to tsunagi_app using ((select actor_role()) = 'admin');
create policy subscription_restart on subscription for update to tsunagi_app using ((select actor_role()) = 'admin');
create policy subscription_notice_own on subscription_notice for all to tsunagi_app using (exists (
  select 1 from subscription s where s.id = subscription_notice.subscription
    and s.organization_id = (select actor_organization()) and s.role = (select actor_role())));
grant select, insert, update, delete on subscription to tsunagi_app;
grant select, update, delete on subscription_notice to tsunagi_app;
create trigger wake_jobs after insert or update of version on subscription for each statement execute function wake_jobs();
`;

/** What nobody subscribed to costs one look at a small table. */
const changes = `
create function note_change() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into subscription_notice (subscription, type, record)
    select s.id, s.type, new.id from subscription s
    where s.type = tg_argv[0] and s.status <> 'off' and (s.ends_at is null or s.ends_at > new.updated_at)
      and (s.statuses is null or new.status = any (s.statuses))
      and (s.owners is null or new.addressee = any (s.owners))
      and (s.requesters is null or new.requester_id = any (s.requesters));
  if found then notify outbox; end if;
  return null;
end $$;
create trigger zz_noted after insert on task for each row execute function note_change('Task');
create trigger zz_changed after update of content on task for each row
  when (new.status is distinct from old.status) execute function note_change('Task');
create trigger zz_noted after insert on service_request for each row execute function note_change('ServiceRequest');
create trigger zz_changed after update of content on service_request for each row
  when (new.status is distinct from old.status) execute function note_change('ServiceRequest');
`;
