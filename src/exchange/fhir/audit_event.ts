import type { AuditEvent, Bundle } from '@medplum/fhirtypes';
import { sql, type Sql } from '../../database/sql.ts';
import { coding } from '../../fhir/codes.ts';
import { fhirIssue } from '../../fhir/outcome.ts';
import type { Records } from '../../fhir/records.ts';
import { isId, reference } from '../../fhir/references.ts';
import type { Given } from '../../fhir/search.ts';
import { invalid, notFound } from '../../kernel/problem.ts';
import { text } from './text.ts';

type Row = {
  id: string;
  at: Date;
  post: string | null;
  organization: string;
  role: string;
  action: string;
  records: string[];
  patients: string[];
};

const actions: Readonly<Record<string, AuditEvent['action']>> = {
  read: 'R',
  history: 'R',
  search: 'E',
  write: 'U',
  print: 'R',
  export: 'R',
};

/**
 * Lines of the access log. A clinic sees that another organization looked at its patient; whom else that organization
 * saw in the same look is not for the clinic to know, so of others' lines only the patients that it sees itself are left,
 * and the records only where they can be nobody else's.
 */
const lines = (where: Sql): Sql => sql`
  select l.id, l.at, l.post, l.organization, l.role, l.action,
    case when l.organization = (select actor_organization()) then l.patients else seen.patients end as patients,
    case when l.organization = (select actor_organization()) or cardinality(l.patients) = 1 then l.records else '{}' end as records
  from access_log l,
    lateral (select array(select p.id from patient p where p.id = any (l.patients)) as patients) seen
  where ${where} order by l.id desc limit 100`;

const patientOf = (row: Row): string | undefined => row.patients[0];

/** The access log's lines about one patient that the actor's organization may see; newest first, at most 100. */
export async function findAuditEvents(records: Records, given: Given, base: string): Promise<Bundle> {
  const patient = given.find(([name]) => name === 'patient')?.[1].replace(/^Patient\//, '');
  const other = given.find(([name]) => !['patient', '_count', '_format'].includes(name));
  if (!isId(patient) || other)
    throw invalid(
      fhirIssue('not-supported', `http.${other?.[0].slice(0, 40) ?? 'patient'}`, text.auditByPatient),
    );
  const about = sql`l.patients @> array[${patient}::uuid]`;
  const rows = await records.rows<Row>('AuditEvent', lines(about), () => patient);
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    entry: rows.map((row) => ({
      fullUrl: `${base}/AuditEvent/${row.id}`,
      resource: toAuditEvent(row),
      search: { mode: 'match' },
    })),
  };
}

export async function readAuditEvent(records: Records, id: string): Promise<AuditEvent> {
  if (!/^\d{1,18}$/.test(id)) throw notFound();
  const [row] = await records.rows<Row>('AuditEvent', lines(sql`l.id = ${id}::bigint`), patientOf);
  if (!row) throw notFound();
  return toAuditEvent(row);
}

const toAuditEvent = (row: Row): AuditEvent => ({
  resourceType: 'AuditEvent',
  id: row.id,
  type: coding('http://terminology.hl7.org/CodeSystem/audit-event-type', 'rest'),
  action: actions[row.action] ?? 'R',
  recorded: row.at.toISOString(),
  outcome: '0',
  agent: [
    {
      who:
        row.post === null
          ? reference('Organization', row.organization)
          : reference('PractitionerRole', row.post),
      requestor: true,
      role: [{ text: row.role }],
    },
  ],
  source: {
    observer: { display: 'Tsunagi' },
    type: [coding('http://terminology.hl7.org/CodeSystem/security-source-type', '4')],
  },
  entity: [
    ...row.patients.map((id) => ({
      what: reference('Patient', id),
      role: coding('http://terminology.hl7.org/CodeSystem/object-role', '1'),
    })),
    ...row.records.map((record) => ({ what: { reference: record } })),
  ],
});
