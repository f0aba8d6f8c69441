import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomUUID } from 'node:crypto';
import { demo, type DemoData } from '../../seeds/demo.ts';
import { makeApp } from '../../src/app.ts';
import { startJobs } from '../../src/exchange/jobs.ts';
import { makeMailer } from '../../src/exchange/mailer.ts';
import { addWorkingDays } from '../../src/kernel/japan/calendar.ts';
import type { OutsideSignIn } from '../../src/kernel/config.ts';
import { silentLog, type Log } from '../../src/kernel/log.ts';
import { partnering, printing, scanning, telling } from '../../src/jobs.ts';
import { openStore } from '../../src/open-store.ts';
import { loadPrograms } from '../../src/programs/load.ts';
import type { Program } from '../../src/programs/program.ts';
import { makeRecognise } from '../../src/scans/recognise/recognise.ts';
import { freshDatabase, type TestDatabase } from './database.ts';
import { startMailbox, type Mailbox } from './mailbox.ts';
import { filledTemplate, testSecret } from './template.ts';

/** The whole product as `npm start` puts it together, on a database, port and mail server of its own. */
export type Service = TestDatabase &
  Readonly<{
    url: string;
    now: () => Date;
    programs: readonly Program[];
    /** What was invented for the database; ids and names to open pages with. */
    demo: DemoData;
    mailbox: Mailbox;
    stop: () => Promise<void>;
  }>;

type Wanted = Readonly<{
  /** How many patients the demo has; 0 for a database with the forms alone. */
  patients?: number;
  now?: () => Date;
  log?: Log;
  secondFactor?: 'required' | 'optional';
  oidc?: OutsideSignIn;
  attempts?: number;
  /** How often the job runner looks by itself. */
  pollSeconds?: number;
  /** Passkeys need a name: `localhost`. */
  host?: '127.0.0.1' | 'localhost';
}>;

/**
 * A clock that goes on from a working day in November of next year, at ten in the morning in Tokyo: neither a weekend, the
 * turn of a year nor the first days of a fiscal year, on whatever day the tests run. Ahead, not behind: the database's
 * own clock decides when a sight has ended.
 */
export function officeHours(): () => Date {
  const started = Date.now();
  const before = new Date(`${String(new Date(started).getUTCFullYear() + 1)}-11-16T10:00:00+09:00`);
  const day = addWorkingDays(before, 1).toISOString().slice(0, 10);
  const ten = new Date(`${day}T10:00:00+09:00`).getTime();
  return () => new Date(ten + Date.now() - started);
}

export async function startService({
  patients = 60,
  now = officeHours(),
  log = silentLog(),
  secondFactor = 'optional',
  oidc,
  attempts = 1000,
  pollSeconds = 2,
  host = '127.0.0.1',
}: Wanted = {}): Promise<Service> {
  const server = process.env['TEST_OWNER_URL'];
  if (server === undefined) throw new Error('The tests start with npm test.');
  const here = await freshDatabase(await filledTemplate(server, patients, now));
  const programs = await loadPrograms('forms');
  const mailbox = await startMailbox();
  const mailer = makeMailer({ smtpUrl: mailbox.smtpUrl, mailFrom: 'no-reply@tsunagi.example', dataDir: '' });

  // The address stands in links and letters, so it has to be known before the application is made.
  const http = createServer();
  await new Promise<void>((ready) => {
    http.listen(0, '127.0.0.1', ready);
  });
  const url = `http://${host}:${String((http.address() as AddressInfo).port)}`;
  const store = {
    now,
    newId: randomUUID,
    database: here.database,
    programs,
    config: { publicUrl: url, secret: testSecret },
  };
  const jobs = await startJobs({
    ownerUrl: here.ownerUrl,
    mailer,
    log,
    pollSeconds,
    open: openStore(store),
    telling: telling({ config: { mode: 'demo', publicUrl: url, secret: testSecret } }),
    partnering: partnering({ config: { mode: 'demo', publicUrl: url, secret: testSecret }, now }),
    printing: printing(store),
    scanning: scanning({ open: openStore(store), log, recognise: makeRecognise() }),
  });
  const app = makeApp({
    now,
    newId: randomUUID,
    config: { mode: 'demo', publicUrl: url, secret: testSecret, secondFactor, ...(oidc ? { oidc } : {}) },
    database: here.database,
    programs,
    log,
    attempts,
  });
  http.on('request', (request, response) => {
    app(request, response);
  });

  return {
    ...here,
    url,
    now,
    programs,
    demo: demo({ now: now(), patients: Math.max(patients, 1) }),
    mailbox,
    stop: async () => {
      http.closeAllConnections();
      await new Promise((closed) => http.close(closed));
      await jobs.stop();
      await mailbox.stop();
      await here.close();
    },
  };
}
