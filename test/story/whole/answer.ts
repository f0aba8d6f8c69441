import { expect } from '@jest/globals';
import { choose, heading, press } from '../story.ts';
import type { Story } from './cast.ts';

export async function answersRequest(story: Story): Promise<void> {
  const group = await story.comes('group', { width: 360, height: 740 });
  const { page } = group;
  await page.goto(story.requestLink);
  const told = await page.getByRole('main').innerText();
  expect(told).toContain('火曜の集まりに、見学から参加させてください。');
  // The doctor's words are for the office alone.
  expect(told).not.toContain('血圧');
  expect(told).not.toContain('夫を亡くして');
  await story.shot(group, 'answer-360');
  await choose(page, /お返事/, 'お受けできます');
  await page.getByLabel(/ひとこと/).fill('火曜の10時にお待ちしています。');
  await press(page, /次へ進む/);
  await story.shot(group, 'answer-check-360');
  await press(page, 'お返事を送る');
  await page.getByText('ありがとうございました').first().waitFor();
  await story.shot(group, 'answer-done-360');
  await page.goto(story.requestLink);
  expect(await heading(page)).toBe('お返事はいただいています');
  await group.context.close();
}

export async function hears(story: Story): Promise<void> {
  const worker = story.cast('worker');
  const { page } = worker;
  await page.reload();
  await story.shot(worker, 'answered');
  await press(page, '返事を確かめた');
  await page.locator('tbody').getByRole('link').first().click();
  await choose(page, /どうなりましたか/, '参加が始まった');
  await page.getByRole('main').getByRole('button', { name: '記録する' }).click();
  await page.getByText('記録しました。').first().waitFor();
  await story.shot(worker, 'request');
}

export async function closes(story: Story): Promise<void> {
  const worker = story.cast('worker');
  const { page } = worker;
  await page.goto(story.referral);
  await story.shot(worker, 'case');
  await press(page, '結果を記録して終える');
  await choose(page, /全体として/, '居場所・支援につながった');
  await page.getByRole('textbox', { name: /^どうなったか/ }).fill('毎週、編み物の集まりに通っています。');
  const ending = page.getByRole('group', { name: /への依頼/ });
  await ending.getByLabel('目標に届いた').check();
  await ending.getByLabel(/ひとこと/).fill('教える側にもなりました。');
  await page
    .getByRole('radiogroup', { name: /編み物の集まりに出かける/ })
    .getByLabel('届いた', { exact: true })
    .check();
  await story.shot(worker, 'close');
  await press(page, '内容を確かめる');
  await story.shot(worker, 'close-check');
  await press(page, '支援を終え、医師に知らせる');
  await page.getByText('支援を終え、医師に結果を知らせました。').waitFor();
}
