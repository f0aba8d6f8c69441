import type { Knex } from 'knex';
import { run } from './record_table.ts';

/**
 * Whom an insurer invites to see a doctor. These people have consented to nothing, so they are no patients: they stand in a
 * table that their insurer alone sees, until a day, and whoever does not want it is gone from it at once. Others come
 * by one row and never by the list: the person with the code of their letter and the date of birth, and the clinic
 * that they come to with the same, or with the number on their card.
 */
export async function up(db: Knex): Promise<void> {
  for (const part of [tables, rules, person, clinic, menu]) await run(db, part);
}

export async function down(db: Knex): Promise<void> {
  await run(
    db,
    `
drop function menu_body(uuid), invitation_at_clinic(text[], text, text, text, text), invitation_came(uuid, uuid, date, boolean),
  invitation_refused_at_clinic(text[], text, text), invitation_known(text, text), invitation_answer(text, text, text, timestamptz, date, text);
drop table invitation_visit, invitation_contact, invitation, invitation_list`,
  );
}

const tables = `
create table invitation_list (
  id uuid primary key,
  insurer_id uuid not null references organization (id),
  program text not null,
  title text not null check (length(title) between 1 and 100),
  made_at timestamptz not null,
  made_by uuid,
  -- The last day on which anybody is left on it.
  ends_on date not null,
  taken integer not null,
  -- Who does not want it, and whose visit the insurer is not told of: one count, so that neither can be told from the other.
  ended integer not null default 0,
  lapsed integer not null default 0
);
create index invitation_list_insurer on invitation_list (insurer_id, made_at desc);
comment on table invitation_list is 'A list of members whom an insurer invites to see a doctor. Holds counts and no person.';

create table invitation (
  id uuid primary key,
  list_id uuid not null references invitation_list (id) on delete cascade,
  insurer_id uuid not null,
  -- The line of the file that it came from.
  line integer not null,
  symbol text not null,
  number text not null,
  branch text not null,
  name text not null,
  kana text not null,
  birth_date text not null,
  postal_code text not null,
  address text not null,
  phone text not null,
  reason text not null,
  -- Stands on the letter.
  code text not null unique check (code ~ '^[0-9]{12}$'),
  sent_on date,
  agreed_at timestamptz,
  agreed_by text check (agreed_by in ('themselves', 'telephone')),
  contacts integer not null default 0,
  -- From this day on somebody writes or calls again; null when nobody does any more.
  due_on date,
  unique (insurer_id, symbol, number, branch)
);
create index invitation_page on invitation (list_id, line);
create index invitation_due on invitation (list_id, due_on) where due_on is not null;
create index invitation_card on invitation (number, birth_date);
comment on table invitation is 'Members who are invited and have consented to nothing. For their insurer alone; deleted when they do not want it, when they came, and at the end of the list.';

create table invitation_contact (
  id bigint generated always as identity primary key,
  invitation_id uuid not null references invitation (id) on delete cascade,
  at timestamptz not null,
  kind text not null check (kind in ('letter', 'reminder', 'reached', 'no-answer')),
  by_post uuid
);
create index invitation_contact_of on invitation_contact (invitation_id, at);

create table invitation_visit (
  id uuid primary key,
  list_id uuid not null references invitation_list (id),
  insurer_id uuid not null,
  patient_id uuid not null references patient (id) deferrable initially deferred,
  clinic_id uuid not null,
  came_on date not null,
  unique (list_id, patient_id)
);
create index invitation_visit_patient on invitation_visit (patient_id);
comment on table invitation_visit is 'That somebody who was invited came, and consented that the insurer be told. Seen as long as the person is.';
`;

const rules = `
alter table invitation_list enable row level security;
alter table invitation enable row level security;
alter table invitation_contact enable row level security;
alter table invitation_visit enable row level security;
create policy invitation_list_own on invitation_list to tsunagi_app
  using ((select actor_role()) = 'insurer' and insurer_id = (select actor_organization()))
  with check ((select actor_role()) = 'insurer' and insurer_id = (select actor_organization()));
create policy invitation_own on invitation to tsunagi_app
  using ((select actor_role()) = 'insurer' and insurer_id = (select actor_organization()))
  with check ((select actor_role()) = 'insurer' and insurer_id = (select actor_organization())
    and exists (select 1 from invitation_list l where l.id = list_id));
create policy invitation_contact_own on invitation_contact to tsunagi_app
  using (exists (select 1 from invitation i where i.id = invitation_id))
  with check (exists (select 1 from invitation i where i.id = invitation_id));
-- The insurer, as long as a consent opens the person to it; the clinic that keeps the person.
create policy invitation_visit_see on invitation_visit for select to tsunagi_app
  using (((select actor_role()) = 'insurer' and insurer_id = (select actor_organization())
      or (select actor_role()) in ('doctor', 'reception') and clinic_id = (select actor_organization()))
    and exists (select 1 from patient p where p.id = invitation_visit.patient_id));
grant select, insert, update (taken, ended) on invitation_list to tsunagi_app;
grant select, insert, delete, update (sent_on, agreed_at, agreed_by, contacts, due_on) on invitation to tsunagi_app;
grant select, insert on invitation_contact to tsunagi_app;
grant select on invitation_visit to tsunagi_app;
`;

/** With the code and the date of birth alone; whoever asks is nobody that is known here. */
const person = `
create function invitation_known(code text, born text)
returns table (insurer text, phone text, program text, agreed boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select o.content ->> 'name', jsonb_path_query_first(o.content, '$.telecom[*] ? (@.system == "phone").value') #>> '{}', l.program, i.agreed_at is not null
  from invitation i join invitation_list l on l.id = i.list_id join organization o on o.id = i.insurer_id
  where i.code = invitation_known.code and i.birth_date = invitation_known.born and l.ends_on >= (now() at time zone 'Asia/Tokyo')::date $$;

-- Says whether there was anybody to say it of. Of whoever does not want it nothing is left but that there is one more.
create function invitation_answer(code text, born text, answer text, at timestamptz, due date, request text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  one invitation;
begin
  select i.* into one from invitation i where i.code = invitation_answer.code and i.birth_date = invitation_answer.born for update;
  if one.id is null or answer not in ('yes', 'no') then return false; end if;
  if answer = 'no' then
    delete from invitation where id = one.id;
    update invitation_list set ended = ended + 1 where id = one.list_id;
  else
    update invitation set agreed_at = coalesce(agreed_at, at), agreed_by = coalesce(agreed_by, 'themselves'),
      due_on = case when due_on is null then null else greatest(due_on, due) end where id = one.id;
  end if;
  insert into access_log (organization, role, via, action, what, records, patients, request)
  values (one.insurer_id, 'patient', 'link', 'write', case answer when 'no' then 'invitation ended' else 'invitation answered' end,
    array['invitation_list/' || one.list_id], '{}', request);
  return true;
end $$;
revoke execute on function invitation_known(text, text), invitation_answer(text, text, text, timestamptz, date, text) from public;
grant execute on function invitation_known(text, text), invitation_answer(text, text, text, timestamptz, date, text) to tsunagi_app;
`;

/**
 * For the clinic that somebody comes to: one person or none, by the code of the letter or the number on the card, with the
 * date of birth. It finds nobody by name and lists nobody.
 */
const clinic = `
create function invitation_at_clinic(programs text[], given_code text, given_symbol text, given_number text, born text)
returns table (id uuid, list_id uuid, program text, code text, insurer_id uuid, insurer text, insurer_number text, symbol text, number text, branch text,
  name text, kana text, birth_date text, postal_code text, address text, phone text, reason text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  matches uuid[];
begin
  if actor_role() not in ('doctor', 'reception') or actor_post() is null then return; end if;
  select array_agg(i.id) into matches from invitation i join invitation_list l on l.id = i.list_id
  where l.program = any (programs) and i.birth_date = born and l.ends_on >= (now() at time zone 'Asia/Tokyo')::date
    and (i.code = given_code or given_code is null and i.number = given_number and i.symbol = coalesce(given_symbol, ''));
  if cardinality(matches) is distinct from 1 then return; end if;
  return query select i.id, i.list_id, l.program, i.code, i.insurer_id, o.content ->> 'name',
    jsonb_path_query_first(o.content, '$.identifier[*] ? (@.system == "http://jpfhir.jp/fhir/core/mhlw/IdSystem/InsurerNumber").value') #>> '{}',
    i.symbol, i.number, i.branch, i.name, i.kana, i.birth_date, i.postal_code, i.address, i.phone, i.reason
  from invitation i join invitation_list l on l.id = i.list_id join organization o on o.id = i.insurer_id where i.id = matches[1];
end $$;

-- The person came and consented: from now on there is a patient, and nobody on the list. What the insurer is told rests on the consent.
create function invitation_came(which uuid, patient uuid, day date, told boolean) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  one invitation;
begin
  if actor_role() not in ('doctor', 'reception') or not exists (
    select 1 from patient p where p.id = invitation_came.patient and p.organization_id = actor_organization()) then
    raise exception 'not a patient of this clinic' using errcode = 'insufficient_privilege';
  end if;
  delete from invitation i where i.id = which returning * into one;
  if one.id is null then return false; end if;
  if told then
    insert into invitation_visit (id, list_id, insurer_id, patient_id, clinic_id, came_on)
    values (one.id, one.list_id, one.insurer_id, invitation_came.patient, actor_organization(), day) on conflict (list_id, patient_id) do nothing;
  else
    update invitation_list set ended = ended + 1 where id = one.list_id;
  end if;
  return true;
end $$;

create function invitation_refused_at_clinic(programs text[], code text, born text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  list uuid;
begin
  if actor_role() not in ('doctor', 'reception') or actor_post() is null then return false; end if;
  delete from invitation i using invitation_list l
    where l.id = i.list_id and l.program = any (programs) and i.code = invitation_refused_at_clinic.code and i.birth_date = born
    returning i.list_id into list;
  if list is null then return false; end if;
  update invitation_list set ended = ended + 1 where id = list;
  return true;
end $$;
revoke execute on function invitation_at_clinic(text[], text, text, text, text), invitation_came(uuid, uuid, date, boolean),
  invitation_refused_at_clinic(text[], text, text) from public;
grant execute on function invitation_at_clinic(text[], text, text, text, text), invitation_came(uuid, uuid, date, boolean),
  invitation_refused_at_clinic(text[], text, text) to tsunagi_app;
`;

/** By what the programs that a body runs are told: they decide what stands in its menu. */
const menu = `
create function menu_body(organization uuid) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
  select jsonb_strip_nulls(jsonb_build_object('extension', o.content -> 'extension', 'address', o.content -> 'address'))
  from organization o where o.id = menu_body.organization $$;
revoke execute on function menu_body(uuid) from public;
grant execute on function menu_body(uuid) to tsunagi_app;
`;
