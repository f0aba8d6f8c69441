// npm run bench:peer: the same steps as were measured of a peer, beside the peer's figures. See docs/performance.md.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { openFilled } from './filled.ts';
import { floorOf } from './floor.ts';
import { cpuOf, load, machine, memoryOf } from './machine.ts';
import { measure, withReport, type Measured, type Step } from './measure.ts';
import { readOptions } from './options.ts';
import { peer, peerSteps } from './peer-steps.ts';
import { startServer } from './processes.ts';

/** Connections at once, and how often all steps are gone through; the middle of each counts. */
const [clients, passes] = [32, Number(process.env['BENCH_PASSES'] ?? 3)];
const floorName = 'floor: bare Express 5, POST of 2 kB JSON';
const options = readOptions(process.env);
const endings: (() => Promise<unknown>)[] = [];

type Row = Measured & { memory: number };

async function run(): Promise<void> {
  const opened = await openFilled(options, endings);
  const { ownerUrl } = opened;
  const mails = fs.mkdtempSync(path.join(os.tmpdir(), 'tsunagi-bench-'));
  endings.push(() => fs.promises.rm(mails, { recursive: true, force: true }));
  const bare = await startServer('bench/bare.ts', {});
  endings.push(bare.stop);
  const server = await startServer('src/main.ts', { DATABASE_URL: ownerUrl, DATA_DIR: mails });
  endings.push(server.stop);
  const owner = new pg.Pool({ connectionString: ownerUrl, max: 2 });
  endings.push(() => owner.end());
  const database = async (): Promise<number | undefined> => {
    const { rows } = await owner.query<{ pid: number }>('select pid from pg_stat_activity');
    return cpuOf(rows.map((row) => row.pid));
  };
  const isWanted = ({ name }: Step): boolean =>
    name === floorName || options.only.length === 0 || options.only.some((words) => name.includes(words));
  const steps = [
    ...floorOf(bare.port, ownerUrl, owner).filter(({ name }) => name === floorName),
    ...(await peerSteps(server.port, owner, opened)),
  ].filter(isWanted);
  const before = load();
  const found = new Map<string, Row[]>();
  // Whatever else the machine does meanwhile meets every step alike.
  for (let pass = 0; pass < passes; pass += 1)
    for (const step of steps) {
      const pid = step.name === floorName ? bare.pid : server.pid;
      const one = await measure(step, clients, options.seconds, { node: () => cpuOf([pid]), database });
      found.set(step.name, [
        ...(found.get(step.name) ?? []),
        { ...one, memory: memoryOf(pid) ?? Number.NaN },
      ]);
      console.error(
        `  ${step.name}: ${one.rate.toFixed(0)}/s, p99 ${one.p99.toFixed(1)} ms, errors ${String(one.errors)}`,
      );
    }
  const memory = Math.max(
    ...[...found].flatMap(([name, rows]) => (name === floorName ? [] : rows)).map((r) => r.memory),
  );
  const report = [
    `Measured with \`npm run bench:peer\` on ${new Date().toISOString().slice(0, 10)}. ${machine()}. ${String(clients)} connections, ${String(passes)} passes of ${String(options.seconds)} s a step, the middle one; ${String(options.patients)} patients, ${String(options.tasks)} tasks; load average ${before} before, ${load()} after. Memory of the server at most ${memory.toFixed(0)} MiB (the peer's: ${String(peer.memory)}).`,
    table([...found].map(([name, rows]) => [name, rows])),
    `The peer: ${peer.what}.`,
  ].join('\n\n');
  console.log(report);
  if (options.report !== undefined)
    fs.writeFileSync(
      options.report,
      withReport(fs.readFileSync(options.report, 'utf8'), report, '<!-- bench:peer -->'),
    );
}

const middle = (list: readonly number[]): number =>
  list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? Number.NaN;

function table(found: readonly (readonly [string, readonly Row[]])[]): string {
  const floor = middle(found.find(([name]) => name === floorName)?.[1].map((r) => r.rate) ?? []);
  const head = [
    '| step | requests/s | the peer | ratio | wanted | of the floor | p50 ms | p95 | the peer’s p95 | p99 | errors | CPU ms each: node | database |',
    '|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|',
  ];
  const lines = found.map(([name, rows]) => {
    const of = (field: (row: Row) => number | undefined): number =>
      middle(rows.map((r) => field(r) ?? Number.NaN));
    const theirs = peer.steps[name];
    const rate = of((r) => r.rate);
    const errors = rows.reduce((sum, r) => sum + r.errors, 0);
    return [
      name,
      rate.toFixed(0),
      theirs ? String(theirs.rate) : '',
      theirs ? `${(rate / theirs.rate).toFixed(1)} ×` : '',
      theirs ? `${String(theirs.wanted)} ×` : '',
      (rate / floor).toFixed(2),
      of((r) => r.p50).toFixed(1),
      of((r) => r.p95).toFixed(1),
      theirs ? String(theirs.p95) : '',
      of((r) => r.p99).toFixed(1),
      String(errors),
      of((r) => r.cpu[0]).toFixed(2),
      of((r) => r.cpu[1]).toFixed(2),
    ].join(' | ');
  });
  return [...head, ...lines.map((line) => `| ${line} |`)].join('\n');
}

try {
  await run();
} finally {
  for (const end of endings.toReversed()) await end();
}
process.exit(0);
