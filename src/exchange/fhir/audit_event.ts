import type { AuditEvent, Bundle } from '@medplum/fhirtypes';
import { sql } from '../../database/sql.ts';
import { coding } from '../../fhir/codes.ts';
import type { Records } from '../../fhir/records.ts';
import { isId, reference } from '../../fhir/references.ts';
import type { Given } from '../../fhir/search.ts';
import { invalid, issue, notFound } from '../../kernel/problem.ts';

type Row = {
  id: string;
  at: Date;
  post: string | null;
  organization: string;
  role: string;
  via: string;
  action: string;
  what: string;
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

/** The access log's lines that the actor's organization may see, as FHIR; newest first. */
export async function findAuditEvents(records: Records, given: Given, base: string): Promise<Bundle> {
  const patient = given.find(([name]) => name === 'patient')?.[1].replace(/^Patient\//, '');
  if (!isId(patient) || given.some(([name]) => name !== 'patient' && name !== '_count'))
    throw invalid(
      issue('patient', 'AuditEvent は patient で検索してください。', 'Search AuditEvent by patient.'),
    );
  const rows = await records.rows<Row>(
    'AuditEvent',
    sql`select * from access_log where patients @> array[${patient}::uuid] order by id desc limit 100`,
    () => patient,
  );
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
  const [row] = await records.rows<Row>(
    'AuditEvent',
    sql`select * from access_log where id = ${id}::bigint`,
    (r) => r.patients[0],
  );
  if (!row) throw notFound();
  return toAuditEvent(row);
}

function toAuditEvent(row: Row): AuditEvent {
  return {
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
      ...row.records.map((text) => ({ what: { reference: text } })),
    ],
  };
}
