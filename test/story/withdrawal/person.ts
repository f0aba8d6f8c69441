import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { stumblingBlocks } from '../sight.ts';
import { choose, heading, press, writeDay } from '../story.ts';
import { pathOf, tellsNothing, type Withdrawal } from './cast.ts';

/** Nothing is wider than the telephone. */
const fits = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);

/** Nothing in the way of whoever sees or moves badly; pictures at the width of a telephone and of a screen. */
async function shots(story: Withdrawal, name: string): Promise<void> {
  const person = story.cast('person');
  expect([name, await stumblingBlocks(person.page), await fits(person.page)]).toEqual([name, [], true]);
  await story.shot(person, `${name}-360`);
  await person.page.setViewportSize({ width: 1280, height: 900 });
  await story.shot(person, `${name}-1280`);
  await person.page.setViewportSize({ width: 360, height: 740 });
}

export async function opensOwnPage(story: Withdrawal): Promise<void> {
  const person = await story.comes('person', { width: 360, height: 740 });
  const { page } = person;
  await page.goto(story.ownLink);
  await shots(story, 'own-birth');
  await tellsNothing(page, story.whose);
  await writeDay(page, /生年月日/, '1901-02-03');
  await press(page, 'ひらく');
  await page.getByRole('alert').getByText('登録されたものと違います').waitFor();
  await writeDay(page, /生年月日/, story.whose.birthDate);
  await press(page, 'ひらく');
  expect(await heading(page)).toBe('あなたの同意のページ');
  const main = await page.getByRole('main').innerText();
  for (const says of ['朝凪つながり支援室', 'つなぎ先の団体', 'これまでに記録を見た機関'])
    expect(main).toContain(says);
  await shots(story, 'own');
  await page.reload();
  expect(await heading(page)).toBe('あなたの同意のページ');
}

export async function takesBackGroups(story: Withdrawal): Promise<void> {
  const person = story.cast('person');
  const { page } = person;
  await press(page, 'この同意を取り消す');
  await shots(story, 'own-choose');
  await press(page, '取り消すとどうなるかを見る');
  await page.getByRole('alert').getByText('何を取り消すかを選んでください').waitFor();
  // Asked only where a part is meant.
  expect(await page.getByLabel(/つなぎ先の団体/).isVisible()).toBe(false);
  await choose(page, /何を取り消しますか/, '一部だけ（この下で選びます）');
  await page
    .getByRole('group', { name: /伝えるのをやめる相手/ })
    .getByLabel(/つなぎ先の団体/)
    .check();
  await press(page, '取り消すとどうなるかを見る');
  expect(await heading(page)).toBe('取り消すと、こうなります');
  const rows = page.getByRole('row');
  expect(await rows.filter({ hasText: '何も見られなくなります' }).count()).toBe(1);
  expect(await rows.filter({ hasText: '朝凪つながり支援室' }).first().innerText()).toContain('変わりません');
  await shots(story, 'own-check-part');
  // The way back is a page, not an error of the browser, and nothing has happened yet.
  await page.goBack();
  await page.goForward();
  expect(await heading(page)).toBe('取り消すと、こうなります');
  await page.getByRole('main').getByRole('button', { name: '取り消す', exact: true }).click();
  await page.getByText('取り消しました').first().waitFor();
  await shots(story, 'own-done-part');
  await press(page, 'あなたの同意のページを見る');
  const main = await page.getByRole('main').innerText();
  expect(main).toContain('もう取り消したもの');
  await shots(story, 'own-after-part');
}

export async function takesBackTheRest(story: Withdrawal): Promise<void> {
  const person = story.cast('person');
  const { page } = person;
  await press(page, 'この同意を取り消す');
  expect(await page.locator('[name=recipient]').count()).toBeGreaterThan(0);
  expect(await page.locator('[name=recipient][value=resource]').count()).toBe(0);
  await choose(page, /何を取り消しますか/, 'この同意をぜんぶ');
  await press(page, '取り消すとどうなるかを見る');
  const main = await page.getByRole('main').innerText();
  expect(main).toContain('朝凪つながり支援室への紹介は、その場で終わります。');
  expect(main).toContain('元に戻せません');
  await shots(story, 'own-check-whole');
  const { rows } = await story.service.owner.query(`select status from consent where id = $1`, [
    story.whose.consent,
  ]);
  expect(rows).toEqual([{ status: 'active' }]);
  await page.getByRole('main').getByRole('button', { name: '取り消す', exact: true }).dblclick();
  await page.getByText('取り消しました').first().waitFor();
  expect(pathOf(page)).toMatch(/^\/c\/[^/]+\/done$/);
  await shots(story, 'own-done');

  for (const back of [1, 2]) {
    await page.goBack();
    expect([back, await heading(page)]).toEqual([back, 'このページは、もう使えません']);
    await tellsNothing(page, story.whose, ['朝凪つながり支援室']);
  }
  await page.goto(story.ownLink);
  expect(await page.getByRole('main').innerText()).toContain('もう何もしなくて大丈夫です');
  await shots(story, 'own-over');
}
