import type { Knex } from 'knex';
import { run } from './record_table.ts';

/**
 * The parts of persons' names stand once for each body that sees the person, with the moment of the record, instead of once
 * for all: a search by name reads a stretch of an index that holds the body's own persons alone, in the order in which they
 * are shown, where it held every person of that name against what the body sees (2.4 ms of 3.2 at 2,900 of one name).
 */
export async function up(db: Knex): Promise<void> {
  await run(db, table);
  await change(
    db,
    [/declare\s/, 'declare\n  before text[];\n  '],
    [
      'delete from sight where patient_id = who;',
      `with gone as (delete from sight where patient_id = who returning organization_id, audience)
  select array_agg(distinct organization_id || ' ' || audience) into before from gone;`,
    ],
    ['perform keep_disclosures(who);', 'perform keep_names(who, before);\n  perform keep_disclosures(who);'],
  );
  await run(db, kept);
  await run(db, found);
}

/** There is no way back: what was dropped would have to be derived again. */
export function down(): Promise<void> {
  return Promise.reject(new Error('0078_seen_names cannot be undone.'));
}

async function change(db: Knex, ...parts: readonly (readonly [RegExp | string, string])[]): Promise<void> {
  const { rows } = await db.raw<{ rows: { definition: string }[] }>(
    `select pg_get_functiondef('refresh_sights'::regproc) as definition`,
  );
  let changed = rows[0]?.definition ?? '';
  for (const [was, is] of parts) {
    const next = changed.replace(was, is);
    if (next === changed) throw new Error('refresh_sights is not as it was expected.');
    changed = next;
  }
  await run(db, changed);
}

const table = `
create table seen_name (
  organization_id uuid not null,
  audience text not null,
  key text collate "C" not null,
  updated_at timestamptz not null,
  patient_id uuid not null
);
comment on table seen_name is 'Every part of a person''s name as it is searched for, for each body that sees the person, whatever it may see; kept by triggers.';
insert into seen_name select distinct s.organization_id, s.audience, word, p.updated_at, p.id
  from sight s join patient p on p.id = s.patient_id, unnest(string_to_array(p.name, ' ')) word where word <> '';
create unique index seen_name_of_body on seen_name (organization_id, audience, key, updated_at desc, patient_id);
`;

/** Which bodies see a person changes seldom where the person's sights are made anew; only the difference is written. */
const kept = `
create function keep_names(who uuid, before text[]) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  seers text[];
begin
  select array_agg(distinct organization_id || ' ' || audience) into seers from sight where patient_id = who;
  if seers is not distinct from before then return; end if;
  delete from seen_name n using patient p, unnest(before) was
  where p.id = who and not was = any (coalesce(seers, '{}'))
    and n.organization_id = split_part(was, ' ', 1)::uuid and n.audience = split_part(was, ' ', 2)
    and n.key = any (string_to_array(p.name, ' ')) and n.updated_at = p.updated_at and n.patient_id = who;
  insert into seen_name
  select distinct split_part(seer, ' ', 1)::uuid, split_part(seer, ' ', 2), word, p.updated_at, who
  from patient p, unnest(seers) seer, unnest(string_to_array(p.name, ' ')) word
  where p.id = who and not seer = any (coalesce(before, '{}')) and word <> '';
end $$;
revoke execute on function keep_names(uuid, text[]) from public;

create or replace function person_added() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.organization_id is null then return null; end if;
  insert into sight (patient_id, organization_id, audience, items, until, works_until)
  values (new.id, new.organization_id, 'staff', array['contact', 'insurance'], 'infinity', 'infinity');
  insert into seen_name select distinct new.organization_id, 'staff', word, new.updated_at, new.id
  from unnest(string_to_array(new.name, ' ')) word where word <> '';
  return null;
end $$;

create or replace function person_removed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  with gone as (delete from sight where patient_id = old.id returning organization_id, audience)
  delete from seen_name n using gone
  where n.organization_id = gone.organization_id and n.audience = gone.audience
    and n.key = any (string_to_array(old.name, ' ')) and n.updated_at = old.updated_at and n.patient_id = old.id;
  return null;
end $$;

drop trigger zz_named on patient;
drop trigger zz_renamed on patient;
drop function patient_named();
create function person_named() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from seen_name n using sight s
  where s.patient_id = old.id and n.organization_id = s.organization_id and n.audience = s.audience
    and n.key = any (string_to_array(old.name, ' ')) and n.updated_at = old.updated_at and n.patient_id = old.id;
  insert into seen_name select distinct s.organization_id, s.audience, word, new.updated_at, new.id
  from sight s, unnest(string_to_array(new.name, ' ')) word where s.patient_id = new.id and word <> '';
  return null;
end $$;
create trigger zz_named after update of content on patient for each row execute function person_named();
`;

/**
 * Those whom the actor may know by a name one of whose parts starts so, newest first: all of them, or the first so many
 * after a place. The rule is that of \`patient_found\`; it is asked of as many as are wanted.
 */
const found = `
create function persons_named(wanted text, most integer default null, moment timestamptz default null, beyond uuid default null)
returns setof uuid language plpgsql stable rows 20 security definer set search_path = public, pg_temp as $$
declare
  first text := fhir_key(wanted);
  past text := first || chr(1114111);
  body uuid := actor_organization();
  looks text := actor_audience();
  post uuid := actor_post();
  one uuid := actor_patient();
begin
  if not 'contact' = any (actor_items()) then return; end if;
  return query
  select n.patient_id from (
    select distinct k.updated_at, k.patient_id from seen_name k
    where k.organization_id = body and k.audience = looks and k.key >= first and k.key < past
      and (moment is null or k.updated_at < moment or k.updated_at = moment and k.patient_id > beyond)
    order by k.updated_at desc, k.patient_id
  ) n
  where (one is null or n.patient_id = one)
    and (select true from sight s where s.patient_id = n.patient_id and s.organization_id = body and s.audience = looks
      and (s.post_id is null or s.post_id = post) and s.until > now() and 'contact' = any (s.items)
      and (looks <> 'resident' or not 'contact' = any (s.withheld)) limit 1)
    and case when looks = 'group' then not contact_is_limited(n.patient_id) else true end
  limit most;
end $$;
revoke execute on function persons_named(text, integer, timestamptz, uuid) from public;
grant execute on function persons_named(text, integer, timestamptz, uuid) to tsunagi_app;
drop view patient_key_found;
drop table patient_key;
`;
