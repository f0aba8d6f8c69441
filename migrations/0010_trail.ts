import type { Knex } from 'knex';
import { run } from './record_table.ts';

/**
 * The access log as something nobody can quietly change: it also takes what happens outside records (signing in, accounts,
 * refusals), says from where and why, is only ever added to, and is sealed by a chain of signed hashes.
 */
export async function up(db: Knex): Promise<void> {
  await run(db, columns);
  await run(db, adding);
}

export async function down(db: Knex): Promise<void> {
  await run(db, `drop function if exists note_event(jsonb)`);
}

/** Somebody who could not sign in has no organization yet. */
const columns = `
alter table access_log alter column organization drop not null;
alter table access_log add column client text;
alter table access_log add column address text;
alter table access_log add column why text not null default '';
alter table access_log drop constraint access_log_action_check;
alter table access_log add constraint access_log_action_check check (action in (
  'read', 'search', 'history', 'write', 'print', 'export',
  'sign-in', 'sign-in-refused', 'sign-out', 'account', 'token', 'token-refused', 'refused', 'reviewed', 'emergency'));
`;

const adding = `
-- What happens outside records: before somebody is known, or after a transaction was rolled back. Only such events, so
-- that nobody's look at a person can be made up; the moment is the database's.
create function note_event(event jsonb) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if event ->> 'action' in ('read', 'search', 'history', 'write', 'print') then
    raise exception 'no event: %', event ->> 'action' using errcode = 'insufficient_privilege';
  end if;
  insert into access_log (account, post, client, organization, role, via, action, what, records, patients, request, address, why)
  select a.id, coalesce(given.post, a.post_id), given.client, coalesce(given.organization, a.organization_id, c.organization_id),
    coalesce(given.role, a.role, c.role, ''), given.via, given.action, given.what, coalesce(given.records, '{}'),
    coalesce(given.patients, '{}'), given.request, given.address, coalesce(given.why, '')
  from jsonb_to_record(event) as given (account uuid, post uuid, client text, organization uuid, role text, via text,
    action text, what text, records text[], patients uuid[], request text, address text, why text)
  left join account a on a.id = given.account
  left join api_client c on c.id = given.client;
end $$;
revoke execute on function note_event(jsonb) from public;
grant execute on function note_event(jsonb) to tsunagi_app;
`;
