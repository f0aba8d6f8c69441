import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { signedIn, type Desk } from '../support/desk.ts';
import { startService, type Service } from '../support/service.ts';
import { readBack } from '../documents/read.ts';

let service: Service;
let reception: Desk;
let linkworker: Desk;
let group: Desk;
/** A person of the demo's clinic whom the office supports and for whom it asked the demo's group. */
let one: { patient: string; referral: string; asked: string };
beforeAll(async () => {
  service = await startService();
  [reception, linkworker, group] = await Promise.all([
    signedIn(service, 'reception'),
    signedIn(service, 'linkworker'),
    signedIn(service, 'resource'),
  ]);
  const body = (login: string) => service.demo.accounts.find((a) => a.login === login)?.organizationId;
  const { rows } = await service.owner.query<typeof one>(
    `select r.patient_id as patient, r.id as referral, q.id as asked
     from task r join task q on q.part_of_id = r.id
     where r.requester_id = $1 and r.owner_id = $2 and q.owner_id = $3 and r.status in ('accepted', 'in-progress')
       and q.status in ('requested', 'accepted', 'in-progress') order by (q.status = 'requested') desc limit 1`,
    [body('reception'), body('linkworker'), body('resource')],
  );
  const [found] = rows;
  if (!found) throw new Error('The demo has no such person');
  one = found;
}, 60_000);
afterAll(async () => {
  await service.stop();
});

const token = async (client: string): Promise<string> => {
  const answer = await fetch(`${service.url}/oauth/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${client}:demo-secret`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'grant_type=client_credentials',
  });
  return ((await answer.json()) as { access_token: string }).access_token;
};
const askApi = async (client: string, path: string): Promise<{ status: number; body: string }> => {
  const answer = await fetch(`${service.url}/fhir/${path}`, {
    headers: { authorization: `Bearer ${await token(client)}` },
  });
  return { status: answer.status, body: await answer.text() };
};

const says = '自宅に連絡しないでください';
const how = '平日の昼に携帯電話だけ。名乗らない。';

describe('a link worker who learns of danger at home', () => {
  test('marks the person from the case; what was left out is said and kept', async () => {
    const before = await group.get(`/asked/${one.asked}`);
    expect(before.html).toContain('tel:');
    const page = await linkworker.get(`/patients/${one.patient}/contact-limits?referral=${one.referral}`);
    expect((await linkworker.get(`/referrals/${one.referral}`)).html).toContain('/contact-limits?referral=');
    const wrong = await linkworker.send(page, '/contact-limits', { why: 'danger-at-home', how: '' });
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('連絡してよい方法を書いてください');
    const done = await linkworker.send(page, '/contact-limits', { why: 'danger-at-home', how });
    expect(done.location).toContain(`referral=${one.referral}`);
    expect((await linkworker.get(done.location)).html).toContain('連絡の制限を記録しました');
  });

  test('and from then on every page about the person says so', async () => {
    const base = `/referrals/${one.referral}`;
    for (const path of [
      base,
      ...['contacts', 'assessment', 'goals', 'requests', 'resources', 'close'].map((p) => `${base}/${p}`),
    ])
      expect([path, (await linkworker.get(path)).html.includes(how)]).toEqual([path, true]);
    expect((await linkworker.get('/inbox?tab=all')).html).toContain(says);
    expect((await linkworker.get('/requests')).html).toContain(says);
    for (const path of [`/patients/${one.patient}`, `/patients/${one.patient}/answers`, base])
      expect([path, (await reception.get(path)).html.includes(how)]).toEqual([path, true]);
    expect((await reception.get('/referrals')).html).toContain(says);
  });

  test('and on every sheet that is printed', async () => {
    for (const path of [
      `/referrals/${one.referral}/sheet.pdf`,
      `/patients/${one.patient}/consent-form.pdf`,
    ]) {
      const answer = await fetch(new URL(path, service.url), {
        headers: { cookie: await cookieOf('reception') },
      });
      const { pages } = await readBack(Buffer.from(await answer.arrayBuffer()));
      expect([path, pages.join('').includes(says)]).toEqual([path, true]);
    }
  });

  test('the group reads that it must not call, and neither name nor number, by page or program', async () => {
    const { html } = await group.get(`/asked/${one.asked}`);
    expect(html).toContain('この方に直接連絡しないでください');
    const { rows } = await service.owner.query<{ name: string; phone: string[] }>(
      `select content #>> '{name,0,text}' as name, phone from patient where id = $1`,
      [one.patient],
    );
    expect(html).not.toContain(rows[0]?.name);
    expect((await group.get('/asked')).html).not.toContain(rows[0]?.name);
    for (const path of [`Patient/${one.patient}`, `Patient/${one.patient}/_history`])
      expect((await askApi('demo-resource', path)).status).toBe(404);
    const found = await askApi('demo-resource', `Patient?phone=${rows[0]?.phone[0] ?? ''}`);
    expect(found.body).not.toContain(one.patient);
    expect((await askApi('demo-office', `Patient/${one.patient}`)).body).toContain('contact-limits');
  });

  test('lifting it needs a word from the person', async () => {
    const page = await reception.get(`/patients/${one.patient}/contact-limits`);
    expect((await reception.send(page, '/lift', {})).status).toBe(422);
    const done = await reception.send(page, '/lift', { sure: 'yes' });
    expect(done.location).toContain('said=lifted');
    expect((await reception.get(`/patients/${one.patient}`)).html).not.toContain(says);
  });
});

describe('a sealed address', () => {
  test('is sealed at the reception and then seen by those who were named', async () => {
    const { rows } = await service.owner.query<{ phone: string[]; line: string }>(
      `select phone, content #>> '{address,0,line,0}' as line from patient where id = $1`,
      [one.patient],
    );
    const { phone: [digits = ''] = [], line = '' } = rows[0] ?? {};
    const shown = `${digits.slice(0, 3)}-${digits.slice(3, 7)}-${digits.slice(7)}`;
    const page = await reception.get(`/patients/${one.patient}/seal`);
    expect((await reception.send(page, '/seal', { why: '' })).status).toBe(422);
    const linkworkersPost = service.demo.accounts.find((a) => a.login === 'linkworker')?.postId ?? '';
    const done = await reception.send(page, '/seal', {
      named: linkworkersPost,
      why: '別居した夫から身を守るため。',
    });
    expect(done.location).toContain('said=sealed');
    expect((await reception.get(done.location)).html).toContain(line);

    const doctor = await signedIn(service, 'doctor');
    for (const path of [
      `/patients/${one.patient}`,
      `/patients/${one.patient}/seal`,
      `/referrals/${one.referral}`,
    ]) {
      const { html } = await doctor.get(path);
      expect([path, html.includes('住所と電話番号は伏せられています')]).toEqual([path, true]);
      expect([path, html.includes(line), html.includes(shown)]).toEqual([path, false, false]);
    }
    expect((await doctor.get(`/patients?q=${digits.slice(-6)}`)).html).not.toContain(one.patient);
    expect((await linkworker.get(`/patients/${one.patient}/seal`)).html).toContain(line);
    expect((await group.get(`/patients/${one.patient}/seal`)).status).toBe(403);

    for (const client of ['demo-clinic', 'demo-office', 'demo-resource'])
      for (const path of [
        `Patient/${one.patient}`,
        `Patient/${one.patient}/_history`,
        `Patient?phone=${digits}`,
      ]) {
        const { body } = await askApi(client, path);
        expect([client, path, body.includes(line) || body.includes(shown)]).toEqual([client, path, false]);
      }

    const edit = await doctor.get(`/patients/${one.patient}/edit`);
    expect(edit.html).toContain('伏せられているため、ここでは変えられません');
    expect(edit.html).not.toContain('name="line"');
  });

  test('is corrected at the reception without being shown to anybody else', async () => {
    const page = await reception.get(`/patients/${one.patient}/seal`);
    const municipality = /<option value="(\d{6})" selected/.exec(page.html)?.[1] ?? '';
    const typed = { postalCode: '', municipality, line: '山手９－９－９', phone: '050-0000-0002', email: '' };
    const wrong = await reception.send(page, '/correct', { ...typed, phone: '12' });
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('山手９－９－９');
    const old = await reception.get(`/patients/${one.patient}/seal`);
    const done = await reception.send(page, '/correct', typed);
    expect(done.location).toContain('said=corrected');
    const after = await reception.get(done.location);
    expect(after.html).toContain('伏せたまま書きかえました');
    expect(after.html).toContain('050-0000-0002');
    // Somebody who still has the page from before sends it: nothing is lost, and they are told.
    const late = await reception.send(old, '/correct', { ...typed, line: '海岸1' });
    expect(late.status).toBe(409);
    expect(late.html).toContain('ほかの人が先に書きかえました');

    expect((await linkworker.get(`/patients/${one.patient}/seal`)).html).toContain('050-0000-0002');
    expect((await linkworker.get(`/patients/${one.patient}/seal`)).html).not.toContain('/seal/correct');
    const doctor = await signedIn(service, 'doctor');
    for (const path of [`/patients/${one.patient}`, `/patients/${one.patient}/seal`])
      expect((await doctor.get(path)).html).not.toMatch(/山手|050-0000-0002/);
    expect((await doctor.get('/patients?q=05000000002')).html).not.toContain(one.patient);
  });
});

/** A browser's cookie of somebody who has signed in, for answers that are no text. */
async function cookieOf(login: string): Promise<string> {
  const { rows } = await service.owner.query<{ id: string }>(`select id from account where login = $1`, [
    login,
  ]);
  const { newSecret, hashSecret } = await import('../../src/access/secrets.ts');
  const secret = newSecret();
  const at = service.now();
  await service.owner.query(
    `insert into session (token_hash, account_id, csrf, created_at, seen_at, expires_at) values ($1, $2, 'x', $3, $3, $4)`,
    [hashSecret(secret), rows[0]?.id, at, new Date(at.getTime() + 3_600_000)],
  );
  return `session=${secret}`;
}
