import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { demoPassword } from '../../seeds/load.ts';
import { startService, type Service } from '../support/service.ts';

const attempts = 3;
const lines: string[] = [];
const log = pino(
  { level: 'info' },
  new Writable({
    write: (line: Buffer, _encoding, done) => {
      lines.push(line.toString());
      done();
    },
  }),
);
let service: Service;
beforeAll(async () => {
  service = await startService({ attempts, log });
});
afterAll(() => service.stop());

/** A sign-in from an address (the test's own connection is a trusted proxy). */
const signIn = (login: string, password: string, from: string, cookie = ''): Promise<Response> =>
  fetch(`${service.url}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'x-forwarded-for': from, cookie },
    body: new URLSearchParams({ login, password }),
  });
const cookieIn = (answer: Response, name: string): string =>
  answer.headers
    .getSetCookie()
    .find((one) => one.startsWith(`${name}=`))
    ?.split(';')[0] ?? '';

test('guessing from many addresses is stopped, and keeps nobody out of a browser they have used', async () => {
  const device = cookieIn(await signIn('doctor', demoPassword, '192.0.2.1'), 'device');
  expect(device).toMatch(/^device=[\w-]{43}$/);
  const answers: number[] = [];
  for (let i = 0; i < attempts * 10 + 2; i += 1)
    answers.push((await signIn('doctor', 'wrong', `198.51.100.${String(i)}`)).status);
  expect(answers.slice(-3)).toEqual([422, 429, 429]);
  // Elsewhere the right password has to wait too; in the doctor's own browser it does not.
  expect((await signIn('doctor', demoPassword, '203.0.113.9')).status).toBe(429);
  expect((await signIn('doctor', demoPassword, '203.0.113.9', device)).status).toBe(303);
  // What the doctor's browser is spared, somebody else's name is not.
  const other = cookieIn(await signIn('council', demoPassword, '192.0.2.1'), 'device');
  expect((await signIn('doctor', demoPassword, '203.0.113.9', other)).status).toBe(429);
  // And a known browser may still not guess without end.
  const guesses: number[] = [];
  for (let i = 0; i <= attempts; i += 1)
    guesses.push((await signIn('doctor', 'wrong', '203.0.113.10', device)).status);
  expect(guesses.at(-1)).toBe(429);
});

test('a clinic behind one address uses its passkeys all morning; questions without end are refused', async () => {
  const ask = async (): Promise<number> =>
    (
      await fetch(`${service.url}/sign-in/passkey/options`, {
        method: 'POST',
        headers: { 'x-forwarded-for': '192.0.2.30' },
      })
    ).status;
  const answers: number[] = [];
  for (let i = 0; i <= attempts * 10; i += 1) answers.push(await ask());
  expect([answers.at(-2), answers.at(-1)]).toEqual([200, 429]);
  expect((await signIn('council', demoPassword, '192.0.2.30')).status).toBe(303);
});

test('a failed sign-in leaves a line that tells neither what was typed as a name nor as a password', async () => {
  await signIn('reception', 'a-slip-of-the-pen', '192.0.2.7');
  await signIn('typed-my-password-here', 'x', '192.0.2.7');
  const { rows } = await service.owner.query<{
    what: string;
    account: string | null;
    address: string;
    line: string;
  }>(
    `select what, account, address, to_jsonb(l)::text as line from access_log l where address = '192.0.2.7' order by id`,
  );
  expect(rows.map(({ what, account }) => [what, account !== null])).toEqual([
    ['password', true],
    ['password', false],
  ]);
  for (const secret of ['a-slip-of-the-pen', 'typed-my-password-here']) {
    expect(rows.some(({ line }) => line.includes(secret))).toBe(false);
    expect(lines.some((line) => line.includes(secret))).toBe(false);
  }
});

test('the secret of a one-time link is in no log and goes into no Referer', async () => {
  for (const kind of ['a', 'r', 'c', 'welcome']) {
    const secret = `secret-of-${kind}-0123456789`;
    for (const path of [
      `/${kind}/${secret}`,
      `/${kind}/${secret}/sections/x`,
      `/${kind}/${secret}?q=${secret}`,
    ]) {
      const answer = await fetch(`${service.url}${path}`, { redirect: 'manual' });
      expect([path, answer.headers.get('referrer-policy')]).toEqual([path, 'strict-origin']);
    }
    expect(lines.some((line) => line.includes(secret))).toBe(false);
  }
  expect(lines.some((line) => line.includes('/welcome/…'))).toBe(true);
});
