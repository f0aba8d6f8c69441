import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { demoPassword } from '../../seeds/load.ts';
import { launchChromium } from '../../tools/chromium.ts';
import { startService, type Service } from '../support/service.ts';
import { casesOf } from './places.ts';
import { stumblingBlocks } from './sight.ts';
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

/** With script and without: the browser keeps other things by itself. */
const manners = [
  ['with script', true],
  ['without script', false],
] as const;
const left = '前に入力した内容を表示しています';

const patientIn = (state: string): string => {
  const clinic = service.demo.accounts.find((one) => one.login === 'doctor')?.organizationId;
  const found = service.demo.cases.find((one) => one.state === state && one.clinicId === clinic);
  if (!found) throw new Error(`The demo has nobody who is ${state}.`);
  return `/patients/${found.patientId}`;
};
const pathOf = (page: Page): string => new URL(page.url()).pathname;
const signInAgain = async (page: Page, login: string): Promise<void> => {
  await page.getByLabel('ログイン名').fill(login);
  await page.getByLabel('パスワード').fill(demoPassword);
  await press(page, 'ログインする');
};
const endSessions = () => service.owner.query('update session set revoked_at = now()');
/** Nothing failed that nobody would see; a page that asks to sign in again is an answer. */
const quiet = ({ faults }: Visitor): string[] => faults.filter((one) => !one.includes('status of 401'));

describe.each(manners)('the browser’s way back, %s,', (_, script) => {
  // What looks at a page for whoever cannot see well is a script itself.
  const inTheWay = (page: Page): Promise<string[]> => (script ? stumblingBlocks(page) : Promise.resolve([]));

  test('leads from the check of a referral to the form as it was filled in', async () => {
    const doctor = await visitor(browser, service, { login: 'doctor', script });
    const { page } = doctor;
    const form = `${patientIn('requested')}/referrals/new`;
    await page.goto(form);
    const first = (name: RegExp, role: 'radio' | 'checkbox') =>
      page
        .getByRole(role === 'radio' ? 'radiogroup' : 'group', { name })
        .getByRole(role)
        .first()
        .check();
    await first(/送る困りごと/, 'checkbox');
    await first(/送り先の窓口/, 'radio');
    await choose(page, /^急ぎ/, 'お急ぎ');
    await page.getByLabel('紹介の理由').fill('話し相手がほしいそうです。');
    await press(page, '内容を確かめる');
    await page.getByRole('heading', { name: '送る前に確かめてください' }).waitFor();
    expect(await inTheWay(page)).toEqual([]);

    await page.goBack();
    expect(pathOf(page)).toBe(form);
    expect(await page.getByLabel('紹介の理由').inputValue()).toBe('話し相手がほしいそうです。');
    expect(await page.getByRole('radio', { name: /お急ぎ/ }).isChecked()).toBe(true);

    await page.goForward();
    await page.reload();
    await page.getByRole('link', { name: '紹介の理由を変更' }).click();
    expect(await page.getByLabel('紹介の理由').inputValue()).toBe('話し相手がほしいそうです。');
    expect(await page.getByText(left).isVisible()).toBe(true);
    expect(await inTheWay(page)).toEqual([]);

    await press(page, '最初から入力する');
    // As at first: what the answers propose, and nothing that was typed.
    expect(await page.getByLabel('紹介の理由').inputValue()).not.toContain('話し相手');
    expect(await page.getByText(left).count()).toBe(0);
    expect(quiet(doctor)).toEqual([]);
  });

  test('leads from somebody who may be known to what was typed; the next person begins with an empty form', async () => {
    const reception = await visitor(browser, service, { login: 'reception', script });
    const { page } = reception;
    const [known] = service.demo.people.filter(
      (one) => one.clinic.id === service.demo.accounts.find((a) => a.login === 'reception')?.organizationId,
    );
    if (!known) throw new Error('The clinic has nobody.');
    const { familyKana, givenKana, birthDate } = known.person;
    const [year = '', month = '', day = ''] = birthDate.split('-');
    await page.goto('/patients');
    await press(page, '患者さんを登録する');
    await page.getByLabel('姓', { exact: false }).first().fill('試験');
    await page.locator('[name=given]').fill('千代');
    await page.locator('[name=familyKana]').fill(familyKana);
    await page.locator('[name=givenKana]').fill(givenKana);
    await page.locator('[name=birthDate-era]').selectOption({ label: '西暦' });
    await page.locator('[name=birthDate-year]').fill(year);
    await page.locator('[name=birthDate-month]').fill(String(Number(month)));
    await page.locator('[name=birthDate-day]').fill(String(Number(day)));
    await page.locator('[name=sex]').first().check();
    await page.locator('[name=municipality]').selectOption({ index: 1 });
    await press(page, '登録する');
    await page.getByRole('heading', { name: 'もう登録されているかもしれません' }).waitFor();
    expect(await inTheWay(page)).toEqual([]);
    await page.goBack();
    expect(await page.locator('[name=given]').inputValue()).toBe('千代');
    await page.goto('/patients');
    await press(page, '患者さんを登録する');
    expect(await page.locator('[name=given]').inputValue()).toBe('');
    expect(quiet(reception)).toEqual([]);
  });

  test('leads from the check of an ending, and of a group’s answer, to what was typed', async () => {
    const worker = await visitor(browser, service, { login: 'linkworker', script });
    const active = (await casesOf(service, 'linkworker')).find(
      (one) => one.part === null && one.status === 'in-progress',
    );
    const { page } = worker;
    await page.goto(`/referrals/${active?.id ?? ''}/close`);
    await choose(page, /全体として/, '居場所・支援につながった');
    await page.getByRole('textbox', { name: /^どうなったか/ }).fill('お茶の会に通っています。');
    for (const group of await page.locator('fieldset.part, .panel fieldset').all()) {
      const radio = group.getByRole('radio').first();
      if ((await radio.count()) > 0) await radio.check();
      const word = group.getByLabel(/ひとこと/);
      if ((await word.count()) > 0) await word.first().fill('続いています。');
    }
    await press(page, '内容を確かめる');
    await page.waitForURL((url) => url.pathname.endsWith('/close/check'));
    expect(await inTheWay(page)).toEqual([]);
    await page.goBack();
    expect(await page.getByRole('textbox', { name: /^どうなったか/ }).inputValue()).toBe(
      'お茶の会に通っています。',
    );
    expect(quiet(worker)).toEqual([]);

    const asked = (await casesOf(service, 'resource')).find((one) => one.status === 'requested');
    const group = await visitor(browser, service, { login: 'resource', script, width: 360, height: 740 });
    await group.page.goto(`/asked/${asked?.id ?? ''}`);
    await choose(group.page, /お返事/, 'お受けできます');
    await group.page.locator('[name=words]').fill('10時に来てください');
    await press(group.page, /次へ進む/);
    await group.page.waitForURL((url) => url.pathname.endsWith('/check'));
    expect(await inTheWay(group.page)).toEqual([]);
    await group.page.goBack();
    expect(await group.page.locator('[name=words]').inputValue()).toBe('10時に来てください');
    expect(quiet(group)).toEqual([]);
  });

  test('leads from the texts for several groups to what was typed, and forward to each text as it was changed', async () => {
    const worker = await visitor(browser, service, { login: 'linkworker', script });
    const active = (await casesOf(service, 'linkworker')).find(
      (one) => one.part === null && one.status === 'in-progress',
    );
    const { page } = worker;
    await page.goto(`/referrals/${active?.id ?? ''}/resources`);
    const offered = page.getByRole('checkbox', { name: /」に依頼する/ });
    // Other groups in the second run: what was typed for these is kept.
    for (const nth of script ? [0, 1, 2] : [1, 2, 3]) await offered.nth(nth).check();
    await press(page, '選んだところに依頼する');
    const wish = page.locator('[name=wish]');
    await wish.fill('見学から参加したいそうです。');
    await page.getByRole('checkbox', { name: /ご本人/ }).check();
    await choose(page, /どのように確かめましたか/, '電話で本人に聞いた');
    await press(page, /団体ごとの文面/);
    await page.waitForURL((url) => url.pathname.endsWith('/requests/texts'));
    expect(await inTheWay(page)).toEqual([]);
    await page.reload();
    const texts = page.locator('textarea[name^=wish-]');
    expect(await texts.first().inputValue()).toBe('見学から参加したいそうです。');

    await page.goBack();
    expect(pathOf(page)).toBe(`/referrals/${active?.id ?? ''}/requests`);
    expect(await wish.inputValue()).toBe('見学から参加したいそうです。');
    await page.goForward();
    await texts.first().fill('送り迎えをお願いします。');
    await press(page, '戻って直す');
    expect(await wish.inputValue()).toBe('見学から参加したいそうです。');
    await wish.fill('まず見学をしたいそうです。');
    await press(page, /団体ごとの文面/);
    expect(await texts.first().inputValue()).toBe('送り迎えをお願いします。');
    expect(await texts.nth(1).inputValue()).toBe('まず見学をしたいそうです。');

    await texts.nth(1).fill('');
    await press(page, /か所に依頼する/);
    await page.getByRole('alert').waitFor();
    expect(await inTheWay(page)).toEqual([]);
    await page.goBack();
    expect(await texts.first().inputValue()).toBe('送り迎えをお願いします。');
    expect(quiet(worker)).toEqual([]);
  });

  test('and an ended session lose nothing: signed in again, the link worker finds the assessment as it was', async () => {
    const worker = await visitor(browser, service, { login: 'linkworker', script });
    const { page } = worker;
    const active = (await casesOf(service, 'linkworker')).find(
      (one) => one.part === null && one.status === 'in-progress',
    );
    await page.goto(`/referrals/${active?.id ?? ''}/assessment?edit=1`);
    const words = page.locator('#sheet textarea').first();
    await words.fill('猫を飼っている。');
    await endSessions();
    await press(page, /アセスメントを終える|直した内容を保存する/);
    await page.getByText('入力した内容のまま続けられます').waitFor();
    expect(await page.content()).not.toContain('猫を飼って');
    expect(await inTheWay(page)).toEqual([]);
    await signInAgain(page, 'linkworker');
    expect(await words.inputValue()).toBe('猫を飼っている。');
    expect(await page.getByText('もう一度送ってください').isVisible()).toBe(true);
    expect(await inTheWay(page)).toEqual([]);
    expect(quiet(worker)).toEqual([]);
  });
});

describe('another language in the middle of a form, without script,', () => {
  test.each([
    [
      'a questionnaire from paper',
      'reception',
      (): string => `${patientIn('none')}/answers/new`,
      '#answers textarea',
    ],
    ['registering', 'reception', (): string => '/patients/new', '[name=line]'],
    ['a consent', 'reception', (): string => `${patientIn('none')}/consents/new`, '[name=kept]'],
    ['a referral', 'doctor', (): string => `${patientIn('requested')}/referrals/new`, '[name=reason]'],
    ['a community resource', 'coordinator', (): string => '/resources/new', '[name=name]'],
  ] as const)('takes %s along', async (_, login, path: () => string, field) => {
    const one = await visitor(browser, service, { login, script: false });
    const { page } = one;
    await page.goto(path());
    await page.locator(field).first().fill('途中です');
    await page.getByRole('banner').getByRole('button', { name: 'English' }).click();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(pathOf(page)).toBe(path());
    expect(await page.locator(field).first().inputValue()).toBe('途中です');
    expect(quiet(one)).toEqual([]);
  });

  test.each(manners)('and Enter in a field sends the form and nothing else, %s', async (_, script) => {
    const { page } = await visitor(browser, service, { login: 'reception', script });
    await page.goto('/patients/new');
    await page.locator('[name=family]').press('Enter');
    await page.getByRole('alert').waitFor();
    expect(pathOf(page)).toBe('/patients');
    expect(await page.locator('html').getAttribute('lang')).toBe('ja');
  });
});
