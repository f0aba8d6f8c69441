import { sql } from '../../database/sql.ts';
import type { Records } from '../../fhir/records.ts';

export type Looker = Readonly<{ name: string; at: Date; times: number; own: boolean }>;

/** The bodies whose people have looked at a person's record, the latest first; seen by the body that keeps the person. */
export const lookersAt = (records: Records, patient: string): Promise<Looker[]> =>
  records.rows<Looker>(
    'who looked',
    sql`select coalesce(o.content ->> 'name', '') as name, max(l.at) as at, count(*)::integer as times,
        l.organization = ${records.actor.organization}::uuid as own
      from access_log l left join organization o on o.id = l.organization
      where l.patients @> array[${patient}]::uuid[] and l.role not in ('patient', 'system')
      group by l.organization, o.content ->> 'name' order by 2 desc limit 50`,
    () => patient,
  );

/** The bodies that see a person now, and as whom. */
export const seersOf = (records: Records, patient: string): Promise<{ name: string; audience: string }[]> =>
  records.rows(
    'who sees',
    sql`select distinct o.content ->> 'name' as name, d.audience
      from disclosure d join organization o on o.id = d.organization_id
      where d.patient_id = ${patient}::uuid and d.closed_at is null order by 1`,
    () => patient,
  );
