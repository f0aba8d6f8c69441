import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../../tools/chromium.ts';
import { startService, type Service } from '../support/service.ts';
import { shapeOf } from './reader.ts';
import { askingForms, sendEmpty, stumblingBlocks } from './sight.ts';
import { casesOf, linkFor, logins, nowhere, placesOf } from './places.ts';
import { visitor } from './visitor.ts';

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
const long = 900_000;

/** Opens each address; with `wrong`, also sends every form there empty. Returns everything that is in somebody's way. */
async function look(page: Page, paths: readonly string[], sent: Set<string>): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) {
    await page.goto(path);
    found.push(...(await stumblingBlocks(page)));
    const forms = await askingForms(page);
    for (let i = 0; i < forms; i += 1) {
      const kind = `${shapeOf(path)} ${String(i)} of ${String(forms)}`;
      if (sent.has(kind)) continue;
      sent.add(kind);
      await page.goto(path);
      const status = await sendEmpty(page, i);
      if (status !== 422)
        found.push(`${path}: the empty form ${String(i)} was answered with ${String(status)}`);
      else {
        if ((await page.getByRole('alert').count()) === 0)
          found.push(`${path}: form ${String(i)} says no fault`);
        found.push(...(await stumblingBlocks(page)));
      }
    }
  }
  return found;
}

describe('every page, and every form sent empty, is for everybody and fits a telephone', () => {
  test.each(logins)(
    'of the %s',
    async (login) => {
      const { pages } = await placesOf(service, login);
      const { page, faults, context } = await visitor(browser, service, { login });
      const sent = new Set<string>();
      // Clinic and office see a case in all its states; for the others one of a kind tells as much as ten.
      const most = login === 'doctor' || login === 'linkworker' ? 8 : 3;
      const paths = [...pages.values()].flatMap((some) => some.slice(0, most));
      const found = await look(page, paths, sent);
      expect(found).toEqual([]);
      expect(faults).toEqual([]);
      await context.close();
    },
    long,
  );

  test(
    'of somebody without an account: signing in, answering on a tablet, answering a request, and what does not exist',
    async () => {
      const [patient] = service.demo.people;
      const [asked] = (await casesOf(service, 'resource')).filter((one) => one.status === 'requested');
      const group = service.demo.accounts.find((one) => one.login === 'resource')?.organizationId;
      if (!patient || !asked || group === undefined) throw new Error('The demo lacks a request.');
      const tablet = await linkFor(service, { patient: patient.id, organization: patient.clinic.id });
      const request = await linkFor(service, { task: asked.id, organization: group });
      const form = service.programs[0]?.screening.item ?? [];
      const { page, faults } = await visitor(browser, service);
      const found = await look(
        page,
        [
          '/sign-in',
          tablet,
          ...form.map((section) => `${tablet}/sections/${section.linkId}`),
          `${tablet}/check`,
          request,
          '/a/unknown',
          '/r/unknown',
          `/patients/${nowhere}`,
          '/nowhere',
        ],
        new Set(),
      );
      expect(found).toEqual([]);
      expect(faults.filter((one) => !/status of 4\d\d/.test(one))).toEqual([]);
    },
    long,
  );
});
