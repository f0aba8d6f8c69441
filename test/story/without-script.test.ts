import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../../tools/chromium.ts';
import { startService, type Service } from '../support/service.ts';
import { choose, press } from './story.ts';
import { visitor, type Visitor } from './visitor.ts';

let service: Service;
let browser: Browser;
beforeAll(async () => {
  service = await startService();
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  await service.stop();
});

const comes = (manner: Parameters<typeof visitor>[2] = {}): Promise<Visitor> =>
  visitor(browser, service, { ...manner, script: false });

/** Somebody of the demo clinic about whom nothing is known yet. */
const nobodyYet = (): Readonly<{ id: string; name: string }> => {
  const clinic = service.demo.accounts.find((one) => one.login === 'reception')?.organizationId;
  const found = service.demo.cases.find((one) => one.state === 'none' && one.clinicId === clinic);
  const person = service.demo.people.find((one) => one.id === found?.patientId)?.person;
  if (!found || !person) throw new Error('The demo knows everybody.');
  return { id: found.patientId, name: `${person.family} ${person.given}` };
};

test('the whole way works in a browser without script, with the signature on paper', async () => {
  const person = nobodyYet();
  const hub = `/patients/${person.id}`;

  // Reception makes the address; the patient answers on a tablet.
  const { page: desk } = await comes({ login: 'reception' });
  await desk.goto(hub);
  await press(desk, '問診票に答えてもらう');
  await press(desk, '四角い印（QRコード）を作る');
  const address = (await desk.locator('code').innerText()).trim();

  const { page: tablet } = await comes({ width: 768, height: 1024 });
  await tablet.goto(address);
  await press(tablet, 'はじめる');
  await choose(tablet, /だれと暮らして/, '一人で');
  await choose(tablet, /話をした日/, 'なかった');
  await choose(tablet, /頼れる人/, 'いない');
  await press(tablet, '次へ進む');
  await choose(tablet, /お金が足りなくなる/, 'なかった');
  await press(tablet, '次へ進む');
  await tablet.getByLabel(/家の外に出た日/).fill('7');
  await press(tablet, '次へ進む');
  await choose(tablet, /介護や世話を/, 'いいえ');
  await choose(tablet, /小学生以下の子ども/, 'いいえ');
  await press(tablet, '次へ進む');
  await press(tablet, '次へ進む');
  await choose(tablet, /好きなこと、やってみたい/, 'お茶・おしゃべり');
  await press(tablet, '答えを確かめる');
  await press(tablet, 'この内容で送る');
  await tablet.getByText('ありがとうございました').first().waitFor();

  // Consent, signed on paper.
  await desk.goto(`${hub}/consents/new`);
  await choose(desk, /説明のしかた/, '用紙を読み上げた');
  const may = desk.getByRole('group', { name: /伝えてよい(相手|内容)/ }).getByRole('checkbox');
  for (const box of await may.all()) await box.check();
  await choose(desk, /署名する人/, 'ご本人');
  await choose(desk, /署名のしかた/, '紙に署名し、紙を保管する');
  expect(await desk.getByText(/手書きの署名ができません/).isVisible()).toBe(true);
  await desk.getByLabel('紙の保管場所').fill('当院のカルテ庫');
  await press(desk, 'この内容で同意を記録する');
  await desk.waitForURL((url) => url.pathname === hub);

  // The doctor sends.
  const { page: doctor } = await comes({ login: 'doctor' });
  await doctor.goto(hub);
  await press(doctor, /紹介を送る/);
  for (const box of await doctor
    .getByRole('group', { name: /送る困りごと/ })
    .getByRole('checkbox')
    .all())
    await box.check();
  await doctor
    .getByRole('radiogroup', { name: /送り先の窓口/ })
    .getByRole('radio')
    .first()
    .check();
  const office = await doctor
    .getByRole('radiogroup', { name: /送り先の窓口/ })
    .locator('label')
    .first()
    .innerText();
  expect(office).toContain('朝凪つながり支援室');
  await choose(doctor, /^急ぎ/, 'お急ぎ');
  await doctor.getByLabel('紹介の理由').fill('話し相手がほしいそうです。');
  await press(doctor, '内容を確かめる');
  await press(doctor, 'この内容で送る');
  await press(doctor, '紹介のようすを見る');
  const referral = new URL(doctor.url()).pathname;

  // The link worker accepts, meets, asks.
  const { page: worker } = await comes({ login: 'linkworker' });
  await worker.getByRole('link', { name: person.name }).click();
  expect(new URL(worker.url()).pathname).toBe(referral);
  await press(worker, '引き受ける');
  await worker.goto(`${referral}/contacts`);
  await choose(worker, /どうでしたか/, '訪問した');
  await press(worker, '記録する');
  await worker.goto(`${referral}/resources`);
  const chosen = service.demo.resources.filter(
    (one) => one.contact.email !== undefined && one.capacity === 'capacity',
  );
  const offered = worker.getByRole('checkbox', { name: /」に依頼する/ });
  const ids = await Promise.all((await offered.all()).map((one) => one.getAttribute('value')));
  const asked = chosen.find((one) => ids.includes(one.id));
  if (!asked) throw new Error('Nobody to ask.');
  await worker.getByRole('checkbox', { name: `「${asked.name}」に依頼する` }).check();
  await press(worker, '選んだところに依頼する');
  await worker.getByLabel(/お願いしたいこと/).fill('お茶の会に参加させてください。');
  await worker.getByRole('checkbox', { name: /ご本人/ }).check();
  await choose(worker, /どのように確かめましたか/, '会って本人に聞いた');
  await press(worker, '1か所に依頼する');
  const letter = await service.mailbox.wait((one) => one.to.includes(asked.contact.email ?? ''));
  const link = /http:\S+\/r\/\S+/.exec(letter.text)?.[0] ?? '';

  // The group answers.
  const { page: group } = await comes({ width: 360, height: 740 });
  await group.goto(link);
  await choose(group, /お返事/, 'お受けできます');
  await press(group, /次へ進む/);
  await press(group, 'お返事を送る');
  await group.getByText('ありがとうございました').first().waitFor();

  // The case is closed, and the doctor reads what became of it.
  await worker.goto(`${referral}/close`);
  await choose(worker, /全体として/, '居場所・支援につながった');
  await worker.getByRole('textbox', { name: /^どうなったか/ }).fill('お茶の会に通っています。');
  const ending = worker.getByRole('group', { name: /への依頼/ });
  await ending.getByLabel('居場所・支援につながった').check();
  await ending.getByLabel(/ひとこと/).fill('毎週来られています。');
  await press(worker, '内容を確かめる');
  await press(worker, '支援を終え、医師に知らせる');
  await worker.getByText('支援を終え、医師に結果を知らせました。').waitFor();
  await doctor.goto(hub);
  await doctor.getByRole('link', { name: '支援の結果のお知らせを読む' }).click();
  expect(await doctor.getByRole('main').innerText()).toContain('お茶の会に通っています。');
}, 120_000);

test('nothing can be done by script alone: every button of a page sends a form', async () => {
  const { page } = await comes({ login: 'linkworker' });
  for (const path of ['/inbox', '/requests', '/resources', '/account']) {
    await page.goto(path);
    const all = await page.getByRole('button').count();
    expect([path, await page.locator('form button[type=submit]').count()]).toEqual([path, all]);
  }
});
