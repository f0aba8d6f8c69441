import type { HealthcareService, Organization, Patient, ServiceRequest, Task } from '@medplum/fhirtypes';
import { sql, trusted } from '../../database/sql.ts';
import { patientOf } from '../../fhir/patient.ts';
import type { Records } from '../../fhir/records.ts';
import type { Stored } from '../../fhir/types.ts';

/** A request as its group may see it; what the group may not see is null. */
export type AskedRow = Readonly<{
  task: Stored<Task>;
  request: Stored<ServiceRequest> | null;
  patient: Stored<Patient> | null;
  office: Stored<Organization> | null;
  service: Stored<HealthcareService> | null;
  /** The person is kept from groups, since they must not be contacted. */
  limited: boolean;
}>;

const columns = trusted(`t.content as task, r.content as request, p.content as patient, o.content as office,
    s.content as service, p.id is null and contact_is_limited(t.patient_id) as limited
  from task t
  left join service_request r on r.id = t.focus_id
  left join patient p on p.id = t.patient_id
  left join organization o on o.id = t.requester_id
  left join healthcare_service s on s.id = fhir_id(r.content #>> '{performer,1,reference}', 'HealthcareService')`);

/** One request addressed to the actor's group, in one statement. */
export async function findAsked(records: Records, id: string): Promise<AskedRow | undefined> {
  const [row] = await records.rows<AskedRow & Record<string, unknown>>(
    'request',
    sql`select ${columns} where t.id = ${id}::uuid and t.owner_id = ${records.actor.organization}::uuid
      and t.part_of_id is not null`,
    (found) => patientOf(found.task),
  );
  return row;
}

export const askedTabs = ['new', 'open', 'closed'] as const;
export type AskedTab = (typeof askedTabs)[number];
const statuses: Readonly<Record<AskedTab, readonly string[]>> = {
  new: ['requested'],
  open: ['accepted', 'in-progress', 'on-hold'],
  closed: ['completed', 'rejected', 'failed', 'cancelled'],
};

export const pageSize = 30;

/** One page of a group's requests, one more line than `pageSize` when there are more; what waits longest comes first. */
export const listAsked = (records: Records, tab: AskedTab, page: number): Promise<AskedRow[]> =>
  records.rows<AskedRow & Record<string, unknown>>(
    'requests asked',
    sql`select ${columns} where t.owner_id = ${records.actor.organization}::uuid and t.part_of_id is not null
      and t.status = any (${[...statuses[tab]]})
      order by ${tab === 'closed' ? trusted('t.updated_at desc, t.id') : trusted('t.due nulls last, t.updated_at, t.id')}
      limit ${pageSize + 1} offset ${(page - 1) * pageSize}`,
    (row) => patientOf(row.task),
  );

/** How many there are in each tab; one statement. */
export async function countAsked(records: Records): Promise<Readonly<Record<AskedTab, number>>> {
  const rows = await records.rows<{ status: string; n: number }>(
    'requests asked',
    sql`select status, count(*)::int as n from task where owner_id = ${records.actor.organization}::uuid
      and part_of_id is not null group by status`,
  );
  const of = (tab: AskedTab): number =>
    rows.reduce((sum, row) => sum + (statuses[tab].includes(row.status) ? row.n : 0), 0);
  return { new: of('new'), open: of('open'), closed: of('closed') };
}
