import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Bundle } from '@medplum/fhirtypes';
import { personTypes } from '../../../src/fhir/everything.ts';
import { searchParameters } from '../../../src/fhir/parameters.ts';
import type { RecordType } from '../../../src/fhir/types.ts';
import type { Person, Row } from './people.ts';
import { sees } from './rules.ts';
import { startMatrix, type Caller, type Matrix } from './service.ts';

let matrix: Matrix;
beforeAll(async () => {
  matrix = await startMatrix();
});
afterAll(() => matrix.stop());

type Asked = Readonly<{ caller: Caller; people: readonly Person[]; rows: readonly Row[] }>;
/** The ids that a way over the network shows. */
type Way = Readonly<{
  shows: (asked: Asked) => Promise<string[]>;
  /** Record by record, or person by person: everybody asks for every so many, each time others. */
  oneIn?: Readonly<{ records: number } | { people: number }>;
  withPerson?: true;
}>;

const idsIn = (bundle: Bundle): string[] => (bundle.entry ?? []).map((entry) => entry.resource?.id ?? '');

/** A search with all its pages; a total that is told is the number of what is shown. */
async function searched(
  { ask }: Caller,
  type: RecordType,
  parameters: Readonly<Record<string, string>>,
): Promise<string[]> {
  const found: string[] = [];
  let totals: number[] = [];
  let next: string | undefined;
  do {
    const body = new URLSearchParams({ _count: '200', _total: 'accurate', ...parameters }).toString();
    const answer =
      next === undefined
        ? await ask(`/fhir/${type}/_search`, {
            method: 'POST',
            body,
            headers: { 'content-type': 'application/x-www-form-urlencoded' },
          })
        : await ask(next);
    if (answer.status !== 200)
      throw new Error(`${type}?${body.slice(0, 80)}: ${String(answer.status)} ${await answer.text()}`);
    const bundle = (await answer.json()) as Bundle;
    found.push(...idsIn(bundle));
    totals = [...totals, ...(bundle.total === undefined ? [] : [bundle.total])];
    const url = bundle.link?.find((link) => link.relation === 'next')?.url;
    next = url === undefined ? undefined : new URL(url).pathname + new URL(url).search;
  } while (next !== undefined);
  for (const total of totals) expect([type, total]).toEqual([type, found.length]);
  return found;
}

const one = async (
  { caller, rows }: Asked,
  path: (row: Row) => string,
  read: (answer: Response, row: Row) => Promise<boolean>,
) => {
  const shown: string[] = [];
  for (const row of rows) {
    const answer = await caller.ask(path(row));
    if (answer.status === 200 && (await read(answer, row))) shown.push(row.id);
    else if (answer.status !== 404) throw new Error(`${path(row)}: ${String(answer.status)}`);
  }
  return shown;
};
const atType = async (search: (type: RecordType) => Promise<string[]>): Promise<string[]> => {
  const found: string[] = [];
  for (const type of personTypes) found.push(...(await search(type)));
  return found;
};

/** On a busy machine. */
const patient = 240_000;

/** Every way over the network; a new kind of search (`_include`, `_revinclude`, `_has`) is a line here. */
const ways: Readonly<Record<string, Way>> = {
  'a search for nothing in particular': {
    shows: ({ caller }) => atType((type) => searched(caller, type, {})),
  },
  'a search by ids': {
    shows: ({ caller, rows }) =>
      atType(async (type) => {
        const ids = rows.filter((row) => row.what.type === type).map((row) => row.id);
        const found: string[] = [];
        // Of one parameter so many values are taken.
        for (let from = 0; from < ids.length; from += 100)
          found.push(...(await searched(caller, type, { _id: ids.slice(from, from + 100).join(',') })));
        return found;
      }),
  },
  'a search by every name of the person': {
    shows: ({ caller, people }) =>
      atType(async (type) => {
        const names = Object.entries(searchParameters[type]).filter(
          ([, parameter]) => parameter.column === 'patient_id',
        );
        if (names.length === 0)
          return searched(caller, type, { _id: people.map((person) => person.id).join(',') });
        const found: string[][] = [];
        for (const [name] of names)
          found.push(
            await searched(caller, type, {
              [name]: people.map((person) => `Patient/${person.id}`).join(','),
            }),
          );
        // However the person is called, the same is found.
        for (const each of found) expect(each.toSorted()).toEqual(found[0]?.toSorted());
        return found[0] ?? [];
      }),
  },
  'a read': {
    oneIn: { records: 48 },
    shows: (asked) =>
      one(
        asked,
        ({ what, id }) => `/fhir/${what.type}/${id}`,
        async (answer, row) => ((await answer.json()) as { id: string }).id === row.id,
      ),
  },
  'a history': {
    oneIn: { records: 48 },
    shows: (asked) =>
      one(
        asked,
        ({ what, id }) => `/fhir/${what.type}/${id}/_history`,
        async (answer, row) => idsIn((await answer.json()) as Bundle).every((id) => id === row.id),
      ),
  },
  'a version': {
    oneIn: { records: 48 },
    shows: (asked) =>
      one(
        asked,
        ({ what, id, versions }) => `/fhir/${what.type}/${id}/_history/${String(versions)}`,
        (answer) => Promise.resolve(answer.headers.has('etag')),
      ),
  },
  'everything about the person': {
    oneIn: { people: 9 },
    withPerson: true,
    shows: async ({ caller, people }) => {
      const found: string[] = [];
      for (const { id } of people) {
        const answer = await caller.ask(
          `/fhir/Patient/${id}/$everything?_count=200&_type=${personTypes.join(',')}`,
        );
        if (answer.status === 200) found.push(...idsIn((await answer.json()) as Bundle));
        else if (answer.status !== 404) throw new Error(`$everything: ${String(answer.status)}`);
      }
      return found;
    },
  },
};

test.each(Object.entries(ways))(
  'by %s, every program has exactly what consent, task and role open to it',
  async (_name, { shows, oneIn, withPerson }) => {
    const wrong: string[] = [];
    for (const [n, caller] of matrix.programs.entries()) {
      const visible = (person: Person, row: Row) => sees(person.given, caller.who, row.what);
      const people = matrix.cast.people.filter(
        (_, m) => oneIn === undefined || !('people' in oneIn) || (m + n) % oneIn.people === 0,
      );
      const asked = people.map((person, m) => ({
        person,
        rows: person.rows.filter(
          (_, r) => oneIn === undefined || !('records' in oneIn) || (m + n + r) % oneIn.records === 0,
        ),
      }));
      const shown = new Set(await shows({ caller, people, rows: asked.flatMap(({ rows }) => rows) }));
      const known = new Set<string>();
      for (const { person, rows } of asked)
        for (const row of rows) {
          known.add(row.id);
          const isThere =
            visible(person, row) &&
            (withPerson !== true ||
              person.rows.some((each) => each.name === 'person' && visible(person, each)));
          if (isThere !== shown.has(row.id))
            wrong.push(
              `${caller.name} | ${person.state} | ${row.name} ${isThere ? 'is not there' : 'is there'}`,
            );
        }
      for (const id of shown)
        if (!known.has(id)) wrong.push(`${caller.name} | ${id}, which nobody asked for, is there`);
    }
    expect(wrong.slice(0, 20)).toEqual([]);
  },
  patient,
);

test(
  'of who looked, a program reads what its own body did, and whoever looked at a person whom it keeps',
  async () => {
    const wrong: string[] = [];
    for (const [n, { name, who, ask }] of matrix.programs.entries())
      for (const person of matrix.cast.people.filter((_, m) => (m + n) % 6 === 0)) {
        const bundle = (await (await ask(`/fhir/AuditEvent?patient=${person.id}`)).json()) as Bundle;
        const keeps = who.body === 'clinic' && who.role !== 'admin';
        for (const { resource } of bundle.entry ?? []) {
          if (resource?.resourceType !== 'AuditEvent') continue;
          const by = resource.agent[0]?.who?.reference;
          if (!keeps && by !== `Organization/${matrix.cast.bodyId[who.body]}`)
            wrong.push(`${name} | ${person.state} | ${String(by)}`);
        }
      }
    expect(wrong).toEqual([]);
  },
  patient,
);
