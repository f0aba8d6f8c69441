import type { Knex } from 'knex';
import { run } from './record_table.ts';

/** What was done as a consent ran out, so that it is done once however many processes look after it. */
export async function up(db: Knex): Promise<void> {
  await run(
    db,
    `
create table consent_end (
  consent_id uuid not null references consent (id),
  -- 'ends': it runs out soon; 'expired': it has, and can be read on; 'over': nothing of it is left.
  stage text not null check (stage in ('ends', 'expired', 'over')),
  organization_id uuid not null default actor_organization(),
  at timestamptz not null,
  primary key (consent_id, stage)
);
comment on table consent_end is 'What the service itself has done as a consent ran out, by stage.';
alter table consent_end enable row level security;
create policy consent_end_service on consent_end to tsunagi_app
  using ((select actor_role()) = 'system' and organization_id = (select actor_organization()))
  with check ((select actor_role()) = 'system' and organization_id = (select actor_organization()));
grant select, insert on consent_end to tsunagi_app;
create index consent_period_end on consent (period_end) where status = 'active';

alter table notice drop constraint notice_kind_check;
alter table notice add constraint notice_kind_check
  check (kind in ('consent-withdrawn', 'consent-narrowed', 'consent-ends', 'consent-expired', 'consent-closed', 'emergency-opened'));

/*
 * A body that no longer sees a person cannot end what it had asked of others. The service does it in its stead: it gets
 * that body's own records and the person's name back until the next change of the person's sights, which its own change
 * brings about.
 */
create function sight_to_end(who uuid) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if actor_role() <> 'system' or actor_post() is not null or not exists (
    select 1 from task where patient_id = who and (owner_id = actor_organization() or requester_id = actor_organization())
      and status in ('draft', 'requested', 'accepted', 'in-progress', 'on-hold')
  ) then
    raise exception 'not open to this role' using errcode = 'insufficient_privilege';
  end if;
  insert into sight (patient_id, organization_id, audience, items, until, works_until)
  values (who, actor_organization(), 'staff', array['contact'], now() + interval '1 minute', now() + interval '1 minute');
end $$;
revoke execute on function sight_to_end(uuid) from public;
grant execute on function sight_to_end(uuid) to tsunagi_app;
`,
  );
}

export async function down(db: Knex): Promise<void> {
  await run(
    db,
    `drop function sight_to_end(uuid); drop index consent_period_end; drop table consent_end;
     alter table notice drop constraint notice_kind_check;
     alter table notice add constraint notice_kind_check
       check (kind in ('consent-withdrawn', 'consent-narrowed', 'consent-ends', 'consent-expired'));`,
  );
}
