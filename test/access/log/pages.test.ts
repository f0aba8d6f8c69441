import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { sql } from '../../../src/database/sql.ts';
import { monthOf } from '../../../src/access/log/review.ts';
import { desk, signedIn, type Desk } from '../../support/desk.ts';
import { startService, type Service } from '../../support/service.ts';

let service: Service;
let admin: Desk;
let doctor: Desk;
/** By the database's clock, as the log has it. */
const month = monthOf(new Date());
beforeAll(async () => {
  service = await startService({ patients: 30 });
  admin = await signedIn(service, 'admin');
  doctor = await signedIn(service, 'doctor');
}, 120_000);
afterAll(() => service.stop());

type Row = {
  action: string;
  what: string;
  why: string;
  account: string | null;
  organization: string | null;
  role: string;
  address: string | null;
  patients: string[];
};
const newest = async (count = 1): Promise<Row[]> =>
  (await service.owner.query<Row>(`select * from access_log order by id desc limit $1`, [count])).rows;
const accountOf = (login: string) => service.demo.accounts.find((one) => one.login === login);

describe('the access log holds', () => {
  test('who signed in, from where, and signed out', async () => {
    const somebody = await signedIn(service, 'reception');
    const account = accountOf('reception');
    const line = {
      organization: account?.organizationId,
      role: 'reception',
      address: expect.stringMatching(/127\.0\.0\.1$/),
    };
    expect(await newest()).toMatchObject([{ ...line, action: 'sign-in', what: 'password' }]);
    await somebody.send(await somebody.get('/patients'), '/sign-out');
    expect(await newest()).toMatchObject([{ ...line, action: 'sign-out' }]);
  });

  test('who could not, and nothing of what was typed', async () => {
    const somebody = desk(service);
    const form = await somebody.get('/sign-in');
    await somebody.send(form, '/sign-in', { login: 'Doctor ', password: 'himitsu-no-kotoba' });
    expect(await newest()).toMatchObject([
      { action: 'sign-in-refused', role: 'doctor', organization: accountOf('doctor')?.organizationId },
    ]);
    await somebody.send(form, '/sign-in', { login: 'himitsu-no-kotoba', password: 'x' });
    const [line] = await newest();
    expect(line).toMatchObject({ action: 'sign-in-refused', account: null, organization: null, role: '' });
    const { rows } = await service.owner.query(`select 1 from access_log l where l::text like '%himitsu%'`);
    expect(rows).toEqual([]);
  });

  test('the program that got a token, and the one that did not', async () => {
    const ask = (client: string, secret: string) =>
      fetch(new URL('/oauth/token', service.url), {
        method: 'POST',
        headers: { Authorization: `Basic ${Buffer.from(`${client}:${secret}`).toString('base64')}` },
        body: new URLSearchParams({ grant_type: 'client_credentials' }),
      });
    await ask('demo-office', 'demo-secret');
    expect(await newest()).toMatchObject([{ action: 'token', client: 'demo-office', role: 'linkworker' }]);
    await ask('demo-office', 'wrong');
    expect(await newest()).toMatchObject([{ action: 'token-refused', client: 'demo-office' }]);
    await ask('nobody', 'wrong');
    expect(await newest()).toMatchObject([{ action: 'token-refused', client: null, organization: null }]);
  });

  test('what was refused, the same for what is another’s and what does not exist', async () => {
    const mine = accountOf('doctor')?.organizationId ?? '';
    const other = service.demo.people.find((one) => one.clinic.id !== mine)?.id ?? '';
    const nobody = randomUUID();
    for (const id of [other, nobody]) {
      expect((await doctor.get(`/patients/${id}?from=list`)).status).toBe(404);
      expect(await newest()).toMatchObject([
        { action: 'refused', what: `GET /patients/${id}`, why: 'not-found', patients: [id], role: 'doctor' },
      ]);
    }
    expect((await doctor.get('/accounts')).status).toBe(403);
    expect(await newest()).toMatchObject([
      { action: 'refused', what: 'GET /accounts', why: 'forbidden', patients: [] },
    ]);
  });

  test('what an administrator changed about accounts', async () => {
    const id = accountOf('resource')?.login ?? '';
    const { rows } = await service.owner.query<{ id: string }>('select id from account where login = $1', [
      id,
    ]);
    const path = `/accounts/${rows[0]?.id ?? ''}`;
    await admin.send(await admin.get(path), `${path}/disable`);
    expect(await newest()).toMatchObject([
      {
        action: 'account',
        what: 'disable',
        role: 'admin',
        records: [path.slice(1).replace('accounts', 'account')],
      },
    ]);
    await admin.send(await admin.get(path), `${path}/enable`);
    expect(await newest()).toMatchObject([{ action: 'account', what: 'enable' }]);
  });

  test('from where a page was read, and on what basis', async () => {
    const person = service.demo.people.find((one) => one.clinic.id === accountOf('doctor')?.organizationId);
    expect((await doctor.get(`/patients/${person?.id ?? ''}`)).status).toBe(200);
    expect(await newest()).toMatchObject([{ address: expect.stringMatching(/127\.0\.0\.1$/), why: 'care' }]);
  });
});

describe('the administrator', () => {
  const review = (more = '') => admin.get(`/access-log?month=${month}${more}`);

  test('sees what stands out, and no patient', async () => {
    const page = await review();
    expect(page.status).toBe(200);
    for (const words of ['断られた操作', 'GET /patients/…', '登録のないログイン名', '利用者を停止した'])
      expect(page.html).toContain(words);
    for (const person of service.demo.people) {
      expect(page.html).not.toContain(person.id);
      expect(page.html).not.toContain(`${person.person.family} ${person.person.given}`);
    }
    // Reading the log is in the log.
    expect(await newest()).toMatchObject([{ action: 'log-read', what: `review ${month}`, role: 'admin' }]);
  });

  test('narrows it to an organization or account, and is told of an empty month', async () => {
    const doctorId = (
      await service.owner.query<{ id: string }>(`select id from account where login = 'doctor'`)
    ).rows[0]?.id;
    const page = await review(`&account=${doctorId ?? ''}`);
    expect(page.html).toContain('GET /patients/…');
    expect(page.html).not.toContain('登録のないログイン名');
    const office = await review(`&organization=${accountOf('linkworker')?.organizationId ?? ''}`);
    expect(office.html).not.toContain('GET /patients/…');
    expect((await admin.get('/access-log?month=2024-01')).html).toContain('この月の記録はありません');
    for (const wrong of ['month=2024-13', 'month=x', 'account=1'])
      expect((await admin.get(`/access-log?${wrong}`)).status).toBe(404);
  });

  test('says that the month was reviewed, which stays on the page and in the log', async () => {
    const page = await review();
    const empty = await admin.send(page, '/access-log/review', { note: ' ' });
    expect(empty.status).toBe(422);
    expect(empty.html).toContain('確認したことを書いてください。');
    const answer = await admin.send(page, '/access-log/review', { note: '断られた操作は本人に確かめた。' });
    expect(answer.status).toBe(303);
    expect(await newest()).toMatchObject([
      { action: 'reviewed', what: month, why: '断られた操作は本人に確かめた。', role: 'admin' },
    ]);
    expect((await admin.get(answer.location)).html).toContain('断られた操作は本人に確かめた。');
  });

  test('exports the table, which is in the log as well', async () => {
    const answer = await admin.get(`/access-log.csv?month=${month}`);
    expect(answer.headers.get('content-type')).toContain('text/csv');
    expect(answer.html).toContain('"doctor"');
    expect(await newest()).toMatchObject([{ action: 'export', what: `access log ${month}` }]);
  });

  test.each(['doctor', 'linkworker', 'council'])('alone: a %s does not', async (login) => {
    const other = await signedIn(service, login);
    expect((await other.get('/access-log')).status).toBe(403);
    const [counted] = await service.database.transaction(
      (tx) =>
        tx.rows<{ n: number }>(
          sql`select count(*)::int as n from access_review_counts('2000-01-01', '2100-01-01', null, null, '{}')`,
        ),
      { 'tsunagi.role': login },
    );
    expect(counted?.n).toBe(0);
  });
});

describe('the clinic', () => {
  test('tells a person who looked, also at another organization, and who tried', async () => {
    const mine = accountOf('doctor')?.organizationId ?? '';
    const { rows } = await service.owner.query<{ id: string; task: string }>(
      `select p.id, t.id as task from patient p join task t on t.patient_id = p.id and t.part_of_id is null
       where p.organization_id = $1 and t.owner_id = $2 and t.status = 'in-progress' limit 1`,
      [mine, accountOf('linkworker')?.organizationId],
    );
    const [person] = rows;
    const linkworker = await signedIn(service, 'linkworker');
    expect((await linkworker.get(`/referrals/${person?.task ?? ''}`)).status).toBe(200);
    const other = await signedIn(service, 'resource');
    expect((await other.get(`/patients/${person?.id ?? ''}`)).status).toBe(403);
    const page = await doctor.get(`/patients/${person?.id ?? ''}/access`);
    expect(page.status).toBe(200);
    for (const words of [accountOf('linkworker')?.name, 'の同意にもとづく支援', '開こうとして断られた'])
      expect(page.html).toContain(words);
    const again = await doctor.get(`/patients/${person?.id ?? ''}/access`);
    expect(again.html).toContain('閲覧の記録');
  });

  test('only of its own patients, and only its doctor', async () => {
    const mine = accountOf('doctor')?.organizationId ?? '';
    const other = service.demo.people.find((one) => one.clinic.id !== mine)?.id ?? '';
    expect((await doctor.get(`/patients/${other}/access`)).status).toBe(404);
    const reception = await signedIn(service, 'reception');
    const own = service.demo.people.find((one) => one.clinic.id === mine)?.id ?? '';
    expect((await reception.get(`/patients/${own}/access`)).status).toBe(403);
  });
});
