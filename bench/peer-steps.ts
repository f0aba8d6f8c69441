import type pg from 'pg';
import type { Bundle, Task } from '@medplum/fhirtypes';
import { makeResponse, makeTransaction, someAnswers } from './bodies.ts';
import { makeChance } from './chance.ts';
import { connectTo, type Connection } from './client.ts';
import { familyNames, hashed, makePatient } from './data.ts';
import type { Opened } from './filled.ts';
import type { Step } from './measure.ts';
import { fine, inTurn, json, tokenOf, updating, type Headers } from './steps.ts';

type Figure = Readonly<{ rate: number; p95: number; wanted: number }>;

/** What was measured of another server at 32 connections, and how many times that this one should do. */
export const peer = {
  what: 'Medplum 5.1.17 on Node 24.21 with PostgreSQL 15.18 (durable commits) and Redis, 100,000 tasks and 20,000 patients, on a machine of 2 cores of this kind, load from the same machine, medians of 4 to 5 passes; no p99 was kept of it. Its status updates were any; ours are moves of the lifecycle',
  memory: 805,
  steps: {
    'create Patient': { rate: 155, p95: 312, wanted: 6 },
    'create QuestionnaireResponse (20 answers)': { rate: 125, p95: 396, wanted: 6 },
    'referral transaction, 5 records, all new': { rate: 20, p95: 1932, wanted: 10 },
    'the same, patient by condition, new': { rate: 4, p95: 3716, wanted: 10 },
    'read Task': { rate: 859, p95: 58, wanted: 2 },
    'search Task by owner and status, 20, newest first': { rate: 146, p95: 287, wanted: 8 },
    'search Patient by name': { rate: 192, p95: 240, wanted: 5 },
    'update Task with If-Match': { rate: 119, p95: 401, wanted: 6 },
    metadata: { rate: 181, p95: 320, wanted: 10 },
  } as Readonly<Record<string, Figure>>,
};

type Office = Readonly<{ id: string; token: Headers; tasks: readonly string[] }>;

/** The peer's steps with records of its sizes, each worker on a connection of its own. */
export async function peerSteps(port: number, owner: pg.Pool, { filled, program }: Opened): Promise<Step[]> {
  const { places, persons } = filled;
  const clinic = places.clinics[0]?.id ?? '';
  const token = await tokenOf(port, 'bench-clinic');
  const offices = await officesOf(
    port,
    owner,
    places.offices.map(({ id }) => id),
  );
  const answers = someAnswers(program, 20);
  const answering = inTurn(persons);
  let seed = Math.floor(performance.timeOrigin) >>> 0;
  const chance = () => makeChance((seed += 977));
  const someone = chance();

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
  const post = async (connection: Connection, path: string, body: object, status: number): Promise<boolean> =>
    fine(status)(
      await connection.ask({ method: 'POST', path, headers: json(token), body: JSON.stringify(body) }),
    );
  const get = async (
    connection: Connection,
    path: string,
    headers: Headers,
    holds: string,
  ): Promise<boolean> => {
    const reply = await connection.ask({ method: 'GET', path, headers });
    return reply.status === 200 && reply.body.includes(holds);
  };

  return [
    step('create Patient', (connection) => {
      const mine = chance();
      return () => {
        const { id: _id, ...patient } = makePatient(mine, clinic, 0);
        return post(connection, '/fhir/Patient', patient, 201);
      };
    }),
    step(
      'create QuestionnaireResponse (20 answers)',
      (connection) => () =>
        post(
          connection,
          '/fhir/QuestionnaireResponse',
          makeResponse(program, answers, answering().patient.id),
          201,
        ),
    ),
    step('referral transaction, 5 records, all new', (connection) => {
      const mine = chance();
      return () => post(connection, '/fhir', makeTransaction(mine, places, program, answers), 200);
    }),
    step('the same, patient by condition, new', (connection) => {
      const mine = chance();
      return () =>
        post(
          connection,
          '/fhir',
          byCondition(makeTransaction(mine, places, program, answers), mine.uuid()),
          200,
        );
    }),
    step('read Task', (connection) => () => {
      const office = someone.one(offices);
      return get(connection, `/fhir/Task/${someone.one(office.tasks)}`, office.token, '"Task"');
    }),
    step('search Task by owner and status, 20, newest first', (connection) => () => {
      const { id, token: headers } = someone.one(offices);
      const path = `/fhir/Task?owner=Organization%2F${id}&status=requested&_count=20&_sort=-_lastUpdated`;
      return get(connection, path, headers, '"fullUrl"');
    }),
    step('search Patient by name', (connection) => () => {
      const path = `/fhir/Patient?name=${encodeURIComponent(someone.one(familyNames))}&_count=20`;
      return get(connection, path, someone.one(offices).token, '"fullUrl"');
    }),
    step('update Task with If-Match', async (connection, worker) => {
      const office = offices[worker % offices.length];
      const at = Math.floor(worker / offices.length) * tasksOfWorker;
      const mine = office?.tasks.slice(at, at + tasksOfWorker) ?? [];
      const headers = office?.token ?? {};
      const moves: (() => Promise<boolean>)[] = [];
      for (const id of mine) moves.push(await updating(connection, headers, json(headers), id));
      const move = inTurn(moves);
      return () => move()();
    }),
    step('metadata', (connection) => () => get(connection, '/fhir/metadata', {}, '"CapabilityStatement"')),
  ];
}

/** As many as the peer's workers had each. */
const tasksOfWorker = 20;

/** Every office with a token of its own, since each sees its own tasks alone, and the tasks that it has in progress. */
async function officesOf(port: number, owner: pg.Pool, ids: readonly string[]): Promise<Office[]> {
  const hash = await hashed();
  const offices: Office[] = [];
  const connection = await connectTo(port);
  for (const [i, id] of ids.entries()) {
    const client = `bench-office-${String(i)}`;
    await owner.query(
      `insert into api_client (id, secret_hash, role, organization_id) values ($1, $2, 'linkworker', $3) on conflict do nothing`,
      [client, hash, id],
    );
    const token = await tokenOf(port, client);
    const path = `/fhir/Task?owner=Organization/${id}&status=in-progress&part-of:missing=true&_count=200`;
    const { entry } = JSON.parse(
      (await connection.ask({ method: 'GET', path, headers: token })).body,
    ) as Bundle<Task>;
    offices.push({ id, token, tasks: (entry ?? []).flatMap(({ resource }) => resource?.id ?? []) });
  }
  connection.close();
  return offices;
}

/** Its person is created only where none has that number. */
function byCondition(bundle: Bundle, number: string): Bundle {
  const [system, value] = ['https://bench.example/fhir/patient-number', number];
  const entry = (bundle.entry ?? []).map((one) =>
    one.resource?.resourceType === 'Patient' && one.request
      ? {
          ...one,
          resource: { ...one.resource, identifier: [{ system, value }] },
          request: { ...one.request, ifNoneExist: `identifier=${system}|${value}` },
        }
      : one,
  );
  return { ...bundle, entry };
}
