// npm run bench: measures the product on this machine and prints a table. See docs/performance.md.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { openFilled } from './filled.ts';
import { floorOf } from './floor.ts';
import { cpuOf, load, machine, memoryOf } from './machine.ts';
import { markdown, measure, withReport, type Measured, type Step } from './measure.ts';
import { readOptions, type Options } from './options.ts';
import { startServer } from './processes.ts';
import { stepsOf } from './steps.ts';

const options = readOptions(process.env);
const endings: (() => Promise<unknown>)[] = [];
try {
  await run(options);
} finally {
  for (const end of endings.toReversed()) await end();
}
process.exit(0);

async function run({ patients, tasks, seconds, clients, only, report }: Options): Promise<void> {
  const { ownerUrl, program, filled } = await openFilled(options, endings);

  const mailDirectory = fs.mkdtempSync(path.join(os.tmpdir(), 'tsunagi-bench-'));
  endings.push(() => fs.promises.rm(mailDirectory, { recursive: true, force: true }));
  const bare = await startServer('bench/bare.ts', {});
  endings.push(bare.stop);
  const started = performance.now();
  const server = await startServer('src/main.ts', { DATABASE_URL: ownerUrl, DATA_DIR: mailDirectory });
  endings.push(server.stop);
  const startSeconds = (performance.now() - started) / 1000;

  const owner = new pg.Pool({ connectionString: ownerUrl, max: 2 });
  endings.push(() => owner.end());
  const product = await stepsOf({ port: server.port, filled, program });
  const floor = floorOf(bare.port, ownerUrl, owner);
  const wanted = (step: Step): boolean =>
    only.length === 0 || only.some((words) => step.name.includes(words));
  const meters = {
    node: () => cpuOf([server.pid]),
    database: async () => {
      const { rows } = await owner.query<{ pid: number }>('select pid from pg_stat_activity');
      return cpuOf(rows.map((row) => row.pid));
    },
  };
  const floorMeters = { ...meters, node: () => cpuOf([bare.pid]) };
  const before = load();
  const results: Measured[] = [];
  for (const [steps, reading] of [
    [floor, floorMeters],
    [product, meters],
  ] as const)
    for (const step of steps.filter(wanted))
      for (const count of clients) {
        const result = await measure(step, count, seconds, reading);
        results.push(result);
        console.error(
          `  ${step.name}, ${String(count)}: ${result.rate.toFixed(0)}/s, p95 ${result.p95.toFixed(1)} ms, errors ${String(result.errors)}`,
        );
      }

  const { rows } = await owner.query<{ version: string }>(
    `select current_setting('server_version') as version`,
  );
  const { rows: durable } = await owner.query<{ s: string }>(
    `select current_setting('fsync') || '/' || current_setting('synchronous_commit') as s`,
  );
  const day = new Date().toISOString().slice(0, 10);
  const found = [
    `Measured with \`npm run bench\` on ${day}. ${machine()}; PostgreSQL ${rows[0]?.version ?? '?'}, fsync/synchronous_commit ${durable[0]?.s ?? '?'}. ${String(patients)} patients, ${String(tasks)} tasks, ${String(seconds)} s a step; load and server share the machine; load average ${before} before, ${load()} after. Server started in ${startSeconds.toFixed(1)} s; memory after the run ${memoryOf(server.pid)?.toFixed(0) ?? '?'} MiB.`,
    markdown(results),
  ].join('\n\n');
  console.log(found);
  if (report !== undefined) fs.writeFileSync(report, withReport(fs.readFileSync(report, 'utf8'), found));
}
