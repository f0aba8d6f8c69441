import { expect } from '@jest/globals';
import { choose, heading, press, sign, writeDay } from '../story.ts';
import type { Story } from './cast.ts';

export async function registers(story: Story): Promise<void> {
  const [known] = story.service.demo.people;
  if (!known) throw new Error('The demo has nobody.');
  const reception = await story.comes('reception', { login: 'reception' });
  const { page } = reception;
  await story.shot(reception, 'patients');
  await press(page, '患者さんを登録する');
  await page.getByLabel('姓（漢字など）').fill('秋野');
  await page.getByLabel('名（漢字など）').fill('はる');
  await page.getByLabel('姓のフリガナ').fill(known.person.familyKana);
  await page.getByLabel('名のフリガナ').fill(known.person.givenKana);
  await writeDay(page, /生年月日/, known.person.birthDate);
  await choose(page, /性別/, '女性');
  await page.getByLabel('郵便番号').fill('000-2013');
  await page.getByLabel('市町村').selectOption(story.service.demo.bodies.clinics[0]?.serves[0] ?? '');
  await page.getByLabel('町名・番地・建物').fill('みなと町1-2-3');
  await page.getByLabel('電話番号').fill('090-0000-9999');
  await story.shot(reception, 'register');
  await press(page, '登録する');
  expect(await heading(page)).toBe('同じ方が、もう登録されているかもしれません');
  await story.shot(reception, 'known');
  await press(page, '別の方として登録する');
  await page.getByText('登録しました。次は問診票です。').waitFor();
  expect(await heading(page)).toBe('秋野 はる');
  story.patientPage = new URL(page.url()).pathname;
}

export async function givesAddress(story: Story): Promise<void> {
  const reception = story.cast('reception');
  const { page } = reception;
  await press(page, '問診票に答えてもらう');
  await story.shot(reception, 'ways');
  await press(page, '四角い印（QRコード）を作る');
  await page.getByRole('img', { name: '問診票を開く四角い印（QRコード）' }).waitFor();
  story.answerLink = (await page.locator('code').innerText()).trim();
  expect(story.answerLink.startsWith(`${story.service.url}/a/`)).toBe(true);
  await story.shot(reception, 'qr');
}

export async function seesNeeds(story: Story): Promise<void> {
  const reception = story.cast('reception');
  const { page } = reception;
  await page.goto(story.patientPage);
  await story.shot(reception, 'hub-answered');
  const panel = page.locator('#answers');
  await panel
    .getByRole('heading', { name: '社会的孤立', exact: false })
    .or(panel.getByRole('heading', { level: 3 }))
    .first()
    .waitFor();
  const text = await panel.innerText();
  expect(text).toContain('話す人や頼れる人がいない');
  expect(text).toContain('月末に生活のお金が足りなくなる');
  expect(text).toContain('食事をぬいたり減らしたりしている');
}

export async function consents(story: Story): Promise<void> {
  const reception = story.cast('reception');
  const { page } = reception;
  await press(page, '同意を記録する');
  await choose(page, /説明のしかた/, '話して説明した');
  for (const box of await page
    .getByRole('group', { name: /伝えてよい(相手|内容)/ })
    .getByRole('checkbox')
    .all())
    await box.check();
  await choose(page, /署名する人/, 'ご本人');
  await choose(page, /署名のしかた/, 'この画面に署名する');
  await sign(page);
  await story.shot(reception, 'consent');
  await press(page, 'この内容で同意を記録する');
  await page.waitForURL((url) => url.pathname === story.patientPage);
  await page.locator('#consent').getByRole('table').getByRole('link').first().click();
  await page.getByRole('img').last().waitFor();
  await story.shot(reception, 'consent-given');
}

export async function refers(story: Story): Promise<void> {
  const doctor = await story.comes('doctor', { login: 'doctor' });
  const { page } = doctor;
  await page.getByRole('searchbox').fill('秋野');
  await press(page, 'さがす');
  await page.getByRole('link', { name: '秋野 はる' }).click();
  await story.shot(doctor, 'hub-consented');
  await press(page, /紹介を送る/);
  for (const box of await page
    .getByRole('group', { name: /送る困りごと/ })
    .getByRole('checkbox')
    .all())
    await box.check();
  await page
    .getByRole('radiogroup', { name: /送り先の窓口/ })
    .getByLabel('朝凪つながり支援室')
    .check();
  await choose(page, /^急ぎ/, '通常');
  await page.getByLabel('紹介の理由').fill('夫を亡くしてから外に出なくなりました。');
  await page.getByLabel('医師からの申し送り').fill('血圧の薬を飲んでいます。');
  await story.shot(doctor, 'send');
  await press(page, '内容を確かめる');
  expect(await heading(page)).toBe('送る前に確かめてください');
  await story.shot(doctor, 'check-your-answers');
  await press(page, /急ぎ.*を変更/);
  expect(await page.getByLabel('紹介の理由').inputValue()).toContain('夫を亡くしてから');
  await choose(page, /^急ぎ/, 'お急ぎ');
  await press(page, '内容を確かめる');
  await press(page, 'この内容で送る');
  await page.getByText('紹介を送りました').first().waitFor();
  await story.shot(doctor, 'sent');
  await press(page, '紹介のようすを見る');
  story.referral = new URL(page.url()).pathname;
}

export async function isTold(story: Story): Promise<void> {
  const doctor = story.cast('doctor');
  const { page } = doctor;
  await page.goto('/patients');
  await page.getByRole('link', { name: '秋野 はる' }).click();
  await story.shot(doctor, 'hub-closed');
  await page.goto(story.referral);
  await page.getByRole('link', { name: /医師への返書/ }).click();
  await story.shot(doctor, 'reports');
  await page
    .getByRole('main')
    .getByRole('link', { name: /結果|終了/ })
    .first()
    .click();
  story.closingReport = new URL(page.url()).pathname;
  const told = await page.getByRole('main').innerText();
  expect(told).toContain('毎週、編み物の集まりに通っています。');
  expect(told).toContain('教える側にもなりました。');
  await story.shot(doctor, 'report');
  const letter = await doctor.context.request.get(`${story.closingReport}/letter.pdf`);
  expect(letter.status()).toBe(200);
  expect((await letter.body()).subarray(0, 5).toString()).toBe('%PDF-');
}
