import { test } from '@jest/globals';
import { startService } from '../support/service.ts';
import { reader, linksOf } from './reader.ts';
test('x', async () => {
  const s = await startService();
  const r = await reader(s, 'neighbour');
  for (const t of ['new','mine','all','closed','waiting']) console.log(t, linksOf(await r.read('/inbox?tab='+t)).filter(x => x.startsWith('/ref')));
  const l = linksOf(await r.read('/inbox?tab=all')).filter(x => x.startsWith('/ref'));
  for (const x of l) console.log(x, linksOf(await r.read(x)));
  await s.stop();
});
