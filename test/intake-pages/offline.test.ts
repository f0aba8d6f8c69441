import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchChromium } from '../../tools/chromium.ts';
import { signedIn, type Desk } from '../support/desk.ts';
import { startService, type Service } from '../support/service.ts';
import { itemIn, newLink, newPatient, storedOf } from './links.ts';

let service: Service;
let reception: Desk;
let browser: Browser;
beforeAll(async () => {
  service = await startService();
  reception = await signedIn(service, 'reception');
  browser = await launchChromium();
}, 90_000);
afterAll(async () => {
  await browser.close();
  await service.stop();
});

const phone = (): Promise<BrowserContext> =>
  browser.newContext({ locale: 'ja-JP', viewport: { width: 360, height: 800 }, baseURL: service.url });
/** A page on which the script is ready to keep what is typed. */
async function opened(context: BrowserContext, path: string): Promise<{ page: Page; faults: string[] }> {
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (said) => {
    if (/content security policy/i.test(said.text())) faults.push(said.text());
  });
  await page.goto(path);
  await ready(page);
  return { page, faults };
}
const ready = (page: Page): Promise<unknown> => page.waitForSelector('html[data-keeps]');
const tick = (page: Page, name: string, value: string): Promise<void> =>
  page.locator(`[name="q.${name}"][value="${value}"]`).check();
const next = (page: Page): Promise<void> =>
  page.getByRole('button', { name: /次へ進む|答えを確かめる/ }).click();
const kept = (page: Page): Promise<string[]> =>
  page.evaluate("Object.keys(localStorage).filter((one) => one.startsWith('tsunagi-answers:'))");

test('somebody whose connection breaks between pages goes on, and all that was answered arrives', async () => {
  const patient = await newPatient(reception, 'トンネル');
  const link = await newLink(reception, patient);
  const context = await phone();
  const { page, faults } = await opened(context, `${link}/sections/living`);
  await tick(page, 'living.with', 'alone');
  await tick(page, 'living.talk', 'no-day');

  await context.setOffline(true);
  await next(page);
  await page.getByText('インターネットにつながっていません').waitFor();
  expect(await page.locator('[name="q.living.with"][value="alone"]').isChecked()).toBe(true);
  await tick(page, 'money.month-end', 'often');
  await page.locator('[name="q.money.which"][value="food"]').check();
  await page.locator('[name="q.out.days"]').fill('2');
  await tick(page, 'care.giving', 'false');
  await tick(page, 'child.raising', 'false');
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
  expect((await new AxeBuilder({ page }).analyze()).violations.map((one) => one.id)).toEqual([]);
  // Nothing of it stands there to be read, and its name does not say whose it is.
  const [name = ''] = await kept(page);
  const text = await page.evaluate<string>(`localStorage.getItem(${JSON.stringify(name)})`);
  expect(text).not.toMatch(/living|alone|q\./);
  expect(name + text).not.toContain(link.slice(3));
  await next(page);
  await page.getByText('インターネットにつながっていません').waitFor();

  await context.setOffline(false);
  await page.getByText('つながりました').waitFor();
  await next(page);
  await page.waitForURL('**/check');
  await page.getByRole('button', { name: 'この内容で送る' }).click();
  await page.getByText('答えを送りました').first().waitFor();
  await page.waitForFunction('Object.keys(localStorage).length === 0');
  const [stored, ...more] = await storedOf(service, patient);
  expect(more).toEqual([]);
  expect(itemIn(stored, 'out.days')?.answer).toEqual([{ valueInteger: 2 }]);
  expect(itemIn(stored, 'living.talk')?.answer).toMatchObject([{ valueCoding: { code: 'no-day' } }]);
  expect(itemIn(stored, 'money.which')?.answer).toMatchObject([{ valueCoding: { code: 'food' } }]);
  expect(await page.evaluate('navigator.serviceWorker?.controller ?? null')).toBeNull();
  expect(faults).toEqual([]);
  await context.close();
}, 90_000);

test('a page closed without sending comes back with its answers; another device goes on without them', async () => {
  const link = await newLink(reception, await newPatient(reception, 'トジタ'));
  const context = await phone();
  const { page } = await opened(context, `${link}/sections/living`);
  await tick(page, 'living.with', 'couple');
  await page.waitForFunction('Object.keys(localStorage).length === 1');
  await page.close();

  const again = (await opened(context, link)).page;
  await again.getByText('まだ送っていない答えがあります').waitFor();
  await again.getByRole('link', { name: 'その答えを見る' }).click();
  await again.getByText('元に戻しました').waitFor();
  expect(await again.locator('[name="q.living.with"][value="couple"]').isChecked()).toBe(true);
  await tick(again, 'living.talk', 'most-days');
  await ready(again);
  await next(again);
  await again.waitForURL('**/sections/means');
  await ready(again);
  // What has arrived is not kept any longer.
  expect(await kept(again)).toEqual([]);

  const other = await phone();
  const { page: there } = await opened(other, `${link}/sections/living`);
  expect(await there.locator('[name="q.living.with"][value="couple"]').isChecked()).toBe(true);
  await other.close();
  await context.close();
}, 90_000);

test('what was kept goes when its time is over, when the link is used elsewhere, and is no use without the key', async () => {
  const patient = await newPatient(reception, 'ワスレタ');
  const [link, second] = [await newLink(reception, patient), await newLink(reception, patient)];
  const context = await phone();
  const { page } = await opened(context, `${link}/sections/living`);
  await tick(page, 'living.with', 'couple');
  await page.waitForFunction('Object.keys(localStorage).length === 1');
  const [name = ''] = await kept(page);
  const there = await page.evaluate<string>(`localStorage.getItem(${JSON.stringify(name)})`);

  // Under the name of another link it cannot be opened, and goes.
  await page.goto(`${second}/sections/living`);
  await ready(page);
  await tick(page, 'living.with', 'alone');
  await page.waitForFunction('Object.keys(localStorage).length === 2');
  await page.evaluate(
    `for (const one of Object.keys(localStorage)) localStorage.setItem(one, ${JSON.stringify(there)})`,
  );
  await page.goto(`${second}/sections/living`);
  await ready(page);
  expect(await page.locator('[name="q.living.with"]:checked').count()).toBe(0);
  expect(await kept(page)).toEqual([name]);

  // Half a day later.
  await page.evaluate(`(() => {
    const one = JSON.parse(localStorage.getItem(${JSON.stringify(name)}));
    localStorage.setItem(${JSON.stringify(name)}, JSON.stringify({ ...one, until: Date.now() - 1 }));
  })()`);
  await page.goto(second);
  await ready(page);
  expect(await kept(page)).toEqual([]);
  await context.close();
}, 90_000);
