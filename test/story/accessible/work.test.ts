import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../../../tools/chromium.ts';
import { startService, type Service } from '../../support/service.ts';
import { long, lookAround } from './look.ts';

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

test.each(['doctor', 'linkworker'] as const)(
  'every page of the %s, in each state of a case, and every form sent empty, is for everybody and fits a telephone',
  async (login) => {
    expect(await lookAround(browser, service, login, 6)).toEqual([]);
  },
  long,
);
