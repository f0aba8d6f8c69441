import type { Knex } from 'knex';
import { run } from './record_table.ts';

/**
 * Records can be deleted: the row goes, its versions stay, and a line here says that it was there. Whoever saw the record
 * sees this line and the versions; to everybody else it never existed.
 */
export async function up(db: Knex): Promise<void> {
  await run(db, deletions);
  await run(db, removing);
  for (const [table, type] of Object.entries(removable)) await removalRules(db, table, type);
  for (const table of histories)
    await run(
      db,
      `create index ${table}_history_latest on ${table}_history (updated_at desc, id, version desc)`,
    );
  await run(db, log);
  await countDeletions(db);
}

/** There is no way back: what was deleted would be there again, or gone without a trace. */
export function down(): Promise<void> {
  return Promise.reject(new Error('0030_deletion cannot be undone.'));
}

/** By table. Consents, bodies, people in posts, forms and provenance stay for good. */
const removable: Readonly<Record<string, string>> = {
  patient: 'Patient',
  related_person: 'RelatedPerson',
  coverage: 'Coverage',
  questionnaire_response: 'QuestionnaireResponse',
  observation: 'Observation',
  condition: 'Condition',
  service_request: 'ServiceRequest',
  task: 'Task',
  goal: 'Goal',
  care_plan: 'CarePlan',
  communication: 'Communication',
  encounter: 'Encounter',
  procedure: 'Procedure',
  document_reference: 'DocumentReference',
  binary: 'Binary',
  location: 'Location',
  healthcare_service: 'HealthcareService',
};
const directory = ['location', 'healthcare_service'];
const histories = [
  ...Object.keys(removable),
  'consent',
  'provenance',
  'organization',
  'practitioner',
  'practitioner_role',
  'questionnaire',
];

const deletions = `
create table deletion (
  type text not null,
  id uuid not null,
  -- The number that follows the last version.
  version integer not null,
  at timestamptz not null,
  -- Of the row that went; null for the directory.
  patient_id uuid,
  item text,
  keeper uuid not null,
  addressee uuid,
  primary key (type, id)
);
create index deletion_latest on deletion (type, at desc, id);
create index deletion_patient on deletion (patient_id);
comment on table deletion is 'What was deleted, when, and who saw it; written by the tables themselves and never changed.';
alter table deletion enable row level security;
create policy deletion_directory on deletion for select to tsunagi_app
  using (item is null and (select actor_role()) not in ('', 'council'));
-- As the row itself was: see 0012.
create policy deletion_person on deletion for select to tsunagi_app using (
  item = any ((select actor_items())::text[]) and exists (
    select 1 from sight s
    where s.patient_id = deletion.patient_id and s.organization_id = (select actor_organization())
      and s.audience = (select actor_audience()) and (s.post_id is null or s.post_id = (select actor_post())) and s.until > now()
      and (item = any (s.items) or item = any ((select actor_own())::text[])
        and (keeper = (select actor_organization()) or addressee = (select actor_organization())))
  ) and ((select actor_patient()) is null or patient_id = (select actor_patient()))
  -- Relatives of somebody who may not be contacted are not there for groups: see 0017.
  and (type <> 'RelatedPerson' or (select actor_audience()) <> 'group'));
-- With the person went all sight of it.
create policy deletion_kept on deletion for select to tsunagi_app using (
  type = 'Patient' and keeper = (select actor_organization()) and (select actor_audience()) = 'staff'
  and (select actor_patient()) is null and item = any ((select actor_own())::text[]));
grant select on deletion to tsunagi_app;

create function keep_deletion() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  was jsonb := to_jsonb(old) - 'content';
begin
  insert into deletion values (tg_argv[0], old.id, old.version + 1, current_setting('tsunagi.deleted')::timestamptz,
    (was ->> 'patient_id')::uuid, was ->> 'item', old.keeper, (was ->> 'addressee')::uuid);
  return null;
end $$;
create function person_removed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from sight where patient_id = old.id;
  return null;
end $$;
create function coverage_removed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if old.insurer_id is not null then perform refresh_sights(old.patient_id); end if;
  return null;
end $$;
create trigger zz_sight_removed after delete on coverage for each row execute function coverage_removed();
create trigger zz_sight_removed after delete on patient for each row execute function person_removed();
`;

const names = Object.entries(removable)
  .map(([table, type]) => `when '${type}' then '${table}'`)
  .join(' ');
const inDirectory = Object.entries(removable).filter(([table]) => directory.includes(table));
const persons = [...Object.keys(removable).filter((table) => !directory.includes(table)), 'consent'];
const refers = (table: string): string => `select 1 from ${table} where position(which in content::text) > 0`;

const removing = `
-- With the rights of whoever calls it; returns the ids of what is gone. [{"type", "id", "version", "at"}]
create function remove_records(given jsonb) returns setof uuid language plpgsql as $$
declare
  one record;
  gone uuid;
begin
  for one in select * from jsonb_to_recordset(given) as r (type text, id uuid, version integer, at text) loop
    perform set_config('tsunagi.deleted', one.at, true);
    execute format('delete from %I where id = $1 and version = $2 returning id',
      case one.type ${names} end) into gone using one.id, one.version;
    if gone is not null then return next gone; end if;
  end loop;
end $$;
-- Which of what was removed is still referred to: by a record about the same person, or, of the directory, by any. What
-- tells who made a record stays when it goes. Then all references of the transaction are checked by their keys.
create function referred_to(given jsonb) returns setof text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  one record;
  which text;
begin
  for one in select * from jsonb_to_recordset(given) as r (type text, id uuid, patient uuid) loop
    which := one.type || '/' || one.id;
    if one.type = 'Patient' then
      if ${persons.map((table) => `exists (select 1 from "${table}" where patient_id = one.id)`).join('\n        or ')} then
        return next which; return;
      end if;
    elsif one.type not in ('${inDirectory.map(([, type]) => type).join("', '")}') then
      if ${persons.map((table) => `exists (select 1 from "${table}" where patient_id = one.patient and position(which in content::text) > 0)`).join('\n        or ')} then
        return next which; return;
      end if;
    elsif ${[
      ...inDirectory.map(([table]) => table),
      'practitioner_role',
      'service_request',
      'task',
      'encounter',
      'procedure',
      'care_plan',
      'communication',
      'consent',
      'document_reference',
    ]
      .map((table) => `exists (${refers(table)})`)
      .join('\n      or ')} then
      return next which; return;
    end if;
  end loop;
  set constraints all immediate;
  set constraints all deferred;
end $$;
revoke execute on function referred_to(jsonb), keep_deletion(), person_removed(), coverage_removed() from public;
grant execute on function referred_to(jsonb) to tsunagi_app;
`;

/** Only the body that wrote a record deletes it, and only whoever may change it. */
async function removalRules(db: Knex, table: string, type: string): Promise<void> {
  const { rows } = await db.raw<{ rows: { qual: string }[] }>(
    `select qual from pg_policies where tablename = '${table}' and policyname = '${table}_change'`,
  );
  const name = table === 'binary' ? '"binary"' : table;
  const roles = directory.includes(table)
    ? `'coordinator', 'linkworker', 'resource'`
    : `'doctor', 'reception', 'linkworker'`;
  await run(
    db,
    `create policy ${table}_remove on ${name} for delete to tsunagi_app using (
      (${rows[0]?.qual ?? 'false'}) and keeper = (select actor_organization()) and (select actor_role()) in (${roles}));
    grant delete on ${name} to tsunagi_app;
    create trigger ${table}_removed after delete on ${name} for each row execute function keep_deletion('${type}');
    create policy ${table}_history_removed on ${table}_history for select to tsunagi_app
      using (exists (select 1 from deletion d where d.type = '${type}' and d.id = ${table}_history.id));`,
  );
}

const log = `
alter table access_log drop constraint access_log_action_check;
alter table access_log add constraint access_log_action_check check (action in (
  'read', 'search', 'history', 'write', 'delete', 'print', 'export',
  'sign-in', 'sign-in-refused', 'sign-out', 'account', 'token', 'token-refused', 'refused', 'log-read', 'reviewed', 'emergency'));
`;

/** A deletion is somebody's look and change like any other: it is counted, and nobody makes one up. */
async function countDeletions(db: Knex): Promise<void> {
  for (const name of ['note_event', 'access_review_accounts', 'access_review_events']) {
    const { rows } = await db.raw<{ rows: { definition: string }[] }>(
      `select pg_get_functiondef(oid) as definition from pg_proc where proname = '${name}'`,
    );
    await run(db, (rows[0]?.definition ?? '').replaceAll(`'write', 'print'`, `'write', 'delete', 'print'`));
  }
}
