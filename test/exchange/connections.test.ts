import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Subscription } from '@medplum/fhirtypes';
import request from 'supertest';
import { topics } from '../../src/exchange/fhir/subscriptions/model.ts';
import { mostFailures } from '../../src/exchange/fhir/subscriptions/runner.ts';
import { signedIn, type Desk } from '../support/desk.ts';
import { startService, type Service } from '../support/service.ts';

let service: Service;
let admin: Desk;
let other: Server;
let status = 500;
let heard = 0;
beforeAll(async () => {
  service = await startService();
  admin = await signedIn(service, 'admin');
  other = createServer((req, res) => {
    req.resume().on('end', () => {
      if (status === 200) heard++;
      res.writeHead(status).end();
    });
  });
  await new Promise<void>((ready) => other.listen(0, '127.0.0.1', ready));
});
afterAll(async () => {
  other.closeAllConnections();
  other.close();
  await service.stop();
});

async function until(look: () => Promise<boolean>): Promise<void> {
  while (!(await look())) await new Promise((later) => setTimeout(later, 50));
}
const stateOf = async (id: string): Promise<{ status: string; failures: number }> =>
  (
    await service.owner.query<{ status: string; failures: number }>(
      'select status, failures from subscription where id = $1',
      [id],
    )
  ).rows[0] ?? { status: 'gone', failures: 0 };

/** The clinic's system asks to be told at an address where something is broken. */
async function subscribe(): Promise<string> {
  const token = await request(service.url)
    .post('/oauth/token')
    .auth('demo-clinic', 'demo-secret')
    .type('form')
    .send({ grant_type: 'client_credentials' })
    .expect(200);
  const { body } = await request(service.url)
    .post('/fhir/Subscription')
    .set('Authorization', `Bearer ${(token.body as { access_token: string }).access_token}`)
    .set('Content-Type', 'application/fhir+json')
    .send(
      JSON.stringify({
        resourceType: 'Subscription',
        status: 'requested',
        reason: 'test',
        criteria: topics.Task.url,
        channel: {
          type: 'rest-hook',
          endpoint: `http://127.0.0.1:${String((other.address() as AddressInfo).port)}/`,
        },
      }),
    )
    .expect(201);
  const { id = '' } = body as Subscription;
  await until(async () => (await stateOf(id)).failures > 0);
  await service.owner.query('update subscription set failures = $1, next_at = now() where id = $2', [
    mostFailures - 1,
    id,
  ]);
  await until(async () => (await stateOf(id)).status === 'error');
  return id;
}

test('an administrator sees which system does not hear, sends again, and sees that it was heard', async () => {
  expect((await admin.get('/exchange')).html).toContain('知らせを受け取るシステムはありません');
  const id = await subscribe();
  const page = await admin.get('/exchange');
  expect(page.html).toContain('届けられません');
  expect(page.html).toContain('The program answered 500.');
  status = 200;
  const sent = await admin.send(page, `/exchange/${id}/resend`);
  expect(sent.location).toBe('/exchange?said=resend');
  expect((await admin.get(sent.location)).html).toContain('もう一度送り始めました');
  await until(async () => (await stateOf(id)).status === 'active');
  expect(heard).toBe(1);
  expect((await admin.get('/exchange')).html).not.toContain('届けられません');
});

test('or gives up, and nothing more is sent there; both are in the access log', async () => {
  status = 500;
  const id = await subscribe();
  const page = await admin.get('/exchange');
  await admin.send(page, `/exchange/${id}/give-up`);
  expect((await stateOf(id)).status).toBe('off');
  expect((await admin.send(page, `/exchange/${id}/resend`)).status).toBe(404);
  const { rows } = await service.owner.query<{ what: string }>(
    `select what from access_log where action = 'account' and what like 'subscription %' order by id`,
  );
  expect(rows.map((row) => row.what)).toEqual(['subscription resend', 'subscription give-up']);
});

test('nobody else comes there', async () => {
  for (const login of ['doctor', 'linkworker', 'council'])
    expect((await (await signedIn(service, login)).get('/exchange')).status).toBe(403);
});
