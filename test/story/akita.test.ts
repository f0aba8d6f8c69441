import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../../tools/chromium.ts';
import { startService, type Service } from '../support/service.ts';
import { tell } from './chapter.ts';
import { choose, heading, press } from './story.ts';
import { beginStory, type Story } from './whole/cast.ts';
import { consents, givesAddress, registers, seesNeeds } from './whole/clinic.ts';
import { accepts } from './whole/office.ts';

/** Akita's program, as somebody meets it who reads easy Japanese on a telephone. */
let service: Service;
let browser: Browser;
let story: Story;
beforeAll(async () => {
  service = await startService();
  browser = await launchChromium();
  story = beginStory(browser, service);
}, 90_000);
afterAll(async () => {
  await browser.close();
  await service.stop();
});

const chapter = tell(() => story);

chapter('reception registers a patient', registers);
chapter('she gives her an address for her own telephone', givesAddress);
chapter('the patient chooses easy Japanese and answers one question after the other', async () => {
  const phone = await story.comes('tablet', { width: 360, height: 740 });
  const { page } = phone;
  await page.goto(story.answerLink);
  await page.getByRole('button', { name: 'やさしい日本語' }).click();
  expect(await heading(page)).toBe('くらしの しつもん');
  await page.getByRole('button', { name: '1つずつ こたえる' }).click();
  await story.shot(phone, 'phone-welcome');
  await press(page, 'はじめる');

  const told: readonly (readonly [RegExp, string])[] = [
    [/だれと いっしょに/, 'ひとりで'],
    [/はなした 日/, 'なかった'],
    [/たすけて くれる/, 'いない'],
    [/てつだって くれる かぞく/, 'いいえ'],
    [/月の おわりに/, 'ときどき あった'],
    [/どの おかね/, 'でんき・ガス・すいどう'],
    [/ごはんを たべなかったり/, 'ときどき ある'],
    [/いえの ことで/, 'こまって いる ことは ない'],
  ];
  for (const [question, answer] of told) {
    await choose(page, question, answer);
    await press(page, 'つぎへ');
  }
  await story.shot(phone, 'phone-question');
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
  await page.getByRole('textbox', { name: /いえの そとに 出た 日/ }).fill('1');
  await press(page, 'つぎへ');
  // What nobody has to answer is passed over.
  while ((await page.getByRole('radiogroup', { name: /おせわ（かいご）/ }).count()) === 0)
    await Promise.all([page.waitForEvent('load'), press(page, 'つぎへ')]);
  await choose(page, /おせわ（かいご）/, 'いいえ');
  await press(page, 'つぎへ');
  await choose(page, /おなかに あかちゃん/, 'いいえ');
  await Promise.all([page.waitForURL(/sections\/health/), press(page, 'つぎへ')]);
  await page.goto(`${story.answerLink}/check`);
  await story.shot(phone, 'phone-check');
  await press(page, 'おくる');
  await page.getByText('こたえを おくりました').first().waitFor();
  await story.shot(phone, 'phone-thanks');
});
chapter('reception sees the same needs as in any other language', seesNeeds);
chapter('she records the consent', consents);
chapter('the doctor is offered the offices of the whole medical area, the nearest first', async () => {
  const doctor = await story.comes('doctor', { login: 'doctor' });
  const { page } = doctor;
  await page.getByRole('searchbox').fill('秋野');
  await press(page, 'さがす');
  await page.getByRole('link', { name: '秋野 はる' }).click();
  await press(page, /紹介を送る/);
  const offices = page.getByRole('radiogroup', { name: /送り先の窓口/ });
  const offered = await offices
    .getByRole('radio')
    .evaluateAll((all) => all.map((one) => one.getAttribute('id')));
  const names = await Promise.all(offered.map((id) => page.locator(`label[for="${id ?? ''}"]`).innerText()));
  expect(names[0]).toContain('朝凪つながり支援室');
  expect(names.join('\n')).toContain('風待・鈴原ささえあいセンター');
  expect(names.join('\n')).not.toContain('霧ヶ谷まちの相談所');
  await story.shot(doctor, 'offices');
  await offices.getByLabel('朝凪つながり支援室').check();
  await choose(page, /^急ぎ/, '通常');
  await page.getByLabel('紹介の理由').fill('夫を亡くしてから外に出なくなりました。');
  await page.getByLabel('医師からの申し送り').fill('血圧の薬を飲んでいます。');
  await press(page, '内容を確かめる');
  await press(page, 'この内容で送る');
  await page.getByText('紹介を送りました').first().waitFor();
  await press(page, '紹介のようすを見る');
  story.referral = new URL(page.url()).pathname;
});
chapter('the link worker accepts it', accepts);
chapter('and looks for community resources in the medical area', async () => {
  const worker = story.cast('worker');
  const { page } = worker;
  await page.goto(`${story.referral}/resources`);
  const shown = () => page.getByRole('main').getByRole('checkbox').count();
  const area = page.getByLabel('地域', { exact: true });
  const near = await shown();
  await area.selectOption({ label: '朝凪・南部医療圏' });
  await page.getByRole('button', { name: '探す', exact: true }).click();
  await page.waitForURL(/area=area/);
  expect(await area.locator('option:checked').innerText()).toBe('朝凪・南部医療圏');
  expect(await shown()).toBeGreaterThanOrEqual(near);
  const found = await service.owner.query<{ n: number }>(
    `select count(*)::int as n from healthcare_service where serves && $1`,
    [
      service.demo.bodies.municipalities
        .filter((m) => m.medicalArea?.code === '9901')
        .map((m) => m.municipalityCode),
    ],
  );
  expect(found.rows[0]?.n).toBeGreaterThan(0);
  await story.shot(worker, 'resources-of-the-area');
});
