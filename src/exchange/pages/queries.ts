import { sql } from '../../database/sql.ts';
import type { Records } from '../../fhir/records.ts';

export type ToldLine = {
  id: string;
  client: string;
  organization: string;
  endpoint: string;
  type: 'Task' | 'ServiceRequest';
  status: 'requested' | 'active' | 'error' | 'off';
  failures: number;
  fault: string | null;
  undelivered: number;
  told_at: Date | null;
};

const failing = sql`(status = 'error' or status <> 'off' and failures > 0)`;

/** Every system that is told, those first that do not hear. */
export const toldLines = (records: Records): Promise<ToldLine[]> =>
  records.run<ToldLine>(
    sql`select id, client, organization_name(organization_id) as organization, content #>> '{channel,endpoint}' as endpoint,
        type, status, failures, fault, undelivered, told_at
      from subscription order by status = 'error' desc, failures desc, client, id limit 200`,
  );

/** Begins anew with what is waiting; false when there is nothing that failed. */
export const resend = async (records: Records, id: string): Promise<boolean> =>
  (
    await records.run(
      sql`update subscription set status = 'requested', version = version + 1, failures = 0, fault = null, next_at = now()
        where id = ${id}::uuid and ${failing} returning id`,
    )
  ).length > 0;

/** Sends nothing more until the program itself asks for it again. */
export const giveUp = async (records: Records, id: string): Promise<boolean> =>
  (
    await records.run(
      sql`update subscription set status = 'off', version = version + 1
        where id = ${id}::uuid and ${failing} returning id`,
    )
  ).length > 0;
