import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { hashPassword } from '../../src/access/password.ts';
import { makeMailer } from '../../src/exchange/mailer.ts';
import { demoPassword } from '../../seeds/load.ts';
import { startApi, type Api } from '../exchange/api.ts';
import { signedIn, type Desk } from '../support/desk.ts';
import { startMailbox, type Mailbox } from '../support/mailbox.ts';

let api: Api;
let doctor: Desk;
let admin: Desk;
let mailbox: Mailbox;
const account = async (login: string, role: string, body: string, name: string): Promise<Desk> => {
  const hash = await hashPassword(demoPassword);
  await api.owner.query(
    'insert into account (id, login, password_hash, name, role, organization_id) values ($1, $2, $3, $4, $5, $6)',
    [randomUUID(), login, hash, name, role, body],
  );
  return signedIn(api, login);
};
beforeAll(async () => {
  api = await startApi();
  mailbox = await startMailbox();
  doctor = await account('isha', 'doctor', api.bodies.clinic.id, '試験 医師');
  admin = await account('kanri', 'admin', api.bodies.clinic.id, '試験 管理');
});
afterAll(async () => {
  await mailbox.stop();
  await api.stop();
});

const elsewhere = [
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '\t//evil.example',
  '/\t/evil.example',
  ' //evil.example',
  'https:evil.example',
  'https://evil.example',
  'HTTPS:/evil.example',
  'javascript:alert(1)',
  'data:text/html,x',
  '/%0d%0aX-Evil:1',
  '/\r\nX-Evil: 1',
  '/\u2028X-Evil: 1',
  '/\u0085X-Evil: 1',
  '/嘊X-Evil: 1', // whose low byte is a line feed
  '/.//evil.example',
  '/a/..//evil.example',
  '/%2f%2fevil.example',
  '/@evil.example',
  '@evil.example',
  '.evil.example',
  ':80@evil.example',
];

describe('an address that came along', () => {
  test.each(elsewhere)('%j leads nowhere but to this server', async (to) => {
    const form = (fields: Record<string, string>): RequestInit => ({
      method: 'POST',
      body: new URLSearchParams(fields),
    });
    const cookie = [...doctor.jar].map((pair) => pair.join('=')).join('; ');
    const csrf = /name="_csrf" value="([^"]+)"/.exec((await doctor.get('/account')).html)?.[1] ?? '';
    const asked: [string, RequestInit][] = [
      ['/sign-in', form({ login: 'isha', password: demoPassword, to })],
      [`/language/en?to=${encodeURIComponent(to)}`, {}],
      ['/language/en', { ...form({ _csrf: csrf, _page: to }), headers: { cookie } }],
      ['/typed-forms/forget', { ...form({ _csrf: csrf, _page: to }), headers: { cookie } }],
      [`/sign-out`, { ...form({ _csrf: 'x'.repeat(43), _page: to, to }), headers: { cookie } }],
    ];
    for (const [path, init] of asked) {
      const answer = await fetch(`${api.url}${path}`, { redirect: 'manual', ...init });
      const location = answer.headers.get('location');
      expect([path, answer.headers.has('x-evil'), answer.status < 500]).toEqual([path, false, true]);
      if (location === null) continue;
      expect([path, new URL(location, `${api.url}/a/b`).origin]).toEqual([path, api.url]);
      expect(location).toMatch(/^\/(?![/\\])[\x21-\x7e]*$/);
    }
    // Of a page that asks to sign in first, only the path goes along.
    const page = await fetch(`${api.url}/sign-in?to=${encodeURIComponent(to)}`);
    const kept = /name="to" value="([^"]*)"/.exec(await page.text())?.[1] ?? '/';
    expect(new URL(kept, api.url).origin).toBe(api.url);
  });

  test('in the line of the request itself does not become one to follow', async () => {
    for (const path of [
      '//evil.example/patients',
      '/\\evil.example',
      '//evil.example/%2e%2e',
      '/patients//evil.example',
    ]) {
      const answer = await fetch(`${api.url}${path}`, { redirect: 'manual' });
      const location = answer.headers.get('location') ?? '/';
      expect([path, new URL(location, api.url).origin]).toEqual([path, api.url]);
    }
  });

  test('of another host, said by the request, stands in nothing that is answered', async () => {
    const bearer = `Bearer ${await api.token('clinic')}`;
    for (const path of ['/sign-in', '/fhir/metadata', '/fhir/Organization?_count=1', '/patients']) {
      const answer = await fetch(`${api.url}${path}`, {
        redirect: 'manual',
        headers: {
          authorization: bearer,
          'x-forwarded-host': 'evil.example',
          'x-forwarded-proto': 'gopher',
          'x-original-url': '/evil.example',
          forwarded: 'host=evil.example',
        },
      });
      expect(`${answer.headers.get('location') ?? ''}${await answer.text()}`).not.toMatch(
        /evil\.example|gopher/,
      );
    }
  });
});

describe('what a program sends in its head', () => {
  test('comes back in no head of ours', async () => {
    const bearer = `Bearer ${await api.token('clinic')}`;
    const strange = 'evil"; x="1';
    const calls: [string, Record<string, string>][] = [
      ['/fhir/Organization', { authorization: bearer, 'x-request-id': strange, 'x-correlation-id': strange }],
      ['/fhir/Organization', { authorization: `Bearer ${strange}` }],
      ['/fhir/Organization', { authorization: 'Bearer evil.evil.evil' }],
      [`/fhir/Organization/${api.bodies.clinic.id}`, { authorization: bearer, 'if-none-match': strange }],
      ['/fhir/Organization?name=%0d%0aX-Evil:%201', { authorization: bearer }],
      ['/sign-in', { 'accept-language': 'evil', cookie: `language=evil; session=evil` }],
      ['/fhir/Organization', { authorization: bearer, origin: 'https://evil.example' }],
    ];
    for (const [path, headers] of calls) {
      const answer = await fetch(`${api.url}${path}`, { headers, redirect: 'manual' });
      expect(answer.status).toBeLessThan(500);
      expect(JSON.stringify([...answer.headers]).toLowerCase()).not.toContain('evil');
      await answer.arrayBuffer();
    }
  });
});

test.each([
  'x"; filename="evil.exe',
  '../../etc/passwd',
  '..\\..\\evil.bat',
  '花子\u2028X-Evil: 1',
  "x'; filename*=UTF-8''evil.exe",
  '%0d%0aX-Evil:1',
  '髙橋'.repeat(200),
])('a person called %j is the name of a file and nothing more', async (name) => {
  const made = await api.send('clinic', 'post', '/Patient', {
    resourceType: 'Patient',
    name: [{ text: name, family: name, given: ['x'] }],
    birthDate: '1950-01-01',
    managingOrganization: { reference: `Organization/${api.bodies.clinic.id}` },
  });
  expect(made.status).toBe(201);
  const sheet = await doctor.get(`/patients/${(made.body as { id: string }).id}/consent-form.pdf`);
  expect(sheet.status).toBe(200);
  expect(sheet.headers.has('x-evil')).toBe(false);
  expect(sheet.headers.get('content-disposition')).toMatch(
    /^inline; filename="[\w.\- ]+"; filename\*=UTF-8''(?:[\w.\-~!]|%[0-9A-F]{2})+$/,
  );
});

describe('a letter', () => {
  const mailer = () =>
    makeMailer({ smtpUrl: mailbox.smtpUrl, mailFrom: 'no-reply@tsunagi.example', dataDir: '' });

  test.each(['\r\n', '\n', '\r', '\u2028', '\u0085', '\0'])(
    'about a body in whose name a line ends with %j goes to nobody else and has no other head',
    async (end) => {
      const mark = randomUUID();
      const subject = `ご依頼（つどい${end}Bcc: evil@evil.example${end}${end}本文）${mark}`;
      await mailer()({ to: 'group@example.jp', subject, text: `${end}.${end}Bcc: evil@evil.example` });
      const arrived = await mailbox.wait((letter) => letter.subject.includes(mark));
      expect(arrived.to).toEqual(['group@example.jp']);
      expect(arrived.subject).toContain('Bcc: evil@evil.example');
    },
  );

  test.each([
    'group@example.jp, evil@evil.example',
    'group@example.jp\r\nBcc: evil@evil.example',
    'group@example.jp\r\nRCPT TO:<evil@evil.example>',
    'つどい <evil@evil.example>',
    '"group@example.jp"@evil.example',
    'a,evil@evil.example',
    'team: group@example.jp, evil@evil.example;',
    'group@example.jp\u2028',
    'group@evil.example(@example.jp)',
    '',
  ])('to %j does not leave', async (to) => {
    const before = mailbox.letters.length;
    await expect(mailer()({ to, subject: 'x', text: 'x' })).rejects.toThrow('one bare e-mail address');
    expect(mailbox.letters.length).toBe(before);
  });
});

describe('a table that is taken out', () => {
  const names = [
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '＝1',
    '＋1',
    '－1',
    '＠1',
    ' =1',
    '\u200b=1',
    '=1","=2',
    "=cmd|' /C calc'!A0",
  ];
  test.each(names)('starts no formula with the name %j', async (name) => {
    await api.owner.query('update account set name = $1 where login = $2', [name, 'isha']);
    await doctor.get('/patients');
    // The log has the database's own clock.
    const month = new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 7);
    const csv = await admin.get(`/access-log.csv?month=${month}`);
    expect([csv.status, csv.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    const cells = [...csv.html.matchAll(/"((?:[^"]|"")*)"/g)].map(([, cell = '']) =>
      cell.replaceAll('""', '"'),
    );
    expect(cells.filter((cell) => cell.includes(name))).not.toEqual([]);
    expect(cells.filter((cell) => /^[\s\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r\n]/u.test(cell))).toEqual([]);
  });
});
