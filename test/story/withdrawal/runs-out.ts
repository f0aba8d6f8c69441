import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { press } from '../story.ts';
import type { Withdrawal } from './cast.ts';

type Row = { consent: string; task: string };
/** Nothing else opens the person: neither another consent nor a law. */
const alone = 'not exists (select 1 from consent o where o.patient_id = c.patient_id and o.id <> c.id)';

const banner = /同意の期限が切れています（\d+月\d+日）。読むことだけできます。/;
const written = 'お電話で、お元気そうでした。';

/** What stands on a page to be sent, but for the frame and notices to be put away. */
const forms = (page: Page): Promise<number> =>
  page.locator('main form[method=post]:not([action^="/notices/"])').count();

export async function bothOnlyRead(story: Withdrawal): Promise<void> {
  const { service } = story;
  const bodyOf = (login: string) => service.demo.accounts.find((one) => one.login === login)?.organizationId;
  const find = async (which: string, body: string | undefined): Promise<Row> => {
    const { rows } = await service.owner.query<Row>(
      `select c.id as consent, t.id as task from task t
         join consent c on c.patient_id = t.patient_id and c.status = 'active' and ${alone}
       where t.owner_id = $1 and t.status in ('requested', 'accepted', 'in-progress') and ${which} order by t.id limit 1`,
      [body],
    );
    if (!rows[0]) throw new Error('The demo lacks a case.');
    return rows[0];
  };
  const [mine, asked] = await Promise.all([
    find("t.part_of_id is null and t.status <> 'requested'", bodyOf('linkworker')),
    find('t.part_of_id is not null', bodyOf('resource')),
  ]);
  const worker = story.cast('worker');
  const group = await story.comes('group', { login: 'resource', width: 360, height: 740 });
  await worker.page.goto(`/referrals/${mine.task}/contacts`);
  await worker.page
    .getByRole('radiogroup', { name: /どうでしたか/ })
    .getByRole('radio')
    .first()
    .check();
  await worker.page.getByLabel('ひとこと').fill(written);
  await group.page.goto(`/asked/${asked.task}`);
  expect(await forms(group.page)).toBeGreaterThan(0);
  expect(await group.page.getByText(banner).count()).toBe(0);

  // The last day was yesterday, by the database's clock, which decides.
  await service.owner.query(
    `update consent set version = version + 1, content = jsonb_set(jsonb_set(jsonb_set(content,
       '{provision,period,end}', to_jsonb(to_char((now() at time zone 'Asia/Tokyo') - interval '1 day', 'YYYY-MM-DD'))),
       '{provision,period,start}', '"2024-01-01"'), '{meta,versionId}', to_jsonb((version + 1)::text)) where id = any ($1)`,
    [[mine.consent, asked.consent]],
  );

  await press(worker.page, '記録する');
  await story.shot(worker, 'expired-save');
  expect(await worker.page.getByRole('main').innerText()).toMatch(/期限/);
  const { rows } = await service.owner.query(`select 1 from communication where content::text like $1`, [
    `%${written}%`,
  ]);
  expect(rows).toHaveLength(0);
  for (const part of ['', '/contacts', '/assessment', '/goals', '/requests', '/close']) {
    await worker.page.goto(`/referrals/${mine.task}${part}`);
    await worker.page.getByText(banner).first().waitFor();
    expect([part, await forms(worker.page)]).toEqual([part, 0]);
  }
  await story.shot(worker, 'expired-office');
  await group.page.reload();
  await group.page.getByText(banner).first().waitFor();
  expect(await forms(group.page)).toBe(0);
  expect(await group.page.getByText('まだお返事できます').count()).toBe(0);
  await story.shot(group, 'expired-group-360');
}
