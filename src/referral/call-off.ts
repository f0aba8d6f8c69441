import type { Task } from '@medplum/fhirtypes';
import { sql } from '../database/sql.ts';
import type { Records } from '../fhir/records.ts';
import { reference } from '../fhir/references.ts';
import type { Stored } from '../fhir/types.ts';
import { buildProvenance, changeTask, readTask } from './record.ts';

/** The one-time links of these requests can no longer be used: they were answered, or are over. */
export async function endLinks(records: Records, tasks: readonly string[]): Promise<void> {
  if (tasks.length === 0) return;
  await records.run(
    sql`update one_time_link set used_at = ${records.now} where task_id = any (${[...tasks]}::uuid[]) and used_at is null`,
  );
}

/** What a referral still asks of community groups, but for what is changed together with it. */
export async function openRequests(
  records: Records,
  referral: string,
  together: readonly Stored[],
): Promise<Stored<Task>[]> {
  const open = await records.find('Task', [
    ['part-of', referral],
    ['status', 'draft,requested,accepted,in-progress,on-hold'],
  ]);
  return open.filter((task) => together.every((one) => one.id !== task.id));
}

/** Groups read why: not the words that clinic and office wrote to each other. */
const reason = {
  code: 'other',
  text: 'もとの紹介が終わったため、このご依頼は取り下げられました。',
} as const;

/**
 * Calls off what a referral still asks of community groups; their one-time links end. For the office that asked: nobody
 * else sees the requests.
 */
export async function callOffRequests(
  records: Records,
  referral: string,
  together: readonly Stored[],
): Promise<void> {
  const open = await openRequests(records, referral, together);
  if (open.length === 0) return;
  const asked = await records.readMany(
    'ServiceRequest',
    open.map((task) => readTask(task).requestId),
  );
  const at = records.now.toISOString();
  await endLinks(
    records,
    open.map((task) => task.id),
  );
  await records.write([
    ...asked.map((request) => ({ ...request, status: 'revoked' as const })),
    ...open.map((task) => changeTask(task, { status: 'cancelled', step: 'ended', due: null, reason, at })),
    buildProvenance({
      id: records.newId(),
      targets: open.map((task) => reference('Task', task.id)),
      patient: open.map((task) => readTask(task).patient)[0] ?? '',
      organization: records.actor.organization,
      by: records.actor.post,
      at,
      activity: 'UPDATE',
    }),
  ]);
}
