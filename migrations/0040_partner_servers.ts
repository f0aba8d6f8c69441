import type { Knex } from 'knex';
import { run } from './record_table.ts';

/**
 * Organizations that have a FHIR server of their own; the referrals and requests that are in both servers; and which record
 * of theirs is which of ours. What is to be sent is written by triggers, in the transaction of the change itself, whoever made
 * it; the job runner sends it.
 */
export async function up(db: Knex): Promise<void> {
  for (const part of [tables, sight, changes]) await run(db, part);
}

export async function down(db: Knex): Promise<void> {
  await run(
    db,
    `drop function note_partner_task() cascade; drop function forget_partner_ids() cascade; drop function note_partner_person() cascade;
     drop table partner_record, partner_task, partner_server`,
  );
}

const tables = `
create table partner_server (
  id uuid primary key,
  version integer not null default 1,
  -- Our side of it, and the body whose server it is. A partner knows each of ours by a client of its own.
  organization_id uuid not null references organization (id),
  partner_id uuid not null references organization (id),
  -- push: what ours sends to the partner is brought there. poll: what the partner sends to ours is fetched there.
  way text not null check (way in ('push', 'poll')),
  address text not null,
  client text not null,
  -- Sealed for this row.
  secret bytea not null,
  -- What the two are called there: ids of Organization.
  our_id text not null,
  their_id text not null,
  disabled_at timestamptz,
  created_at timestamptz not null,
  -- The newest change of theirs that was looked at, by their clock.
  seen_until text,
  heard_at timestamptz,
  failures integer not null default 0,
  fault jsonb,
  next_at timestamptz not null default now(),
  taken_until timestamptz not null default now(),
  check (organization_id <> partner_id),
  unique (organization_id, partner_id, way)
);
create index partner_server_partner on partner_server (partner_id);
create table partner_task (
  id uuid primary key default gen_random_uuid(),
  server uuid not null references partner_server (id),
  -- Null: one of theirs that could not be taken in.
  task uuid,
  case_number text not null,
  -- Changes of ours so far, and how many of them the partner has been told.
  wanted bigint not null default 1,
  told bigint not null default 0,
  their_id text,
  -- Theirs that we followed, and the newest that we know of.
  their_version text,
  noticed_version text,
  their_status text,
  attempts integer not null default 0,
  next_at timestamptz not null default now(),
  taken_until timestamptz not null default now(),
  -- In words, in both languages; what the partner's server said is in its own.
  fault jsonb,
  -- Nothing more is tried until somebody says so.
  stopped_at timestamptz,
  -- A move of theirs that is none here, kept for a person.
  kept jsonb,
  queued_at timestamptz not null default now(),
  told_at timestamptz,
  unique (server, task),
  unique (server, their_id),
  check (task is not null or their_id is not null)
);
create index partner_task_task on partner_task (task);
create index partner_task_waiting on partner_task (next_at) where told < wanted and stopped_at is null;
create table partner_record (
  server uuid not null references partner_server (id),
  type text not null,
  id uuid not null,
  their_id text not null,
  -- The version of ours that was sent last; null where the record came from there.
  version integer,
  primary key (server, type, id),
  unique (server, type, their_id)
);
`;

/** Both sides see how it stands, and so does the administrator, who sees nothing of persons. */
const sight = `
alter table partner_server enable row level security;
alter table partner_task enable row level security;
alter table partner_record enable row level security;
create policy partner_server_administered on partner_server for all to tsunagi_app using ((select actor_role()) = 'admin');
create policy partner_server_own on partner_server for select to tsunagi_app using (
  (select actor_organization()) in (organization_id, partner_id)
  and (select actor_role()) in ('doctor', 'reception', 'linkworker', 'resource') and (select actor_patient()) is null);
create policy partner_task_administered on partner_task for select to tsunagi_app using ((select actor_role()) = 'admin');
create policy partner_task_restart on partner_task for update to tsunagi_app using ((select actor_role()) = 'admin');
create policy partner_task_own on partner_task for all to tsunagi_app using (exists (
  select 1 from partner_server s where s.id = partner_task.server and (select actor_role()) <> 'admin'));
create policy partner_record_own on partner_record for all to tsunagi_app using (exists (
  select 1 from partner_server s where s.id = partner_record.server and (select actor_role()) <> 'admin'));
grant select, insert, update on partner_server, partner_task, partner_record to tsunagi_app;
create trigger wake_jobs after insert or update of version on partner_server for each statement execute function wake_jobs();
create trigger wake_jobs after insert on partner_task for each statement execute function wake_jobs();
`;

/** A task that has come to the partner is followed whatever becomes of it; one is brought there when it is sent. */
const changes = `
create function note_partner_task() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.status = 'requested' then
    insert into partner_task (server, task, case_number)
      select s.id, new.id, coalesce(
        jsonb_path_query_first(new.content, '$.identifier[*] ? (@.system == "https://tsunagi.example/fhir/Id/case-number").value') #>> '{}',
        left(new.id::text, 8))
      from partner_server s
      where s.way = 'push' and s.organization_id = new.requester_id and s.partner_id = new.owner_id and s.disabled_at is null
    on conflict (server, task) do nothing;
  end if;
  update partner_task set wanted = wanted + 1, attempts = 0, next_at = now(), queued_at = now(), stopped_at = null
    where task = new.id and tg_op = 'UPDATE';
  if found then notify outbox; end if;
  return null;
end $$;
create trigger zz_partner_noted after insert on task for each row execute function note_partner_task();
create trigger zz_partner_changed after update of content on task for each row
  when (new.content is distinct from old.content) execute function note_partner_task();

-- What the partner knows of a person, and whether it may, goes along.
create function note_partner_person() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update partner_task p set wanted = wanted + 1, attempts = 0, next_at = now(), queued_at = now(), stopped_at = null
    from task t where t.id = p.task and t.patient_id = new.patient_id
      -- A consent is taken back also after what rested on it has ended.
      and (tg_table_name = 'consent' or t.status in ('requested', 'accepted', 'in-progress', 'on-hold'));
  if found then notify outbox; end if;
  return null;
end $$;
create trigger zz_partner_changed after update of content on patient for each row
  when (new.content is distinct from old.content) execute function note_partner_person();
create trigger zz_partner_changed after update of content on consent for each row
  when (new.content is distinct from old.content) execute function note_partner_person();

-- Ids are good for one server. At another address what we brought is found again by its identifiers, or made anew while it is
-- open. What was fetched keeps its id there, by which it is known here; whether it is still that one is seen when it is read.
create function forget_partner_ids() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update partner_server set seen_until = null where id = new.id;
  if new.way = 'push' then
    delete from partner_record where server = new.id;
    update partner_task p set their_id = null, their_version = null, noticed_version = null, their_status = null,
        wanted = wanted + 1, attempts = 0, next_at = now(), queued_at = now(), stopped_at = null
      where server = new.id;
  end if;
  notify outbox;
  return null;
end $$;
create trigger partner_server_moved after update of address on partner_server for each row
  when (new.address is distinct from old.address) execute function forget_partner_ids();
`;
