import type { Task } from '@medplum/fhirtypes';
import { readResource } from '../directory/record.ts';
import type { Records } from '../fhir/records.ts';
import type { Stored } from '../fhir/types.ts';
import { readServiceRequest, readTask } from './record.ts';

/**
 * Where these requests went by mail, by the id of their task: a group without an account hears of their end at the same
 * address, that of the activity which was asked.
 */
export async function askedByMail(
  records: Records,
  requests: readonly Stored<Task>[],
): Promise<ReadonlyMap<string, string>> {
  if (requests.length === 0) return new Map();
  const orders = await records.readMany(
    'ServiceRequest',
    requests.map((task) => readTask(task).requestId),
  );
  const serviceOf = new Map(orders.map((one) => [one.id, readServiceRequest(one).service]));
  const wanted = new Set([...serviceOf.values()].filter((id) => id !== undefined));
  const services = (await records.readMany('HealthcareService', [...wanted])).map((one) => readResource(one));
  const emailOf = new Map(services.map((one) => [one.id, one.contact.email]));
  return new Map(
    requests.flatMap((task) => {
      const email = emailOf.get(serviceOf.get(readTask(task).requestId) ?? '');
      return email === undefined ? [] : [[task.id, email] as const];
    }),
  );
}
