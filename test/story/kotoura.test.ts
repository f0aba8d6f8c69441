import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { dayInTokyo } from '../../src/kernel/japan/calendar.ts';
import { launchChromium } from '../../tools/chromium.ts';
import { startService, type Service } from '../support/service.ts';
import { stumblingBlocks } from './sight.ts';
import { choose, heading, press, sign, writeDay } from './story.ts';
import { visitor } from './visitor.ts';

let service: Service;
let browser: Browser;
const phone = { width: 360, height: 740 };

beforeAll(async () => {
  service = await startService();
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  await service.stop();
});

let room = '';
let referral = '';

test('a resident opens today’s health room from the calendar and records a talk in a few taps, without a name', async () => {
  const { page, faults, context } = await visitor(browser, service, { login: 'neighbour', ...phone });
  await page.goto('/sessions');
  expect(await page.getByRole('link', { name: 'つどいを登録する' }).count()).toBe(0);
  await page
    .locator('section', { hasText: '今日' })
    .getByRole('link', { name: /暮らしの保健室/ })
    .click();
  room = new URL(page.url()).pathname;
  await press(page, '立ち寄った人の記録');
  await press(page, '記録する');
  expect(await page.getByRole('alert').innerText()).toContain('話の内容を選んでください');
  await page.getByLabel('話し相手', { exact: true }).check();
  await page.getByLabel('食事', { exact: true }).check();
  await page.getByLabel('15分くらい', { exact: true }).check();
  await page.getByLabel('75〜84歳', { exact: true }).check();
  expect(await stumblingBlocks(page)).toEqual([]);
  await press(page, '記録する');
  await page.getByText('記録しました。').waitFor();
  expect(await page.locator('.entries').innerText()).toContain('食事、話し相手');
  // Consents are taken by professionals.
  expect(await page.getByRole('link', { name: /紹介につなぐ/ }).count()).toBe(0);
  expect(faults).toEqual([]);
  await context.close();
}, 90_000);

test('the public-health nurse makes it a referral, with name and consent taken only then', async () => {
  const { page, faults, context } = await visitor(browser, service, { login: 'linkworker' });
  await page.goto(`${room}/contacts`);
  await page
    .getByRole('link', { name: /の記録を紹介につなぐ/ })
    .first()
    .click();
  expect(await heading(page)).toBe('立ち寄った人を紹介につなぐ');
  await press(page, '同意を記録して、紹介にする');
  expect(await page.getByRole('alert').innerText()).toContain('姓');
  await page.getByLabel('姓（漢字など）').fill('峰地');
  await page.getByLabel('名（漢字など）').fill('しづ');
  await page.getByLabel('姓のフリガナ').fill('ミネジ');
  await page.getByLabel('名のフリガナ').fill('シヅ');
  await writeDay(page, /生年月日/, '1946-05-06');
  await choose(page, /性別/, '女性');
  await page.getByRole('textbox', { name: /電話番号/ }).fill('090-0000-7777');
  await choose(page, /説明のしかた/, '話して説明した');
  await page
    .getByRole('group', { name: /伝えてよい相手/ })
    .getByRole('checkbox')
    .nth(0)
    .check();
  await page
    .getByRole('group', { name: /伝えてよい相手/ })
    .getByRole('checkbox')
    .nth(1)
    .check();
  for (const box of await page
    .getByRole('group', { name: /伝えてよい内容/ })
    .getByRole('checkbox')
    .all())
    await box.check();
  await choose(page, /署名する人/, 'ご本人');
  await choose(page, /署名のしかた/, 'この画面に署名する');
  await sign(page);
  await press(page, '同意を記録して、紹介にする');
  await page.waitForURL(/\/referrals\//);
  referral = new URL(page.url()).pathname;
  const shown = await page.locator('main').innerText();
  expect(shown).toContain('峰地 しづ');
  // No doctor sent it, so none is told.
  expect(shown).toContain('引き受けるかどうかを決めてください');
  expect(shown).not.toContain('医師にすぐ知らせ');
  await page.goto(`${room}/contacts`);
  expect(await page.getByRole('link', { name: '紹介になりました' }).first().getAttribute('href')).toBe(
    referral,
  );
  expect(faults).toEqual([]);
  await context.close();
}, 120_000);

test('the resident sees who she is and what is asked, and neither answers, plan nor consent form', async () => {
  const { page, context } = await visitor(browser, service, { login: 'neighbour', ...phone });
  await page.goto(referral);
  const said = await page.locator('main').innerText();
  expect(said).toContain('峰地 しづ');
  expect(said).toContain('090-0000-7777');
  for (const part of ['assessment', 'goals', 'reports']) {
    const answer = await page.goto(`${referral}/${part}`);
    // Pages of professionals: a sentence, or nothing.
    expect(await page.locator('main').innerText()).not.toContain('1946');
    expect([200, 403, 404]).toContain(answer?.status());
  }
  const { rows } = await service.owner.query<{ items: string[] }>(
    `select s.items from sight s join task t on t.patient_id = s.patient_id where t.id = $1 and s.audience = 'resident'`,
    [referral.split('/')[2]],
  );
  expect(rows).toEqual([{ items: ['contact', 'request'] }]);
  await context.close();
}, 60_000);

test('the coordinator reads the traits of each district as figures, with no number that points at anybody', async () => {
  for (let n = 0; n < 20; n += 1)
    await service.owner.query(
      `insert into drop_in (id, gathering_id, organization_id, at, topics, minutes, age_band)
       select gen_random_uuid(), id, organization_id, starts_at, array['transport'], 15, '75-84' from gathering where id = $1`,
      [room.split('/')[2]],
    );
  // Another district of the same municipality, where people talk about something else.
  const { rowCount } = await service.owner.query(
    `insert into drop_in (id, gathering_id, organization_id, at, topics, minutes, age_band)
     select gen_random_uuid(), other.id, other.organization_id, here.starts_at, array['house'], 15, '75-84'
     from gathering here join lateral (select * from gathering g where g.municipality = here.municipality and g.area <> here.area
       and g.status = 'planned' and g.program = here.program order by g.area, g.starts_at limit 1) other on true, generate_series(1, 30)
     where here.id = $1`,
    [room.split('/')[2]],
  );
  expect(rowCount).toBe(30);
  const { page, faults, context } = await visitor(browser, service, { login: 'coordinator' });
  const year = Number(dayInTokyo(service.now()).slice(0, 4));
  await page.goto(`/figures?year=${String(year)}`);
  const main = page.locator('main');
  expect(await main.innerText()).toContain('つどいと立ち寄り相談');
  expect(await main.innerText()).toContain('立ち寄り相談（地区別）');
  expect(await main.innerText()).toContain('北浜');
  expect(await main.getByRole('heading', { level: 2, name: '地区の特徴' }).count()).toBe(1);
  const ofPlace = main.locator('section', { has: page.getByRole('heading', { level: 3, name: /北浜/ }) });
  const frequent = ofPlace.getByRole('table', { name: '立ち寄り相談で多い話' });
  // What would tell another district's small number is left out, too, even where this one's is large.
  const traits = await frequent.getByRole('rowheader').allInnerTexts();
  expect(traits.length).toBeGreaterThan(0);
  for (const one of traits) expect(one).toMatch(/^.+（この地区 \d+%、全体 \d+%）$/);
  // Under ten: the two topics of the one talk with a name are told of no place.
  expect(await ofPlace.innerText()).not.toContain('話し相手');
  expect(await main.innerText()).not.toContain('峰地');
  expect(faults).toEqual([]);
  expect(await stumblingBlocks(page)).toEqual([]);
  const report = await context.request.get(`/figures/report.pdf?year=${String(year)}`);
  expect(report.headers()['content-type']).toBe('application/pdf');
  const sheet = await context.request.get('/sessions/calendar.pdf');
  // The municipality itself holds none.
  expect(sheet.status()).toBe(200);
  await context.close();
}, 60_000);
