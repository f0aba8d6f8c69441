import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { hashPassword } from '../../src/access/password.ts';
import { makeApp } from '../../src/app.ts';
import { appUrl } from '../../src/database/database.ts';
import { head, migrate } from '../../src/database/migrate.ts';
import { startJobs } from '../../src/exchange/jobs.ts';
import { realSurroundings } from '../../src/kernel/clock.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { makeBodies } from '../support/bodies.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { testSecret } from '../support/template.ts';

/** Two processes behind one balancer: two applications that share nothing but the database. */
const attempts = 3;
let here: TestDatabase;
const servers: Server[] = [];
const urls: string[] = [];

beforeAll(async () => {
  here = await freshDatabase();
  const { clinic } = await makeBodies(here.owner);
  for (const login of ['ishi', 'uketsuke', 'jimu'])
    await here.owner.query(
      `insert into account (id, login, password_hash, name, role, organization_id) values ($1, $2, $3, '試験', 'doctor', $4)`,
      [randomUUID(), login, await hashPassword('right'), clinic.id],
    );
  await startAnother();
  await startAnother();
});
afterAll(async () => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  await here.close();
});

async function startAnother(): Promise<void> {
  const server = createServer();
  await new Promise<void>((ready) => {
    server.listen(0, '127.0.0.1', ready);
  });
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const app = makeApp({
    ...realSurroundings,
    config: {
      mode: 'demo',
      publicUrl: 'http://tsunagi.example',
      secret: testSecret,
      secondFactor: 'optional',
    },
    database: here.database,
    programs: [],
    log: silentLog(),
    attempts,
  });
  server.on('request', (request, response) => {
    app(request, response);
  });
  servers.push(server);
  urls.push(url);
}

/** A sign-in at one of the processes. */
const signIn = (at: number, login: string, password: string, from: string): Promise<Response> =>
  fetch(`${String(urls[at])}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'x-forwarded-for': from },
    body: new URLSearchParams({ login, password }),
  });

test('who guesses at two processes in turn has no more guesses than at one, and a new process does not forget', async () => {
  const answers: number[] = [];
  for (let i = 0; i < attempts + 2; i += 1)
    answers.push((await signIn(i % 2, 'ishi', 'wrong', '192.0.2.1')).status);
  expect(answers).toEqual([422, 422, 422, 429, 429]);
  await startAnother();
  const late = await signIn(2, 'ishi', 'right', '192.0.2.1');
  expect(late.status).toBe(429);
  // How long to wait is said: what is left of the quarter of an hour.
  expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(Number(late.headers.get('retry-after'))).toBeLessThanOrEqual(900);
  expect((await signIn(0, 'ishi', 'right', '192.0.2.2')).status).toBe(303);
});

test('a hundred guesses at once are a hundred guesses', async () => {
  const answers = await Promise.all(
    Array.from({ length: 20 }, async (_, i) => (await signIn(i % 2, 'jimu', 'wrong', '192.0.2.3')).status),
  );
  expect(answers.filter((status) => status === 422)).toHaveLength(attempts);
});

test('who signs in rightly all day is never slowed down', async () => {
  for (let i = 0; i < attempts * 3; i += 1) {
    expect((await signIn(i % 2, 'uketsuke', 'right', '192.0.2.4')).status).toBe(303);
    // The count is taken back as the answer goes out.
    await here.database.rows({ strings: ['select 1 as one'], values: [] });
  }
});

test('a household of IPv6 is one address, and its neighbour another', async () => {
  const answers: number[] = [];
  for (let i = 0; i <= attempts; i += 1)
    answers.push((await signIn(i % 2, 'uketsuke', 'wrong', `2001:db8:0:1${String(i)}::${String(i)}`)).status);
  expect(answers.at(-1)).toBe(429);
  expect((await signIn(0, 'uketsuke', 'right', '2001:db8:0:200::1')).status).toBe(303);
});

test('neither a name nor an address is at rest, and the application can only count', async () => {
  const { rows } = await here.owner.query<{ line: string }>(
    'select to_jsonb(a)::text as line from attempt a',
  );
  expect(rows.length).toBeGreaterThan(3);
  for (const { line } of rows) expect(line).not.toMatch(/192\.0\.2|2001|ishi|jimu/);
  for (const text of [
    'select * from attempt',
    'update attempt set count = 0',
    'delete from attempt',
    'truncate attempt',
  ])
    await expect(here.database.rows({ strings: [text], values: [] })).rejects.toMatchObject({
      code: '42501',
    });
});

test('counts begin anew after a quarter of an hour, and what is over is cleared away', async () => {
  await here.owner.query(`update attempt set until = clock_timestamp() - interval '1 second'`);
  expect((await signIn(1, 'ishi', 'wrong', '192.0.2.1')).status).toBe(422);
  const jobs = await startJobs({
    ownerUrl: here.ownerUrl,
    mailer: () => Promise.resolve(),
    log: silentLog(),
  });
  await jobs.stop();
  // Of that one guess: by address, by name and address, by name.
  const { rows } = await here.owner.query<{ count: number }>('select count from attempt');
  expect(rows).toEqual([{ count: 1 }, { count: 1 }, { count: 1 }]);
});

test('two processes that start at once on an empty database both start', async () => {
  const empty = await freshDatabase('template1');
  await Promise.all([1, 2, 3].map(() => migrate(empty.ownerUrl)));
  const { rows } = await empty.owner.query('select name from knex_migrations order by id desc limit 1');
  expect(rows).toEqual([{ name: head }]);
  // Both set the same password for the application's role, one after the other.
  const same = await Promise.all([1, 2, 3, 4].map(() => appUrl(empty.ownerUrl, testSecret)));
  expect(new Set(same).size).toBe(1);
  await empty.close();
});
