import type { Knex } from 'knex';
import { run } from './record_table.ts';

/**
 * A referral that one office passed on to another is one referral in the figures: where a request replaces others
 * (ServiceRequest.replaces), their facts give way to its own, which keeps the day on which the first was sent.
 */
export async function up(db: Knex): Promise<void> {
  await run(
    db,
    `
create function replaced_requests(request jsonb) returns uuid[] language sql immutable parallel safe as $$
  select coalesce(array_agg(fhir_id(r ->> 'reference', 'ServiceRequest')), '{}')
  from jsonb_array_elements(case jsonb_typeof(request -> 'replaces') when 'array' then request -> 'replaces' else '[]' end) r $$;
create function count_passed_on() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  earlier uuid[] := (select array_agg(t.id) from task t, service_request s
    where s.id = new.focus_id and t.focus_id = any (replaced_requests(s.content)) and t.patient_id = new.patient_id);
  first date;
begin
  if earlier is null then return null; end if;
  first := (select min(sent_on) from referral_fact where task_id = any (earlier));
  delete from referral_fact where task_id = any (earlier);
  if first is not null then
    update referral_fact set sent_on = first, fiscal_year = extract(year from first - interval '3 months')::int,
      month = to_char(first, 'YYYY-MM') where task_id = new.id;
  end if;
  return null;
end $$;
create trigger zzz_passed_on after insert on task for each row when (new.part_of_id is null) execute function count_passed_on();
`,
  );
}

export async function down(db: Knex): Promise<void> {
  await run(
    db,
    `drop trigger zzz_passed_on on task; drop function count_passed_on(); drop function replaced_requests(jsonb);`,
  );
}
