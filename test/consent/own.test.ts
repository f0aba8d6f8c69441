import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Request } from 'express';
import type { Link } from '../../src/access/links.ts';
import { makeSeal } from '../../src/access/seal.ts';
import { makeKnown } from '../../src/consent/own/known.ts';
import { desk, signedIn, type Desk } from '../support/desk.ts';
import { startService, type Service } from '../support/service.ts';

let service: Service;
let reception: Desk;
let one: { patientId: string; taskId: string };
let consent: string;
let born: string;
beforeAll(async () => {
  service = await startService();
  reception = await signedIn(service, 'reception');
  const clinic = service.demo.bodies.clinics[0]?.id;
  const found = service.demo.cases.find((c) => c.clinicId === clinic && c.state === 'in-progress');
  if (!found) throw new Error('The demo lacks a case');
  const { rows } = await service.owner.query<{ consent: string; born: string; task: string }>(
    `select c.id as consent, p.birth_date as born, t.id as task
     from consent c join patient p on p.id = c.patient_id join task t on t.patient_id = p.id and t.part_of_id is null
     where p.id = $1`,
    [found.patientId],
  );
  one = { patientId: found.patientId, taskId: rows[0]?.task ?? '' };
  consent = rows[0]?.consent ?? '';
  born = rows[0]?.born ?? '';
}, 60_000);
afterAll(async () => {
  await service.stop();
});

const hand = async (): Promise<string> => {
  const made = await reception.send(await reception.get(`/consents/${consent}`), '/own-page');
  return /\/c\/[A-Za-z0-9_-]{20,}/.exec(made.html)?.[0] ?? '';
};
const typed = (day: string) => {
  const [year = '', month = '', day1 = ''] = day.split('-');
  return { 'birth-era': 'western', 'birth-year': year, 'birth-month': month, 'birth-day': day1 };
};

test('the sheet alone shows nothing: the date of birth has to be right', async () => {
  const address = await hand();
  const anyone = desk(service);
  const first = await anyone.get(address);
  expect(first.status).toBe(200);
  expect(first.headers.get('referrer-policy')).toBe('strict-origin');
  expect(first.html).not.toContain('リンクワーカーのいる窓口');
  const wrong = await anyone.send(first, address, typed('1901-02-03'));
  expect(wrong.status).toBe(422);
  expect(wrong.html).toContain('登録されたものと違います');
  expect(wrong.html).not.toContain('リンクワーカーのいる窓口');
  expect((await anyone.send(first, address, {})).html).toContain('生年月日を入れてください');
});

test('the person sees what they agreed to, who sees it and who looked, and takes it back', async () => {
  const address = await hand();
  const linkworker = await signedIn(service, 'linkworker');
  expect((await linkworker.get(`/referrals/${one.taskId}`)).status).toBe(200);
  const me = desk(service);
  const known = await me.send(await me.get(address), address, typed(born));
  expect([known.status, known.location]).toEqual([303, address]);
  const page = await me.get(address);
  expect(page.status).toBe(200);
  for (const says of [
    'リンクワーカーのいる窓口',
    '今、あなたの記録を見られる人',
    '伝えた相手と内容',
    'ご本人の同意',
    'これまでに記録を見た機関',
  ])
    expect(page.html).toContain(says);
  const from = `${address}/consents/${consent}/withdraw`;
  expect(page.html).toContain(`href="${from}"`);
  expect((await me.get(from)).html).toContain('何を取り消しますか');
  const unsaid = await me.get(`${from}/check`);
  expect(unsaid.status).toBe(422);
  expect(unsaid.html).toContain('何を取り消すかを選んでください');
  const check = await me.get(`${from}/check?scope=whole`);
  expect(check.html).toContain('何も見られなくなります');
  const done = await me.send(check, '/withdraw');
  expect([done.status, done.location]).toEqual([303, `${address}/done`]);
  expect((await me.get(done.location)).html).toContain('取り消しました');
  const lost = await linkworker.get(`/referrals/${one.taskId}`);
  expect(lost.status).toBe(410);
  expect(lost.html).toContain('ご本人が同意を取り消したため');
  expect((await (await signedIn(service, 'resource')).get(`/referrals/${one.taskId}`)).status).toBe(403);
  expect((await linkworker.get(`/patients/${one.patientId}/answers/${one.patientId}`)).html).not.toContain(
    born,
  );
  const over = await me.get(address);
  expect(over.status).toBe(410);
  expect(over.html).toContain('取り消しをすませた方は、もう何もしなくて大丈夫です');
  expect(over.html).not.toContain('お答え');
  const { rows } = await service.owner.query<{ who: string }>(
    `select content #>> '{agent,0,who,reference}' as who from provenance where target @> array[$1] order by recorded desc limit 1`,
    [`Consent/${consent}`],
  );
  expect(rows[0]?.who).toBe(`Patient/${one.patientId}`);
});

test('what was proved in one browser opens nothing in another, nor the page of a newer sheet', async () => {
  const found = service.demo.cases.find(
    (c) =>
      c.patientId !== one.patientId &&
      c.state === 'in-progress' &&
      c.clinicId === service.demo.bodies.clinics[0]?.id,
  );
  const { rows } = await service.owner.query<{ consent: string; born: string }>(
    `select c.id as consent, p.birth_date as born from consent c join patient p on p.id = c.patient_id
     where p.id = $1 and c.status = 'active'`,
    [found?.patientId],
  );
  const make = async (): Promise<string> => {
    const at = `/consents/${rows[0]?.consent ?? ''}`;
    const made = await reception.send(await reception.get(at), '/own-page');
    return /\/c\/[A-Za-z0-9_-]{20,}/.exec(made.html)?.[0] ?? '';
  };
  const first = await make();
  const me = desk(service);
  await me.send(await me.get(first), first, typed(rows[0]?.born ?? ''));
  const at = `${first}/consents/${rows[0]?.consent ?? ''}/withdraw`;
  expect((await me.get(at)).status).toBe(200);
  const other = await desk(service).get(at);
  expect([other.status, other.location]).toEqual([303, `${first}?again=1`]);
  expect((await desk(service).get(other.location)).html).toContain('しばらく時間がたったので');

  const second = await make();
  expect((await me.get(first)).html).toContain('新しい紙をお持ちの方は、そちらをお使いください');
  expect((await me.get(second)).html).toContain('はじめに、あなたの生年月日を入れてください');
  expect((await me.get(`/c/${'x'.repeat(43)}`)).html).toContain(
    'このページのアドレスが違うか、もう使えません',
  );
});

test('what was proved holds for twenty minutes, for that link, under this service’s secret', () => {
  const minutes = (past: number) => () => new Date(Date.UTC(2026, 10, 20, 1, past));
  const knowing = (past: number, secret = 'a secret') =>
    makeKnown({ seal: makeSeal([secret]), secure: false, now: minutes(past) });
  const link = (name: string) => ({ hash: Buffer.from(name) }) as Link;
  const cookie = knowing(0).remember(link('mine')).split(';')[0] ?? '';
  const asked = { get: () => cookie } as unknown as Request;
  expect(knowing(19).knows(asked, link('mine'))).toBe(true);
  expect(knowing(20).knows(asked, link('mine'))).toBe(false);
  expect(knowing(1).knows(asked, link('other'))).toBe(false);
  expect(knowing(1, 'another secret').knows(asked, link('mine'))).toBe(false);
});

test('the address is in no log line', async () => {
  const { pathForLog } = await import('../../src/access/events.ts');
  expect(pathForLog('/c/secret-of-somebody/consents/1/withdraw?x=1')).toBe('/c/…/consents/1/withdraw');
});
