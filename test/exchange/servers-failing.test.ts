import http, { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Bundle, Task } from '@medplum/fhirtypes';
import { makeReach } from '../../src/exchange/reach.ts';
import { unreached } from '../../src/exchange/servers/faults.ts';
import { withdrawalUrl } from '../../src/consent/record.ts';
import { smallestReferral } from '../support/referral.ts';
import { madeIn, transactionOf } from './bundle.ts';
import { caller, client, register, startPlace, until, type Caller, type Place } from './two-servers.ts';

/** The line between two services of ours breaks in every way that a line can. */
let one: Place;
let two: Place;
let clinic: Caller;
let office: Caller;
let line: Server;
/** What becomes of a call on the way. */
let trouble: (req: IncomingMessage, res: ServerResponse) => 'through' | 'answer lost' | 'done' = () =>
  'through';
let posted: string[] = [];

const passOn = (req: IncomingMessage, res: ServerResponse, isLost: boolean): void => {
  const to = new URL(req.url ?? '', two.url);
  const onwards = http.request(
    to,
    { method: req.method, headers: { ...req.headers, host: to.host } },
    (answer) => {
      if (isLost) answer.resume().on('end', () => res.destroy());
      else answer.pipe(res.writeHead(answer.statusCode ?? 500, answer.headers));
    },
  );
  req.pipe(onwards);
};

beforeAll(async () => {
  [one, two] = [await startPlace(), await startPlace()];
  line = createServer((req, res) => {
    if (req.method === 'POST' && req.url === '/fhir') posted.push(String(req.headers['idempotency-key']));
    const what = trouble(req, res);
    if (what !== 'done') passOn(req, res, what === 'answer lost');
  });
  await new Promise<void>((ready) => line.listen(0, '127.0.0.1', ready));
  await client(one, 'clinic', 'doctor', 'clinic');
  await client(two, 'clinic of one', 'doctor', 'clinic');
  await register({
    at: one,
    ours: 'clinic',
    partner: 'office',
    way: 'push',
    address: `http://127.0.0.1:${String((line.address() as AddressInfo).port)}/fhir`,
    client: 'clinic of one',
    there: { ours: two.bodies.clinic.id, partner: two.bodies.office.id },
  });
  await client(two, 'office', 'linkworker', 'office');
  [clinic, office] = [await caller(one, 'clinic'), await caller(two, 'office')];
}, 120_000);
afterAll(async () => {
  line.closeAllConnections();
  line.close();
  await one.stop();
  await two.stop();
});
beforeEach(() => {
  posted = [];
  trouble = () => 'through';
});

const refer = async (): Promise<string> =>
  madeIn(
    await clinic<Bundle>('post', '', transactionOf(Object.values(smallestReferral(one.bodies)))),
    'Task',
  );
type Row = {
  attempts: number;
  told: string;
  wanted: string;
  their_id: string | null;
  waits: boolean;
  stopped: boolean;
  fault: { ja: string; en: string; said?: string } | null;
};
const rowOf = async (task: string): Promise<Row | undefined> =>
  (
    await one.owner.query<Row>(
      `select attempts, told, wanted, their_id, next_at > now() as waits, stopped_at is not null as stopped, fault
       from partner_task where task = $1`,
      [task],
    )
  ).rows[0];
const failed = (task: string): Promise<Row> =>
  until(async () => {
    const row = await rowOf(task);
    return row && row.attempts > 0 && row;
  }, [one]);
const arrived = (task: string): Promise<Row> =>
  until(async () => {
    const row = await rowOf(task);
    return row?.told === row?.wanted && row;
  }, [one]);
/** The pause is over. */
const soon = (task: string) =>
  one.owner.query(`update partner_task set next_at = now() where task = $1`, [task]);
/** Of each kind, how many records the other server has. */
const there = async (): Promise<Record<string, number>> => {
  const { rows } = await two.owner.query<Record<string, number>>(
    `select (select count(*)::int from task) as task, (select count(*)::int from patient) as patient,
       (select count(*)::int from consent) as consent, (select count(*)::int from service_request) as request`,
  );
  return rows[0] ?? {};
};
const more = (before: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(before).map(([name, n]) => [name, n + 1]));
const isBundle = (req: IncomingMessage): boolean => req.method === 'POST' && req.url === '/fhir';

test('the answer is lost, or we die before it is written down: sent again, it is there once', async () => {
  const before = await there();
  trouble = (req) => (isBundle(req) ? 'answer lost' : 'through');
  const task = await refer();
  const row = await failed(task);
  expect(row).toMatchObject({ their_id: null, waits: true, stopped: false });
  expect(row.fault?.en).toMatch(/cannot be reached/);
  expect(await there()).toEqual(more(before));
  trouble = () => 'through';
  await soon(task);
  expect((await arrived(task)).fault).toBeNull();
  expect(await there()).toEqual(more(before));
  // The same content under the same key; and a server that forgot the key goes by the identifiers.
  expect(new Set(posted).size).toBe(1);
});

test('a server that has forgotten the key does not make it twice either', async () => {
  const before = await there();
  trouble = (req) => (isBundle(req) ? 'answer lost' : 'through');
  const task = await refer();
  await failed(task);
  await two.owner.query('delete from once');
  trouble = () => 'through';
  await soon(task);
  await arrived(task);
  expect(await there()).toEqual(more(before));
});

test('we die after it was sent and before that is written down: it is there once, and goes on from where it is', async () => {
  const before = await there();
  const task = await refer();
  const { their_id: theirs } = await arrived(task);
  // What such a death leaves behind; meanwhile the office has accepted it.
  await two.owner.query('delete from once');
  await one.owner.query('delete from partner_record where id in (select id from task where id = $1)', [task]);
  const seen = await office<object>('get', `/Task/${theirs ?? ''}`);
  await office('put', `/Task/${theirs ?? ''}`, { ...seen, status: 'accepted' });
  await one.owner.query(
    `update partner_task set their_id = null, their_version = null, their_status = null, told = 0, next_at = now() where task = $1`,
    [task],
  );
  await until(async () => (await clinic<Task>('get', `/Task/${task}`)).status === 'accepted', [one]);
  expect((await arrived(task)).their_id).toBe(theirs);
  expect(await there()).toEqual(more(before));
});

test('what was called off before it got there never gets there', async () => {
  const before = await there();
  trouble = (_req, res) => {
    res.destroy();
    return 'done';
  };
  const task = await refer();
  await failed(task);
  const seen = await clinic<object>('get', `/Task/${task}`);
  await clinic('put', `/Task/${task}`, {
    ...seen,
    status: 'cancelled',
    statusReason: { text: '取りやめます。' },
  });
  trouble = () => 'through';
  await soon(task);
  await arrived(task);
  expect(await there()).toEqual(before);
});

test('the answer is lost, and the consent taken back before the next try: it is taken back there', async () => {
  trouble = (req) => (isBundle(req) ? 'answer lost' : 'through');
  const sent = await clinic<Bundle>('post', '', transactionOf(Object.values(smallestReferral(one.bodies))));
  const [task, consent] = [madeIn(sent, 'Task'), madeIn(sent, 'Consent')];
  await failed(task);
  trouble = (_req, res) => {
    res.destroy();
    return 'done';
  };
  const seen = await clinic<object>('get', `/Consent/${consent}`);
  const why = [
    { url: 'reason', valueString: '気持ちが変わったため' },
    { url: 'at', valueDateTime: one.now().toISOString() },
  ];
  await clinic('put', `/Consent/${consent}`, {
    ...seen,
    status: 'inactive',
    extension: [{ url: withdrawalUrl, extension: why }],
  });
  await failed(task);
  trouble = () => 'through';
  await soon(task);
  await arrived(task);
  const { rows } = await two.owner.query<{ status: string }>(
    `select content ->> 'status' as status from consent where content -> 'identifier' @> $1`,
    [JSON.stringify([{ value: consent }])],
  );
  expect(rows).toEqual([{ status: 'inactive' }]);
});

test('a server that refuses is not asked again, and its words are kept', async () => {
  trouble = (req, res) => {
    if (!isBundle(req)) return 'through';
    res.writeHead(422, { 'Content-Type': 'application/fhir+json' }).end(
      JSON.stringify({
        resourceType: 'OperationOutcome',
        issue: [
          {
            severity: 'error',
            code: 'business-rule',
            details: { text: 'This office takes\nnobody now.' },
            expression: ['Task.owner'],
          },
        ],
      }),
    );
    return 'done';
  };
  const task = await refer();
  const row = await failed(task);
  expect(row).toMatchObject({ stopped: true, attempts: 1 });
  expect(row.fault?.said).toBe('Task.owner: This office takes nobody now.');
});

test.each([
  [
    'without an end',
    (res: ServerResponse) => {
      const chunk = Buffer.alloc(1_000_000, 'x');
      const pour = (): void => {
        while (!res.destroyed && res.write(chunk));
      };
      res.writeHead(200).on('drain', pour);
      pour();
    },
    /too large/,
  ],
  ['that is no FHIR', (res: ServerResponse) => res.writeHead(200).end('<html>'), /not FHIR/],
  ['that is empty', (res: ServerResponse) => res.writeHead(204).end(), /not FHIR/],
  [
    'that leads elsewhere',
    (res: ServerResponse) => res.writeHead(307, { Location: 'http://127.0.0.1:1/' }).end(),
    /did not take it \(307\)/,
  ],
  ['that says it is busy', (res: ServerResponse) => res.writeHead(503).end(), /fails \(503\)/],
])('an answer %s is given up, and said in words', async (_name, answer, words) => {
  trouble = (req, res) => {
    if (!isBundle(req)) return 'through';
    req.resume();
    answer(res);
    return 'done';
  };
  const task = await refer();
  const row = await failed(task);
  expect(row.fault?.en).toMatch(words);
  expect(row.told).toBe('0');
});

test('a server that is down is asked again after longer and longer pauses, then it lies until somebody looks', async () => {
  trouble = (_req, res) => {
    res.destroy();
    return 'done';
  };
  const task = await refer();
  await failed(task);
  await one.owner.query(`update partner_task set attempts = 8, next_at = now() where task = $1`, [task]);
  const { rows } = await until(async () => {
    const found = await one.owner.query<{ pause: number; stopped: boolean }>(
      `select extract(epoch from next_at - now()) as pause, stopped_at is not null as stopped from partner_task where task = $1 and attempts = 9`,
      [task],
    );
    return found.rows.length > 0 && found;
  }, [one]);
  expect(Number(rows[0]?.pause)).toBeGreaterThan(3600);
  expect(rows[0]?.stopped).toBe(false);
  await soon(task);
  await until(async () => (await rowOf(task))?.stopped, [one]);
});

test('a secret that is not taken is said, and nothing is sent', async () => {
  const { rows } = await two.owner.query<{ secret_hash: string }>(
    `update api_client set disabled_at = now() where id = 'clinic of one' returning secret_hash`,
  );
  expect(rows).toHaveLength(1);
  await one.owner.query(`update partner_server set version = version + 1`);
  const task = await refer();
  const row = await failed(task);
  expect(row.fault?.en).toMatch(/client id and secret/);
  expect(posted).toEqual([]);
  await two.owner.query(`update api_client set disabled_at = null where id = 'clinic of one'`);
  await soon(task);
  await arrived(task);
});

test('at another address what was brought is found again by where it is from, and made no second time', async () => {
  // What earlier troubles kept back goes to the new address, too; here it is brought first.
  await one.owner.query(
    'update partner_task set next_at = now(), stopped_at = null where told is distinct from wanted',
  );
  await until(async () => {
    const { rows: left } = await one.owner.query(
      'select 1 from partner_task where told is distinct from wanted',
    );
    return left.length === 0;
  }, [one]);
  const task = await refer();
  const { their_id: theirs } = await arrived(task);
  const before = await there();
  const records = () => one.owner.query('select type, id, their_id from partner_record order by 1, 2');
  const { rows: known } = await records();
  const move = (address: string) => one.owner.query('update partner_server set address = $1', [address]);
  const { rows } = await one.owner.query<{ address: string }>('select address from partner_server');
  await move(`${two.url}/fhir`);
  expect((await arrived(task)).their_id).toBe(theirs);
  await move(rows[0]?.address ?? '');
  expect((await arrived(task)).their_id).toBe(theirs);
  expect(await there()).toEqual(before);
  expect((await records()).rows).toEqual(
    expect.arrayContaining(known.filter((r) => (r as { id: string }).id === task)),
  );
});

test('what is under an id there is not written over unless it says that it is ours', async () => {
  const [task, other] = [await refer(), await refer()];
  await arrived(task);
  await arrived(other);
  const patientOf = async (id: string): Promise<string> =>
    (await one.owner.query<{ patient_id: string }>('select patient_id from task where id = $1', [id])).rows[0]
      ?.patient_id ?? '';
  const [patient, another] = [await patientOf(task), await patientOf(other)];
  const { rows } = await one.owner.query<{ their_id: string }>(
    `delete from partner_record where type = 'Patient' and id = $1 returning their_id`,
    [another],
  );
  const theirs = rows[0]?.their_id ?? '';
  await one.owner.query(`update partner_record set their_id = $1 where type = 'Patient' and id = $2`, [
    theirs,
    patient,
  ]);
  const seen = await clinic<object>('get', `/Patient/${patient}`);
  await clinic('put', `/Patient/${patient}`, {
    ...seen,
    telecom: [{ system: 'phone', value: '0186-00-1111' }],
  });
  const { fault } = await failed(task);
  expect(fault?.en).toMatch(/not the record of this referral/);
  const written = await two.owner.query(
    `select 1 from patient where id = $1 and content::text like '%0186-00-1111%'`,
    [theirs],
  );
  expect(written.rows).toEqual([]);
});

test('who answers a byte at a time, or not at all, is not waited for', async () => {
  const drip = createServer((_req, res) => {
    res.writeHead(200);
    const timer = setInterval(() => res.write('x'), 20);
    res.on('close', () => {
      clearInterval(timer);
    });
  });
  await new Promise<void>((ready) => drip.listen(0, '127.0.0.1', ready));
  const reach = makeReach({ mayBeHere: true, patience: 300, mostBytes: 1_000_000 });
  const address = `http://127.0.0.1:${String((drip.address() as AddressInfo).port)}/`;
  const failure = await reach({ method: 'GET', address, headers: {} }).catch((error: unknown) => error);
  expect(unreached(failure).fault.en).toMatch(/in time/);
  drip.closeAllConnections();
  drip.close();
});
