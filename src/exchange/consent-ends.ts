import type pg from 'pg';

/** A consent at one of the moments of its end, and the clinic that took it; see `src/referral/expiry.ts`. */
export type Due = Readonly<{ consent: string; clinic: string; stage: 'ends' | 'expired' | 'over' }>;

/**
 * The consents whose moment has come and was not met yet: before the end and after it only those on which something open
 * may rest. One that holds for no more than 30 days is not announced to end when it has just been given.
 */
export async function consentsDue(pool: pg.Pool, now: Date): Promise<Due[]> {
  const { rows } = await pool.query<Due>(due, [now]);
  return rows;
}

const due = `
  select c.id as consent, c.organization_id as clinic, s.stage
  from consent c, lateral (select case when c.period_end > $1 then 'ends'
    when c.period_end + interval '30 days' > $1 then 'expired' else 'over' end as stage) s
  where c.status = 'active' and c.period_end < $1::timestamptz + interval '30 days' and c.organization_id is not null
    and c.category @> array['http://terminology.hl7.org/CodeSystem/v3-ActCode|IDSCL']
    and not exists (select 1 from consent_end e where e.consent_id = c.id and e.stage = s.stage)
    and (s.stage = 'over' or exists (select 1 from task t where t.patient_id = c.patient_id
      and t.status in ('requested', 'accepted', 'in-progress', 'on-hold')))
    and (s.stage <> 'ends' or c.period_start < c.period_end - interval '30 days')
  order by c.period_end limit 500`;

/**
 * Ends the lines of the record of provision whose sight has run out by itself: of an emergency, of what rested on law, of
 * a case that was over before its consent. Sights are derived, so they may be made anew by whoever owns the database.
 */
export async function closeEnded(pool: pg.Pool): Promise<void> {
  await pool.query(`select refresh_sights(patient_id) from (
    select distinct d.patient_id from disclosure d where d.closed_at is null and not exists (
      select 1 from sight s where s.patient_id = d.patient_id and s.organization_id = d.organization_id
        and s.audience = d.audience and s.basis = d.basis and s.items = d.items and s.until > now())
    limit 500) ended`);
}
