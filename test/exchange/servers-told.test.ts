import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Subscription } from '@medplum/fhirtypes';
import request from 'supertest';
import { pathForLog } from '../../src/access/events.ts';
import { bellPath, makeBells } from '../../src/exchange/servers/keys.ts';
import { testSecret } from '../support/template.ts';
import { startFetching, type Fetching } from './fetching.ts';
import { until } from './two-servers.ts';

/** The office's server looks by itself once an hour: what comes sooner, comes because the clinic's server rang. */
let here: Fetching;
let bell: string;
beforeAll(async () => {
  here = await startFetching({ pollSeconds: 3600 });
  bell = bellPath(here.server, makeBells([testSecret]).token(here.server));
}, 120_000);
beforeEach(() => {
  here.on(() => false);
});
afterAll(() => here.stop());

const row = async () =>
  (
    await here.one.owner.query<{
      subscription: string | null;
      heard_at: Date | null;
      rung_at: Date | null;
      due: boolean;
    }>('select subscription, heard_at, rung_at, subscribe_at <= now() as due from partner_server')
  ).rows[0];
const subscriptions = async (): Promise<(Subscription & { status: string })[]> => {
  const { rows } = await here.two.owner.query<{ content: Subscription; status: string }>(
    'select content, status from subscription',
  );
  return rows.map(({ content, status }) => ({ ...content, status }) as Subscription & { status: string });
};
const active = (): Promise<unknown> =>
  until(async () => (await subscriptions()).some((one) => one.status === 'active'), [here.one, here.two]);
/** It is looked after again now. */
const lookAfter = async (): Promise<void> => {
  await here.one.owner.query(
    'update partner_server set subscribe_at = now(), next_at = now(), version = version + 1',
  );
  await until(async () => (await row())?.due === false, [here.one]);
};
const fetches = (): number =>
  here.calls.filter((one) => /^GET \/fhir\/Task\?.*status=requested&_count/.test(one)).length;

test('where the other server has subscriptions it is subscribed to, and what comes there is fetched at once', async () => {
  await active();
  const [made, ...more] = await subscriptions();
  expect(more).toEqual([]);
  expect(made).toMatchObject({
    criteria: 'https://tsunagi.example/fhir/SubscriptionTopic/task-status',
    channel: { type: 'rest-hook', endpoint: `${here.one.url}${bell}` },
  });
  const sent = await here.refer();
  const { id = '' } = await here.fetched(sent.task);
  await here.move(here.clinic, sent.task, {
    status: 'cancelled',
    statusReason: { text: '転居されたため。' },
  });
  await here.becomes(here.one, id, 'cancelled');
});

test('a subscription that ended there is started again, and one that is gone is made anew; never two', async () => {
  await active();
  await here.two.owner.query(`update subscription set status = 'error'`);
  await lookAfter();
  await active();
  const [before] = await here.two.owner
    .query<{ id: string }>('select id from subscription')
    .then(({ rows }) => rows.map(({ id }) => id));
  // We lost its id, as when the answer to its making was lost.
  await here.one.owner.query('update partner_server set subscription = null');
  await lookAfter();
  expect((await row())?.subscription).toBe(before);
  await here.two.owner.query('delete from subscription_notice');
  await here.two.owner.query('delete from subscription');
  await lookAfter();
  await active();
  expect(await subscriptions()).toHaveLength(1);
  expect((await row())?.subscription).not.toBe(before);
});

test('a flood of notices makes one fetch, and at most one more for those that came late', async () => {
  await active();
  const from = fetches();
  const heard = (await row())?.heard_at;
  const answers = await Promise.all(
    Array.from({ length: 200 }, () => request(here.one.url).post(bell).send({ resourceType: 'Bundle' })),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  await until(async () => {
    const now = await row();
    return now?.rung_at === null && now.heard_at?.getTime() !== heard?.getTime();
  }, [here.one]);
  expect(fetches() - from).toBeGreaterThan(0);
  expect(fetches() - from).toBeLessThanOrEqual(2);
});

test('what rings while it is being asked is asked again', async () => {
  let held: (() => void) | undefined;
  here.on((req, res) => {
    if (held || !/^\/fhir\/Task\?.*_sort=_lastUpdated/.test(req.url ?? '')) return false;
    held = () => {
      const none = JSON.stringify({ resourceType: 'Bundle', type: 'searchset' });
      res.writeHead(200, { 'Content-Type': 'application/fhir+json' }).end(none);
    };
    return true;
  });
  await request(here.one.url).post(bell).expect(200);
  await until(() => Promise.resolve(held !== undefined), [here.one]);
  const from = fetches();
  await request(here.one.url).post(bell).expect(200);
  await until(async () => (await row())?.rung_at !== null, [here.one]);
  held?.();
  // The one that was held, and the one after it.
  await until(() => Promise.resolve(fetches() - from >= 2), [here.one]);
});

test('who does not know the address is told nothing, and rings nothing', async () => {
  const from = fetches();
  const token = makeBells([testSecret]).token(here.server);
  const other = '11111111-1111-4111-8111-111111111111';
  for (const path of [
    `/exchange/told/${here.server}/${makeBells([testSecret]).token(other)}`,
    `/exchange/told/${here.server}/${makeBells(['x'.repeat(32)]).token(here.server)}`,
    `/exchange/told/${here.server}/${token.slice(1)}`,
    `/exchange/told/${other}/${token}`,
    `/exchange/told/1/${token}`,
  ])
    await request(here.one.url).post(path).send({}).expect(404);
  await request(here.one.url).get(bell).expect(404);
  await request(here.one.url).post(bell).type('text').send('x'.repeat(1_100_000)).expect(413);
  expect(fetches()).toBe(from);
  expect(pathForLog(`${bell}?x=1`)).toBe(`/exchange/told/${here.server}/…`);
});

test('a notice of any kind will do, and nothing of what it says is believed', async () => {
  for (const body of [
    '',
    '<xml/>',
    '{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Task"}}]}',
  ])
    await request(here.one.url).post(bell).set('Content-Type', 'application/fhir+xml').send(body).expect(200);
});

test('one that is switched off is not asked, however often it rings', async () => {
  await here.one.owner.query('update partner_server set disabled_at = now(), rung_at = null');
  await request(here.one.url).post(bell).expect(200);
  const sent = await here.refer();
  await here.one.owner.query('update partner_server set disabled_at = null');
  expect((await row())?.rung_at).toBeNull();
  await request(here.one.url).post(bell).expect(200);
  await here.fetched(sent.task);
});

test('a server without subscriptions is asked as before, and that is no fault', async () => {
  here.on((req, res) => {
    if (req.url !== '/fhir/metadata') return false;
    const said = { resourceType: 'CapabilityStatement', fhirVersion: '4.0.1', rest: [{ mode: 'server' }] };
    res.writeHead(200, { 'Content-Type': 'application/fhir+json' }).end(JSON.stringify(said));
    return true;
  });
  await lookAfter();
  expect((await row())?.subscription).toBeNull();
  const { rows } = await here.one.owner.query('select fault, failures from partner_server');
  expect(rows).toEqual([{ fault: null, failures: 0 }]);
});
