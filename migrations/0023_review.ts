import type { Knex } from 'knex';
import { run } from './record_table.ts';

/**
 * What nobody of a body reviews within fourteen days goes to the platform's administrator, who is responsible for personal
 * data there: a clinic with one doctor has nobody else. They read what a review says and no record: neither the person's
 * name nor anything that was opened.
 */
export async function up(db: Knex): Promise<void> {
  await run(
    db,
    `
-- Who gave the verdict: a colleague, or the administrator in their place.
alter table disclosure_review add column reviewed_as text not null default 'colleague' check (reviewed_as in ('colleague', 'administrator'));
create index disclosure_review_waiting on disclosure_review (at) where reviewed_at is null;

create function is_overdue(r disclosure_review) returns boolean language sql stable set search_path = public, pg_temp as $$
  select r.at < now() - interval '14 days' and (r.reviewed_at is null or r.reviewed_as = 'administrator') $$;
create function overdue_reviews(which uuid default null) returns table (id uuid, kind text, patient_id uuid, body text, at timestamptz,
  by_post uuid, by_whom jsonb, reviewed_at timestamptz, reviewer jsonb, reviewed_as text, verdict text, remark text,
  because text, note text, until timestamptz, consent jsonb)
language sql stable security definer set search_path = public, pg_temp as $$
  select r.id, r.kind, r.patient_id, organization_name(r.organization_id), r.at, r.by_post, b.content, r.reviewed_at, v.content,
    r.reviewed_as, r.verdict, r.remark, e.because, e.note, e.until,
    -- What was disclosed to whom and why: of the Consent no more than that.
    (select jsonb_object_agg(key, value) from jsonb_each(c.content)
      where key in ('resourceType', 'id', 'status', 'category', 'dateTime', 'organization', 'provision', 'extension'))
  from disclosure_review r
  left join practitioner_role b on b.id = r.by_post
  left join practitioner_role v on v.id = r.reviewed_by
  left join emergency_access e on e.id = r.id
  left join consent c on c.id = r.id
  where actor_role() = 'admin' and is_overdue(r) and (which is null or r.id = which)
  order by (r.reviewed_at is null) desc, r.at desc limit 100 $$;
create function review_overdue(which uuid, given text, said text, moment timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update disclosure_review r set reviewed_at = moment, reviewed_by = actor_post(), verdict = given, remark = said, reviewed_as = 'administrator'
    where r.id = which and actor_role() = 'admin' and is_overdue(r) and r.reviewed_at is null and r.by_post is distinct from actor_post();
  return found;
end $$;

drop function menu_counts(uuid, uuid, text);
create function menu_counts(organization uuid, post uuid, audience text, role text, out reviews integer, out shared integer)
language sql stable security definer set search_path = public, pg_temp as $$
  select
    case when menu_counts.role = 'admin'
      then (select count(*)::integer from (select 1 from disclosure_review r where r.reviewed_at is null and r.at < now() - interval '14 days' limit 100) counted)
      else (select count(*)::integer from (select 1 from disclosure_review r where r.organization_id = menu_counts.organization
        and r.reviewed_at is null and r.by_post is distinct from menu_counts.post and menu_counts.audience = 'staff' limit 100) counted) end,
    -- From the few consents that rest on law, not from all that a body sees: this is asked at every page.
    (select count(*)::integer from (select 1 from consent c
      where not c.category @> array['http://terminology.hl7.org/CodeSystem/v3-ActCode|IDSCL'] and c.status = 'active'
        and exists (select 1 from sight s where s.patient_id = c.patient_id and s.organization_id = menu_counts.organization
          and s.basis = c.id and s.audience = menu_counts.audience and s.until > now()) limit 100) counted) $$;
revoke execute on function is_overdue(disclosure_review), overdue_reviews(uuid), review_overdue(uuid, text, text, timestamptz),
  menu_counts(uuid, uuid, text, text) from public;
grant execute on function overdue_reviews(uuid), review_overdue(uuid, text, text, timestamptz), menu_counts(uuid, uuid, text, text) to tsunagi_app;
`,
  );
}

/** There is no way back: verdicts would lose who gave them. */
export function down(): Promise<void> {
  return Promise.reject(new Error('0023_review cannot be undone.'));
}
