import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { choose, press } from '../story.ts';
import { visitor } from '../visitor.ts';
import { tellsNothing, type Withdrawal } from './cast.ts';

async function toTheCheck(page: Page, consent: string): Promise<void> {
  await page.goto(`/consents/${consent}/withdraw`);
  await choose(page, /何を取り消しますか/, 'この同意をぜんぶ');
  await press(page, '取り消すとどうなるかを見る');
  await choose(page, /だれの申し出/, 'ご本人の申し出');
}

export async function bothRecordIt(story: Withdrawal): Promise<void> {
  const [whose] = story.others;
  if (!whose) throw new Error('The demo has nobody else.');
  const [reception, worker] = [story.cast('reception').page, story.cast('worker').page];
  await Promise.all([toTheCheck(reception, whose.consent), toTheCheck(worker, whose.consent)]);
  const confirm = (page: Page) =>
    page.getByRole('main').getByRole('button', { name: '取り消す', exact: true });
  await Promise.all([confirm(reception).click(), confirm(worker).click()]);

  const { rows } = await story.service.owner.query<{ status: string; times: number }>(
    `select status, (select count(*)::int from consent_history h where h.id = c.id and h.content ->> 'status' = 'inactive') as times
     from consent c where id = $1`,
    [whose.consent],
  );
  expect(rows).toEqual([{ status: 'inactive', times: 1 }]);
  const said = await reception.getByRole('main').innerText();
  expect(said).toMatch(/同意を取り消しました|ほかの人が先に取り消していました/);
  expect(said).toContain('取り消し');
  const told = await worker.getByRole('main').innerText();
  expect(told).toMatch(/ご本人の同意が取り消されたため|ご本人が同意を取り消したため/);
  await tellsNothing(worker, whose);
  await story.shot(story.cast('reception'), 'at-once-clinic');
  await story.shot(story.cast('worker'), 'at-once-office');
}

/** Without script nothing in the browser holds a second press back. */
export async function pressesTwice(story: Withdrawal): Promise<void> {
  const whose = story.others[1];
  if (!whose) throw new Error('The demo has nobody else.');
  const worker = await visitor(story.browser, story.service, { login: 'linkworker', script: false });
  const { page } = worker;
  await toTheCheck(page, whose.consent);
  await page.getByRole('main').getByRole('button', { name: '取り消す', exact: true }).dblclick();
  await page.waitForURL((url) => url.pathname === '/inbox');
  expect(await page.locator('#notices').innerText()).toContain('ご本人の同意が取り消されたため');
  await tellsNothing(page, whose);
  expect(worker.faults).toEqual([]);
}
