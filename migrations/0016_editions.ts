import type { Knex } from 'knex';
import { run } from './record_table.ts';

/**
 * Figures come out in editions. Whoever compares two readings must not learn what happened between them to one person, so
 * every line keeps how it stood at the end of each month in which it changed, and only months that are over are counted,
 * once at least ten referrals have come since the edition before.
 */
export async function up(db: Knex): Promise<void> {
  await run(
    db,
    `
drop policy referral_fact_count on referral_fact;
revoke all on referral_fact from tsunagi_app;
alter table referral_fact
  -- The first day of the month in which the referral became known here.
  add column counted_in date,
  -- From which month on the line is true, and from which on another one is.
  add column from_month date,
  add column until_month date;
update referral_fact set counted_in = date_trunc('month', sent_on), from_month = date_trunc('month', sent_on);
alter table referral_fact alter column counted_in set not null, alter column from_month set not null,
  drop constraint referral_fact_pkey, add primary key (task_id, from_month);

create function month_in_tokyo(at timestamptz) returns date language sql immutable parallel safe as $$
  select date_trunc('month', at at time zone 'Asia/Tokyo')::date $$;

-- What is known of a referral changes in this month: how it stood before stays.
create function keep_former_fact(task uuid, this_month date) returns void language sql set search_path = public, pg_temp as $$
  with former as (
    update referral_fact set until_month = this_month
    where task_id = task and until_month is null and from_month < this_month returning *
  )
  insert into referral_fact (task_id, sent_on, fiscal_year, month, municipality, age_band, needs, clinic, contacted_on,
    contact_band, result, counted_in, from_month)
  select task_id, sent_on, fiscal_year, month, municipality, age_band, needs, clinic, contacted_on,
    contact_band, result, counted_in, this_month from former $$;

create or replace function count_referral() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  sent date := (new.authored_on at time zone 'Asia/Tokyo')::date;
  this_month date := month_in_tokyo(new.updated_at);
  became text := case when new.status = 'completed' then coalesce(
      jsonb_path_query_first(new.content, '$.output[*].valueCodeableConcept.coding[*] ? (@.system == "https://tsunagi.example/fhir/CodeSystem/outcome").code') #>> '{}', 'completed')
    when new.status in ('rejected', 'cancelled', 'failed') then new.status else 'open' end;
begin
  if new.part_of_id is not null or new.status = 'draft' or new.owner_id is null or sent is null then return null; end if;
  if new.status = 'entered-in-error' then
    delete from referral_fact where task_id = new.id and from_month >= this_month;
    update referral_fact set until_month = this_month where task_id = new.id and until_month is null;
    return null;
  end if;
  insert into referral_fact
  select new.id, sent, extract(year from sent - interval '3 months')::int, to_char(sent, 'YYYY-MM'), coalesce(p.municipality, 'unknown'),
    age_band(p.birth_date, sent),
    coalesce((select array_agg(distinct c ->> 'code') from jsonb_path_query(s.content, '$.category[*].coding[*]') c
      where c ->> 'code' <> 'sdoh-category-unspecified'), '{}'),
    new.requester_id, null, contact_band(sent, null, new.status), became, this_month, this_month
  from patient p, service_request s where p.id = new.patient_id and s.id = new.focus_id
    and not exists (select from referral_fact f where f.task_id = new.id);
  if exists (select from referral_fact f where f.task_id = new.id and f.until_month is null
      and (f.result, f.contact_band) is distinct from (became, contact_band(f.sent_on, f.contacted_on, new.status))) then
    perform keep_former_fact(new.id, this_month);
    update referral_fact f set result = became, contact_band = contact_band(f.sent_on, f.contacted_on, new.status)
    where f.task_id = new.id and f.until_month is null;
  end if;
  return null;
end $$;

create or replace function count_contact() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  talked date := (new.sent at time zone 'Asia/Tokyo')::date;
  named task;
begin
  if not new.category && array['contact'] or not new.category && array['reached', 'visited'] then return null; end if;
  for named in select t.* from task t join referral_fact f on f.task_id = t.id and f.until_month is null
    where t.focus_id = new.based_on_id and (f.contacted_on is null or talked < f.contacted_on)
  loop
    perform keep_former_fact(named.id, month_in_tokyo(new.updated_at));
    update referral_fact f set contacted_on = talked, contact_band = contact_band(f.sent_on, talked, named.status)
    where f.task_id = named.id and f.until_month is null;
  end loop;
  return null;
end $$;

-- The first day that is not yet counted in the actor's area; null before the first edition.
create function edition_until(today date) returns date language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  known record;
  since integer := 0;
  until date;
begin
  for known in select counted_in, count(*)::int as referrals from referral_fact
    where municipality = any ((select actor_area())::text[]) and from_month = counted_in and counted_in < date_trunc('month', today)
    group by counted_in order by counted_in
  loop
    since := since + known.referrals;
    if since >= 10 then
      until := known.counted_in + interval '1 month';
      since := 0;
    end if;
  end loop;
  return until;
end $$;

-- The lines of the newest edition of the actor's area, without the referrals that they are about.
create function edition_facts(today date) returns table (fiscal_year integer, month text, municipality text, age_band text,
  needs text[], clinic uuid, contact_band text, result text)
language sql stable security definer set search_path = public, pg_temp as $$
  with edition as materialized (select edition_until(today) as until)
  select f.fiscal_year, f.month, f.municipality, f.age_band, f.needs, f.clinic, f.contact_band, f.result
  from edition e join referral_fact f on f.sent_on < e.until and f.from_month < e.until
    and (f.until_month is null or f.until_month >= e.until)
  where f.municipality = any ((select actor_area())::text[]) $$;
revoke execute on function edition_until(date), edition_facts(date), keep_former_fact(uuid, date) from public;
grant execute on function edition_until(date), edition_facts(date) to tsunagi_app;
`,
  );
}

/** Going back would publish every line as it stands today. */
export const down = (): Promise<void> => Promise.reject(new Error('Editions that were published stay.'));
