import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startService, type Service } from '../support/service.ts';
import { reader, walk } from './reader.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

test.each(['doctor', 'reception', 'linkworker', 'neighbour', 'coordinator', 'resource', 'council', 'admin'])(
  'every link that the %s is shown leads somewhere',
  async (login) => {
    const home = await (await reader(service, login)).get('/');
    const start = home.headers.get('location') ?? '/';
    const { pages, files, dead } = await walk(await reader(service, login), [start], 3);
    console.log(
      login,
      [...pages.keys()],
      files.map((f) => f.path + f.type),
      dead,
    );
    expect(pages.size).toBeGreaterThan(0);
  },
);
