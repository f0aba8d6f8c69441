import type { Knex } from 'knex';
import { run } from './record_table.ts';

/**
 * Gatherings with a date and place, who takes part in them, and talks with whoever drops in. A gathering is no health
 * record. A known person's place in one rests on the referral it is part of and is seen by whoever sees that; others put
 * down what they like to be called, which is forgotten after a while. Of a talk no name is kept.
 *
 * (The word is not "session" here: that table holds who is signed in.)
 */
export async function up(db: Knex): Promise<void> {
  await run(db, gatherings);
  await run(db, places);
  await run(db, seats);
  await run(db, dropIns);
  await run(db, figures);
}

export async function down(db: Knex): Promise<void> {
  await run(
    db,
    `drop table if exists participation_fact, drop_in_fact, gathering_fact, drop_in, gathering_contact, gathering_place, gathering_link, gathering cascade;
     drop function if exists hold_gathering(uuid), gathering_counts(uuid[]), move_up(uuid), body_of_place(uuid), count_gathering(), count_participation(), count_drop_in(),
       no_letters(uuid, uuid), signed_up(uuid, text, text), mail_of_given_up(uuid), free_places(uuid, timestamptz), taking_part(uuid)`,
  );
}

const ours = (table: string): string => `${table}.organization_id = (select actor_organization())`;
/** Whoever came with a link to one person has no part in what the body holds. */
const isRole = (...roles: readonly string[]): string =>
  `(select actor_role()) in ('${roles.join("', '")}') and (select actor_patient()) is null`;
const holders = isRole('linkworker', 'coordinator', 'resource');
const helpers = isRole('linkworker', 'neighbour', 'coordinator', 'resource', 'system');

const gatherings = `
create table gathering (
  id uuid primary key,
  organization_id uuid not null default actor_organization() references organization (id) deferrable initially deferred,
  program text not null,
  -- Those that were made together.
  series uuid,
  kind text not null,
  title text not null check (length(title) between 1 and 100),
  note text check (length(note) <= 1000),
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  municipality text check (municipality ~ '^[0-9]{6}$'),
  -- The part of the municipality, as its figures are told apart.
  area text not null default '' check (length(area) <= 50),
  place text check (length(place) <= 200),
  location_id uuid references location (id) deferrable initially deferred,
  -- How many are taken, on site and online; null where one cannot sign up for it.
  room integer check (room between 1 and 500),
  room_online integer check (room_online between 1 and 500),
  drop_in boolean not null,
  leader_kind text,
  leader text check (length(leader) <= 100),
  phone text check (length(phone) <= 30),
  status text not null default 'planned' check (status in ('planned', 'cancelled')),
  cancelled_because text,
  version integer not null default 1,
  created_at timestamptz not null,
  check (room is not null or room_online is not null or drop_in)
);
create index gathering_calendar on gathering (organization_id, starts_at);
create index gathering_starts on gathering (starts_at) where status = 'planned';
create index gathering_series on gathering (series) where series is not null;
alter table gathering enable row level security;
create policy gathering_see on gathering for select to tsunagi_app using (${ours('gathering')} and ${helpers});
create policy gathering_add on gathering for insert to tsunagi_app with check (${ours('gathering')} and ${holders});
create policy gathering_change on gathering for update to tsunagi_app using (${ours('gathering')} and ${holders})
  with check (${ours('gathering')});
grant select, insert, update on gathering to tsunagi_app;

-- Where one takes part online. Apart, since it is shown to those who have a place there and to nobody else.
create table gathering_link (
  gathering_id uuid primary key references gathering (id) on delete cascade,
  url text not null check (url ~ '^https://[^[:space:]]+$' and length(url) <= 500)
);
alter table gathering_link enable row level security;
create policy gathering_link_see on gathering_link for select to tsunagi_app
  using (exists (select 1 from gathering g where g.id = gathering_id));
create policy gathering_link_keep on gathering_link to tsunagi_app
  using (${holders} and exists (select 1 from gathering g where g.id = gathering_id))
  with check (${holders} and exists (select 1 from gathering g where g.id = gathering_id));
grant select, insert, update, delete on gathering_link to tsunagi_app;
`;

/** Whoever of the body may see the referral that a place is part of; that it is that person's, and at the body itself. */
const ofTheirCase = `exists (select 1 from task t where t.id = task_id and t.patient_id = gathering_place.patient_id
  and t.owner_id = (select actor_organization()) and t.part_of_id is null)`;

const places = `
create table gathering_place (
  id uuid primary key,
  gathering_id uuid not null references gathering (id),
  organization_id uuid not null default actor_organization(),
  -- Who came first is first when a place is free.
  turn bigint generated always as identity,
  way text not null check (way in ('site', 'online')),
  state text not null check (state in ('booked', 'waiting', 'cancelled')),
  -- As they like to be called; null for the person of a referral, whose name stands in their own record.
  name text check (length(name) between 1 and 60),
  patient_id uuid references patient (id) deferrable initially deferred,
  task_id uuid references task (id) deferrable initially deferred,
  walk_in boolean not null default false,
  attended text check (attended in ('present', 'online', 'absent')),
  -- What taking part became in the person's case; kept when it is corrected, to be taken up again.
  encounter_id uuid references encounter (id) deferrable initially deferred,
  contact_id uuid references communication (id) deferrable initially deferred,
  -- The key of the form, so that a second tap finds the first one's place; and what cancels without the letter.
  key_hash bytea unique,
  code_hash bytea,
  language text not null default 'ja' check (language in ('ja', 'en')),
  created_at timestamptz not null,
  reminded_at timestamptz,
  check ((patient_id is null) = (task_id is null)),
  check ((task_id is null) = (name is not null))
);
create index gathering_place_of on gathering_place (gathering_id, turn);
create unique index gathering_place_once on gathering_place (gathering_id, task_id) where task_id is not null and state <> 'cancelled';
create index gathering_place_code on gathering_place (gathering_id, code_hash) where code_hash is not null;
create index gathering_place_task on gathering_place (task_id) where task_id is not null;
create index gathering_place_patient on gathering_place (patient_id) where patient_id is not null;
alter table gathering_place enable row level security;
create policy gathering_place_see on gathering_place for select to tsunagi_app
  using (${ours('gathering_place')} and ${helpers} and (task_id is null or ${ofTheirCase}));
create policy gathering_place_add on gathering_place for insert to tsunagi_app with check (${ours('gathering_place')} and ${helpers}
  and exists (select 1 from gathering g where g.id = gathering_id) and (task_id is null or ${ofTheirCase}));
create policy gathering_place_change on gathering_place for update to tsunagi_app
  using (${ours('gathering_place')} and ${helpers} and (task_id is null or ${ofTheirCase})) with check (${ours('gathering_place')});
grant select, insert, update (way, state, attended, encounter_id, contact_id, reminded_at) on gathering_place to tsunagi_app;

-- How to reach whoever has a place. Not for residents who help: they tick who is there.
create table gathering_contact (
  place_id uuid primary key references gathering_place (id) on delete cascade,
  mail text check (length(mail) <= 254),
  phone text check (length(phone) <= 30),
  check (mail is not null or phone is not null)
);
alter table gathering_contact enable row level security;
create policy gathering_contact_see on gathering_contact for select to tsunagi_app
  using ((select actor_role()) <> 'neighbour' and exists (select 1 from gathering_place p where p.id = place_id));
create policy gathering_contact_add on gathering_contact for insert to tsunagi_app
  with check (exists (select 1 from gathering_place p where p.id = place_id));
grant select, insert on gathering_contact to tsunagi_app;
`;

/** What counts everybody, also those whom the actor does not see; of the actor's own body alone. */
const seats = `
-- Whoever takes or gives up a place waits here for whoever is doing so; false when the gathering is not the actor's or off.
create function hold_gathering(which uuid) returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform 1 from gathering where id = which and organization_id = actor_organization() and status = 'planned' for update;
  return found;
end $$;

-- Whether the person of a referral must not be written to: their contact is limited, the order says so, or their address is
-- sealed. Asked when a letter goes, since it may have become so after they signed up.
create function no_letters(person uuid, referral uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from patient p where p.id = person and (p.limited or p.content @?
      '$.telecom[*].extension[*] ? (@.url == "http://hl7.org/fhir/StructureDefinition/data-absent-reason" && @.valueCode == "masked")'))
    or exists (select 1 from seal s where s.patient_id = person)
    or exists (select 1 from task t join service_request r on r.id = t.focus_id where t.id = referral and r.content @?
      '$.orderDetail[*].coding[*] ? (@.system == "http://hl7.org/fhir/us/sdoh-clinicalcare/CodeSystem/SDOHCC-CodeSystemTemporaryCodes"
        && @.code == "contacting-subject-prohibited")') $$;

-- Whether somebody of that name signed up with that address, also for whoever sees no addresses.
create function signed_up(which uuid, address text, called text) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from gathering_place p join gathering_contact c on c.place_id = p.id
    where p.gathering_id = which and p.organization_id = actor_organization() and p.state <> 'cancelled'
      and lower(c.mail) = lower(address) and p.name = called) $$;

-- Whom a letter tells that their place was given up, also when whoever took them off sees no addresses.
create function mail_of_given_up(which uuid) returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select c.mail from gathering_place p join gathering_contact c on c.place_id = p.id
  where p.id = which and p.state = 'cancelled' and p.organization_id = actor_organization()
    and (p.patient_id is null or not no_letters(p.patient_id, p.task_id)) $$;

-- Frees what the person of a referral that ended has in gatherings to come. By the service alone: the body may see the
-- referral no longer.
create function free_places(referral uuid, since timestamptz) returns table (place_id uuid, gathering_id uuid, way text, mail text, language text)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if actor_role() <> 'system' then return; end if;
  perform 1 from gathering g where g.organization_id = actor_organization() and g.starts_at > since
    and g.id in (select p.gathering_id from gathering_place p where p.task_id = referral and p.state <> 'cancelled')
    order by g.id for update;
  return query
  with freed as (
    update gathering_place p set state = 'cancelled' from gathering g
    where p.task_id = referral and p.state <> 'cancelled' and p.organization_id = actor_organization()
      and g.id = p.gathering_id and g.starts_at > since and g.status = 'planned'
    returning p.id, p.gathering_id, p.way, p.language, p.patient_id, p.task_id
  )
  select f.id, f.gathering_id, f.way, case when no_letters(f.patient_id, f.task_id) then null else c.mail end, f.language
  from freed f left join gathering_contact c on c.place_id = f.id order by f.id;
end $$;

-- What a person took or takes part in, for the body that keeps them and sent the referral it is part of.
create function taking_part(who uuid) returns table (starts_at timestamptz, title text, body text, way text, state text, attended text, called_off boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select g.starts_at, g.title, o.content ->> 'name', p.way, p.state, p.attended, g.status = 'cancelled'
  from gathering_place p join gathering g on g.id = p.gathering_id join task t on t.id = p.task_id
    join organization o on o.id = g.organization_id
  where p.patient_id = who and t.requester_id = actor_organization() and actor_patient() is null
    and exists (select 1 from patient k where k.id = who and k.organization_id = actor_organization())
  order by g.starts_at, p.id $$;

create function gathering_counts(which uuid[]) returns table (gathering_id uuid, way text, booked integer, waiting integer, attended integer)
language sql stable security definer set search_path = public, pg_temp as $$
  select p.gathering_id, p.way, (count(*) filter (where p.state = 'booked' and not p.walk_in))::integer,
    (count(*) filter (where p.state = 'waiting'))::integer, (count(*) filter (where p.attended in ('present', 'online')))::integer
  from gathering_place p where p.gathering_id = any (which) and p.organization_id = actor_organization() group by 1, 2 $$;

-- Gives free places to those who have waited longest; returns to whom a letter goes. Under hold_gathering.
create function move_up(which uuid) returns table (place_id uuid, way text, mail text, language text)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  one gathering;
begin
  select * into one from gathering g where g.id = which and g.organization_id = actor_organization() and g.status = 'planned';
  if one.id is null then return; end if;
  return query
  with free as (
    select w.way, w.room - (select count(*) from gathering_place p where p.gathering_id = which and p.way = w.way and p.state = 'booked' and not p.walk_in) as seats
    from (values ('site', one.room), ('online', one.room_online)) w (way, room) where w.room is not null
  ), queue as (
    select p.id, p.way, row_number() over (partition by p.way order by p.turn) as n
    from gathering_place p where p.gathering_id = which and p.state = 'waiting'
  ), moved as (
    update gathering_place p set state = 'booked' from queue q join free f on f.way = q.way
    where p.id = q.id and q.n <= f.seats returning p.id, p.way, p.language, p.patient_id, p.task_id
  )
  select m.id, m.way, case when m.patient_id is not null and no_letters(m.patient_id, m.task_id) then null else c.mail end, m.language
  from moved m left join gathering_contact c on c.place_id = m.id;
end $$;
-- Whose gathering a place is in, for the bearer of its address, before there is an actor.
create function body_of_place(which uuid) returns uuid language sql stable security definer set search_path = public, pg_temp as $$
  select organization_id from gathering_place where id = which $$;
revoke execute on function hold_gathering(uuid), gathering_counts(uuid[]), move_up(uuid), body_of_place(uuid),
  no_letters(uuid, uuid), signed_up(uuid, text, text), mail_of_given_up(uuid), free_places(uuid, timestamptz), taking_part(uuid) from public;
grant execute on function hold_gathering(uuid), gathering_counts(uuid[]), move_up(uuid), body_of_place(uuid),
  no_letters(uuid, uuid), signed_up(uuid, text, text), mail_of_given_up(uuid), free_places(uuid, timestamptz), taking_part(uuid) to tsunagi_app;
`;

const dropIns = `
-- A talk with somebody who dropped in: what about, how long, how old about. Nobody can be told by it.
create table drop_in (
  id uuid primary key,
  gathering_id uuid not null references gathering (id),
  organization_id uuid not null default actor_organization(),
  at timestamptz not null,
  topics text[] not null check (cardinality(topics) between 1 and 12),
  minutes integer not null check (minutes between 1 and 240),
  age_band text not null check (age_band in ('0-19', '20-39', '40-64', '65-74', '75-84', '85+', 'unknown')),
  post_id uuid,
  -- The referral that it became, once the person had agreed.
  task_id uuid references task (id) deferrable initially deferred
);
create index drop_in_of on drop_in (gathering_id, at);
create index drop_in_task on drop_in (task_id) where task_id is not null;
alter table drop_in enable row level security;
create policy drop_in_see on drop_in for select to tsunagi_app using (${ours('drop_in')} and ${helpers});
create policy drop_in_add on drop_in for insert to tsunagi_app with check (${ours('drop_in')} and ${isRole('linkworker', 'neighbour', 'coordinator', 'resource')}
  and task_id is null and exists (select 1 from gathering g where g.id = gathering_id));
-- Only what had no name yet is linked, to a referral that whoever links it sees.
create policy drop_in_link on drop_in for update to tsunagi_app using (${ours('drop_in')} and ${isRole('linkworker')} and task_id is null)
  with check (${ours('drop_in')} and exists (select 1 from task t where t.id = task_id));
grant select, insert, update (task_id) on drop_in to tsunagi_app;
`;

/** Facts without persons, for whoever counts an area; see 0006. */
const figures = `
create table gathering_fact (
  gathering_id uuid primary key,
  fiscal_year integer not null,
  municipality text not null,
  area text not null,
  program text not null
);
create index gathering_fact_year on gathering_fact (fiscal_year, municipality);
create table participation_fact (
  place_id uuid primary key,
  gathering_id uuid not null,
  way text not null
);
create index participation_fact_of on participation_fact (gathering_id);
create table drop_in_fact (
  drop_in_id uuid primary key,
  fiscal_year integer not null,
  month text not null,
  municipality text not null,
  area text not null,
  topics text[] not null,
  age_band text not null,
  program text not null
);
create index drop_in_fact_year on drop_in_fact (fiscal_year, municipality);
alter table gathering_fact enable row level security;
alter table participation_fact enable row level security;
alter table drop_in_fact enable row level security;
create policy gathering_fact_count on gathering_fact for select to tsunagi_app using (municipality = any ((select actor_area())::text[]));
create policy drop_in_fact_count on drop_in_fact for select to tsunagi_app using (municipality = any ((select actor_area())::text[]));
create policy participation_fact_count on participation_fact for select to tsunagi_app
  using (exists (select 1 from gathering_fact f where f.gathering_id = participation_fact.gathering_id));
grant select on gathering_fact to tsunagi_app;
grant select (gathering_id, way) on participation_fact to tsunagi_app;
grant select (fiscal_year, month, municipality, area, topics, age_band, program) on drop_in_fact to tsunagi_app;

create function count_gathering() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  day date := (new.starts_at at time zone 'Asia/Tokyo')::date;
begin
  delete from gathering_fact where gathering_id = new.id;
  if new.status = 'planned' then
    insert into gathering_fact values (new.id, extract(year from day - interval '3 months')::int, coalesce(new.municipality, 'unknown'), new.area, new.program);
  end if;
  return null;
end $$;
create trigger zz_count after insert or update on gathering for each row execute function count_gathering();

create function count_participation() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from participation_fact where place_id = new.id;
  if new.attended in ('present', 'online') then
    insert into participation_fact values (new.id, new.gathering_id, case new.attended when 'online' then 'online' else 'site' end);
  end if;
  return null;
end $$;
create trigger zz_count after insert or update of attended on gathering_place for each row execute function count_participation();

create function count_drop_in() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into drop_in_fact
  select new.id, extract(year from (new.at at time zone 'Asia/Tokyo')::date - interval '3 months')::int, to_char(new.at at time zone 'Asia/Tokyo', 'YYYY-MM'),
    coalesce(g.municipality, 'unknown'), g.area, new.topics, new.age_band, g.program
  from gathering g where g.id = new.gathering_id;
  return null;
end $$;
create trigger zz_count after insert on drop_in for each row execute function count_drop_in();
`;
