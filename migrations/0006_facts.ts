import type { Knex } from 'knex';
import { run } from './record_table.ts';

/**
 * What figures are made of: one line a referral, without its person. The triggers keep it in the transaction of the
 * referral; the application's role can count the lines of its area and cannot read which referral a line is.
 */
export async function up(db: Knex): Promise<void> {
  await run(
    db,
    `
create table referral_fact (
  task_id uuid primary key,
  sent_on date not null,
  fiscal_year integer not null,
  month text not null,
  municipality text not null,
  age_band text not null,
  needs text[] not null,
  clinic uuid not null,
  contacted_on date,
  contact_band text not null,
  result text not null
);
create index referral_fact_year on referral_fact (fiscal_year, municipality);
alter table referral_fact enable row level security;

-- The municipalities whose figures an actor may count: a council's and a municipality's own.
create function actor_area() returns text[] language sql stable security definer set search_path = public, pg_temp as $$
  select case actor_role()
    when 'council' then (select serves from organization where id = actor_organization())
    when 'coordinator' then (
      select array_agg(split_part(code, '|', 2)) from organization, unnest(identifier) code
      where id = actor_organization() and code like 'https://tsunagi.example/fhir/Id/municipality|%')
    end $$;
create policy referral_fact_count on referral_fact for select to tsunagi_app
  using (municipality = any ((select actor_area())::text[]));
grant select (fiscal_year, month, municipality, age_band, needs, clinic, contact_band, result) on referral_fact to tsunagi_app;

create function age_band(born text, at date) returns text language sql immutable parallel safe as $$
  select case when born is null then 'unknown' when age < 20 then '0-19' when age < 40 then '20-39' when age < 65 then '40-64'
    when age < 75 then '65-74' when age < 85 then '75-84' else '85+' end
  from (select extract(year from age(at, (fhir_start(born) at time zone 'Asia/Tokyo')::date)) as age) a $$;

-- Calendar days from the referral to the first talk or visit.
create function contact_band(sent date, contacted date, status text) returns text language sql immutable parallel safe as $$
  select case when contacted is null and status in ('rejected', 'cancelled', 'failed', 'entered-in-error', 'completed') then 'none'
    when contacted is null then 'waiting' when contacted - sent <= 3 then '0-3' when contacted - sent <= 7 then '4-7'
    when contacted - sent <= 14 then '8-14' else '15+' end $$;

create function count_referral() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  sent date := (new.authored_on at time zone 'Asia/Tokyo')::date;
begin
  if new.part_of_id is not null or new.status = 'draft' or new.owner_id is null or sent is null then return null; end if;
  if new.status = 'entered-in-error' then
    delete from referral_fact where task_id = new.id;
    return null;
  end if;
  insert into referral_fact as f
  select new.id, sent, extract(year from sent - interval '3 months')::int, to_char(sent, 'YYYY-MM'), coalesce(p.municipality, 'unknown'),
    age_band(p.birth_date, sent),
    coalesce((select array_agg(distinct c ->> 'code') from jsonb_path_query(s.content, '$.category[*].coding[*]') c
      where c ->> 'code' <> 'sdoh-category-unspecified'), '{}'),
    new.requester_id, null, contact_band(sent, null, new.status),
    case when new.status = 'completed' then coalesce(
        jsonb_path_query_first(new.content, '$.output[*].valueCodeableConcept.coding[*] ? (@.system == "https://tsunagi.example/fhir/CodeSystem/outcome").code') #>> '{}', 'completed')
      when new.status in ('rejected', 'cancelled', 'failed') then new.status else 'open' end
  from patient p, service_request s where p.id = new.patient_id and s.id = new.focus_id
  on conflict (task_id) do update set result = excluded.result,
    contact_band = contact_band(f.sent_on, f.contacted_on, new.status);
  return null;
end $$;
create trigger zz_count after insert or update of content on task for each row execute function count_referral();

create function count_contact() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not new.category && array['contact'] or not new.category && array['reached', 'visited'] then return null; end if;
  update referral_fact f set
    contacted_on = least(f.contacted_on, (new.sent at time zone 'Asia/Tokyo')::date),
    contact_band = contact_band(f.sent_on, least(f.contacted_on, (new.sent at time zone 'Asia/Tokyo')::date), t.status)
  from task t where t.focus_id = new.based_on_id and f.task_id = t.id;
  return null;
end $$;
create trigger zz_count after insert on communication for each row execute function count_contact();
`,
  );
}

export async function down(db: Knex): Promise<void> {
  await run(
    db,
    `drop table if exists referral_fact cascade; drop function if exists count_referral() cascade; drop function if exists count_contact() cascade`,
  );
}
