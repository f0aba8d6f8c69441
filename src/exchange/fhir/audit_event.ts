import type { AuditEvent, AuditEventAgent, Bundle } from '@medplum/fhirtypes';
import { noteWith } from '../../access/events.ts';
import { joinSql, sql, trusted, type Sql } from '../../database/sql.ts';
import { coding } from '../../fhir/codes.ts';
import { fhirIssue, type FhirIssue } from '../../fhir/outcome.ts';
import type { Records } from '../../fhir/records.ts';
import { isId, reference } from '../../fhir/references.ts';
import type { Given } from '../../fhir/search.ts';
import { bad } from '../../fhir/search-condition.ts';
import { between } from '../../fhir/search-dates.ts';
import { invalid, notFound } from '../../kernel/problem.ts';
import { actionsOf, kinds, purposeOf } from './audit_types.ts';
import type { Served } from './interactions/interaction.ts';
import { shapeParameters } from './shape.ts';
import { text } from './text.ts';

type Row = {
  id: string;
  at: Date;
  account: string | null;
  post: string | null;
  client: string | null;
  organization: string | null;
  role: string;
  action: string;
  what: string;
  address: string | null;
  why: string;
  records: string[];
  patients: string[];
};

const usualPage = 100;
const largestPage = 500;

/**
 * Lines of the access log. A clinic sees that another organization looked at its patient; whom else that organization
 * saw in the same look is not for the clinic to know, nor from which address, so of others' lines only the patients that
 * it sees itself are left, and the records only where they can be nobody else's.
 */
const lines = (where: Sql, count: number): Sql => sql`
  select l.id, l.at, l.account, l.post, l.client, l.organization, l.role, l.action, l.what, l.why,
    case when own then l.address end as address,
    case when own then l.patients else seen.patients end as patients,
    case when own or cardinality(l.patients) = 1 then l.records else '{}' end as records
  from access_log_seen l, lateral (select l.organization = (select actor_organization()) as own) mine,
    lateral (select array(select p.id from patient p where p.id = any (l.patients)) as patients) seen
  where ${where} order by l.id desc limit ${count}`;

/**
 * The access log's lines that the actor's organization may see, newest first: its own, and with `patient` also who else
 * looked at that person whom it keeps. Understands `patient`, `agent` (an organization, a post or an account), `date`,
 * `type`, `_count` and `_cursor`; refuses what it does not know. Reading the log is itself in the log.
 */
export async function findAuditEvents(
  records: Records,
  asked: Given,
  { base, turn }: Pick<Served, 'base' | 'turn'>,
): Promise<Bundle> {
  const { given: came, links } = turn('AuditEvent', asked);
  const given = came.filter(([name]) => !shapeParameters.includes(name));
  const { where, count, patient } = compile(given);
  const rows = await records.rows<Row>('AuditEvent', lines(where, count + 1), () => patient);
  if (patient === undefined) await noteWith(records, { action: 'log-read', what: 'AuditEvent' });
  const found = rows.slice(0, count);
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    link: links(rows.length > count ? found.at(-1)?.id : undefined),
    entry: found.map((row) => ({
      fullUrl: `${base}/AuditEvent/${row.id}`,
      resource: toAuditEvent(row),
      search: { mode: 'match' },
    })),
  };
}

function compile(given: Given): { where: Sql; count: number; patient: string | undefined } {
  const where: Sql[] = [];
  const faults: FhirIssue[] = [];
  let count = usualPage;
  let patient: string | undefined;
  for (const [key, value] of given) {
    const condition = key === '_count' ? undefined : conditionOf(key, value);
    if (key === '_count' && /^[1-9]\d{0,5}$/.test(value)) count = Math.min(largestPage, Number(value));
    else if (condition) where.push(condition);
    else if (known.includes(key)) faults.push(bad(key, value));
    else if (key !== '_format')
      faults.push(fhirIssue('not-supported', `http.${key.slice(0, 40)}`, text.auditSearch));
    if (key === 'patient') patient = value.replace(/^Patient\//, '');
  }
  if (faults.length > 0) throw invalid(...faults);
  // Without a person only by its own index; what others did with its patients is asked for by person.
  if (patient === undefined) where.push(sql`l.organization = (select actor_organization())`);
  return { where: joinSql(where, ' and '), count, patient };
}

const known = ['_count', '_cursor', 'patient', 'agent', 'date', 'type'];

function conditionOf(key: string, value: string): Sql | undefined {
  switch (key) {
    case 'patient': {
      const id = value.replace(/^Patient\//, '');
      return isId(id) ? sql`l.patients @> array[${id}::uuid]` : undefined;
    }
    case 'agent': {
      const [type, id = type] = value.split('/');
      if (id === undefined || !isId(id)) return undefined;
      if (type === 'Organization') return sql`l.organization = ${id}::uuid`;
      if (type === 'PractitionerRole') return sql`l.post = ${id}::uuid`;
      return type === id
        ? sql`(l.organization = ${id}::uuid or l.post = ${id}::uuid or l.account = ${id}::uuid)`
        : undefined;
    }
    case 'date':
      return between(trusted('l.at'), value)?.statement;
    case 'type': {
      const actions = value.split(',').map(actionsOf);
      return actions.some((found) => found.length === 0)
        ? undefined
        : sql`l.action = any (${actions.flat()}::text[])`;
    }
    case '_cursor':
      return /^\d{1,18}$/.test(value) ? sql`l.id < ${value}::bigint` : undefined;
    default:
      return undefined;
  }
}

export async function readAuditEvent(records: Records, id: string): Promise<AuditEvent> {
  if (!/^\d{1,18}$/.test(id)) throw notFound();
  const [row] = await records.rows<Row>('AuditEvent', lines(sql`l.id = ${id}::bigint`, 1), firstPatient);
  if (!row) throw notFound();
  if (firstPatient(row) === undefined) await noteWith(records, { action: 'log-read', what: 'AuditEvent' });
  return toAuditEvent(row);
}

const firstPatient = (row: Row): string | undefined => row.patients[0];

function toAuditEvent(row: Row): AuditEvent {
  const { type, action, subtype, outcome = '0' } = kinds[row.action] ?? { ...kinds['read'], type: {} };
  const purpose = outcome === '0' ? purposeOf(row.why) : undefined;
  return {
    resourceType: 'AuditEvent',
    id: row.id,
    type,
    ...(subtype ? { subtype: [subtype] } : {}),
    action: action ?? 'R',
    recorded: row.at.toISOString(),
    outcome,
    outcomeDesc: outcome === '0' ? row.what : `${row.what}: ${row.why}`,
    ...(purpose ? { purposeOfEvent: purpose } : {}),
    agent: [agentOf(row)],
    source: {
      observer: { display: 'Tsunagi' },
      type: [coding('http://terminology.hl7.org/CodeSystem/security-source-type', '4')],
    },
    entity: [
      ...row.patients.map((id) => ({
        what: reference('Patient', id),
        role: coding('http://terminology.hl7.org/CodeSystem/object-role', '1'),
      })),
      // An account is no record of ours.
      ...row.records.map((record) =>
        /^[A-Z]/.test(record) ? { what: { reference: record } } : { name: record },
      ),
    ],
  };
}

function agentOf(row: Row): AuditEventAgent {
  const whole = row.post === null ? undefined : reference('PractitionerRole', row.post);
  const body = row.organization === null ? undefined : reference('Organization', row.organization);
  const who = whole ?? body;
  const other = row.account ?? row.client;
  return {
    ...(who ? { who } : {}),
    ...(other === null ? {} : { altId: other }),
    requestor: true,
    ...(row.role === '' ? {} : { role: [{ text: row.role }] }),
    // 2: an Internet address (AuditEvent.agent.network.type).
    ...(row.address === null ? {} : { network: { address: row.address, type: '2' } }),
  };
}
