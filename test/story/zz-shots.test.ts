import { afterAll, beforeAll, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../../tools/chromium.ts';
import { startService, type Service } from '../support/service.ts';
import { placesOf } from './places.ts';
import { visitor } from './visitor.ts';
let service: Service;
let browser: Browser;
beforeAll(async () => { service = await startService(); browser = await launchChromium(); });
afterAll(async () => { await browser.close(); await service.stop(); });
test('shots', async () => {
  await placesOf(service, 'council');
  const { rows } = await service.owner.query<{id: string}>("select id from partner_server where way = 'push' limit 1");
  for (const width of [1280, 360]) {
    const { page } = await visitor(browser, service, { login: 'admin', width });
    const w = String(width);
    await page.goto('/exchange/servers'); await page.screenshot({ path: `/tmp/shots/list-${w}.png`, fullPage: true });
    await page.goto('/exchange/servers/new'); await page.screenshot({ path: `/tmp/shots/new-${w}.png`, fullPage: true });
    await page.getByRole('button', { name: '登録する' }).click();
    await page.screenshot({ path: `/tmp/shots/wrong-${w}.png`, fullPage: true });
    await service.owner.query("update partner_server set address = $1 where id = $2", [`${service.url}/fhir`, rows[0]?.id]);
    await page.goto(`/exchange/servers/${rows[0]?.id ?? ''}`);
    await page.getByRole('button', { name: 'つながるか確かめる' }).click();
    await page.screenshot({ path: `/tmp/shots/one-${w}.png`, fullPage: true });
    const doctor = await visitor(browser, service, { login: 'doctor', width });
    await doctor.page.goto('/deliveries'); await doctor.page.screenshot({ path: `/tmp/shots/deliveries-${w}.png`, fullPage: true });
  }
}, 200_000);
