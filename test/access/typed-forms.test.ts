import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { makeTypedForms } from '../../src/access/typed-forms.ts';
import { demoPassword } from '../../seeds/load.ts';
import { desk, signedIn, type Desk, type Seen } from '../support/desk.ts';
import { officeHours, startService, type Service } from '../support/service.ts';
import { testSecret } from '../support/template.ts';

let service: Service;
let ahead = 0;
const start = officeHours();
const minutes = 60_000;

beforeAll(async () => {
  service = await startService({ now: () => new Date(start().getTime() + ahead) });
});
afterAll(() => service.stop());
beforeEach(() => service.owner.query('delete from typed_form'));

const typed = { family: '試験', given: '千代', familyKana: 'シケン', phone: '090-0000-0000', sex: 'female' };
const signIn = (at: Desk, page: Seen, login: string): Promise<Seen> =>
  at.send(page, '/sign-in', { login, password: demoPassword });
const keptRows = async (): Promise<number> => {
  const { rows } = await service.owner.query<{ n: number }>('select count(*)::int as n from typed_form');
  return rows[0]?.n ?? 0;
};
const people = async (): Promise<number> => {
  const { rows } = await service.owner.query<{ n: number }>('select count(*)::int as n from patient');
  return rows[0]?.n ?? 0;
};

/** A reception that types a person in and comes back after an hour and a bit. */
async function lateReception(): Promise<{ at: Desk; page: Seen; answer: Seen }> {
  const at = await signedIn(service, 'reception');
  const page = await at.get('/patients/new?form=one');
  ahead += 61 * minutes;
  return { at, page, answer: await at.send(page, '/patients', typed) };
}

describe('a session that ends while somebody types', () => {
  test('asks them to sign in and goes on with what they typed, which nobody else at that screen can read', async () => {
    const before = await people();
    const { at, answer } = await lateReception();
    expect(answer.status).toBe(401);
    expect(answer.html).toContain('入力した内容のまま続けられます');
    for (const one of ['千代', '090-0000-0000']) expect(answer.html).not.toContain(one);
    expect(await keptRows()).toBe(0);

    const wrong = await at.send(answer, '/sign-in', { login: 'reception', password: 'no' });
    expect(wrong.status).toBe(422);
    const again = await signIn(at, wrong, 'reception');
    expect([again.status, again.location]).toEqual([303, '/patients/new?form=one']);
    const page = await at.get(again.location);
    for (const says of ['まだ送られていません', 'value="千代"', 'value="090-0000-0000"'])
      expect(page.html).toContain(says);
    expect(page.html).toMatch(/value="female"[^>]*checked/);
    expect(await people()).toBe(before);

    // Still not complete: it stays, until it is sent or the person wants an empty form.
    expect((await at.send(page, '/patients', typed)).status).toBe(422);
    expect((await at.get(again.location)).html).toContain('千代');
    await at.send(await at.get(again.location), '/typed-forms/forget');
    expect((await at.get(again.location)).html).not.toContain('千代');
    expect(await keptRows()).toBe(0);
  });

  test('gives another account its own first page and nothing that was typed', async () => {
    const { at, answer } = await lateReception();
    const other = await signIn(at, answer, 'doctor');
    expect([other.status, other.location]).toEqual([303, '/']);
    expect(await keptRows()).toBe(0);
    expect((await at.get('/patients/new?form=one')).html).not.toContain('千代');
  });

  test('shows a page that the account may no longer see to nobody, whatever was typed there', async () => {
    const at = await signedIn(service, 'doctor');
    const person = service.demo.people.find(
      (one) => one.clinic.id === service.demo.accounts.find((a) => a.login === 'doctor')?.organizationId,
    );
    const page = await at.get(`/patients/${person?.id ?? ''}/edit`);
    ahead += 61 * minutes;
    const answer = await at.send(page, '/edit', typed);
    const elsewhere = service.demo.people.find((one) => one.clinic.id !== person?.clinic.id)?.clinic.id;
    const move = `update account set organization_id = $1 where login = 'doctor'`;
    await service.owner.query(move, [elsewhere]);
    const again = await signIn(at, answer, 'doctor');
    expect(again.location).toBe(`/patients/${person?.id ?? ''}/edit`);
    const seen = await at.get(again.location);
    await service.owner.query(move, [person?.clinic.id]);
    expect(seen.status).toBe(404);
    expect(seen.html).not.toContain('千代');
  });

  test('after a sign-out or an end from elsewhere does the same', async () => {
    const at = await signedIn(service, 'reception');
    const page = await at.get('/patients/new?form=two');
    await service.owner.query('update session set revoked_at = now()');
    const answer = await at.send(page, '/patients', typed);
    expect(answer.status).toBe(401);
    expect((await signIn(at, answer, 'reception')).location).toBe('/patients/new?form=two');
  });

  test('says that a file is not kept', async () => {
    const at = await signedIn(service, 'reception');
    const clinic = service.demo.accounts.find((one) => one.login === 'reception')?.organizationId;
    const person = service.demo.people.find((one) => one.clinic.id === clinic);
    const page = await at.get(`/patients/${person?.id ?? ''}/consents/new`);
    ahead += 61 * minutes;
    const scan = new Blob([new Uint8Array(Buffer.from('%PDF-1.7'))]);
    const answer = await at.sendFiles(page, '/consents', { evidence: 'scan', kept: '金庫' }, { scan });
    const again = await at.get((await signIn(at, answer, 'reception')).location);
    expect(again.html).toContain('ファイルや手書きの署名は残せません');
    expect(again.html).toContain('value="金庫"');
  });

  test('says so when it was too much to be carried along', async () => {
    const at = await signedIn(service, 'reception');
    const page = await at.get('/patients/new');
    ahead += 61 * minutes;
    const answer = await at.send(page, '/patients', { ...typed, line: 'あ'.repeat(80_000) });
    expect(answer.status).toBe(401);
    expect(answer.html).toContain('長すぎて、残せませんでした');
    expect((await signIn(at, answer, 'reception')).location).toBe('/');
  });

  test('never takes a password along', async () => {
    const at = await signedIn(service, 'reception');
    const page = await at.get('/account');
    ahead += 61 * minutes;
    const answer = await at.send(page, '/account/password', {
      current: demoPassword,
      fresh: 'x',
      again: 'x',
    });
    expect(answer.status).toBe(401);
    expect(answer.html).not.toContain('name="carried"');
  });
});

describe('nobody plants a form', () => {
  const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    fetch(service.url + path, {
      method: 'POST',
      redirect: 'manual',
      headers,
      body: new URLSearchParams(fields),
    });
  const late = async (): Promise<string> => {
    const at = await signedIn(service, 'reception');
    const page = await at.get('/patients/new');
    ahead += 61 * minutes;
    return /name="_csrf" value="([^"]+)"/.exec(page.html)?.[1] ?? '';
  };

  test.each([
    ['from another site', { origin: 'https://evil.example' }, 403],
    ['from a frame of another site', { 'sec-fetch-site': 'cross-site' }, 403],
  ])('%s', async (_, headers, status) => {
    const token = await late();
    const answer = await post('/patients', { ...typed, _csrf: token, _page: '/patients/new' }, headers);
    expect(answer.status).toBe(status);
    expect(await answer.text()).not.toContain('name="carried"');
  });

  test('without the token of a session of ours', async () => {
    for (const token of ['', 'x'.repeat(43)]) {
      const answer = await post('/patients', { ...typed, _csrf: token, _page: '/patients/new' });
      expect(answer.status).toBe(401);
      expect(await answer.text()).not.toContain('name="carried"');
    }
  });

  test('with a page elsewhere', async () => {
    const token = await late();
    for (const page of ['https://evil.example/', '//evil.example', '/\\evil.example']) {
      const answer = await post('/patients', { ...typed, _csrf: token, _page: page });
      expect(await answer.text()).not.toContain('name="carried"');
    }
  });

  test('by writing what the sign-in page carries', async () => {
    const made = Buffer.from(JSON.stringify({ account: randomUUID(), page: '/patients/new' }));
    for (const carried of ['x', 'あ', made.toString('base64url')]) {
      const at = desk(service);
      const page = await at.get('/sign-in');
      const answer = await at.send(page, '/sign-in', { login: 'doctor', password: demoPassword, carried });
      expect([answer.status, answer.location]).toEqual([303, '/']);
    }
    expect(await keptRows()).toBe(0);
  });
});

describe('a form of an earlier session of the same person', () => {
  test('does nothing, and comes back as it was typed', async () => {
    const before = await people();
    const { at, answer, page } = await lateReception();
    await signIn(at, answer, 'reception');
    await service.owner.query('delete from typed_form');
    const old = await at.send(page, '/patients', typed);
    expect([old.status, old.location]).toEqual([303, '/patients/new?form=one']);
    expect((await at.get(old.location)).html).toContain('value="千代"');
    expect(await people()).toBe(before);
  });

  test('of somebody else is refused', async () => {
    const { at, answer, page } = await lateReception();
    await signIn(at, answer, 'doctor');
    expect((await at.send(page, '/patients', typed)).status).toBe(403);
    expect(await keptRows()).toBe(0);
  });
});

describe('what is kept', () => {
  let mine: string;
  let other: string;
  beforeAll(async () => {
    const { rows } = await service.owner.query<{ id: string }>(
      'select id from account order by login limit 2',
    );
    [mine, other] = rows.map((row) => row.id) as [string, string];
  });
  const forms = () => makeTypedForms({ database: service.database, now: service.now, secret: testSecret });
  const form = { values: { family: '千代' }, file: false, unsent: false };

  test('cannot be read in the database, nor under another account or page', async () => {
    await forms().keep(mine, '/here', form);
    expect(await forms().find(mine, '/here')).toEqual(form);
    const { rows } = await service.owner.query<{ sealed: Buffer }>('select sealed from typed_form');
    expect(rows[0]?.sealed.includes('千代')).toBe(false);
    await service.owner.query('update typed_form set account_id = $1', [other]);
    expect(await forms().find(other, '/here')).toBeUndefined();
    await service.owner.query(`update typed_form set account_id = $1, page = '/there'`, [mine]);
    expect(await forms().find(mine, '/there')).toBeUndefined();
  });

  test('is the last twenty forms of an account', async () => {
    for (let at = 0; at < 22; at += 1) {
      ahead += 1000;
      await forms().keep(mine, `/form/${String(at)}`, form);
    }
    await forms().keep(other, '/form/0', form);
    expect(await forms().find(mine, '/form/1')).toBeUndefined();
    expect(await forms().find(mine, '/form/2')).toEqual(form);
    expect(await forms().find(other, '/form/0')).toEqual(form);
  });

  test('is gone after the day, and the row with it', async () => {
    await forms().keep(mine, '/here', form);
    ahead += 12 * 60 * minutes;
    expect(await forms().find(mine, '/here')).toBeUndefined();
    // The jobs go by the database's clock.
    await service.owner.query(`update typed_form set kept_at = now() - interval '13 hours'`);
    while ((await keptRows()) > 0) await new Promise((later) => setTimeout(later, 200));
  });
});

test('another language takes along what is typed', async () => {
  const at = await signedIn(service, 'reception');
  const page = await at.get('/patients/new?form=three');
  expect(page.html).toMatch(/<button[^>]*form="registration"[^>]*formaction="\/language\/en"/i);
  const sent = await at.send(
    { ...page, html: page.html.replace('action="/patients"', 'action="/language/en"') },
    '/language/en',
    typed,
  );
  expect([sent.status, sent.location]).toEqual([303, '/patients/new?form=three']);
  expect(sent.headers.get('set-cookie')).toContain('language=en');
  expect((await at.get(sent.location)).html).toContain('value="千代"');
});
