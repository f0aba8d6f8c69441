import fs from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { searchParameters, type Parameter } from '../../src/fhir/parameters.ts';
import { foundIn, historyOf, isAboutPerson, tableOf } from '../../src/fhir/tables.ts';
import { recordTypes, type RecordType } from '../../src/fhir/types.ts';
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

const plain = (type: RecordType): string => tableOf(type).replaceAll('"', '');
const typeOfColumn = ({ kind, column }: Parameter): string => {
  if (kind === 'reference') return 'uuid';
  if (kind === 'municipality') return '_text';
  return kind === 'date' && column !== 'birth_date' ? 'timestamptz' : 'text';
};
const given = recordTypes.flatMap((type) =>
  Object.entries(searchParameters[type]).map(([name, parameter]) => [type, name, parameter] as const),
);

describe('every search parameter', () => {
  test.each(given.filter(([, , { column }]) => column !== undefined))(
    '%s?%s has a column that PostgreSQL derives itself, and the view of what is found has it',
    (type, _name, parameter) => {
      for (const table of [plain(type), foundIn(type)]) {
        const column = columns.find((c) => c.table_name === table && c.column_name === parameter.column);
        expect(column?.udt_name).toBe(typeOfColumn(parameter));
        if (table === plain(type)) expect(column?.is_generated).toBe('ALWAYS');
      }
    },
  );

  test.each(given.filter(([, , { isHeld }]) => isHeld))(
    '%s?%s is among what the record can be found by',
    async (type, name, { kind, paths, columnOf }) => {
      const { rows } = await here.owner.query<{ source: string }>(
        'select prosrc as source from pg_proc where proname = $1',
        [`found_in_${plain(type)}`],
      );
      const called = kind === 'contact' ? 'found_contacts(' : `'${name}', `;
      for (const path of paths) {
        const below = kind === 'concept' ? `${path}.coding` : path;
        const list = `jsonb_path_query_array(content, '$.${below.replaceAll(/\w+/g, '"$&"')}[*]')`;
        expect(rows[0]?.source).toContain(`${called}${list}`);
        if (columnOf !== undefined) expect(rows[0]?.source).toContain(`${called}${list}, '${columnOf}')`);
      }
    },
  );

  test.each(recordTypes)('%s has one index of all that, and one of each reference with a column', (type) => {
    const of = indexes.filter((i) => i.table === plain(type)).map((i) => i.definition);
    expect(of.some((definition) => definition.includes('gin (found)'))).toBe(true);
    for (const { kind, column } of Object.values(searchParameters[type]))
      if (kind === 'reference' && column !== undefined && !(type === 'Patient' && column === 'patient_id'))
        expect([column, of.some((definition) => definition.includes(`(${column}`))]).toEqual([column, true]);
  });
});

test('as what a file is opened its label says, whatever is written beside it', async () => {
  const { rows } = await here.owner.query<{ definition: string }>(
    `select pg_get_triggerdef(oid) as definition from pg_trigger where tgrelid = '"binary"'::regclass and tgname = 'aa_item'`,
  );
  expect(rows.map((row) => row.definition)).toEqual([
    expect.stringMatching(/BEFORE INSERT OR UPDATE ON .*FOR EACH ROW EXECUTE FUNCTION binary_item\(\)/),
  ]);
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
    // That of a file says its label, and is set by the table itself (0067).
    expect([type, item?.is_generated]).toEqual([type, type === 'Binary' ? 'NEVER' : 'ALWAYS']);
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
