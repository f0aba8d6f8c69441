import { expect } from '@jest/globals';
import { choose, press } from '../story.ts';
import { asks } from '../whole/office.ts';
import { saved, unsaved, type Withdrawal } from './cast.ts';

export async function worksOnTheCase(story: Withdrawal): Promise<void> {
  const worker = await story.comes('worker', { login: 'linkworker' });
  const { page } = worker;
  await page.goto(story.referral);
  expect(await page.getByRole('main').innerText()).toContain(story.whose.name);
  await asks(story);
  const sheet = await worker.context.newPage();
  story.tabs.sheet = sheet;
  await sheet.goto(`${story.referral}/assessment`);
  await sheet.getByLabel(/本人がしたいこと/).fill(saved);
  await press(sheet, '途中まで保存する');
  await sheet.getByText('途中まで保存しました。').waitFor();
  await sheet.getByLabel(/^まとめ/).fill(unsaved);
}

export async function groupReads(story: Withdrawal): Promise<void> {
  const group = await story.comes('group', { width: 360, height: 740 });
  const { page } = group;
  await page.goto(story.requestLink);
  expect(await page.getByRole('main').innerText()).toContain(story.whose.name);
  await choose(page, /お返事/, 'お受けできます');
  await page.getByLabel(/ひとこと/).fill('お待ちしています。');
}

export async function handsOut(story: Withdrawal): Promise<void> {
  const reception = await story.comes('reception', { login: 'reception' });
  const { page } = reception;
  await page.goto(`/consents/${story.whose.consent}`);
  await press(page, 'ご本人用のページを渡す');
  await page.getByRole('img', { name: /QRコード/ }).waitFor();
  story.ownLink = (await page.locator('code').innerText()).trim();
  await story.shot(reception, 'sheet');
}
