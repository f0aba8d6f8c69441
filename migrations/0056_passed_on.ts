import type { Knex } from 'knex';
import { run } from './record_table.ts';

/**
 * A referral that one office passed on to another is one referral in the figures: where a request replaces others
 * (ServiceRequest.replaces), their facts give way to its own, which keeps the day on which the first was sent.
 */
export async function up(db: Knex): Promise<void> {
  await run(db, faxes);
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
    `drop trigger zzz_passed_on on task; drop function count_passed_on(); drop function replaced_requests(jsonb); drop table fax_sent;`,
  );
}

/** That a report went out by fax: whoever sees the report sees when, and to which number. */
const faxes = `
create table fax_sent (
  id uuid primary key,
  report_id uuid not null,
  organization_id uuid not null default actor_organization(),
  number text not null,
  at timestamptz not null,
  by_post uuid default actor_post()
);
create index fax_sent_report on fax_sent (report_id);
comment on table fax_sent is 'When a report was sent to the clinic by fax, as whoever sent it says.';
alter table fax_sent enable row level security;
create policy fax_sent_see on fax_sent for select to tsunagi_app
  using (exists (select 1 from communication c where c.id = fax_sent.report_id));
create policy fax_sent_add on fax_sent for insert to tsunagi_app with check (
  organization_id = (select actor_organization()) and (select actor_role()) = 'linkworker'
  and by_post is not distinct from (select actor_post())
  and exists (select 1 from communication c where c.id = fax_sent.report_id and c.keeper = (select actor_organization())));
grant select, insert (id, report_id, number, at) on fax_sent to tsunagi_app;
`;
