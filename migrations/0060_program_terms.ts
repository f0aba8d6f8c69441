import type { Knex } from 'knex';
import { run } from './record_table.ts';

/**
 * What a program lets residents who help see by themselves (`linkWorkers[].items` of its program.json) holds in the
 * database, too: the terms are written here when the forms are published, and sights of referrals that go by the program
 * are made after them. What the person opens to residents by name is opened, whatever the program says: it is their will.
 */
export async function up(db: Knex): Promise<void> {
  await run(db, terms);
  await run(db, refresh);
  for (const table of ['patient', 'related_person']) {
    await run(
      db,
      `create policy ${table}_withheld on ${table} as restrictive for select to tsunagi_app using (${unlessWithheld(table)})`,
    );
    const { rows } = await db.raw<{ rows: readonly { definition: string }[] }>(
      `select pg_get_viewdef('${table}_found'::regclass) as definition`,
    );
    const definition = (rows[0]?.definition ?? '').replace(/;\s*$/, '');
    await run(
      db,
      `create or replace view ${table}_found as select * from (${definition}) seen where ${unlessWithheld('seen')}`,
    );
  }
}

export function down(): Promise<void> {
  return Promise.reject(new Error('0060_program_terms cannot be undone.'));
}

const terms = `
create table program_terms (
  program text primary key,
  -- Of 'request' and 'contact', what residents see by themselves.
  resident_items text[] not null
);
comment on table program_terms is 'What the row rules have to know of the programs; written by the owner when forms are published.';
alter table sight add column withheld text[] not null default '{}';

-- Sights of the people whom a program's referrals are about; called when its terms have changed.
create function refresh_program(which text) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform refresh_sights(patient_id) from (select distinct t.patient_id from task t join service_request r on r.id = t.focus_id
    where program_of(r.content) = which order by 1) p;
end $$;
revoke execute on function refresh_program(text) from public;
`;

/** Residents see who somebody is only where a ground of theirs does not withhold it, also of what their own body keeps. */
const unlessWithheld = (table: string): string => `(select actor_audience()) <> 'resident' or exists (
  select 1 from sight s where s.patient_id = ${table}.patient_id and s.organization_id = (select actor_organization())
    and s.audience = 'resident' and (s.post_id is null or s.post_id = (select actor_post())) and s.until > now()
    and not 'contact' = any (s.withheld))`;

/** As in 0012, but for what residents get by themselves. */
const refresh = `
create or replace function refresh_sights(who uuid) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  kind constant text := 'https://tsunagi.example/fhir/CodeSystem/organization-type|';
  readable constant interval := interval '30 days';
begin
  -- Two changes of one person wait for each other; otherwise a task sent during a withdrawal could keep a row open.
  perform 1 from patient where id = who for no key update;
  delete from sight where patient_id = who;
  insert into sight (patient_id, organization_id, audience, post_id, items, until, works_until, basis, withheld)
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
    select t.owner_id, t.assignee_id, t.status in ('rejected', 'cancelled', 'failed', 'entered-in-error') as over,
      -- What residents get by themselves: of a program that narrows it, what that says.
      coalesce(p.resident_items, array['request', 'contact']) as by_itself
    from task t
    left join service_request r on r.id = t.focus_id
    left join program_terms p on p.program = program_of(r.content)
    where t.patient_id = who and t.status <> 'draft'
  ), opened as (
    -- An office under a consent that names it, for its staff.
    select b.body_id, 'staff' as audience, null::uuid as post, g.id as basis, g.period_end,
      case when s.over then 'past' else may end as item, '{}'::text[] as withheld
    from sent s join body b on b.body_id = s.owner_id and b.is_a = 'office'
    join ground g on g.agreed and g.recipient in (b.named_as, 'office'),
    lateral unnest(array[g.item, 'request', 'insurance']) may
    union
    -- Residents who help at that office: whoever has it in hand, or all of them while nobody has.
    select b.body_id, 'resident', s.assignee_id, g.id, g.period_end, case when s.over then 'past' else may end,
      case when 'contact' = any (s.by_itself) or exists (select 1 from ground n where n.agreed and n.named and n.recipient = 'resident' and n.item = 'contact')
        then '{}' else array['contact'] end
    from sent s join body b on b.body_id = s.owner_id and b.is_a = 'office'
    join ground g on g.agreed and g.recipient = 'resident',
    lateral unnest(array['request'] || case when g.named or g.item = 'contact' and 'contact' = any (s.by_itself) then array[g.item] else '{}' end) may
    where exists (select 1 from ground o where o.agreed and o.recipient in (b.named_as, 'office'))
    union
    -- A community resource: what is addressed to it, how to reach the person, and more only by name.
    select b.body_id, 'group', null, g.id, g.period_end, case when s.over then 'past' else may end, '{}'
    from sent s join body b on b.body_id = s.owner_id and coalesce(b.is_a, 'resource') = 'resource'
    join ground g on g.agreed and g.recipient in (b.named_as, 'resource'),
    lateral unnest(array['own'] || case when g.named or g.item = 'contact' then array[g.item] else '{}' end) may
    union
    -- A meeting of supporters, asked by somebody who sees the person.
    select b.body_id, 'meeting', null, g.id, g.period_end, case when s.over then 'past' else may end, '{}'
    from sent s join body b on b.body_id = s.owner_id and b.is_a = 'meeting'
    join ground g on g.agreed and g.recipient in (b.named_as, 'meeting'),
    lateral unnest(array['own', g.item]) may
    union
    -- An insurer: its own members alone.
    select b.body_id, 'insurer', null, g.id, g.period_end, may, '{}'
    from coverage c join body b on b.body_id = c.insurer_id and b.is_a = 'insurer'
    join ground g on g.agreed and g.recipient in (b.named_as, 'insurer'),
    lateral unnest(array[g.item, 'insurance']) may
    where c.patient_id = who and c.status = 'active'
    union
    -- What rests on law names its receivers one by one, and needs no referral.
    select b.body_id, case b.is_a when 'resource' then 'group' when 'insurer' then 'insurer' when 'meeting' then 'meeting' else 'staff' end,
      null, g.id, g.period_end, g.item, '{}'
    from body b join ground g on not g.agreed and g.recipient = b.named_as
  )
  select who, organization_id, 'staff', null, array['contact', 'insurance'], 'infinity', 'infinity', null, '{}'::text[]
  from patient where id = who and organization_id is not null
  union all
  select who, body_id, audience, post, coalesce(array_agg(distinct item order by item) filter (where item not in ('past', '')), array['past']), period_end + readable, period_end, basis, withheld
  from opened group by body_id, audience, post, basis, period_end, withheld
  union all
  select who, organization_id, 'staff', post_id,
    array['answers', 'assessment', 'contact', 'insurance', 'medical-note', 'plan', 'request'], until, until, id, '{}'
  from emergency_access where patient_id = who and until > now();
  perform keep_disclosures(who);
end $$;
`;
