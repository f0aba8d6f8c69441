import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fs from 'node:fs';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../../tools/chromium.ts';
import { startService, type Service } from '../support/service.ts';
import { choose, heading, press, sign, writeDay } from './story.ts';
import { visitor, type Visitor } from './visitor.ts';

let service: Service;
let browser: Browser;
let broken = false;
const people: Visitor[] = [];

beforeAll(async () => {
  service = await startService();
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  await service.stop();
});

const comes = async (manner: Parameters<typeof visitor>[2]): Promise<Visitor> => {
  const one = await visitor(browser, service, manner);
  people.push(one);
  return one;
};

/** One part of one story: what went wrong before makes the rest pointless. */
const chapter = (title: string, happens: () => Promise<void>): void => {
  test(title, async () => {
    if (broken) throw new Error('The story had ended before.');
    broken = true;
    try {
      await happens();
    } catch (error) {
      for (const [i, one] of people.entries()) await shot(one, `broken-${String(i)}`).catch(() => undefined);
      throw error;
    }
    expect(people.flatMap((one) => one.faults)).toEqual([]);
    broken = false;
  });
};

const shots = process.env['SHOTS'];
async function shot({ page }: Visitor, name: string): Promise<void> {
  if (shots === undefined) return;
  fs.mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
}

let reception: Visitor;
let tablet: Visitor;
let doctor: Visitor;
let worker: Visitor;
let group: Visitor;
let patientPage: string;
let answerLink: string;
let referral: string;
let requestLink: string;
let closingReport: string;

const councilTotal = async (): Promise<number> => {
  const council = await comes({ login: 'council' });
  const total = await council.page.getByRole('definition').first().innerText();
  await shot(council, 'figures');
  await council.context.close();
  return Number(total.replaceAll(/\D/g, ''));
};
let before: number;

chapter('before it begins, the council counts what was referred so far', async () => {
  before = await councilTotal();
  expect(before).toBeGreaterThan(10);
});

chapter('reception registers a patient, and is first shown whom she may be', async () => {
  const [known] = service.demo.people;
  if (!known) throw new Error('The demo has nobody.');
  reception = await comes({ login: 'reception' });
  const { page } = reception;
  await shot(reception, 'patients');
  await press(page, '患者さんを登録する');
  await page.getByLabel('姓（漢字など）').fill('秋野');
  await page.getByLabel('名（漢字など）').fill('はる');
  await page.getByLabel('姓のフリガナ').fill(known.person.familyKana);
  await page.getByLabel('名のフリガナ').fill(known.person.givenKana);
  await writeDay(page, /生年月日/, known.person.birthDate);
  await choose(page, /性別/, '女性');
  await page.getByLabel('郵便番号').fill('000-2013');
  await page.getByLabel('市町村').selectOption(service.demo.bodies.clinics[0]?.serves[0] ?? '');
  await page.getByLabel('町名・番地・建物').fill('みなと町1-2-3');
  await page.getByLabel('電話番号').fill('090-0000-9999');
  await shot(reception, 'register');
  await press(page, '登録する');
  expect(await heading(page)).toBe('同じ方が、もう登録されているかもしれません');
  await shot(reception, 'known');
  await press(page, '別の方として登録する');
  await page.getByText('登録しました。次は問診票です。').waitFor();
  expect(await heading(page)).toBe('秋野 はる');
  patientPage = new URL(page.url()).pathname;
});

chapter('she gives the patient a one-time address for a tablet', async () => {
  const { page } = reception;
  await press(page, '問診票に答えてもらう');
  await shot(reception, 'ways');
  await press(page, '二次元コードを作る');
  await page.getByRole('img', { name: '問診票を開く二次元コード' }).waitFor();
  answerLink = (await page.locator('code').innerText()).trim();
  expect(answerLink.startsWith(`${service.url}/a/`)).toBe(true);
  await shot(reception, 'qr');
});

chapter('the patient answers page by page on a tablet, without an account', async () => {
  tablet = await comes({ width: 768, height: 1024 });
  const { page } = tablet;
  await page.goto(answerLink);
  await shot(tablet, 'tablet-welcome');
  expect(await page.locator('body').innerText()).not.toContain('秋野');
  await press(page, 'はじめる');

  await choose(page, /だれと暮らして/, '一人で');
  await choose(page, /話をした日/, 'なかった');
  await choose(page, /頼れる人/, 'いない');
  await choose(page, /手伝ってくれる身内/, 'いいえ');
  await shot(tablet, 'tablet-question');
  await press(page, '次へ進む');

  await choose(page, /お金が足りなくなる/, 'ときどきあった');
  await choose(page, /どの支払い/, '電気・ガス・水道');
  await choose(page, /食事をぬいたり/, 'ない');
  await press(page, '次へ進む');

  await page.getByLabel(/家の外に出た日/).fill('1');
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
  await page.getByLabel(/手伝ってほしいこと/).fill('話し相手がほしいです。');
  await press(page, '答えを確かめる');
});

chapter('she looks at her answers once more, corrects one and sends them', async () => {
  const { page } = tablet;
  expect(await heading(page)).toBe('答えを確かめてください');
  await shot(tablet, 'tablet-check');
  await page.getByRole('link', { name: /食事をぬいたり.*を変更/ }).click();
  await choose(page, /食事をぬいたり/, 'ときどきある');
  await press(page, '答えを確かめる');
  await press(page, 'この内容で送る');
  await page.getByText('ありがとうございました').first().waitFor();
  await shot(tablet, 'tablet-thanks');
  const again = await page.goto(answerLink);
  expect(again?.status()).toBe(410);
  tablet.faults.length = 0;
  await tablet.context.close();
});

chapter('reception sees which needs the answers show, and why', async () => {
  const { page } = reception;
  await page.goto(patientPage);
  await shot(reception, 'hub-answered');
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
});

chapter('she records the consent, and the patient signs on the screen', async () => {
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
  await shot(reception, 'consent');
  await press(page, 'この内容で同意を記録する');
  await page.waitForURL((url) => url.pathname === patientPage);
  await page.locator('#consent').getByRole('table').getByRole('link').first().click();
  await page.getByRole('img').last().waitFor();
  await shot(reception, 'consent-given');
});

chapter('the doctor writes the referral, checks it, changes one thing and sends it', async () => {
  doctor = await comes({ login: 'doctor' });
  const { page } = doctor;
  await page.getByRole('searchbox').fill('秋野');
  await press(page, 'さがす');
  await page.getByRole('link', { name: '秋野 はる' }).click();
  await shot(doctor, 'hub-consented');
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
  await shot(doctor, 'send');
  await press(page, '内容を確かめる');
  expect(await heading(page)).toBe('送る前に確かめてください');
  await shot(doctor, 'check-your-answers');
  await press(page, /急ぎ.*を変更/);
  expect(await page.getByLabel('紹介の理由').inputValue()).toContain('夫を亡くしてから');
  await choose(page, /^急ぎ/, 'お急ぎ');
  await press(page, '内容を確かめる');
  await press(page, 'この内容で送る');
  await page.getByText('紹介を送りました').first().waitFor();
  await shot(doctor, 'sent');
  await press(page, '紹介のようすを見る');
  referral = new URL(page.url()).pathname;
});

chapter('the link worker finds it in the inbox and accepts it', async () => {
  worker = await comes({ login: 'linkworker' });
  const { page } = worker;
  await shot(worker, 'inbox');
  await page.getByRole('link', { name: '秋野 はる' }).click();
  expect(new URL(page.url()).pathname).toBe(referral);
  const told = await page.getByRole('main').innerText();
  expect(told).toContain('夫を亡くしてから外に出なくなりました。');
  expect(told).toContain('血圧の薬を飲んでいます。');
  await shot(worker, 'case-new');
  await press(page, '引き受ける');
  await page.getByText('引き受けました。医師に知らせました。').waitFor();
});

chapter('she calls, reaches nobody, then visits', async () => {
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
  await shot(worker, 'contacts');
});

chapter('she fills in the assessment, which begins with what the patient answered', async () => {
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
  await shot(worker, 'assessment');
  await press(page, 'アセスメントを終える');
  await page.getByText('アセスメントを終えました').waitFor();
});

chapter('she writes down a goal and tells the doctor of the plan', async () => {
  const { page } = worker;
  await press(page, '目標を書く');
  await page.getByLabel(/^目標/).first().fill('週に一度、編み物の集まりに出かける');
  await press(page, '目標を保存する');
  await page.getByText('目標を保存しました。').waitFor();
  await page.getByLabel(/決まったこと/).fill('編み物の集まりを探します。');
  await shot(worker, 'goals');
  await press(page, '医師に知らせる');
  await page.getByText('支援計画を医師に知らせました。').waitFor();
});

chapter('she looks for community resources and asks one that can be reached by mail', async () => {
  const { page } = worker;
  await page.getByRole('link', { name: '資源を探す' }).first().click();
  await shot(worker, 'resources');
  const byMail = service.demo.resources
    .filter((one) => one.contact.email !== undefined && one.active)
    .map((one) => one.name);
  const offered = await page.getByRole('checkbox', { name: /」に依頼する/ }).all();
  const names = await Promise.all(offered.map((one) => one.getAttribute('id')));
  const chosen = service.demo.resources.find(
    (one) => names.includes(`pick-${one.id}`) && byMail.includes(one.name) && one.capacity === 'capacity',
  );
  if (!chosen) throw new Error('No resource with mail was found.');
  await page.getByRole('checkbox', { name: `「${chosen.name}」に依頼する` }).check();
  await press(page, '選んだところに依頼する');
  expect(await page.getByRole('main').innerText()).toContain(chosen.name);
  await page.getByLabel(/お願いしたいこと/).fill('火曜の集まりに、見学から参加させてください。');
  await page.getByRole('checkbox', { name: /ご本人/ }).check();
  await choose(page, /どのように確かめましたか/, '電話で本人に聞いた');
  await shot(worker, 'ask');
  await press(page, '1か所に依頼する');
  await page.waitForURL((url) => url.pathname === `${referral}/requests`);
  await shot(worker, 'requests');

  const letter = await service.mailbox.wait((one) => one.to.includes(chosen.contact.email ?? ''));
  const { person } = { person: ['秋野', 'はる', '090-0000-9999', '編み物', '見学', 'みなと町'] };
  for (const private_ of person) expect(`${letter.subject}\n${letter.text}`).not.toContain(private_);
  requestLink = /http:\S+\/r\/\S+/.exec(letter.text)?.[0] ?? '';
  expect(requestLink.startsWith(service.url)).toBe(true);
});

chapter('the group answers on a telephone, through the link, without an account', async () => {
  group = await comes({ width: 360, height: 740 });
  const { page } = group;
  await page.goto(requestLink);
  const told = await page.getByRole('main').innerText();
  expect(told).toContain('火曜の集まりに、見学から参加させてください。');
  // The doctor's words are for the office alone.
  expect(told).not.toContain('血圧');
  expect(told).not.toContain('夫を亡くして');
  await shot(group, 'answer-360');
  await choose(page, /お返事/, 'お受けできます');
  await page.getByLabel(/ひとこと/).fill('火曜の10時にお待ちしています。');
  await press(page, /次へ進む/);
  await shot(group, 'answer-check-360');
  await press(page, 'お返事を送る');
  await page.getByText('ありがとうございました').first().waitFor();
  await shot(group, 'answer-done-360');
  await page.goto(requestLink);
  expect(await heading(page)).toBe('お返事はいただいています');
  group.faults.length = 0;
  await group.context.close();
});

chapter('the link worker sees the answer and writes down that it has begun', async () => {
  const { page } = worker;
  await page.reload();
  await shot(worker, 'answered');
  await press(page, '返事を確かめた');
  await page.locator('tbody').getByRole('link').first().click();
  await choose(page, /どうなりましたか/, '参加が始まった');
  await page.getByRole('main').getByRole('button', { name: '記録する' }).click();
  await page.getByText('記録しました。').first().waitFor();
  await shot(worker, 'request');
});

chapter('in the end she closes the case with what came of it', async () => {
  const { page } = worker;
  await page.goto(referral);
  await shot(worker, 'case');
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
  await shot(worker, 'close');
  await press(page, '内容を確かめる');
  await shot(worker, 'close-check');
  await press(page, '支援を終え、医師に知らせる');
  await page.getByText('支援を終え、医師に結果を知らせました。').waitFor();
});

chapter('the doctor reads what became of it, without having asked, and takes the letter', async () => {
  const { page } = doctor;
  await page.goto('/patients');
  await page.getByRole('link', { name: '秋野 はる' }).click();
  await shot(doctor, 'hub-closed');
  await page.goto(referral);
  await page.getByRole('link', { name: /医師への報告/ }).click();
  await shot(doctor, 'reports');
  await page
    .getByRole('main')
    .getByRole('link', { name: /結果|終了/ })
    .first()
    .click();
  closingReport = new URL(page.url()).pathname;
  const told = await page.getByRole('main').innerText();
  expect(told).toContain('毎週、編み物の集まりに通っています。');
  expect(told).toContain('教える側にもなりました。');
  await shot(doctor, 'report');
  const letter = await doctor.context.request.get(`${closingReport}/letter.pdf`);
  expect(letter.status()).toBe(200);
  expect((await letter.body()).subarray(0, 5).toString()).toBe('%PDF-');
});

chapter('the council counts one referral more, and nobody by name', async () => {
  expect(await councilTotal()).toBe(before + 1);
});
