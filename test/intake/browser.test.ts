import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../../tools/chromium.ts';
import { serveForms } from './asking.tsx';
import { everyType, otherTypes } from './forms.ts';
import { instrument } from './instrument.ts';

let served: Awaited<ReturnType<typeof serveForms>>;
let browser: Browser;
beforeAll(async () => {
  served = await serveForms({ every: everyType, other: otherTypes, instrument });
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  await served.stop();
});

async function opened(
  path: string,
  width = 1280,
  javaScriptEnabled = true,
): Promise<{ page: Page; faults: string[] }> {
  const context = await browser.newContext({
    locale: 'ja-JP',
    viewport: { width, height: 800 },
    javaScriptEnabled,
  });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (said) => {
    if (said.type() === 'error' && !said.text().includes('422')) faults.push(said.text());
  });
  await page.goto(served.base + path);
  return { page, faults };
}

test.each([
  ['/other', 360],
  ['/other', 1280],
  ['/instrument', 360],
  ['/instrument?tablet', 768],
  ['/every', 360],
])('%s fits %i px and is accessible, as it is asked and with everything wrong', async (path, width) => {
  const { page, faults } = await opened(path, width);
  for (const sent of [false, true]) {
    if (sent) {
      for (const field of await page.locator('input[type=text]:visible').all()) await field.fill('?');
      await page.getByRole('button', { name: '送る' }).click();
      await page.waitForLoadState();
    }
    if (process.env['PICTURES'] !== undefined)
      await page.screenshot({
        path: `${process.env['PICTURES']}${path}-${String(width)}-${sent ? 'wrong' : 'new'}.png`,
        fullPage: true,
      });
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
  }
  expect(faults).toEqual([]);
  await page.context().close();
});

test.each([true, false])(
  'what was wrong is no longer said once a row is added (script: %s)',
  async (script) => {
    const { page } = await opened('/other', 1280, script);
    for (const field of await page.locator('input[type=text]:visible').all()) await field.fill('?');
    await page.getByRole('button', { name: '送る' }).click();
    await page.locator('.error-summary').waitFor();
    await page.getByRole('button', { name: '「薬」を増やす' }).click();
    await page.locator('[name="q.pill~2"]').waitFor();
    expect(await page.locator('.error-summary').count()).toBe(0);
    await page.context().close();
  },
);

test.each([true, false])('a row is added, and one is taken away (script: %s)', async (script) => {
  const { page, faults } = await opened('/other', 1280, script);
  await page.locator('[name="q.pill~1"]').fill('しろ');
  await page.getByRole('button', { name: '「薬」を増やす' }).click();
  await page.locator('[name="q.pill~2"]').fill('あか');
  await page.getByRole('button', { name: '「薬（1）」を消す' }).click();
  await page.locator('[name="q.pill~2"]').waitFor({ state: 'detached' });
  expect(await page.locator('[name="q.pill~1"]').inputValue()).toBe('あか');
  await page.getByRole('button', { name: '「名前をいくつでも」の答えを増やす' }).click();
  await page.locator('[name="q.lines;2"]').fill('二人目');
  expect(faults).toEqual([]);
  await page.context().close();
});

test('a total is worked out while somebody answers, and what it opens is asked', async () => {
  const { page } = await opened('/instrument');
  const since = page.locator('[name="q./since"]');
  expect(await since.isVisible()).toBe(false);
  await page.locator('[name="q./q1"][value="L1"]').check();
  await page.locator('[name="q./q2"][value="L2"]').check();
  await page.locator('output', { hasText: '4' }).waitFor();
  await since.waitFor({ state: 'visible' });
  await page.locator('[name="q./q2"][value="L0"]').check();
  await page.locator('output', { hasText: '1' }).waitFor();
  await since.waitFor({ state: 'hidden' });
  await page.context().close();
});

test('each question can be read aloud where the browser has a voice', async () => {
  const { page } = await opened('/instrument?tablet');
  const button = page.getByRole('button', { name: /読み上げる: 家で何もする/ });
  expect(await button.isVisible()).toBe(false);
  await page.evaluate(`
    window.said = [];
    SpeechSynthesis.prototype.speak = (speech) => { window.said.push([speech.lang, speech.text]); };
    SpeechSynthesis.prototype.getVoices = () => [{ lang: 'en-US' }];
    speechSynthesis.dispatchEvent(new Event('voiceschanged'));`);
  expect(await button.isVisible()).toBe(false);
  await page.evaluate(`
    SpeechSynthesis.prototype.getVoices = () => [{ lang: 'en-US' }, { lang: 'ja_JP' }];
    Object.defineProperty(SpeechSynthesisUtterance.prototype, 'voice', { set() {} });
    speechSynthesis.dispatchEvent(new Event('voiceschanged'));`);
  await button.click();
  expect(await page.evaluate('window.said')).toEqual([
    ['ja', expect.stringMatching(/家で何もする.*Not at all/)],
  ]);
  await page.context().close();
});
