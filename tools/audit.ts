// The access log for whoever inspects it: verify it, export it, or note its heads for safekeeping elsewhere.
//   npm run audit:verify [-- export.jsonl] [-- --key public.pem] [-- --heads heads.jsonl]
//   npm run audit:export -- export.jsonl
//   npm run audit:heads > heads.jsonl
// The database is DATABASE_URL (its owner), else the embedded one in DATA_DIR. Trusted are the
// keys given with --key, the one that follows from TSUNAGI_SECRET, and older and newer ones as far as a trusted one has
// signed where they ended and began. Ends with 0 when the log is whole, 1 when it is
// not, 2 when that could not be found out.
import fs from 'node:fs';
import path from 'node:path';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { readKeys, sealingKey } from '../src/access/log/key.ts';
import { linesOfPart, partsOfDatabase, partsOfFile } from '../src/access/log/parts.ts';
import { verifyLog, type KeptHead, type Verdict } from '../src/access/log/verify.ts';
import { addressOfRunning, startEmbedded } from '../src/database/embedded.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { key: { type: 'string', multiple: true }, heads: { type: 'string' } },
});
const [command, file] = positionals;
const inJapanese = (process.env['LC_ALL'] ?? process.env['LANG'] ?? '').startsWith('ja');
/** Rows that wait longer than this for their seal mean that nobody seals. */
const longestWait = 3_600_000;

async function run(): Promise<number> {
  if (command === 'verify' && file !== undefined) return verify(partsOfFile(file));
  if (command === 'verify') return withDatabase((client) => verify(partsOfDatabase(client)));
  if (command === 'export' && file !== undefined)
    return withDatabase((client) => exportTo(fs.createWriteStream(file, { mode: 0o600 }), client));
  if (command === 'heads') return withDatabase(printHeads);
  throw new Error('Use: audit.ts verify [file] [--key public.pem] [--heads file] | export <file> | heads');
}

async function verify(parts: Parameters<typeof verifyLog>[0]['parts']): Promise<number> {
  const secret = process.env['TSUNAGI_SECRET'];
  const pems = [
    ...(values.key ?? []).map((name) => fs.readFileSync(name, 'utf8')),
    ...(secret === undefined ? [] : [sealingKey(secret).publicKey]),
  ];
  const heads =
    values.heads === undefined
      ? []
      : fs
          .readFileSync(values.heads, 'utf8')
          .split('\n')
          .filter((line) => line.trim() !== '')
          .map((line) => JSON.parse(line) as KeptHead);
  const started = performance.now();
  const verdict = await verifyLog({ parts, keys: pems.length > 0 ? readKeys(pems) : undefined, heads });
  print(verdict, (performance.now() - started) / 1000, pems.length > 0);
  return verdict.broken === 0 && !isLate(verdict) ? 0 : 1;
}

const isLate = ({ unsealed, lastSealedAt }: Verdict): boolean =>
  file === undefined &&
  unsealed > 0 &&
  Date.now() - (lastSealedAt === undefined ? 0 : Date.parse(lastSealedAt)) > longestWait;

function print(verdict: Verdict, seconds: number, trusted: boolean): void {
  const { rows, seals, unsealed, lastSealedAt, lastHead, breaks, broken, handovers } = verdict;
  const say = (ja: string, en: string): void => {
    console.log(inJapanese ? ja : en);
  };
  for (const one of breaks) console.log(inJapanese ? one.says.ja : one.says.en);
  if (broken > breaks.length)
    say(
      `ほかに${String(broken - breaks.length)}か所あります。`,
      `And ${String(broken - breaks.length)} more.`,
    );
  say(
    `${String(rows)}行、封印${String(seals)}個を${seconds.toFixed(1)}秒で確かめました。封印を待っている行：${String(unsealed)}。`,
    `${String(rows)} rows and ${String(seals)} seals read in ${seconds.toFixed(1)} s; ${String(unsealed)} rows wait for their seal.`,
  );
  if (lastSealedAt !== undefined)
    say(`最後の封印：${lastSealedAt} ${lastHead ?? ''}`, `Last seal: ${lastSealedAt} ${lastHead ?? ''}`);
  for (const { seal } of handovers)
    say(
      `鍵は封印${String(seal)}のあとで替わり、前後の鍵がそれに署名しています。`,
      `The key changed after seal ${String(seal)}; the keys before and after have signed this.`,
    );
  if (isLate(verdict)) say('1時間以上、封印されていません。', 'Nothing was sealed for more than an hour.');
  if (!trusted)
    say(
      '署名は、ログに付いていた鍵で確かめただけです。TSUNAGI_SECRET か --key で、信頼できる鍵を示してください。',
      'Signatures were checked with the keys in the log itself only: give a trusted one with TSUNAGI_SECRET or --key.',
    );
  if (broken === 0) say('ログに、変えられたところはありません。', 'The log is whole.');
  else say('ログは変えられています。', 'The log is NOT whole.');
}

async function exportTo(out: fs.WriteStream, client: pg.ClientBase): Promise<number> {
  for await (const part of partsOfDatabase(client))
    if (!out.write(`${linesOfPart(part).join('\n')}\n`)) await once(out, 'drain');
  out.end();
  await once(out, 'finish');
  return 0;
}

/** The newest head of each day: put them where nobody who can change the log can reach. */
async function printHeads(client: pg.ClientBase): Promise<number> {
  const { rows } = await client.query<{ line: string }>(
    `select json_build_object('number', number, 'sealedAt', sealed_at, 'key', key, 'head', encode(head, 'hex'),
       'signature', encode(signature, 'base64'))::text as line
     from (select distinct on (sealed_at::date) * from access_log_seal order by sealed_at::date, number desc) daily
     order by number`,
  );
  for (const { line } of rows) console.log(line);
  return 0;
}

async function withDatabase(work: (client: pg.ClientBase) => Promise<number>): Promise<number> {
  const directory = path.join(process.env['DATA_DIR'] ?? '.data', 'postgres');
  const given = process.env['DATABASE_URL'] ?? addressOfRunning(directory);
  const running = given === undefined ? undefined : await connected(given).catch(orNobody);
  const embedded = running ? undefined : await startEmbedded({ directory });
  const client = running ?? (await connected(embedded?.url ?? ''));
  try {
    return await work(client);
  } finally {
    await client.end();
    await embedded?.stop();
  }
}

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}

/** Only the embedded server may be started in place of one that does not answer. */
function orNobody(error: unknown): undefined {
  if (process.env['DATABASE_URL'] !== undefined) throw error;
}

try {
  process.exitCode = await run();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
