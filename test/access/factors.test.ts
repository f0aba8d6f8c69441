import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Secret, TOTP } from 'otpauth';
import { hashPassword } from '../../src/access/password.ts';
import { desk, type Desk, type Seen } from '../support/desk.ts';
import { startService, type Service } from '../support/service.ts';

let service: Service;
/** The service's clock: it stands, so that a code is of the half minute that is meant, and is put forward by hand. */
let ahead = 0;
const base = new Date('2027-11-16T10:00:00+09:00').getTime();
const now = (): Date => new Date(base + ahead);
const password = 'みずうみの あさ はやくに';
let hash: string;
beforeAll(async () => {
  service = await startService({ secondFactor: 'required', now });
  hash = await hashPassword(password);
  await service.owner.query('update account set password_hash = $1', [hash]);
});
afterAll(() => service.stop());

const halfMinute = 30_000;
const words = (page: Seen): string => page.html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
const secretOn = (page: Seen): string =>
  (/<code class="to-type">([A-Z2-7 ]{32,})<\/code>/.exec(page.html)?.[1] ?? '').replaceAll(' ', '');
const codesOn = (page: Seen): string[] =>
  [...page.html.matchAll(/<code class="to-copy">([a-z2-9]{5}-[a-z2-9]{5})<\/code>/g)].map(
    ([, code = '']) => code,
  );
/** What the app on the telephone shows; `off` half minutes away. */
const shown = (secret: string, off = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: now().getTime() + off * halfMinute });

/** A right password, at a browser of one's own. */
const withPassword = async (login: string): Promise<Readonly<{ at: Desk; answer: Seen }>> => {
  const at = desk(service);
  const answer = await at.send(await at.get('/sign-in'), '/sign-in', { login, password });
  return { at, answer };
};
/** The first sign-in, with an app set up on the way. */
const enrolled = async (login: string) => {
  const { at, answer } = await withPassword(login);
  const choose = await at.get(answer.location);
  const setUp = await at.get('/sign-in/enrol/app?to=%2Faccount');
  const secret = secretOn(setUp);
  const sheet = await at.send(setUp, '/sign-in/enrol/app', { code: shown(secret) });
  ahead += halfMinute;
  return { at, answer, choose, secret, sheet, codes: codesOn(sheet) };
};
const code = async (at: Desk, typed: string): Promise<Seen> =>
  at.send(await at.get('/sign-in/second'), '/sign-in/second', { code: typed });
const logged = async (login: string): Promise<string[]> => {
  const { rows } = await service.owner.query<{ said: string }>(
    `select l.action || ': ' || l.what as said from access_log l join account a on a.id = l.account
     where a.login = $1 and l.action in ('sign-in', 'sign-in-refused', 'sign-out', 'account') order by l.id`,
    [login],
  );
  return rows.map((row) => row.said);
};

describe('where a second proof is asked for', () => {
  test('a password alone leads to choosing one and to nothing else', async () => {
    const { at, answer } = await withPassword('doctor');
    expect(answer.location).toBe('/sign-in/enrol?to=%2F');
    for (const path of ['/patients', '/account', '/account/factors', '/', '/sign-in/second']) {
      const page = await at.get(path);
      expect([path, page.status, page.location.startsWith('/sign-in?')]).toEqual([path, 303, true]);
    }
    // No name and no menu are shown to somebody who has half a key.
    expect((await at.get('/sign-in/enrol')).html).not.toContain('class="nav"');
    const sent = await at.send(await at.get('/sign-in/enrol/app'), '/sign-in/enrol/app', { code: '000000' });
    expect([sent.status, sent.html.includes('#field-code')]).toEqual([422, true]);
  });

  test('the first time an app is set up, and a sheet of recovery codes is given once', async () => {
    const before = await service.owner.query(`select 1 from outbox`);
    const { at, choose, secret, sheet, codes } = await enrolled('reception');
    expect(words(choose)).toContain('もう一つの確かめ方を決めます');
    expect(secret).toHaveLength(32);
    expect([sheet.status, codes.length, new Set(codes).size]).toEqual([200, 10, 10]);
    expect((await at.get('/account')).status).toBe(200);
    expect((await at.get('/account/factors')).html).not.toContain(codes[0]);
    expect(await logged('reception')).toEqual([
      'account: authenticator app added',
      'sign-in: password and new authenticator app',
    ]);
    // Neither the secret nor a code can be read in the database, and the owner is told.
    const { rows } = await service.owner.query<{ all: string }>(
      `select (select string_agg(to_jsonb(t)::text || encode(t.sealed, 'escape'), '') from totp t)
        || (select string_agg(to_jsonb(c)::text, '') from recovery_code c) as all`,
    );
    for (const one of [secret, ...codes, ...codes.map((c) => c.replace('-', ''))])
      expect(rows[0]?.all).not.toContain(one);
    expect((await service.owner.query(`select 1 from outbox`)).rows.length).toBe(before.rows.length + 1);
  });

  test('the next time the figures of the app are asked for, and each is good once', async () => {
    const { secret } = await enrolled('linkworker');
    const first = await withPassword('linkworker');
    expect(first.answer.location).toBe('/sign-in/second?to=%2F');
    expect((await code(first.at, '123456')).status).toBe(422);
    const used = shown(secret);
    const old = first.at.jar.get('session');
    expect((await code(first.at, used)).location).toBe('/');
    expect((await first.at.get('/inbox')).status).toBe(200);
    expect(first.at.jar.get('session')).not.toBe(old);

    const second = await withPassword('linkworker');
    expect((await code(second.at, used)).status).toBe(422);
    // The clock of a telephone may be half a minute off, and no more.
    ahead += 3 * halfMinute;
    expect((await code(second.at, shown(secret, -2))).status).toBe(422);
    expect((await code(second.at, shown(secret, 2))).status).toBe(422);
    expect((await code(second.at, ` ${shown(secret, -1).replace(/^.../, '$& ')} `)).location).toBe('/');
    expect(await logged('linkworker')).toEqual(
      expect.arrayContaining(['sign-in-refused: second factor', 'sign-in: password and app']),
    );
  });

  test('a recovery code opens once, however it is typed', async () => {
    const { codes } = await enrolled('coordinator');
    const [one = '', two = ''] = codes;
    const first = await withPassword('coordinator');
    expect((await code(first.at, one)).location).toBe('/');
    const second = await withPassword('coordinator');
    expect((await code(second.at, one)).status).toBe(422);
    expect((await code(second.at, ` ${two.toUpperCase().replace('-', ' ')}`)).location).toBe('/');
    expect(words(await second.at.get('/account/factors'))).toContain('残り8個');
  });

  test('a secret that somebody else was offered, or that was changed on the way, is not taken', async () => {
    const [mine, theirs] = [await withPassword('neighbour'), await withPassword('council')];
    const [page, other] = [
      await mine.at.get('/sign-in/enrol/app'),
      await theirs.at.get('/sign-in/enrol/app'),
    ];
    const offer = /name="offer" value="([^"]+)"/.exec(other.html)?.[1] ?? '';
    for (const given of [offer, `${offer.slice(0, -4)}AAAA`, '', 'x']) {
      const sent = await mine.at.send(page, '/sign-in/enrol/app', {
        offer: given,
        code: shown(secretOn(other)),
      });
      expect([sent.status, words(sent).includes('この画面は古くなりました')]).toEqual([422, true]);
    }
  });

  test('the waiting ends after ten minutes, and with the first whole session', async () => {
    const { secret } = await enrolled('council');
    const { at } = await withPassword('council');
    const page = await at.get('/sign-in/second');
    ahead += 11 * 60_000;
    expect((await at.send(page, '/sign-in/second', { code: shown(secret) })).status).toBe(401);

    const again = await withPassword('council');
    const waiting = again.at.jar.get('session') ?? '';
    await code(again.at, shown(secret));
    const thief = desk(service);
    thief.jar.set('session', waiting);
    expect((await thief.get('/sign-in/second')).location).toMatch(/^\/sign-in\?/);
  });

  test('the last proof cannot be taken away', async () => {
    const { at } = await enrolled('resource');
    const removed = await at.send(await at.get('/account/factors'), '/app/remove');
    expect([removed.status, words(removed).includes('先に別の方法を設定')]).toEqual([403, true]);
    expect((await withPassword('resource')).answer.location).toMatch(/second/);
  });
});

test('what was typed when the session ended is there again after both proofs', async () => {
  await service.owner.query(
    `delete from totp where account_id = (select id from account where login = 'resource')`,
  );
  const { at, secret } = await enrolled('resource');
  const page = await at.get('/resources/new');
  ahead += 61 * 60_000;
  const asked = await at.send(page, '/resources', { name: 'みんなの茶の間' });
  expect(asked.status).toBe(401);
  const second = await at.send(asked, '/sign-in', { login: 'resource', password });
  expect(second.location).toBe('/sign-in/second?to=%2Fresources%2Fnew');
  const sent = await at.send(await at.get(second.location), '/sign-in/second', { code: shown(secret) });
  expect(sent.location).toBe('/resources/new');
  expect((await at.get(sent.location)).html).toContain('みんなの茶の間');
});

describe('an own page', () => {
  let at: Desk;
  let secret: string;
  beforeAll(async () => {
    ({ at, secret } = await enrolled('doctor'));
  });

  test('changes how one signs in only shortly after a proof', async () => {
    expect((await at.get('/account/factors/app')).status).toBe(200);
    ahead += 11 * 60_000;
    const sent = await at.get('/account/factors/app');
    expect(sent.location).toBe('/account/confirm?to=%2Faccount%2Ffactors%2Fapp');
    const list = await at.get('/account/factors');
    expect((await at.send(list, '/factors/codes')).location).toMatch(/^\/account\/confirm/);
    const ask = await at.get(sent.location);
    expect((await at.send(ask, '/account/confirm', { password: 'wrong' })).status).toBe(422);
    const before = at.jar.get('session') ?? '';
    expect((await at.send(ask, '/account/confirm', { password })).location).toBe('/account/factors/app');
    // The session goes on under another secret.
    const thief = desk(service);
    thief.jar.set('session', before);
    expect((await thief.get('/account')).status).toBe(303);
    expect((await at.get('/account/factors/app')).status).toBe(200);
  });

  test('another telephone takes the place of the first, and sessions elsewhere end', async () => {
    const elsewhere = await withPassword('doctor');
    await code(elsewhere.at, shown(secret));
    expect((await elsewhere.at.get('/account')).status).toBe(200);
    const page = await at.get('/account/factors/app');
    const fresh = secretOn(page);
    expect((await at.send(page, '/factors/app', { code: shown(fresh) })).location).toBe(
      '/account/factors?said=added',
    );
    ahead += halfMinute;
    expect((await elsewhere.at.get('/account')).location).toBe('/sign-in?to=%2Faccount&was=ended');
    expect((await at.get('/account')).status).toBe(200);
    const next = await withPassword('doctor');
    expect((await code(next.at, shown(secret))).status).toBe(422);
    expect((await code(next.at, shown(fresh))).location).toBe('/');
    secret = fresh;
  });

  test('new recovery codes make the old ones void', async () => {
    const list = await at.get('/account/factors');
    const first = codesOn(await at.send(list, '/factors/codes'));
    const second = codesOn(await at.send(list, '/factors/codes'));
    const next = await withPassword('doctor');
    expect((await code(next.at, first[0] ?? '')).status).toBe(422);
    expect((await code(next.at, second[0] ?? '')).location).toBe('/');
  });

  test('says where one is signed in, in words', async () => {
    expect(words(await at.get('/account'))).toContain('ログインしている端末');
    expect(await logged('doctor')).toContain('account: recovery codes made');
  });
});

describe('a session that was ended', () => {
  test('is refused from another browser, said clearly, noted once and forgotten by the browser', async () => {
    const { at, secret } = await enrolled('admin');
    const thief = desk(service);
    thief.jar.set('session', at.jar.get('session') ?? '');
    expect((await thief.get('/accounts')).status).toBe(200);
    ahead += halfMinute;
    const mine = await withPassword('admin');
    await code(mine.at, shown(secret));
    await mine.at.send(await mine.at.get('/account'), '/account/sessions');
    const refused = await thief.get('/accounts');
    expect(refused.location).toBe('/sign-in?to=%2Faccounts&was=ended');
    expect(words(await thief.get(refused.location))).toContain('ほかの所で終えられました');
    expect(thief.jar.has('session')).toBe(false);
    expect((await logged('admin')).filter((one) => one === 'sign-in-refused: session ended')).toHaveLength(1);
  });

  test('after an hour without a click, too', async () => {
    const { at } = await enrolled('neighbour');
    ahead += 61 * 60_000;
    const refused = await at.get('/inbox');
    expect(refused.location).toBe('/sign-in?to=%2Finbox&was=lapsed');
    expect(words(await at.get(refused.location))).toContain('しばらく使われなかった');
  });
});
