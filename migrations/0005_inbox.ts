import type { Knex } from 'knex';
import { run } from './record_table.ts';

/** What has no deadline sorts last. A `case` gives nothing away of hidden rows, so an index on it serves under row rules. */
const dueKey = `case when due is null then 'infinity'::timestamptz else due end`;

/**
 * The ways an office looks at its referrals: all open ones, those of one status, those of one person, the closed ones.
 * Requests to community resources have lists of their own.
 */
export async function up(db: Knex): Promise<void> {
  await run(
    db,
    `
drop index task_inbox;
create index task_inbox on task (owner_id, urgency, (${dueKey}), id)
  where part_of_id is null and status in ('requested', 'accepted', 'in-progress', 'on-hold');
create index task_of_status on task (owner_id, status, urgency, (${dueKey}), id)
  where part_of_id is null and status in ('requested', 'on-hold');
create index task_of_assignee on task (assignee_id, urgency, (${dueKey}), id)
  where part_of_id is null and status in ('requested', 'accepted', 'in-progress', 'on-hold');
create index task_closed on task (owner_id, updated_at, id)
  where part_of_id is null and status in ('rejected', 'completed', 'failed', 'cancelled', 'entered-in-error');
-- A resident link worker tells the doctor that a referral is taken up or declined, without reading what others report.
create policy communication_add_report on communication for insert to tsunagi_app with check (
  (select actor_role()) = 'neighbour' and keeper = (select actor_organization())
  and 'https://tsunagi.example/fhir/CodeSystem/communication-category|report' = any (category)
  and addressee <> (select actor_organization())
  and exists (select 1 from patient p where p.id = communication.patient_id)
);
`,
  );
}

export async function down(db: Knex): Promise<void> {
  await run(
    db,
    `
drop policy communication_add_report on communication;
drop index task_inbox, task_of_status, task_of_assignee, task_closed;
create index task_inbox on task (owner_id, urgency, due, id) where status in ('requested', 'accepted', 'in-progress', 'on-hold');
`,
  );
}
