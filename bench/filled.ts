import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startEmbedded } from '../src/database/embedded.ts';
import { migrate } from '../src/database/migrate.ts';
import { loadPrograms } from '../src/programs/load.ts';
import type { Program } from '../src/programs/program.ts';
import { publishForms } from '../src/programs/publish.ts';
import { fill, type Filled } from './fill.ts';
import type { Options } from './options.ts';

export type Opened = Readonly<{
  ownerUrl: string;
  programs: readonly Program[];
  program: Program;
  filled: Filled;
}>;

/** A migrated database with the invented persons in it; what has to be stopped afterwards is added to `endings`. */
export async function openFilled(options: Options, endings: (() => Promise<unknown>)[]): Promise<Opened> {
  const { patients, tasks } = options;
  const ownerUrl = await openOwnDatabase(options, endings);
  await migrate(ownerUrl);
  const programs = await loadPrograms('forms');
  const [program] = programs;
  if (!program) throw new Error('There is no program in forms/.');
  await publishForms(ownerUrl, programs, new Date());
  console.error(`Filling: ${String(patients)} persons, ${String(tasks)} tasks`);
  const filled = await fill(ownerUrl, program, { patients, tasks });
  console.error(`Filled or found in ${filled.seconds.toFixed(0)} s`);
  return { ownerUrl, programs, program, filled };
}

async function openOwnDatabase(
  { databaseUrl, directory }: Options,
  endings: (() => Promise<unknown>)[],
): Promise<string> {
  if (databaseUrl !== undefined) return databaseUrl;
  const folder = directory ?? fs.mkdtempSync(path.join(os.tmpdir(), 'tsunagi-bench-pg-'));
  fs.mkdirSync(folder, { recursive: true });
  fs.chmodSync(folder, 0o711);
  const server = await startEmbedded({ directory: path.join(folder, 'pg') });
  if (directory === undefined) endings.push(() => fs.promises.rm(folder, { recursive: true, force: true }));
  endings.push(server.stop);
  return server.url;
}
