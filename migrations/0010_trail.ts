import type { Knex } from 'knex';
import { run } from './record_table.ts';

/**
 * The access log as something nobody can quietly change: it also takes what happens outside records (signing in, accounts,
 * refusals), says from where and why, is only ever added to, and is sealed by a chain of signed hashes.
 */
export async function up(db: Knex): Promise<void> {
  for (const part of [columns, adding, onlyAdded, seals, ways, review]) await run(db, part);
}

export async function down(db: Knex): Promise<void> {
  await run(
    db,
    `drop function if exists note_event(jsonb), refuse_change(), access_review_counts, access_review_accounts,
      access_review_events cascade;
    drop view if exists access_log_seen; drop table if exists access_log_seal, access_log_key cascade`,
  );
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
  'sign-in', 'sign-in-refused', 'sign-out', 'account', 'token', 'token-refused', 'refused', 'log-read', 'reviewed', 'emergency'));
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
  select a.id, coalesce(given.post, a.post_id), c.id, coalesce(given.organization, a.organization_id, c.organization_id),
    coalesce(given.role, a.role, c.role, ''), given.via, given.action, given.what, coalesce(given.records, '{}'),
    coalesce(given.patients, '{}'), given.request, given.address, coalesce(given.why, '')
  from jsonb_to_record(event) as given (account uuid, post uuid, client text, organization uuid, role text, via text,
    action text, what text, records text[], patients uuid[], request text, address text, why text, login text)
  left join account a on a.id = coalesce(given.account, (select b.id from account b where b.login = given.login))
  left join api_client c on c.id = given.client;
end $$;
revoke execute on function note_event(jsonb) from public;
grant execute on function note_event(jsonb) to tsunagi_app;
`;

/**
 * The application may say what happened, not when it happened nor in whose name. Whoever owns the tables could switch the
 * triggers off; that is what the seals are for.
 */
const onlyAdded = `
revoke all on access_log from tsunagi_app;
grant select on access_log to tsunagi_app;
grant insert (account, post, client, via, action, what, records, patients, request, address, why) on access_log to tsunagi_app;
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the access log is only added to' using errcode = 'insufficient_privilege';
end $$;
create trigger only_added before update or delete or truncate on access_log for each statement execute function refuse_change();
`;

/**
 * A seal stands for the rows after the one before it, up to \`until_id\`. \`head\` is the hash over the head before and
 * every row in the order of ids; \`marks\` keeps the first eight bytes of each row's own hash, to find the place of a break.
 */
const seals = `
create table access_log_key (
  fingerprint text primary key,
  public_key text not null,
  since timestamptz not null default clock_timestamp()
);
create table access_log_seal (
  number bigint primary key,
  after_id bigint not null,
  until_id bigint not null,
  rows integer not null,
  sealed_at timestamptz not null,
  key text not null references access_log_key (fingerprint),
  marks bytea not null,
  head bytea not null,
  signature bytea not null,
  check (until_id >= after_id and length(marks) = rows * 8)
);
alter table access_log_seal alter column marks set storage external;
create trigger only_added before update or delete or truncate on access_log_seal for each statement execute function refuse_change();
create trigger only_added before update or delete or truncate on access_log_key for each statement execute function refuse_change();
grant select on access_log_seal, access_log_key to tsunagi_app;
`;

/**
 * By organization and time, for a review of one; by time alone with next to no cost, for all; the few rows that are no
 * everyday look, for lists of them. The view carries the row rule of the table, since below a policy PostgreSQL keeps the
 * index on persons from being used.
 */
const ways = `
drop index access_log_at;
create index access_log_organization on access_log (organization, at);
create index access_log_time on access_log using brin (at) with (pages_per_range = 32, autosummarize = on);
create index access_log_events on access_log (action, at) where action not in ('read', 'search', 'history', 'write', 'print');
create view access_log_seen as select l.* from access_log l where
  l.organization = (select actor_organization())
  or ((select 'contact' = any (actor_items()) and actor_patient() is null) and exists (
    select 1 from patient p where p.id = any (l.patients) and p.organization_id = (select actor_organization())));
grant select on access_log_seen to tsunagi_app;
`;

/**
 * What an administrator is shown of the log: counts, accounts, hours and kinds of record, of all organizations; never
 * whose records they were. So these functions count for them, and the rows themselves stay closed.
 */
const review = `
create function access_review_counts(since timestamptz, until timestamptz, body uuid, who uuid, closed date[])
returns table (action text, hour integer, holiday boolean, count bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select l.action, extract(hour from l.at at time zone 'Asia/Tokyo')::integer,
    (l.at at time zone 'Asia/Tokyo')::date = any (closed), count(*)
  from access_log l
  where actor_role() = 'admin' and l.at >= since and l.at < until
    and (body is null or l.organization = body) and (who is null or l.account = who)
  group by 1, 2, 3 $$;

-- One line for each account or program. Persons are counted where their records were opened: a name in somebody's list is
-- no look at the person, in a program's search it is. A usual day is the median of the days with any, since \`before\`.
create function access_review_accounts(before timestamptz, since timestamptz, until timestamptz, body uuid, who uuid, closed date[])
returns table (account uuid, client text, name text, role text, organization text, looks bigint, persons bigint,
  usual integer, days integer, most integer, most_on date, unusual bigint, unusual_days bigint, prints bigint, exports bigint,
  refused bigint, sign_in_refused bigint, emergencies bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  with lines as materialized (
    select coalesce(l.account::text, l.client) as actor, l.account, l.client, l.organization, l.role, l.action, l.patients,
      l.at >= since as recent, (l.at at time zone 'Asia/Tokyo')::date as day,
      extract(hour from l.at at time zone 'Asia/Tokyo') as hour,
      l.action in ('read', 'search', 'history', 'write', 'print', 'export') and l.patients <> '{}' as look
    from access_log l
    where actor_role() = 'admin' and l.at >= before and l.at < until and (l.account is not null or l.client is not null)
      and (body is null or l.organization = body) and (who is null or l.account = who)
  ),
  seen as materialized (select actor, day, recent, person from lines, unnest(patients) person
    where look and (action <> 'search' or client is not null) group by 1, 2, 3, 4),
  days as (select actor, day, recent, count(*)::integer as persons from seen group by 1, 2, 3),
  usual as (
    select actor, (percentile_disc(0.5) within group (order by persons)) as usual, count(*)::integer as days,
      max(persons) filter (where recent) as most,
      (array_agg(day order by persons desc, day) filter (where recent))[1] as most_on
    from days group by actor
  ),
  persons as (select actor, count(distinct person) as persons from seen where recent group by actor),
  counted as (
    select actor, account, client, (array_agg(organization))[1] as organization, (array_agg(role))[1] as role,
      count(*) filter (where look) as looks,
      count(*) filter (where look and (hour < 7 or hour >= 20 or day = any (closed))) as unusual,
      count(distinct day) filter (where look and (hour < 7 or hour >= 20 or day = any (closed))) as unusual_days,
      count(*) filter (where action = 'print') as prints, count(*) filter (where action = 'export') as exports,
      count(*) filter (where action = 'refused') as refused, count(*) filter (where action in ('sign-in-refused', 'token-refused')) as failed,
      count(*) filter (where action = 'emergency') as emergencies
    from lines where recent group by actor, account, client
  )
  select c.account, c.client, coalesce(a.name, c.client), c.role, o.content ->> 'name', c.looks, coalesce(p.persons, 0),
    u.usual, u.days, u.most, u.most_on, c.unusual, c.unusual_days, c.prints, c.exports, c.refused, c.failed, c.emergencies
  from counted c left join usual u using (actor) left join persons p using (actor)
  left join account a on a.id = c.account left join organization o on o.id = c.organization
  order by c.looks desc, c.actor $$;

create function access_review_events(since timestamptz, until timestamptz, body uuid, who uuid, kinds text[], most integer)
returns table (id bigint, at timestamptz, action text, name text, organization text, role text, what text, records text[],
  address text, why text)
language sql stable security definer set search_path = public, pg_temp as $$
  select l.id, l.at, l.action, coalesce(a.name, l.client), o.content ->> 'name', l.role, l.what,
    case when l.action = 'account' then l.records else '{}' end, l.address, l.why
  from unnest(kinds) kind, lateral (
    select * from access_log e where e.action = kind and e.action not in ('read', 'search', 'history', 'write', 'print')
      and e.at >= since and e.at < until and (body is null or e.organization = body) and (who is null or e.account = who)
    order by e.at desc limit most
  ) l left join account a on a.id = l.account left join organization o on o.id = l.organization
  where actor_role() = 'admin'
  order by l.at desc, l.id desc $$;
revoke execute on function access_review_counts, access_review_accounts, access_review_events from public;
grant execute on function access_review_counts, access_review_accounts, access_review_events to tsunagi_app;
`;
