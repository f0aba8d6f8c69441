import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What somebody who cannot see well, or holds a telephone, would stumble over on the page as it stands. */
export async function stumblingBlocks(page: Page): Promise<string[]> {
  // Legacy: without frames there is nothing to gather from, and no second page is opened for it, which takes a second.
  const { violations } = await new AxeBuilder({ page })
    .options({ runOnly: rules, resultTypes: ['violations'] })
    .setLegacyMode()
    .analyze();
  const found = violations
    .filter((one) => one.impact === 'serious' || one.impact === 'critical')
    .map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 160)).join(' ')}`);
  const size = page.viewportSize();
  for (const width of [768, 360]) {
    await page.setViewportSize({ width, height: size?.height ?? 900 });
    const over = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
    if (over > 0) found.push(`${String(over)} px too wide at ${String(width)}: ${await widest(page)}`);
    found.push(...(await hardToPress(page)));
  }
  if (size) await page.setViewportSize(size);
  return found.map((what) => `${page.url().replace(/^https?:\/\/[^/]+/, '')}: ${what}`);
}

/**
 * Everything that is pressed has 24 px (WCAG 2.2, 2.5.8), and what people come for has 44: buttons, fields, menus, the
 * name a row leads by, telephone numbers. What a label or card takes counts with its box; a row that leads where its name
 * leads counts whole.
 */
const hardToPress = (page: Page): Promise<string[]> =>
  page.evaluate<
    string[]
  >(`[...document.querySelectorAll('a[href], button, summary, input:not([type=hidden]), select, textarea')]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && one.closest('.skip, .unseen') === null)
    .flatMap((one) => {
      const row = getComputedStyle(one, '::after').position === 'absolute' ? one.closest('tr') : null;
      const boxes = [one, ...(one.labels ?? []), one.closest('.card'), row]
        .filter(Boolean).map((box) => box.getBoundingClientRect());
      const main = one.matches('.button, button, summary, input, select, textarea, nav a, .back, th a, [href^="tel:"]');
      const [height, width] = ['height', 'width'].map((side) => Math.max(...boxes.map((box) => box[side])));
      return height >= (main ? 43.5 : 23.5) && width >= 24
        ? []
        : [one.tagName + ' ' + (one.textContent.trim() || one.name) + ' is ' + width.toFixed() + ' by ' + height.toFixed() + ' px at ' + innerWidth];
    })
    .slice(0, 8)`);

/** Names what sticks out, so that nobody has to look for it. */
const widest = (page: Page): Promise<string> =>
  page.evaluate<string>(`[...document.querySelectorAll('main *, header *')]
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
    .slice(0, 4).map((one) => one.tagName + '.' + one.className).join(' ')`);

/** How many forms of the page ask for something that must be filled in. */
export const askingForms = (page: Page): Promise<number> =>
  page.evaluate<number>(`document.querySelectorAll('main form[method=post]:has(.mark-required)').length`);

/** Sends one of them with nothing filled in; returns the answer's status. */
export async function sendEmpty(page: Page, index: number): Promise<number> {
  const answered = page.waitForResponse((response) => response.request().isNavigationRequest());
  const drawn = page.waitForEvent('domcontentloaded');
  await page.evaluate(`{
    const form = [...document.querySelectorAll('main form[method=post]:has(.mark-required)')][${String(index)}];
    for (const one of form.elements) {
      if (one.type === 'checkbox' || one.type === 'radio') one.checked = false;
      else if (one.type !== 'hidden' && one.tagName !== 'BUTTON') one.value = '';
    }
    const button = form.querySelector('button[name]:not([value=keep]):not([value=back]):not([value=paper]):not([name^=_])');
    form.requestSubmit(button ?? undefined);
  }`);
  const status = (await answered).status();
  await drawn;
  return status;
}
