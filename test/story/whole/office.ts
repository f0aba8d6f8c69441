import { expect } from '@jest/globals';
import { choose, press } from '../story.ts';
import type { Story } from './cast.ts';

export async function accepts(story: Story): Promise<void> {
  const worker = await story.comes('worker', { login: 'linkworker' });
  const { page } = worker;
  await story.shot(worker, 'inbox');
  await page.getByRole('link', { name: '秋野 はる' }).click();
  expect(new URL(page.url()).pathname).toBe(story.referral);
  const told = await page.getByRole('main').innerText();
  expect(told).toContain('夫を亡くしてから外に出なくなりました。');
  expect(told).toContain('血圧の薬を飲んでいます。');
  await story.shot(worker, 'case-new');
  await press(page, '引き受ける');
  await page.getByText('引き受けました。医師に知らせました。').waitFor();
}

export async function contacts(story: Story): Promise<void> {
  const worker = story.cast('worker');
  const { page } = worker;
  await page.getByRole('link', { name: '連絡', exact: true }).click();
  await choose(page, /どうでしたか/, 'かけた・不在');
  await press(page, '記録する');
  await page.getByText('連絡を記録しました。').first().waitFor();
  await page
    .getByRole('radiogroup', { name: /どうでしたか/ })
    .getByLabel(/会った|訪問/)
    .check();
  await page.getByLabel('ひとこと').fill('ご自宅で一時間、お話をうかがいました。');
  await press(page, '記録する');
  await page.getByText('支援が始まりました').waitFor();
  await story.shot(worker, 'contacts');
}

export async function assesses(story: Story): Promise<void> {
  const worker = story.cast('worker');
  const { page } = worker;
  await page.getByRole('link', { name: 'アセスメント', exact: true }).click();
  expect(
    await page
      .getByRole('radiogroup', { name: /人とのつながり/ })
      .getByLabel('困っている')
      .isChecked(),
  ).toBe(true);
  expect(
    await page
      .getByRole('group', { name: /興味・関心/ })
      .getByLabel('手芸・ものづくり')
      .isChecked(),
  ).toBe(true);
  await page.getByLabel(/本人がしたいこと/).fill('編み物を、だれかといっしょにしたい。');
  await choose(page, /見すごせない危険/, 'ない');
  await page.getByLabel(/^まとめ/).fill('人と会う場があれば、元気を取りもどせそうです。');
  await story.shot(worker, 'assessment');
  await press(page, 'アセスメントを終える');
  await page.getByText('アセスメントを終えました').waitFor();
}

export async function plans(story: Story): Promise<void> {
  const worker = story.cast('worker');
  const { page } = worker;
  await press(page, '目標を書く');
  await page.getByLabel(/^目標/).first().fill('週に一度、編み物の集まりに出かける');
  await press(page, '目標を保存する');
  await page.getByText('目標を保存しました。').waitFor();
  await page.getByLabel(/決まったこと/).fill('編み物の集まりを探します。');
  await story.shot(worker, 'goals');
  await press(page, '医師に知らせる');
  await page.getByText('支援計画を医師に知らせました。').waitFor();
}

export async function asks(story: Story): Promise<void> {
  const worker = story.cast('worker');
  const { page } = worker;
  await page.getByRole('link', { name: '資源を探す' }).first().click();
  await story.shot(worker, 'resources');
  const byMail = story.service.demo.resources
    .filter((one) => one.contact.email !== undefined && one.active)
    .map((one) => one.name);
  const offered = await page.getByRole('checkbox', { name: /」に依頼する/ }).all();
  const names = await Promise.all(offered.map((one) => one.getAttribute('id')));
  const chosen = story.service.demo.resources.find(
    (one) => names.includes(`pick-${one.id}`) && byMail.includes(one.name) && one.capacity === 'capacity',
  );
  if (!chosen) throw new Error('No resource with mail was found.');
  await page.getByRole('checkbox', { name: `「${chosen.name}」に依頼する` }).check();
  await press(page, '選んだところに依頼する');
  expect(await page.getByRole('main').innerText()).toContain(chosen.name);
  await page.getByLabel(/お願いしたいこと/).fill('火曜の集まりに、見学から参加させてください。');
  await page.getByRole('checkbox', { name: /ご本人/ }).check();
  await choose(page, /どのように確かめましたか/, '電話で本人に聞いた');
  await story.shot(worker, 'ask');
  await press(page, '1か所に依頼する');
  await page.waitForURL((url) => url.pathname === `${story.referral}/requests`);
  await story.shot(worker, 'requests');

  const letter = await story.service.mailbox.wait((one) => one.to.includes(chosen.contact.email ?? ''));
  const personal = ['秋野', 'はる', '090-0000-9999', '編み物', '見学', 'みなと町'];
  for (const word of personal) expect(`${letter.subject}\n${letter.text}`).not.toContain(word);
  story.requestLink = /http:\S+\/r\/\S+/.exec(letter.text)?.[0] ?? '';
  expect(story.requestLink.startsWith(story.service.url)).toBe(true);
}
