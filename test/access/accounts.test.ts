import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Express } from 'express';
import { accountRoutes } from '../../src/access/accounts/routes.tsx';
import { makeAttempts } from '../../src/access/attempts.ts';
import { hashPassword } from '../../src/access/password.ts';
import { makeSessions, type Sessions } from '../../src/access/sessions.ts';
import { changePost, makePost } from '../../src/people/newcomer.ts';
import { readPost } from '../../src/people/record.ts';
import { tokyoDate } from '../../src/web/dates.ts';
import { browse, newSession, serve, signIn } from '../support/browse.ts';
import { testSecret } from '../support/template.ts';
import { makeWorld, type World } from '../support/world.ts';

let world: World;
let app: Express;
let sessions: Sessions;
beforeAll(async () => {
  world = await makeWorld();
  app = serve(world, (needs) => [
    accountRoutes({
      ...needs,
      attempts: makeAttempts({ database: world.database, secret: testSecret, attempts: 10 }),
      makePost,
      changePost,
      secondFactor: 'optional',
      outside: false,
    }),
  ]);
  sessions = makeSessions({
    database: world.database,
    now: world.surroundings.now,
    secondFactor: 'optional',
  });
});
afterAll(() => world.close());

const admin = () => signIn(world, app, world.bodies.actors.admin);
const words = (html: string): string => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
/** The link in the newest letter to an address. */
const linkTo = async (email: string): Promise<string | undefined> => {
  const { rows } = await world.owner.query<{ body: string }>(
    `select body from outbox where recipient = $1 order by id desc limit 1`,
    [email],
  );
  return /\/welcome\/[\w-]{43}/.exec(rows[0]?.body ?? '')?.[0];
};
/** The cookie's secret for a right login and password. */
const begin = async (login: string, password: string): Promise<string | undefined> => {
  const begun = await sessions.begin(login, password);
  return 'secret' in begun ? begun.secret : undefined;
};
const newcomer = (login: string) => ({
  organization: world.bodies.clinic.id,
  who: 'new',
  family: '試験',
  given: '太郎',
  familyKana: 'しけん',
  givenKana: 'たろう',
  role: 'doctor',
  login,
  email: `${login}@example.jp`,
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

  test('chooses an organization and adds a person, who chooses a password that nobody else sees', async () => {
    const me = await admin();
    const found = await me.get(`/accounts/new?${new URLSearchParams({ search: '試験クリ' }).toString()}`);
    expect(found.text).toContain(`/accounts/new?organization=${world.bodies.clinic.id}`);
    const form = await me.get(`/accounts/new?organization=${world.bodies.clinic.id}`);
    expect(form.status).toBe(200);
    expect(form.text).toContain('value="doctor"');
    expect(form.text).not.toContain('value="linkworker"');

    const made = await me.post('/accounts', newcomer('taro'));
    const link = (await linkTo('taro@example.jp')) ?? '';
    expect(link).toMatch(/welcome/);
    expect(words(made.text)).toContain('taro@example.jp に案内を送りました');
    expect(made.text).not.toContain(link);
    expect(await begin('taro', '')).toBeUndefined();

    const stranger = browse(app);
    expect(words((await stranger.get(link)).text)).toContain('taro');
    const fresh = 'みずうみの あさ はやくに';
    const chosen = await stranger.post(link, { fresh, again: fresh });
    expect(chosen.headers['location']).toBe('/sign-in?was=welcome');
    const session = await sessions.find((await begin('taro', fresh)) ?? '');
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
    // The link is spent, and is kept nowhere but as a hash.
    expect((await stranger.get(link)).status).toBe(410);
    expect((await stranger.post(link, { fresh, again: fresh })).status).toBe(410);
    const { rows } = await world.owner.query<{ text: string }>(
      `select (select coalesce(string_agg(to_jsonb(l)::text, ' '), '') from one_time_link l)
        || (select coalesce(string_agg(o.answer::text, ' '), '') from once o) as text`,
    );
    expect(rows[0]?.text).not.toContain(link.slice('/welcome/'.length));
  });

  test('pressing twice makes one account and sends one letter', async () => {
    const me = await admin();
    const form = { ...newcomer('jiro'), _once: randomUUID() };
    await me.post('/accounts', form);
    await me.post('/accounts', form);
    expect((await world.owner.query(`select 1 from account where login = 'jiro'`)).rows).toHaveLength(1);
    expect(
      (await world.owner.query(`select 1 from outbox where recipient = 'jiro@example.jp'`)).rows,
    ).toHaveLength(1);
  });

  test('sends the invitation again: the one before is void, and the new one ends after three days', async () => {
    const me = await admin();
    await me.post('/accounts', newcomer('shichiro'));
    const first = (await linkTo('shichiro@example.jp')) ?? '';
    const { rows } = await world.owner.query<{ id: string }>(
      `select id from account where login = 'shichiro'`,
    );
    const page = await me.get(`/accounts/${rows[0]?.id ?? ''}`);
    expect(words(page.text)).toContain('案内中');
    const again = `/accounts/${rows[0]?.id ?? ''}/invitation`;
    expect((await me.post(again, { email: 'no address' })).status).toBe(422);
    await me.post(again, { email: 'other@example.jp' });
    const second = (await linkTo('other@example.jp')) ?? '';
    expect((await browse(app).get(first)).status).toBe(410);
    expect((await browse(app).get(second)).status).toBe(200);
    await world.owner.query(
      `update one_time_link set expires_at = now() - interval '1 minute' where purpose = 'set-password'`,
    );
    expect((await browse(app).get(second)).status).toBe(410);
  });

  test('sets the last day of a post: after it nobody gets in, neither anew nor with an open page', async () => {
    const [me, other] = [
      await admin(),
      await signIn(world, app, world.bodies.actors.reception, {
        login: 'hachiro',
        passwordHash: await hashPassword('a long password'),
      }),
    ];
    const day = (offset: number) => {
      const [year = '', month = '', date = ''] = tokyoDate(new Date(Date.now() + offset * 86_400_000)).split(
        '-',
      );
      return { 'until-year': year, 'until-month': month, 'until-day': date };
    };
    const set = (given: Record<string, string>) => me.post(`/accounts/${other.account}/last-day`, given);
    expect((await set({ 'until-year': '2026', 'until-month': '13', 'until-day': '1' })).status).toBe(422);
    // Today is still a day of the post.
    expect((await set(day(0))).status).toBe(303);
    expect((await other.get('/account')).status).toBe(200);
    await set(day(-1));
    expect((await other.get('/account')).status).toBe(303);
    expect(await sessions.begin('hachiro', 'a long password')).toMatchObject({ refused: 'ended' });
    expect(words((await me.get(`/accounts/${other.account}`)).text)).toContain('期間終了');
    await set({ 'until-year': '', 'until-month': '', 'until-day': '' });
    expect(await begin('hachiro', 'a long password')).toBeDefined();
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
      email: 'hanako@example.jp',
    });
    expect(made.status).toBe(200);
    expect(await linkTo('hanako@example.jp')).toBeDefined();
    expect((await me.get(`/accounts/new?organization=${otherClinic.id}`)).text).not.toContain(held?.post_id);
  });

  test('is told everything that is wrong at once; a taken login, and a role that does not belong there', async () => {
    const me = await admin();
    const wrong = await me.post('/accounts', {
      ...newcomer('ﾀﾛｳ さん'),
      family: '',
      familyKana: '漢字',
      role: '',
      email: 'taro',
    });
    expect(wrong.status).toBe(422);
    for (const path of ['family', 'familyKana', 'role', 'login', 'email'])
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
    expect(await begin('shiro', 'a long password')).toBeUndefined();
    await me.post(`/accounts/${other.account}/enable`);
    // The old page stays ended; signing in works again.
    expect((await other.get('/account')).status).toBe(303);
    expect(await begin('shiro', 'a long password')).toBeDefined();
  });

  test('ends somebody’s sessions', async () => {
    const [me, other] = [await admin(), await signIn(world, app, world.bodies.actors.reception)];
    await me.post(`/accounts/${other.account}/sessions`);
    expect((await other.get('/account')).status).toBe(303);
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
    expect(words((await me.get('/account')).text)).toContain('ほかのログインをすべて終える');
    const fresh = 'あたらしい ながい ことば';
    const changed = await me.post('/account/password', { current: old, fresh, again: fresh });
    expect(changed.headers['location']).toBe('/account?said=changed');
    expect((await elsewhere.get('/account')).status).toBe(303);
    expect((await me.get('/account')).status).toBe(200);
    expect(await begin('nanami', old)).toBeUndefined();
    expect(await begin('nanami', fresh)).toBeDefined();
  });

  test.each([
    [
      'a wrong current password',
      { current: 'no', fresh: 'long enough now', again: 'long enough now' },
      'current',
    ],
    ['a short one', { current: old, fresh: 'short', again: 'short' }, 'fresh'],
    [
      'one of the most common, with what people do to it',
      { current: old, fresh: 'Password12345', again: 'Password12345' },
      'fresh',
    ],
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
    expect(await begin('yayoi', old)).toBeDefined();
  });

  test('lets nobody guess the password at an open screen', async () => {
    const me = await someone('kuro');
    for (let i = 0; i < 10; i += 1) await me.post('/account/password', { current: 'guess' });
    expect((await me.post('/account/password', { current: old, fresh: 'x', again: 'x' })).status).toBe(429);
  });

  test('ends one session elsewhere, and none of anybody else’s', async () => {
    const [me, other] = [await someone('kuniko'), await someone('toko')];
    const elsewhere = browse(app, ...(await newSession(world, me.account)));
    const [, id = ''] = /name="session" value="([^"]+)"/.exec((await me.get('/account')).text) ?? [];
    expect((await other.post('/account/sessions/end', { session: id })).status).toBe(404);
    expect((await elsewhere.get('/account')).status).toBe(200);
    expect((await me.post('/account/sessions/end', { session: id })).status).toBe(303);
    expect((await elsewhere.get('/account')).status).toBe(303);
    expect((await me.get('/account')).status).toBe(200);
  });

  test('ends the sessions elsewhere', async () => {
    const me = await someone('juri');
    const elsewhere = browse(app, ...(await newSession(world, me.account)));
    await me.post('/account/sessions');
    expect((await elsewhere.get('/account')).status).toBe(303);
    expect((await me.get('/account')).status).toBe(200);
  });
});
