import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { makeApp } from './app.ts';
import { appUrl, openDatabase } from './database/database.ts';
import { startEmbedded } from './database/embedded.ts';
import { migrate } from './database/migrate.ts';
import { sealingKey } from './access/log/key.ts';
import { startSealing } from './access/log/seal.ts';
import { startJobs } from './exchange/jobs.ts';
import { makeMailer } from './exchange/mailer.ts';
import { realSurroundings } from './kernel/clock.ts';
import { tryProgramForm } from './intake/forms/check.ts';
import { readConfig } from './kernel/config.ts';
import { makeLog } from './kernel/log.ts';
import { consentEnds, partnering, printing, reminding, scanning, telling } from './jobs.ts';
import { openStore } from './open-store.ts';
import { loadPrograms } from './programs/load.ts';
import { publishForms } from './programs/publish.ts';
import { makeRecognise } from './scans/recognise/recognise.ts';

const config = readConfig(process.env, keptSecret);
const log = makeLog(config.logLevel);

const embedded =
  config.databaseUrl === undefined
    ? await startEmbedded({ directory: path.join(config.dataDir, 'postgres') })
    : undefined;
const ownerUrl = config.databaseUrl ?? embedded?.url ?? '';
await migrate(ownerUrl);
const database = openDatabase(await appUrl(ownerUrl, config.secret), config.databasePool);
const programs = await loadPrograms(config.formsDir, tryProgramForm);
await publishForms(ownerUrl, programs, realSurroundings.now());

// The demo's invented people are loaded only into the database that came with this program, never into a given one.
const demoAccounts =
  config.mode === 'demo' && embedded
    ? await (await import('../seeds/load.ts')).loadDemo({ ownerUrl, programs, ...realSurroundings })
    : undefined;

const open = openStore({ ...realSurroundings, config, database, programs });
const consents = consentEnds({ ...realSurroundings, config, database, programs });
const jobs = await startJobs({
  ownerUrl,
  mailer: makeMailer(config),
  log,
  consents,
  open,
  telling: telling({ config }),
  reminding: reminding({ ...realSurroundings, config, database, programs }),
  partnering: partnering({ config, now: realSurroundings.now }),
  printing: printing({ ...realSurroundings, config, database, programs }),
  scanning: scanning({ open, log, recognise: makeRecognise() }),
});
const sealing = startSealing({
  ownerUrl,
  key: sealingKey(config.secret),
  before: config.secretBefore === undefined ? undefined : sealingKey(config.secretBefore),
  log,
});
const app = makeApp({
  ...realSurroundings,
  config,
  database,
  programs,
  log,
  ...(demoAccounts ? { demoAccounts } : {}),
});
const server = app.listen(config.port, config.host, (error?: Error) => {
  if (error) {
    console.error(`Port ${String(config.port)} cannot be used: ${error.message}`);
    void stop(1);
    return;
  }
  console.log(`\nつなぐ Tsunagi  ${config.publicUrl}`);
  for (const account of demoAccounts?.accounts ?? [])
    console.log(`  ${account.login.padEnd(14)} ${account.post} ${account.name}`);
  if (demoAccounts) console.log(`  password       ${demoAccounts.password}\n`);
});

/** The demo's own secret, kept beside its database: what it sealed can be opened after a restart, too. */
function keptSecret(dataDir: string): string {
  const file = path.join(dataDir, 'secret');
  if (!fs.existsSync(file)) {
    fs.mkdirSync(dataDir, { recursive: true });
    fs.writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 });
  }
  return fs.readFileSync(file, 'utf8').trim();
}

let stopping = false;
/** Lets requests under way finish, then the jobs, then the database. */
async function stop(code: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  server.closeIdleConnections();
  const late = setTimeout(() => {
    server.closeAllConnections();
  }, 10_000);
  await new Promise((resolve) => server.close(resolve));
  clearTimeout(late);
  await jobs.stop();
  await sealing.stop();
  await database.close();
  await embedded?.stop();
  process.exit(code);
}
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    void stop(0);
  });
