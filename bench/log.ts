// npm run bench:log: what the sealed access log costs. See docs/decisions/0018.
// How fast a log of BENCH_ROWS (1,000,000) is sealed and verified, and how fast lines are added, one a transaction, with
// and without sealing beside it, and with a chain that is made within the transaction under one lock, as a comparison.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { readKeys, sealingKey } from '../src/access/log/key.ts';
import { linesOfPart, partsOfDatabase, partsOfFile } from '../src/access/log/parts.ts';
import { sealNow, startSealing } from '../src/access/log/seal.ts';
import { verifyLog } from '../src/access/log/verify.ts';
import { startEmbedded } from '../src/database/embedded.ts';
import { migrate } from '../src/database/migrate.ts';
import { makeLog } from '../src/kernel/log.ts';
import { load, machine } from './machine.ts';

const rows = Number(process.env['BENCH_ROWS'] ?? 1_000_000);
const seconds = Number(process.env['BENCH_SECONDS'] ?? 5);
const clients = (process.env['BENCH_CLIENTS'] ?? '8,32').split(',').map(Number);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tsunagi-bench-log-'));
fs.chmodSync(folder, 0o711);
const server = await startEmbedded({ directory: path.join(folder, 'pg') });
const key = sealingKey('a secret for measuring, of sufficient length');
const keys = readKeys([key.publicKey]);
const owner = new pg.Client({ connectionString: server.url });
const workers: pg.Client[] = [];
async function timed<T>(name: string, count: () => Promise<[number, T]>): Promise<T> {
  const started = performance.now();
  const [n, result] = await count();
  const took = (performance.now() - started) / 1000;
  console.log(`${name}: ${String(n)} in ${took.toFixed(1)} s, ${(n / took).toFixed(0)}/s`);
  return result;
}

async function verifying(): Promise<void> {
  await timed('lines made up', async () => {
    for (let from = 0; from < rows; from += 100_000)
      await owner.query(madeUp, [Math.min(100_000, rows - from)]);
    return [rows, undefined];
  });
  await timed('lines sealed', async () => {
    const seals = await sealNow(owner, key);
    return [seals.reduce((sum, one) => sum + one.rows, 0), undefined];
  });
  await timed('lines verified in the database', async () => {
    const verdict = await verifyLog({ parts: partsOfDatabase(owner), keys });
    if (verdict.broken > 0 || verdict.unsealed > 0) throw new Error(JSON.stringify(verdict.breaks));
    return [verdict.rows, undefined];
  });
  const file = path.join(folder, 'log.jsonl');
  await timed('lines exported', async () => {
    const out = fs.openSync(file, 'w');
    let count = 0;
    for await (const part of partsOfDatabase(owner)) {
      fs.writeSync(out, `${linesOfPart(part).join('\n')}\n`);
      if ('lines' in part) count += part.lines.length;
    }
    fs.closeSync(out);
    return [count, undefined];
  });
  await timed('lines verified in the export', async () => {
    const verdict = await verifyLog({ parts: partsOfFile(file), keys });
    if (verdict.broken > 0) throw new Error(JSON.stringify(verdict.breaks));
    return [verdict.rows, undefined];
  });
  const { rows: size } = await owner.query<{ log: string; seals: string }>(
    `select pg_size_pretty(pg_total_relation_size('access_log')) as log,
       pg_size_pretty(pg_total_relation_size('access_log_seal')) as seals`,
  );
  console.log(`the log takes ${size[0]?.log ?? '?'} with its indexes, its seals ${size[0]?.seals ?? '?'}`);
}

const madeUp = `insert into access_log (account, post, organization, role, via, action, what, records, patients, request, address, why, at)
  select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'doctor', 'session', 'read', 'Task',
    array['Task/' || gen_random_uuid()], array[gen_random_uuid()], gen_random_uuid(), '192.0.2.17', 'care',
    now() - interval '1 year' * random() from generate_series(1, $1)`;

const one = `insert into access_log (account, post, organization, role, via, action, what, records, patients, request, address, why)
  values ($1, $1, $1, 'doctor', 'session', 'read', 'Task', array['Task/' || $2], array[$1::uuid], $2, '192.0.2.17', 'care')`;

async function adding(): Promise<void> {
  await owner.query(`create table bench_head (head bytea); insert into bench_head values ('')`);
  for (let i = 0; i < Math.max(...clients); i += 1) {
    const client = new pg.Client({ connectionString: server.url });
    await client.connect();
    workers.push(client);
  }
  const [first, second] = ['6f1b9a52-3c1e-4a77-9d0b-2f8f3f4d1a01', '1d9e7a52-3c1e-4a77-9d0b-2f8f3f4d1a02'];
  const plain = async (client: pg.Client): Promise<void> => {
    await client.query('begin');
    await client.query({ name: 'one', text: one, values: [first, second] });
    await client.query('commit');
  };
  const chained = async (client: pg.Client): Promise<void> => {
    await client.query('begin');
    await client.query({ name: 'one', text: one, values: [first, second] });
    await client.query({
      name: 'chain',
      text: `update bench_head set head = sha256(head || convert_to($1, 'utf8'))`,
      values: [second],
    });
    // What a page still does between its first look and its commit.
    await client.query('select 1');
    await client.query('commit');
  };
  for (const count of clients) {
    await during(`adding, ${String(count)} clients, no sealing`, workers.slice(0, count), plain);
    const sealing = startSealing({ ownerUrl: server.url, key, log: makeLog('silent'), everySeconds: 1 });
    await during(`adding, ${String(count)} clients, sealed each second`, workers.slice(0, count), plain);
    await sealing.stop();
    await during(`adding, ${String(count)} clients, chained under a lock`, workers.slice(0, count), chained);
  }
}

async function during(
  name: string,
  busy: readonly pg.Client[],
  work: (client: pg.Client) => Promise<void>,
): Promise<void> {
  await timed(name, async () => {
    const end = performance.now() + seconds * 1000;
    let count = 0;
    await Promise.all(
      busy.map(async (client) => {
        while (performance.now() < end) {
          await work(client);
          count += 1;
        }
      }),
    );
    return [count, undefined];
  });
}

try {
  await migrate(server.url);
  await owner.connect();
  console.log(`${machine()}; load average ${load()}`);
  await adding();
  await verifying();
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  for (const client of [owner, ...workers]) await client.end();
  await server.stop();
  fs.rmSync(folder, { recursive: true, force: true });
}
