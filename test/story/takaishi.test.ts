import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { reminding } from '../../src/jobs.ts';
import { remindOfSessions } from '../../src/exchange/session-reminders.ts';
import { hashSecret, newSecret } from '../../src/access/secrets.ts';
import { dayInTokyo } from '../../src/kernel/japan/calendar.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { running } from '../../src/programs/record.ts';
import { workingDayBefore } from '../../src/sessions/reminders.ts';
import { launchChromium } from '../../tools/chromium.ts';
import { officeHours, startService, type Service } from '../support/service.ts';
import { testSecret } from '../support/template.ts';
import { stumblingBlocks } from './sight.ts';
import { choose, heading, press } from './story.ts';
import { visitor, type Visitor } from './visitor.ts';

let service: Service;
let browser: Browser;
/** The clock of the service, which the story moves to the day of the session. */
let shift = 0;
const office = officeHours();
const phone = { width: 360, height: 740 };
const day = 86_400_000;

beforeAll(async () => {
  service = await startService({ now: () => new Date(office().getTime() + shift) });
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  await service.stop();
});

/** A mother of the demo's clinic, which runs the program, and the address at which she answers. */
async function mother(): Promise<Readonly<{ id: string; link: string }>> {
  const reception = service.demo.accounts.find(({ login }) => login === 'reception');
  const patient = service.demo.people.find((one) => one.clinic.id === reception?.organizationId);
  const clinic = service.demo.organizations.find(({ id }) => id === reception?.organizationId);
  const form = service.programs.find(({ id }) => id === 'takaishi')?.screening;
  if (!patient || !clinic || !form) throw new Error('The demo lacks somebody.');
  await service.owner.query(
    `update organization set content = content || jsonb_build_object('extension', $2::jsonb), version = version + 1 where id = $1`,
    [clinic.id, JSON.stringify(running(clinic, ['akita', 'takaishi']).extension)],
  );
  const secret = newSecret();
  await service.owner.query(
    `insert into one_time_link (token_hash, purpose, organization_id, patient_id, questionnaire, created_at, expires_at)
     values ($1, 'answer-questionnaire', $2, $3, $4, $5, $6)`,
    [
      hashSecret(secret),
      clinic.id,
      patient.id,
      `${form.url ?? ''}|${form.version ?? ''}`,
      service.now(),
      new Date(service.now().getTime() + day),
    ],
  );
  return { id: patient.id, link: `/a/${secret}` };
}

/** Answers what is required on a page with the first answer, so that the story tells what matters. */
async function answerRequired(page: Page): Promise<void> {
  for (const group of await page.getByRole('radiogroup').all())
    if ((await group.getAttribute('aria-required')) === 'true' && (await group.isVisible()))
      await group.getByRole('radio').first().check();
}

const numbers = (page: Page): Promise<string[]> =>
  page
    .locator('.numbers a')
    .evaluateAll((all) => all.filter((one) => one.checkVisibility()).map((one) => one.textContent ?? ''));

let her: Awaited<ReturnType<typeof mother>>;

test.each([true, false])(
  'a mother answers on her telephone (script: %s): what she says about safety leads to numbers at once',
  async (script) => {
    her = await mother();
    const { page, faults, context } = await visitor(browser, service, { ...phone, script });
    await page.goto(her.link);
    await press(page, /はじめる/);
    for (let n = 0; n < 3; n += 1) {
      await answerRequired(page);
      await press(page, '次へ進む');
    }
    expect(await page.getByRole('radiogroup', { name: /こわい思い/ }).isVisible()).toBe(true);
    // With script they come with the answer; without, they stand there from the beginning.
    expect((await numbers(page)).includes('110')).toBe(!script);
    await choose(page, /こわい思い/, 'ある');
    expect(await numbers(page)).toEqual(expect.arrayContaining(['110', '119', '0120-279-889', '#8008']));
    expect(await page.getByRole('link', { name: '#8008' }).first().getAttribute('href')).toBe('tel:%238008');
    await choose(page, /傷つけてしまいそう/, 'ない');
    await press(page, '次へ進む');
    // On the next page, too, before anything was sent.
    expect(await numbers(page)).toEqual(['110', '119', '0120-279-889', '#8008']);
    if (script) expect(await stumblingBlocks(page)).toEqual([]);
    await answerRequired(page);
    await press(page, '答えを確かめる');
    // They stay until she has sent her answers.
    expect(await numbers(page)).toEqual(['110', '119', '0120-279-889', '#8008']);
    await press(page, 'この内容で送る');
    await page.getByText('ありがとうございました').first().waitFor();
    expect(faults).toEqual([]);
    await context.close();
  },
  120_000,
);

test('the clinic learns of it at once, by a mail that tells nothing of her, a notice and a mark in its list', async () => {
  const letter = await service.mailbox.wait(({ subject }) => subject.startsWith('今日中に見ていただきたい'));
  expect(letter.text).toContain(`${service.url}/patients`);
  expect(letter.text).not.toContain(her.id);
  const { page, faults, context } = await visitor(browser, service, { login: 'doctor', ...phone });
  await page.goto('/patients');
  const news = page.locator('#notices');
  expect(await news.innerText()).toContain('今日中に見ていただきたい回答があります');
  // She answered twice, and her line leads to the newer answers.
  const mark = page.getByRole('link', { name: '今日中に確認' });
  expect(await mark.count()).toBe(1);
  expect(await mark.locator('svg').count()).toBe(1);
  await mark.click();
  expect(await page.locator('main').innerText()).toContain('家でこわい思いをしている');
  await page.goto('/patients');
  await news.getByRole('link', { name: '答えを見る' }).click();
  await page.goto('/patients');
  expect(await news.count()).toBe(0);
  expect(await page.getByText('今日中に確認').count()).toBe(0);
  expect(faults).toEqual([]);
  await context.close();
}, 60_000);

test('the clinic is asked to refer her at once', async () => {
  const { page, context } = await visitor(browser, service, { login: 'doctor' });
  await page.goto(`/patients/${her.id}`);
  expect(await page.locator('#answers').innerText()).toContain('家でこわい思いをしている');
  await page.goto(`/patients/${her.id}/referrals/new?program=takaishi`);
  expect(
    await page
      .getByRole('radiogroup', { name: /急ぎ具合/ })
      .getByRole('radio', { checked: true })
      .getAttribute('value'),
  ).toBe('stat');
  await context.close();
}, 60_000);

const held = (): string => dayInTokyo(new Date(service.now().getTime() + 8 * day));
let join = '';
let session = '';
let worker: Visitor;

test('a link worker holds a session on site and online, with one place each', async () => {
  worker = await visitor(browser, service, { login: 'linkworker', ...phone });
  const { page } = worker;
  await page.goto('/sessions/new?program=takaishi');
  await press(page, '保存する');
  expect(await page.getByRole('alert').innerText()).toContain('名前を入れてください');
  await choose(page, /種類/, '助産師の相談会');
  await page.getByLabel(/^名前/).fill('助産師さんに聞く会');
  const [year = '', month = '', date = ''] = held().split('-');
  const when = page.getByRole('group', { name: /日にち/ });
  await when.getByLabel('年', { exact: true }).fill(year);
  await when.getByLabel('月', { exact: true }).fill(month);
  await when.getByLabel('日', { exact: true }).fill(date);
  await page.getByLabel(/始まる時刻/).fill('10:00');
  await page.getByLabel(/終わる時刻/).fill('11:30');
  await page.getByLabel(/^場所/).fill('緑が丘公民館');
  await page.getByLabel(/市町村/).selectOption({ index: 1 });
  await page.getByLabel(/会場の定員/).fill('1');
  await page.getByLabel(/オンラインの定員/).fill('1');
  await page.getByLabel(/オンラインの入り口/).fill('https://meet.example.org/secret-room');
  await page.getByLabel(/担当する人/).selectOption('midwife');
  await press(page, '保存する');
  await page.getByText('つどいを登録しました').waitFor();
  await page.getByRole('link', { name: '助産師さんに聞く会' }).click();
  session = new URL(page.url()).pathname;
  await page.goto('/sessions');
  join = (await page.getByRole('link', { name: '申し込みのページを見る' }).getAttribute('href')) ?? '';
  expect(join).toMatch(/^\/join\//);
}, 120_000);

async function signUp(name: string, way: '会場で' | 'オンラインで', mail?: string): Promise<Visitor> {
  const guest = await visitor(browser, service, phone);
  const { page } = guest;
  await page.goto(`${join}/${session.split('/')[2] ?? ''}`);
  expect(await page.content()).not.toContain('secret-room');
  await page.getByLabel(/お名前/).fill(name);
  await choose(page, /参加のしかた/, way);
  await choose(page, /連絡のしかた/, mail === undefined ? '電話' : 'メール');
  if (mail === undefined) await page.getByLabel(/電話番号/).fill('090-0000-1234');
  else await page.getByLabel(/メールアドレス/).fill(mail);
  await press(page, '申し込む');
  if (mail === undefined) {
    await page.waitForURL(/\/p\//);
    return guest;
  }
  // Whether that address has a place is for whoever reads its letters.
  await page.waitForURL(/\/sent$/);
  expect(await heading(page)).toBe('メールをお送りします');
  expect(await stumblingBlocks(page)).toEqual([]);
  const letter = await service.mailbox.wait(({ to }) => to.includes(mail));
  await page.goto(/https?:\/\/\S+\/p\/\S+/.exec(letter.text)?.[0] ?? '');
  return guest;
}

test('mothers sign up without an account: on site until it is full, then on the waiting list; online they see where', async () => {
  const first = await signUp('はなママ', '会場で', 'hana@example.org');
  expect(await heading(first.page)).toBe('お申し込みを受け付けました');
  expect(await stumblingBlocks(first.page)).toEqual([]);
  await service.mailbox.wait(
    ({ to, subject }) => to.includes('hana@example.org') && subject.startsWith('お申し込みを受け付けました'),
  );
  const second = await signUp('ゆきママ', '会場で', 'yuki@example.org');
  expect(await heading(second.page)).toBe('空きを待つ列に入りました');
  expect(await second.page.content()).not.toContain('secret-room');
  const online = await signUp('みおママ', 'オンラインで');
  expect(await online.page.getByRole('link', { name: 'オンラインの入り口を開く' }).getAttribute('href')).toBe(
    'https://meet.example.org/secret-room',
  );

  // The first cannot come: by the code that she wrote down.
  const code = await first.page.locator('.code').innerText();
  await first.page.goto(`${join}/${session.split('/')[2] ?? ''}/code`);
  await first.page.getByLabel(/取り消しの番号/).fill('WRONGCOD');
  await press(first.page, '申し込みを見る');
  expect(await first.page.getByRole('alert').innerText()).toContain('見つかりません');
  await first.page.getByLabel(/取り消しの番号/).fill(code.toLowerCase());
  await press(first.page, '申し込みを見る');
  await press(first.page, 'お申し込みを取り消す');
  expect(await heading(first.page)).toBe('お申し込みは取り消しました');
  const told = await service.mailbox.wait(
    ({ to, subject }) => to.includes('yuki@example.org') && subject.startsWith('空きが出ました'),
  );
  await second.page.goto(/https?:\/\/\S+\/p\/\S+/.exec(told.text)?.[0] ?? '');
  expect(await heading(second.page)).toBe('お申し込みを受け付けました');
  for (const one of [first, second, online]) {
    expect(one.faults).toEqual([]);
    await one.context.close();
  }
}, 120_000);

test('on the working day before, who has a mail address is reminded, and the others stand on the call list', async () => {
  const before = new Date(`${workingDayBefore(new Date(`${held()}T10:00:00+09:00`))}T10:00:00+09:00`);
  const config = { mode: 'demo', publicUrl: service.url, secret: testSecret } as const;
  await remindOfSessions(
    service.owner,
    reminding({
      now: () => before,
      newId: randomUUID,
      database: service.database,
      programs: service.programs,
      config,
    }),
    silentLog(),
  );
  const letter = await service.mailbox.wait(
    ({ to, subject }) => to.includes('yuki@example.org') && subject.startsWith('もうすぐです'),
  );
  expect(letter.text).toContain('緑が丘公民館');
  expect(letter.text).not.toContain('ゆきママ');
  const list = await worker.context.request.get(`${session}/calls.pdf`);
  expect(list.headers()['content-type']).toBe('application/pdf');
}, 60_000);

test('on the day the link worker ticks who is there, one tap each, and adds somebody who came along', async () => {
  shift = 8 * day;
  await worker.context.close();
  const { page, faults, context } = await visitor(browser, service, { login: 'linkworker', ...phone });
  await page.goto(`${session}/attendance`);
  await page.getByRole('button', { name: 'ゆきママさん：出席' }).click();
  await page.getByRole('button', { name: 'みおママさん：オンライン' }).click();
  await page.getByLabel(/呼び名/).fill('あおいママ');
  await choose(page, /どちらで/, '会場で');
  await press(page, '加える');
  expect(await page.getByRole('button', { pressed: true }).allInnerTexts()).toEqual([
    '出席',
    'オンライン',
    '出席',
  ]);
  expect(await stumblingBlocks(page)).toEqual([]);
  expect(faults).toEqual([]);
  await context.close();
}, 60_000);
