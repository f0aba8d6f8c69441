import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import express from 'express';
import helmet from 'helmet';
import type { Browser, Page } from 'playwright-core';
import { assets } from '../../src/web/assets.ts';
import { emptyForm, formAgain } from '../../src/web/form.tsx';
import { launchChromium } from '../../tools/chromium.ts';
import { everything, viewOf, words } from './everything.tsx';

let server: Server;
let browser: Browser;
let base: string;
let posts = 0;

const self = ["'self'"];
const directives = { defaultSrc: self, imgSrc: ["'self'", 'data:'], styleSrc: self, scriptSrc: self };

beforeAll(async () => {
  const app = express().use(helmet({ contentSecurityPolicy: { useDefaults: false, directives } }), assets());
  app.get('/here', (req, res) => {
    const issues = [{ path: 'text', says: words('入力してください。', 'Please fill in.') }];
    res.send(everything(viewOf(), 'wrong' in req.query ? formAgain({}, issues) : emptyForm()));
  });
  app.post('/here', (_req, res) => {
    posts += 1;
    setTimeout(() => res.send('<!doctype html><html lang="ja"><title>ok</title><p>ok'), 300);
  });
  server = await new Promise((done) => {
    const listening = app.listen(0, '127.0.0.1', () => {
      done(listening);
    });
  });
  base = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  browser = await launchChromium();
});

afterAll(async () => {
  await browser.close();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

async function opened(
  path: string,
  width: number,
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
    if (said.type() === 'error') faults.push(said.text());
  });
  await page.goto(base + path);
  return { page, faults };
}

test.each([360, 768, 1280])(
  'at %i px every part fits, is accessible and keeps to the security policy',
  async (width) => {
    for (const path of ['/here', '/here?wrong']) {
      const { page, faults } = await opened(path, width);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' ')}`)).toEqual(
        [],
      );
      expect(faults).toEqual([]);
      await page.context().close();
    }
  },
);

test('the page is set in the font that comes with it', async () => {
  const { page } = await opened('/here', 1280);
  const loaded = await page.evaluate(
    "document.fonts.ready.then((all) => [...all].some((f) => f.status === 'loaded' && f.family.includes('BIZ UDPGothic')))",
  );
  expect(loaded).toBe(true);
  await page.context().close();
});

test('the list of problems is what a reader meets first, and leads to the field', async () => {
  const { page } = await opened('/here?wrong', 1280);
  expect(await page.evaluate('document.activeElement.className')).toBe('error-summary');
  await page.getByRole('alert').getByRole('link').click();
  expect(await page.evaluate('document.activeElement.id')).toBe('field-text');
  await page.context().close();
});

test('a dependent question appears with the answer it depends on; without script it is always there', async () => {
  const { page } = await opened('/here', 1280);
  const more = page.getByLabel('くわしく');
  expect([await more.isVisible(), await more.isDisabled()]).toEqual([false, true]);
  await page.getByRole('radio', { name: 'はい' }).check();
  expect([await more.isVisible(), await more.isDisabled()]).toEqual([true, false]);
  // Who sees it knows that it is meant for them.
  expect(await page.getByText('と答えた方').isVisible()).toBe(false);
  await page.getByRole('radio', { name: 'いいえ' }).check();
  expect(await more.isVisible()).toBe(false);
  await page.context().close();
  const without = await opened('/here', 1280, false);
  expect(await without.page.getByLabel('くわしく').isVisible()).toBe(true);
  expect(await without.page.getByText('と答えた方').isVisible()).toBe(true);
  expect(await without.page.getByText('紙に署名して').isVisible()).toBe(true);
  expect(await without.page.getByText('この画面を印刷する').isVisible()).toBe(false);
  await without.page.context().close();
});

test('a figure in full width counts for the question that depends on it', async () => {
  const { page } = await opened('/here', 1280);
  const why = page.getByLabel('わけ');
  await page.getByLabel('日数').fill('３');
  expect(await why.isVisible()).toBe(false);
  await page.getByLabel('日数').fill('２');
  expect(await why.isVisible()).toBe(true);
  await page.context().close();
});

test('an answer that goes with no other clears the others, and another clears it', async () => {
  const { page } = await opened('/here', 1280);
  const several = page.getByRole('group', { name: 'いくつでも' });
  const boxes = several.getByRole('checkbox');
  const none = several.getByRole('checkbox', { name: 'どれもない' });
  await boxes.first().check();
  await none.check();
  expect([await boxes.first().isChecked(), await none.isChecked()]).toEqual([false, true]);
  await boxes.nth(1).check();
  expect([await boxes.nth(1).isChecked(), await none.isChecked()]).toEqual([true, false]);
  await page.context().close();
});

test('a person signs with a finger or a pen and may wipe it off', async () => {
  const { page } = await opened('/here', 1280);
  const pad = page.getByRole('img', { name: '署名の欄' });
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  if (box === null) throw new Error('no signature pad');
  await page.mouse.move(box.x + 20, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + 120, box.y + 60, { steps: 5 });
  await page.mouse.up();
  const value = page.locator('input[name=sign]');
  expect(await value.inputValue()).toMatch(/^data:image\/png;base64,iVBOR/);
  await page.getByRole('button', { name: '消して書き直す' }).click();
  expect(await value.inputValue()).toBe('');
  await page.context().close();
});

test('a button pressed twice sends once', async () => {
  const { page } = await opened('/here', 1280);
  await page.getByRole('button', { name: '送る' }).dblclick();
  await page.getByText('ok').waitFor();
  expect(posts).toBe(1);
  await page.context().close();
});
