import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../../../tools/chromium.ts';
import { startService, type Service } from '../../support/service.ts';
import { casesOf, linkFor, logins, nowhere } from '../places.ts';
import { visitor } from '../visitor.ts';
import { long, look, lookAround } from './look.ts';

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

describe('every page, and every form sent empty, is for everybody and fits a telephone', () => {
  // For these one of a kind tells as much as ten.
  test.each(logins.filter((login) => !['doctor', 'linkworker'].includes(login)))(
    'of the %s',
    async (login) => {
      expect(await lookAround(browser, service, login, 3)).toEqual([]);
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
