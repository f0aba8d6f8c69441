import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { connectTo } from './client.ts';
import type { Step } from './measure.ts';

/** What the machine gives at most, in the same run: bare Express, and the database with one small row a commit. */
export function floorOf(port: number, databaseUrl: string, pool: pg.Pool): Step[] {
  const overHttp = (name: string, method: string, path: string, body?: string): Step => ({
    name,
    prepare: async () => {
      const connection = await connectTo(port);
      const ask = {
        method,
        path,
        ...(body === undefined ? {} : { body, headers: { 'Content-Type': 'application/json' } }),
      };
      return { once: async () => (await connection.ask(ask)).status === 200, close: connection.close };
    },
  });
  const inDatabase = (name: string, text: string, values: () => unknown[]): Step => ({
    name,
    prepare: async () => {
      const client = new pg.Client({ connectionString: databaseUrl });
      await client.connect();
      return {
        once: async () => {
          await client.query({ name: name.replaceAll(/\W/g, '_'), text, values: values() });
          return true;
        },
        close: () => void client.end(),
      };
    },
  });
  return [
    overHttp('floor: bare Express 5, GET', 'GET', '/health'),
    overHttp('floor: bare Express 5, POST of 2 kB JSON', 'POST', '/echo', twoKilobytes),
    inDatabase(
      'floor: insert of one 2 kB jsonb row with commit',
      'insert into bench_floor (id, content) values ($1, $2::jsonb)',
      () => [randomUUID(), twoKilobytes],
    ),
    inDatabase('floor: select by key', 'select content from bench_floor where id = $1', () => [known]),
  ].map((step) => ({ ...step, prepare: async (worker) => (await prepared(pool), step.prepare(worker)) }));
}

const known = randomUUID();
const twoKilobytes = JSON.stringify({
  resourceType: 'QuestionnaireResponse',
  status: 'completed',
  item: Array.from({ length: 14 }, (_, i) => ({
    linkId: `q${String(i)}`,
    text: `Question ${String(i)} of the form`,
    answer: [{ valueString: `Free text ${String(i * 7919)} about the situation, and what is needed` }],
  })),
});

async function prepared(pool: pg.Pool): Promise<void> {
  await pool.query('create table if not exists bench_floor (id uuid primary key, content jsonb not null)');
  await pool.query('insert into bench_floor values ($1, $2::jsonb) on conflict do nothing', [
    known,
    twoKilobytes,
  ]);
}
