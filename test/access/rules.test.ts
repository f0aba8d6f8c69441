import { expect, test } from '@jest/globals';
import { makeSeal } from '../../src/access/seal.ts';
import { allows, granted } from '../../src/access/scopes.ts';
import { deviceName } from '../../src/access/devices.ts';
import { isEasyToGuess } from '../../src/access/accounts/password.ts';
import { readConfig } from '../../src/kernel/config.ts';

const [first, second] = [
  'the first secret of a service, long enough',
  'the second one, which is as long as it',
];

test('what was sealed opens for whom it was sealed, and in no other place', () => {
  const seal = makeSeal([first]);
  const sealed = seal.close('ABCDEF', 'totp 1');
  expect(seal.open(sealed, 'totp 1')).toEqual({ plain: 'ABCDEF', old: false });
  expect(seal.open(sealed, 'totp 2')).toBeUndefined();
  expect(seal.close('ABCDEF', 'totp 1').equals(sealed)).toBe(false);
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = Buffer.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(seal.open(changed, 'totp 1')).toBeUndefined();
  }
  expect(seal.open(sealed.subarray(0, 28), 'totp 1')).toBeUndefined();
});

test('after the secret was changed, what the one before sealed still opens and is told to be old', () => {
  const sealed = makeSeal([first]).close('ABCDEF', 'x');
  expect(makeSeal([second, first]).open(sealed, 'x')).toEqual({ plain: 'ABCDEF', old: true });
  expect(makeSeal([second]).open(sealed, 'x')).toBeUndefined();
});

test.each([
  ['system/*.cruds', 'system/*.rs', 'system/*.rs'],
  ['system/Task.cruds', 'system/*.rs', 'system/Task.rs'],
  ['system/*.rs', 'system/Task.cruds system/Patient.r', 'system/Task.rs system/Patient.r'],
  [undefined, 'system/Task.rs', 'system/Task.rs'],
  ['system/Task.c', 'system/Task.rs', undefined],
  ['system/Task.rs system/task.rs system/*/Task.rs', 'system/*.cruds', 'system/Task.rs'],
])('of %j a client that may %j is given %j', (asked, allowed, given) => {
  expect(granted(asked, allowed)).toBe(given);
});

test('a scope allows what it names and nothing beside it', () => {
  expect(allows('system/Task.rs system/Patient.c', 'Task', 's')).toBe(true);
  expect(allows('system/Task.rs system/Patient.c', 'Patient', 's')).toBe(false);
  expect(allows('system/Task.rs', 'Tasks', 'r')).toBe(false);
  expect(allows('', 'Task', 'r')).toBe(false);
});

test.each([
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0',
    'Windowsのパソコン（Edge）',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
    'iPhone（Safari）',
  ],
  [
    'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36',
    'Androidのスマートフォン（Chrome）',
  ],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0', 'Mac（Firefox）'],
  ['curl/8.0', '端末'],
  ['', '端末'],
])('%j is called %s', (userAgent, name) => {
  expect(deviceName(userAgent).ja).toBe(name);
});

test.each(['password', 'Password123', 'sakura2026', 'qwertyuiop', '12345678', 'tsunagi-2026', 'Reception1'])(
  '%s is easy to guess',
  (password) => {
    expect(isEasyToGuess(password, ['reception'])).toBe(true);
  },
);
test.each(['みずうみの あさ', 'k7mq-w3xp', 'correct horse battery', 'うなぎ3びきとこいのぼり'])(
  '%s is not',
  (password) => {
    expect(isEasyToGuess(password, ['reception'])).toBe(false);
  },
);

test('production asks for a second proof unless it is told not to, and takes no sign-in service without TLS', () => {
  const kept = () => first;
  const production = {
    TSUNAGI_MODE: 'production',
    DATABASE_URL: 'postgres://localhost/x',
    TSUNAGI_SECRET: first,
    PUBLIC_URL: 'https://tsunagi.example',
    SMTP_URL: 'smtp://localhost',
  };
  expect(readConfig({}, kept)).toMatchObject({ secondFactor: 'optional', secret: first, oidc: undefined });
  expect(readConfig(production, kept)).toMatchObject({ secondFactor: 'required' });
  expect(readConfig({ ...production, TSUNAGI_SECOND_FACTOR: 'optional' }, kept).secondFactor).toBe(
    'optional',
  );
  const oidc = { OIDC_CLIENT_ID: 'x', OIDC_CLIENT_SECRET: 'y' };
  expect(() => readConfig(oidc, kept)).toThrow('must be set together');
  expect(() => readConfig({ ...production, ...oidc, OIDC_ISSUER: 'http://idp.example' }, kept)).toThrow(
    'https',
  );
  expect(readConfig({ ...production, ...oidc, OIDC_ISSUER: 'https://idp.example' }, kept).oidc).toEqual({
    issuer: 'https://idp.example',
    clientId: 'x',
    clientSecret: 'y',
  });
});
