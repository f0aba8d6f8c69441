import type { Consent, Organization } from '@medplum/fhirtypes';
import { sql } from '../../database/sql.ts';
import type { Records } from '../../fhir/records.ts';
import type { Stored } from '../../fhir/types.ts';
import type { Role } from '../../kernel/actor.ts';

/** One line of the record of provision: what was opened to whom, from when to when, and on what it rests. */
export type Line = Readonly<{
  id: string;
  body: Stored<Organization> | null;
  audience: string;
  items: readonly string[];
  openedAt: Date;
  closedAt: Date | null;
  because: 'withdrawn' | 'expired' | 'ended' | 'changed' | null;
  /** The consent, or the disclosure that rests on law. */
  consent: Stored<Consent> | null;
  emergency: 'danger-to-life' | 'cannot-be-asked' | 'other' | null;
}>;

/** What was opened of a person to bodies other than the one that keeps them, the latest first. */
export const provisionLines = (records: Records, patient: string): Promise<Line[]> =>
  records.rows<Line>(
    'provision record',
    sql`select d.id::text as id, o.content as body, d.audience, d.items, d.opened_at as "openedAt",
        d.closed_at as "closedAt", d.closed_because as because, c.content as consent, e.because as emergency
      from disclosure d
      left join organization o on o.id = d.organization_id
      left join consent c on c.id = d.basis
      left join emergency_access e on e.id = d.basis
      where d.patient_id = ${patient}::uuid and d.organization_id <> ${records.actor.organization}::uuid
      order by d.opened_at desc, d.id desc limit 500`,
    () => patient,
  );

export type Look = Readonly<{
  name: string | null;
  own: boolean;
  role: Role;
  action: 'read' | 'search' | 'history' | 'write' | 'delete' | 'print' | 'export';
  what: string;
  last: Date;
  times: number;
}>;

/** Who has looked at a person's record or written in it, from the access log. */
export const looksAt = (records: Records, patient: string): Promise<Look[]> =>
  records.rows<Look>(
    'provision record',
    sql`select o.content ->> 'name' as name, l.organization = ${records.actor.organization}::uuid as own, l.role, l.action, l.what,
        max(l.at) as last, count(*)::integer as times
      from access_log l left join organization o on o.id = l.organization
      where l.patients @> array[${patient}]::uuid[] and l.role not in ('patient', 'system')
        and l.action in ('read', 'search', 'history', 'write', 'delete', 'print', 'export')
      group by o.content ->> 'name', l.organization, l.role, l.action, l.what
      order by 6 desc limit 1000`,
    () => patient,
  );
