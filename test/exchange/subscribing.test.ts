import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type {
  Bundle,
  CapabilityStatement,
  Consent,
  Parameters,
  Subscription,
  Task,
} from '@medplum/fhirtypes';
import { withdraw } from '../../src/consent/record.ts';
import { makeRestHook } from '../../src/exchange/fhir/subscriptions/address.ts';
import { isFitAddress } from '../../src/exchange/reach.ts';
import { topics, urls } from '../../src/exchange/fhir/subscriptions/model.ts';
import { mostFailures } from '../../src/exchange/fhir/subscriptions/runner.ts';
import type { Stored } from '../../src/fhir/types.ts';
import { expectRefusal, startApi, type Api, type ClientName } from './api.ts';
import { madeIn, referralBundle } from './bundle.ts';

type Heard = { headers: IncomingHttpHeaders; body: Bundle };

/** A program of somebody else that waits to be told. */
async function startListener() {
  const heard: Heard[] = [];
  const state = { status: 200 };
  const server = createServer((req, res) => {
    const parts: Buffer[] = [];
    req.on('data', (part: Buffer) => parts.push(part));
    req.on('end', () => {
      if (state.status === 200)
        heard.push({ headers: req.headers, body: JSON.parse(Buffer.concat(parts).toString()) as Bundle });
      res.writeHead(state.status, state.status === 302 ? { location: `${url}/elsewhere` } : {}).end('x');
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return {
    url,
    heard,
    state,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

let api: Api;
let listener: Awaited<ReturnType<typeof startListener>>;
beforeAll(async () => {
  api = await startApi();
  listener = await startListener();
});
afterAll(async () => {
  listener.close();
  await api.stop();
});
afterEach(async () => {
  await api.owner.query('delete from subscription');
  listener.heard.length = 0;
  listener.state.status = 200;
});

const wanted = (filter?: string, payload = 'id-only') => ({
  resourceType: 'Subscription' as const,
  status: 'requested' as const,
  reason: 'to know of referrals',
  criteria: topics.Task.url,
  ...(filter === undefined ? {} : { _criteria: { extension: [{ url: urls.filter, valueString: filter }] } }),
  channel: {
    type: 'rest-hook' as const,
    endpoint: `${listener.url}/told`,
    payload: 'application/fhir+json',
    _payload: { extension: [{ url: urls.payload, valueCode: payload }] },
    header: ['Authorization: Bearer of-the-other-side'],
  },
});

async function until<T>(look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((later) => setTimeout(later, 50));
  }
}
const partsOf = (bundle: Bundle, name: string) =>
  ((bundle.entry?.[0]?.resource as Parameters | undefined)?.parameter ?? []).filter(
    (one) => one.name === name,
  );
const kindOf = ({ body }: Heard): string => partsOf(body, 'type')[0]?.valueCode ?? '';
const fociOf = ({ body }: Heard): string[] =>
  partsOf(body, 'notification-event').flatMap(
    ({ part }) => part?.find((p) => p.name === 'focus')?.valueReference?.reference ?? [],
  );
const told = (): string[] =>
  listener.heard.filter((one) => kindOf(one) === 'event-notification').flatMap(fociOf);

const nowAt = async (who: ClientName, id: string): Promise<Subscription> =>
  (await api.send(who, 'get', `/Subscription/${id}`).expect(200)).body as Subscription;
async function subscribed(who: ClientName, given: object = wanted()): Promise<string> {
  const { body } = await api.send(who, 'post', '/Subscription', given).expect(201);
  const { id = '' } = body as Subscription;
  await until(async () => ((await nowAt(who, id)).status === 'active' ? true : undefined));
  return id;
}
const refer = async (): Promise<Bundle> =>
  (await api.send('clinic', 'post', '', referralBundle(api.bodies)).expect(200)).body as Bundle;
async function accept(task: string): Promise<void> {
  const { body } = await api.send('office', 'get', `/Task/${task}`).expect(200);
  await api.send('office', 'put', `/Task/${task}`, { ...(body as Task), status: 'accepted' }).expect(200);
}

describe('a program is told', () => {
  test('that it is heard, and then of each change of a status, with ids and nothing of the person', async () => {
    const id = await subscribed('clinic');
    expect(listener.heard.map(kindOf)).toEqual(['handshake']);
    const task = madeIn(await refer(), 'Task');
    await until(() => (told().length === 1 ? true : undefined));
    await accept(task);
    await until(() => (told().length === 2 ? true : undefined));
    expect(told()).toEqual([`Task/${task}`, `Task/${task}`]);
    const last = listener.heard.at(-1);
    expect(last?.headers).toMatchObject({
      authorization: 'Bearer of-the-other-side',
      'content-type': 'application/fhir+json',
    });
    expect(JSON.stringify(last?.body)).not.toMatch(/試験|花子|1941|Patient/);
    expect(last?.body.entry?.[1]).toEqual({
      fullUrl: `${api.url}/fhir/Task/${task}`,
      request: { method: 'GET', url: `Task/${task}` },
      response: { status: '200' },
    });
    const numbers = listener.heard.flatMap(({ body }) =>
      partsOf(body, 'notification-event').map(
        ({ part }) => part?.find((p) => p.name === 'event-number')?.valueString,
      ),
    );
    expect(numbers).toEqual(['1', '2']);
    const { rows } = await api.owner.query(
      `select 1 from access_log where action = 'export' and what = 'subscription' and client = 'clinic' and via = 'job' and records @> array[$1]`,
      [`Task/${task}`],
    );
    expect(rows).toHaveLength(2);
    const { body } = await api.send('clinic', 'get', `/Subscription/${id}/$status`).expect(200);
    expect(JSON.stringify(body)).toContain('"name":"events-since-subscription-start","valueString":"2"');
  });

  test('only what its filter lets through, and with an empty payload not even the id', async () => {
    await subscribed(
      'clinic',
      wanted(`Task?owner=Organization/${api.bodies.office.id}&status=accepted`, 'empty'),
    );
    const task = madeIn(await refer(), 'Task');
    await accept(task);
    const first = await until(() => listener.heard.find((one) => kindOf(one) === 'event-notification'));
    expect(partsOf(first.body, 'notification-event')).toHaveLength(1);
    expect(JSON.stringify(first.body)).not.toContain(task);
  });

  test('of requests as well', async () => {
    await subscribed('office', {
      ...wanted(`ServiceRequest?performer=Organization/${api.bodies.office.id}`),
      criteria: topics.ServiceRequest.url,
    });
    const request = madeIn(await refer(), 'ServiceRequest');
    await until(() => (told().includes(`ServiceRequest/${request}`) ? true : undefined));
  });

  test('nothing of what its body does not see, or sees no more at that moment', async () => {
    const id = await subscribed('otherOffice');
    await subscribed('office');
    listener.state.status = 503;
    const made = await refer();
    const consentId = madeIn(made, 'Consent');
    await until(async () =>
      (await api.owner.query(`select 1 from subscription where failures > 0`)).rows.length > 0
        ? true
        : undefined,
    );
    const { body } = await api.send('clinic', 'get', `/Consent/${consentId}`).expect(200);
    const consent = withdraw(body as Stored<Consent>, 'changed-mind', api.now().toISOString());
    await api.send('clinic', 'put', `/Consent/${consentId}`, consent).expect(200);
    listener.state.status = 200;
    await api.owner.query(`update subscription set next_at = now()`);
    await until(async () =>
      (await api.owner.query(`select 1 from subscription_notice where sent_at is null`)).rows.length === 0
        ? true
        : undefined,
    );
    expect(told()).toEqual([]);
    await api.send('office', 'get', `/Subscription/${id}`).expect(404);
  });
});

describe('a program that does not answer', () => {
  test('is told again later, in the same order, until it stands at error; started anew, it hears all it missed', async () => {
    const id = await subscribed('clinic');
    listener.state.status = 500;
    const tasks = [madeIn(await refer(), 'Task'), madeIn(await refer(), 'Task')];
    const first = await until(async () => {
      const { rows } = await api.owner.query<{ failures: number; waits: boolean }>(
        `select failures, next_at > now() as waits from subscription where failures > 0`,
      );
      return rows[0];
    });
    expect(first.waits).toBe(true);
    await api.owner.query(`update subscription set next_at = now(), failures = $1`, [mostFailures - 1]);
    const broken = await until(async () => {
      const now = await nowAt('clinic', id);
      return now.status === 'error' ? now : undefined;
    });
    expect(broken.error).toBe('The program answered 500.');
    const missed = (await api.send('clinic', 'get', `/Subscription/${id}/$events`).expect(200))
      .body as Bundle;
    expect(
      missed.entry
        ?.slice(1)
        .map((one) => one.request?.url)
        .toSorted(),
    ).toEqual(tasks.map((one) => `Task/${one}`).toSorted());
    listener.state.status = 200;
    const { error: _error, ...again } = broken;
    await api.send('clinic', 'put', `/Subscription/${id}`, { ...again, status: 'requested' }).expect(200);
    await until(() => (told().length === 2 ? true : undefined));
    expect(told()).toEqual(tasks.map((one) => `Task/${one}`));
    // What is shown in place of the secret does not become the secret.
    expect(listener.heard.at(-1)?.headers.authorization).toBe('Bearer of-the-other-side');
  });

  test('and is not followed elsewhere', async () => {
    listener.state.status = 302;
    const { body } = await api.send('clinic', 'post', '/Subscription', wanted()).expect(201);
    const id = (body as Subscription).id ?? '';
    const error = await until(async () => (await nowAt('clinic', id)).error);
    expect(error).toBe('The program answered 302.');
  });
});

describe('what a program asks of its subscriptions', () => {
  const ask = async (who: ClientName, path: string, body?: object): Promise<Bundle> =>
    (await api.send(who, body ? 'post' : 'get', `/Subscription${path}`, body).expect(200)).body as Bundle;
  const said = ({ entry }: Bundle, name: string): string[] =>
    (entry ?? []).map(({ resource }) => {
      const found = (resource as Parameters | undefined)?.parameter?.find((one) => one.name === name);
      return found?.valueCode ?? found?.valueString ?? found?.valueReference?.reference ?? '';
    });

  test('$status: of one, of all that it has, and of some of them', async () => {
    const [first, second] = [await subscribed('clinic'), await subscribed('clinic')];
    await subscribed('office');
    await api.send('clinic', 'put', `/Subscription/${second}`, { ...(await nowAt('clinic', second)), status: 'off' }).expect(200); // prettier-ignore
    const one = await ask('clinic', `/${first}/$status`);
    expect(one).toMatchObject({ resourceType: 'Bundle', type: 'searchset', total: 1 });
    expect(one.entry?.[0]?.resource?.meta?.profile).toEqual([urls.profile]);
    expect([said(one, 'subscription'), said(one, 'type'), said(one, 'status')]).toEqual([
      [`Subscription/${first}`],
      ['query-status'],
      ['active'],
    ]);
    const both = [`Subscription/${first}`, `Subscription/${second}`].toSorted();
    expect(said(await ask('clinic', '/$status'), 'subscription').toSorted()).toEqual(both);
    for (const [query, found] of [
      [`id=${first}`, [first]],
      [`id=${first},${second}`, [first, second]],
      [`id=${first}&id=${second}`, [first, second]],
      ['status=off', [second]],
      ['status=active,off', [first, second]],
      [`id=${first}&status=off`, []],
    ] as const)
      expect([query, said(await ask('clinic', `/$status?${query}`), 'subscription').toSorted()]).toEqual([
        query,
        found.map((id) => `Subscription/${id}`).toSorted(),
      ]);
    const parameters = {
      resourceType: 'Parameters',
      parameter: [
        { name: 'id', valueId: first },
        { name: 'status', valueCode: 'active' },
      ],
    };
    expect(said(await ask('clinic', '/$status', parameters), 'subscription')).toEqual([
      `Subscription/${first}`,
    ]);
    // Of one subscription there is nothing to choose.
    expect((await ask('clinic', `/${first}/$status?status=off`)).total).toBe(1);
    expect((await ask('otherClinic', '/$status')).total).toBe(0);
  });

  test('$events: those between two numbers, with ids or the mere fact, also what was never sent', async () => {
    const id = await subscribed('clinic');
    listener.state.status = 500;
    const tasks = [];
    for (let i = 0; i < 3; i += 1) tasks.push(madeIn(await refer(), 'Task'));
    const numbers = (bundle: Bundle): (string | undefined)[] =>
      partsOf(bundle, 'notification-event').map(
        ({ part }) => part?.find((p) => p.name === 'event-number')?.valueString,
      );
    const all = await ask('clinic', `/${id}/$events`);
    expect(all.type).toBe('history');
    expect([said(all, 'type')[0], said(all, 'events-since-subscription-start')[0]]).toEqual([
      'query-event',
      '3',
    ]);
    expect(numbers(all)).toEqual(['1', '2', '3']);
    expect(all.entry?.slice(1).map((one) => one.request?.url)).toEqual(tasks.map((one) => `Task/${one}`));
    for (const [query, found] of [
      ['eventsSinceNumber=2', ['2', '3']],
      ['eventsUntilNumber=2', ['1', '2']],
      ['eventsSinceNumber=2&eventsUntilNumber=2', ['2']],
      ['eventsSinceNumber=4', []],
    ] as const)
      expect([query, numbers(await ask('clinic', `/${id}/$events?${query}`))]).toEqual([query, found]);
    const body = { resourceType: 'Parameters', parameter: [{ name: 'eventsSinceNumber', valueString: '3' }] };
    expect(numbers(await ask('clinic', `/${id}/$events`, body))).toEqual(['3']);
    const bare = await ask('clinic', `/${id}/$events?content=empty`);
    expect([numbers(bare), bare.entry?.length]).toEqual([['1', '2', '3'], 1]);
    for (const task of tasks) expect(JSON.stringify(bare)).not.toContain(task);
    expect(await ask('clinic', `/${id}/$events?content=full-resource`)).toEqual({ ...all, timestamp: expect.any(String) }); // prettier-ignore

    // What is sent later has the numbers that it was asked for by, and each event one of its own.
    listener.state.status = 200;
    await api.owner.query(`update subscription set next_at = now(), taken_until = now()`);
    await until(() => (told().length === 3 ? true : undefined));
    const sent = listener.heard.flatMap((one) =>
      kindOf(one) === 'event-notification' ? numbers(one.body) : [],
    );
    expect(sent).toEqual(['1', '2', '3']);
    expect(numbers(await ask('clinic', `/${id}/$events`))).toEqual(['1', '2', '3']);
  });

  test('asked by many at once while it is told, no event has two numbers', async () => {
    const id = await subscribed('clinic');
    for (let i = 0; i < 3; i += 1) {
      const made = refer();
      const asked = Array.from({ length: 4 }, () => ask('clinic', `/${id}/$events`));
      await Promise.all([made, ...asked]);
    }
    await until(() => (told().length === 3 ? true : undefined));
    const { rows } = await api.owner.query(
      `select n.number, s.events from subscription_notice n join subscription s on s.id = n.subscription order by n.id`,
    );
    expect(rows).toEqual(['1', '2', '3'].map((number) => ({ number, events: '3' })));
  });

  test.each([
    ['/$events?eventsSinceNumber=x', 'http.eventsSinceNumber'],
    ['/$events?eventsSinceNumber=-1', 'http.eventsSinceNumber'],
    ['/$events?eventsUntilNumber=1e3', 'http.eventsUntilNumber'],
    ['/$events?content=everything', 'http.content'],
    ['/$events?since=1', 'http.since'],
    ['/$status?shoe=1', 'http.shoe'],
  ])('%s is refused', async (path, where) => {
    const id = await subscribed('clinic');
    expectRefusal(await api.send('clinic', 'get', `/Subscription/${id}${path}`), 400, where);
  });

  test('the topics and both operations are claimed, and defined', async () => {
    const { body } = await api.send('clinic', 'get', '/metadata').expect(200);
    const claim = (body as CapabilityStatement).rest?.[0]?.resource?.find(
      (one) => one.type === 'Subscription',
    );
    expect(claim?.extension).toEqual(
      Object.values(topics).map(({ url }) => ({ url: urls.topic, valueCanonical: url })),
    );
    expect(claim?.operation?.map((one) => [one.name, one.definition])).toEqual([
      [
        'status',
        'http://hl7.org/fhir/uv/subscriptions-backport/OperationDefinition/backport-subscription-status',
      ],
      [
        'events',
        'http://hl7.org/fhir/uv/subscriptions-backport/OperationDefinition/backport-subscription-events',
      ],
    ]);
    for (const { name = '', definition } of claim?.operation ?? [])
      expect(
        (await api.send('clinic', 'get', `/OperationDefinition/${name}`).expect(200)).body,
      ).toMatchObject({
        base: definition,
        resource: ['Subscription'],
      });
  });
});

describe('a subscription', () => {
  test('keeps the secret of the other side sealed, and is there for its program alone', async () => {
    const id = await subscribed('clinic');
    expect((await nowAt('clinic', id)).channel.header).toEqual(['authorization: (sealed)']);
    const { rows } = await api.owner.query<{ all: string }>('select s::text as all from subscription s');
    expect(rows[0]?.all).not.toContain(Buffer.from('of-the-other-side').toString('hex'));
    expect(rows[0]?.all).not.toContain('of-the-other-side');
    const found = async (who: ClientName, query: string): Promise<number> =>
      ((await api.send(who, 'get', `/Subscription${query}`).expect(200)).body as Bundle).entry?.length ?? 0;
    expect([
      await found('clinic', '?status=active'),
      await found('clinic', '?status=off'),
      await found('clinic', '?url:missing=true'),
      await found('office', ''),
    ]).toEqual([1, 0, 0, 0]);
    for (const path of ['', '/$status', '/$events'])
      await api.send('office', 'get', `/Subscription/${id}${path}`).expect(404);
    await api.send('office', 'delete', `/Subscription/${id}`).expect(204);
    await api.send('clinic', 'get', `/Subscription/${id}`).expect(200);
    await api.send('clinic', 'delete', `/Subscription/${id}`).expect(204);
    await api.send('clinic', 'get', `/Subscription/${id}`).expect(404);
  });

  test('does not send the secret of one place to another', async () => {
    const id = await subscribed('clinic');
    const known = await nowAt('clinic', id);
    const elsewhere = await startListener();
    const moved = {
      ...known,
      status: 'requested',
      channel: { ...known.channel, endpoint: `${elsewhere.url}/told` },
    };
    await api.send('clinic', 'put', `/Subscription/${id}`, moved).expect(200);
    const [first] = await until(() => (elsewhere.heard.length > 0 ? elsewhere.heard : undefined));
    expect(JSON.stringify(first?.headers)).not.toContain('of-the-other-side');
    elsewhere.close();
    await api.send('clinic', 'delete', `/Subscription/${id}`).expect(204);
  });

  const changed = (channel: object): object => ({
    ...wanted(),
    channel: { ...wanted().channel, ...channel },
  });
  test.each<[string, () => object, string]>([
    ['of another topic', () => ({ ...wanted(), criteria: 'Task?status=accepted' }), 'Subscription.criteria'],
    ['with a filter nobody knows', () => wanted('Task?patient=1'), 'Subscription.criteria.extension[0]'],
    [
      'with a full payload',
      () => wanted(undefined, 'full-resource'),
      'Subscription.channel._payload.extension[0].valueCode',
    ],
    ['by e-mail', () => changed({ type: 'email' }), 'Subscription.channel.type'],
    [
      'to an address inside',
      () => changed({ endpoint: 'https://10.0.0.1/x' }),
      'Subscription.channel.endpoint',
    ],
    [
      'that forges the host',
      () => changed({ header: ['Host: elsewhere'] }),
      'Subscription.channel.header[0]',
    ],
    ['with an unknown element', () => ({ ...wanted(), other: 1 }), 'Subscription.other'],
  ])('%s is refused with its place', async (_what, given, where) => {
    expectRefusal(await api.send('clinic', 'post', '/Subscription', given()), 422, where);
  });

  test.each([
    'https://127.0.0.1/',
    'https://10.1.2.3/',
    'https://169.254.169.254/latest',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://[fe80::1]/',
    'https://[fd00::1]/',
    'https://0x7f000001/',
    'https://2130706433/',
    'https://localhost/',
    'https://intranet/',
    'http://example.org/',
    'https://user:word@example.org/',
    'ftp://example.org/',
    'file:///etc/passwd',
    'nonsense',
  ])('never leads to %s', async (address) => {
    expect(isFitAddress(address, false)).toBe(false);
    await expect(
      makeRestHook({ mayBeHere: false })({ endpoint: address, headers: {}, body: '' }),
    ).rejects.toThrow('not public');
  });

  test('nor to a name that stands for an address inside', async () => {
    expect(isFitAddress('https://example.org/', false)).toBe(true);
    const hook = makeRestHook({
      mayBeHere: false,
      resolve: (_host, _options, done) => {
        done(null, [{ address: '10.0.0.7', family: 4 }]);
      },
    });
    await expect(hook({ endpoint: 'https://example.org/', headers: {}, body: '' })).rejects.toThrow(
      'not public',
    );
  });
});
