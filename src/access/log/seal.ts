import pg from 'pg';
import type { Log } from '../../kernel/log.ts';
import { beginning, chainOf, headOf, markOf, type Seal, type SealFacts } from './chain.ts';
import { handOver, mustBeSigned, mustGoOn } from './handover.ts';
import type { SealingKey } from './key.ts';
import { addSeal, lastSeal, readLines } from './lines.ts';

/** Most rows of one seal, so that neither sealing nor verifying ever holds more in memory. */
const mostRows = 5000;
/** Without any row there is a seal each hour all the same: a log that was cut off shows by its age. */
const quietMs = 3_600_000;
const lockOfSealers = 726423;
/** Before every id there is. */
export const firstId = '-9223372036854775808';

export type Sealing = Readonly<{ stop: () => Promise<void> }>;
type Needs = Readonly<{
  ownerUrl: string;
  key: SealingKey;
  /** The key of the secret before this one. */
  before?: SealingKey | undefined;
  log: Log;
  everySeconds?: number;
}>;

/**
 * Seals the access log every few seconds. Several processes may run it at once: one of them seals, the others find
 * nothing to do. Each hour a head goes to the server's own log, which lies elsewhere.
 */
export function startSealing({ ownerUrl, key, before, log, everySeconds = 5 }: Needs): Sealing {
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 1 });
  pool.on('error', (err) => {
    log.warn({ err }, 'sealing lost its connection');
  });
  let told = 0;
  let running: Promise<void> | undefined;
  const round = async (): Promise<void> => {
    const client = await pool.connect();
    try {
      const last = (await sealNow(client, key, before)).at(-1);
      if (last && Date.parse(last.sealedAt) - told >= quietMs) {
        told = Date.parse(last.sealedAt);
        const { number, sealedAt, head, signature } = last;
        log.info(
          { seal: number, sealedAt, head: head.toString('hex'), signature: signature.toString('base64') },
          'the access log is sealed up to here',
        );
      }
    } finally {
      client.release();
    }
  };
  const timer = setInterval(() => {
    running ??= round()
      .catch((err: unknown) => {
        log.error({ err }, 'the access log could not be sealed');
      })
      .finally(() => {
        running = undefined;
      });
  }, everySeconds * 1000);
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
      await pool.end();
    },
  };
}

/**
 * Seals what is committed and not sealed yet; returns the new seals. `client` is the owner's, outside a transaction.
 * Throws when the seal to go on from is not genuine: every seal vouches for all before it.
 */
export async function sealNow(client: pg.ClientBase, key: SealingKey, before?: SealingKey): Promise<Seal[]> {
  const until = await settledId(client);
  if (until === undefined) return [];
  await client.query(
    'insert into access_log_key (fingerprint, public_key) values ($1, $2) on conflict do nothing',
    [key.fingerprint, key.publicKey],
  );
  const made: Seal[] = [];
  for (;;) {
    const seal = await alone(client, async () => {
      if (before) await handOver(client, before, key);
      return sealNext(client, key, until);
    });
    if (seal) made.push(seal);
    if (!seal || seal.rows < mostRows) return made;
  }
}

/**
 * The highest id up to which nothing can come in any more. Ids are given out before the commit, so a lower one may still
 * be on its way when a higher one is there. Whoever has taken an id holds the table's write lock from before that until
 * after the commit: when all who hold it now are gone, all ids given out until now are settled. Nobody waits for us.
 * Undefined when somebody takes longer than `patienceMs`.
 */
async function settledId(client: pg.ClientBase, patienceMs = 3000): Promise<string | undefined> {
  const { rows } = await client.query<{ id: string }>(
    `select (case when is_called then last_value else 0 end)::text as id from access_log_id_seq`,
  );
  const giveUp = Date.now() + patienceMs;
  let writers = await writing(client);
  while (writers.length > 0) {
    if (Date.now() > giveUp) return undefined;
    await new Promise((later) => setTimeout(later, 20));
    const now = new Set(await writing(client));
    writers = writers.filter((one) => now.has(one));
  }
  return rows[0]?.id;
}

async function writing(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ virtualtransaction: string }>(
    `select distinct virtualtransaction from pg_locks where relation = 'access_log'::regclass and mode = 'RowExclusiveLock'
      and database = (select oid from pg_database where datname = current_database()) and granted`,
  );
  return rows.map((row) => row.virtualtransaction);
}

async function alone<T>(client: pg.ClientBase, work: () => Promise<T>): Promise<T | undefined> {
  await client.query('begin');
  try {
    const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_xact_lock($1) as mine', [
      lockOfSealers,
    ]);
    const result = rows[0]?.mine === true ? await work() : undefined;
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

async function sealNext(client: pg.ClientBase, key: SealingKey, settled: string): Promise<Seal | undefined> {
  const last = await lastSeal(client);
  if (last?.key === key.fingerprint) mustBeSigned(key, last);
  // One that this process cannot judge: its secret may be lost. It goes on, and whoever verifies is told.
  else if (last) await mustGoOn(client, key);
  const after = last?.untilId ?? firstId;
  const lines =
    BigInt(settled) > BigInt(after) ? await readLines(client, { after, until: settled, most: mostRows }) : [];
  const { rows } = await client.query<{ now: string }>(
    `select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as now`,
  );
  const sealedAt = rows[0]?.now ?? '';
  const isQuiet = last !== undefined && Date.parse(sealedAt) - Date.parse(last.sealedAt) < quietMs;
  if (lines.length === 0 && isQuiet) return undefined;
  const { afterRows, digests } = chainOf(last?.head ?? beginning, lines);
  const facts: SealFacts = {
    number: (last?.number ?? 0) + 1,
    afterId: after,
    untilId:
      lines.length === mostRows
        ? (lines.at(-1)?.id ?? settled)
        : BigInt(settled) > BigInt(after)
          ? settled
          : after,
    rows: lines.length,
    sealedAt,
    key: key.fingerprint,
  };
  const head = headOf(afterRows, facts);
  const seal = { ...facts, marks: Buffer.concat(digests.map(markOf)), head, signature: key.sign(head) };
  await addSeal(client, seal);
  return seal;
}
