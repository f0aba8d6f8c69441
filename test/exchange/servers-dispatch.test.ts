import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { partnering } from '../../src/jobs.ts';
import { partnerClients, workWithPartners } from '../../src/exchange/servers/runner.ts';
import { makeSeal } from '../../src/access/seal.ts';
import { sealedFor } from '../../src/exchange/servers/model.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { openStore } from '../../src/open-store.ts';
import { loadPrograms } from '../../src/programs/load.ts';
import { makeBodies, type Bodies } from '../support/bodies.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { testSecret } from '../support/template.ts';

/** Several servers of others at once: how the job runner shares its time among them, and what it follows of their pages. */
let here: TestDatabase;
let bodies: Bodies;
let work: (isStopping?: () => boolean) => Promise<void>;
const theirs: Server[] = [];

beforeAll(async () => {
  here = await freshDatabase();
  bodies = await makeBodies(here.owner);
  const config = { mode: 'demo', publicUrl: 'http://127.0.0.1:1', secret: testSecret } as const;
  const now = () => new Date();
  const store = {
    now,
    newId: randomUUID,
    database: here.database,
    programs: await loadPrograms('forms'),
    config,
  };
  const given = partnering({ config, now });
  const clients = partnerClients(given);
  work = (isStopping = () => false) =>
    workWithPartners({
      ...given,
      clients,
      pool: here.owner,
      open: openStore(store),
      log: silentLog(),
      every: 3600,
      isStopping,
    });
}, 120_000);
afterEach(async () => {
  for (const server of theirs.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
  await here.owner.query('truncate partner_server cascade');
});
afterAll(() => here.close());

type Page = (req: IncomingMessage, res: ServerResponse, address: string) => void | Promise<void>;

/** Somebody's server, which gives tokens and answers every search so. Counts what is asked at the same moment. */
async function startTheirs(answer: Page) {
  const seen = { address: '', asked: [] as string[], now: 0, most: 0 };
  const server = createServer((req, res) => {
    const said = (body: object): void => void res.writeHead(200).end(JSON.stringify(body));
    if (req.url === '/.well-known/smart-configuration')
      return said({ token_endpoint: `${seen.address}/token` });
    if (req.url === '/token') return said({ access_token: 'abc', expires_in: 300 });
    if (req.url === '/metadata') return said({ resourceType: 'CapabilityStatement' });
    seen.asked.push(req.url ?? '');
    seen.now += 1;
    seen.most = Math.max(seen.most, seen.now);
    res.on('finish', () => {
      seen.now -= 1;
    });
    return void answer(req, res, seen.address);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  seen.address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  theirs.push(server);
  return seen;
}
const bundle = (res: ServerResponse, entry: object[] = [], next?: string): void => {
  const link = next === undefined ? [] : [{ relation: 'next', url: next }];
  res
    .writeHead(200, { 'Content-Type': 'application/fhir+json' })
    .end(JSON.stringify({ resourceType: 'Bundle', type: 'searchset', link, entry }));
};
const nothing: Page = (_req, res) => {
  bundle(res);
};

async function register(address: string, between: readonly [ours: string, partner: string]): Promise<string> {
  const id = randomUUID();
  await here.owner.query(
    `insert into partner_server (id, organization_id, partner_id, way, address, client, secret, our_id, their_id, created_at)
     values ($1, $2, $3, 'poll', $4, 'us', $5, 'o', 'p', now())`,
    [id, ...between, address, makeSeal([testSecret]).close('secret', sealedFor(id))],
  );
  return id;
}
const pairs = (): (readonly [string, string])[] => {
  const ids = [bodies.clinic, bodies.office, bodies.otherClinic, bodies.otherOffice, bodies.resource].map(
    ({ id }) => id,
  );
  return ids.flatMap((ours) => ids.filter((one) => one !== ours).map((partner) => [ours, partner] as const));
};
const stateOf = async (id: string) =>
  (
    await here.owner.query<{
      heard: boolean;
      failures: number;
      fault: { en: string } | null;
      seen_until: string | null;
      free: boolean;
    }>(
      `select heard_at is not null as heard, failures, fault, seen_until, taken_until <= now() as free
       from partner_server where id = $1`,
      [id],
    )
  ).rows[0];

test('one that does not answer holds up no other', async () => {
  const waiting: ServerResponse[] = [];
  const slow = await startTheirs((_req, res) => {
    waiting.push(res);
  });
  const quick = await startTheirs(nothing);
  const [first, ...others] = pairs();
  const held = await register(slow.address, first ?? ['', '']);
  const ids: string[] = [];
  for (const pair of others.slice(0, 6)) ids.push(await register(quick.address, pair));
  const done = work();
  for (const id of ids)
    while ((await stateOf(id))?.heard !== true) await new Promise((later) => setTimeout(later, 20));
  expect((await stateOf(held))?.heard).toBe(false);
  const release = setInterval(() => {
    const next = waiting.shift();
    if (next) bundle(next);
  }, 20);
  await done;
  clearInterval(release);
  expect((await stateOf(held))?.heard).toBe(true);
  // The same server is never asked by two workers, whoever is registered there.
  expect(quick.most).toBe(1);
});

test('no more than four are worked with at the same moment, and all have their turn', async () => {
  let [now, most] = [0, 0];
  const waiting: (() => void)[] = [];
  const page: Page = (_req, res) => {
    now += 1;
    most = Math.max(most, now);
    waiting.push(() => {
      now -= 1;
      bundle(res);
    });
  };
  const ids: string[] = [];
  for (const pair of pairs().slice(0, 7)) ids.push(await register((await startTheirs(page)).address, pair));
  const release = setInterval(() => {
    // Only when as many have come as will come at once.
    if (most === 4) waiting.shift()?.();
  }, 10);
  await work();
  clearInterval(release);
  expect(most).toBe(4);
  for (const id of ids) expect(await stateOf(id)).toMatchObject({ heard: true, failures: 0 });
});

test('when the service stops, what is under way is given back without a fault, and nothing new is begun', async () => {
  let isStopping = false;
  const stopping = await startTheirs((_req, res) => {
    isStopping = true;
    bundle(res, [], undefined);
  });
  const [one, two] = pairs();
  const ids = [
    await register(stopping.address, one ?? ['', '']),
    await register(stopping.address, two ?? ['', '']),
  ];
  await work(() => isStopping);
  const states = await Promise.all(ids.map(stateOf));
  for (const state of states) expect(state).toMatchObject({ failures: 0, fault: null, free: true });
  expect(states.filter((state) => state?.heard)).toEqual([]);
  expect(stopping.asked).toHaveLength(1);
});

const task = (id: string, lastUpdated: string): object => ({
  resource: {
    resourceType: 'Task',
    id,
    status: 'completed',
    intent: 'order',
    meta: { versionId: '1', lastUpdated },
  },
});

test('the pages of an answer are followed to the last', async () => {
  const seen = await startTheirs((req, res, address) => {
    const page = Number(new URL(req.url ?? '', address).searchParams.get('page') ?? '1');
    const next = page < 4 ? `${address}/Task?page=${String(page + 1)}` : undefined;
    bundle(res, [task(`t${String(page)}`, `2026-11-2${String(page)}T10:00:00Z`)], next);
  });
  const id = await register(seen.address, pairs()[0] ?? ['', '']);
  await work();
  expect(seen.asked.filter((url) => url.includes('page='))).toEqual(
    // Once for what changed, once for what is new.
    [2, 3, 4, 2, 3, 4].map((n) => `/Task?page=${String(n)}`),
  );
  const until = (await stateOf(id))?.seen_until;
  expect(Date.parse(until ?? '')).toBe(Math.min(Date.parse('2026-11-24T10:00:00Z'), Date.parse(until ?? '')));
  expect(await stateOf(id)).toMatchObject({ failures: 0 });
});

test.each([
  ['to itself', (address: string, url: string) => `${address}${url}`],
  [
    'from one to the other and back',
    (address: string, url: string) => `${address}/Task?${url.includes('a=1') ? 'b' : 'a'}=1`,
  ],
])('pages that lead in a circle, %s, are read once and no further', async (_name, nextOf) => {
  const seen = await startTheirs((req, res, address) => {
    bundle(res, [], nextOf(address, req.url ?? ''));
  });
  const id = await register(seen.address, pairs()[0] ?? ['', '']);
  // One that is open: what is not shown on pages that do not end is not taken for gone.
  await here.owner.query(
    `insert into partner_task (server, task, case_number, their_id, their_status, told) values ($1, $2, 'TS-1', 'open', 'accepted', 1)`,
    [id, randomUUID()],
  );
  await work();
  expect(await stateOf(id)).toMatchObject({ heard: true, failures: 0 });
  expect(seen.asked.length).toBeLessThanOrEqual(9);
  const { rows } = await here.owner.query('select wanted, told from partner_task');
  expect(rows).toEqual([{ wanted: '1', told: '1' }]);
});

test('pages without an end are given up after ten', async () => {
  let n = 0;
  const seen = await startTheirs((_req, res, address) => {
    n += 1;
    bundle(res, [], `${address}/Task?page=${String(n)}`);
  });
  await register(seen.address, pairs()[0] ?? ['', '']);
  await work();
  expect(seen.asked).toHaveLength(20);
});

test.each([
  ['somebody else', (_address: string, other: string) => `${other}/Task?page=2`],
  ['an address that begins like theirs', (address: string) => `${address}.example.org/Task?page=2`],
  ['a file', () => 'file:///etc/passwd'],
  ['an address inside', () => 'http://169.254.169.254/latest/meta-data'],
])('a next page that leads to %s is not followed: our token stays with them', async (_name, nextOf) => {
  const other = await startTheirs(nothing);
  const seen = await startTheirs((_req, res, address) => {
    bundle(res, [], nextOf(address, other.address));
  });
  const id = await register(seen.address, pairs()[0] ?? ['', '']);
  await work();
  expect(other.asked).toEqual([]);
  expect((await stateOf(id))?.fault?.en).toMatch(/not FHIR|cannot be read|refuse|not take/);
  expect(seen.asked.length).toBe(1);
});
