import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { remindOfSessions } from '../../src/exchange/session-reminders.ts';
import { silentLog } from '../../src/kernel/log.ts';
import { makeReminding } from '../../src/sessions/reminders.ts';
import { take } from '../../src/sessions/take.ts';
import { makeScene, tell, type Scene } from './scene.ts';

let here: Scene;
beforeAll(async () => {
  here = await makeScene();
});
afterAll(() => here.close());

const remind = async (): Promise<string[]> => {
  await here.owner.query('delete from outbox');
  await remindOfSessions(
    here.owner,
    makeReminding({ open: here.open, now: here.time.now, tell }),
    silentLog(),
  );
  return (await here.letters()).map(({ recipient, subject }) => `${recipient} ${subject}`);
};
const hours = (n: number): void => here.time.forward(n * 60);

test('whoever has a place and a mail address is reminded on the working day before, once', async () => {
  // From Friday, 20 November to Tuesday the 24th: Monday is a holiday.
  const id = await here.gather({ room: 1 }, 96);
  const sign = (name: string, mail?: string) =>
    here.worker((r) =>
      take(
        r,
        id,
        { way: 'site', language: 'ja', who: { name, ...(mail ? { mail } : { phone: '090-0000-0000' }) } },
        tell,
      ),
    );
  // Signed up on the working day before itself: told a moment ago, so not again.
  await sign('今日の人', 'today@example.org');
  expect(await remind()).toEqual([]);

  const later = await here.gather({ room: 3 }, 24 * 12);
  const far = (name: string, mail?: string) =>
    here.worker((r) =>
      take(
        r,
        later,
        { way: 'site', language: 'ja', who: { name, ...(mail ? { mail } : { phone: '090-0000-0000' }) } },
        tell,
      ),
    );
  await far('早い人', 'early@example.org');
  await far('電話の人');
  expect(await remind()).toEqual([]);
  hours(24 * 11); // Tuesday, 1 December: the day before.
  const told = await remind();
  expect(told).toEqual(['early@example.org もうすぐです：産後のからだほぐし']);
  expect(await remind()).toEqual([]);
});

test('names and contacts are forgotten ninety days later, and how many took part is not', async () => {
  const id = await here.gather({}, 24);
  await here.worker((r) =>
    take(r, id, { way: 'site', language: 'ja', who: { name: '消える人', phone: '090-0000-0001' } }, tell),
  );
  hours(24 * 100);
  await remind();
  const { rows } = await here.owner.query(
    'select p.name, c.phone from gathering_place p left join gathering_contact c on c.place_id = p.id where p.gathering_id = $1',
    [id],
  );
  expect(rows).toEqual([{ name: '-', phone: null }]);
});
