import type { Knex } from 'knex';
import { run } from './record_table.ts';

/**
 * Figures tell programs apart: a fact names the program that its referral goes by. And a referral that is counted already
 * is counted anew only in what its moves change, and only where that changes anything: taking up and holding say nothing
 * new, and used to join, and to write, the whole fact again.
 */
export async function up(db: Knex): Promise<void> {
  await run(db, naming);
  await run(db, counting);
}

export async function down(db: Knex): Promise<void> {
  await run(db, `alter table referral_fact drop column if exists program`);
}

/** A stranger's referral names no program: empty. */
const naming = `
create function program_of(request jsonb) returns text language sql immutable parallel safe as $$
  select coalesce((select substr(uri, length('https://tsunagi.example/fhir/program/') + 1)
    from jsonb_array_elements_text(case jsonb_typeof(request -> 'instantiatesUri') when 'array' then request -> 'instantiatesUri' else '[]' end) uri
    where starts_with(uri, 'https://tsunagi.example/fhir/program/') limit 1), '') $$;
alter table referral_fact add column program text not null default '';
update referral_fact f set program = program_of(s.content) from task t, service_request s
  where t.id = f.task_id and s.id = t.focus_id;
grant select (program) on referral_fact to tsunagi_app;
`;

const counting = `
create or replace function count_referral() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  sent date := (new.authored_on at time zone 'Asia/Tokyo')::date;
  ended text;
begin
  if new.part_of_id is not null or new.status = 'draft' or new.owner_id is null or sent is null then return null; end if;
  if new.status = 'entered-in-error' then
    delete from referral_fact where task_id = new.id;
    return null;
  end if;
  ended := case when new.status = 'completed' then coalesce(
      jsonb_path_query_first(new.content, '$.output[*].valueCodeableConcept.coding[*] ? (@.system == "https://tsunagi.example/fhir/CodeSystem/outcome").code') #>> '{}', 'completed')
    when new.status in ('rejected', 'cancelled', 'failed') then new.status else 'open' end;
  if tg_op = 'UPDATE' then
    perform 1 from referral_fact f where f.task_id = new.id;
    if found then
      update referral_fact f set result = ended, contact_band = contact_band(f.sent_on, f.contacted_on, new.status)
        where f.task_id = new.id and (f.result, f.contact_band) is distinct from (ended, contact_band(f.sent_on, f.contacted_on, new.status));
      return null;
    end if;
  end if;
  insert into referral_fact as f (task_id, sent_on, fiscal_year, month, municipality, age_band, needs, clinic, contacted_on, contact_band, result, program)
  select new.id, sent, extract(year from sent - interval '3 months')::int, to_char(sent, 'YYYY-MM'), coalesce(p.municipality, 'unknown'),
    age_band(p.birth_date, sent),
    coalesce((select array_agg(distinct c ->> 'code') from jsonb_path_query(s.content, '$.category[*].coding[*]') c
      where c ->> 'code' <> 'sdoh-category-unspecified'), '{}'),
    new.requester_id, null, contact_band(sent, null, new.status), ended, program_of(s.content)
  from patient p, service_request s where p.id = new.patient_id and s.id = new.focus_id
  on conflict (task_id) do update set result = excluded.result,
    contact_band = contact_band(f.sent_on, f.contacted_on, new.status);
  return null;
end $$;
`;
