import type {
  Communication,
  Condition,
  Consent,
  DocumentReference,
  Observation,
  Organization,
  Patient,
  PractitionerRole,
  ServiceRequest,
  Task,
} from '@medplum/fhirtypes';
import { sql } from '../database/sql.ts';
import { patientOf } from '../fhir/patient.ts';
import type { Records } from '../fhir/records.ts';
import { idOf } from '../fhir/references.ts';
import type { RecordOf, RecordType, Stored } from '../fhir/types.ts';

/** Everything a referral rests on, as far as the actor may see it. */
export type Around = Readonly<{
  request: Stored<ServiceRequest> | undefined;
  patient: Stored<Patient> | undefined;
  sender: Stored<Organization> | undefined;
  receiver: Stored<Organization> | undefined;
  /** Who could take it in hand: the people of the office. */
  posts: readonly Stored<PractitionerRole>[];
  consents: readonly Stored<Consent>[];
  conditions: readonly Stored<Condition>[];
  /** What the conditions were found in. */
  observations: readonly Stored<Observation>[];
  notes: readonly Stored<Communication>[];
  /** Pages that came in by fax or scanner and belong to it. */
  documents: readonly Stored<DocumentReference>[];
  /** The same referral at the offices that had it before and have it after, where it was passed on. */
  passed: readonly Stored<Task>[];
  /** Their requests. */
  requests: readonly Stored<ServiceRequest>[];
  bodies: readonly Stored<Organization>[];
}>;

/** One statement for all that stands around a task. */
export async function readAround(records: Records, task: Stored<Task>): Promise<Around> {
  const request = idOf(task.focus, 'ServiceRequest') ?? null;
  const patient = idOf(task.for, 'Patient') ?? null;
  const sender = idOf(task.requester, 'Organization') ?? null;
  const receiver = idOf(task.owner, 'Organization') ?? null;
  const rows = await records.rows<{ content: Stored }>(
    'referral',
    sql`
    with concern as materialized (
      select k.content from condition k join service_request r on r.id = ${request}::uuid
      where k.patient_id = ${patient}::uuid
        and r.content -> 'reasonReference' @> jsonb_build_array(jsonb_build_object('reference', 'Condition/' || k.id))),
    passed as materialized (
      select t.id, t.owner_id, t.content, s.content as request from task t join service_request s on s.id = t.focus_id
      where s.patient_id = ${patient}::uuid and t.part_of_id is null
        and (${request}::uuid = any (replaced_requests(s.content))
          or s.id = any ((select replaced_requests(r.content) from service_request r where r.id = ${request}::uuid)::uuid[])))
    select content from service_request where id = ${request}::uuid
    union all select content from patient where id = ${patient}::uuid
    union all select content from organization where id in (${sender}::uuid, ${receiver}::uuid)
      or id in (select owner_id from passed)
    union all select content from passed union all select request from passed
    union all select d.content from document_reference d
      where d.patient_id = ${patient}::uuid and (d.id = any (
          select fhir_id(i, 'DocumentReference') from service_request r, unnest(r.supporting_info) i where r.id = ${request}::uuid)
        or exists (select 1 from jsonb_array_elements(coalesce(d.content #> '{context,related}', '[]')) about
          where about ->> 'reference' in (select 'Task/' || id from passed union all select 'Task/' || ${task.id}::text)))
    union all select content from practitioner_role where organization_id = ${receiver}::uuid
    union all select c.content from consent c join service_request r on r.id = ${request}::uuid
      where c.patient_id = ${patient}::uuid and ('Consent/' || c.id = any (r.supporting_info)
        -- A draft waits for a consent; it is sent under whichever is in force then, and still names none.
        or c.status = 'active' and not coalesce(array_to_string(r.supporting_info, ' '), '') like '%Consent/%')
    union all select content from concern
    union all select o.content from observation o join concern on concern.content -> 'evidence' @>
        jsonb_build_array(jsonb_build_object('detail', jsonb_build_array(jsonb_build_object('reference', 'Observation/' || o.id))))
      where o.patient_id = ${patient}::uuid
    union all select content from communication
      where based_on_id = ${request}::uuid and patient_id = ${patient}::uuid and 'medical-note' = any (category)`,
    (row) => patientOf(row.content),
  );
  const all = <T extends RecordType>(type: T): Stored<RecordOf<T>>[] =>
    rows.flatMap(({ content }) => (content.resourceType === type ? [content as Stored<RecordOf<T>>] : []));
  return {
    request: all('ServiceRequest').find((one) => one.id === request),
    patient: all('Patient')[0],
    sender: all('Organization').find((o) => o.id === sender),
    receiver: all('Organization').find((o) => o.id === receiver),
    posts: all('PractitionerRole'),
    consents: all('Consent'),
    conditions: all('Condition'),
    observations: all('Observation'),
    notes: all('Communication'),
    documents: all('DocumentReference'),
    passed: all('Task'),
    requests: all('ServiceRequest'),
    bodies: all('Organization'),
  };
}

/** One thing that happened: the version written then and, for a task, the one before it. */
export type HappenedRow = Readonly<{
  kind: 'referral' | 'request' | 'communication' | 'goal';
  content: Stored;
  previous: Stored | null;
  /** When it was written. */
  at: Date;
  /** Names of the body that received the task, and of whoever wrote it, where the actor may know. */
  body: string | null;
  writer: PractitionerRole | null;
  writing_body: string | null;
}>;

const mostEvents = 300;

/** What happened in a case, newest first: its task and the requests that are part of it, contacts, reports, messages, goals. */
export function happenedIn(records: Records, task: Stored<Task>): Promise<HappenedRow[]> {
  const request = idOf(task.focus, 'ServiceRequest') ?? null;
  const patient = idOf(task.for, 'Patient') ?? null;
  const owner = idOf(task.owner, 'Organization') ?? null;
  return records.rows<HappenedRow & Record<string, unknown>>(
    'timeline',
    sql`
    with event as (
      select case when t.part_of_id is null then 'referral' else 'request' end as kind, 'Task/' || h.id as ref, h.content,
        lag(h.content) over (partition by h.id order by h.version) as previous, h.updated_at as at, t.owner_id as body_id
      from task t join task_history h on h.id = t.id
      where t.id = ${task.id}::uuid or (t.part_of_id = ${task.id}::uuid and t.patient_id = ${patient}::uuid)
        -- What happened at the offices that passed it on is part of it.
        or t.patient_id = ${patient}::uuid and t.part_of_id is null and t.focus_id = any (
          (select replaced_requests(r.content) from service_request r where r.id = ${request}::uuid)::uuid[])
      union all
      select 'communication', 'Communication/' || c.id, c.content, null, c.updated_at, c.addressee
      from communication c
      where c.based_on_id = ${request}::uuid and c.patient_id = ${patient}::uuid and c.category && array['contact', 'report', 'message']
        and c.content ->> 'status' <> 'entered-in-error'
      union all
      select 'goal', 'Goal/' || g.id, h.content, lag(h.content) over (partition by h.id order by h.version), h.updated_at, null
      from goal g join goal_history h on h.id = g.id
      where g.patient_id = ${patient}::uuid and g.keeper = ${owner}::uuid and (
        g.content -> 'addresses' @> jsonb_build_array(jsonb_build_object('reference', 'ServiceRequest/' || ${request}::text))
        or not coalesce(g.content -> 'addresses', '[]') @? '$[*].reference ? (@ starts with "ServiceRequest/")')
    )
    select e.kind, e.content, e.previous, e.at, b.content ->> 'name' as body, w.content as writer, o.content ->> 'name' as writing_body
    from event e
    left join organization b on b.id = e.body_id
    left join lateral (
      select fhir_id(p.content #>> '{agent,0,who,reference}', 'PractitionerRole') as post
      from provenance p where p.patient_id = ${patient}::uuid and p.recorded = e.at and e.ref = any (p.target) limit 1
    ) p on true
    left join practitioner_role w on w.id = p.post
    left join organization o on o.id = w.organization_id
    order by e.at desc limit ${mostEvents}`,
    () => patient,
  );
}
