import http, { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Bundle, Task } from '@medplum/fhirtypes';
import { smallestReferral } from '../support/referral.ts';
import { madeIn, transactionOf } from './bundle.ts';
import { caller, client, register, startPlace, until, type Caller, type Place } from './two-servers.ts';

/** What becomes of a call on the way; true: it was answered there. */
export type Trouble = (req: IncomingMessage, res: ServerResponse) => boolean;

export type Fetching = Readonly<{
  /** Where the office works, and where the clinic does. */
  one: Place;
  two: Place;
  office: Caller;
  clinic: Caller;
  /** Address of the clinic's server, as the office's reaches it. */
  address: string;
  server: string;
  /** Every call on the line, method and path. */
  calls: string[];
  on: (trouble: Trouble) => void;
  refer: () => Promise<{ task: string; consent: string; patient: string }>;
  fetched: (id: string) => Promise<Task>;
  move: (who: Caller, id: string, change: Partial<Task>) => Promise<void>;
  becomes: (place: Place, id: string, status: Task['status']) => Promise<Task>;
  askNow: () => Promise<unknown>;
  stop: () => Promise<void>;
}>;

/** The clinic works on a server of its own and sends nothing anywhere: the office's server comes to fetch what is for it. */
export async function startFetching(
  how: Readonly<{ pollSeconds?: number; proof?: 'secret' | 'key' }> = {},
): Promise<Fetching> {
  const { proof = 'secret', ...polling } = how;
  const [one, two] = [await startPlace(polling), await startPlace()];
  let trouble: Trouble = () => false;
  const calls: string[] = [];
  const line = createServer((req, res) => {
    calls.push(`${req.method ?? ''} ${req.url ?? ''}`);
    if (trouble(req, res)) return;
    const to = new URL(req.url ?? '', two.url);
    const headers = { ...req.headers, host: to.host };
    const onwards = http.request(to, { method: req.method, headers }, (answer) => {
      answer.pipe(res.writeHead(answer.statusCode ?? 500, answer.headers));
    });
    req.pipe(onwards);
  });
  await new Promise<void>((ready) => line.listen(0, '127.0.0.1', ready));
  const address = `http://127.0.0.1:${String((line.address() as AddressInfo).port)}/fhir`;
  await client(one, 'office', 'linkworker', 'office');
  await client(two, 'clinic', 'doctor', 'clinic');
  await client(two, 'office of one', 'linkworker', 'office');
  const server = await register({
    at: one,
    ours: 'office',
    partner: 'clinic',
    way: 'poll',
    address,
    client: 'office of one',
    proof,
    there: { ours: two.bodies.office.id, partner: two.bodies.clinic.id },
  });
  const [office, clinic] = [await caller(one, 'office'), await caller(two, 'clinic')];
  return {
    one,
    two,
    office,
    clinic,
    address,
    server,
    calls,
    on: (given) => {
      trouble = given;
    },
    refer: async () => {
      const records = Object.values(smallestReferral(two.bodies));
      const made = await clinic<Bundle>('post', '', transactionOf(records));
      return {
        task: madeIn(made, 'Task'),
        consent: madeIn(made, 'Consent'),
        patient: madeIn(made, 'Patient'),
      };
    },
    fetched: (id) =>
      until(async () => {
        const source = encodeURIComponent(`${address}/Task|${id}`);
        const { entry = [] } = await office<Bundle>('get', `/Task?identifier=${source}`);
        return entry[0]?.resource as Task | undefined;
      }, [one, two]),
    move: async (who, id, change) => {
      const seen = await who<Task>('get', `/Task/${id}`);
      const headers = { 'If-Match': `W/"${seen.meta?.versionId ?? ''}"` };
      await who('put', `/Task/${id}`, { ...seen, ...change }, headers);
    },
    becomes: (place, id, status) =>
      until(async () => {
        const { rows } = await place.owner.query<{ content: Task }>(
          'select content from task where id = $1',
          [id],
        );
        return rows[0]?.content.status === status && rows[0].content;
      }, [one, two]),
    askNow: () =>
      one.owner.query(
        'update partner_server set next_at = now(), taken_until = now(), version = version + 1',
      ),
    stop: async () => {
      line.closeAllConnections();
      line.close();
      await one.stop();
      await two.stop();
    },
  };
}
