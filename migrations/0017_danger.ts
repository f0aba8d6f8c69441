import type { Knex } from 'knex';
import { run } from './record_table.ts';

/** Persons who must not be contacted, sealed addresses as others meet them, and what a clinic is told of an emergency. */
export async function up(db: Knex): Promise<void> {
  await run(db, limits);
  await keepFromGroups(db);
  await run(db, seals);
  await run(db, emergencies);
  await run(db, openedToMe);
}

/** There is no way back: what was kept from groups would be open again. */
export function down(): Promise<void> {
  return Promise.reject(new Error('0017_danger cannot be undone.'));
}

/**
 * Somebody who may not be contacted at home is not there for community groups: neither by page nor by program nor by a
 * search for the number. They have the request, which says so, and the office that asked.
 */
const limits = `
create function contact_limited(content jsonb) returns boolean language sql immutable parallel safe as $$
  select content @? '$.extension[*] ? (@.url == "https://tsunagi.example/fhir/StructureDefinition/contact-limits"
    && !exists(@.extension[*] ? (@.url == "lifted")))' $$;
create policy patient_limited on patient as restrictive for select to tsunagi_app
  using ((select actor_audience()) <> 'group' or not contact_limited(content));
-- Relatives and their numbers go with the person.
create policy related_person_limited on related_person as restrictive for select to tsunagi_app
  using ((select actor_audience()) <> 'group' or exists (select 1 from patient p where p.id = patient_id));
-- For a group that has a request about them: that the person may not be contacted, and nothing else.
create function contact_is_limited(who uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from patient p where p.id = who and contact_limited(p.content)
    and exists (select 1 from sight s where s.patient_id = who and s.organization_id = actor_organization()
      and s.audience = actor_audience() and s.until > now())) $$;
revoke execute on function contact_is_limited(uuid) from public;
grant execute on function contact_is_limited(uuid) to tsunagi_app;
`;

/** The views through which searches go have the row rules written out, so the new ones have to be added to them. */
async function keepFromGroups(db: Knex): Promise<void> {
  for (const table of ['patient', 'related_person']) {
    const { rows } = await db.raw<{ rows: { definition: string }[] }>(
      `select pg_get_viewdef('${table}_found'::regclass) as definition`,
    );
    const definition = (rows[0]?.definition ?? '').replace(/;\s*$/, '');
    await run(
      db,
      `create or replace view ${table}_found as select * from (${definition}) seen where (select actor_audience()) <> 'group'
        or not exists (select 1 from patient p where p.id = seen.patient_id and contact_limited(p.content))`,
    );
  }
}

/** Everybody who sees a person whose address is sealed learns that it is, and who can say it. */
const seals = `
alter table seal add column contact jsonb;
grant update (contact) on seal to tsunagi_app;
create function seal_named(who uuid) returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
  select s.named from seal s where s.patient_id = who
    and exists (select 1 from sight o where o.patient_id = who and o.organization_id = actor_organization()
      and o.audience = actor_audience() and (o.post_id is null or o.post_id = actor_post()) and o.until > now()) $$;
revoke execute on function seal_named(uuid) from public;
grant execute on function seal_named(uuid) to tsunagi_app;
`;

const emergencies = `
alter table notice drop constraint notice_kind_check;
alter table notice add constraint notice_kind_check check (kind in
  ('consent-withdrawn', 'consent-narrowed', 'consent-ends', 'consent-expired', 'emergency-opened'));

-- Every try to find somebody in an emergency, found or not.
create table emergency_try (
  id bigint generated always as identity primary key,
  organization_id uuid not null default actor_organization(),
  account uuid,
  post_id uuid not null default actor_post(),
  role text not null default actor_role(),
  at timestamptz not null default clock_timestamp(),
  -- What was looked for, so that somebody who fishes is found out.
  looked_for text not null,
  found uuid references patient (id)
);
create index emergency_try_account on emergency_try (account, at desc);
alter table emergency_try enable row level security;
create policy emergency_try_own on emergency_try to tsunagi_app
  using (organization_id = (select actor_organization()) and (select actor_audience()) = 'staff')
  with check (organization_id = (select actor_organization()) and post_id = (select actor_post()) and role = (select actor_role()));
grant select, insert on emergency_try to tsunagi_app;
`;

const openedToMe = `
-- Persons that were opened to the actor's body without a referral to it: on a legal basis, or because they agreed that
-- their insurer or a meeting of supporters may know. With what is opened, and on what grounds, which the rows may not show.
create function shared_with_me() returns table (patient_id uuid, items text[], until timestamptz, basis text, from_organization uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.patient_id, s.items, s.works_until, c.content #>> '{policyRule,coding,0,code}', c.organization_id
  from sight s join consent c on c.id = s.basis
  where s.organization_id = actor_organization() and s.audience = actor_audience() and s.until > now()
    and (s.post_id is null or s.post_id = actor_post())
    and (s.audience in ('insurer', 'meeting') or not c.category @> array['http://terminology.hl7.org/CodeSystem/v3-ActCode|IDSCL'])
    and s.items not in (array['own'], array['past']) $$;
create index consent_lawful on consent (patient_id) where not category @> array['http://terminology.hl7.org/CodeSystem/v3-ActCode|IDSCL'] and status = 'active';
-- What the menu counts for somebody who is signed in: reviews that wait for them, persons shared with their body.
create function menu_counts(organization uuid, post uuid, audience text, out reviews integer, out shared integer)
language sql stable security definer set search_path = public, pg_temp as $$
  select
    (select count(*)::integer from (select 1 from disclosure_review r where r.organization_id = menu_counts.organization
      and r.reviewed_at is null and r.by_post is distinct from menu_counts.post and menu_counts.audience = 'staff' limit 100) counted),
    -- From the few consents that rest on law, not from all that a body sees: this is asked at every page.
    (select count(*)::integer from (select 1 from consent c
      where not c.category @> array['http://terminology.hl7.org/CodeSystem/v3-ActCode|IDSCL'] and c.status = 'active'
        and exists (select 1 from sight s where s.patient_id = c.patient_id and s.organization_id = menu_counts.organization
          and s.basis = c.id and s.audience = menu_counts.audience and s.until > now()) limit 100) counted) $$;
revoke execute on function shared_with_me(), menu_counts(uuid, uuid, text) from public;
grant execute on function shared_with_me(), menu_counts(uuid, uuid, text) to tsunagi_app;
`;
