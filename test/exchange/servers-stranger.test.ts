import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Bundle, Patient, Resource, ServiceRequest, Task } from '@medplum/fhirtypes';
import { recipientActor } from '../../src/consent/record.ts';
import { concept, systems } from '../../src/fhir/codes.ts';
import { reference } from '../../src/fhir/references.ts';
import { liftLimits, limitContact, readLimits } from '../../src/people/record.ts';
import { smallestReferral } from '../support/referral.ts';
import { madeIn, transactionOf } from './bundle.ts';
import { caller, client, register, startPlace, until, type Caller, type Place } from './two-servers.ts';

/** A group has a server that somebody else wrote: it keeps no versions, knows no clinic and no referral of ours. */
let one: Place;
let clinic: Caller;
let office: Caller;
let stranger: Server;
let address: string;
const bundles: Bundle[] = [];
const tasks = new Map<string, Task>();
const patients = new Map<string, Patient>();

beforeAll(async () => {
  one = await startPlace();
  stranger = createServer((req, res) => {
    const parts: Buffer[] = [];
    req.on('data', (part: Buffer) => parts.push(part));
    req.on('end', () => {
      const said = (status: number, body: object): void =>
        void res.writeHead(status, { 'Content-Type': 'application/fhir+json' }).end(JSON.stringify(body));
      const path = (req.url ?? '').replace('/r4', '');
      if (path === '/.well-known/smart-configuration')
        return said(200, { token_endpoint: `${address}/token` });
      if (path === '/token') return said(200, { access_token: 'abc', expires_in: 60 });
      const body = parts.length > 0 ? (JSON.parse(Buffer.concat(parts).toString()) as Resource) : undefined;
      if (req.method === 'POST' && body?.resourceType === 'Bundle') {
        bundles.push(body);
        return said(200, {
          resourceType: 'Bundle',
          type: 'transaction-response',
          entry: body.entry?.map(({ resource }, i) => {
            const id = `${String(bundles.length)}-${String(i)}`;
            if (resource?.resourceType === 'Patient') patients.set(id, { ...resource, id });
            if (resource?.resourceType === 'Task')
              tasks.set(id, { ...resource, id, meta: { lastUpdated: new Date().toISOString() } });
            return {
              response: {
                status: '201 Created',
                location: `${address}/${resource?.resourceType ?? ''}/${id}`,
              },
            };
          }),
        });
      }
      const id = /^\/Task\/([^/?]+)$/.exec(path)?.[1];
      if (req.method === 'PUT' && id !== undefined && body?.resourceType === 'Task') {
        tasks.set(id, { ...body, meta: { lastUpdated: new Date().toISOString() } });
        return said(200, body);
      }
      const person = /^\/Patient\/([^/?]+)$/.exec(path)?.[1];
      if (req.method === 'PUT' && person !== undefined && body?.resourceType === 'Patient')
        patients.set(person, body);
      const patient = patients.get(person ?? '');
      if (patient) return said(200, patient);
      const task = tasks.get(id ?? '');
      if (task) return said(200, task);
      if (path.startsWith('/Task?'))
        return said(200, {
          resourceType: 'Bundle',
          type: 'searchset',
          entry: [...tasks.values()].map((resource) => ({ resource })),
        });
      return said(404, {
        resourceType: 'OperationOutcome',
        issue: [{ severity: 'error', code: 'not-supported' }],
      });
    });
  });
  await new Promise<void>((ready) => stranger.listen(0, '127.0.0.1', ready));
  address = `http://127.0.0.1:${String((stranger.address() as AddressInfo).port)}/r4`;
  await client(one, 'clinic', 'doctor', 'clinic');
  await client(one, 'office', 'linkworker', 'office');
  await register({
    at: one,
    ours: 'office',
    partner: 'resource',
    way: 'push',
    address,
    client: 'tsunagi',
    there: { ours: 'office-9', partner: 'salon-1' },
  });
  [clinic, office] = [await caller(one, 'clinic'), await caller(one, 'office')];
}, 120_000);
afterAll(async () => {
  stranger.closeAllConnections();
  stranger.close();
  await one.stop();
});

async function move(who: Caller, id: string, change: Partial<Task>): Promise<void> {
  const seen = await who<Task>('get', `/Task/${id}`);
  await who(
    'put',
    `/Task/${id}`,
    { ...seen, ...change },
    { 'If-Match': `W/"${seen.meta?.versionId ?? ''}"` },
  );
}

/** A referral that the office has accepted, and its request to the group. */
async function ask(
  isLimited: boolean,
): Promise<{ referral: string; request: string; order: string; patient: string }> {
  const sent = smallestReferral(one.bodies);
  sent.consent.provision?.actor?.push(recipientActor('resource'));
  const patient: Patient & { id: string } = {
    ...sent.patient,
    telecom: [{ system: 'phone', value: '0186-00-0000' }],
  };
  const limited = isLimited
    ? limitContact(
        patient,
        { since: '2026-11-20', why: 'danger-at-home', how: '医院へ', by: undefined },
        one.now().toISOString(),
      )
    : patient;
  const made = await clinic<Bundle>('post', '', transactionOf(Object.values({ ...sent, patient: limited })));
  const referral = madeIn(made, 'Task');
  await move(office, referral, { status: 'accepted' });
  const task = await office<Task>('get', `/Task/${referral}`);
  const order = await office<ServiceRequest>('get', `/${task.focus?.reference ?? ''}`);
  const asked = await office<Bundle>(
    'post',
    '',
    transactionOf([
      {
        resourceType: 'ServiceRequest',
        id: '3d1cf2aa-1111-4222-8333-0a1b2c3d4e51',
        status: 'active',
        intent: 'filler-order',
        basedOn: [reference('ServiceRequest', order.id ?? '')],
        category: order.category ?? [],
        subject: order.subject,
        requester: reference('Organization', one.bodies.office.id),
        performer: [reference('Organization', one.bodies.resource.id)],
        supportingInfo: (order.supportingInfo ?? []).filter((r) => r.reference?.startsWith('Consent/')),
      },
      {
        resourceType: 'Task',
        id: '3d1cf2aa-1111-4222-8333-0a1b2c3d4e52',
        status: 'requested',
        intent: 'order',
        code: concept(systems.taskCode, 'fulfill'),
        partOf: [reference('Task', referral)],
        focus: reference('ServiceRequest', '3d1cf2aa-1111-4222-8333-0a1b2c3d4e51'),
        ...(task.for ? { for: task.for } : {}),
        requester: reference('Organization', one.bodies.office.id),
        owner: reference('Organization', one.bodies.resource.id),
        authoredOn: '2026-11-21T10:00:00+09:00',
      },
    ] as Parameters<typeof transactionOf>[0]),
  );
  return {
    referral,
    request: madeIn(asked, 'Task'),
    order: order.id ?? '',
    patient: madeIn(made, 'Patient'),
  };
}
const rowOf = async (task: string) =>
  (
    await one.owner.query<{
      their_id: string | null;
      fault: { en: string } | null;
      kept: { en: string } | null;
      told: string;
      wanted: string;
    }>('select their_id, fault, kept, told, wanted from partner_task where task = $1', [task])
  ).rows[0];

test('a group’s own server gets what the group could read here and no more, based on an order it does not have', async () => {
  const asked = await ask(false);
  const row = await until(async () => {
    const found = await rowOf(asked.request);
    return found?.their_id && found;
  }, [one]);
  const [bundle] = bundles;
  const sent = (bundle?.entry ?? []).flatMap(({ resource }) => resource ?? []);
  // No answers and no assessment; who the person is, what is asked, on which consent.
  expect(sent.map((r) => r.resourceType).toSorted()).toEqual(['Patient', 'ServiceRequest', 'Task']);
  const source = (type: string, id: string) => ({ system: `${one.url}/fhir/${type}`, value: id });
  expect(sent.find((r) => r.resourceType === 'ServiceRequest')).toMatchObject({
    intent: 'filler-order',
    basedOn: [{ type: 'ServiceRequest', identifier: source('ServiceRequest', asked.order) }],
    requester: { reference: 'Organization/office-9' },
    performer: [{ reference: 'Organization/salon-1' }],
  });
  expect(sent.find((r) => r.resourceType === 'Task')).toMatchObject({
    identifier: [source('Task', asked.request)],
    partOf: [{ type: 'Task', identifier: source('Task', asked.referral) }],
    requester: { reference: 'Organization/office-9' },
    owner: { reference: 'Organization/salon-1' },
  });
  for (const { request } of bundle?.entry ?? []) expect(request?.ifNoneExist).toMatch(/^identifier=/);

  // It keeps no versions: what it says now is heard all the same.
  const id = row.their_id ?? '';
  tasks.set(id, {
    ...(tasks.get(id) as Task),
    status: 'accepted',
    meta: { lastUpdated: new Date().toISOString() },
  });
  await until(async () => (await office<Task>('get', `/Task/${asked.request}`)).status === 'accepted', [one]);
  // The referral ends; so does the request, there too, and without the words between clinic and office.
  await move(clinic, asked.referral, { status: 'cancelled', statusReason: { text: '息子さんの希望で。' } });
  await until(() => Promise.resolve(tasks.get(id)?.status === 'cancelled'), [one]);
  expect(JSON.stringify([...tasks.values()])).not.toContain('息子さん');
});

test('somebody who must not be contacted is not sent to a group, and the office is told to speak to it', async () => {
  const before = bundles.length;
  const asked = await ask(true);
  const row = await until(async () => {
    const found = await rowOf(asked.request);
    return found?.fault && found;
  }, [one]);
  expect(row.fault?.en).toMatch(/not open to this body/);
  expect(bundles).toHaveLength(before);
});

test('somebody who must not be contacted any more is closed on the group’s own server, and a person speaks to it', async () => {
  const asked = await ask(false);
  await until(async () => (await rowOf(asked.request))?.their_id, [one]);
  const there = () =>
    [...patients.values()].find((p) => p.identifier?.some(({ value }) => value === asked.patient));
  expect(there()?.telecom?.[0]?.value).toBe('0186-00-0000');
  const seen = await clinic<Patient>('get', `/Patient/${asked.patient}`);
  const since = { since: '2026-11-20', why: 'danger-at-home', how: '医院へ', by: undefined } as const;
  await clinic('put', `/Patient/${asked.patient}`, limitContact(seen, since, one.now().toISOString()));
  const row = await until(async () => {
    const found = await rowOf(asked.request);
    return found?.kept && found.told === found.wanted && found;
  }, [one]);
  expect(row.kept?.en).toMatch(/speak to the body at once/);
  const closed = there();
  expect(closed).toBeDefined();
  expect(readLimits(closed as Patient)).toMatchObject({ since: '2026-11-20', why: 'other' });
  expect(JSON.stringify(closed)).not.toMatch(/0186-00-0000|danger|医院へ/);
  expect(closed).not.toHaveProperty('telecom');

  // Lifted, the group sees the person again, and no limit stays there.
  const limited = await clinic<Patient>('get', `/Patient/${asked.patient}`);
  await clinic('put', `/Patient/${asked.patient}`, liftLimits(limited, one.now().toISOString(), undefined));
  await until(() => Promise.resolve(there()?.telecom?.[0]?.value === '0186-00-0000'), [one]);
  expect(readLimits(there() as Patient)).toBeUndefined();
});
