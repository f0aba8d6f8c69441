import type { Task } from '@medplum/fhirtypes';
import { readResource, type Resource } from '../../directory/record.ts';
import type { Records } from '../../fhir/records.ts';
import { isId } from '../../fhir/references.ts';
import type { Stored } from '../../fhir/types.ts';
import { dayInTokyo } from '../../kernel/japan/calendar.ts';
import { notFound } from '../../kernel/problem.ts';
import { readOrganization, readPatient, type ReadBody } from '../../people/record.ts';
import { readableOnly } from '../expiry.ts';
import { readServiceRequest, readTask, type Referral } from '../record.ts';
import { toldOf, type Told } from '../told.ts';
import { findAsked, type AskedRow } from './queries.ts';

/** A request as the group that was asked reads it. */
export type Asked = Readonly<{
  task: Stored<Task>;
  referral: Referral;
  told: Told;
  office: ReadBody | undefined;
  resource: Resource | undefined;
  row: AskedRow;
  /** The last day of the consent, once it is over and the request can only be read. */
  expired: string | undefined;
}>;

/** A request addressed to the actor's group; `not-found` for anybody else's, and when consent no longer opens it. */
export async function readAsked(records: Records, id: string): Promise<Asked> {
  const row = isId(id) ? await findAsked(records, id) : undefined;
  if (!row) throw notFound();
  const asked = describe(row, records.now);
  return { ...asked, expired: await readableOnly(records, asked.referral.patient) };
}

export function describe(row: AskedRow, now: Date): Asked {
  const referral = readTask(row.task);
  const request = row.request ? readServiceRequest(row.request) : undefined;
  const about = { status: referral.status, wish: request?.reason ?? '', needs: request?.needs ?? [] };
  return {
    task: row.task,
    referral,
    // The row rules have decided whether the group may know the person at all.
    told: toldOf(row.patient ? readPatient(row.patient) : undefined, about, dayInTokyo(now), row.limited),
    office: row.office ? readOrganization(row.office) : undefined,
    resource: row.service ? readResource(row.service) : undefined,
    row,
    expired: undefined,
  };
}
