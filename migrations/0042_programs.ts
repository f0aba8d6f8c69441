import type { Knex } from 'knex';
import { run } from './record_table.ts';

/**
 * Programs of others are registered on a page: what they are for, who looks after them, until when, and how they prove
 * who they are. Only an administrator changes them; what was narrowed or switched off reaches what runs by itself.
 */
export async function up(db: Knex): Promise<void> {
  for (const part of [columns, rules, scopes, ending, looks]) await run(db, part);
}

export async function down(db: Knex): Promise<void> {
  await run(
    db,
    `
drop function program_events(text, timestamptz, integer), program_changes(text, timestamptz, integer), program_last_token(text);
drop index access_log_token;
drop trigger ended on api_client;
drop function end_running();
drop function scopes_allow(text, text, text);
drop policy api_client_known on api_client;
drop policy api_client_added on api_client;
drop policy api_client_changed on api_client;
alter table api_client disable row level security;
revoke insert, update on api_client from tsunagi_app;
alter table api_client drop column version, drop column name, drop column purpose, drop column contact, drop column created_at,
  drop column ends_at, drop column secret_made_at, drop column secret_before_hash, drop column secret_before_until,
  drop column generation;
`,
  );
}

const columns = `
alter table api_client
  -- Rises with every change on its page, so that two administrators do not undo each other.
  add column version integer not null default 1,
  add column name text not null default '',
  add column purpose text not null default '',
  add column contact text,
  add column created_at timestamptz not null default now(),
  add column ends_at timestamptz,
  add column secret_made_at timestamptz,
  -- The secret before is good for a while beside the new one.
  add column secret_before_hash text,
  add column secret_before_until timestamptz,
  -- A token names the generation it was made in; it opens nothing in another.
  add column generation integer not null default 0;
update api_client set secret_made_at = created_at where secret_hash is not null;
`;

/** Who a program is, is asked before there is an actor; so all are found, and changed by administrators alone. */
const rules = `
alter table api_client enable row level security;
create policy api_client_known on api_client for select to tsunagi_app using (true);
create policy api_client_added on api_client for insert to tsunagi_app with check ((select actor_role()) = 'admin');
create policy api_client_changed on api_client for update to tsunagi_app
  using ((select actor_role()) = 'admin') with check ((select actor_role()) = 'admin');
grant insert (id, secret_hash, public_keys, role, organization_id, scopes, name, purpose, contact, created_at, ends_at,
  secret_made_at) on api_client to tsunagi_app;
-- Its name in the log, its body and its role stay what they were.
grant update (secret_hash, public_keys, scopes, name, purpose, contact, ends_at, disabled_at, secret_made_at,
  secret_before_hash, secret_before_until, generation, version) on api_client to tsunagi_app;
`;

const scopes = `
-- Whether SMART scopes (system/Task.rs) let a program do that (one letter) with that kind of record.
create function scopes_allow(scopes text, kind text, letter text) returns boolean language sql immutable parallel safe as $$
  select exists (select 1 from string_to_table(scopes, ' ') one
    where one ~ '^system/([*]|[A-Za-z]+)[.]c?r?u?d?s?$' and split_part(split_part(one, '/', 2), '.', 1) in ('*', kind)
      and strpos(split_part(one, '.', 2), letter) > 0) $$;
`;

/** What a program set running goes no further than the program itself; whoever changes the row, and however. */
const ending = `
create function end_running() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.disabled_at is not null then
    update subscription set status = 'off', version = version + 1, fault = 'The program was switched off.'
      where client = new.id and status <> 'off';
    delete from export_job where client = new.id;
  else
    update subscription set status = 'off', version = version + 1, fault = 'The program may not read ' || type || ' any more.'
      where client = new.id and status <> 'off' and not scopes_allow(new.scopes, type, 'r');
    update export_job set status = 'failed', fault = 'The program may not read all of it any more.', ended_at = now()
      where client = new.id and status = 'running'
        and exists (select 1 from unnest(types) kind where not scopes_allow(new.scopes, kind, 'r'));
  end if;
  return null;
end $$;
create trigger ended after update of disabled_at, scopes on api_client for each row
  when (new.disabled_at is distinct from old.disabled_at or new.scopes is distinct from old.scopes) execute function end_running();
`;

/** An administrator sees what a program does and how much, never with whose records. */
const looks = `
create index access_log_token on access_log (client, at) where action = 'token';
create function program_last_token(which text) returns timestamptz
language sql stable security definer set search_path = public, pg_temp as $$
  select max(l.at) from access_log l where actor_role() = 'admin' and l.action = 'token' and l.client = which $$;
create function program_events(which text, since timestamptz, most integer)
returns table (id bigint, at timestamptz, action text, what text, records integer, persons integer, address text, why text)
language sql stable security definer set search_path = public, pg_temp as $$
  select l.id, l.at, l.action, l.what, cardinality(l.records), cardinality(l.patients), l.address, l.why
  from access_log l
  where actor_role() = 'admin' and l.organization = (select c.organization_id from api_client c where c.id = which)
    and l.at >= since and l.client = which
  order by l.at desc, l.id desc limit most $$;
create function program_changes(which text, since timestamptz, most integer)
returns table (id bigint, at timestamptz, what text, by_name text)
language sql stable security definer set search_path = public, pg_temp as $$
  select l.id, l.at, l.what, a.name from access_log l left join account a on a.id = l.account
  where actor_role() = 'admin' and l.action = 'account' and l.at >= since and l.records = array['program/' || which]
  order by l.at desc, l.id desc limit most $$;
revoke execute on function program_last_token(text), program_events(text, timestamptz, integer),
  program_changes(text, timestamptz, integer) from public;
grant execute on function program_last_token(text), program_events(text, timestamptz, integer),
  program_changes(text, timestamptz, integer) to tsunagi_app;
`;
