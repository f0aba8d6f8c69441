import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Bundle } from '@medplum/fhirtypes';
import request from 'supertest';
import { referralBundle, madeIn } from './bundle.ts';

let directory: string;
let port: number;
let service: ChildProcess | undefined;
const url = (): string => `http://127.0.0.1:${String(port)}`;

beforeAll(async () => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), 'tsunagi-kill-'));
  fs.chmodSync(directory, 0o711);
  port = await freePort();
});
afterAll(async () => {
  if (service) await ended(service, 'SIGTERM');
  fs.rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
});

/** `npm start`, with its own embedded database and the demo in a folder of its own. */
async function start(): Promise<void> {
  service = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
    env: {
      ...process.env,
      DATA_DIR: directory,
      PORT: String(port),
      HOST: '127.0.0.1',
      LOG_LEVEL: 'silent',
      DATABASE_URL: undefined,
      TSUNAGI_MODE: 'demo',
    },
    stdio: 'ignore',
  });
  for (let tries = 0; tries < 1200; tries += 1) {
    const ready = await fetch(`${url()}/ready`)
      .then((r) => r.ok)
      .catch(() => false);
    if (ready) return;
    await new Promise((later) => setTimeout(later, 100));
  }
  throw new Error('The service did not start.');
}

const ended = (child: ChildProcess, signal: NodeJS.Signals): Promise<void> =>
  new Promise((resolve) => {
    child.once('exit', () => {
      resolve();
    });
    child.kill(signal);
  });

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = net.createServer().listen(0, '127.0.0.1', () => {
      const { port: found } = probe.address() as net.AddressInfo;
      probe.close(() => {
        resolve(found);
      });
    });
  });

async function tokenOf(client: string): Promise<string> {
  const { body } = await request(url())
    .post('/oauth/token')
    .auth(client, 'demo-secret')
    .type('form')
    .send({ grant_type: 'client_credentials' });
  return (body as { access_token: string }).access_token;
}

const organizationOf = (token: string): { id: string } => {
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as {
    org: string;
  };
  return { id: claims.org };
};

test('killing the service at any moment loses nothing it acknowledged and leaves nothing half made', async () => {
  await start();
  let clinic = await tokenOf('demo-clinic');
  const parties = { clinic: organizationOf(clinic), office: organizationOf(await tokenOf('demo-office')) };
  const acknowledged: Bundle[] = [];
  let sent = 0;
  const life = new AbortController();
  const sendOn = async (): Promise<void> => {
    while (!life.signal.aborted) {
      sent += 1;
      const answer = await request(url())
        .post('/fhir')
        .set('Authorization', `Bearer ${clinic}`)
        .set('Content-Type', 'application/fhir+json')
        .send(JSON.stringify(referralBundle(parties)))
        .catch(() => undefined);
      if (answer?.status === 200) acknowledged.push(answer.body as Bundle);
      else if (!life.signal.aborted) throw new Error(`The service answered ${String(answer?.status)}`);
    }
  };
  const senders = Array.from({ length: 6 }, sendOn);
  await new Promise((later) => setTimeout(later, 800 + Math.random() * 1200));
  life.abort();
  if (service) await ended(service, 'SIGKILL');
  await Promise.all(senders);
  expect(acknowledged.length).toBeGreaterThan(5);

  await start();
  clinic = await tokenOf('demo-clinic');
  const get = async (at: string): Promise<unknown> => {
    const { status, body } = await request(url()).get(`/fhir/${at}`).set('Authorization', `Bearer ${clinic}`);
    return status === 200 ? body : status;
  };
  for (const answer of acknowledged)
    for (const entry of answer.entry ?? []) {
      const [type = '', id = ''] = entry.response?.location?.split('/') ?? [];
      expect(await get(`${type}/${id}`)).toEqual(entry.resource);
    }

  // Also of what was not acknowledged: there is all of it or nothing.
  const whole = new Set(acknowledged.map((answer) => madeIn(answer, 'Patient')));
  const found = await all(
    get,
    `Patient?name=${encodeURIComponent('試験')}&organization=${parties.clinic.id}&_count=200`,
  );
  expect(found.length).toBeGreaterThanOrEqual(whole.size);
  expect(found.length).toBeLessThanOrEqual(sent);
  const unheard = found.filter((id) => !whole.has(id));
  expect(unheard.length).toBeLessThanOrEqual(6);
  for (const id of [...unheard, ...[...whole].slice(-10)]) {
    for (const type of ['Consent', 'QuestionnaireResponse', 'ServiceRequest', 'Task'])
      expect([type, await all(get, `${type}?patient=${id}`)]).toEqual([type, [expect.any(String)]]);
    const [task] = await all(get, `Task?patient=${id}`);
    expect(await get(`Task/${task ?? ''}/_history`)).toMatchObject({ total: 1 });
    const log = (await get(`AuditEvent?patient=${id}`)) as Bundle;
    expect(
      log.entry?.some((e) => e.resource?.resourceType === 'AuditEvent' && e.resource.action === 'U'),
    ).toBe(true);
  }
}, 300_000);

/** The ids of a whole search, page by page. */
async function all(get: (at: string) => Promise<unknown>, first: string): Promise<string[]> {
  const ids: string[] = [];
  for (let at: string | undefined = first; at !== undefined;) {
    const bundle = (await get(at)) as Bundle;
    ids.push(...(bundle.entry ?? []).map((e) => e.resource?.id ?? ''));
    at = bundle.link?.find((l) => l.relation === 'next')?.url?.split('/fhir/')[1];
  }
  return ids;
}
