import type { Actor, Role } from '../kernel/actor.ts';
import type { Surroundings } from '../kernel/clock.ts';
import { writeJson } from '../kernel/exact-json.ts';
import type { Log } from '../kernel/log.ts';
import { conflict, notFound, Refused } from '../kernel/problem.ts';
import type { Database, Transaction } from '../database/database.ts';
import { sql, trusted } from '../database/sql.ts';
import { findMany } from './finding.ts';
import type { OpenRecords, Records, Rule } from './records.ts';
import { searchPage } from './search-page.ts';
import { largestPage } from './search.ts';
import { isId } from './references.ts';
import { missing, remove } from './removing.ts';
import { historyOf } from './tables.ts';
import { makeTrail } from './trail.ts';
import type { RecordOf, RecordType, Stored } from './types.ts';
import { everWas, versionsOf } from './versions.ts';
import { write, type Validate } from './writing.ts';

export type StoreNeeds = Surroundings &
  Readonly<{
    database: Database;
    validate: Validate;
    /** What the slices refuse, in the order in which they are asked. */
    rules: readonly Rule[];
    log?: Log | undefined;
    /** What each role may see, and as whom. */
    sightOf: (role: Role) => Readonly<{ audience: string; items: readonly string[]; own: readonly string[] }>;
  }>;

/** The record store: nothing reads or writes records except through what this opens. */
export function makeStore(needs: StoreNeeds): OpenRecords {
  return async <T>(
    actor: Actor,
    work: (records: Records) => Promise<T>,
    options: { once?: string | undefined } = {},
  ) => {
    const attempt = (): Promise<T> =>
      needs.database.transaction(
        async (tx) => {
          const doWork = async (): Promise<T> => {
            const { records, flush } = bind(needs, tx, actor, needs.now());
            const result = await work(records);
            await records.settle();
            flush();
            return result;
          };
          return options.once === undefined ? doWork() : onlyOnce(tx, actor, options.once, doWork);
        },
        settingsOf(actor, needs.sightOf),
      );
    try {
      return await attempt();
    } catch (error) {
      // Two transactions waited for each other and PostgreSQL ended this one; nothing of it is left, so it may try again.
      if (codeOf(error) !== '40P01') throw asProblem(error);
    }
    try {
      return await attempt();
    } catch (error) {
      throw asProblem(error);
    }
  };
}

/** What the row rules are told of who acts. */
export const settingsOf = (actor: Actor, sightOf: StoreNeeds['sightOf']): Record<string, string> => {
  const { audience, items, own } = sightOf(actor.role);
  return {
    'tsunagi.organization': actor.organization,
    'tsunagi.role': actor.role,
    'tsunagi.post': actor.post ?? '',
    'tsunagi.account': actor.account ?? '',
    'tsunagi.audience': audience,
    'tsunagi.items': items.join(','),
    'tsunagi.own': own.join(','),
    'tsunagi.patient': actor.patient ?? '',
  };
};

type Bound = { records: Records; flush: () => void };

function bind(needs: StoreNeeds, tx: Transaction, actor: Actor, now: Date): Bound {
  const trail = makeTrail(tx, actor);
  const { audience } = needs.sightOf(actor.role);
  const unsettled: (() => Promise<void>)[] = [];

  const readMany = async <T extends RecordType>(
    type: T,
    ids: readonly string[],
  ): Promise<Stored<RecordOf<T>>[]> => {
    if (ids.length === 0) return [];
    const records = (await findMany(tx, type, ids.filter(isId))) as Stored<RecordOf<T>>[];
    trail.records('read', type, records);
    return records;
  };

  const records: Records = {
    actor,
    now,
    newId: needs.newId,
    readMany,
    read: async (type, id) => {
      const [found] = await readMany(type, [id]);
      if (!found) throw await missing(tx, type, id);
      return found;
    },
    find: async (type, given, count = largestPage) =>
      (await searchPage({ tx, trail, audience }, type, given, { count })).found,
    page: (type, given, looking = {}) => searchPage({ tx, trail, audience }, type, given, looking),
    history: async (type, id, version) => {
      const which = version === undefined ? sql`` : sql`and version = ${version}::integer`;
      const rows = await tx.rows<{ content: Stored<RecordOf<typeof type>> }>(
        sql`select content from ${trusted(historyOf(type))} where id = ${id}::uuid ${which} order by version desc limit ${largestPage}`,
      );
      if (rows.length === 0) throw await missing(tx, type, id, version);
      const versions = rows.map((row) => row.content);
      trail.records('history', type, versions);
      return versions;
    },
    versions: async (type, asked) => {
      const rows = await versionsOf(tx, type, asked, actor.organization);
      // A page may be empty; that of a record which never was here is none.
      if (rows.length === 0 && asked.id !== undefined && !(await everWas(tx, type, asked.id)))
        throw notFound();
      const found = rows.slice(0, asked.count);
      trail.records(
        'history',
        type,
        found.flatMap(({ content }) => content ?? []),
      );
      return { found, more: rows.length > asked.count };
    },
    remove: async (targets) => {
      unsettled.push(await remove({ tx, records, trail, rules: needs.rules }, targets));
    },
    settle: async () => {
      for (const ask of unsettled.splice(0)) await ask();
    },
    write: (given) => write({ tx, records, trail, validate: needs.validate, rules: needs.rules }, given),
    save: async <R extends Parameters<Records['write']>[0][number]>(record: R) => {
      const [saved] = await records.write([record]);
      return saved as Stored<R>;
    },
    rows: async (what, statement, patient) => {
      const rows = await tx.rows<Parameters<NonNullable<typeof patient>>[0]>(statement);
      if (patient)
        trail.look(
          what,
          rows.flatMap((row) => patient(row) ?? []),
        );
      return rows;
    },
    run: (statement) => tx.rows(statement),
    onBehalfOf: (organization, work) => onBehalfOf(needs, tx, actor, organization, now, work),
    warn: (facts, says) => needs.log?.warn(facts, says),
    note: (action, what, patientId, record) => {
      trail.note(action, what, patientId, record);
    },
  };
  return { records, flush: trail.flush };
}

/** Changes who acts for as long as `work` takes. What it did is logged before, and not at the end, as who did it. */
async function onBehalfOf<T>(
  needs: StoreNeeds,
  tx: Transaction,
  actor: Actor,
  organization: string,
  now: Date,
  work: (records: Records) => Promise<T>,
): Promise<T> {
  const actAs = (who: Actor): Promise<unknown> => {
    const settings = Object.entries(settingsOf(who, needs.sightOf));
    return tx.named(
      'act as',
      'select set_config(name, value, true) from unnest($1::text[], $2::text[]) as set (name, value)',
      [settings.map(([name]) => name), settings.map(([, value]) => value)],
    );
  };
  const service: Actor = { role: 'system', organization, via: 'job', request: actor.request };
  const ending: Parameters<Transaction['last']>[] = [];
  const last: Transaction['last'] = (...statement) => void ending.push(statement);
  try {
    await actAs(service);
    const { records, flush } = bind(needs, { ...tx, last }, service, now);
    const result = await work(records);
    await records.settle();
    flush();
    for (const statement of ending) await tx.named(...statement);
    return result;
  } finally {
    // After a failed statement PostgreSQL takes no other, and nothing of the transaction will be left.
    await actAs(actor).catch(() => undefined);
  }
}

/** The second of two equal keys waits on the row of the first and then gets its answer. */
async function onlyOnce<T>(tx: Transaction, actor: Actor, key: string, work: () => Promise<T>): Promise<T> {
  const program = actor.client && `client:${actor.client}`;
  const who = actor.account ?? program ?? actor.post ?? `${actor.role}:${actor.patient ?? ''}`;
  const mine = [key.slice(0, 200), actor.organization, who];
  const which = `key = $1 and organization_id = $2::uuid and actor = $3`;
  const [first] = await tx.named(
    'once',
    `insert into once (key, organization_id, actor) values ($1, $2, $3) on conflict do nothing returning key`,
    mine,
  );
  if (first) {
    const answer = await work();
    tx.last('answer once', `update once set answer = $4::jsonb where ${which}`, [
      ...mine,
      writeJson(answer ?? null),
    ]);
    return answer;
  }
  const [given] = await tx.named<{ answer: T }>(
    'answered once',
    `select answer from once where ${which}`,
    mine,
  );
  if (!given) throw conflict('もう一度お試しください。', 'Please try again.');
  return given.answer;
}

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** What the database itself refuses, said as a problem; everything else stays the bug it is. */
export function asProblem(error: unknown): unknown {
  if (error instanceof Refused) return error;
  switch (codeOf(error) ?? '') {
    case '23503': // a reference to a record that is not there
    case '42501': // a row rule
      return new Refused({
        kind: 'forbidden',
        says: { ja: 'この記録を書くことはできません。', en: 'This record may not be written.' },
      });
    case '23505':
      return conflict('同じ番号の記録がすでにあります。', 'A record with this id already exists.');
    case '40P01':
    case '40001':
      return conflict(
        'ほかの人の操作と重なりました。もう一度お試しください。',
        'Someone else was changing this. Please try again.',
      );
    default:
      return error;
  }
}
