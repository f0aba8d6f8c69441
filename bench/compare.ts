import pg from 'pg';
import { sightOf } from '../src/access/sight.ts';
import { openDatabase, type Database } from '../src/database/database.ts';
import { numbered, sql, type Sql } from '../src/database/sql.ts';
import type { OpenRecords } from '../src/fhir/records.ts';
import { makeStore } from '../src/fhir/store.ts';
import { makeValidator } from '../src/fhir/validate.ts';
import type { Actor } from '../src/kernel/actor.ts';
import { realSurroundings } from '../src/kernel/clock.ts';
import { fineCpuOf } from './machine.ts';
import type { Read, Reader } from './reads.ts';

/** Milliseconds without and with the rules. */
export type Pair = readonly [without: number, with_: number];
export type Found = Readonly<{
  who: string;
  name: string;
  statements: Pair;
  cpu: Pair;
  store: Pair;
  /** Database CPU of whole reads: `begin`, the statements, the access log, `commit`. */
  storeCpu: Pair;
  /** How many a read gives on average, and whether both sides gave the same. */
  rows: number;
  isSame: boolean;
  /** Milliseconds of the statement as it stands, where it finds anybody's rows without the rules. */
  ofAnybody?: number;
}>;

/**
 * One read by one actor without and with the rules, in turn, so often: its statements alone as the store sends them, and
 * the whole of it through the store. `urls`: the connection without the rules, and with them.
 */
export async function compare(
  urls: readonly [string, string],
  reader: Reader,
  read: Read,
  repetitions: number,
): Promise<Found> {
  const heard: Statement[] = [];
  const databases = urls.map((url) => openDatabase(url, 1));
  try {
    const [without, ruled] = databases as [Database, Database];
    const listening = storeOver(listeningTo(ruled, heard));
    const asked: Statement[][] = [];
    for (let i = 0; i < 40; i += 1) {
      await listening(reader.actor, (records) => read.once(records, i));
      asked.push(heard.splice(0));
    }
    const anybody = await replay(urls, reader, asked, { repetitions, rewrite: plain });
    const byHand = (text: string): string => narrowed(plain(text), reader.actor);
    const mine = anybody.isSame
      ? undefined
      : await replay(urls, reader, asked, { repetitions, rewrite: byHand });
    const stores = [storeOver(rewriting(without, mine ? byHand : plain)), storeOver(ruled)] as const;
    const took: [number[], number[]] = [[], []];
    const cpu = await Promise.all(databases.map(cpuOfItsOne));
    let before = cpu.map((now) => now());
    for (let i = -20; i < repetitions; i += 1) {
      if (i === 0) before = cpu.map((now) => now());
      for (const side of inTurn(i)) {
        const started = performance.now();
        await stores[side](reader.actor, (records) => read.once(records, Math.abs(i)));
        if (i >= 0) took[side].push(performance.now() - started);
      }
    }
    const used = cpu.map((now, side) => (now() - (before[side] ?? 0)) / repetitions);
    return {
      who: reader.who,
      name: read.name,
      ...(mine ?? anybody),
      ...(mine ? { ofAnybody: anybody.statements[0] } : {}),
      store: [median(took[0]), median(took[1])],
      storeCpu: [used[0] ?? 0, used[1] ?? 0],
    };
  } finally {
    for (const one of databases) await one.close();
  }
}

const storeOver = (database: Database): OpenRecords =>
  makeStore({ ...realSurroundings, database, validate: makeValidator(), rules: [], sightOf });
const inTurn = (i: number): readonly (0 | 1)[] => (i % 2 === 0 ? [0, 1] : [1, 0]);

type Statement = Readonly<{ text: string; values: readonly unknown[]; isPrepared: boolean }>;

/** What the store sends, as it sends it. */
const listeningTo = (database: Database, heard: Statement[]): Database => ({
  ...database,
  transaction: (work, settings) =>
    database.transaction((tx) => {
      const hear = (text: string, values: readonly unknown[], isPrepared: boolean): void =>
        void heard.push({ text, values, isPrepared });
      return work({
        ...tx,
        rows: (statement) => {
          const { text, values } = numbered(statement);
          hear(text, values, true);
          return tx.rows(statement);
        },
        planned: (statement) => {
          const { text, values } = numbered(statement);
          hear(text, values, false);
          return tx.planned(statement);
        },
        named: (name, text, values) => {
          hear(text, values, true);
          return tx.named(name, text, values);
        },
      });
    }, settings),
});

/** Some searches go through views that carry the row rule themselves; without it they go to the table. */
const plain = (text: string): string => text.replaceAll(/_found\b/g, '');

/**
 * Without the rules some searches find other bodies' rows, sooner than one's own. For the same rows somebody would have
 * to write the least of the rule into the statement.
 */
function narrowed(text: string, { role, organization, post }: Actor): string {
  const named = post === undefined ? 'is null' : `in ('${post}')`;
  return text.replace(
    /\bfrom (?:task|patient) (r )?where\b/,
    (
      from: string,
      as = '',
    ) => `${from} exists (select 1 from sight s where s.patient_id = ${as === '' ? (from.split(' ')[1] ?? '') : 'r'}.patient_id
      and s.organization_id = '${organization}' and s.audience = '${sightOf(role).audience}' and s.until > now()
      and (s.post_id is null or s.post_id ${named}) and 'contact' = any (s.items)) and`,
  );
}

const rewriting = (database: Database, rewrite: (text: string) => string): Database => ({
  ...database,
  transaction: (work, settings) =>
    database.transaction((tx) => {
      const rewritten = (statement: Sql): Sql => {
        // Numbered texts come as one piece again, with the values between.
        const { text, values } = numbered(statement);
        return { strings: rewrite(text).split(/\$\d+/), values };
      };
      return work({
        ...tx,
        rows: (statement) => tx.rows(rewritten(statement)),
        planned: (statement) => tx.planned(rewritten(statement)),
      });
    }, settings),
});

/** The statements alone, within one transaction that has the actor's settings on both sides. */
async function replay(
  urls: readonly [string, string],
  { actor }: Reader,
  asked: readonly (readonly Statement[])[],
  { repetitions, rewrite }: Readonly<{ repetitions: number; rewrite: (text: string) => string }>,
): Promise<Pick<Found, 'statements' | 'cpu' | 'rows' | 'isSame'>> {
  const clients = await Promise.all(
    urls.map(async (url) => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      return client;
    }),
  );
  const sides = clients as [pg.Client, pg.Client];
  const names = new Map<string, string>();
  const once = async (side: 0 | 1, i: number): Promise<unknown[]> => {
    const got: unknown[] = [];
    for (const { text, values, isPrepared } of asked[i % asked.length] ?? []) {
      const name = names.get(text) ?? `s${String(names.size)}`;
      names.set(text, name);
      const { rows } = await sides[side].query<Record<string, unknown>>({
        ...(isPrepared ? { name } : {}),
        text: side === 0 ? rewrite(text) : text,
        values: [...values],
      });
      got.push(...rows);
    }
    return got;
  };
  const { audience, items, own } = sightOf(actor.role);
  const settings = {
    organization: actor.organization,
    role: actor.role,
    post: actor.post ?? '',
    audience,
    items: items.join(','),
    own: own.join(','),
    patient: '',
  };
  try {
    for (const client of sides) {
      await client.query('begin');
      for (const [name, value] of Object.entries(settings))
        await client.query('select set_config($1, $2, true)', [`tsunagi.${name}`, value]);
    }
    const took: [number[], number[]] = [[], []];
    let [same, rows] = [0, 0];
    for (let i = 0; i < asked.length; i += 1) {
      const [without, ruled] = [await once(0, i), await once(1, i)];
      rows += ruled.length;
      if (JSON.stringify(without) === JSON.stringify(ruled)) same += 1;
    }
    const cpuOf = await Promise.all(sides.map(backendCpu));
    const cpuBefore = cpuOf.map((cpu) => cpu());
    for (let i = 0; i < repetitions; i += 1)
      for (const side of inTurn(i)) {
        const started = performance.now();
        await once(side, i);
        took[side].push(performance.now() - started);
      }
    const cpu = cpuOf.map((now, side) => (now() - (cpuBefore[side] ?? 0)) / repetitions);
    return {
      statements: [median(took[0]), median(took[1])],
      cpu: [cpu[0] ?? 0, cpu[1] ?? 0],
      rows: rows / asked.length,
      isSame: same === asked.length,
    };
  } finally {
    for (const client of clients) await client.end();
  }
}

/** CPU milliseconds of a connection's server process. */
const backendCpu = async (client: pg.Client): Promise<() => number> => {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  return () => fineCpuOf(rows[0]?.pid);
};
/** The same of a pool that has one connection. */
export const cpuOfItsOne = async (database: Database): Promise<() => number> => {
  const [row] = await database.rows<{ pid: number }>(sql`select pg_backend_pid() as pid`);
  return () => fineCpuOf(row?.pid);
};

function median(given: readonly number[]): number {
  const sorted = given.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
