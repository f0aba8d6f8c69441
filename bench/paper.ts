// npm run bench:paper: what a sheet costs. Filled forms one by one when warm, then the sheets of a hundred people in one file
// by the job runner's own way: gathered through the store as the clinic's doctor, drawn in a thread, kept in the database.
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { appUrl, openDatabase } from '../src/database/database.ts';
import { questionnaireSketch } from '../src/documents/questionnaire-sheet.ts';
import { sheetId } from '../src/documents/printed.ts';
import { drawAlone, pagesIn } from '../src/documents/sheet.ts';
import { readQuestionnaire } from '../src/intake/form.ts';
import { questionnaireData } from '../src/intake/sheet.ts';
import { silentLog } from '../src/kernel/log.ts';
import { openStore } from '../src/open-store.ts';
import type { ReadPatient } from '../src/people/record.ts';
import { readPatient } from '../src/people/record.ts';
import { carryOnPrinting } from '../src/printing/runner.ts';
import { loadPrograms } from '../src/programs/load.ts';
import { questionsOf } from '../src/programs/items.ts';
import type { Program } from '../src/programs/program.ts';
import { openFilled } from './filled.ts';
import { load, machine, memoryOf } from './machine.ts';
import { readOptions } from './options.ts';

const options = readOptions({ BENCH_PATIENTS: '2000', BENCH_TASKS: '500', ...process.env });
const people = Number(process.env['BENCH_PEOPLE'] ?? 100);
const times = 30;
const endings: (() => Promise<unknown>)[] = [];

type Row = Readonly<{ what: string; pages: number; bytes: number; milliseconds: number; memory?: number }>;

const middle = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

/** The screening of a program with an answer to every question. */
async function filledForm(program: Program, person: ReadPatient): Promise<Row> {
  const answers = Object.fromEntries(
    [...questionsOf(program.screening)].map(([id, item]) => {
      const first = item.answerOption?.[0]?.valueCoding?.code;
      return [id, [first ?? (item.type === 'boolean' ? 'true' : item.type === 'date' ? '2026-11-01' : '3')]];
    }),
  );
  const model = readQuestionnaire(program.screening, 'ja');
  const data = questionnaireData({
    model,
    program,
    person,
    answers,
    now: new Date('2026-11-20'),
    language: 'ja',
    sheetId: sheetId({ kind: 'answers', language: 'ja' }),
  });
  const sketch = questionnaireSketch(data);
  const taken: number[] = [];
  let bytes = 0;
  for (let i = 0; i < times; i++) {
    const began = performance.now();
    bytes = (await drawAlone(sketch)).length;
    taken.push(performance.now() - began);
  }
  return {
    what: `${program.name.ja}の問診票`,
    pages: pagesIn(sketch),
    bytes,
    milliseconds: middle(taken.slice(5)),
  };
}

async function batch(ownerUrl: string, programs: readonly Program[]): Promise<Row> {
  const pool = new pg.Pool({ connectionString: ownerUrl });
  endings.push(() => pool.end());
  const database = openDatabase(await appUrl(ownerUrl, 'a secret for measuring, of sufficient length'), 4);
  endings.push(() => database.close());
  const publicUrl = 'http://localhost';
  const store = {
    now: () => new Date(),
    newId: randomUUID,
    database,
    programs,
    config: { publicUrl, secret: 'a secret for measuring, of sufficient length' },
  };
  const job = randomUUID();
  await pool.query(
    `with who as (select a.* from account a where a.role = 'doctor' order by a.created_at limit 1),
     job as (insert into print_job (id, account_id, organization_id, role, post_id, request, language, sheets, people, started_at)
       select $1, id, organization_id, role, post_id, 'bench', 'ja', '{questionnaire-blank,answers,consent,referral}', $2, now() from who
       returning id, organization_id)
     insert into print_person (job, nth, patient_id, name)
     select job.id, row_number() over (), p.id, p.id::text from job, lateral (
       select id from patient where organization_id = job.organization_id limit $2) p`,
    [job, people],
  );
  const atStart = memoryOf(process.pid) ?? 0;
  const cpuBefore = process.cpuUsage();
  let memory = 0;
  const watching = setInterval(() => (memory = Math.max(memory, memoryOf(process.pid) ?? 0)), 100);
  const began = performance.now();
  await carryOnPrinting({
    pool,
    open: openStore(store),
    programs,
    publicUrl,
    log: silentLog(),
    isStopping: () => false,
  });
  const milliseconds = performance.now() - began;
  clearInterval(watching);
  const { user, system } = process.cpuUsage(cpuBefore);
  console.error(
    `  CPU ${((user + system) / 1000).toFixed(0)} ms of this process; memory ${atStart.toFixed(0)} MiB when it began`,
  );
  const { rows } = await pool.query<{ status: string; fault: string | null; content: Buffer | null }>(
    `select status, fault, content from print_job left join print_file on job = id where id = $1`,
    [job],
  );
  const { status, fault, content } = rows[0] ?? {};
  if (status !== 'done' || !content) throw new Error(`The job did not end well: ${fault ?? status ?? '?'}`);
  const pages = content.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;
  return {
    what: `${String(people)} people, four sheets each`,
    pages,
    bytes: content.length,
    milliseconds,
    memory,
  };
}

async function run(): Promise<void> {
  const { ownerUrl, programs } = await openFilled(options, endings);
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  const { rows } = await client.query<{ content: Parameters<typeof readPatient>[0] }>(
    'select content from patient limit 1',
  );
  await client.end();
  const person = rows[0] && readPatient(rows[0].content);
  if (!person) throw new Error('There is nobody in the database.');
  const before = load();
  const found: Row[] = [];
  for (const program of programs) found.push(await filledForm(program, person));
  found.push(await batchAlone(ownerUrl));
  console.log(`${machine()}; load average ${before} before, ${load()} after.\n`);
  console.log('| what | pages | kB | ms | memory MiB |\n|---|--:|--:|--:|--:|');
  for (const { what, pages, bytes, milliseconds, memory } of found)
    console.log(
      `| ${what} | ${String(pages)} | ${(bytes / 1000).toFixed(0)} | ${milliseconds.toFixed(0)} | ${memory === undefined ? '' : memory.toFixed(0)} |`,
    );
}

/** In a process of its own, as the server is one: its memory is what the job takes. */
const batchAlone = (ownerUrl: string): Promise<Row> =>
  new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url), ['batch', ownerUrl]);
    let row: Row | undefined;
    child.once('message', (message) => {
      row = message as Row;
    });
    // Its connections are closed before the database stops.
    child.once('exit', (code) => {
      if (row) resolve(row);
      else reject(new Error(`The batch ended with ${String(code)}.`));
    });
  });

const [, , part, given] = process.argv;
try {
  if (part === 'batch' && given !== undefined)
    process.send?.(await batch(given, await loadPrograms('forms')));
  else await run();
} finally {
  for (const ending of endings.toReversed()) await ending();
}
