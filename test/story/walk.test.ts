import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startService, type Service } from '../support/service.ts';
import { logins, pagesOf, placesOf } from './places.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

test.each(logins)(
  'every link that the %s is shown leads somewhere, and to pages that are known',
  async (login) => {
    const { pages, dead } = await placesOf(service, login);
    expect(dead).toEqual([]);
    expect([...pages.keys()].toSorted()).toEqual(pagesOf[login].toSorted());
  },
);
