import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { hashSecret, newSecret } from '../../src/access/secrets.ts';
import { startIssuer, type Answer, type TestIssuer } from '../support/issuer.ts';
import { desk, signedIn, type Desk, type Seen } from '../support/desk.ts';
import { startService, type Service } from '../support/service.ts';

let issuer: TestIssuer;
let service: Service;
beforeAll(async () => {
  issuer = await startIssuer();
  const { url, clientId, clientSecret } = issuer;
  service = await startService({ oidc: { issuer: url, clientId, clientSecret } });
});
afterAll(async () => {
  await service.stop();
  await issuer.stop();
});

const words = (page: Seen): string => page.html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');

/** Goes where the page leads: over there, and back with the answer, not yet opened. */
async function there(at: Desk, from: string, answer: Answer): Promise<string> {
  const sent = await at.get(from);
  if (!sent.location.startsWith(issuer.url)) throw new Error(`${from} led to ${sent.location}`);
  issuer.next(answer);
  const back = await fetch(sent.location, { redirect: 'manual' });
  return back.headers.get('location')?.slice(service.url.length) ?? '';
}
const through = async (at: Desk, from: string, answer: Answer): Promise<Seen> =>
  at.get(await there(at, from, answer));

const person = (claims: Record<string, unknown> = {}): Answer => ({
  claims: { sub: randomUUID(), email: 'someone@city.example', email_verified: true, ...claims },
});

/** An account that was invited, and the link of its letter. */
async function invited(email: string): Promise<Readonly<{ login: string; link: string }>> {
  const [id, secret, login] = [randomUUID(), newSecret(), `l-${randomUUID().slice(0, 8)}`];
  const like = service.demo.accounts.find((one) => one.login === 'coordinator');
  await service.owner.query(
    `insert into account (id, login, email, name, role, organization_id) values ($1, $2, $3, '試験 さくら', 'coordinator', $4)`,
    [id, login, email, like?.organizationId],
  );
  await service.owner.query(
    `insert into one_time_link (token_hash, purpose, organization_id, account_id, created_at, expires_at) values ($1, 'set-password', $2, $3, $4, $5)`,
    [
      hashSecret(secret),
      like?.organizationId,
      id,
      service.now(),
      new Date(service.now().getTime() + 3_600_000),
    ],
  );
  return { login, link: `/welcome/${secret}` };
}
const nameOn = async (at: Desk): Promise<string> => words(await at.get('/account'));

describe('somebody with an account at their municipality', () => {
  test('takes up the invitation with it, and is known by it from then on', async () => {
    const { login, link } = await invited('sakura@city.example');
    const answer = person();
    const at = desk(service);
    expect(words(await at.get(link))).toContain('自治体・職場のアカウント');
    expect((await through(at, `${link}/outside`, answer)).location).toBe('/');
    expect(await nameOn(at)).toContain(login);
    // The link is spent, for a password too.
    expect((await desk(service).get(link)).status).toBe(410);
    const later = desk(service);
    expect((await through(later, '/sign-in/outside?to=%2Ffigures', answer)).location).toBe('/figures');
    expect(await nameOn(later)).toContain(login);
    expect(issuer.faults).toEqual([]);
  });

  test('takes it up by the verified address that the letter went to, while it is open', async () => {
    const { login } = await invited('ume@city.example');
    const at = desk(service);
    const answer = person({ email: 'Ume@city.example' });
    expect((await through(at, '/sign-in/outside', answer)).location).toBe('/');
    expect(await nameOn(at)).toContain(login);
    // Somebody else who gets that address later is not her.
    const next = await through(desk(service), '/sign-in/outside', person({ email: 'ume@city.example' }));
    expect([next.status, words(next).includes('登録されていません')]).toEqual([403, true]);
  });

  test.each([
    ['the address is not verified', { email_verified: false }],
    ['the service does not say whether it is', { email_verified: undefined }],
    ['the service says so in words', { email_verified: 'true' }],
    ['it is another', { email: 'kaede@town.example' }],
    ['there is none', { email: undefined }],
  ])('is not let in when %s; no account is made', async (_why, claims) => {
    const email = `${randomUUID()}@city.example`;
    await invited(email);
    const before = (await service.owner.query('select 1 from account')).rows.length;
    const seen = await through(desk(service), '/sign-in/outside', person({ email, ...claims }));
    expect(seen.status).toBe(403);
    expect((await service.owner.query('select 1 from account')).rows.length).toBe(before);
  });

  test('nor by the address of an account that has a password, of an invitation that is over, or that two share', async () => {
    const reception = person({ email: 'reception@tsunagi.example' });
    expect((await through(desk(service), '/sign-in/outside', reception)).status).toBe(403);
    const { login } = await invited('momiji@city.example');
    await service.owner.query(
      `update one_time_link l set expires_at = l.created_at from account a where a.id = l.account_id and a.login = $1`,
      [login],
    );
    const momiji = person({ email: 'momiji@city.example' });
    expect((await through(desk(service), '/sign-in/outside', momiji)).status).toBe(403);
    await invited('both@city.example');
    await invited('both@city.example');
    const both = person({ email: 'both@city.example' });
    expect((await through(desk(service), '/sign-in/outside', both)).status).toBe(403);
  });
});

describe('somebody who is signed in', () => {
  test('connects it after saying that it is theirs, signs in with it, and disconnects it', async () => {
    const me = await signedIn(service, 'linkworker');
    const answer = person({ email: 'worker@city.example' });
    const asked = await through(me, '/account/outside', answer);
    expect(words(asked)).toContain('worker@city.example');
    const sent = await me.send(asked, '/account/outside');
    expect(sent.location).toBe('/account/factors?said=connected');
    const other = desk(service);
    expect((await through(other, '/sign-in/outside', answer)).location).toBe('/');
    expect(await nameOn(other)).toContain('linkworker');
    // It is nobody else's then.
    const doctor = await signedIn(service, 'doctor');
    const again = await doctor.send(await through(doctor, '/account/outside', answer), '/account/outside');
    expect([again.status, words(again).includes('ほかの人とつながっています')]).toEqual([409, true]);
    await me.send(await me.get('/account/factors'), '/outside/remove');
    expect((await through(desk(service), '/sign-in/outside', answer)).status).toBe(403);
  });

  test('is not connected by a page that somebody else led them to', async () => {
    const me = await signedIn(service, 'council');
    const asked = await through(me, '/account/outside', person());
    expect(asked.status).toBe(200);
    const forged = await fetch(`${service.url}/account/outside`, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        cookie: [...me.jar].map((pair) => pair.join('=')).join('; '),
        origin: 'https://evil.example',
      },
    });
    expect(forged.status).toBe(403);
    expect(
      (
        await service.owner.query(
          `select 1 from outside_identity i join account a on a.id = i.account_id where a.login = 'council'`,
        )
      ).rows,
    ).toEqual([]);
  });
});

describe('an answer of the sign-in service is refused, and nobody is let in,', () => {
  const lies: [why: string, answer: () => Answer][] = [
    ['that another key signed', () => ({ ...person(), forged: true })],
    ['that nothing signed', () => ({ ...person(), algorithm: 'none' })],
    ['that is meant for another service', () => person({ aud: 'somebody-else' })],
    ['that another issuer gave', () => person({ iss: 'https://elsewhere.example' })],
    ['that answers another question', () => person({ nonce: 'another-nonce-of-some-length' })],
    [
      'that is over',
      () => person({ iat: Math.floor(Date.now() / 1000) - 900, exp: Math.floor(Date.now() / 1000) - 600 }),
    ],
    ['that names nobody', () => person({ sub: undefined })],
  ];
  test.each(lies)('%s', async (_why, answer) => {
    const { login } = await invited('hagi@city.example');
    const given = answer();
    const lie = { ...given, claims: { ...given.claims, email: 'hagi@city.example' } };
    const at = desk(service);
    const seen = await through(at, '/sign-in/outside', lie);
    expect([seen.status, words(seen).includes('確かめられませんでした')]).toEqual([403, true]);
    expect(at.jar.has('session')).toBe(false);
    await service.owner.query(`delete from account where login = $1`, [login]);
    const { rows } = await service.owner.query<{ what: string }>(
      `select what from access_log where action = 'sign-in-refused' order by id desc limit 1`,
    );
    expect(rows).toEqual([{ what: 'outside account not verified' }]);
  });

  test('in another browser, a second time, or with another state', async () => {
    const { link } = await invited('kiku@city.example');
    const [at, answer] = [desk(service), person()];
    const back = await there(at, `${link}/outside`, answer);
    expect((await desk(service).get(back)).status).toBe(403);
    const changed = new URL(back, service.url);
    changed.searchParams.set('state', 'another-state-of-some-length');
    expect((await at.get(`${changed.pathname}${changed.search}`)).status).toBe(403);
    // The question was answered, wrongly; the right answer comes too late.
    expect((await at.get(back)).status).toBe(403);
    expect((await through(at, `${link}/outside`, answer)).location).toBe('/');
    expect((await at.get(back)).status).toBe(403);
  });
});

test('where a second proof is asked for, the service’s word for two proofs counts, one does not', async () => {
  const { url, clientId, clientSecret } = issuer;
  const strict = await startService({
    oidc: { issuer: url, clientId, clientSecret },
    secondFactor: 'required',
  });
  const kept = service;
  service = strict;
  try {
    const answer = person();
    const { link } = await invited('kaya@city.example');
    expect((await through(desk(service), `${link}/outside`, answer)).location).toMatch(/^\/sign-in\/enrol/);
    const both = { claims: { ...answer.claims, amr: ['pwd', 'mfa'] } };
    expect((await through(desk(service), '/sign-in/outside', both)).location).toBe('/');
  } finally {
    service = kept;
    await strict.stop();
  }
});

test('a service that cannot be reached is said, and the password is still a way', async () => {
  const lonely = await startService({
    oidc: { issuer: 'http://127.0.0.1:9', clientId: 'x', clientSecret: 'y' },
  });
  const seen = await desk(lonely).get('/sign-in/outside');
  expect([seen.status, words(seen).includes('つながりません')]).toEqual([503, true]);
  expect((await (await signedIn(lonely, 'doctor')).get('/patients')).status).toBe(200);
  await lonely.stop();
});
