import { randomUUID } from 'node:crypto';
import type { Provenance } from '@medplum/fhirtypes';
import { sql, trusted } from '../../../src/database/sql.ts';
import { everythingOf } from '../../../src/fhir/everything.ts';
import type { Records } from '../../../src/fhir/records.ts';
import { reference } from '../../../src/fhir/references.ts';
import { searchParameters } from '../../../src/fhir/parameters.ts';
import { foundIn, historyOf, isAboutPerson, tableOf } from '../../../src/fhir/tables.ts';
import type { RecordType } from '../../../src/fhir/types.ts';
import { Refused } from '../../../src/kernel/problem.ts';
import { lasting } from './rules.ts';
import { typesIn, type Person, type Row } from './people.ts';

/** Takes back what was only tried. */
export class Undone extends Error {}

export type Asked = Readonly<{ people: readonly Person[]; rows: readonly Row[] }>;
/** The ids of all that a way shows, among the records asked about and beyond. */
type Shows = (records: Records, asked: Asked) => Promise<readonly string[]>;
export type Way = Readonly<{
  shows: Shows;
  /**
   * Of ways that ask record by record or person by person, everybody asks for every so many, each time others, so that
   * every pair of looker, state and record comes about; the ways that ask at once ask for all.
   */
  oneIn?: Readonly<{ records: number } | { people: number }>;
  /** There only with the person's own record. */
  withPerson?: true;
}>;

const isShown = async (work: Promise<unknown>): Promise<boolean> => {
  try {
    await work;
    return true;
  } catch (error) {
    if (error instanceof Refused && error.problem.kind === 'not-found') return false;
    throw error;
  }
};
const whichOf = async (rows: readonly Row[], way: (row: Row) => Promise<unknown>): Promise<string[]> => {
  const shown = await Promise.all(rows.map(async (row) => ((await isShown(way(row))) ? [row.id] : [])));
  return shown.flat();
};
const eachType = async (
  asked: Asked,
  way: (type: RecordType) => Promise<readonly { id: string }[]>,
): Promise<string[]> => (await Promise.all(typesIn(asked.rows).map(way))).flat().map((one) => one.id);

const paged = async (records: Records, type: RecordType, given: readonly (readonly [string, string])[]) => {
  const found: { id: string }[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await records.page(type, [
      ...given,
      ['_count', '200'],
      ...(cursor === undefined ? [] : [['_cursor', cursor] as const]),
    ]);
    found.push(...page.found);
    if (page.next === undefined) return found;
    cursor = page.next;
  }
};
const idsOf = (asked: Asked, type: RecordType): string[] =>
  asked.rows.filter((row) => row.what.type === type).map((row) => row.id);
const rowsIn = (records: Records, table: string) =>
  records.rows<{ id: string }>('matrix', sql`select id from ${trusted(table)}`);

const namesPerson = (type: RecordType): boolean => searchParameters[type]['patient'] !== undefined;
const concernsPerson = ({ resourceType }: { resourceType: RecordType }): boolean =>
  isAboutPerson(resourceType);
const matching = async (rows: readonly Row[], has: (row: Row) => Promise<boolean>): Promise<string[]> =>
  (await Promise.all(rows.map(async (row) => ((await has(row)) ? [row.id] : [])))).flat();

const byRecord = { oneIn: { records: 5 } };
const byPerson = { oneIn: { people: 4 } };
const atOnce = {};

/**
 * Every way in which the store shows a record. A new one is a line here, and is held to the same answer as all others.
 */
export const ways: Readonly<Record<string, Way>> = {
  read: {
    ...byRecord,
    shows: (records, { rows }) => whichOf(rows, (row) => records.read(row.what.type, row.id)),
  },
  'read of many': {
    ...atOnce,
    shows: (records, asked) => eachType(asked, (type) => records.readMany(type, idsOf(asked, type))),
  },
  'search by id': {
    ...atOnce,
    shows: (records, asked) =>
      eachType(asked, async (type) => {
        const ids = idsOf(asked, type);
        const found: { id: string }[] = [];
        // Of one parameter so many values are taken.
        for (let from = 0; from < ids.length; from += 100)
          found.push(...(await paged(records, type, [['_id', ids.slice(from, from + 100).join(',')]])));
        return found;
      }),
  },
  'search by person': {
    ...byPerson,
    shows: (records, asked) =>
      eachType(asked, async (type) => {
        const named = namesPerson(type) ? 'patient' : '_id';
        return (await Promise.all(asked.people.map(({ id }) => records.find(type, [[named, id]])))).flat();
      }),
  },
  'search for nothing in particular': {
    ...atOnce,
    shows: (records, asked) => eachType(asked, (type) => paged(records, type, [])),
  },
  'search by tokens': {
    ...atOnce,
    shows: async (records, asked) => {
      const by = (type: RecordType) =>
        Object.entries(searchParameters[type]).find(([, one]) => one.kind === 'concept')?.[0];
      const plain = asked.rows.filter((row) => by(row.what.type) === undefined);
      return [
        // Without tokens the same view is asked as a table.
        ...(await eachType({ ...asked, rows: plain }, (type) => rowsIn(records, foundIn(type)))),
        ...(await eachType({ ...asked, rows: asked.rows.filter((row) => !plain.includes(row)) }, (type) =>
          paged(records, type, [[`${by(type) ?? ''}:not`, 'nothing']]),
        )),
      ];
    },
  },
  'a search and all that comes along': {
    ...byPerson,
    shows: (records, asked) =>
      eachType(asked, async (type) => {
        const shown = await Promise.all(
          asked.people.map(({ id }) =>
            records.page(type, [
              [namesPerson(type) ? 'patient' : '_id', id],
              ['_include', '*'],
              ['_count', '200'],
            ]),
          ),
        );
        return shown.flatMap(({ found, included }) => [...found, ...included.filter(concernsPerson)]);
      }),
  },
  'all that names the person': {
    oneIn: { people: 8 },
    withPerson: true as const,
    shows: async (records, { people }) => {
      const found: { id: string }[] = [];
      for (const { id } of people) {
        const page = await records.page('Patient', [
          ['_id', id],
          ['_revinclude', '*'],
        ]);
        found.push(...page.found, ...page.included.filter(concernsPerson));
      }
      return found.map((one) => one.id);
    },
  },
  'a chain to the person': {
    ...byRecord,
    withPerson: true as const,
    shows: (records, { rows, people }) =>
      matching(rows, async ({ what: { type }, id }) => {
        const whom = people.map((person) => person.id).join(',');
        const chain: [string, string][] = namesPerson(type) ? [['patient._id', whom]] : [];
        return (await records.find(type, [['_id', id], ...chain])).length > 0;
      }),
  },
  'persons who have it': {
    ...byRecord,
    withPerson: true as const,
    shows: (records, { rows }) =>
      matching(rows, async ({ what: { type }, id }) => {
        const by: [string, string] = namesPerson(type) ? [`_has:${type}:patient:_id`, id] : ['_id', id];
        return (await records.find('Patient', [by])).length > 0;
      }),
  },
  'the table itself': {
    ...atOnce,
    shows: (records, asked) => eachType(asked, (type) => rowsIn(records, tableOf(type))),
  },
  'the view for searches': {
    ...atOnce,
    shows: (records, asked) => eachType(asked, (type) => rowsIn(records, foundIn(type))),
  },
  history: {
    ...byRecord,
    shows: (records, { rows }) => whichOf(rows, (row) => records.history(row.what.type, row.id)),
  },
  'the newest version': {
    ...byRecord,
    shows: (records, { rows }) =>
      whichOf(rows, (row) => records.history(row.what.type, row.id, String(row.versions))),
  },
  'the table of versions': {
    ...atOnce,
    shows: (records, asked) => eachType(asked, (type) => rowsIn(records, historyOf(type))),
  },
  'everything about the person': {
    ...byPerson,
    withPerson: true as const,
    shows: async (records, { people }) => {
      const found: string[] = [];
      for (const { id } of people) {
        if (!(await isShown(records.read('Patient', id)))) continue;
        for (let after: string | undefined, more = true; more; more = after !== undefined) {
          const page = await everythingOf(records, id, { count: 200, after });
          found.push(...page.found.map((one) => one.id));
          after = page.next;
        }
      }
      return found;
    },
  },
  'a reference to it': {
    ...atOnce,
    shows: async (records, { rows, people }) => {
      const all = rows.map((row) => reference(row.what.type, row.id));
      const naming: Provenance = {
        resourceType: 'Provenance',
        target: [reference('Patient', people[0]?.id ?? ''), ...all],
        recorded: '2026-11-20T10:00:00+09:00',
        agent: [{ who: reference('Organization', records.actor.organization) }],
      };
      const missing = await refusedReferences(records, naming);
      return rows.filter((row) => !missing.has(row.id)).map((row) => row.id);
    },
  },
};

/** What a record may not refer to, by what the store says is missing; the rest it found. */
async function refusedReferences(records: Records, naming: Provenance): Promise<Set<string>> {
  // One reference leads nowhere in any case, so nothing is ever written.
  const target = [...naming.target, reference('Task', randomUUID())];
  try {
    await records.write([{ ...naming, target }]);
  } catch (error) {
    if (!(error instanceof Refused) || error.problem.kind !== 'invalid') throw error;
    return new Set(
      error.problem.issues.flatMap(({ says }) => /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(says.en)?.[0] ?? []),
    );
  }
  throw new Error('A reference to nothing was taken.');
}

/** The ids of the records of which the row rules let the actor write a next version. */
export async function replaceable(records: Records, asked: Asked): Promise<readonly string[]> {
  return eachType(asked, (type) =>
    records.run<{ id: string }>(
      sql`update ${trusted(tableOf(type))} set version = version + 1 where id = any (${idsOf(asked, type)}::uuid[]) returning id`,
    ),
  );
}

/** The ids of the records that the row rules let the actor delete. */
export async function deletable(records: Records, asked: Asked): Promise<readonly string[]> {
  await records.run(sql`select set_config('tsunagi.deleted', now()::text, true)`);
  const rows = asked.rows.filter((row) => !lasting.includes(row.what.type));
  return eachType({ ...asked, rows }, (type) =>
    records.run<{ id: string }>(
      sql`delete from ${trusted(tableOf(type))} where id = any (${idsOf({ ...asked, rows }, type)}::uuid[]) returning id`,
    ),
  );
}

/** The ids of the records of whose kind the row rules let the actor add another about the same person. */
export async function addable(records: Records, asked: Asked): Promise<readonly string[]> {
  const tries = asked.rows.map(async ({ id, record }) => {
    const fresh = randomUUID();
    const content = { ...record, id: fresh, ...(record.resourceType === 'Task' ? { status: 'draft' } : {}) };
    // Sent one behind the other, without waiting.
    const [, tried] = await Promise.allSettled([
      records.run(sql`savepoint tried`),
      records.run(
        sql`insert into ${trusted(tableOf(record.resourceType))} (id, version, content, updated_at) values (${fresh}::uuid, 1, ${JSON.stringify(content)}::jsonb, now())`,
      ),
      records.run(sql`rollback to savepoint tried`),
    ]);
    if (tried.status === 'fulfilled') return [id];
    const error: unknown = tried.reason;
    if (error instanceof Error && 'code' in error && error.code === '42501') return [];
    throw error;
  });
  return (await Promise.all(tries)).flat();
}

/** The versions of a record that are shown, newest first. */
export async function versionsShown(records: Records, { what, id }: Row): Promise<string[]> {
  try {
    return (await records.history(what.type, id)).map((one) => one.meta.versionId);
  } catch (error) {
    if (error instanceof Refused) return [];
    throw error;
  }
}
