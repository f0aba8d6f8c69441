import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Express } from 'express';
import { accountRoutes } from '../../src/access/accounts/routes.tsx';
import { hashPassword } from '../../src/access/password.ts';
import { makeSessions, type Sessions } from '../../src/access/sessions.ts';
import { makePost } from '../../src/people/newcomer.ts';
import { readPost } from '../../src/people/record.ts';
import { browse, newSession, serve, signIn } from '../support/browse.ts';
import { makeWorld, type World } from '../support/world.ts';

let world: World;
let app: Express;
let sessions: Sessions;
beforeAll(async () => {
  world = await makeWorld();
  app = serve(world, (needs) => [accountRoutes({ ...needs, makePost })]);
  sessions = makeSessions({ database: world.database, now: world.surroundings.now });
});
afterAll(() => world.close());

const admin = () => signIn(world, app, world.bodies.actors.admin);
const words = (html: string): string => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
const passwordIn = (html: string): string | undefined =>
  /(?<![-\w])([a-z2-9]{4}-){3}[a-z2-9]{4}(?![-\w])/.exec(html)?.[0];
const newcomer = (login: string) => ({
  organization: world.bodies.clinic.id,
  who: 'new',
  family: '試験',
  given: '太郎',
  familyKana: 'しけん',
  givenKana: 'たろう',
  role: 'doctor',
  login,
});

describe('an administrator', () => {
  test('lists who can sign in, by name, login or organization', async () => {
    const me = await admin();
    const { account } = await signIn(world, app, world.bodies.actors.linkworker, { login: 'midori' });
    for (const search of ['', 'midori', 'りんくわーかー'])
      expect((await me.get(`/accounts?${new URLSearchParams({ search }).toString()}`)).text).toContain(
        account,
      );
    expect((await me.get('/accounts?search=だれもいない')).text).not.toContain(account);
    for (const path of ['/accounts?search=%00', '/accounts/new?search=%00'])
      expect((await me.get(path)).status).toBe(200);
    for (const path of ['/accounts/x', '/accounts/new?organization=x'])
      expect((await me.get(path)).status).toBe(404);
  });

  test('chooses an organization, adds a person, and sees the password this once', async () => {
    const me = await admin();
    const found = await me.get(`/accounts/new?${new URLSearchParams({ search: '試験クリ' }).toString()}`);
    expect(found.text).toContain(`/accounts/new?organization=${world.bodies.clinic.id}`);
    const form = await me.get(`/accounts/new?organization=${world.bodies.clinic.id}`);
    expect(form.status).toBe(200);
    expect(form.text).toContain('value="doctor"');
    expect(form.text).not.toContain('value="linkworker"');

    const made = await me.post('/accounts', newcomer('taro'));
    const password = passwordIn(made.text) ?? '';
    expect(password.length).toBeGreaterThanOrEqual(12);
    const secret = await sessions.begin('taro', password);
    const session = await sessions.find(secret ?? '');
    expect(session).toMatchObject({
      name: '試験 太郎',
      role: 'doctor',
      organization: world.bodies.clinic.id,
    });
    const post = await world.open(world.bodies.actors.admin, (r) =>
      r.read('PractitionerRole', session?.post ?? ''),
    );
    expect(readPost(post)).toMatchObject({
      kind: 'doctor',
      organization: world.bodies.clinic.id,
      name: '試験 太郎',
    });
    // It is written down nowhere: neither in the account nor in the memory of forms that were sent.
    const { rows } = await world.owner.query<{ text: string }>(
      `select coalesce(string_agg(a.password_hash, ' '), '') || (select coalesce(string_agg(o.answer::text, ' '), '') from once o) as text from account a`,
    );
    expect(rows[0]?.text).not.toContain(password);
  });

  test('pressing twice makes one account, and the second answer says so', async () => {
    const me = await admin();
    const form = { ...newcomer('jiro'), _once: randomUUID() };
    const first = await me.post('/accounts', form);
    const second = await me.post('/accounts', form);
    expect(passwordIn(first.text)).toBeDefined();
    expect(passwordIn(second.text)).toBeUndefined();
    expect(words(second.text)).toContain('この操作はもう済んでいます');
    expect((await world.owner.query(`select 1 from account where login = 'jiro'`)).rows).toHaveLength(1);
  });

  test('gives an account to somebody who holds a post and has none', async () => {
    const me = await admin();
    const { otherClinic } = world.bodies;
    await me.post('/accounts', { ...newcomer('hanako'), organization: otherClinic.id });
    const [held] = (
      await world.owner.query<{ post_id: string }>(
        `delete from account where login = 'hanako' returning post_id`,
      )
    ).rows;
    const form = await me.get(`/accounts/new?organization=${otherClinic.id}`);
    expect(form.text).toContain(held?.post_id);
    const made = await me.post('/accounts', {
      organization: otherClinic.id,
      who: held?.post_id ?? '',
      login: 'hanako',
    });
    expect(passwordIn(made.text)).toBeDefined();
    expect((await me.get(`/accounts/new?organization=${otherClinic.id}`)).text).not.toContain(held?.post_id);
  });

  test('is told everything that is wrong at once; a taken login, and a role that does not belong there', async () => {
    const me = await admin();
    const wrong = await me.post('/accounts', {
      ...newcomer('ﾀﾛｳ さん'),
      family: '',
      familyKana: '漢字',
      role: '',
    });
    expect(wrong.status).toBe(422);
    for (const path of ['family', 'familyKana', 'role', 'login'])
      expect(wrong.text).toContain(`#field-${path}`);
    await me.post('/accounts', newcomer('saburo'));
    const taken = await me.post('/accounts', newcomer('saburo'));
    expect([taken.status, words(taken.text).includes('このログイン名は使われています')]).toEqual([422, true]);
    for (const role of ['linkworker', 'admin', 'system', 'patient'])
      expect((await me.post('/accounts', { ...newcomer(`x-${role}`), role })).status).toBe(422);
    expect((await world.owner.query(`select 1 from account where login like 'x-%'`)).rows).toEqual([]);
  });

  test('stops an account: its open page ends at once, and nobody signs in with it', async () => {
    const [me, other] = [
      await admin(),
      await signIn(world, app, world.bodies.actors.doctor, {
        login: 'shiro',
        passwordHash: await hashPassword('a long password'),
      }),
    ];
    expect((await other.get('/account')).status).toBe(200);
    await me.post(`/accounts/${other.account}/disable`);
    expect((await other.get('/account')).headers['location']).toMatch(/^\/sign-in/);
    expect(await sessions.begin('shiro', 'a long password')).toBeUndefined();
    await me.post(`/accounts/${other.account}/enable`);
    // The old page stays ended; signing in works again.
    expect((await other.get('/account')).status).toBe(303);
    expect(await sessions.begin('shiro', 'a long password')).toBeDefined();
  });

  test('ends somebody’s sessions, and gives a new password to somebody who forgot theirs', async () => {
    const [me, other] = [
      await admin(),
      await signIn(world, app, world.bodies.actors.reception, { login: 'goro' }),
    ];
    await me.post(`/accounts/${other.account}/sessions`);
    expect((await other.get('/account')).status).toBe(303);
    const renewed = await me.post(`/accounts/${other.account}/password`);
    expect(await sessions.begin('goro', passwordIn(renewed.text) ?? '')).toBeDefined();
  });

  test('cannot stop their own account', async () => {
    const me = await admin();
    expect((await me.post(`/accounts/${me.account}/disable`)).status).toBe(403);
    expect((await me.get('/account')).status).toBe(200);
  });
});

test('nobody else comes to these pages', async () => {
  const { doctor, linkworker, coordinator, resource, council } = world.bodies.actors;
  for (const actor of [doctor, linkworker, coordinator, resource, council]) {
    const me = await signIn(world, app, actor);
    expect((await me.get('/accounts')).status).toBe(403);
    expect((await me.get(`/accounts/${me.account}`)).status).toBe(403);
    expect((await me.post('/accounts', newcomer('rokuro'))).status).toBe(403);
    expect((await me.post(`/accounts/${me.account}/enable`)).status).toBe(403);
  }
});

describe('everybody’s own page', () => {
  const old = 'correct horse battery';
  const someone = async (login: string) =>
    signIn(world, app, world.bodies.actors.linkworker, { login, passwordHash: await hashPassword(old) });

  test('changes the password, ends the other sessions and keeps this one', async () => {
    const me = await someone('nanami');
    const elsewhere = browse(app, ...(await newSession(world, me.account)));
    expect(words((await me.get('/account')).text)).toContain('ほかの端末');
    const fresh = 'あたらしい ながい ことば';
    const changed = await me.post('/account/password', { current: old, fresh, again: fresh });
    expect(changed.headers['location']).toBe('/account?said=changed');
    expect((await elsewhere.get('/account')).status).toBe(303);
    expect((await me.get('/account')).status).toBe(200);
    expect(await sessions.begin('nanami', old)).toBeUndefined();
    expect(await sessions.begin('nanami', fresh)).toBeDefined();
  });

  test.each([
    [
      'a wrong current password',
      { current: 'no', fresh: 'long enough now', again: 'long enough now' },
      'current',
    ],
    ['a short one', { current: old, fresh: 'short', again: 'short' }, 'fresh'],
    ['the same again', { current: old, fresh: old, again: old }, 'fresh'],
    ['two that differ', { current: old, fresh: 'long enough now', again: 'long enough new' }, 'again'],
    [
      'one with the login in it',
      { current: old, fresh: 'yayoi-yayoi-yayoi', again: 'yayoi-yayoi-yayoi' },
      'fresh',
    ],
    ['nothing', {}, 'current'],
  ])('refuses %s and shows no password again', async (_what, form, field) => {
    await world.owner.query(`update account set login = login || id where login = 'yayoi'`);
    const me = await someone('yayoi');
    const page = await me.post('/account/password', form);
    expect(page.status).toBe(422);
    expect(page.text).toContain(`#field-${field}`);
    for (const typed of Object.values(form)) expect(page.text).not.toContain(`value="${typed}"`);
    expect(await sessions.begin('yayoi', old)).toBeDefined();
  });

  test('lets nobody guess the password at an open screen', async () => {
    const me = await someone('kuro');
    for (let i = 0; i < 10; i += 1) await me.post('/account/password', { current: 'guess' });
    expect((await me.post('/account/password', { current: old, fresh: 'x', again: 'x' })).status).toBe(429);
  });

  test('ends the sessions elsewhere', async () => {
    const me = await someone('juri');
    const elsewhere = browse(app, ...(await newSession(world, me.account)));
    await me.post('/account/sessions');
    expect((await elsewhere.get('/account')).status).toBe(303);
    expect((await me.get('/account')).status).toBe(200);
  });
});
