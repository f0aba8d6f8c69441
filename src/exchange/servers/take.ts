import type { Consent, Reference, ServiceRequest, Task } from '@medplum/fhirtypes';
import type pg from 'pg';
import { noteWith } from '../../access/events.ts';
import { sql } from '../../database/sql.ts';
import { withFilesNamed } from '../../fhir/answer-files.ts';
import type { OpenRecords, Records } from '../../fhir/records.ts';
import { reference } from '../../fhir/references.ts';
import { isRecordType, type FhirRecord } from '../../fhir/types.ts';
import { Refused } from '../../kernel/problem.ts';
import { markOf, placeOf, type Clients, type Held, type Theirs } from './client.ts';
import { faults } from './faults.ts';
import { actorFor } from './meeting.ts';
import { Unwilling, type Fault, type Server } from './model.ts';
import { forUs, namesFor, refer, withIdentifier, type Names } from './names.ts';
import { allOf } from './poll.ts';
import { pairsOf } from './partner-records.ts';
import { knownOf, untaken } from './partner-tasks.ts';

export type TakeNeeds = Readonly<{ pool: pg.Pool; open: OpenRecords; clients: Clients; base: string }>;

/** Most that are taken in at one look; the others come with the next. */
const mostAtOnce = 50;

/**
 * Fetches the referrals that a body wrote on its own server for one of ours, and takes each in once, by the same rules as if
 * the body had sent it here: in its name, whole or not at all. What cannot be taken in lies, with the reason, until somebody
 * looks.
 */
export async function takeNew({ pool, open, clients, base }: TakeNeeds, server: Server): Promise<void> {
  const them = clients(server);
  const { records: found } = await allOf(
    them,
    'Task',
    `/Task?owner=Organization/${server.ourId}&requester=Organization/${server.theirId}&status=requested&_count=100`,
  );
  const tasks = found.filter(
    (one): one is Task & Held => one.resourceType === 'Task' && one.status === 'requested',
  );
  const here = await knownOf(
    pool,
    server,
    tasks.map((one) => one.id),
  );
  const partner = await actorFor(pool, server.partner, server.id);
  // One that cannot be read now holds up no other; that it could not is said at the end.
  let first: unknown;
  for (const task of tasks.filter((one) => !here.has(one.id)).slice(0, mostAtOnce))
    try {
      const came = await whole(them, server, task);
      const names = namesFor(server, base, await pairsOf(pool, server));
      await open(partner, (records) => takeIn(records, server, names, came));
    } catch (error) {
      const fault = faultOf(error);
      if (fault) await untaken(pool, server, task.id, numberOf(task), fault);
      else first ??= error;
    }
  if (first !== undefined) throw first;
}

/** Undefined: it may well be taken in the next time. */
function faultOf(error: unknown): Fault | undefined {
  if (error instanceof Unwilling) return error.final ? error.fault : undefined;
  const problem = error instanceof Refused ? error.problem : undefined;
  if (problem?.kind === 'invalid') return problem.issues[0]?.says ?? faults.ourFault;
  return problem?.kind === 'forbidden' || problem?.kind === 'conflict'
    ? (problem.says ?? faults.ourFault)
    : undefined;
}

const numberOf = (task: Task): string =>
  (task.identifier?.find((one) => one.value !== undefined)?.value ?? task.id ?? '').slice(0, 60);

type Came = Readonly<{ task: Task & Held; request: ServiceRequest & Held; others: readonly Held[] }>;

/** A referral with what it rests on: the person, the request, consents, answers and needs. */
async function whole(them: Theirs, server: Server, task: Task & Held): Promise<Came> {
  const get = async (given: Reference | undefined): Promise<Held | undefined> => {
    const place =
      given?.reference?.startsWith('http') === true && !given.reference.startsWith(`${server.address}/`)
        ? undefined
        : placeOf(given?.reference);
    if (place === undefined) return undefined;
    const found = await them.read(`/${place.type}/${place.id}`);
    return found?.resourceType === place.type ? found : undefined;
  };
  const [patient, request] = [await get(task.for), await get(task.focus)];
  if (patient?.resourceType !== 'Patient' || request?.resourceType !== 'ServiceRequest')
    throw new Unwilling(faults.incomplete, { final: true });
  const along = [...(request.supportingInfo ?? []), ...(request.reasonReference ?? [])].slice(0, mostAlong);
  const others: Held[] = [];
  for (const one of along) {
    const found = await get(one);
    if (found && taken.includes(found.resourceType))
      others.push(found.resourceType === 'QuestionnaireResponse' ? withFilesNamed(found) : found);
  }
  return { task, request, others: [patient, ...others] };
}

const mostAlong = 30;
const taken: readonly string[] = ['Consent', 'QuestionnaireResponse', 'Condition'];

/** In one transaction: which of theirs is which of ours, the records, and that this task is shared. */
async function takeIn(records: Records, server: Server, names: Names, came: Came): Promise<void> {
  const all = [...came.others, came.request, came.task];
  const beside = new Map<string, string>();
  const fresh: Held[] = [];
  for (const one of all) {
    const there = `${one.resourceType}/${one.id}`;
    if (names.ours.has(there) || beside.has(there)) continue;
    beside.set(there, `${one.resourceType}/${records.newId()}`);
    fresh.push(one);
  }
  const idFor = (one: Held): string =>
    (
      names.ours.get(`${one.resourceType}/${one.id}`) ??
      beside.get(`${one.resourceType}/${one.id}`) ??
      ''
    ).split('/')[1] ?? '';
  const task = idFor(came.task);
  const [first] = await records.run(
    sql`insert into partner_task (server, task, case_number, told, their_id, their_version, their_status)
      values (${server.id}::uuid, ${task}::uuid, ${numberOf(came.task)}, 1, ${came.task.id}, ${markOf(came.task) ?? null}, 'requested')
      on conflict (server, their_id) do update set task = excluded.task, told = 1, wanted = 1, fault = null, stopped_at = null,
        their_version = excluded.their_version where partner_task.task is null returning id`,
  );
  if (!first) return;
  await records.run(
    sql`insert into partner_record (server, type, id, their_id)
      select ${server.id}::uuid, type, id, theirs from jsonb_to_recordset(${JSON.stringify(
        fresh.map((one) => ({ type: one.resourceType, id: idFor(one), theirs: one.id })),
      )}::jsonb) as r (type text, id uuid, theirs text)`,
  );
  // Somebody whom nobody here saw any more is looked at again.
  await records.run(
    sql`update partner_record set looked_at = null where server = ${server.id}::uuid and type = 'Patient'
      and their_id = ${came.others[0]?.id ?? ''}`,
  );
  const written = fresh.flatMap((one) => ours(one, idFor(one), server, names, beside) ?? []);
  await records.write(written);
  await noteWith(records, {
    action: 'export',
    what: 'from its own server',
    records: written.map((one) => `${one.resourceType}/${one.id ?? ''}`),
    patients: written.flatMap((one) => (one.resourceType === 'Patient' ? (one.id ?? []) : [])),
  });
}

/** A record of theirs as one of ours: its own id, where it came from, and whose it is here. */
export function ours(
  theirs: Held,
  id: string,
  server: Server,
  names: Names,
  beside: ReadonlyMap<string, string> = new Map(),
): FhirRecord | undefined {
  if (!isRecordType(theirs.resourceType)) return undefined;
  const { meta: _, text: _t, ...rest } = theirs as Held & { text?: unknown };
  const source = `${server.address}/${theirs.resourceType}/${theirs.id}`;
  const record = refer(
    withIdentifier({ ...rest, id, meta: { source } } as unknown as FhirRecord, {
      system: `${server.address}/${theirs.resourceType}`,
      value: theirs.id,
    }),
    forUs(names, beside),
  );
  const keeper = reference('Organization', server.partner);
  if (record.resourceType === 'Patient') return { ...record, managingOrganization: keeper };
  if (record.resourceType === 'Consent') return known({ ...record, organization: [keeper] });
  return record;
}

/** Bodies that we do not know open nothing here. */
function known(consent: Consent): Consent {
  const { provision } = consent;
  if (provision?.actor === undefined) return consent;
  const actor = provision.actor.filter(
    (one) =>
      one.reference.reference !== undefined ||
      one.reference.identifier?.system?.endsWith('/CodeSystem/organization-type') === true,
  );
  // Without any it would not be limited.
  return actor.length === 0 ? consent : { ...consent, provision: { ...provision, actor } };
}
