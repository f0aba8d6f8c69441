import { expect } from '@jest/globals';
import { choose, heading, press } from '../story.ts';
import type { Story } from './cast.ts';

export async function answers(story: Story): Promise<void> {
  const tablet = await story.comes('tablet', { width: 768, height: 1024 });
  const { page } = tablet;
  await page.goto(story.answerLink);
  await story.shot(tablet, 'tablet-welcome');
  expect(await page.locator('body').innerText()).not.toContain('秋野');
  await press(page, 'はじめる');

  await choose(page, /だれと暮らして/, '一人で');
  await choose(page, /話をした日/, 'なかった');
  await choose(page, /頼れる人/, 'いない');
  await choose(page, /手伝ってくれる身内/, 'いいえ');
  await story.shot(tablet, 'tablet-question');
  await press(page, '次へ進む');

  await choose(page, /お金が足りなくなる/, 'ときどきあった');
  await choose(page, /どの支払い/, '電気・ガス・水道');
  await choose(page, /食事をぬいたり/, 'ない');
  await press(page, '次へ進む');

  await page.getByRole('textbox', { name: /家の外に出た日/ }).fill('1');
  await choose(page, /外に出にくい/, '行くところがない');
  await choose(page, /ふだんどうやって/, '歩き・自転車');
  await press(page, '次へ進む');

  await choose(page, /介護や世話を/, 'いいえ');
  await choose(page, /小学生以下の子ども/, 'いいえ');
  await press(page, '次へ進む');

  await choose(page, /この半年に/, 'どれもない');
  await choose(page, /気持ちが沈んだり/, 'ときどきあった');
  await press(page, '次へ進む');

  await choose(page, /こわい思い/, 'ない');
  await choose(page, /好きなこと、やってみたい/, 'お茶・おしゃべり', '手芸・ものづくり');
  await choose(page, /行ってみたいですか/, 'はい');
  await page.getByRole('textbox', { name: /手伝ってほしいこと/ }).fill('話し相手がほしいです。');
  await press(page, '答えを確かめる');
}

export async function sends(story: Story): Promise<void> {
  const tablet = story.cast('tablet');
  const { page } = tablet;
  expect(await heading(page)).toBe('答えを確かめてください');
  await story.shot(tablet, 'tablet-check');
  await page.getByRole('link', { name: /食事をぬいたり.*を変更/ }).click();
  await choose(page, /食事をぬいたり/, 'ときどきある');
  await press(page, '答えを確かめる');
  await press(page, 'この内容で送る');
  await page.getByText('ありがとうございました').first().waitFor();
  await story.shot(tablet, 'tablet-thanks');
  const again = await page.goto(story.answerLink);
  expect(again?.status()).toBe(410);
  await tablet.context.close();
}
