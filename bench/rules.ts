// npm run bench:rules: what the row rules cost. The same reads by the application's role and by one that they do not hold
// for, in turn, in one database and one run: first the statements alone, then whole reads through the store.
import pg from 'pg';
import { appUrl } from '../src/database/database.ts';
import { circleIn } from './circle-in.ts';
import { compare, type Found, type Pair } from './compare.ts';
import { openFilled } from './filled.ts';
import { load, machine } from './machine.ts';
import { readOptions } from './options.ts';
import { readersOf } from './reads.ts';

const options = readOptions(process.env);
const repetitions = Number(process.env['BENCH_REPETITIONS'] ?? 200);
const secret = 'a secret for measuring, of sufficient length';
const endings: (() => Promise<unknown>)[] = [];
async function run(): Promise<void> {
  const opened = await openFilled(options, endings);
  const owner = await connect(opened.ownerUrl);
  const circle = await circleIn(owner, opened.filled.places, opened.program, options.patients);
  const readers = await readersOf(owner, opened.filled, circle);
  const urls = [await unruledUrl(owner, opened.ownerUrl), await appUrl(opened.ownerUrl, secret)] as const;
  const before = load();
  const found: Found[] = [];
  for (const reader of readers)
    for (const read of reader.reads.filter(({ name }) => isWanted(`${reader.who}, ${name}`))) {
      const one = await compare(urls, reader, read, repetitions);
      found.push(one);
      console.error(
        `  ${one.who}, ${one.name}: ${times(one.statements)} statements, ${times(one.store)} store${one.isSame ? '' : ', OTHER ROWS'}`,
      );
    }
  const { rows } = await owner.query<{ tasks: string; patients: string; version: string }>(
    `select (select count(*) from task) as tasks, (select count(*) from patient) as patients, current_setting('server_version') as version`,
  );
  console.log(
    `${machine()}; PostgreSQL ${rows[0]?.version ?? '?'}; ${rows[0]?.patients ?? '?'} patients, ${rows[0]?.tasks ?? '?'} tasks; ${String(repetitions)} times each, one client, in turn; load average ${before} before, ${load()} after.\n`,
  );
  console.log(table(found));
}

async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  endings.push(() => client.end());
  return client;
}

/** A role of this database alone: all that the application's role may do, and no row rule. */
async function unruledUrl(owner: pg.Client, ownerUrl: string): Promise<string> {
  await owner.query(`do $$ begin if not exists (select 1 from pg_roles where rolname = 'tsunagi_bench') then
    create role tsunagi_bench; end if; end $$`);
  await owner.query(`alter role tsunagi_bench login bypassrls password 'bench'`);
  await owner.query(`grant tsunagi_app to tsunagi_bench`);
  // Where the application asks the view with the rule in it, this one asks the table.
  await owner.query(`grant select on patient_key to tsunagi_bench`);
  const url = new URL(ownerUrl);
  url.username = 'tsunagi_bench';
  url.password = 'bench';
  return url.toString();
}

const isWanted = (name: string): boolean =>
  options.only.length === 0 || options.only.some((words) => name.includes(words));

const times = ([without, ruled]: Pair): string => `${(ruled / without).toFixed(2)} ×`;
const ms = (n: number): string => n.toFixed(2);
const noteOf = ({ ofAnybody, isSame }: Found): string =>
  `${ofAnybody === undefined ? '' : `, filter by hand (anybody’s rows: ${ms(ofAnybody)})`}${isSame ? '' : ' — other rows'}`;

function table(found: readonly Found[]): string {
  const head = [
    '| as | read | rows | statement ms: without | with | | database CPU | whole read ms: without | with | | database CPU |',
    '|---|---|---|--:|--:|--:|--:|--:|--:|--:|--:|',
  ];
  const line = (
    who: string,
    name: string,
    rows: string,
    f: Pick<Found, 'statements' | 'cpu' | 'store' | 'storeCpu'>,
  ) =>
    `| ${[who, name, rows, ...f.statements.map(ms), times(f.statements), times(f.cpu), ...f.store.map(ms), times(f.store), times(f.storeCpu)].join(' | ')} |`;
  const sum = (list: readonly Found[], of: 'statements' | 'cpu' | 'store' | 'storeCpu'): Pair => [
    list.reduce((s, f) => s + f[of][0], 0),
    list.reduce((s, f) => s + f[of][1], 0),
  ];
  // A filter written by hand is well or badly planned by chance, so what needs one is in no sum.
  const sums = (who: string, all: readonly Found[]): string => {
    const list = all.filter((f) => f.ofAnybody === undefined && f.isSame);
    return line(who, '**the same rows as they stand**', '', {
      statements: sum(list, 'statements'),
      cpu: sum(list, 'cpu'),
      store: sum(list, 'store'),
      storeCpu: sum(list, 'storeCpu'),
    });
  };
  const lines = [...new Set(found.map((f) => f.who))].flatMap((who) => {
    const theirs = found.filter((f) => f.who === who);
    return [...theirs.map((f) => line(who, f.name + noteOf(f), f.rows.toFixed(0), f)), sums(who, theirs)];
  });
  return [...head, ...lines, sums('everybody', found)].join('\n');
}

try {
  await run();
} finally {
  for (const end of endings.toReversed()) await end();
}
process.exit(0);
