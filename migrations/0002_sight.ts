import type { Knex } from 'knex';
import { run } from './record_table.ts';

/**
 * Who sees which row, decided by the database. The application's role owns nothing and cannot pass these rules.
 *
 * A record about a person is visible when its kind (`item`) is among what the actor's role may see, and the actor's
 * organization has a sight of that person that either covers the item or the record is its own or addressed to it.
 * Sights follow from consent and tasks; the trigger keeps them in the transaction that changes either.
 */
export async function up(db: Knex): Promise<void> {
  await run(
    db,
    `do $$ begin create role tsunagi_app nologin noinherit; exception when duplicate_object then null; end $$`,
  );
  await run(db, sight);
  await run(db, accessLog);
  for (const table of aboutPersons) await run(db, personRules(table));
  await run(db, municipalities);
  for (const table of directory) await run(db, directoryRules(table));
  await run(db, `grant select on sight to tsunagi_app; grant select, insert on access_log to tsunagi_app;`);
}

export async function down(db: Knex): Promise<void> {
  await run(
    db,
    `drop table if exists sight, access_log cascade; drop function if exists refresh_sights(uuid), actor_municipalities() cascade`,
  );
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
const directory = [
  'organization',
  'practitioner',
  'practitioner_role',
  'location',
  'healthcare_service',
  'questionnaire',
];

const sight = `
create table sight (
  patient_id uuid not null references patient (id) deferrable initially deferred,
  organization_id uuid not null,
  items text[] not null,
  until timestamptz not null,
  primary key (patient_id, organization_id, until)
);
create index sight_organization on sight (organization_id, patient_id);
comment on table sight is 'Which organization may see what of a person, and until when; derived from consents and tasks. Each end has its own row, so that no consent lengthens another.';

create function refresh_sights(who uuid) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  -- Codes count only in our own systems: anybody may write 'office' or 'answers' in theirs.
  kind constant text := 'https://tsunagi.example/fhir/CodeSystem/organization-type|';
  named constant text := 'https://tsunagi.example/fhir/CodeSystem/consent-item|';
begin
  -- Two changes of one person wait for each other; otherwise a task sent during a withdrawal could keep a row open.
  perform 1 from patient where id = who for no key update;
  delete from sight where patient_id = who;
  insert into sight
  select who, organization_id, array_agg(distinct may), until
  from (
    select organization_id, may, 'infinity'::timestamptz as until
    from patient, unnest(array['contact', 'insurance']) may
    where id = who and organization_id is not null
    union all
    select t.owner_id, may, c.period_end
    from task t
    join organization o on o.id = t.owner_id
    join consent c on c.patient_id = who and c.status = 'active'
      and c.category @> array['http://terminology.hl7.org/CodeSystem/v3-ActCode|IDSCL']
      and (c.recipients @> array['Organization/' || t.owner_id]
        or exists (select 1 from unnest(c.recipient_kinds) k where o.type @> array[kind || k])),
    -- No item named is every item.
    lateral (select array(
      select i from unnest(array['contact', 'answers', 'assessment', 'plan', 'medical-note']) i
      where c.items is null or c.items @> array[named || i]
    ) as items) opened,
    lateral unnest(
      -- 'own': what is addressed to it or written by it, and nothing that passed between others.
      -- A referral that was declined, failed or called off shows its own line and no longer the person.
      case when t.status in ('rejected', 'cancelled', 'failed', 'entered-in-error') then array['own']
        when o.type @> array[kind || 'office'] then array['request', 'insurance'] || opened.items
        when 'contact' = any (opened.items) then array['own', 'contact']
        else array['own'] end
    ) may
    where t.patient_id = who and t.status <> 'draft'
  ) seen
  where until > now()
  group by organization_id, until;
end $$;

-- A new person is seen by the organization that keeps it, and by nobody else yet.
create function person_added() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into sight select new.id, new.organization_id, array['contact', 'insurance'], 'infinity' where new.organization_id is not null;
  return null;
end $$;
create function person_changed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform refresh_sights(new.patient_id);
  return null;
end $$;
create function task_changed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform refresh_sights(new.patient_id);
  -- The rules looked for a consent a moment ago; one that was withdrawn since then carries no referral.
  if new.status in ('requested', 'accepted', 'in-progress') and actor_organization() is not null and not exists (
    select 1 from sight where patient_id = new.patient_id and organization_id = new.owner_id and until > now()
  ) then
    raise exception 'no consent opens the person to the receiver any more' using errcode = 'serialization_failure';
  end if;
  return null;
end $$;
-- A consent opens nothing before there is a task. The lock comes before the look, so that a task which is being sent at
-- this moment is either seen here or sees this consent.
create function consent_changed() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform 1 from patient where id = new.patient_id for no key update;
  if exists (select 1 from task where patient_id = new.patient_id and status <> 'draft') then
    perform refresh_sights(new.patient_id);
  end if;
  return null;
end $$;
create trigger zz_sight after insert on patient for each row execute function person_added();
create trigger zz_sight_moved after update of content on patient for each row
  when (new.organization_id is distinct from old.organization_id) execute function person_changed();
create trigger zz_sight after insert or update of content on consent for each row execute function consent_changed();
create trigger zz_sight after insert on task for each row when (new.status <> 'draft') execute function task_changed();
create trigger zz_sight_moved after update of content on task for each row
  when (new.status is distinct from old.status or new.owner_id is distinct from old.owner_id) execute function task_changed();
-- Whoever sees a record sees its history, so what it is and whose it is stays for good.
create function refuse_other() returns trigger language plpgsql as $$
begin
  raise exception 'a record stays of its kind and its person' using errcode = 'insufficient_privilege';
end $$;

`;

const accessLog = `
create table access_log (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  account uuid,
  post uuid,
  organization uuid not null default actor_organization(),
  role text not null default actor_role(),
  via text not null,
  action text not null check (action in ('read', 'search', 'history', 'write', 'print', 'export')),
  what text not null,
  records text[] not null,
  patients uuid[] not null,
  request text not null
);
create index access_log_patients on access_log using gin (patients);
create index access_log_at on access_log (at desc);
alter table access_log enable row level security;
-- An organization reads its own log; the clinic that keeps a person also reads who else looked at that person.
create policy access_log_read on access_log for select to tsunagi_app using (
  organization = (select actor_organization())
  or exists (select 1 from patient p where p.id = any (patients) and p.organization_id = (select actor_organization()))
);
create policy access_log_add on access_log for insert to tsunagi_app with check (organization = (select actor_organization()));
`;

/**
 * Whether the actor is bound to one patient is asked inside the sub-select: as a truth value PostgreSQL takes it for
 * likely, as `(select …) is null` for next to impossible, and then it reads and sorts all rows instead of following an
 * index to the first page.
 */
const visible = (table: string): string => `
  item = any ((select actor_items())::text[]) and (
    exists (
      select 1 from sight s
      where s.patient_id = ${table}.patient_id and s.organization_id = (select actor_organization()) and s.until > now()
        and (${table}.item = any (s.items) or ${table}.keeper = (select actor_organization())${addressed(table)})
    )
  ) and ((select actor_patient() is null) or ${table}.patient_id = (select actor_patient()))`;

const addressed = (table: string): string =>
  ['task', 'service_request', 'communication'].includes(table)
    ? ` or ${table}.addressee = (select actor_organization())`
    : '';

/** What was said stays as it was said: a message is not changed by whom it reached. */
const writable = (table: string): string =>
  `keeper = (select actor_organization())${table === 'communication' ? '' : addressed(table)}`;

const byKeeper = (table: string, otherwise = ''): string =>
  `exists (select 1 from patient p where p.id = ${table}.patient_id
    and (${otherwise}p.organization_id = (select actor_organization())))`;

/**
 * Whose person a new record may be about. Only the body that keeps a person takes a consent from it and refers it: whom
 * it was referred to asks others within that referral, under that consent, and cannot open the person any further.
 */
const concerned = (table: string): string => {
  switch (table) {
    case 'patient':
      return `organization_id = (select actor_organization())`;
    case 'consent':
      return byKeeper(table);
    case 'task':
      return `requester_id = (select actor_organization()) and ${byKeeper(table, 'task.part_of_id is not null or ')}`;
    default:
      return `exists (select 1 from patient p where p.id = ${table}.patient_id)`;
  }
};

/** What bearers of a link, groups and residents have to write; of everything else about a person, nothing. */
const parts: Readonly<Record<string, readonly string[]>> = {
  patient: ['questionnaire_response', 'observation', 'condition', 'provenance'],
  resource: ['task', 'service_request', 'communication', 'encounter', 'procedure', 'provenance'],
  neighbour: ['related_person', 'task', 'service_request', 'communication', 'encounter', 'provenance'],
};

const onlyTheirPart = (table: string, name: string): string => {
  const barred = Object.keys(parts).filter((role) => !parts[role]?.includes(name));
  const fit = `(select actor_role()) <> all (array['${barred.join("', '")}'])`;
  return barred.length === 0
    ? ''
    : `create policy ${name}_add_part on ${table} as restrictive for insert to tsunagi_app with check (${fit});
create policy ${name}_change_part on ${table} as restrictive for update to tsunagi_app using (${fit});`;
};

/**
 * New rows are kept by the actor's organization and concern a person it can see; a person's own row opens itself. Who
 * may change a visible row further depends on the move, and is asked in the slices' rules.
 */
const personRules = (table: string, name = table.replaceAll('"', '')): string => `
alter table ${table} enable row level security;
create policy ${name}_see on ${table} for select to tsunagi_app using (${visible(table)});
create policy ${name}_add on ${table} for insert to tsunagi_app with check (
  keeper = (select actor_organization()) and item = any ((select actor_items())::text[])
  and ${concerned(table)}
);
create policy ${name}_change on ${table} for update to tsunagi_app using (${visible(table)} and (${writable(table)}))
  with check ((${writable(table)})${table === 'patient' ? ` and ${concerned(table)}` : ''});
${onlyTheirPart(table, name)}
create trigger ${name}_stays after update of content on ${table} for each row
  when (new.patient_id is distinct from old.patient_id or new.item is distinct from old.item) execute function refuse_other();
alter table ${name}_history enable row level security;
create policy ${name}_history_see on ${name}_history for select to tsunagi_app
  using (exists (select 1 from ${table} now where now.id = ${name}_history.id));
-- The same rule as a view, for searches by operators that PostgreSQL keeps from indexes under row rules.
create view ${name}_found as select * from ${table} where ${visible(table)};
grant select on ${name}_found to tsunagi_app;
grant select, insert, update (version, content, updated_at) on ${table} to tsunagi_app;
grant select on ${name}_history to tsunagi_app;
`;

/**
 * The directory holds no patient. Everybody who works with persons reads it; a council reads bodies and forms only. An
 * organization changes what it keeps and its own entry; who keeps a community resource is its own rule (`keepers`).
 */
const directoryRules = (table: string): string => {
  const open = ['organization', 'questionnaire'].includes(table);
  const may = keepers[table] ?? {
    add: `(select actor_role()) in ('coordinator', 'linkworker', 'resource', 'admin', 'system')`,
    change: `keeper = (select actor_organization())${own[table] ?? ''} or (select actor_role()) in ('coordinator', 'admin')`,
  };
  return `
alter table ${table} enable row level security;
create policy ${table}_see on ${table} for select to tsunagi_app
  using ((select actor_role()) ${open ? `<> ''` : `not in ('', 'council')`});
create policy ${table}_add on ${table} for insert to tsunagi_app
  with check (keeper = (select actor_organization()) and (${may.add}));
create policy ${table}_change on ${table} for update to tsunagi_app
  using (${may.change})
  with check (true);
alter table ${table}_history enable row level security;
create policy ${table}_history_see on ${table}_history for select to tsunagi_app
  using (exists (select 1 from ${table} now where now.id = ${table}_history.id));
grant select, insert, update (version, content, updated_at) on ${table} to tsunagi_app;
grant select on ${table}_history to tsunagi_app;
`;
};

const own: Readonly<Record<string, string>> = {
  organization: ` or id = (select actor_organization())`,
};

/** The body that runs a resource keeps its own entries; a row that names the body as its `organization_id`. */
const runs = `(select actor_role()) = 'resource' and organization_id = (select actor_organization())`;
/** Coordinators and link workers keep those of the municipalities they work for; no area named is every area. */
const near = (serves: string): string =>
  `(${serves} = '{}' or ${serves} && (select actor_municipalities()::text[]))`;
const local = `(select actor_role()) in ('coordinator', 'linkworker')`;
const system = `(select actor_role()) = 'system'`;
/** Who holds a post may be given an account or somebody's case, and forms are what people agree to: not for anybody to add. */
const administered = {
  add: `(select actor_role()) in ('admin', 'system')`,
  change: `(select actor_role()) in ('admin', 'system')`,
};

/** Who keeps the directory of community resources. No clinic does, whoever wrote the first version. */
const keepers: Readonly<Record<string, Readonly<{ add: string; change: string }>>> = {
  healthcare_service: {
    add: `${runs} or ${local} or ${system}`,
    change: `${runs} or (${local} and ${near('serves')}) or ${system}`,
  },
  // A place belongs to the areas of what happens there.
  location: {
    add: `${runs} or ${local} or ${system}`,
    change: `${runs} or ${system} or (${local} and exists (
      select 1 from healthcare_service s where s.location_id = location.id and ${near('s.serves')}))`,
  },
  practitioner: administered,
  practitioner_role: administered,
  questionnaire: administered,
};

/** The municipalities an organization works for: those it serves and, for a municipality, itself. */
const municipalities = `
create function actor_municipalities() returns text[] language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(code), '{}') from (
    select unnest(serves) as code from organization where id = actor_organization()
    union
    select split_part(token, '|', 2) from organization, unnest(identifier) token
    where id = actor_organization() and starts_with(token, 'https://tsunagi.example/fhir/Id/municipality|')
  ) mine $$;
`;
