import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Express } from 'express';
import { clientRoutes } from '../../../src/access/clients/routes.tsx';
import { makeTokens, type Tokens } from '../../../src/access/tokens.ts';
import type { Actor } from '../../../src/kernel/actor.ts';
import { tokyoDate } from '../../../src/web/dates.ts';
import { browse, serve, signIn, type Browsing } from '../../support/browse.ts';
import { testSecret } from '../../support/template.ts';
import { makeWorld, type World } from '../../support/world.ts';
import { jwks, signing } from './keys.ts';

let world: World;
let app: Express;
let tokens: Tokens;
let now = new Date();
beforeAll(async () => {
  world = await makeWorld({ now: () => now, newId: randomUUID });
  tokens = makeTokens({
    database: world.database,
    now: () => now,
    newId: randomUUID,
    secrets: [testSecret],
    publicUrl: 'http://x.invalid',
  });
  app = serve(world, (needs) => [clientRoutes({ ...needs, changed: tokens.changed })]);
});
afterAll(() => world.close());

const admin = () => signIn(world, app, world.bodies.actors.admin);
const text = (html: string): string => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
type Row = Record<string, unknown> & {
  id: string;
  scopes: string;
  secret_hash: string | null;
  public_keys: { keys: Record<string, string>[] } | null;
};
const kept = async (id: string): Promise<Row | undefined> =>
  (await world.owner.query<Row>('select * from api_client where id = $1', [id])).rows[0];
const lines = async (id: string): Promise<{ what: string; why: string; account: string | null }[]> =>
  (
    await world.owner.query<{ what: string; why: string; account: string | null }>(
      `select what, why, account from access_log where records = array['program/' || $1] order by id`,
      [id],
    )
  ).rows;
let count = 0;
const fresh = (): string => `program-${String(++count)}`;
const filled = (id: string, more: Record<string, string | readonly string[]> = {}) => ({
  organization: world.bodies.clinic.id,
  id,
  name: '診療所の電子カルテ',
  purpose: '紹介を送り、返書を受け取る',
  contact: 'vendor@example.jp',
  role: 'doctor',
  extent: 'chosen',
  Task: ['rs', 'cu'],
  Patient: 'rs',
  proof: 'secret',
  ...more,
});
const secretOn = (html: string): string =>
  /<dt>[^<]*client_secret[^<]*<\/dt><dd><code[^>]*>([\w-]{43})<\/code>/.exec(html)?.[1] ?? '';
/** Registers a program with a secret, and says which. */
async function registered(me: Browsing, more: Record<string, string | readonly string[]> = {}) {
  const id = fresh();
  const answer = await me.post('/programs', filled(id, more));
  expect(answer.status).toBe(200);
  return { id, secret: secretOn(answer.text) };
}
const grant = (client: string, secret: string, scope?: string) => tokens.grant({ client, secret, scope });
const tokenOf = async (client: string, secret: string): Promise<string> => {
  const given = await grant(client, secret);
  return 'token' in given ? given.token : '';
};
const opens = async (token: string): Promise<boolean> =>
  typeof (await tokens.bearer(token, 't')) !== 'string';

describe('who may', () => {
  const paths = (id: string): [method: 'get' | 'post', path: string][] => [
    ['get', '/programs'],
    ['get', '/programs/new'],
    ['get', `/programs/new?organization=${world.bodies.clinic.id}`],
    ['post', '/programs'],
    ['get', `/programs/${id}`],
    ['get', `/programs/${id}/edit`],
    ['post', `/programs/${id}/edit`],
    ['post', `/programs/${id}/secret`],
    ['post', `/programs/${id}/secret/remove`],
    ['post', `/programs/${id}/keys`],
    ['post', `/programs/${id}/keys/remove`],
    ['post', `/programs/${id}/disable`],
    ['post', `/programs/${id}/enable`],
  ];

  test('nobody but an administrator, not even of their own organization, nor a stranger', async () => {
    const { id } = await registered(await admin());
    const before = await kept(id);
    const {
      admin: _admin,
      system: _system,
      patient: _patient,
      ...others
    } = world.bodies.actors as Record<string, Actor>;
    for (const actor of Object.values(others)) {
      const me = await signIn(world, app, actor);
      for (const [method, path] of paths(id)) {
        const { status } = await me[method](path, filled(fresh()));
        expect([actor.role, method, path, status]).toEqual([actor.role, method, path, 403]);
      }
    }
    for (const [method, path] of paths(id))
      expect([path, (await browse(app)[method](path)).status]).not.toEqual([path, 200]);
    expect(await kept(id)).toEqual(before);
  });

  test('a program that is not there is not there, whatever its name', async () => {
    const me = await admin();
    for (const id of ['nobody', '%00', "'--", '..%2f..', 'x'.repeat(300), '<script>'])
      for (const [method, path] of paths(encodeURIComponent(id)).slice(4)) {
        const { status } = await me[method](path, { ...filled(id), overlap: '0', keys: jwks() });
        expect([path, status]).toEqual([path, 404]);
      }
  });

  test('the database lets nobody else change a program, whatever the pages do', async () => {
    const { id } = await registered(await admin());
    const { sql } = await import('../../../src/database/sql.ts');
    const widen = sql`update api_client set scopes = 'system/*.cruds' where id = ${id} returning id`;
    for (const actor of [world.bodies.actors.doctor, world.bodies.actors.council])
      expect(await world.open(actor, (records) => records.run(widen))).toEqual([]);
    const moved = sql`update api_client set role = 'linkworker' where id = ${id}`;
    await expect(world.open(world.bodies.actors.admin, (records) => records.run(moved))).rejects.toThrow();
  });
});

describe('an administrator registers a program', () => {
  test('with a secret that is shown once and kept as a hash', async () => {
    const me = await admin();
    const id = fresh();
    const once = randomUUID();
    const answer = await me.post('/programs', { ...filled(id), _once: once });
    const secret = secretOn(answer.text);
    expect([answer.status, answer.headers['cache-control']]).toEqual([200, 'no-store']);
    expect(await grant(id, secret)).toMatchObject({ scope: 'system/Patient.rs system/Task.crus' });

    // The way back and the second click send the form again: the same program, and no secret.
    const again = await me.post('/programs', { ...filled(id), _once: once });
    expect([again.status, secretOn(again.text)]).toEqual([200, '']);
    expect(again.text).toContain('もう表示できません');
    for (const path of ['/programs', `/programs/${id}`, `/programs/${id}/edit`])
      expect((await me.get(path)).text).not.toContain(secret);
    const { rows } = await world.owner.query<{ all: string }>(
      `select concat((select json_agg(l) from access_log l), (select json_agg(o) from once o), (select json_agg(c) from api_client c),
         (select json_agg(t) from typed_form t)) as all`,
    );
    expect(rows[0]?.all).not.toContain(secret);
    expect((await kept(id))?.secret_hash).toMatch(/^\$argon2id\$/);
    expect(await lines(id)).toEqual([
      { what: 'program registered', why: 'doctor, system/Patient.rs system/Task.crus', account: me.account },
    ]);
    expect(text((await me.get(`/programs/${id}`)).text)).toContain(
      `curl -s -u '${id}:&lt;ここに秘密の文字列>'`,
    );
  });

  test('with public keys, of which only the public members are kept', async () => {
    const me = await admin();
    const id = fresh();
    const key = signing('ec', 'P-384');
    const answer = await me.post('/programs', filled(id, { proof: 'keys', keys: jwks(key, { note: 'x' }) }));
    expect([answer.status, answer.headers['location']]).toEqual([303, `/programs/${id}`]);
    const { keys } = (await kept(id))?.public_keys ?? {};
    expect(keys?.map((one) => Object.keys(one).toSorted())).toEqual([
      ['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'],
    ]);
    expect((await kept(id))?.secret_hash).toBeNull();
    expect((await me.get(`/programs/${id}`)).text).toContain('client_assertion=');
  });

  test('from the list, by choosing its organization', async () => {
    const me = await admin();
    const { id } = await registered(me);
    const page = text((await me.get('/programs')).text);
    for (const words of ['診療所の電子カルテ', '試験クリニック · 医師', '秘密の文字列', '使える'])
      expect(page).toContain(words);
    expect((await me.get('/programs')).text).toContain(`href="/programs/${id}"`);
    expect((await me.get('/programs')).text).toContain('href="/docs"');
    expect((await me.get('/programs/new?search=クリニック')).text).toContain(
      `/programs/new?organization=${world.bodies.clinic.id}`,
    );
  });

  const wrong: [what: string, change: Record<string, string | readonly string[]>, says: string][] = [
    ['has no name', { name: ' ' }, '名前を入力してください'],
    ['has no purpose', { purpose: '' }, '何のために使うかを書いてください'],
    ['has no contact', { contact: 'nobody' }, 'メールアドレスの形が違います'],
    ['has an identifier with a space', { id: 'a b c' }, '識別名は、半角'],
    ['has an identifier that is a path', { id: '../x' }, '識別名は、半角'],
    ['may do nothing', { Task: '', Patient: '' }, '一つ以上選んでください'],
    ['ends yesterday', { 'until-year': '2020', 'until-month': '1', 'until-day': '1' }, '今日かそれより後'],
    ['has no proof', { proof: '' }, '確かめ方を選んでください'],
    ['has keys that are none', { proof: 'keys', keys: 'x' }, '公開鍵として読めません'],
    ['has no keys', { proof: 'keys', keys: '' }, '公開鍵を貼ってください'],
    ['asks for a role of another kind of organization', { role: 'linkworker' }, '選択肢の中から'],
    ['asks to administer', { role: 'admin' }, '選択肢の中から'],
    ['asks to be the system', { role: 'system' }, '選択肢の中から'],
    ['asks for more than its role does', { MeasureReport: 'rs' }, 'この役割にできないこと'],
    ['asks to write the directory as a clinic', { Organization: ['rs', 'cu'] }, 'この役割にできないこと'],
    ['asks for what there is not', { Task: 'cruds' }, 'この役割にできないこと'],
    ['sends a scope as text', { extent: 'system/*.cruds' }, '選択肢の中から'],
  ];
  test.each(wrong)('but not one that %s: the same page, with what was typed', async (_what, change, says) => {
    const id = fresh();
    const answer = await (await admin()).post('/programs', filled(id, { name: '残る名前', ...change }));
    expect([answer.status, text(answer.text)]).toEqual([422, expect.stringContaining(says)]);
    if (change['name'] === undefined) expect(answer.text).toContain('value="残る名前"');
    expect(await kept(id)).toBeUndefined();
  });

  test('never twice under one identifier, nor for an organization there is not', async () => {
    const me = await admin();
    const { id, secret } = await registered(me);
    const again = await me.post('/programs', filled(id));
    expect([again.status, again.text]).toEqual([422, expect.stringContaining('この識別名は使われています')]);
    expect('token' in (await grant(id, secret))).toBe(true);
    for (const organization of ['x', randomUUID(), ''])
      expect((await me.post('/programs', filled(fresh(), { organization }))).status).toBe(404);
  });

  test('and a name with a script in it is a name', async () => {
    const me = await admin();
    const name = '<script>alert(1)</script>"><img src=x>';
    const { id } = await registered(me, { name, purpose: name });
    for (const path of ['/programs', `/programs/${id}`, `/programs/${id}/edit`]) {
      const { text: html } = await me.get(path);
      expect(html).toContain('&lt;script>alert(1)');
      expect(html).not.toMatch(/<script>alert|<img src=x/);
    }
  });
});

describe('a private key that is pasted by mistake', () => {
  test.each(['/programs', '/programs/:id/keys'])('at %s is refused, said and kept nowhere', async (path) => {
    const me = await admin();
    const { id } = await registered(me);
    const key = signing('rsa', 2048);
    const secretHalf = key.privateKey.export({ format: 'jwk' });
    const keys = JSON.stringify({ keys: [secretHalf] });
    const answer = await me.post(path.replace(':id', id), filled(fresh(), { proof: 'keys', keys }));
    expect([answer.status, answer.text]).toEqual([422, expect.stringContaining('秘密の鍵が貼られた')]);
    expect(answer.text).not.toContain(secretHalf.d);
    const { rows } = await world.owner.query<{ all: string }>(
      `select concat((select json_agg(o) from once o), (select json_agg(c) from api_client c), (select count(*) from typed_form)) as all`,
    );
    expect(rows[0]?.all).not.toContain(secretHalf.d);
    expect(rows[0]?.all).toMatch(/\D0$/);
  });
});

describe('a secret', () => {
  test('is renewed with the one before still good for a while, and then not', async () => {
    const me = await admin();
    const { id, secret } = await registered(me);
    const token = await tokenOf(id, secret);
    const answer = await me.post(`/programs/${id}/secret`, { overlap: '7' });
    const next = secretOn(answer.text);
    expect(next).not.toBe(secret);
    for (const one of [secret, next]) expect('token' in (await grant(id, one))).toBe(true);
    expect(await opens(token)).toBe(true);
    const began = now;
    now = new Date(began.getTime() + 7 * 86_400_000 + 1000);
    expect(await grant(id, secret)).toEqual({ refused: 'client', client: id });
    expect('token' in (await grant(id, next))).toBe(true);
    now = began;
  });

  test('that somebody else may have ends at once, and every token with it', async () => {
    const me = await admin();
    const { id, secret } = await registered(me);
    const token = await tokenOf(id, secret);
    await me.post(`/programs/${id}/secret`, { overlap: '30' });
    const next = secretOn((await me.post(`/programs/${id}/secret`, { overlap: '0' })).text);
    expect(await opens(token)).toBe(false);
    expect(await grant(id, secret)).toEqual({ refused: 'client', client: id });
    expect(await opens(await tokenOf(id, next))).toBe(true);
    expect((await lines(id)).map((line) => line.what)).toEqual([
      'program registered',
      'program secret',
      'program secret, the one before ended',
    ]);
  });

  test('is not renewed without saying how long the present one stays', async () => {
    const me = await admin();
    const { id, secret } = await registered(me);
    for (const overlap of ['', '3650', '-1'])
      expect((await me.post(`/programs/${id}/secret`, { overlap })).status).toBe(422);
    expect('token' in (await grant(id, secret))).toBe(true);
  });

  test('is removed where keys are the proof', async () => {
    const me = await admin();
    const { id, secret } = await registered(me);
    await me.post(`/programs/${id}/keys`, { keys: jwks() });
    const token = await tokenOf(id, secret);
    expect((await me.post(`/programs/${id}/secret/remove`)).status).toBe(303);
    expect(await opens(token)).toBe(false);
    expect(await grant(id, secret)).toEqual({ refused: 'client', client: id });
  });
});

describe('keys', () => {
  test('are added beside each other and removed one by one; with a key its tokens end', async () => {
    const me = await admin();
    const { id } = await registered(me);
    const [one, other] = [signing('rsa', 2048), signing('ec', 'P-384')];
    for (const key of [one, other])
      expect((await me.post(`/programs/${id}/keys`, { keys: jwks(key) })).headers['location']).toBe(
        `/programs/${id}?said=keys-added`,
      );
    const byKey = (key: typeof one) =>
      tokens.grant({
        assertionType: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        assertion: key.assertion(id, 'http://x.invalid/oauth/token', now),
        scope: undefined,
      });
    const given = await byKey(one);
    expect('token' in given).toBe(true);
    expect('token' in (await byKey(other))).toBe(true);
    const page = (await me.get(`/programs/${id}`)).text;
    const print = /name="key" value="([\w-]{43})"/.exec(page)?.[1] ?? '';
    expect((await me.post(`/programs/${id}/keys/remove`, { key: print })).status).toBe(303);
    expect(await byKey(one)).toEqual({ refused: 'client', client: id });
    expect('token' in (await byKey(other))).toBe(true);
    expect(await opens('token' in given ? given.token : '')).toBe(false);
    expect((await me.post(`/programs/${id}/keys/remove`, { key: print })).status).toBe(404);
  });

  test('are not added twice, nor more than ten', async () => {
    const me = await admin();
    const { id } = await registered(me);
    const key = signing('ec', 'P-384');
    await me.post(`/programs/${id}/keys`, { keys: jwks(key) });
    const again = await me.post(`/programs/${id}/keys`, { keys: jwks(key) });
    expect([again.status, again.text]).toEqual([422, expect.stringContaining('同じ鍵か')]);
    const many = JSON.stringify({ keys: Array.from({ length: 10 }, () => signing('ec', 'P-384').jwk) });
    expect((await me.post(`/programs/${id}/keys`, { keys: many })).status).toBe(422);
  });
});

describe('an entry', () => {
  const version = async (me: Browsing, id: string): Promise<string> =>
    /name="version" value="(\d+)"/.exec((await me.get(`/programs/${id}/edit`)).text)?.[1] ?? '';

  test('is narrowed, and a token that was given before does no more than it may now', async () => {
    const me = await admin();
    const { id, secret } = await registered(me);
    const token = await tokenOf(id, secret);
    const edited = { ...filled(id), Task: 'rs', Patient: '', version: await version(me, id) };
    expect((await me.post(`/programs/${id}/edit`, edited)).headers['location']).toBe(
      `/programs/${id}?said=edited`,
    );
    const bearer = await tokens.bearer(token, 't');
    const may = (type: string, letter: 'r' | 'u'): boolean =>
      typeof bearer !== 'string' && bearer.may(type, letter);
    expect([may('Task', 'r'), may('Task', 'u'), may('Patient', 'r')]).toEqual([true, false, false]);
    expect((await lines(id)).at(-1)).toMatchObject({
      what: 'program narrowed',
      why: 'system/Patient.rs system/Task.crus → system/Task.rs',
    });
    await me.post(`/programs/${id}/edit`, { ...edited, extent: 'all', version: await version(me, id) });
    expect((await lines(id)).at(-1)?.what).toBe('program widened');
    const wider = await tokens.bearer(token, 't');
    // A token does no more than it was given for.
    expect(typeof wider !== 'string' && wider.may('Goal', 'r')).toBe(false);
  });

  test('is not widened beyond its role, whatever is sent', async () => {
    const me = await admin();
    const { id } = await registered(me);
    const before = await kept(id);
    const asked = { ...filled(id), version: await version(me, id) };
    for (const more of [
      { MeasureReport: 'rs' },
      { Location: 'd' },
      { extent: 'system/*.cruds' },
      { extent: '' },
    ])
      expect((await me.post(`/programs/${id}/edit`, { ...asked, ...more })).status).toBe(422);
    const moved = { ...asked, role: 'linkworker', organization: world.bodies.office.id, id: 'other' };
    await me.post(`/programs/${id}/edit`, moved);
    expect(await kept(id)).toMatchObject({
      role: before?.['role'],
      organization_id: before?.['organization_id'],
    });
  });

  test('that another administrator changed meanwhile is not overwritten', async () => {
    const me = await admin();
    const { id } = await registered(me);
    const seen = await version(me, id);
    await me.post(`/programs/${id}/edit`, { ...filled(id), Patient: '', version: seen });
    const late = await me.post(`/programs/${id}/edit`, { ...filled(id), extent: 'all', version: seen });
    expect([late.status, late.text]).toEqual([422, expect.stringContaining('ほかの管理者が先に')]);
    expect((await kept(id))?.scopes).toBe('system/Task.crus');
  });

  test('ends after its last day', async () => {
    const me = await admin();
    const day = tokyoDate(now).split('-');
    const until = { 'until-year': day[0] ?? '', 'until-month': day[1] ?? '', 'until-day': day[2] ?? '' };
    const { id, secret } = await registered(me, until);
    const token = await tokenOf(id, secret);
    expect(await opens(token)).toBe(true);
    const began = now;
    now = new Date(began.getTime() + 86_400_000);
    expect(await grant(id, secret)).toEqual({ refused: 'client', client: id });
    expect(await opens(token)).toBe(false);
    now = began;
  });

  test('that was changed by another process of the service holds for a token of since', async () => {
    const me = await admin();
    const { id, secret } = await registered(me);
    // As another process is, that hears of no change and has just looked.
    const elsewhere = makeTokens({
      database: world.database,
      now: () => now,
      newId: randomUUID,
      secrets: [testSecret],
      publicUrl: 'http://x.invalid',
    });
    const began = now;
    await elsewhere.bearer(await tokenOf(id, secret), 't');
    now = new Date(began.getTime() + 1500);
    const next = secretOn((await me.post(`/programs/${id}/secret`, { overlap: '0' })).text);
    const given = await elsewhere.grant({ client: id, secret: next, scope: undefined });
    expect(typeof (await elsewhere.bearer('token' in given ? given.token : '', 't'))).not.toBe('string');
    const { id: newcomer, secret: first } = await registered(me);
    const token = await tokenOf(newcomer, first);
    expect(typeof (await elsewhere.bearer(token, 't'))).not.toBe('string');
    now = began;
  });

  test('that is switched off lets nobody in; switched on again no token comes back', async () => {
    const me = await admin();
    const { id, secret } = await registered(me);
    const token = await tokenOf(id, secret);
    await me.post(`/programs/${id}/disable`);
    expect(await opens(token)).toBe(false);
    expect(await grant(id, secret)).toEqual({ refused: 'client', client: id });
    expect((await me.get(`/programs/${id}`)).text).toContain('停止中');
    await me.post(`/programs/${id}/enable`);
    expect(await opens(token)).toBe(false);
    expect(await opens(await tokenOf(id, secret))).toBe(true);
    const page = text((await me.get(`/programs/${id}`)).text);
    for (const words of ['システムを停止した', 'システムを再開した', 'システムを登録した'])
      expect(page).toContain(words);
  });
});

test('what a program did lately is shown without whose records they were', async () => {
  const me = await admin();
  const { id } = await registered(me);
  const patient = randomUUID();
  await world.owner.query(
    `insert into access_log (client, organization, role, via, action, what, records, patients, request)
     values ($1, $2, 'doctor', 'token', 'read', 'Patient', $3, $4, 't'), ($1, $2, 'doctor', 'token', 'refused', $5, '{}', '{}', 't')`,
    [id, world.bodies.clinic.id, [`Patient/${patient}`], [patient], `GET /fhir/Patient/${patient}`],
  );
  const { text: html } = await me.get(`/programs/${id}`);
  expect(text(html)).toContain('読んだ Patient 1件・1人');
  expect(text(html)).toContain('GET /fhir/Patient/…');
  expect(html).not.toContain(patient);
});
