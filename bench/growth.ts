// npm run bench:growth: whether a search takes longer for more records than it shows. One database grows from 10,000 to
// 100,000 to 1,000,000 tasks, and the same searches are asked of each. See docs/performance.md.
import pg from 'pg';
import { sightOf } from '../src/access/sight.ts';
import { appUrl, openDatabase, type Database } from '../src/database/database.ts';
import { numbered } from '../src/database/sql.ts';
import { columns, logged, makePassing } from '../src/fhir/passing.ts';
import { compileSearch, type Given } from '../src/fhir/search.ts';
import { settingsOf } from '../src/fhir/store.ts';
import type { RecordType } from '../src/fhir/types.ts';
import type { Actor } from '../src/kernel/actor.ts';
import { fill, type Filled } from './fill.ts';
import { openFilled } from './filled.ts';
import { cpuOfItsOne } from './compare.ts';
import { load, machine } from './machine.ts';
import { readOptions } from './options.ts';

const sizes = (process.env['BENCH_SIZES'] ?? '10000,100000,1000000').split(',').map(Number);
const tasksEach = 5;
const repetitions = Number(process.env['BENCH_REPETITIONS'] ?? 60);
const secret = 'a secret for measuring, of sufficient length';
const endings: (() => Promise<unknown>)[] = [];

type Asked = Readonly<{ name: string; as: Actor; type: RecordType; given: (i: number) => Given }>;
type Measured = Readonly<{ median: number; cpu: number; shown: number; touched: number }>;

async function run(): Promise<void> {
  const [first = 0, ...more] = sizes;
  const options = { ...readOptions(process.env), patients: first / tasksEach, tasks: first };
  const opened = await openFilled(options, endings);
  const database = openDatabase(await appUrl(opened.ownerUrl, secret), 1);
  endings.push(() => database.close());
  const owner = new pg.Client({ connectionString: opened.ownerUrl });
  await owner.connect();
  endings.push(() => owner.end());
  const table = new Map<string, Measured[]>();
  const measureAll = async (filled: Filled, size: number): Promise<void> => {
    for (const asked of searches(filled)) {
      const one = await measure(database, owner, asked);
      table.set(asked.name, [...(table.get(asked.name) ?? []), one]);
      console.error(`  ${String(size)}: ${asked.name}: ${shownAs(one)}`);
    }
  };
  const before = load();
  await measureAll(opened.filled, first);
  let held = first;
  for (const size of more) {
    const wanted = { patients: size / tasksEach, tasks: size, beyond: held / tasksEach };
    const filled = await fill(opened.ownerUrl, opened.program, wanted);
    console.error(`Grown to ${String(size)} tasks in ${filled.seconds.toFixed(0)} s`);
    await measureAll(filled, size);
    held = size;
  }
  console.log(
    [
      `${machine()}; ${String(repetitions)} times each, one client; load average ${before} before, ${load()} after. Milliseconds in the middle (database CPU; records shown; rows looked at in the largest step of the plan).`,
      [
        `| search | ${sizes.map((size) => `${size.toLocaleString('en')} tasks`).join(' | ')} |`,
        `|---|${sizes.map(() => '--:').join('|')}|`,
        ...[...table].map(([name, found]) => `| ${name} | ${found.map(shownAs).join(' | ')} |`),
      ].join('\n'),
    ].join('\n\n'),
  );
}

const shownAs = ({ median, cpu, shown, touched }: Measured): string =>
  `${median.toFixed(1)} (${cpu.toFixed(1)}; ${String(shown)}; ${String(touched)})`;

function searches({ places, persons }: Filled): Asked[] {
  const [clinic, office] = [places.clinics[0]?.id ?? '', places.offices[0]?.id ?? ''];
  const actor = (role: 'doctor' | 'linkworker', organization: string): Actor => ({
    role,
    organization,
    post: places.posts.find((p) => p.role === role && p.organization === organization)?.post ?? '',
    via: 'token',
    request: 'bench-growth',
  });
  const [doctor, linkworker] = [actor('doctor', clinic), actor('linkworker', office)];
  // Persons of the first clinic who are there at every size, each time another.
  const nth = (i: number) => persons[i % Math.min(40, persons.length)]?.patient;
  const person = (i: number): string => nth(i)?.id ?? '';
  const page = ['_count', '20'] as const;
  return [
    {
      name: 'Task by owner and status, newest 20',
      as: linkworker,
      type: 'Task',
      given: () => [['owner', `Organization/${office}`], ['status', 'requested'], page],
    },
    {
      name: 'Task by requester and two statuses, newest 20',
      as: doctor,
      type: 'Task',
      given: () => [['requester', clinic], ['status', 'requested,in-progress'], page],
    },
    {
      name: 'Task by status, newest 20',
      as: linkworker,
      type: 'Task',
      given: () => [['status', 'requested'], page],
    },
    { name: 'Task of a person', as: doctor, type: 'Task', given: (i) => [['patient', person(i)], page] },
    {
      name: 'ServiceRequest of a person',
      as: doctor,
      type: 'ServiceRequest',
      given: (i) => [['patient', person(i)], page],
    },
    {
      name: 'Task changed since an hour of the future, none',
      as: linkworker,
      type: 'Task',
      given: () => [['_lastUpdated', `ge${new Date(Date.now() + 3_600_000).toISOString()}`], page],
    },
    {
      name: 'Patient by name, newest 20',
      as: doctor,
      type: 'Patient',
      given: () => [['name', '佐藤'], page],
    },
    {
      name: 'Patient by name and birth date',
      as: doctor,
      type: 'Patient',
      given: (i) => [['name', '佐藤'], ['birthdate', nth(i)?.birthDate ?? ''], page],
    },
  ];
}

async function measure(database: Database, owner: pg.Client, asked: Asked): Promise<Measured> {
  const { as, type, given } = asked;
  const passing = makePassing({ database, sightOf })(as);
  const took: number[] = [];
  let shown = 0;
  const cpu = await cpuOfItsOne(database);
  let since = cpu();
  for (let i = -15; i < repetitions; i += 1) {
    if (i === 0) since = cpu();
    const started = performance.now();
    const page = await passing.page(type, given(Math.abs(i)), {});
    if (i >= 0) took.push(performance.now() - started);
    shown = Math.max(shown, page?.found.length ?? 0);
  }
  const used = (cpu() - since) / repetitions;
  const median = took.toSorted((a, b) => a - b)[Math.floor(took.length / 2)] ?? Number.NaN;
  return { median, cpu: used, shown, touched: await rowsTouched(owner, asked) };
}

type Node = {
  'Node Type': string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: Node[];
};
const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

/** Rows that the largest scan of the plan reads, those left out by a filter included. */
async function rowsTouched(owner: pg.Client, { as, type, given }: Asked): Promise<number> {
  const search = compileSearch(type, given(0), { audience: sightOf(as.role).audience });
  const { text, values } = numbered(
    logged(as, 'search', type, search.rows(columns(type, 'r')), search.count),
  );
  await owner.query('begin; set local role tsunagi_app');
  for (const [name, value] of Object.entries(settingsOf(as, sightOf)))
    await owner.query('select set_config($1, $2, true)', [name, value]);
  const { rows } = await owner.query<{ 'QUERY PLAN': [{ Plan: Node }] }>(
    `explain (analyze, timing off, format json) ${text}`,
    values,
  );
  await owner.query('rollback');
  const plan = rows[0]?.['QUERY PLAN'][0].Plan;
  const read = (node: Node): number =>
    (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'];
  return Math.round(
    Math.max(0, ...(plan ? nodesOf(plan) : []).filter((n) => n['Node Type'].includes('Scan')).map(read)),
  );
}

try {
  await run();
} finally {
  for (const end of endings.toReversed()) await end();
}
process.exit(0);
