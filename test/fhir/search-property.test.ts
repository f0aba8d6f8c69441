import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sightOf } from '../../src/access/sight.ts';
import { realSurroundings } from '../../src/kernel/clock.ts';
import { loadRecords } from '../../src/fhir/load.ts';
import { searchParameters, type Parameter } from '../../src/fhir/parameters.ts';
import type { OpenRecords } from '../../src/fhir/records.ts';
import { reference } from '../../src/fhir/references.ts';
import { elementsAt } from '../../src/fhir/search-include.ts';
import { makeStore } from '../../src/fhir/store.ts';
import { isAboutPerson } from '../../src/fhir/tables.ts';
import { recordTypes, type FhirRecord, type RecordType } from '../../src/fhir/types.ts';
import { makeBodies, type Bodies } from '../support/bodies.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

let here: TestDatabase;
let bodies: Bodies;
let open: OpenRecords;
const patient = randomUUID();

beforeAll(async () => {
  here = await freshDatabase();
  bodies = await makeBodies(here.owner);
  open = makeStore({ ...realSurroundings, database: here.database, validate: () => [], rules: [], sightOf });
  await load([
    {
      resourceType: 'Patient',
      id: patient,
      managingOrganization: reference('Organization', bodies.clinic.id),
    },
  ]);
});
afterAll(async () => {
  await here.close();
});

async function load(records: readonly (FhirRecord & { id: string })[]): Promise<void> {
  const client = await here.owner.connect();
  try {
    await client.query('begin');
    await loadRecords(
      client,
      records.map((record) => ({ record, keeper: bodies.clinic.id })),
      new Date(),
    );
    await client.query('commit');
  } finally {
    client.release();
  }
}

/** Few values, so that records share some and differ in others. */
const systems = [undefined, 'http://example.org/one', 'http://example.org/two'];
const codes = ['a', 'b', 'ｶﾅ', 'a|b', 'a,b', '𠮷'];
const ids = [randomUUID(), randomUUID()];
const days = ['2026-01-31', '2026-02-01', '2026-02', '1999-12-31'];
const texts = ['さくら荘', 'サクラ通り', 'ﾊﾞﾗ園', 'Rose', '髙橋', '100%'];

/** One element of a kind, at the last step of its path. */
function elementOf(
  type: RecordType,
  { kind, targets }: Parameter,
  path: string,
): fc.Arbitrary<unknown> | undefined {
  const coding = fc
    .record({ system: fc.constantFrom(...systems), code: fc.constantFrom(...codes) })
    .map(({ system, code }) => (system === undefined ? { code } : { system, code }));
  switch (kind) {
    case 'concept':
      return fc.array(coding, { minLength: 1, maxLength: 2 }).map((list) => ({ coding: list }));
    case 'coding':
      return coding;
    case 'identifier':
      return coding.map(({ code, ...rest }) => ({ ...rest, value: code }));
    case 'code':
      return fc.constantFrom(...codes.filter((code) => !code.includes('|')));
    case 'reference':
      return fc.constantFrom(...ids).map((id) => ({ reference: `${targets?.[0] ?? type}/${id}` }));
    case 'uri':
      return fc.constantFrom('http://example.org/u', 'http://example.org/u|1', 'http://example.org/u2');
    case 'date':
      return fc.constantFrom(...days).map((day) => (/period$/i.test(path) ? { start: day, end: day } : day));
    case 'part':
    case 'text':
      return fc.constantFrom(...texts).map((text) => (path.endsWith('address') ? { text } : text));
    case 'quantity':
      return fc.constantFrom(0.5, 1, 1.25, -3).map((value) => ({ value, code: 'kg', unit: 'kg' }));
    case 'composite':
    case 'contact':
    case 'exists':
    case 'municipality':
    case 'name':
      return undefined;
  }
}

/** What a record of a type can be found by here: not what leads to records that would have to be there. */
const parametersOf = (type: RecordType): [string, Parameter][] =>
  Object.entries(searchParameters[type]).filter(
    ([name, { columnOf }]) => columnOf === undefined && !(type === 'Provenance' && name === 'target'),
  );

function put(record: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [key = '', ...rest] = path;
  const there = record[key];
  const isObject = (one: unknown): one is Record<string, unknown> => typeof one === 'object' && one !== null;
  if (rest.length > 0) {
    const inner = isObject(there) ? there : {};
    record[key] = inner;
    put(inner, rest, value);
  } else record[key] = isObject(there) && isObject(value) ? { ...there, ...value } : value;
}

const recordOf = (type: RecordType): fc.Arbitrary<FhirRecord & { id: string }> => {
  const parts = parametersOf(type).flatMap(([, parameter]) =>
    parameter.paths.slice(0, 1).flatMap((path) => {
      const element = elementOf(type, parameter, path);
      return element
        ? [
            fc.option(
              element.map((value) => [path, value] as const),
              { nil: undefined },
            ),
          ]
        : [];
    }),
  );
  return fc.tuple(...parts).map((chosen) => {
    const record: Record<string, unknown> = { resourceType: type, id: randomUUID() };
    for (const part of chosen) if (part) put(record, part[0].split('.'), part[1]);
    const about = searchParameters[type]['patient']?.paths[0];
    if (isAboutPerson(type) && type !== 'Patient' && about !== undefined)
      put(record, about.split('.'), { reference: `Patient/${patient}` });
    if (type === 'Provenance') record['target'] = [{ reference: `Patient/${patient}` }];
    if (type === 'Patient') record['managingOrganization'] = reference('Organization', bodies.clinic.id);
    return record as unknown as FhirRecord & { id: string };
  });
};

const escaped = (text: string): string => text.replaceAll(/[\\,|$]/g, String.raw`\$&`);
const hiragana = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[ァ-ヴ]/g, (c) => String.fromCodePoint((c.codePointAt(0) ?? 0) - 0x60));

type Asked = Readonly<{ value: string; fits: (element: unknown) => boolean }>;
/** Every question that an element answers, and which other elements answer it as well. */
function questionsOf({ kind }: Parameter, element: unknown): Asked[] {
  const of = element as Record<string, string | undefined>;
  const text = String(element);
  const token = (
    one: { system?: string; code: string },
    list: (other: unknown) => { system?: string; code?: string }[],
  ): Asked[] => [
    { value: escaped(one.code), fits: (other) => list(other).some(({ code }) => code === one.code) },
    {
      value: `${one.system ?? ''}|${escaped(one.code)}`,
      fits: (other) => list(other).some(({ system, code }) => code === one.code && system === one.system),
    },
    ...(one.system === undefined
      ? []
      : [
          {
            value: `${one.system}|`,
            fits: (other: unknown) => list(other).some(({ system }) => system === one.system),
          },
        ]),
  ];
  switch (kind) {
    case 'concept': {
      type Concept = { coding?: { system?: string; code: string }[] };
      const list = (other: unknown) => (other as Concept).coding ?? [];
      return list(element).flatMap((one) => token(one, list));
    }
    case 'coding':
      return token(element as { code: string }, (other) => [other as { code: string }]);
    case 'identifier': {
      const list = (other: unknown) => {
        const { system, value } = other as { system?: string; value: string };
        return [{ ...(system === undefined ? {} : { system }), code: value }];
      };
      return list(element).flatMap((one) => token(one, list));
    }
    case 'code':
      return [{ value: escaped(text), fits: (other) => other === element }];
    case 'reference':
      return [
        {
          value: of['reference'] ?? '',
          fits: (other) => (other as typeof of)['reference'] === of['reference'],
        },
      ];
    case 'uri':
      return [{ value: text, fits: (other) => other === text || String(other).startsWith(`${text}|`) }];
    case 'date': {
      const start = (other: unknown): string =>
        typeof other === 'string' ? other : ((other as typeof of)['start'] ?? '');
      const day = start(element);
      const whole = (one: string): string => (one.length === 7 ? `${one}-01` : one);
      return [
        { value: day, fits: (other) => start(other).startsWith(day) },
        { value: `lt${day}`, fits: (other) => whole(start(other)) < whole(day) },
        { value: `ne${day}`, fits: (other) => !start(other).startsWith(day) },
      ];
    }
    case 'part':
    case 'text': {
      const words = (other: unknown): string[] =>
        typeof other === 'object' ? Object.values(other as object).map(String) : [other as string];
      const [first = ''] = words(element);
      const begun = hiragana(first).slice(0, 2);
      return [
        {
          value: escaped(begun),
          fits: (other) => words(other).some((word) => hiragana(word).startsWith(begun)),
        },
      ];
    }
    case 'quantity': {
      const { value } = element as { value: number };
      const given = (other: unknown): number => (other as { value: number }).value;
      return [
        { value: `${value.toFixed(2)}||kg`, fits: (other) => Math.abs(given(other) - value) < 0.005 },
        { value: `gt${String(value)}`, fits: (other) => given(other) > value },
      ];
    }
    case 'composite':
    case 'contact':
    case 'exists':
    case 'municipality':
    case 'name':
      return [];
  }
}

test.each(recordTypes.filter((type) => parametersOf(type).length > 0))(
  'a search for what a %s says finds it, and only what says it too, by every parameter',
  async (type) => {
    await fc.assert(
      fc.asyncProperty(fc.array(recordOf(type), { minLength: 3, maxLength: 5 }), async (records) => {
        await load(records);
        const mine = new Set(records.map(({ id }) => id));
        for (const [name, parameter] of parametersOf(type)) {
          const elements = (record: FhirRecord): unknown[] =>
            parameter.paths.flatMap((path) => elementsAt(record, path.split('.')));
          const questions = new Map(
            records
              .flatMap(elements)
              .flatMap((element) =>
                questionsOf(parameter, element).map((asked) => [asked.value, asked] as const),
              ),
          );
          for (const { value, fits } of questions.values()) {
            const found = await open(bodies.actors.doctor, async (r) => {
              const all: { id: string }[] = [];
              for (let next: string | undefined, more = true; more; more = next !== undefined) {
                const page = await r.page(type, [
                  [name, value],
                  ['_count', '200'],
                  ...(next === undefined ? [] : [['_cursor', next] as const]),
                ]);
                all.push(...page.found);
                next = page.next;
              }
              return all.map(({ id }) => id).filter((id) => mine.has(id));
            });
            const wanted = records.filter((record) => elements(record).some(fits)).map(({ id }) => id);
            expect([name, value, found.toSorted()]).toEqual([name, value, wanted.toSorted()]);
          }
        }
      }),
      { numRuns: 3 },
    );
  },
  120_000,
);
