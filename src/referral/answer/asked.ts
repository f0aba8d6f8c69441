import type { Task } from '@medplum/fhirtypes';
import { readResource, type Resource } from '../../directory/record.ts';
import type { Records } from '../../fhir/records.ts';
import { isId } from '../../fhir/references.ts';
import type { Stored } from '../../fhir/types.ts';
import { dayInTokyo } from '../../kernel/japan/calendar.ts';
import { notFound } from '../../kernel/problem.ts';
import { ageOn, readOrganization, readPatient, type Name, type ReadBody } from '../../people/record.ts';
import { readServiceRequest, readTask, type Referral } from '../record.ts';
import { findAsked, type AskedRow } from './queries.ts';

/** The person as a group knows them: how to reach them, and nothing else of them. */
export type Contact = Readonly<{ name: Name; age: number | undefined; phone: string | undefined }>;

/** A request as the group that was asked reads it. */
export type Asked = Readonly<{
  task: Stored<Task>;
  referral: Referral;
  /** What is asked, in the words of the office. */
  wish: string;
  office: ReadBody | undefined;
  /** Undefined as soon as the group may no longer know who it is. */
  person: Contact | undefined;
  resource: Resource | undefined;
  row: AskedRow;
}>;

/** A request addressed to the actor's group; `not-found` for anybody else's, and when consent no longer opens it. */
export async function readAsked(records: Records, id: string): Promise<Asked> {
  const row = isId(id) ? await findAsked(records, id) : undefined;
  if (!row) throw notFound();
  return describe(row, records.now);
}

export function describe(row: AskedRow, now: Date): Asked {
  const person = row.patient && readPatient(row.patient);
  return {
    task: row.task,
    referral: readTask(row.task),
    wish: row.request ? readServiceRequest(row.request).reason : '',
    office: row.office ? readOrganization(row.office) : undefined,
    person: person
      ? { name: person, age: ageOn(person.birthDate, dayInTokyo(now)), phone: person.phone }
      : undefined,
    resource: row.service ? readResource(row.service) : undefined,
    row,
  };
}
