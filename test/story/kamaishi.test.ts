import fs from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { dayInTokyo } from '../../src/kernel/japan/calendar.ts';
import { launchChromium } from '../../tools/chromium.ts';
import { readBack } from '../documents/read.ts';
import { head, rowsOf, type Row } from '../invitations/scene.ts';
import { windows } from '../invitations/windows.ts';
import { startService, type Service } from '../support/service.ts';
import { stumblingBlocks } from './sight.ts';
import { choose, heading, press, sign, writeDay } from './story.ts';
import { visitor, type Visitor } from './visitor.ts';

let service: Service;
let browser: Browser;
let insurer: Visitor;
let doctor: Visitor;
let list: string;
let patient: string;

beforeAll(async () => {
  service = await startService();
  browser = await launchChromium();
}, 120_000);
afterAll(async () => {
  await browser.close();
  await service.stop();
});

/** Keeps a picture in the folder `SHOTS`, at the width of a desk and of a telephone. */
async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env['SHOTS'];
  if (folder === undefined) return;
  fs.mkdirSync(folder, { recursive: true });
  const size = page.viewportSize();
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 900 });
    await page.screenshot({ path: `${folder}/${name}-${String(width)}.png`, fullPage: true });
  }
  if (size) await page.setViewportSize(size);
}
const fine = async (page: Page, name: string): Promise<void> => {
  await shot(page, name);
  expect(await stumblingBlocks(page)).toEqual([]);
};
const pdfOf = async ({ context, page }: Visitor, link: string | RegExp, name: string) => {
  const href = (await page.getByRole('link', { name: link }).first().getAttribute('href')) ?? '';
  const answer = await context.request.get(href);
  expect(answer.status()).toBe(200);
  const bytes = await answer.body();
  const folder = process.env['SHOTS'];
  if (folder !== undefined) fs.writeFileSync(`${folder}/${name}.pdf`, bytes);
  return readBack(bytes);
};
const member = async (name: string): Promise<Row> => {
  const row = (await rowsOf(service, list)).find((one) => one.name === name);
  if (!row) throw new Error(`${name} is not on the list`);
  return row;
};
const faultless = (...who: readonly Visitor[]): void => {
  expect(who.flatMap(({ faults }) => faults)).toEqual([]);
};

const lines = [
  '71,8801,1,髙橋 ハル,ﾀｶﾊｼ ﾊﾙ,S23.5.3,000-9001,あおば県千草町字灯台1-1,050-0000-9901,健診で受診をすすめられたが未受診',
  '71,8802,1,灯台守 次郎,トウダイモリ ジロウ,1955-12-24,000-9003,あおば県千草町字灯台1-3,,健康状態が分からない',
  '71,8803,1,波止 ミツ,ハト ミツ,1944/2/1,000-9004,あおば県千草町字灯台1-4,050-0000-9904,治療の中断',
];

test('the insurer chooses a list in Shift_JIS, reads what is wrong with it, and looks at it before it is kept', async () => {
  insurer = await visitor(browser, service, { login: 'insurer' });
  const { page } = insurer;
  await page.getByRole('navigation').getByRole('link', { name: '受診のご案内' }).click();
  await fine(page, 'invitations');
  await press(page, '名簿を読み込む');
  await fine(page, 'invitations-new');
  const send = async (content: string): Promise<void> => {
    await page.getByLabel('名簿の名前').fill('千草町 11月');
    await page
      .getByLabel('CSVのファイル')
      .setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer: windows(content) });
    await press(page, '内容を確かめる');
  };
  await send([head, lines[0]?.replace('S23.5.3', 'S23.13.3'), lines[1]].join('\r\n'));
  await page.getByText('2行目「生年月日」').waitFor();
  await fine(page, 'invitations-faults');
  await send([head, ...lines].join('\r\n'));
  expect(await heading(page)).toBe('この名簿を保存します');
  expect(await page.getByRole('main').innerText()).toContain('タカハシ ハル');
  await fine(page, 'invitations-preview');
  await page.getByRole('main').getByRole('button', { name: '保存する' }).click();
  await page.getByText('名簿を保存しました。').waitFor();
  list = new URL(page.url()).pathname.split('/')[2] ?? '';
  expect((await rowsOf(service, list)).map(({ name }) => name)).toEqual([
    '髙橋 ハル',
    '灯台守 次郎',
    '波止 ミツ',
  ]);
  await fine(page, 'invitations-list');
  faultless(insurer);
});

test('letters are printed, a page each, and recorded as sent', async () => {
  const { page } = insurer;
  const { pages } = await pdfOf(insurer, /手紙（PDF）/, 'letters');
  expect(pages).toHaveLength(3);
  expect(pages[0]).toContain('髙橋 ハル 様');
  await press(page, /3通を送ったと記録する/);
  await page.getByText('送ったと記録しました。').waitFor();
  faultless(insurer);
});

test('one of them says no on a telephone, and is gone', async () => {
  const row = await member('灯台守 次郎');
  const one = await visitor(browser, service, { width: 360, height: 740 });
  await one.page.goto(`/i/${row.code}`);
  await fine(one.page, 'own-birth');
  await writeDay(one.page, /生年月日/, '1955-12-24');
  await press(one.page, 'つぎへ');
  expect(await heading(one.page)).toBe('受診されますか');
  await fine(one.page, 'own-answer');
  await press(one.page, 'いいえ、ご案内は要りません');
  expect(await heading(one.page)).toBe('ご案内を終えました');
  await fine(one.page, 'own-done');
  expect((await rowsOf(service, list)).map(({ name }) => name)).toEqual(['髙橋 ハル', '波止 ミツ']);
  faultless(one);
});

test('one comes to her doctor with the letter and consents; from then on she is a patient', async () => {
  const row = await member('髙橋 ハル');
  doctor = await visitor(browser, service, { login: 'towndoctor' });
  const { page } = doctor;
  await page.getByRole('navigation').getByRole('link', { name: '受診案内で来た方' }).click();
  await fine(page, 'invited');
  await writeDay(page, /生年月日/, '1948-05-03');
  await page.getByLabel('手紙の番号').fill(row.code.replaceAll(/(\d{4})(?=\d)/g, '$1-'));
  await press(page, 'さがす');
  expect(await heading(page)).toBe('ご案内を受けた方');
  expect(await page.getByLabel('姓（漢字など）').inputValue()).toBe('髙橋');
  expect(await page.getByLabel('町名・番地・建物').inputValue()).toBe('字灯台1-1');
  await fine(page, 'invited-found');
  await choose(page, /性別/, '女性');
  await press(page, '同意の説明へ');
  expect(await heading(page)).toBe('同意をいただきます');
  await fine(page, 'invited-consent');
  await choose(page, /説明のしかた/, '話して説明した');
  for (const box of await page
    .getByRole('group', { name: /伝えてよい(相手|内容)/ })
    .getByRole('checkbox')
    .all())
    if (await box.isVisible()) await box.check();
  await choose(page, /署名する人/, 'ご本人');
  await choose(page, /署名のしかた/, 'この画面に署名する');
  await sign(page);
  await press(page, '登録して、同意と来院を記録する');
  await page.waitForURL(/\/patients\/[0-9a-f-]{36}/);
  expect(await heading(page)).toBe('髙橋 ハル');
  patient = new URL(page.url()).pathname.split('/')[2] ?? '';
  await shot(page, 'invited-came');
  expect((await rowsOf(service, list)).map(({ name }) => name)).toEqual(['波止 ミツ']);
  faultless(doctor);
});

test('the insurer sees that she came, and whom it has to ask again; a call and a reminder are recorded', async () => {
  const { page } = insurer;
  await page.goto(`/invitations/${list}`);
  expect(await page.locator('#visits').innerText()).toContain('千草町国保診療所');
  await fine(page, 'invitations-visited');
  // The working days pass.
  await service.owner.query(`update invitation set due_on = $2 where list_id = $1`, [
    list,
    dayInTokyo(service.now()),
  ]);
  await page.reload();
  await page.getByRole('link', { name: /もう一度連絡する/ }).click();
  await fine(page, 'follow-up');
  const { pages } = await pdfOf(insurer, /再度のご案内/, 'reminders');
  expect(pages).toHaveLength(1);
  expect(pages[0]).toContain('もう一度お便りします');
  await page.getByRole('link', { name: '波止 ミツ' }).click();
  await fine(page, 'member');
  await choose(page, /どうでしたか/, '電話したが不在');
  await press(page, /^記録する$/);
  await page.getByText('連絡を記録しました。').first().waitFor();
  await page.goto(`/invitations/${list}/follow-up`);
  await page.getByText('いま連絡する方はいません').waitFor();
  faultless(insurer);
});

test('the doctor writes the sheet, the insurer reads it and writes back', async () => {
  const { page } = doctor;
  await page.goto(`/patients/${patient}`);
  await page.locator('#sheet').getByRole('link').click();
  await press(page, 'シートを書く');
  await shot(page, 'sheet-edit');
  for (const group of await page.getByRole('main').getByRole('radiogroup').all())
    if (await group.isVisible()) await group.getByRole('radio').first().check();
  for (const box of await page.getByRole('main').locator('textarea').all())
    if (await box.isVisible()) await box.fill('受診して、薬が始まりました。');
  await press(page, '保存して共有する');
  await page.getByText('シートを保存しました。').waitFor();
  await fine(page, 'sheet');
  const other = insurer.page;
  await other.goto(`/shared/${patient}`);
  await press(other, '情報共有シート');
  expect(await other.getByRole('main').innerText()).toContain('第1版');
  await other.getByLabel(/申し送りを書く/).fill('健診の結果をお送りしました。');
  await press(other, /へ送る$/);
  await other.getByText('申し送りを送りました。').waitFor();
  await fine(other, 'sheet-insurer');
  await pdfOf(insurer, '印刷（PDF）', 'sheet');
  await page.reload();
  expect(await page.getByRole('main').innerText()).toContain('健診の結果をお送りしました。');
  faultless(doctor, insurer);
});

test('the link worker hands somebody on to another window by the common sheet', async () => {
  const worker = await visitor(browser, service, { login: 'townworker' });
  const { page } = worker;
  const { rows } = await service.owner.query<{ id: string }>(
    `select t.id from task t join service_request s on s.id = t.focus_id
     where t.part_of_id is null and t.status = 'in-progress' and s.content::text like '%program/kamaishi%' limit 1`,
  );
  await page.goto(`/referrals/${rows[0]?.id ?? ''}`);
  await press(page, '相談窓口 引き継ぎ票');
  await page.getByRole('searchbox').fill('花野町');
  await press(page, 'さがす');
  await choose(page, /引き継ぐ相手/, '花野町地域包括支援センター');
  await page.getByLabel('引き継ぐ理由').fill('夜の通院の足がありません。');
  await page.getByLabel('お願いしたいこと').fill('送迎の相談をお願いします。');
  await page.getByLabel(/了承を得ました/).check();
  await fine(page, 'hand-over');
  await press(page, '記録して票を作る');
  await page.getByText('引き継ぎ票を作りました').waitFor();
  await fine(page, 'hand-over-made');
  const { pages } = await pdfOf(worker, '票（PDF）', 'hand-over');
  expect(pages).toHaveLength(1);
  expect(pages[0]).toContain('花野町地域包括支援センター');
  faultless(worker);
});
