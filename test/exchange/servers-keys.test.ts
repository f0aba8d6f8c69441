import { createPublicKey } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import jwt from 'jsonwebtoken';
import request from 'supertest';
import { readKeys } from '../../src/access/clients/keys.ts';
import { makeSeal } from '../../src/access/seal.ts';
import { makeReach } from '../../src/exchange/reach.ts';
import { makeClients } from '../../src/exchange/servers/client.ts';
import { assertionOf, makeOwnKeys } from '../../src/exchange/servers/keys.ts';
import type { Server } from '../../src/exchange/servers/model.ts';
import { startFetching, type Fetching } from './fetching.ts';
import { until } from './two-servers.ts';

/** No secret is handed over: the office's server signs, and the clinic's has its public key. */
let here: Fetching;
beforeAll(async () => {
  here = await startFetching({ proof: 'key' });
}, 120_000);
afterAll(() => here.stop());

const served = async (server: string): Promise<{ keys: Record<string, unknown>[] }> =>
  (await request(here.one.url).get(`/exchange/keys/${server}`).expect(200)).body as {
    keys: Record<string, unknown>[];
  };
const give = (keys: unknown) =>
  here.two.owner.query(
    `update api_client set secret_hash = null, public_keys = $1 where id = 'office of one'`,
    [JSON.stringify(keys)],
  );

test('a server that does not know our key does not believe us, and that is said in words', async () => {
  await give({ keys: makeOwnKeys(['y'.repeat(32)])(here.server).map(({ publicJwk }) => publicJwk) });
  await here.askNow();
  const fault = await until(async () => {
    const { rows } = await here.one.owner.query<{ fault: { en: string } | null }>(
      'select fault from partner_server',
    );
    return rows[0]?.fault;
  }, [here.one]);
  expect(fault.en).toMatch(/client id and signature/);
});

test('with the key that we serve, referrals are fetched and told without any secret', async () => {
  await give(await served(here.server));
  const sent = await here.refer();
  await here.askNow();
  const { id = '' } = await here.fetched(sent.task);
  await here.move(here.office, id, { status: 'accepted' });
  await here.becomes(here.two, sent.task, 'accepted');
});

test('served are public keys that a program of ours could be registered with, of each registration another', async () => {
  const { rows } = await here.one.owner.query<{ id: string }>(
    `insert into partner_server select (jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid(), 'way', case p.way when 'push' then 'poll' else 'push' end))).* from partner_server p where id = $1 returning id`,
    [here.server],
  );
  const another = rows[0]?.id ?? '';
  const [own, other] = [await served(here.server), await served(another)];
  expect(readKeys(JSON.stringify(own))).toMatchObject({ keys: [{ alg: 'ES384' }] });
  expect(JSON.stringify(own)).not.toContain('"d"');
  expect(own.keys[0]?.['kid']).not.toBe(other.keys[0]?.['kid']);
  expect(await served(here.server)).toEqual(own);
  await here.one.owner.query('delete from partner_server where id = $1', [another]);
  // For what nobody registered there is no key.
  for (const unknown of [another, '11111111-1111-4111-8111-111111111111', 'nobody'])
    await request(here.one.url).get(`/exchange/keys/${unknown}`).expect(404);
});

test('what is signed holds for that client and endpoint alone, and for less than five minutes', () => {
  const [key] = makeOwnKeys(['s'.repeat(32)])('1');
  const now = new Date('2026-11-20T10:00:00Z');
  const given = { client: 'us', endpoint: 'https://theirs.example/token', now };
  const [one, two] = [assertionOf(key, given), assertionOf(key, given)];
  const claims = jwt.verify(one, createPublicKey({ key: key.publicJwk, format: 'jwk' }), {
    algorithms: ['ES384'],
    audience: 'https://theirs.example/token',
    issuer: 'us',
    clockTimestamp: now.getTime() / 1000,
  }) as jwt.JwtPayload;
  expect(claims.sub).toBe('us');
  expect((claims.exp ?? 0) - now.getTime() / 1000).toBeLessThanOrEqual(300);
  expect(jwt.decode(one, { complete: true })?.header).toMatchObject({ alg: 'ES384', kid: key.kid });
  // Each is good once.
  expect(claims.jti).not.toBe((jwt.decode(two) as jwt.JwtPayload).jti);
});

test('when our secret was changed, a server that knows the key before is still asked with it', async () => {
  const asked: (string | undefined)[] = [];
  const [before, after] = ['b'.repeat(32), 'a'.repeat(32)];
  const knows = makeOwnKeys([before])('1')[0];
  const theirs = createServer((req, res) => {
    const said = (status: number, body: object): void => void res.writeHead(status).end(JSON.stringify(body));
    if (req.url === '/.well-known/smart-configuration')
      return said(200, { token_endpoint: `${address}/token` });
    const parts: Buffer[] = [];
    req.on('data', (part: Buffer) => parts.push(part));
    req.on('end', () => {
      const form = new URLSearchParams(Buffer.concat(parts).toString());
      const header = jwt.decode(form.get('client_assertion') ?? '', { complete: true })?.header;
      asked.push(header?.kid);
      expect(req.headers.authorization).toBeUndefined();
      return header?.kid === knows.kid
        ? said(200, { access_token: 'abc', expires_in: 300 })
        : said(400, { error: 'invalid_client' });
    });
  });
  await new Promise<void>((ready) => theirs.listen(0, '127.0.0.1', ready));
  const address = `http://127.0.0.1:${String((theirs.address() as AddressInfo).port)}`;
  const clients = makeClients({
    reach: makeReach({ mayBeHere: true, patience: 5000, mostBytes: 100_000 }),
    seal: makeSeal([after, before]),
    keys: makeOwnKeys([after, before]),
    now: () => new Date(),
  });
  const server = { id: '1', version: 1, address, client: 'us', proof: 'key', secret: Buffer.alloc(0) };
  await clients(server as Server).token();
  expect(asked).toEqual([makeOwnKeys([after])('1')[0].kid, knows.kid]);
  theirs.closeAllConnections();
  theirs.close();
});
