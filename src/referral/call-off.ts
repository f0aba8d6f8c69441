import type { ServiceRequest, Task } from '@medplum/fhirtypes';
import type { Records } from '../fhir/records.ts';
import type { FhirRecord, Stored } from '../fhir/types.ts';
import { sql } from '../database/sql.ts';
import { changeTask, readTask } from './record.ts';
import type { Reason } from './workflow.ts';

/** The one-time links of these requests can no longer be used: they were answered, or are over. */
export async function endLinks(records: Records, tasks: readonly string[]): Promise<void> {
  if (tasks.length === 0) return;
  await records.run(
    sql`update one_time_link set used_at = ${records.now} where task_id = any (${[...tasks]}::uuid[]) and used_at is null`,
  );
}

/**
 * What an ended referral still asks of community groups is called off with it, for the same reason; their links end.
 * Returns the changed records, to be written with the move. The clinic does not see these requests; when it cancels, the
 * office calls them off.
 */
export async function callOffRequests(
  records: Records,
  referral: string,
  reason: Readonly<{ code: Reason; text: string }>,
): Promise<FhirRecord[]> {
  const open = await records.find('Task', [
    ['part-of', referral],
    ['status', 'requested,accepted,in-progress,on-hold'],
  ]);
  const asked = await records.readMany(
    'ServiceRequest',
    open.map((task) => readTask(task).requestId),
  );
  await endLinks(
    records,
    open.map((task) => task.id),
  );
  const at = records.now.toISOString();
  const ended = (task: Stored<Task>): Stored<Task> =>
    changeTask(task, { status: 'cancelled', step: 'ended', due: null, reason, at });
  const revoked = (request: Stored<ServiceRequest>): Stored<ServiceRequest> => ({
    ...request,
    status: 'revoked',
  });
  return [...asked.map(revoked), ...open.map(ended)];
}
