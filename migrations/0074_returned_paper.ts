import type { Knex } from 'knex';
import { run } from './record_table.ts';

/**
 * Paper of people who are no patients comes back, too: the slip of an invitation and the attendance list of a session. Its
 * picture lies with the invitation or session until somebody has typed what it says, and goes with it. And whoever is
 * invited can say that they have seen a doctor already.
 */
export async function up(db: Knex): Promise<void> {
  for (const part of [been, person, sheets, returned]) await run(db, part);
}

export async function down(db: Knex): Promise<void> {
  await run(
    db,
    `
drop trigger invitation_paper on invitation;
drop function forget_paper();
drop table returned_page;
delete from printed_sheet where about_type in ('invitation', 'gathering');
alter policy printed_sheet_see on printed_sheet using (
  case when about_id is null then (select actor_role()) <> '' and (select actor_patient()) is null
    else patient_id = sheet_patient(about_type, about_id) end);
alter policy printed_sheet_add on printed_sheet with check (
  organization_id = (select actor_organization()) and post_id is not distinct from (select actor_post())
  and (about_id is null or patient_id = sheet_patient(about_type, about_id)));
alter table printed_sheet drop constraint printed_sheet_about_type_check, drop constraint printed_sheet_check,
  add check (about_type in (${records})),
  add check ((about_type is null) = (about_id is null) and (about_id is null) = (patient_id is null));
drop function own_paper(text, uuid);
alter policy scan_own on scan using (${paperOf(before)}) with check (${paperOf(before)});
alter policy scan_page_own on scan_page using (${paperOf(before)}) with check (${paperOf(before)});
drop function invitation_known(text, text), invitation_answer(text, text, text, timestamptz, date, text, date, text);
${personBefore}
update invitation set agreed_by = 'telephone' where agreed_by = 'slip';
alter table invitation drop constraint invitation_agreed_by_check, add check (agreed_by in ('themselves', 'telephone')),
  drop column been_at, drop column been_by, drop column been_on, drop column been_where, drop column due_held;
`,
  );
}

const records = `'Patient', 'ServiceRequest', 'Task', 'QuestionnaireResponse', 'Consent', 'Communication', 'CarePlan', 'Encounter'`;

const been = `
alter table invitation drop constraint invitation_agreed_by_check, add check (agreed_by in ('themselves', 'telephone', 'slip')),
  -- They say that they have seen a doctor, perhaps when and where; nobody asks them again while this stands.
  add been_at timestamptz,
  add been_by text check (been_by in ('themselves', 'telephone', 'slip')),
  add been_on date,
  add been_where text check (length(been_where) between 1 and 100),
  -- When somebody would have asked again, for whoever takes it back.
  add due_held date,
  add check ((been_at is null) = (been_by is null) and (been_at is not null or been_on is null and been_where is null and due_held is null));
grant update (been_at, been_by, been_on, been_where, due_held) on invitation to tsunagi_app;
`;

const person = `
drop function invitation_known(text, text), invitation_answer(text, text, text, timestamptz, date, text);
create function invitation_known(code text, born text)
returns table (insurer text, phone text, program text, agreed boolean, been boolean, been_on text, been_where text)
language sql stable security definer set search_path = public, pg_temp as $$
  select o.content ->> 'name', jsonb_path_query_first(o.content, '$.telecom[*] ? (@.system == "phone").value') #>> '{}', l.program,
    i.agreed_at is not null, i.been_at is not null, to_char(i.been_on, 'YYYY-MM-DD'), i.been_where
  from invitation i join invitation_list l on l.id = i.list_id join organization o on o.id = i.insurer_id
  where i.code = invitation_known.code and i.birth_date = invitation_known.born and l.ends_on >= (now() at time zone 'Asia/Tokyo')::date $$;

-- Says whether there was anybody to say it of. Of whoever does not want it nothing is left but that there is one more.
create function invitation_answer(code text, born text, answer text, at timestamptz, due date, request text, day date, place text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  one invitation;
begin
  select i.* into one from invitation i where i.code = invitation_answer.code and i.birth_date = invitation_answer.born for update;
  if one.id is null or answer not in ('yes', 'no', 'been', 'not-been') then return false; end if;
  if answer = 'no' then
    delete from invitation where id = one.id;
    update invitation_list set ended = ended + 1 where id = one.list_id;
  elsif answer = 'been' then
    update invitation set been_at = coalesce(been_at, at), been_by = coalesce(been_by, 'themselves'), been_on = day, been_where = place,
      due_held = case when been_at is null then due_on else due_held end, due_on = null where id = one.id;
  else
    -- Who says that they will go has not been there.
    update invitation set been_at = null, been_by = null, been_on = null, been_where = null, due_held = null,
      due_on = greatest(coalesce(due_on, due_held), case when coalesce(due_on, due_held) is null then null else due end) where id = one.id;
    if answer = 'yes' then
      update invitation set agreed_at = coalesce(agreed_at, at), agreed_by = coalesce(agreed_by, 'themselves') where id = one.id;
    end if;
  end if;
  insert into access_log (organization, role, via, action, what, records, patients, request)
  values (one.insurer_id, 'patient', 'link', 'write', case answer when 'no' then 'invitation ended' else 'invitation answered' end,
    array['invitation_list/' || one.list_id], '{}', request);
  return true;
end $$;
revoke execute on function invitation_known(text, text), invitation_answer(text, text, text, timestamptz, date, text, date, text) from public;
grant execute on function invitation_known(text, text), invitation_answer(text, text, text, timestamptz, date, text, date, text) to tsunagi_app;
`;

const sheets = `
-- What the actor's body prints that is about no record: an invitation of its own, a session that it holds.
create function own_paper(type text, about uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select actor_patient() is null and case type
    when 'invitation' then actor_role() in ('insurer', 'system')
      and exists (select 1 from invitation i where i.id = about and i.insurer_id = actor_organization())
    when 'gathering' then actor_role() in ('linkworker', 'neighbour', 'coordinator', 'resource', 'system')
      and exists (select 1 from gathering g where g.id = about and g.organization_id = actor_organization())
    else false end $$;
revoke execute on function own_paper(text, uuid) from public;
grant execute on function own_paper(text, uuid) to tsunagi_app;
alter table printed_sheet drop constraint printed_sheet_about_type_check, drop constraint printed_sheet_check,
  add check (about_type in (${records}, 'invitation', 'gathering')),
  add check ((about_type is null) = (about_id is null)
    and (patient_id is not null) = (about_type is not null and about_type not in ('invitation', 'gathering')));
create index printed_sheet_paper on printed_sheet (about_id) where about_type in ('invitation', 'gathering');
alter policy printed_sheet_see on printed_sheet using (
  case when about_id is null then (select actor_role()) <> '' and (select actor_patient()) is null
    when about_type in ('invitation', 'gathering') then own_paper(about_type, about_id)
    else patient_id = sheet_patient(about_type, about_id) end);
alter policy printed_sheet_add on printed_sheet with check (
  organization_id = (select actor_organization()) and post_id is not distinct from (select actor_post())
  and (about_id is null or patient_id = sheet_patient(about_type, about_id)
    or about_type in ('invitation', 'gathering') and own_paper(about_type, about_id)));
`;

const before = `'doctor', 'reception', 'linkworker', 'system'`;
const now = `'doctor', 'reception', 'linkworker', 'insurer', 'system'`;
const paperOf = (
  roles: string,
): string => `organization_id = (select actor_organization()) and (select actor_patient()) is null
  and (select actor_role()) in (${roles})`;

const ours = `organization_id = (select actor_organization()) and (select actor_patient()) is null
  and (select actor_role()) in ('linkworker', 'insurer', 'system')`;

const returned = `
alter policy scan_own on scan using (${paperOf(now)}) with check (${paperOf(now)});
alter policy scan_page_own on scan_page using (${paperOf(now)}) with check (${paperOf(now)});

create table returned_page (
  -- The page of a scan that it was.
  id uuid primary key references scan_page (id),
  organization_id uuid not null default actor_organization(),
  invitation_id uuid references invitation (id) on delete cascade,
  gathering_id uuid references gathering (id) on delete cascade,
  number smallint not null check (number > 0),
  png bytea not null,
  at timestamptz not null,
  -- Somebody has typed in what it says.
  done_at timestamptz,
  done_by uuid,
  check (num_nonnulls(invitation_id, gathering_id) = 1)
);
create index returned_page_waiting on returned_page (organization_id, at) where done_at is null;
create index returned_page_gathering on returned_page (gathering_id, number) where gathering_id is not null;
create index returned_page_invitation on returned_page (invitation_id, at) where invitation_id is not null;
comment on table returned_page is 'A slip or attendance list that came back, with the invitation or session it belongs to, and gone with it.';
alter table returned_page enable row level security;
create policy returned_page_own on returned_page to tsunagi_app using (${ours}) with check (${ours}
  and (invitation_id is not null and own_paper('invitation', invitation_id) or gathering_id is not null and own_paper('gathering', gathering_id)));
grant select, insert, update (done_at, done_by) on returned_page to tsunagi_app;

-- Of whoever is on a list no more no paper says that they were: neither what was printed nor what came back.
create function forget_paper() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update scan_page set sheet = null, sheet_page = null, png = null, why = null, done_at = coalesce(done_at, now()),
      reason = case state when 'tray' then 'ご案内を終えた方の紙' else reason end, state = case state when 'tray' then 'thrown' else state end
    where sheet in (select id from printed_sheet where about_type = 'invitation' and about_id = old.id);
  delete from printed_sheet where about_type = 'invitation' and about_id = old.id;
  return null;
end $$;
create trigger invitation_paper after delete on invitation for each row execute function forget_paper();
`;

/** As 0057 had them. */
const personBefore = `
create function invitation_known(code text, born text)
returns table (insurer text, phone text, program text, agreed boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select o.content ->> 'name', jsonb_path_query_first(o.content, '$.telecom[*] ? (@.system == "phone").value') #>> '{}', l.program, i.agreed_at is not null
  from invitation i join invitation_list l on l.id = i.list_id join organization o on o.id = i.insurer_id
  where i.code = invitation_known.code and i.birth_date = invitation_known.born and l.ends_on >= (now() at time zone 'Asia/Tokyo')::date $$;

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
