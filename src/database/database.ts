import { createHmac } from 'node:crypto';
import net from 'node:net';
import pg from 'pg';
import { readJson } from '../kernel/exact-json.ts';
import { numbered, type Sql } from './sql.ts';

/** One open transaction. */
export type Transaction = Readonly<{
  /** A statement out of the program; one that comes again and again is planned once for each connection. */
  rows: <Row extends Record<string, unknown>>(statement: Sql) => Promise<Row[]>;
  /** One that was put together from what somebody asked for: planned anew each time, for its values. */
  planned: <Row extends Record<string, unknown>>(statement: Sql) => Promise<Row[]>;
  /** A statement the program prepared once, by name; for the few that run all the time. */
  named: <Row extends Record<string, unknown>>(
    name: string,
    text: string,
    values: readonly unknown[],
  ) => Promise<Row[]>;
  /**
   * A named statement that is sent now and whose answer nobody waits for before the commit: when it fails, so does all
   * that comes after it, and the transaction with what this one said.
   */
  ahead: (name: string, text: string, values: readonly unknown[]) => void;
  /** A named statement that is sent together with the commit; when it fails, nothing is committed. */
  last: (name: string, text: string, values: readonly unknown[]) => void;
}>;

export type Database = Readonly<{
  /** Runs `work` between `begin` and `commit`; rolls back when it throws. `settings` last until the transaction ends. */
  transaction: <T>(
    work: (tx: Transaction) => Promise<T>,
    settings?: Readonly<Record<string, string>>,
  ) => Promise<T>;
  rows: <Row extends Record<string, unknown>>(statement: Sql) => Promise<Row[]>;
  /**
   * A statement that is a transaction of its own: sent in one piece with its `begin` and `commit`. `isUsual`: one plan
   * serves whatever its values are, as with `Transaction.rows`.
   */
  alone: <Row extends Record<string, unknown>>(
    statement: Sql,
    how: Readonly<{ settings: Readonly<Record<string, string>>; isUsual: boolean }>,
  ) => Promise<Row[]>;
  /** Statements sent so far; tests hold pages to a handful. */
  statements: () => number;
  close: () => Promise<void>;
}>;

export const appRole = 'tsunagi_app';

/** The application role's password: derived, so that several processes agree on it without keeping it anywhere. */
const appPassword = (ownerUrl: string, secret: string): string =>
  createHmac('sha256', secret).update(new URL(ownerUrl).password).digest('hex');

const lockOfRole = 726_422;

/**
 * Lets the application's role, which owns nothing and cannot pass the row rules, sign in; returns its connection string.
 * The owner must be allowed to change roles.
 */
export async function appUrl(ownerUrl: string, secret: string): Promise<string> {
  const password = appPassword(ownerUrl, secret);
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    // Two processes that start at once may not change the role at the same moment.
    await client.query(`begin; select pg_advisory_xact_lock(${String(lockOfRole)})`);
    await client.query(`alter role ${appRole} login password '${password}'; commit`);
  } finally {
    await client.end();
  }
  const url = new URL(ownerUrl);
  url.username = appRole;
  url.password = password;
  return url.toString();
}

/**
 * Statements of one connection are sent without waiting for the answer of the one before (`pipeline`), so that what a
 * transaction need not look at costs no journey of its own: `begin` goes out with the first statement, the access log
 * with `commit`. PostgreSQL refuses everything after a failed statement until the end of its transaction, so nothing that
 * was sent ahead can take effect.
 */
export function openDatabase(url: string, poolSize: number): Database {
  // No page or call needs more; a statement that does is a bug or an attack, and must not hold the others up.
  const limits = { statement_timeout: 30_000, idle_in_transaction_session_timeout: 60_000 };
  const options = {
    connectionString: url,
    max: poolSize,
    idleTimeoutMillis: 30_000,
    pipeline: true,
    stream: gatheringSocket,
    types,
    ...limits,
  };
  const pool = new pg.Pool(options);
  // A connection that the server closed fails the statement that uses it and is replaced at the next use.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
  });
  let sent = 0;
  const prepared = makePreparer();
  const query = async <Row extends Record<string, unknown>>(
    client: pg.ClientBase | pg.Pool,
    config: pg.QueryConfig,
  ): Promise<Row[]> => {
    sent++;
    const result = await client.query<Row>(config);
    return result.rows;
  };
  return {
    rows: (statement) => query(pool, prepared(numbered(statement))),
    alone: async <Row extends Record<string, unknown>>(
      statement: Sql,
      { settings, isUsual }: { settings: Readonly<Record<string, string>>; isUsual: boolean },
    ) => {
      const [begin, config] = [beginWith(settings), numbered(statement)];
      const client = await pool.connect();
      const sending = [
        client.query(begin),
        query<Row>(client, isUsual ? prepared(config) : config),
        client.query('commit').then(refuseRollback),
      ] as const;
      const fault = await firstFault(sending);
      // Whatever failed, the commit has ended the transaction, unless there is no connection any more.
      const isGone = fault !== undefined && !isRefusal(fault);
      client.release(isGone);
      if (fault !== undefined) throw fault as Error;
      return sending[1];
    },
    statements: () => sent,
    close: () => pool.end(),
    transaction: async (work, settings = {}) => {
      const client = await pool.connect();
      const ahead: Promise<unknown>[] = [];
      const ending: pg.QueryConfig[] = [];
      let broken = false;
      const sendAhead = (statement: string | pg.QueryConfig): void => {
        const answer = client.query(statement);
        answer.catch(() => undefined); // what follows fails as well; `firstFault` says why
        ahead.push(answer);
      };
      try {
        sendAhead(beginWith(settings));
        const result = await work({
          rows: (statement) => query(client, prepared(numbered(statement))),
          planned: (statement) => query(client, numbered(statement)),
          named: (name, text, values) => query(client, { name, text, values: [...values] }),
          ahead: (name, text, values) => {
            sent++;
            sendAhead({ name, text, values: [...values] });
          },
          last: (name, text, values) => {
            ending.push({ name, text, values: [...values] });
          },
        });
        const ended = ending.map((statement) => query(client, statement));
        await Promise.all([...ahead, ...ended, client.query('commit').then(refuseRollback)]);
        return result;
      } catch (given) {
        const error = (await firstFault(ahead)) ?? given;
        await client.query('rollback').catch(() => {
          broken = true;
        });
        throw error;
      } finally {
        client.release(broken);
      }
    },
  };
}

/** Numbers in a record keep their precision. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (type: number, format?: 'text' | 'binary') =>
    json.has(type) ? readJson : (pg.types.getTypeParser(type, format) as (text: string) => unknown),
};
const json = new Set<number>([pg.types.builtins.JSON, pg.types.builtins.JSONB]);

/**
 * A socket on which what is written in one turn of the event loop leaves in one piece: the driver sends each statement by
 * itself, and every system call costs as much as the reading of some rows. (Under TLS the driver wraps it and sends as
 * before.)
 */
function gatheringSocket(): net.Socket {
  const socket = new net.Socket();
  const write = socket.write.bind(socket) as (...given: unknown[]) => boolean;
  let isGathering = false;
  const gather = (...given: unknown[]): boolean => {
    if (!isGathering) {
      isGathering = true;
      socket.cork();
      process.nextTick(() => {
        isGathering = false;
        socket.uncork();
      });
    }
    return write(...given);
  };
  // Not before: `connect` itself sets `write` back to what it was.
  return socket.once('connect', () => {
    socket.write = gather;
  });
}

/**
 * Gives a statement that has come a few times a name, under which each connection plans it once: planning a page's query
 * under row rules takes as long as running it. Every connection keeps every plan, so only so many are named.
 */
function makePreparer() {
  const [usual, mostNames, mostTexts] = [4, 80, 2000];
  const seen = new Map<string, number>();
  const names = new Map<string, string>();
  return (statement: pg.QueryConfig): pg.QueryConfig => {
    const { text } = statement;
    const known = names.get(text);
    if (known !== undefined) return { ...statement, name: known };
    if (names.size >= mostNames) return statement;
    const times = (seen.get(text) ?? 0) + 1;
    if (seen.size >= mostTexts) seen.clear();
    seen.set(text, times);
    if (times < usual) return statement;
    seen.delete(text);
    const name = `often ${String(names.size)}`;
    names.set(text, name);
    return { ...statement, name };
  };
}

async function firstFault(answers: readonly Promise<unknown>[]): Promise<unknown> {
  const ended = await Promise.allSettled(answers);
  return ended.find((one) => one.status === 'rejected')?.reason;
}

/** Said by PostgreSQL of a statement, and not of the connection. */
const isRefusal = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && error.severity === 'ERROR';

/** PostgreSQL answers the commit of a failed transaction by rolling it back, without an error. */
function refuseRollback({ command }: pg.QueryResult): void {
  if (command !== 'COMMIT') throw new Error('The transaction was rolled back.');
}

const beginWith = (settings: Readonly<Record<string, string>>): string =>
  `begin${Object.entries(settings).map(setting).join('')}`;

/** Settings go out with `begin` in one message, which takes no parameters; so only plain words are let through. */
function setting([name, value]: [string, string]): string {
  if (!/^tsunagi\.[a-z]+$/.test(name) || !/^[A-Za-z0-9,:_-]*$/.test(value))
    throw new Error(`Unfit setting ${name}`);
  return `; set local ${name} = '${value}'`;
}
