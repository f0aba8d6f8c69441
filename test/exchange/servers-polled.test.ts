import http, { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Bundle, Communication, Patient, ServiceRequest, Task } from '@medplum/fhirtypes';
import { withdrawalUrl } from '../../src/consent/record.ts';
import { concept, systems } from '../../src/fhir/codes.ts';
import { reference } from '../../src/fhir/references.ts';
import { smallestReferral } from '../support/referral.ts';
import { madeIn, transactionOf } from './bundle.ts';
import { caller, client, register, startPlace, until, type Caller, type Place } from './two-servers.ts';

/** The clinic works on a server of its own and sends nothing anywhere: the office's server comes to fetch what is for it. */
let one: Place;
let two: Place;
let office: Caller;
let clinic: Caller;
let line: Server;
let address: string;
/** True: the call is answered on the way. */
let trouble: (req: IncomingMessage, res: ServerResponse) => boolean = () => false;

beforeAll(async () => {
  [one, two] = [await startPlace(), await startPlace()];
  line = createServer((req, res) => {
    if (trouble(req, res)) return;
    const to = new URL(req.url ?? '', two.url);
    const headers = { ...req.headers, host: to.host };
    const onwards = http.request(to, { method: req.method, headers }, (answer) => {
      answer.pipe(res.writeHead(answer.statusCode ?? 500, answer.headers));
    });
    req.pipe(onwards);
  });
  await new Promise<void>((ready) => line.listen(0, '127.0.0.1', ready));
  address = `http://127.0.0.1:${String((line.address() as AddressInfo).port)}/fhir`;
  await client(one, 'office', 'linkworker', 'office');
  await client(two, 'clinic', 'doctor', 'clinic');
  await client(two, 'office of one', 'linkworker', 'office');
  await register({
    at: one,
    ours: 'office',
    partner: 'clinic',
    way: 'poll',
    address,
    client: 'office of one',
    there: { ours: two.bodies.office.id, partner: two.bodies.clinic.id },
  });
  [office, clinic] = [await caller(one, 'office'), await caller(two, 'clinic')];
}, 120_000);
beforeEach(() => {
  trouble = () => false;
});
afterAll(async () => {
  line.closeAllConnections();
  line.close();
  await one.stop();
  await two.stop();
});

async function refer(): Promise<{ task: string; consent: string }> {
  const made = await clinic<Bundle>('post', '', transactionOf(Object.values(smallestReferral(two.bodies))));
  return { task: madeIn(made, 'Task'), consent: madeIn(made, 'Consent') };
}
const fetched = (id: string): Promise<Task> =>
  until(async () => {
    const source = encodeURIComponent(`${address}/Task|${id}`);
    const { entry = [] } = await office<Bundle>('get', `/Task?identifier=${source}`);
    return entry[0]?.resource as Task | undefined;
  }, [one, two]);
async function move(who: Caller, id: string, change: Partial<Task>): Promise<void> {
  const seen = await who<Task>('get', `/Task/${id}`);
  await who(
    'put',
    `/Task/${id}`,
    { ...seen, ...change },
    { 'If-Match': `W/"${seen.meta?.versionId ?? ''}"` },
  );
}
const becomes = (place: Place, id: string, status: Task['status']): Promise<Task> =>
  until(async () => {
    const { rows } = await place.owner.query<{ content: Task }>('select content from task where id = $1', [
      id,
    ]);
    return rows[0]?.content.status === status && rows[0].content;
  }, [one, two]);

test('a referral is fetched whole, once, and what the office does with it is told where it came from', async () => {
  const sent = await refer();
  const task = await fetched(sent.task);
  expect(task).toMatchObject({
    status: 'requested',
    requester: { reference: `Organization/${one.bodies.clinic.id}` },
    owner: { reference: `Organization/${one.bodies.office.id}` },
  });
  const patient = await office<Patient>('get', `/${task.for?.reference ?? ''}`);
  expect(patient).toMatchObject({
    birthDate: '1941-03-04',
    managingOrganization: { reference: `Organization/${one.bodies.clinic.id}` },
  });
  const request = await office<ServiceRequest>('get', `/${task.focus?.reference ?? ''}`);
  expect(request.supportingInfo?.map((r) => r.reference?.split('/')[0])).toEqual([
    'Consent',
    'QuestionnaireResponse',
  ]);

  const id = task.id ?? '';
  // Two moves at once: the other server is told both, in their order.
  await move(office, id, {
    status: 'accepted',
    businessStatus: concept(systems.businessStatus, 'contacting'),
  });
  await move(office, id, { status: 'in-progress', businessStatus: concept(systems.businessStatus, 'met') });
  expect((await becomes(two, sent.task, 'in-progress')).businessStatus?.coding?.[0]?.code).toBe('met');
  await office<Communication>('post', '/Communication', {
    resourceType: 'Communication',
    status: 'completed',
    category: [concept(systems.communication, 'report')],
    ...(task.for ? { subject: task.for } : {}),
    basedOn: [reference('ServiceRequest', request.id ?? '')],
    sender: reference('Organization', one.bodies.office.id),
    recipient: [reference('Organization', one.bodies.clinic.id)],
    sent: '2026-12-01T10:00:00+09:00',
    payload: [{ contentString: '集まりに通い始めました。' }],
  });
  await move(office, id, {
    status: 'completed',
    output: [
      {
        type: concept(systems.taskOutput, 'outcome'),
        valueCodeableConcept: { ...concept(systems.outcome, 'achieved'), text: '目標に届きました。' },
      },
    ],
  });
  const closed = await becomes(two, sent.task, 'completed');
  expect(closed.output?.[0]?.valueCodeableConcept?.text).toBe('目標に届きました。');
  const { entry = [] } = await clinic<Bundle>(
    'get',
    `/Communication?based-on=${closed.focus?.reference ?? ''}`,
  );
  expect(entry.map(({ resource }) => (resource as Communication).payload?.[0]?.contentString)).toEqual([
    '集まりに通い始めました。',
  ]);
  const { rows } = await one.owner.query<{ n: number }>('select count(*)::int as n from task');
  expect(rows[0]?.n).toBe(1);
});

test('what the clinic calls off on its server is called off here', async () => {
  const sent = await refer();
  const { id = '' } = await fetched(sent.task);
  await move(clinic, sent.task, { status: 'cancelled', statusReason: { text: '転居されたため。' } });
  expect((await becomes(one, id, 'cancelled')).statusReason?.text).toBe('転居されたため。');
});

test('a consent that is taken back there closes the person here', async () => {
  const sent = await refer();
  const { id = '', for: person } = await fetched(sent.task);
  const consent = await clinic<object>('get', `/Consent/${sent.consent}`);
  await clinic('put', `/Consent/${sent.consent}`, {
    ...consent,
    status: 'inactive',
    extension: [{ url: withdrawalUrl, extension: [{ url: 'reason', valueString: '気持ちが変わったため' }] }],
  });
  await becomes(one, id, 'cancelled');
  await expect(office('get', `/${person?.reference ?? ''}`)).rejects.toThrow('404');
});

test('one that rests on no consent is not taken in: it lies, with the reason, until it can be', async () => {
  await one.owner.query('update partner_server set disabled_at = now()');
  const sent = await refer();
  const { rows } = await two.owner.query<{ info: object }>(
    `update service_request set content = content - 'supportingInfo', version = version + 1 where id = (select focus_id from task where id = $1)
     returning (select content -> 'supportingInfo' from service_request_history h where h.id = service_request.id limit 1) as info`,
    [sent.task],
  );
  await one.owner.query(
    'update partner_server set disabled_at = null, next_at = now(), version = version + 1',
  );
  const lying = () =>
    one.owner.query<{ fault: { ja: string }; task: string | null }>(
      'select fault, task from partner_task where their_id = $1',
      [sent.task],
    );
  const fault = await until(async () => (await lying()).rows[0]?.fault, [one, two]);
  expect(fault.ja).toContain('同意');
  await two.owner.query(
    `update service_request set content = content || jsonb_build_object('supportingInfo', $2::jsonb), version = version + 1 where id = (select focus_id from task where id = $1)`,
    [sent.task, JSON.stringify(rows[0]?.info)],
  );
  await one.owner.query('update partner_task set stopped_at = null where their_id = $1', [sent.task]);
  await fetched(sent.task);
  expect((await lying()).rows).toMatchObject([{ fault: null }]);
});

const askNow = () =>
  one.owner.query('update partner_server set next_at = now(), taken_until = now(), version = version + 1');

test('one that cannot be read now holds up no other, and comes later', async () => {
  const bad = await refer();
  const { rows } = await two.owner.query<{ focus_id: string }>('select focus_id from task where id = $1', [
    bad.task,
  ]);
  trouble = (req, res) => {
    if (req.url !== `/fhir/ServiceRequest/${rows[0]?.focus_id ?? ''}`) return false;
    res.writeHead(500).end();
    return true;
  };
  const good = await refer();
  await askNow();
  await fetched(good.task);
  const failing = await until(async () => {
    const found = await one.owner.query<{ fault: { en: string } | null }>('select fault from partner_server');
    return found.rows[0]?.fault;
  }, [one, two]);
  expect(failing.en).toMatch(/fails \(500\)/);
  trouble = () => false;
  await askNow();
  await fetched(bad.task);
});

test('a page that is missing on the way calls nothing off', async () => {
  const sent = await refer();
  const { id = '' } = await fetched(sent.task);
  trouble = (req, res) => {
    if (req.method !== 'GET' || req.url !== `/fhir/Task/${sent.task}`) return false;
    res.writeHead(404, { 'Content-Type': 'text/html' }).end('<h1>Not Found</h1>');
    return true;
  };
  await move(office, id, { status: 'accepted' });
  await until(async () => {
    const found = await one.owner.query(
      'select 1 from partner_task where task = $1 and attempts > 0 and stopped_at is null',
      [id],
    );
    return found.rows.length > 0;
  }, [one, two]);
  expect((await office<Task>('get', `/Task/${id}`)).status).toBe('accepted');
  trouble = () => false;
  await one.owner.query('update partner_task set next_at = now() where task = $1', [id]);
  await askNow();
  await becomes(two, sent.task, 'accepted');
});
