import type { Bundle, Task } from '@medplum/fhirtypes';
import type { Program } from '../src/programs/program.ts';
import { reasonConcept } from '../src/referral/record.ts';
import { makeResponse, makeTransaction, someAnswers } from './bodies.ts';
import { makeChance } from './chance.ts';
import { connectTo, type Connection, type Reply } from './client.ts';
import { benchSecret, familyNames, makePatient } from './data.ts';
import type { Filled } from './fill.ts';
import type { Step } from './measure.ts';

type Given = Readonly<{ port: number; filled: Filled; program: Program }>;
export type Headers = Readonly<Record<string, string>>;

/** What is measured of the product: its API and its pages, over HTTP, each worker on a connection of its own. */
export async function stepsOf({ port, filled, program }: Given): Promise<Step[]> {
  const { places, persons, doctor, linkworker } = filled;
  const clinic = await tokenOf(port, 'bench-clinic');
  const office = await tokenOf(port, 'bench-office');
  // Nobody answers or is referred a hundred times, so it is one person after the other.
  const half = Math.floor(persons.length / 2);
  const answering = inTurn(persons.slice(0, half));
  const referred = inTurn(persons.slice(half));
  const answers = someAnswers(program, 20);
  const [first] = places.offices;
  let seed = Math.floor(performance.timeOrigin) >>> 0;
  const chance = () => makeChance((seed += 977));

  const step = (
    name: string,
    make: (
      connection: Connection,
      worker: number,
    ) => Promise<() => Promise<boolean>> | (() => Promise<boolean>),
  ): Step => ({
    name,
    prepare: async (worker) => {
      const connection = await connectTo(port);
      return { once: await make(connection, worker), close: connection.close };
    },
  });
  const get =
    (path: () => string, headers: Headers, good: (reply: Reply) => boolean = fine(200)) =>
    (connection: Connection) =>
    async () =>
      good(await connection.ask({ method: 'GET', path: path(), headers }));

  const tasksOfOffice = (await searchTasks(port, office, first?.id ?? '')).map((t) => t.id ?? '');
  const someone = chance();
  return [
    step('create Patient', (connection) => {
      const mine = chance();
      return async () => {
        const { id: _id, ...patient } = makePatient(mine, places.clinics[0]?.id ?? '', 0);
        return fine(201)(
          await connection.ask({
            method: 'POST',
            path: '/fhir/Patient',
            headers: json(clinic),
            body: JSON.stringify(patient),
          }),
        );
      };
    }),
    step(
      `create QuestionnaireResponse (${String(Object.keys(answers).length)} answers)`,
      (connection) => async () => {
        const body = JSON.stringify(makeResponse(program, answers, answering().patient.id));
        return fine(201)(
          await connection.ask({
            method: 'POST',
            path: '/fhir/QuestionnaireResponse',
            headers: json(clinic),
            body,
          }),
        );
      },
    ),
    step('referral transaction (5 records, all new)', (connection) => {
      const mine = chance();
      return async () => {
        const body = JSON.stringify(makeTransaction(mine, places, program, answers));
        return fine(200)(
          await connection.ask({ method: 'POST', path: '/fhir', headers: json(clinic), body }),
        );
      };
    }),
    step(
      'read Task',
      get(() => `/fhir/Task/${someone.one(tasksOfOffice)}`, office),
    ),
    step(
      'search Task by owner and status (20, newest first)',
      get(
        () => `/fhir/Task?owner=Organization/${first?.id ?? ''}&status=requested&_count=20`,
        office,
        (r) => r.status === 200 && r.body.includes('"fullUrl"'),
      ),
    ),
    step(
      'search Patient by name (20)',
      get(() => `/fhir/Patient?name=${encodeURIComponent(someone.one(familyNames))}&_count=20`, office),
    ),
    step('update Task with If-Match (hold, resume)', (connection, worker) =>
      updating(connection, office, json(office), tasksOfOffice[worker] ?? ''),
    ),
    step(
      'metadata',
      get(() => '/fhir/metadata', {}),
    ),
    step(
      'page: inbox',
      get(() => '/inbox', { Cookie: linkworker.cookie }),
    ),
    step(
      'page: patients',
      get(() => '/patients', { Cookie: doctor.cookie }),
    ),
    step('page: sending a referral', (connection) => async () => {
      const { patient, office: near } = referred();
      const to = places.offices[near]?.id ?? '';
      const form = new URLSearchParams({
        office: to,
        urgency: 'routine',
        reason: '外出が減り、話し相手がいない。',
        _csrf: doctor.csrf,
        _once: someone.uuid(),
      });
      const headers = { Cookie: doctor.cookie, 'Content-Type': 'application/x-www-form-urlencoded' };
      return fine(303)(
        await connection.ask({
          method: 'POST',
          path: `/patients/${patient.id}/referrals`,
          headers,
          body: form.toString(),
        }),
      );
    }),
    step(
      'page: referral sheet as PDF',
      get(() => `/referrals/${someone.one(tasksOfOffice)}/sheet.pdf`, { Cookie: linkworker.cookie }),
    ),
  ];
}

export const json = (headers: Headers): Headers => ({ ...headers, 'Content-Type': 'application/fhir+json' });

export const fine = (status: number) => (reply: Reply) => reply.status === status;

export function inTurn<T>(list: readonly T[]): () => T {
  let next = 0;
  return () => list[next++ % list.length] as T;
}

export async function tokenOf(port: number, client: string): Promise<Headers> {
  const connection = await connectTo(port);
  const reply = await connection.ask({
    method: 'POST',
    path: '/oauth/token',
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded',
      Authorization: `Basic ${Buffer.from(`${client}:${benchSecret}`).toString('base64')}`,
    },
    body: 'grant_type=client_credentials',
  });
  connection.close();
  const { access_token: token } = JSON.parse(reply.body) as { access_token?: string };
  if (token === undefined) throw new Error(`No token for ${client}: ${reply.body}`);
  return { Authorization: `Bearer ${token}` };
}

/** Tasks in progress at the office, enough for every worker to have its own. */
async function searchTasks(port: number, headers: Headers, office: string): Promise<Task[]> {
  const connection = await connectTo(port);
  const path = `/fhir/Task?owner=Organization/${office}&status=in-progress&part-of:missing=true&_count=200`;
  const { entry } = JSON.parse((await connection.ask({ method: 'GET', path, headers })).body) as Bundle;
  connection.close();
  return (entry ?? []).flatMap((e) => (e.resource?.resourceType === 'Task' ? e.resource : []));
}

/** Puts a task on hold and takes it up again, each time in the version it has just got: legal moves only. */
export async function updating(connection: Connection, read: Headers, headers: Headers, id: string) {
  const path = `/fhir/Task/${id}`;
  let task = JSON.parse((await connection.ask({ method: 'GET', path, headers: read })).body) as Task;
  return async () => {
    const { statusReason: _reason, ...rest } = task;
    const next: Task =
      task.status === 'on-hold'
        ? { ...rest, status: 'in-progress' }
        : { ...rest, status: 'on-hold', statusReason: reasonConcept('other', '架空の理由') };
    const match = { ...headers, 'If-Match': `W/"${task.meta?.versionId ?? ''}"` };
    const reply = await connection.ask({ method: 'PUT', path, headers: match, body: JSON.stringify(next) });
    if (reply.status !== 200) return false;
    task = JSON.parse(reply.body) as Task;
    return true;
  };
}
