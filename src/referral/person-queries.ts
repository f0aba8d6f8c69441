import type { Communication, Organization, Task } from '@medplum/fhirtypes';
import { sql } from '../database/sql.ts';
import { systems } from '../fhir/codes.ts';
import type { Records } from '../fhir/records.ts';
import type { Stored } from '../fhir/types.ts';

type Row = Readonly<
  | { kind: 'task'; content: Stored<Task>; office: Stored<Organization> | null }
  | { kind: 'report'; content: Stored<Communication>; office: null }
>;

/** The referrals of a person that the actor's body sent, with where they went, and the reports to it; newest first, in one statement. */
export async function sentAndHeard(records: Records, patient: string) {
  const mine = records.actor.organization;
  const rows = await records.rows<Row>(
    'referrals and reports',
    sql`(select 'task' as kind, t.content, o.content as office, t.authored_on as at, t.id
        from task t left join organization o on o.id = t.owner_id
        where t.patient_id = ${patient}::uuid and t.requester_id = ${mine}::uuid and t.part_of_id is null
          and t.status <> 'entered-in-error' order by at desc nulls last, t.id limit 200)
      union all
      (select 'report', c.content, null, c.sent as at, c.id from communication c
        where c.patient_id = ${patient}::uuid and c.category @> array[${`${systems.communication}|report`}]
          and c.content -> 'recipient' @> ${JSON.stringify([{ reference: `Organization/${mine}` }])}::jsonb
        order by at desc nulls last, c.id limit 200)
      order by at desc nulls last, id`,
    () => patient,
  );
  return {
    tasks: rows.flatMap((row) => (row.kind === 'task' ? [{ task: row.content, office: row.office }] : [])),
    reports: rows.flatMap((row) => (row.kind === 'report' ? [row.content] : [])),
  };
}
