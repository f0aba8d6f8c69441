import type { Knex } from 'knex';
import { run } from './record_table.ts';

/**
 * The ways an office looks at its referrals: all open ones, those of one status, those of one person, the closed ones.
 * A deadline that nobody set sorts last. Requests to community resources have lists of their own.
 */
export async function up(db: Knex): Promise<void> {
  await run(
    db,
    `
drop index task_inbox;
create index task_inbox on task (owner_id, urgency, (coalesce(due, 'infinity'::timestamptz)), id)
  where part_of_id is null and status in ('requested', 'accepted', 'in-progress', 'on-hold');
create index task_of_status on task (owner_id, status, urgency, (coalesce(due, 'infinity'::timestamptz)), id)
  where part_of_id is null and status in ('requested', 'on-hold');
create index task_of_assignee on task (assignee_id, urgency, (coalesce(due, 'infinity'::timestamptz)), id)
  where part_of_id is null and status in ('requested', 'accepted', 'in-progress', 'on-hold');
create index task_closed on task (owner_id, updated_at, id)
  where part_of_id is null and status in ('rejected', 'completed', 'failed', 'cancelled', 'entered-in-error');
-- A resident link worker tells the doctor that a referral is taken up or declined, without reading what others report.
drop policy communication_add on communication;
create policy communication_add on communication for insert to tsunagi_app with check (
  keeper = (select actor_organization())
  and (item = any ((select actor_items())::text[]) or ((select actor_role()) = 'neighbour' and 'report' = any (category)))
  and exists (select 1 from patient p where p.id = communication.patient_id)
);
`,
  );
}

export async function down(db: Knex): Promise<void> {
  await run(
    db,
    `
drop policy communication_add on communication;
create policy communication_add on communication for insert to tsunagi_app with check (
  keeper = (select actor_organization()) and item = any ((select actor_items())::text[])
  and exists (select 1 from patient p where p.id = communication.patient_id)
);
drop index task_inbox, task_of_status, task_of_assignee, task_closed;
create index task_inbox on task (owner_id, urgency, due, id) where status in ('requested', 'accepted', 'in-progress', 'on-hold');
`,
  );
}
