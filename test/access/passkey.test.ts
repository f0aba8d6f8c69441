import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { launchChromium } from '../../tools/chromium.ts';
import { demoPassword } from '../../seeds/load.ts';
import { startService, type Service } from '../support/service.ts';
import { stumblingBlocks } from '../story/sight.ts';

let service: Service;
let browser: Browser;
beforeAll(async () => {
  service = await startService({ host: 'localhost', secondFactor: 'required' });
  browser = await launchChromium();
}, 120_000);
afterAll(async () => {
  await browser.close();
  await service.stop();
});

type Visitor = Readonly<{ page: Page; context: BrowserContext; device: CDPSession; faults: string[] }>;

/** A browser on a device that can ask its owner for a finger; `owner`: whether the right finger is there. */
async function withDevice(owner = true, script = true): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: service.url,
    locale: 'ja-JP',
    javaScriptEnabled: script,
    viewport: { width: 360, height: 780 },
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (said) => {
    if (said.type() === 'error' && !/status of 4(22|01)/.test(said.text())) faults.push(said.text());
  });
  const device = await context.newCDPSession(page);
  await device.send('WebAuthn.enable');
  const options = {
    protocol: 'ctap2',
    transport: 'internal',
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: owner,
    automaticPresenceSimulation: true,
  } as const;
  await device.send('WebAuthn.addVirtualAuthenticator', { options });
  return { page, context, device, faults };
}

async function typePassword(page: Page, login: string): Promise<void> {
  await page.goto('/sign-in');
  const form = page.getByRole('main');
  await form.getByLabel('ログイン名').fill(login);
  await form.getByLabel('パスワード').fill(demoPassword);
  await form.getByRole('button', { name: 'ログインする', exact: true }).click();
}
const button = (page: Page, name: string) => page.getByRole('button', { name });

test('somebody makes a passkey the first time, then signs in with it alone, and after the password', async () => {
  const { page, context, faults } = await withDevice();
  await typePassword(page, 'reception');
  expect(await stumblingBlocks(page)).toEqual([]);
  await button(page, 'この端末にパスキーを作る').click();
  await page.getByRole('heading', { name: '予備コード' }).waitFor();
  expect(await page.locator('.codes li').count()).toBe(10);
  expect(await stumblingBlocks(page)).toEqual([]);
  await page.getByRole('link', { name: 'しまいました' }).click();
  await page.getByRole('heading', { name: '患者さん' }).waitFor();

  await button(page, 'ログアウト').click();
  await page.waitForURL(/sign-in/);
  expect(await stumblingBlocks(page)).toEqual([]);
  await button(page, 'パスキーでログインする').click();
  await page.getByRole('heading', { name: '患者さん' }).waitFor();

  await button(page, 'ログアウト').click();
  await typePassword(page, 'reception');
  await page.getByRole('heading', { name: '確認コードの入力' }).waitFor();
  expect(await stumblingBlocks(page)).toEqual([]);
  await button(page, 'パスキーで確かめる').click();
  await page.getByRole('heading', { name: '患者さん' }).waitFor();

  await page.goto('/account/factors');
  expect(await page.getByRole('rowheader', { name: 'Linux' }).count()).toBe(1);
  expect(await stumblingBlocks(page)).toEqual([]);
  expect(faults).toEqual([]);
  const { rows } = await service.owner.query<{ what: string }>(
    `select what from access_log where action = 'sign-in' order by id`,
  );
  expect(rows.map((row) => row.what)).toEqual([
    'password and new passkey',
    'passkey',
    'password and passkey',
  ]);
  await context.close();
}, 120_000);

test('a device that did not ask for its owner, a passkey of somebody else and one that was removed let nobody in', async () => {
  const { page, context, device } = await withDevice();
  await typePassword(page, 'doctor');
  await button(page, 'この端末にパスキーを作る').click();
  await page.getByRole('heading', { name: '予備コード' }).waitFor();
  const { rows } = await service.owner.query<{ id: string; account_id: string }>(
    `select k.id, k.account_id from passkey k join account a on a.id = k.account_id where a.login = 'doctor'`,
  );
  const [key] = rows;
  await page.goto('/account');
  await button(page, 'ログアウト').click();

  const { rows: others } = await service.owner.query<{ id: string }>(
    `select id from account where login = 'council'`,
  );
  // Another account's second step is not passed with it.
  await service.owner.query('update passkey set account_id = $1 where id = $2', [others[0]?.id, key?.id]);
  await typePassword(page, 'council');
  await page.getByRole('heading', { name: '確認コードの入力' }).waitFor();
  await service.owner.query('update passkey set account_id = $1 where id = $2', [key?.account_id, key?.id]);
  await button(page, 'パスキーで確かめる').click();
  await page.getByText('パスキーを使えませんでした').first().waitFor();

  await page.goto('/sign-in');
  await service.owner.query('delete from passkey where id = $1', [key?.id]);
  await button(page, 'パスキーでログインする').click();
  await page.getByText('このパスキーではログインできませんでした').first().waitFor();

  await device.send('WebAuthn.disable');
  await context.close();
  const stranger = await withDevice(false);
  await typePassword(stranger.page, 'doctor');
  await button(stranger.page, 'この端末にパスキーを作る').click();
  await stranger.page.getByText('パスキーを使えませんでした').waitFor();
  expect(
    (await service.owner.query('select 1 from passkey where account_id = $1', [key?.account_id])).rows,
  ).toEqual([]);
  await stranger.context.close();
}, 120_000);

test('an answer counts for the question of its browser, once', async () => {
  const { page, context } = await withDevice();
  await typePassword(page, 'linkworker');
  await button(page, 'この端末にパスキーを作る').click();
  await page.getByRole('heading', { name: '予備コード' }).waitFor();
  await page.goto('/account');
  await button(page, 'ログアウト').click();
  await page.goto('/sign-in');
  // The answer is caught on its way and sent twice, and from another browser.
  let answer = '';
  await page.route('**/sign-in/passkey', async (route) => {
    answer = new URLSearchParams(route.request().postData() ?? '').get('answer') ?? '';
    await route.continue();
  });
  const question = async () => (await context.cookies()).find((one) => one.name === 'passkey')?.value ?? '';
  await button(page, 'パスキーでログインする').click();
  await page.getByRole('heading', { name: '受付箱' }).waitFor();
  const send = async (cookie: string): Promise<number> => {
    const response = await fetch(`${service.url}/sign-in/passkey`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie },
      body: new URLSearchParams({ answer }),
    });
    return response.status;
  };
  expect(answer).toContain('signature');
  expect(await send(`passkey=${await question()}`)).toBe(422);
  expect(await send('')).toBe(422);
  await context.close();
}, 120_000);

test('without script the app is the way, and the page says so', async () => {
  const { page, context } = await withDevice(true, false);
  await typePassword(page, 'coordinator');
  await page.getByText('パスキーには、スクリプトが動くブラウザが必要です').waitFor();
  expect(await button(page, 'この端末にパスキーを作る').isVisible()).toBe(false);
  await page.getByRole('link', { name: '認証アプリを設定する' }).click();
  await page.getByRole('img', { name: '認証アプリで読み取る四角い印（QRコード）' }).waitFor();
  await context.close();
}, 60_000);
