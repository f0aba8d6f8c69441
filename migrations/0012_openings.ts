import type { Knex } from 'knex';
import { run } from './record_table.ts';

/**
 * Consent by recipient and item, parts of it taken back, disclosures that rest on law, access in an emergency, sealed
 * addresses. A sight now names the audience inside a body (its staff, its residents who help, …), where needed the one
 * post that has it, and what it rests on; what was opened to whom stays on record in `disclosure`.
 */
export async function up(db: Knex): Promise<void> {
  await run(db, actor);
  await run(db, tables);
  await run(db, openings);
  await run(db, refresh);
  await run(db, closed);
  await run(db, triggers);
  for (const table of aboutPersons) await run(db, personRules(table));
  await run(db, ownRules);
  await run(db, seals);
  await run(db, emergencies);
  await run(db, `select refresh_sights(id) from patient`);
}

/** There is no way back: what was disclosed on the new grounds could not be told any more. */
export function down(): Promise<void> {
  return Promise.reject(new Error('0012_openings cannot be undone.'));
}

const aboutPersons = [
  'patient',
  'related_person',
  'coverage',
  'consent',
  'questionnaire_response',
  'observation',
  'condition',
  'service_request',
  'task',
  'goal',
  'care_plan',
  'communication',
  'encounter',
  'procedure',
  'document_reference',
  '"binary"',
  'provenance',
];

/** `own` are the items that the actor's role sees of what its body wrote or received; a consent may open more by name. */
const actor = `
create function actor_own() returns text[] language sql stable parallel safe as $$
  select string_to_array(coalesce(current_setting('tsunagi.own', true), ''), ',') $$;
create function actor_audience() returns text language sql stable parallel safe as $$
  select coalesce(current_setting('tsunagi.audience', true), '') $$;
create function actor_post() returns uuid language sql stable parallel safe as $$
  select nullif(current_setting('tsunagi.post', true), '')::uuid $$;
`;

const tables = `
alter table sight drop constraint sight_pkey;
delete from sight;
alter table sight
  add column audience text not null check (audience in ('staff', 'resident', 'group', 'insurer', 'meeting')),
  -- Null: everybody of that audience.
  add column post_id uuid,
  -- Until when what is seen may also be worked on; after a consent has run out it can be read for a while.
  add column works_until timestamptz not null,
  -- The consent or emergency it rests on; null for the body that keeps the person.
  add column basis uuid;
create index sight_patient on sight (patient_id, organization_id);
comment on table sight is 'Which audience in which organization may see what of a person, until when, and on what grounds; derived from consents, tasks and emergencies.';

alter table coverage add column insurer_id uuid generated always as (
  case when starts_with(content #>> '{payor,0,reference}', 'Organization/') and length(content #>> '{payor,0,reference}') = 49
    then substr(content #>> '{payor,0,reference}', 14)::uuid end) stored;
create index coverage_insurer on coverage (insurer_id);

create table disclosure (
  id bigint generated always as identity primary key,
  patient_id uuid not null references patient (id),
  organization_id uuid not null,
  audience text not null,
  post_id uuid,
  items text[] not null,
  basis uuid,
  opened_at timestamptz not null default clock_timestamp(),
  closed_at timestamptz,
  closed_because text check (closed_because in ('withdrawn', 'expired', 'ended', 'changed'))
);
create index disclosure_patient on disclosure (patient_id, organization_id);
create index disclosure_organization on disclosure (organization_id, closed_at) where closed_at is not null;
comment on table disclosure is 'What was opened to whom, when, on what grounds (第三者提供記録); written with the sights and never changed but for its end.';
alter table disclosure enable row level security;
-- The body that keeps the person reads to whom it was opened; a recipient reads what was opened to it.
create policy disclosure_read on disclosure for select to tsunagi_app using (
  ((select actor_patient() is null) or patient_id = (select actor_patient())) and (organization_id = (select actor_organization())
  or exists (select 1 from patient p where p.id = patient_id and p.organization_id = (select actor_organization())))
);
grant select on disclosure to tsunagi_app;

create table emergency_access (
  id uuid primary key default gen_random_uuid(),
  patient_id uuid not null references patient (id),
  organization_id uuid not null,
  account uuid,
  post_id uuid not null,
  because text not null check (because in ('danger-to-life', 'cannot-be-asked', 'other')),
  note text not null check (length(trim(note)) >= 10),
  at timestamptz not null default clock_timestamp(),
  until timestamptz not null
);
create index emergency_access_patient on emergency_access (patient_id);
alter table emergency_access enable row level security;
create policy emergency_access_read on emergency_access for select to tsunagi_app using (
  organization_id = (select actor_organization())
  or exists (select 1 from patient p where p.id = patient_id and p.organization_id = (select actor_organization()))
);
grant select on emergency_access to tsunagi_app;

-- What was disclosed without consent waits here until somebody else has looked at it.
create table disclosure_review (
  id uuid primary key,
  kind text not null check (kind in ('legal-basis', 'emergency')),
  patient_id uuid not null references patient (id),
  organization_id uuid not null,
  by_post uuid,
  at timestamptz not null default clock_timestamp(),
  reviewed_at timestamptz,
  reviewed_by uuid,
  verdict text check (verdict in ('justified', 'not-justified')),
  remark text
);
create index disclosure_review_open on disclosure_review (organization_id, reviewed_at, at desc);
alter table disclosure_review enable row level security;
create policy disclosure_review_read on disclosure_review for select to tsunagi_app
  using (organization_id = (select actor_organization()) and (select actor_audience()) = 'staff');
-- Nobody reviews what they did themselves, and a verdict stays.
create policy disclosure_review_give on disclosure_review for update to tsunagi_app
  using (organization_id = (select actor_organization()) and (select actor_audience()) = 'staff'
    and reviewed_at is null and by_post is distinct from (select actor_post()))
  with check (reviewed_by = (select actor_post()) and reviewed_at is not null and verdict is not null);
grant select, update (reviewed_at, reviewed_by, verdict, remark) on disclosure_review to tsunagi_app;

-- What a body has to know although it does not see the person any more. A case number and no more.
create table notice (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null default actor_organization(),
  at timestamptz not null,
  kind text not null check (kind in ('consent-withdrawn', 'consent-narrowed', 'consent-ends', 'consent-expired')),
  case_number text not null,
  seen_at timestamptz,
  seen_by uuid
);
create index notice_unseen on notice (organization_id, at desc) where seen_at is null;
alter table notice enable row level security;
create policy notice_own on notice to tsunagi_app using (organization_id = (select actor_organization()))
  with check (organization_id = (select actor_organization()));
grant select, insert, update (seen_at, seen_by) on notice to tsunagi_app;

alter table one_time_link drop constraint one_time_link_purpose_check;
alter table one_time_link add constraint one_time_link_purpose_check
  check (purpose in ('answer-questionnaire', 'answer-request', 'own-consent'));
alter table one_time_link add column consent_id uuid references consent (id);
`;

/**
 * What one consent opens, as pairs of recipient and item. The provision names recipients and items; a provision inside it
 * that permits opens its items to its recipients by name (`named`: also what their role does not get by itself), one that
 * denies takes away. No item named is every item, in a denial as well; no recipient in a denial is every recipient. Items
 * that are named in no code of ours are none ('').
 */
const openings = `
create function consent_openings(content jsonb) returns table (recipient text, item text, named boolean)
language plpgsql immutable parallel safe as $$
declare
  kind constant text := 'https://tsunagi.example/fhir/CodeSystem/organization-type';
begin
  return query
  with part as (
    select p -> 'actor' as actors, p -> 'code' as codes, p ->> 'type' as type, n
    from (
      select content -> 'provision' as p, 0 as n
      union all
      select e.value, e.ordinality::integer from jsonb_array_elements(coalesce(content #> '{provision,provision}', '[]')) with ordinality e
    ) parts
  ), pair as (
    select part.n, part.type, part.codes, r.who, i.what
    from part
    -- Codes count only in our own systems: anybody may write 'office' or 'answers' in theirs.
    left join lateral (
      select coalesce(a #>> '{reference,reference}', a #>> '{reference,identifier,value}') as who
      from jsonb_array_elements(coalesce(part.actors, '[]')) a
      where a @? '$.role.coding[*] ? (@.code == "IRCP")'
        and (a #>> '{reference,reference}' is not null or a #>> '{reference,identifier,system}' = kind)
    ) r on true
    left join lateral (
      select c #>> '{}' as what from jsonb_path_query(part.codes,
        '$[*].coding[*] ? (@.system == "https://tsunagi.example/fhir/CodeSystem/consent-item").code') c
      union all
      select unnest(array['contact', 'answers', 'assessment', 'plan', 'medical-note']) where part.codes is null
    ) i on true
  )
  select o.who, coalesce(o.what, ''), bool_or(o.n > 0)
  from pair o
  where o.type = 'permit' and o.who is not null
    and content #>> '{provision,type}' = 'permit'
    and not exists (
      select 1 from pair d where d.type = 'deny' and d.n > 0
        and (d.who is null or d.who = o.who) and (d.what = o.what or o.what is null and d.codes is null)
    )
  group by 1, 2;
end $$;
`;

/**
 * Sights of one person, made anew from what there is. Each ground has its own rows, so that no consent lengthens another.
 *
 * `readable`: what a consent opened can be read for this long after it ran out, so that the work can be handed over or the
 * consent renewed; worked on it cannot be.
 */
const refresh = `
create or replace function refresh_sights(who uuid) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  kind constant text := 'https://tsunagi.example/fhir/CodeSystem/organization-type|';
  readable constant interval := interval '30 days';
begin
  -- Two changes of one person wait for each other; otherwise a task sent during a withdrawal could keep a row open.
  perform 1 from patient where id = who for no key update;
  delete from sight where patient_id = who;
  insert into sight (patient_id, organization_id, audience, post_id, items, until, works_until, basis)
  with ground as (
    select c.id, c.period_end, o.recipient, o.item, o.named,
      c.category @> array['http://terminology.hl7.org/CodeSystem/v3-ActCode|IDSCL'] as agreed
    from consent c, lateral consent_openings(c.content) o
    where c.patient_id = who and c.status = 'active' and c.period_end + readable > now()
      and (c.category @> array['http://terminology.hl7.org/CodeSystem/v3-ActCode|IDSCL']
        or exists (select 1 from unnest(c.category) t where starts_with(t, 'https://tsunagi.example/fhir/CodeSystem/legal-basis|')))
  ), body as (
    select id as body_id, 'Organization/' || id as named_as,
      (select k from unnest(array['office', 'resource', 'insurer', 'meeting']) k where type @> array[kind || k] limit 1) as is_a
    from organization
    where id in (
      select owner_id from task where patient_id = who and status <> 'draft'
      union select insurer_id from coverage where patient_id = who
      union select fhir_id(recipient, 'Organization') from ground
    )
  ), sent as (
    select t.owner_id, t.assignee_id, t.status in ('rejected', 'cancelled', 'failed', 'entered-in-error') as over
    from task t where t.patient_id = who and t.status <> 'draft'
  ), opened as (
    -- An office under a consent that names it, for its staff.
    select b.body_id, 'staff' as audience, null::uuid as post, g.id as basis, g.period_end,
      case when s.over then 'past' else may end as item
    from sent s join body b on b.body_id = s.owner_id and b.is_a = 'office'
    join ground g on g.agreed and g.recipient in (b.named_as, 'office'),
    lateral unnest(array[g.item, 'request', 'insurance']) may
    union
    -- Residents who help at that office: whoever has it in hand, or all of them while nobody has.
    select b.body_id, 'resident', s.assignee_id, g.id, g.period_end, case when s.over then 'past' else may end
    from sent s join body b on b.body_id = s.owner_id and b.is_a = 'office'
    join ground g on g.agreed and g.recipient = 'resident',
    lateral unnest(array['request'] || case when g.named or g.item = 'contact' then array[g.item] else '{}' end) may
    where exists (select 1 from ground o where o.agreed and o.recipient in (b.named_as, 'office'))
    union
    -- A community resource: what is addressed to it, how to reach the person, and more only by name.
    select b.body_id, 'group', null, g.id, g.period_end, case when s.over then 'past' else may end
    from sent s join body b on b.body_id = s.owner_id and coalesce(b.is_a, 'resource') = 'resource'
    join ground g on g.agreed and g.recipient in (b.named_as, 'resource'),
    lateral unnest(array['own'] || case when g.named or g.item = 'contact' then array[g.item] else '{}' end) may
    union
    -- A meeting of supporters, asked by somebody who sees the person.
    select b.body_id, 'meeting', null, g.id, g.period_end, case when s.over then 'past' else may end
    from sent s join body b on b.body_id = s.owner_id and b.is_a = 'meeting'
    join ground g on g.agreed and g.recipient in (b.named_as, 'meeting'),
    lateral unnest(array['own', g.item]) may
    union
    -- An insurer: its own members alone.
    select b.body_id, 'insurer', null, g.id, g.period_end, may
    from coverage c join body b on b.body_id = c.insurer_id and b.is_a = 'insurer'
    join ground g on g.agreed and g.recipient in (b.named_as, 'insurer'),
    lateral unnest(array[g.item, 'insurance']) may
    where c.patient_id = who and c.status = 'active'
    union
    -- What rests on law names its receivers one by one, and needs no referral.
    select b.body_id, case b.is_a when 'resource' then 'group' when 'insurer' then 'insurer' when 'meeting' then 'meeting' else 'staff' end,
      null, g.id, g.period_end, g.item
    from body b join ground g on not g.agreed and g.recipient = b.named_as
  )
  select who, organization_id, 'staff', null, array['contact', 'insurance'], 'infinity', 'infinity', null
  from patient where id = who and organization_id is not null
  union all
  select who, body_id, audience, post, coalesce(array_agg(distinct item order by item) filter (where item not in ('past', '')), array['past']), period_end + readable, period_end, basis
  from opened group by body_id, audience, post, basis, period_end
  union all
  select who, organization_id, 'staff', post_id,
    array['answers', 'assessment', 'contact', 'insurance', 'medical-note', 'plan', 'request'], until, until, id
  from emergency_access where patient_id = who and until > now();
  perform keep_disclosures(who);
end $$;

-- Opens a line for what is seen now and was not before, and closes those that are seen no more.
create function keep_disclosures(who uuid) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update disclosure d set closed_at = clock_timestamp(), closed_because =
    case when exists (select 1 from consent c where c.id = d.basis and c.status <> 'active') then 'withdrawn'
      when exists (select 1 from task t where t.patient_id = who and t.owner_id = d.organization_id
        -- Changed in this transaction.
        and t.xmin = pg_current_xact_id()::xid
        and t.status = 'cancelled' and t.content #>> '{statusReason,coding,0,code}' = 'consent-withdrawn') then 'withdrawn'
      when exists (select 1 from consent c where c.id = d.basis and c.period_end < now()) then 'expired'
      when exists (select 1 from emergency_access e where e.id = d.basis) then 'expired'
      when exists (select 1 from sight s where s.patient_id = who and s.organization_id = d.organization_id
        and s.basis = d.basis and s.items not in (array['own'], array['past'])) then 'changed'
      when exists (select 1 from consent c where c.id = d.basis and c.content #> '{provision,provision}' @? '$[*] ? (@.type == "deny")') then 'withdrawn'
      else 'ended' end
  where d.patient_id = who and d.closed_at is null and not exists (
    select 1 from sight s where s.patient_id = who and s.organization_id = d.organization_id and s.audience = d.audience
      and s.post_id is not distinct from d.post_id and s.basis = d.basis and s.items = d.items);
  insert into disclosure (patient_id, organization_id, audience, post_id, items, basis)
  select who, s.organization_id, s.audience, s.post_id, s.items, s.basis
  from sight s
  where s.patient_id = who and s.basis is not null and s.items not in (array['own'], array['past']) and not exists (
    select 1 from disclosure d where d.patient_id = who and d.closed_at is null and d.organization_id = s.organization_id
      and d.audience = s.audience and d.post_id is not distinct from s.post_id and d.basis = s.basis and d.items = s.items);
end $$;
`;

/** Why somebody who saw a person does not any more, so that a page can say it; nothing to those who never did. */
const closed = `
create function closed_to_actor(which uuid) returns text language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  who uuid := coalesce(
    (select id from patient where id = which), (select patient_id from task where id = which),
    (select patient_id from consent where id = which), (select patient_id from communication where id = which),
    (select patient_id from questionnaire_response where id = which), (select patient_id from goal where id = which));
begin
  return (
    select d.closed_because from disclosure d
    where d.patient_id = who and d.organization_id = actor_organization() and d.audience = actor_audience()
      and (d.post_id is null or d.post_id = actor_post()) and d.closed_at > now() - interval '90 days'
      and not exists (
        select 1 from disclosure o where o.patient_id = who and o.organization_id = d.organization_id and o.audience = d.audience
          and (o.post_id is null or o.post_id = actor_post()) and o.closed_at is null)
    order by d.closed_at desc limit 1);
end $$;
`;

const triggers = `
create or replace function person_added() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into sight (patient_id, organization_id, audience, items, until, works_until)
  select new.id, new.organization_id, 'staff', array['contact', 'insurance'], 'infinity', 'infinity' where new.organization_id is not null;
  return null;
end $$;
create or replace function task_changed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform refresh_sights(new.patient_id);
  -- The rules looked for a consent a moment ago; one that was withdrawn since then carries no referral.
  if new.status in ('requested', 'accepted', 'in-progress') and actor_organization() is not null and not exists (
    select 1 from sight where patient_id = new.patient_id and organization_id = new.owner_id and works_until > now()
  ) then
    raise exception 'no consent opens the person to the receiver any more' using errcode = 'serialization_failure';
  end if;
  return null;
end $$;
create or replace function consent_changed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  lawful boolean := exists (select 1 from unnest(new.category) t where starts_with(t, 'https://tsunagi.example/fhir/CodeSystem/legal-basis|'));
begin
  perform 1 from patient where id = new.patient_id for no key update;
  if lawful and tg_op = 'INSERT' then
    insert into disclosure_review (id, kind, patient_id, organization_id, by_post)
    values (new.id, 'legal-basis', new.patient_id, coalesce(actor_organization(), new.keeper), actor_post());
  end if;
  if lawful or exists (select 1 from task where patient_id = new.patient_id and status <> 'draft')
    or exists (select 1 from coverage where patient_id = new.patient_id and insurer_id is not null) then
    perform refresh_sights(new.patient_id);
  end if;
  return null;
end $$;
drop trigger zz_sight_moved on task;
create trigger zz_sight_moved after update of content on task for each row
  when (new.status is distinct from old.status or new.owner_id is distinct from old.owner_id
    or new.assignee_id is distinct from old.assignee_id) execute function task_changed();
-- A member of an insurer who had agreed before the card was known.
create function coverage_changed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.insurer_id is not null and exists (select 1 from consent where patient_id = new.patient_id) then
    perform refresh_sights(new.patient_id);
  end if;
  return null;
end $$;
create trigger zz_sight after insert or update of content on coverage for each row execute function coverage_changed();
`;

/** See 0002 for why the sub-select asks about the patient of the actor. */
const seen = (table: string, until: 'until' | 'works_until'): string => `
  exists (
    select 1 from sight s
    where s.patient_id = ${table}.patient_id and s.organization_id = (select actor_organization())
      and s.audience = (select actor_audience()) and (s.post_id is null or s.post_id = (select actor_post())) and s.${until} > now()
      and (${table}.item = any (s.items) or ${table}.item = any ((select actor_own())::text[])
        and (${table}.keeper = (select actor_organization())${addressed(table)}))
  )`;

const visible = (table: string, until: 'until' | 'works_until' = 'until'): string => `
  item = any ((select actor_items())::text[]) and (${seen(table, until)})
  and ((select actor_patient() is null) or ${table}.patient_id = (select actor_patient()))`;

const addressed = (table: string): string =>
  ['task', 'service_request', 'communication'].includes(table)
    ? ` or ${table}.addressee = (select actor_organization())`
    : '';

/**
 * What was said stays as it was said. A consent is taken back by whoever the person tells: the slices' rules let nothing
 * else of it change.
 */
const writable = (table: string): string =>
  table === 'consent'
    ? 'true'
    : `keeper = (select actor_organization())${table === 'communication' ? '' : addressed(table)}`;

const kept = (table: string): string =>
  `exists (select 1 from patient p where p.id = ${table}.patient_id and p.organization_id = (select actor_organization()))`;

/** That the actor may still work on this person, and not only read what there was. */
const worked = (table: string): string => `exists (
  select 1 from sight s where s.patient_id = ${table}.patient_id and s.organization_id = (select actor_organization())
    and s.audience = (select actor_audience()) and (s.post_id is null or s.post_id = (select actor_post())) and s.works_until > now()
    -- What was declined or called off is over.
    and s.items <> array['past'])`;

const lawful = `not category @> array['http://terminology.hl7.org/CodeSystem/v3-ActCode|IDSCL']
      and exists (select 1 from unnest(category) t where starts_with(t, 'https://tsunagi.example/fhir/CodeSystem/legal-basis|'))`;

/** Whose person a new record may be about; see 0002. A disclosure that rests on law is for every body that has the person. */
const concerned = (table: string): string => {
  switch (table) {
    case 'patient':
      return `organization_id = (select actor_organization())`;
    case 'consent':
      return `(${kept(table)} or ${lawful} and ${worked(table)})`;
    case 'task':
      return `requester_id = (select actor_organization()) and ${worked(table)} and (part_of_id is not null or ${kept(table)})`;
    default:
      return worked(table);
  }
};

/** Insurers and meetings read what was opened to them and may answer; they write nothing else of a person. */
const personRules = (table: string, name = table.replaceAll('"', '')): string => `
drop view ${name}_found;
drop policy ${name}_see on ${table};
drop policy ${name}_add on ${table};
drop policy ${name}_change on ${table};
create policy ${name}_see on ${table} for select to tsunagi_app using (${visible(table)});
create policy ${name}_add on ${table} for insert to tsunagi_app with check (
  keeper = (select actor_organization()) and item = any ((select actor_own())::text[])
  and ${concerned(table)}
);
create policy ${name}_change on ${table} for update to tsunagi_app using (${visible(table, 'works_until')} and (${writable(table)}))
  with check ((${writable(table)})${table === 'patient' ? ` and ${concerned(table)}` : ''});
create view ${name}_found as select * from ${table} where ${visible(table)};
grant select on ${name}_found to tsunagi_app;
${
  ['communication', 'provenance'].includes(name)
    ? ''
    : `create policy ${name}_add_shared on ${table} as restrictive for insert to tsunagi_app
  with check ((select actor_role()) not in ('insurer', 'meeting'));`
}
create policy ${name}_change_shared on ${table} as restrictive for update to tsunagi_app
  using ((select actor_role()) not in ('insurer', 'meeting'));
`;

/** A resident who helps records it when the person takes a consent back; the rest is as it was, for those who work. */
const ownRules = `
drop policy consent_change_part on consent;
create policy consent_change_part on consent as restrictive for update to tsunagi_app
  using ((select actor_role()) not in ('patient', 'resource'));
drop policy communication_add_report on communication;
create policy communication_add_report on communication for insert to tsunagi_app with check (
  (select actor_role()) = 'neighbour' and keeper = (select actor_organization())
  and 'https://tsunagi.example/fhir/CodeSystem/communication-category|report' = any (category)
  and addressee <> (select actor_organization())
  and ${worked('communication')}
);
`;

/**
 * The address and telephone of somebody in danger are taken out of the record and kept here, for named posts alone. Older
 * versions of the record, which still hold them, are hidden from everybody else.
 */
const seals = `
create table seal (
  patient_id uuid primary key references patient (id),
  address jsonb,
  telecom jsonb,
  -- The posts that may see it.
  named uuid[] not null check (cardinality(named) > 0),
  -- The first version of the record without it.
  since integer not null,
  why text not null,
  sealed_by uuid not null,
  at timestamptz not null default clock_timestamp()
);
alter table seal enable row level security;
create policy seal_see on seal for select to tsunagi_app using ((select actor_post()) = any (named) and exists (select 1 from patient p where p.id = patient_id));
create policy seal_add on seal for insert to tsunagi_app with check (
  (select actor_post()) = any (named) and sealed_by = (select actor_post()) and ${kept('seal')});
create policy seal_change on seal for update to tsunagi_app using ((select actor_post()) = any (named) and ${kept('seal')})
  with check ((select actor_post()) = any (named));
create policy seal_end on seal for delete to tsunagi_app using ((select actor_post()) = any (named) and ${kept('seal')});
grant select, insert, delete, update (named, address, telecom) on seal to tsunagi_app;
create function sealed_from_actor(who uuid, version integer) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from seal s where s.patient_id = who and sealed_from_actor.version < s.since
    and not (s.named @> array[(select actor_post())] and (select actor_post()) is not null)) $$;
drop policy patient_history_see on patient_history;
create policy patient_history_see on patient_history for select to tsunagi_app using (
  exists (select 1 from patient now where now.id = patient_history.id) and not sealed_from_actor(id, version));
`;

/**
 * In an emergency somebody who knows who the person is gets at everything for a few hours. It is not a search: name in
 * kana, birth date and one thing more have to be right, and there is one answer or none.
 */
const emergencies = `
create function emergency_person(kana text, born text, phone_or_card text) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  found uuid[];
  digits text := regexp_replace(normalize(phone_or_card, NFKC), '[^0-9]', '', 'g');
begin
  if actor_audience() <> 'staff' or actor_post() is null then return null; end if;
  select array_agg(p.id) into found from patient p
  where p.birth_date = born and position(replace(fhir_key(kana), ' ', '') in replace(p.name, ' ', '')) > 0 and length(replace(kana, ' ', '')) >= 2
    and (length(digits) >= 9 and p.phone @> array[digits] or exists (
      select 1 from coverage c where c.patient_id = p.id and length(phone_or_card) >= 8 and c.identifier @> array[phone_or_card]));
  return case when cardinality(found) = 1 then found[1] end;
end $$;
create function open_emergency(who uuid, because text, note text, account uuid, hours integer) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  made uuid;
begin
  if actor_audience() <> 'staff' or actor_post() is null or actor_role() not in ('doctor', 'linkworker') or hours not between 1 and 24 then
    raise exception 'not open to this role' using errcode = 'insufficient_privilege';
  end if;
  insert into emergency_access (patient_id, organization_id, account, post_id, because, note, until)
  values (who, actor_organization(), open_emergency.account, actor_post(), open_emergency.because, open_emergency.note, now() + make_interval(hours => hours))
  returning id into made;
  insert into disclosure_review (id, kind, patient_id, organization_id, by_post) values (made, 'emergency', who, actor_organization(), actor_post());
  perform refresh_sights(who);
  return made;
end $$;
revoke execute on function emergency_person(text, text, text), open_emergency(uuid, text, text, uuid, integer), keep_disclosures(uuid) from public;
grant execute on function emergency_person(text, text, text), open_emergency(uuid, text, text, uuid, integer) to tsunagi_app;
`;
