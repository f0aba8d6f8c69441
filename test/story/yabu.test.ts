import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../../tools/chromium.ts';
import { readBack } from '../documents/read.ts';
import { officeHours, startService, type Service } from '../support/service.ts';
import { heading, press } from './story.ts';
import { visitor, type Visitor } from './visitor.ts';

let service: Service;
let browser: Browser;
let worker: Visitor;
let later = 0;
let task = '';

const day = 24 * 3_600_000;
beforeAll(async () => {
  const clock = officeHours();
  service = await startService({ patients: 40, now: () => new Date(clock().getTime() + later) });
  browser = await launchChromium();
  task = await caseOfYabu();
  worker = await visitor(browser, service, { login: 'linkworker' });
});
afterAll(async () => {
  await browser.close();
  await service.stop();
});

/** A case of the link worker's own that goes by the program whose sheet scores domains, and that nobody assessed yet. */
async function caseOfYabu(): Promise<string> {
  const { rows } = await service.owner.query<{ id: string; request: string }>(
    `select t.id, t.focus_id as request from task t join account a on a.login = 'linkworker' and t.owner_id = a.organization_id
     where t.part_of_id is null and t.status in ('accepted', 'in-progress') and t.assignee_id = a.post_id
       and not exists (select 1 from questionnaire_response q where q.patient_id = t.patient_id and q.item = 'assessment')
     order by t.id limit 1`,
  );
  const [found] = rows;
  if (!found) throw new Error('The demo has no such case.');
  await service.owner.query(
    `update service_request set version = version + 1, content = regexp_replace(content::text, '/program/[a-z-]+"', '/program/yabu"')::jsonb
       || jsonb_build_object('meta', (content -> 'meta') || jsonb_build_object('versionId', (version + 1)::text))
     where id = $1`,
    [found.request],
  );
  return found.id;
}

const at = (part: string): string => `/referrals/${task}/${part}`;

/** In each domain the answer at that place of its options. */
async function answerAll(page: Page, answer: string): Promise<void> {
  const choices = page.getByRole('main').getByLabel(answer, { exact: true });
  for (let i = 0; i < (await choices.count()); i++) await choices.nth(i).check();
}

async function pdfAt(page: Page, path: string): Promise<Awaited<ReturnType<typeof readBack>>> {
  const answer = await page.request.get(path);
  expect([path, answer.status(), answer.headers()['content-type']]).toEqual([path, 200, 'application/pdf']);
  return readBack(await answer.body());
}

test('the link worker fills in the sheet, and its domains are drawn with a table beside them', async () => {
  const { page } = worker;
  await page.goto(at('assessment'));
  await answerAll(page, 'かなり困っている');
  await page.getByLabel(/つながり（家族/).fill('長女が月に二度来る。');
  await page.getByLabel(/本人の力/).fill('和裁を40年。');
  await page.getByLabel(/本人がしたいこと/).fill('友だちとお茶を飲みに行きたい。');
  await page.getByLabel(/^まとめ/).fill('一人で過ごす日が多い。');
  await page
    .getByRole('group', { name: /見すごせない危険/ })
    .or(page.getByRole('radiogroup', { name: /見すごせない危険/ }))
    .getByRole('radio')
    .first()
    .check();
  await press(page, 'アセスメントを終える');
  await page.waitForURL(/said=complete/);
  await page.getByRole('img', { name: /レーダーチャート/ }).waitFor();
  const table = page.getByRole('table', { name: '領域ごとの様子' });
  expect(await table.getByRole('row').count()).toBe(9);
  expect(await table.getByRole('columnheader').count()).toBe(2);
  expect(await table.innerText()).toContain('4 / 6');
});

test('five weeks later it is written again: the chart compares the two, told apart by line and not by colour', async () => {
  later = 35 * day;
  worker = await visitor(browser, service, { login: 'linkworker' });
  const { page } = worker;
  await page.goto(`${at('assessment')}?edit=1`);
  await answerAll(page, '少し困っている');
  await press(page, '直した内容を保存する');
  await page.waitForURL(/said=/);
  const table = page.getByRole('table', { name: '領域ごとの様子' });
  expect(await table.getByRole('columnheader').count()).toBe(3);
  expect(await table.getByRole('row', { name: /住まい/ }).innerText()).toMatch(/2 \/ 6[\s\S]*4 \/ 6/);
  const dashes = await page
    .locator('.legend .radar-line')
    .evaluateAll((lines) => lines.map((line) => line.getAttribute('stroke-dasharray')));
  expect(dashes).toHaveLength(2);
  expect(new Set(dashes).size).toBe(2);
  // At the width of a phone nothing of it is cut off.
  await page.setViewportSize({ width: 360, height: 800 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await page.setViewportSize({ width: 1280, height: 900 });
  expect(worker.faults).toEqual([]);
});

test('the sheet has the chart and both days, the blank one neither', async () => {
  const { page } = worker;
  const sheet = await pdfAt(page, at('assessment.pdf'));
  expect(sheet.alts.join(' ')).toContain('レーダーチャート　領域ごとの様子');
  const all = sheet.pages.join('');
  expect(all.match(/令和\d+年\d+月\d+日/g)?.length).toBeGreaterThan(3);
  expect(all).toContain('和裁を40年。');
  const blank = await pdfAt(page, at('assessment-form.pdf'));
  expect(blank.alts.join(' ')).not.toContain('レーダーチャート');
  expect(blank.alts).not.toContain('印あり');
});

test('goals and the three kinds of resource stand in the plan and on its sheet', async () => {
  const { page } = worker;
  await page.goto(at('goals'));
  const kinds = page.locator('#three-kinds');
  expect(await kinds.innerText()).toMatch(
    /制度・サービス[\s\S]*人とのつながり[\s\S]*長女[\s\S]*本人の力[\s\S]*和裁/,
  );
  const goal = page.getByRole('textbox', { name: /^目標/ });
  if (!(await goal.first().isVisible())) await page.getByText('目標を足す').click();
  await goal.last().fill('週に一度、お茶を飲みに出かける');
  await page
    .getByRole('button', { name: '目標を保存する' })
    .or(page.getByRole('button', { name: /保存/ }))
    .last()
    .click();
  await page.waitForURL(/said=goal/);
  await page.getByRole('link', { name: /^支援計画書を印刷/ }).waitFor();
  const plan = (await pdfAt(page, at('plan.pdf'))).pages.join('');
  for (const words of [
    '支援計画書',
    '週に一度、お茶を飲みに出かける',
    '長女が月に二度来る。',
    '和裁を40年。',
  ])
    expect(plan).toContain(words);
});

test('several cases are ticked and printed at once, with progress, and one file has them all', async () => {
  const { page } = worker;
  await page.goto('/inbox?tab=mine');
  const boxes = page.getByRole('checkbox', { name: /に印をつける/ });
  const count = Math.min(3, await boxes.count());
  expect(count).toBeGreaterThan(1);
  for (let i = 0; i < count; i++) await boxes.nth(i).check();
  await press(page, '印をつけた紹介をまとめて印刷');
  expect(await heading(page)).toBe('まとめて印刷');
  expect(await page.locator('.names li').count()).toBe(count);
  await page.getByLabel('紹介票', { exact: true }).check();
  await page.getByLabel('アセスメントシート（白紙）', { exact: true }).check();
  await press(page, 'PDFを作る');
  await page.waitForURL(/\/prints\/[0-9a-f-]{36}$/);
  const open = page.getByRole('link', { name: /PDFを開く/ });
  await open.waitFor({ timeout: 60_000 });
  const file = await pdfAt(page, (await open.getAttribute('href')) ?? '');
  expect(file.bookmarks).toHaveLength(count);
  expect(file.pages.join('')).toContain('リンクワーカー紹介票');
  expect(worker.faults).toEqual([]);
});

test('without script the progress is followed as well, and the file is there', async () => {
  const plain = await visitor(browser, service, { login: 'linkworker', script: false });
  const { page } = plain;
  await page.goto('/inbox?tab=mine');
  await press(page, 'この一覧の全部をまとめて印刷');
  await page.getByLabel('紹介票', { exact: true }).check();
  await press(page, 'PDFを作る');
  await page.getByRole('link', { name: /PDFを開く/ }).waitFor({ timeout: 60_000 });
  expect(plain.faults).toEqual([]);
});
