import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startService, type Service } from '../support/service.ts';
import { logins, placesOf, type Login } from './places.ts';
import { reader, shapeOf } from './reader.ts';

const most = 12;
/** The page that is opened most. */
const mostOf: Readonly<Record<string, number>> = { '/patients/:id': 10 };

/** The demo, and one of twice the size. */
let services: readonly Service[];
beforeAll(async () => {
  services = [await startService({ patients: 60 }), await startService({ patients: 120 })];
}, 120_000);
afterAll(async () => {
  for (const one of services) await one.stop();
});

/** Statements behind each page of a role, the most that any page of that kind takes. */
async function statementsOf(service: Service, login: Login): Promise<Record<string, number>> {
  const { pages } = await placesOf(service, login);
  const who = await reader(service, login);
  const counted: Record<string, number> = {};
  for (const path of [...pages.values()].flat()) {
    const before = service.database.statements();
    await who.read(path);
    const kind = shapeOf(path);
    counted[kind] = Math.max(counted[kind] ?? 0, service.database.statements() - before);
  }
  return counted;
}

test.each(logins)(
  'a page of the %s is a handful of statements, and no more when there is more',
  async (login) => {
    const [small, large] = await Promise.all(services.map((service) => statementsOf(service, login)));
    const counts = Object.entries(large ?? {});
    expect(counts.filter(([kind, count]) => count > (mostOf[kind] ?? most))).toEqual([]);
    expect(counts.filter(([kind, count]) => count > (small?.[kind] ?? 0))).toEqual([]);
  },
  120_000,
);
