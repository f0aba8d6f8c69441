import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { signedIn, type Desk } from '../support/desk.ts';
import { startService, type Service } from '../support/service.ts';
import { until } from './two-servers.ts';

let service: Service;
let admin: Desk;
let doctor: Desk;
const bodyOf = (login: string): string =>
  service.demo.accounts.find((one) => one.login === login)?.organizationId ?? '';
beforeAll(async () => {
  service = await startService();
  [admin, doctor] = [await signedIn(service, 'admin'), await signedIn(service, 'doctor')];
});
afterAll(() => service.stop());

const filled = () => ({
  ours: bodyOf('doctor'),
  partner: bodyOf('linkworker'),
  way: 'push',
  address: `${service.url}/fhir/`,
  client: 'demo-clinic',
  proof: 'secret',
  secret: 'demo-secret',
  ourId: bodyOf('doctor'),
  theirId: bodyOf('linkworker'),
});
const text = (html: string): string => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
let server = '';

test('nothing is registered; a wrong form says all at once, keeps what was typed, and never the secret', async () => {
  expect((await admin.get('/exchange')).html).toContain('href="/exchange/servers"');
  expect((await admin.get('/exchange/servers')).html).toContain('登録したサーバーはありません');
  const form = await admin.get('/exchange/servers/new');
  const wrong = await admin.send(form, '/exchange/servers', {
    ...filled(),
    partner: bodyOf('doctor'),
    address: 'http://10.0.0.1/fhir',
    client: 'a:b',
    theirId: 'no id!',
  });
  expect(wrong.status).toBe(422);
  for (const words of ['別の機関', 'インターネットから届くアドレス', '記号「:」', 'FHIR の id は'])
    expect(text(wrong.html)).toContain(words);
  expect(wrong.html).toContain('value="http://10.0.0.1/fhir"');
  expect(wrong.html).not.toContain('demo-secret');
});

test('a server is registered once, its secret sealed, and the connection checked step by step', async () => {
  const made = await admin.send(await admin.get('/exchange/servers/new'), '/exchange/servers', filled());
  expect([made.status, text(made.html)]).toEqual([303, '']);
  server = /servers\/([0-9a-f-]{36})/.exec(made.location)?.[1] ?? '';
  const again = await admin.send(await admin.get('/exchange/servers/new'), '/exchange/servers', filled());
  expect(again.status).toBe(422);
  expect(text(again.html)).toContain('もう登録されています');
  const { rows } = await service.owner.query<{ secret: Buffer; address: string }>(
    'select secret, address from partner_server',
  );
  expect(rows).toHaveLength(1);
  expect(rows[0]?.address).toBe(`${service.url}/fhir`);
  expect(rows[0]?.secret.toString('latin1')).not.toContain('demo-secret');

  const page = await admin.get(made.location);
  expect(page.html).not.toContain('demo-secret');
  const checked = await admin.send(page, `/exchange/servers/${server}/check`);
  expect(checked.status).toBe(200);
  expect(text(checked.html).match(/できました/g)).toHaveLength(5);
});

test('what is wrong with a connection is said in words, at the step that fails', async () => {
  const at = `/exchange/servers/${server}`;
  const { ours: _, partner: _p, way: _w, ...connection } = filled();
  await admin.send(await admin.get(at), at, { ...connection, secret: 'another' });
  let checked = text((await admin.send(await admin.get(at), `${at}/check`)).html);
  expect(checked).toContain('クライアントIDと秘密の文字列を受け付けません');
  expect(checked.match(/その前で止まりました/g)).toHaveLength(3);
  // A secret of one place is not sent to another.
  const moved = await admin.send(await admin.get(at), at, {
    ...connection,
    secret: '',
    address: 'https://fhir.example.org/r4',
  });
  expect(moved.status).toBe(422);
  expect(text(moved.html)).toContain('そのサーバーの秘密の文字列を入れてください');
  await admin.send(await admin.get(at), at, { ...connection, theirId: 'nobody' });
  checked = text((await admin.send(await admin.get(at), `${at}/check`)).html);
  expect(checked).toContain('その ID の機関がありません');
  expect((await admin.send(await admin.get(at), at, { ...connection, secret: '' })).status).toBe(303);
});

test('with a public key no secret is asked for, and the client id may come later', async () => {
  const { secret: _, ...without } = filled();
  const form = await admin.get('/exchange/servers/new');
  const wrong = await admin.send(form, '/exchange/servers', { ...without, client: '' });
  expect(wrong.status).toBe(422);
  expect(text(wrong.html)).toContain('秘密の文字列を入れてください');
  expect(text(wrong.html)).toContain('クライアントIDを入れてください');
  const keyed = { ...without, proof: 'key', client: '', way: 'poll' };
  const made = await admin.send(form, '/exchange/servers', keyed);
  expect([made.status, text(made.html)]).toEqual([303, '']);
  const page = await admin.get(made.location);
  const id = /servers\/([0-9a-f-]{36})/.exec(made.location)?.[1] ?? '';
  // What is to be given to them, and that it waits for what they give.
  expect(text(page.html)).toContain(`${service.url}/exchange/keys/${id}`);
  expect(text(page.html)).toContain(`${service.url}/exchange/told/${id}/`);
  expect(text(page.html)).toContain('クライアントIDを待っています');
  const checked = await admin.send(page, `/exchange/servers/${id}/check`);
  expect(text(checked.html)).toContain('もらったクライアントIDを入れてください');
  const heard = () =>
    service.owner.query(
      'select 1 from partner_server where id = $1 and (heard_at is not null or failures > 0)',
      [id],
    );
  expect((await heard()).rows).toEqual([]);

  // They have registered our key, and tell us the client id.
  const keys: unknown = await (await fetch(`${service.url}/exchange/keys/${id}`)).json();
  await service.owner.query(`update api_client set public_keys = $1 where id = 'demo-clinic'`, [
    JSON.stringify(keys),
  ]);
  const { ours: _o, partner: _p, way: _w, ...connection } = keyed;
  const saved = await admin.send(await admin.get(made.location), `/exchange/servers/${id}`, {
    ...connection,
    client: 'demo-clinic',
  });
  expect([saved.status, text(saved.html)]).toEqual([303, '']);
  const again = await admin.send(await admin.get(made.location), `/exchange/servers/${id}/check`);
  expect(text(again.html).match(/できました/g)).toHaveLength(5);
  await until(async () => (await heard()).rows.length > 0);

  // From a key to a secret it takes a secret; none was kept.
  const back = await admin.send(await admin.get(made.location), `/exchange/servers/${id}`, {
    ...connection,
    client: 'demo-clinic',
    proof: 'secret',
    secret: '',
  });
  expect(back.status).toBe(422);
  await admin.send(await admin.get(made.location), `/exchange/servers/${id}/off`);
  await service.owner.query(
    'update partner_server set partner_id = organization_id, organization_id = partner_id where id = $1',
    [id],
  );
});

test('what lies is seen with its reason, by the clinic also in their words, and sent again once', async () => {
  await admin.send(await admin.get(`/exchange/servers/${server}`), `/exchange/servers/${server}/off`);
  const { rows } = await service.owner.query<{ id: string }>(
    `insert into partner_task (server, task, case_number, attempts, stopped_at, fault)
     select $1, t.id, 'TS-9', 10, now(), '{"ja": "受け取りませんでした。", "en": "Not taken.", "said": "中村さんは受け付けません"}'
     from task t where t.requester_id = $2 and t.owner_id = $3 and t.status = 'requested' limit 1 returning id`,
    [server, bodyOf('doctor'), bodyOf('linkworker')],
  );
  const id = rows[0]?.id ?? '';
  const seen = await admin.get('/exchange/servers');
  expect(text(seen.html)).toContain('受け取りませんでした。');
  // It may name somebody.
  expect(seen.html).not.toContain('中村さん');
  const mine = await doctor.get('/deliveries');
  expect(mine.html).toContain('中村さんは受け付けません');
  expect(text((await doctor.get('/patients')).html)).toContain('ほかの機関への届け 1');

  const sent = await doctor.send(mine, `/exchange/shared/${id}/resend`);
  expect(sent.location).toBe('/deliveries?said=resend');
  expect(text((await doctor.get(sent.location)).html)).toContain('もう一度送り始めました');
  // The same form once more: the key of the first counts.
  expect((await doctor.send(mine, `/exchange/shared/${id}/resend`)).location).toBe('/deliveries?said=resend');
  const log = await service.owner.query(`select 1 from access_log where what = 'partner task resend'`);
  expect(log.rows).toHaveLength(1);
  const state = await service.owner.query(
    'select 1 from partner_task where stopped_at is null and attempts = 0 and told < wanted and id = $1',
    [id],
  );
  expect(state.rows).toHaveLength(1);
  await until(async () => text((await doctor.get('/deliveries')).html).includes('これから届けます'));
});

test('what a person had to look at is put away', async () => {
  await service.owner.query(`update partner_task set kept = '{"ja": "合いません。", "en": "They differ."}'`);
  const page = await doctor.get('/deliveries');
  expect(text(page.html)).toContain('合いません。');
  const [, id = ''] = /shared\/([0-9a-f-]{36})\/noted/.exec(page.html) ?? [];
  await doctor.send(page, `/exchange/shared/${id}/noted`);
  expect(text((await doctor.get('/deliveries')).html)).not.toContain('合いません。');
});

test('nobody else comes there, and nobody puts away what is another body’s', async () => {
  for (const login of ['doctor', 'coordinator', 'council'])
    expect((await (await signedIn(service, login)).get('/exchange/servers')).status).toBe(403);
  for (const login of ['neighbour', 'council', 'admin'])
    expect((await (await signedIn(service, login)).get('/deliveries')).status).toBe(403);
  const group = await signedIn(service, 'resource');
  expect(text((await group.get('/deliveries')).html)).toContain('まだありません');
  const { rows } = await service.owner.query<{ id: string }>('select id from partner_task');
  await service.owner.query(`update partner_task set stopped_at = now()`);
  const page = await doctor.get('/deliveries');
  const foreign = { ...page, html: page.html };
  const token = /name="_csrf" value="([^"]+)"/.exec((await group.get('/account')).html)?.[1] ?? '';
  const tried = await group.send(
    {
      ...foreign,
      html: foreign.html.replaceAll(/name="_csrf" value="[^"]+"/g, `name="_csrf" value="${token}"`),
    },
    `/exchange/shared/${rows[0]?.id ?? ''}/resend`,
  );
  expect(tried.status).toBe(404);
});
