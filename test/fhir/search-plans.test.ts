import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { sightOf } from '../../src/access/sight.ts';
import { numbered } from '../../src/database/sql.ts';
import { concept, systems } from '../../src/fhir/codes.ts';
import { loadRecords, type Loaded } from '../../src/fhir/load.ts';
import { reference } from '../../src/fhir/references.ts';
import { columns, logged } from '../../src/fhir/passing.ts';
import { compileSearch, type Given } from '../../src/fhir/search.ts';
import type { RecordType } from '../../src/fhir/types.ts';
import { makeBodies, type Bodies } from '../support/bodies.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { smallestReferral } from '../support/referral.ts';

/** Persons, each with a referral; of every ten one belongs to the clinic and office that search. */
const persons = 3000;
const families = ['佐藤', '鈴木', '高橋', '伊藤', '渡辺', '斎藤', '加藤', '吉田', '山口', '松本'];

let here: TestDatabase;
let bodies: Bodies;
let client: pg.Client;
const one = { patient: '', request: '', condition: '' };

beforeAll(async () => {
  here = await freshDatabase();
  bodies = await makeBodies(here.owner);
  const records: Loaded[] = [];
  for (let i = 0; i < persons; i += 1) {
    const isOurs = i % 10 === 0;
    const clinic = isOurs ? bodies.clinic : bodies.otherClinic;
    const { patient, answers, consent, request, task } = smallestReferral({
      clinic,
      office: isOurs ? bodies.office : bodies.otherOffice,
    });
    const family = families[Math.floor(i / 10) % families.length] ?? '';
    const condition = {
      resourceType: 'Condition' as const,
      id: randomUUID(),
      subject: reference('Patient', patient.id),
      category: [concept(systems.conditionCategory, 'problem-list-item')],
      code: concept(systems.sdohCategory, `need-${String(i)}`),
    };
    if (isOurs)
      Object.assign(one, { patient: patient.id, request: request.id, condition: `need-${String(i)}` });
    const at = new Date(Date.UTC(2026, 0, 1) + i * 60_000).toISOString();
    const named = {
      ...patient,
      name: [{ family, given: [`子${String(i)}`] }],
      identifier: [{ system: systems.municipality, value: `n-${String(i)}` }],
    };
    const sent = { ...task, status: i % 3 === 0 ? ('requested' as const) : ('completed' as const) };
    for (const record of [named, answers, consent, request, sent, condition])
      records.push({ record, keeper: clinic.id, at });
  }
  client = new pg.Client({ connectionString: here.ownerUrl });
  await client.connect();
  await client.query('begin');
  await loadRecords(client, records, new Date('2026-06-01T00:00:00Z'));
  await client.query('commit');
  await client.query('vacuum analyze');
}, 120_000);
afterAll(async () => {
  await client.end();
  await here.close();
});

type Node = { 'Node Type': string; 'Relation Name'?: string; 'Actual Rows'?: number; Plans?: Node[] };
const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

/** The plan of a search as the application's role runs it, and how many rows it took out of tables and indexes. */
async function planOf(
  type: RecordType,
  query: string,
  { isPassed = false } = {},
): Promise<{ nodes: Node[]; rows: number }> {
  const actor = type === 'Patient' ? bodies.actors.doctor : bodies.actors.linkworker;
  const given: Given = [...new URLSearchParams(query)];
  const search = compileSearch(type, given, { audience: sightOf(actor.role).audience });
  const { text, values } = numbered(
    isPassed
      ? logged(actor, 'search', type, search.rows(columns(type, 'r')), search.count)
      : search.rows('r.content'),
  );
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
  await client.query('begin; set local role tsunagi_app');
  for (const [name, value] of Object.entries(settings))
    await client.query(`select set_config($1, $2, true)`, [`tsunagi.${name}`, value]);
  const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Node }] }>(
    `explain (analyze, format json) ${text}`,
    values,
  );
  await client.query('rollback');
  const nodes = rows[0] ? nodesOf(rows[0]['QUERY PLAN'][0].Plan) : [];
  expect(nodes[0]?.['Actual Rows']).toBeGreaterThan(0);
  const scans = nodes.filter(
    (node) => node['Node Type'].includes('Scan') && !node['Node Type'].includes('Bitmap Index'),
  );
  return { nodes, rows: Math.max(...scans.map((node) => node['Actual Rows'] ?? 0)) };
}
const kinds = (nodes: Node[]): string[] => nodes.map((node) => node['Node Type']);
const wholeTables = (nodes: Node[]): string[] =>
  nodes
    .filter((node) => node['Node Type'] === 'Seq Scan')
    .map((node) => node['Relation Name'] ?? '')
    // A handful of bodies is read whole.
    .filter((table) => !['organization', 'practitioner_role'].includes(table));

const inOrder: readonly (() => [type: RecordType, query: string])[] = [
  () => ['Task', `owner=Organization/${bodies.office.id}&status=requested&_count=20`],
  () => ['Task', `owner=Organization/${bodies.office.id}&status=requested&_count=20&_sort=-_lastUpdated`],
  () => ['Task', `owner:Organization=${bodies.office.id}&_count=20`],
  () => ['Task', `requester=Organization/${bodies.clinic.id}&_count=20`],
];
test.each(inOrder.map((ask, i) => [i, ask] as const))(
  'a list of tasks is one walk along an index, newest first, as long as the page (%i)',
  async (_, ask) => {
    const { nodes, rows } = await planOf(...ask());
    expect(kinds(nodes)).not.toContain('Sort');
    expect(kinds(nodes)).not.toContain('Seq Scan');
    // One more than the page, and one more again to know that a moment is over.
    expect(rows).toBeLessThanOrEqual(22);
  },
);

test.each(inOrder.map((ask, i) => [i, ask] as const))(
  'so is one that is passed on, whose line in the access log is written by the same statement (%i)',
  async (_, ask) => {
    const { nodes, rows } = await planOf(...ask(), { isPassed: true });
    expect(kinds(nodes)).not.toContain('Seq Scan');
    expect(kinds(nodes)).toContain('ModifyTable');
    expect(rows).toBeLessThanOrEqual(22);
  },
);

const ofAnyType: readonly (() => [type: RecordType, query: string])[] = [
  () => ['Task', `requester=${bodies.clinic.id}&_count=20`],
  () => ['Task', `owner=${bodies.office.id}&_count=20`],
  () => ['Task', `owner=${bodies.office.id}&status=requested&_count=20&_sort=-_lastUpdated`],
];
test.each(ofAnyType.flatMap((ask, i) => [false, true].map((isPassed) => [i, isPassed, ask] as const)))(
  'an id without its type is asked in two ways, each as long as the page, and those alone are sorted (%i, passed on: %s)',
  async (_i, isPassed, ask) => {
    const { nodes, rows } = await planOf(...ask(), { isPassed });
    expect(kinds(nodes)).not.toContain('Seq Scan');
    const sorted = nodes.filter((node) => node['Node Type'] === 'Sort');
    expect(Math.max(...sorted.map((node) => node['Actual Rows'] ?? 0))).toBeLessThanOrEqual(22);
    const ofTasks = nodes.filter(
      (node) => node['Node Type'].includes('Scan') && node['Relation Name'] === 'task',
    );
    expect(ofTasks.length).toBeGreaterThan(1);
    // The walk along the index of the column, and what is held, of which there is nothing.
    expect(rows).toBeLessThanOrEqual(22);
  },
);

const byIndex: readonly (() => [type: RecordType, query: string])[] = [
  () => ['Patient', 'name=佐藤&_count=20'],
  () => ['Patient', 'family=佐藤&given=子1000'],
  () => ['Patient', `identifier=${systems.municipality}|n-10`],
  () => ['Patient', 'identifier=n-10&birthdate=1941-03-04'],
  () => ['Patient', `_id=${one.patient}`],
  () => ['Task', `patient=${one.patient}`],
  () => ['Task', `focus=ServiceRequest/${one.request}`],
  () => ['Task', 'patient.identifier=n-10'],
  () => ['Task', 'patient.name=佐藤'],
  () => ['Patient', '_has:Task:patient:focus=ServiceRequest/' + one.request],
  () => ['Condition', `code=${one.condition}`],
  () => ['Condition', `patient=${one.patient}&category=problem-list-item`],
  () => ['ServiceRequest', `patient=${one.patient}&status=active`],
  () => ['QuestionnaireResponse', `patient=${one.patient}`],
];
test.each(byIndex.map((ask, i) => [i, ask] as const))(
  'what is found by a name, a number or a person is found by an index (%i)',
  async (_, ask) => {
    const [type, query] = ask();
    const { nodes, rows } = await planOf(type, query);
    expect([query, wholeTables(nodes)]).toEqual([query, []]);
    // No more than the persons of one clinic, or of one family.
    expect(rows).toBeLessThanOrEqual(persons / 10);
  },
);

test('a page of a name is the newest of the body’s own persons of that name; the rule is asked of no more than are shown', async () => {
  const { audience, items, own } = sightOf(bodies.actors.doctor.role);
  const settings = {
    organization: bodies.clinic.id,
    audience,
    items: items.join(','),
    own: own.join(','),
    patient: '',
    post: '',
  };
  await client.query('begin; set local role tsunagi_app');
  for (const [name, value] of Object.entries(settings))
    await client.query(`select set_config($1, $2, true)`, [`tsunagi.${name}`, value]);
  const asked = async (text: string, values: unknown[]): Promise<string[]> =>
    (await client.query<{ id: string }>(text, values)).rows.map((row) => row.id);
  const scans = async (): Promise<number> =>
    Number(
      (await asked(`select pg_stat_get_xact_numscans('sight_of_patient'::regclass)::text as id`, []))[0],
    );
  const before = await scans();
  const page = await asked(`select id from persons_named($1, 21) id`, ['佐藤']);
  expect((await scans()) - before).toBe(21);
  const all = await asked(`select id from persons_named($1) id`, ['佐藤']);
  const newest = await asked(
    `select id from patient where strpos(name, ' 佐藤') > 0 order by updated_at desc, id`,
    [],
  );
  await client.query('rollback');
  expect(newest).toHaveLength(persons / 100);
  expect(all).toEqual(newest);
  expect(page).toEqual(newest.slice(0, 21));
});
