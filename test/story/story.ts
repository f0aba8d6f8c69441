import type { Page } from 'playwright-core';

/** Presses what stands there as a button, or as a link that looks like one. */
export const press = (page: Page, name: string | RegExp): Promise<void> =>
  page
    .getByRole('main')
    .getByRole('button', { name })
    .or(page.getByRole('main').getByRole('link', { name }))
    .first()
    .click();

/** Chooses answers on cards: question by question, as a finger would. */
export async function choose(page: Page, question: string | RegExp, ...answers: string[]): Promise<void> {
  const group = page
    .getByRole('group', { name: question })
    .or(page.getByRole('radiogroup', { name: question }));
  for (const answer of answers) await group.getByLabel(answer, { exact: true }).check();
}

/** A day in the three boxes of a date. */
export async function writeDay(
  page: Page,
  question: string | RegExp,
  day: string,
  era = '西暦',
): Promise<void> {
  const group = page.getByRole('group', { name: question });
  const [year = '', month = '', date = ''] = day.split('-');
  await group.getByLabel('元号').selectOption({ label: era });
  await group.getByLabel('年', { exact: true }).fill(year);
  await group.getByLabel('月', { exact: true }).fill(month);
  await group.getByLabel('日', { exact: true }).fill(date);
}

/** A name drawn on the signature pad. */
export async function sign(page: Page): Promise<void> {
  const pad = page.getByRole('img', { name: /署名の欄/ });
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  if (box === null) throw new Error('There is nowhere to sign.');
  for (const [x, y] of [
    [40, 30],
    [70, 20],
    [110, 35],
  ] as const) {
    await page.mouse.move(box.x + x, box.y + y);
    await page.mouse.down();
    await page.mouse.move(box.x + x + 60, box.y + y + 40, { steps: 6 });
    await page.mouse.up();
  }
}

export const heading = (page: Page): Promise<string> => page.getByRole('heading', { level: 1 }).innerText();
