import type { Knex } from 'knex';
import { run } from './record_table.ts';

/** What the row rules ask for every row is in an index; the sights of a person are made anew once for what changes together. */
export async function up(db: Knex): Promise<void> {
  await run(db, indexes);
  await run(db, limits);
  await keepFromGroups(db);
  await run(db, moved);
  await run(db, notices);
}

/** There is no way back: the views have been made anew on what is derived here. */
export function down(): Promise<void> {
  return Promise.reject(new Error('0021_sights_at_once cannot be undone.'));
}

/** A row rule looks at one sight for each row that it lets through: with all it reads in the index, it need not go to the table. */
const indexes = `
create index sight_of_body on sight (organization_id, audience, patient_id) include (until, post_id, items);
create index sight_of_patient on sight (patient_id, organization_id, audience) include (until, works_until, post_id, items);
drop index sight_organization;
drop index sight_patient;
`;

/** Derived when the record is written, not asked of every record that a group's search comes by. */
const limits = `
alter table patient add column limited boolean generated always as (contact_limited(content)) stored;
alter policy patient_limited on patient using ((select actor_audience()) <> 'group' or not limited);
create or replace function contact_is_limited(who uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from patient p where p.id = who and p.limited
    and exists (select 1 from sight s where s.patient_id = who and s.organization_id = actor_organization()
      and s.audience = actor_audience() and s.until > now())) $$;
`;

/** The views through which searches go have the rules written out. Only the rule for groups changes in them. */
async function keepFromGroups(db: Knex): Promise<void> {
  const change = async (view: string, how: (definition: string) => string): Promise<void> => {
    const { rows } = await db.raw<{ rows: { definition: string }[] }>(
      `select pg_get_viewdef('${view}'::regclass) as definition`,
    );
    const before = (rows[0]?.definition ?? '').replace(/;\s*$/, '');
    const after = how(before);
    if (after === before) throw new Error(`${view} is not as it was expected.`);
    await run(db, `create or replace view ${view} as ${after}`);
  };
  await change('patient_found', (definition) =>
    definition.replace(
      /\) seen\s+WHERE[\s\S]*$/,
      ` and ((select actor_audience()) <> 'group' or not patient.limited)) seen`,
    ),
  );
  await change('related_person_found', (definition) =>
    definition.replace('contact_limited(p.content)', 'p.limited'),
  );
}

/** Twenty requests that end together are one change of the person's sights, not twenty. */
const moved = `
create function tasks_moved() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  who uuid;
begin
  for who in
    select distinct now.patient_id from moved now join was on was.id = now.id
    where now.status is distinct from was.status or now.owner_id is distinct from was.owner_id
      or now.assignee_id is distinct from was.assignee_id
    order by 1
  loop
    perform refresh_sights(who);
    -- The rules looked for a consent a moment ago; one that was withdrawn since then carries no referral.
    if actor_organization() is not null and exists (
      select 1 from moved now join was on was.id = now.id
      where now.patient_id = who and now.status in ('requested', 'accepted', 'in-progress')
        and (now.status is distinct from was.status or now.owner_id is distinct from was.owner_id
          or now.assignee_id is distinct from was.assignee_id)
        and not exists (select 1 from sight s where s.patient_id = who and s.organization_id = now.owner_id and s.works_until > now())
    ) then
      raise exception 'no consent opens the person to the receiver any more' using errcode = 'serialization_failure';
    end if;
  end loop;
  return null;
end $$;
drop trigger zz_sight_moved on task;
create trigger zz_sight_moved after update on task referencing old table as was new table as moved
  for each statement execute function tasks_moved();
`;

const notices = `
-- What the service itself tells other bodies, all of them at once: a kind and a case number, nobody's name.
create function leave_notices(at timestamptz, tidings jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if actor_role() <> 'system' then
    raise exception 'not open to this role' using errcode = 'insufficient_privilege';
  end if;
  insert into notice (organization_id, at, kind, case_number)
  select t.organization, leave_notices.at, t.kind, t."caseNumber"
  from jsonb_to_recordset(tidings) as t (organization uuid, kind text, "caseNumber" text);
end $$;
revoke execute on function leave_notices(timestamptz, jsonb) from public;
grant execute on function leave_notices(timestamptz, jsonb) to tsunagi_app;
`;
