import fs from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { searchParameters, type Parameter } from '../../src/fhir/parameters.ts';
import { foundIn, historyOf, isAboutPerson, tableOf } from '../../src/fhir/tables.ts';
import { recordTypes } from '../../src/fhir/types.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { dumpSchema } from './dump.ts';

let here: TestDatabase;
type Column = { table_name: string; column_name: string; udt_name: string; is_generated: string };
let columns: Column[];
let indexes: { table: string; definition: string }[];
beforeAll(async () => {
  here = await freshDatabase();
  ({ rows: columns } = await here.owner.query<Column>(
    `select table_name, column_name, udt_name, is_generated from information_schema.columns where table_schema = 'public'`,
  ));
  ({ rows: indexes } = await here.owner.query<(typeof indexes)[number]>(
    `select tablename as table, indexdef as definition from pg_indexes where schemaname = 'public'`,
  ));
});
afterAll(() => here.close());

const types: Readonly<Record<Parameter['kind'], string>> = {
  code: 'text',
  tokens: '_text',
  reference: 'uuid',
  references: '_text',
  name: 'text',
  day: 'text',
  instant: 'timestamptz',
  phone: '_text',
  uri: 'text',
  municipality: '_text',
};
/** Every value of these is looked for among all rows; the others narrow what one of these has found. */
const indexed: readonly Parameter['kind'][] = [
  'tokens',
  'reference',
  'references',
  'name',
  'phone',
  'municipality',
];
const given = recordTypes.flatMap((type) =>
  Object.entries(searchParameters[type]).map(([name, parameter]) => [type, name, parameter] as const),
);

describe('every search parameter', () => {
  test.each(given)('%s?%s has a column that PostgreSQL derives itself', (type, _name, parameter) => {
    const column = columns.find(
      (c) => c.table_name === tableOf(type).replaceAll('"', '') && c.column_name === parameter.column,
    );
    expect(column).toMatchObject({ udt_name: types[parameter.kind], is_generated: 'ALWAYS' });
    if (isAboutPerson(type))
      expect(columns.some((c) => c.table_name === foundIn(type) && c.column_name === parameter.column)).toBe(
        true,
      );
  });

  test.each(given.filter(([, , { kind }]) => indexed.includes(kind)))(
    '%s?%s has an index',
    (type, _name, parameter) => {
      const of = indexes
        .filter((i) => i.table === tableOf(type).replaceAll('"', ''))
        .map((i) => i.definition);
      const leads = new RegExp(String.raw`\((?:"?${parameter.column}"?)(?:[ ,)]|$)`);
      expect(of.some((definition) => leads.test(definition))).toBe(true);
    },
  );
});

test('every type has its history, and everything about a person is behind row rules that leave nothing out', async () => {
  const { rows } = await here.owner.query<{ relname: string; rules: boolean }>(
    `select relname, relrowsecurity as rules from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`,
  );
  const rules = new Map(rows.map((row) => [row.relname, row.rules]));
  for (const type of recordTypes) {
    expect([type, rules.get(tableOf(type).replaceAll('"', ''))]).toEqual([type, true]);
    expect([type, rules.get(historyOf(type))]).toEqual([type, true]);
    if (!isAboutPerson(type)) continue;
    const item = columns.find(
      (c) => c.table_name === tableOf(type).replaceAll('"', '') && c.column_name === 'item',
    );
    expect(item?.is_generated).toBe('ALWAYS');
  }
});

test('the application’s role owns nothing and cannot pass the row rules', async () => {
  const { rows } = await here.owner.query(
    `select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb as mighty, (select count(*)::int from pg_class c where c.relowner = r.oid) as owns
     from pg_roles r where rolname = 'tsunagi_app'`,
  );
  expect(rows).toEqual([{ mighty: false, owns: 0 }]);
});

test('the schema is the one that was reviewed (npm run schema writes it anew)', async () => {
  const client = new pg.Client({ connectionString: here.ownerUrl });
  await client.connect();
  try {
    expect(await dumpSchema(client)).toBe(fs.readFileSync('test/database/schema.sql', 'utf8'));
  } finally {
    await client.end();
  }
});
