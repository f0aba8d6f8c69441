// npm run bench:withdrawal: what it takes that a consent is taken back while a referral is in progress and groups are
// asked: the whole transaction as the page makes it, each time for another person, in a database of 100,000 tasks.
import { randomInt, randomUUID } from 'node:crypto';
import pg from 'pg';
import { openStore } from '../src/open-store.ts';
import { takeBack } from '../src/consent/service.ts';
import { appUrl, openDatabase } from '../src/database/database.ts';
import { realSurroundings } from '../src/kernel/clock.ts';
import type { Actor } from '../src/kernel/actor.ts';
import { makeChance } from './chance.ts';
import { makeHelped, type Helped } from './circle.ts';
import { circleIn } from './circle-in.ts';
import { cpuOfItsOne } from './compare.ts';
import { put } from './fill.ts';
import { openFilled } from './filled.ts';
import { load, machine } from './machine.ts';
import { readOptions } from './options.ts';

const options = readOptions(process.env);
const repetitions = Number(process.env['BENCH_REPETITIONS'] ?? 20);
const endings: (() => Promise<unknown>)[] = [];

async function run(): Promise<void> {
  const { ownerUrl, filled, program, programs } = await openFilled(options, endings);
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  endings.push(() => owner.end());
  const { places } = filled;
  const circle = await circleIn(owner, places, program, options.patients);
  const database = openDatabase(await appUrl(ownerUrl, 'a secret for measuring, of sufficient length'), 1);
  endings.push(database.close);
  const cpu = await cpuOfItsOne(database);
  const open = openStore({
    ...realSurroundings,
    database,
    programs,
    config: { publicUrl: 'http://localhost', secret: 'a secret for measuring, of sufficient length' },
  });
  // Fresh persons in every run.
  const chance = makeChance(randomInt(1, 2 ** 31));
  const now = new Date();
  const prepare = async (requests: number): Promise<Helped> => {
    const groups = circle.groups.slice(0, requests);
    const resident = circle.residents[0]?.id;
    const one = makeHelped(chance, {
      number: chance.below(999_999),
      places,
      program,
      groups,
      resident,
      at: now,
    });
    await put(owner, one.records, now);
    await owner.query(
      `insert into one_time_link (token_hash, purpose, organization_id, patient_id, task_id, created_at, expires_at, made_by)
       select sha256(id::text::bytea), 'answer-request', owner_id, patient_id, id, now(), now() + interval '14 days', requester_id from task where id = any ($1)`,
      [one.requests],
    );
    return one;
  };

  const [clinic, office] = [places.clinics[0]?.id ?? '', places.offices[0]?.id ?? ''];
  const whoever: readonly (readonly [string, Actor])[] = [
    ['doctor', { role: 'doctor', organization: clinic, ...postAt('doctor', clinic) }],
    ['link worker', { role: 'linkworker', organization: office, ...postAt('linkworker', office) }],
  ].map(([who, actor]) => [
    who as string,
    { ...(actor as Actor), via: 'session', request: 'bench-withdrawal' },
  ]);
  function postAt(role: string, organization: string): { post?: string } {
    const post = places.posts.find((p) => p.role === role && p.organization === organization)?.post;
    return post === undefined ? {} : { post };
  }

  console.log(`${machine()}; load average ${load()} before.\n`);
  console.log(
    '| by | open requests | times | p50 ms | p95 ms | CPU ms each: node | database | statements | notices | mails | ended |',
  );
  console.log('|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|');
  for (const [who, actor] of whoever)
    for (const requests of [1, 5, 20, 40]) {
      const took: number[] = [];
      const statements = new Set<number>();
      let after = '';
      const used = [0, 0] as [node: number, database: number];
      for (let i = -2; i < repetitions; i += 1) {
        const one = await prepare(requests);
        const marks = await counts(owner, one);
        const before = database.statements();
        const [node, backend] = [process.cpuUsage(), cpu()];
        const started = performance.now();
        await open(
          actor,
          (records) => takeBack(records, one.consent, { reason: '本人の申し出', seen: '1' }),
          { once: randomUUID() },
        );
        if (i >= 0) {
          took.push(performance.now() - started);
          const { user, system } = process.cpuUsage(node);
          used[0] += (user + system) / 1000 / repetitions;
          used[1] += (cpu() - backend) / repetitions;
          statements.add(database.statements() - before);
        }
        const left = await counts(owner, one);
        after = [left.notices - marks.notices, left.mails - marks.mails, left.ended].join(' | ');
        if (left.ended !== requests + 1) throw new Error(`Only ${String(left.ended)} tasks ended.`);
      }
      took.sort((a, b) => a - b);
      const at = (share: number): string =>
        (took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0).toFixed(0);
      console.log(
        `| ${who} | ${String(requests)} | ${String(took.length)} | ${at(0.5)} | ${at(0.95)} | ${used[0].toFixed(1)} | ${used[1].toFixed(1)} | ${[...statements].join(', ')} | ${after} |`,
      );
    }
  console.log(`\nload average ${load()} after.`);
}

async function counts(owner: pg.Client, one: Helped): Promise<Record<'notices' | 'mails' | 'ended', number>> {
  const { rows } = await owner.query<Record<'notices' | 'mails' | 'ended', number>>(
    `select (select count(*)::int from notice) as notices, (select count(*)::int from outbox) as mails,
       (select count(*)::int from task where patient_id = $1 and status = 'cancelled') as ended`,
    [one.patient],
  );
  return rows[0] ?? { notices: 0, mails: 0, ended: 0 };
}

try {
  await run();
} finally {
  for (const end of endings.toReversed()) await end();
}
process.exit(0);
