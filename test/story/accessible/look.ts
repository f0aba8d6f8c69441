import type { Browser, Page } from 'playwright-core';
import type { Service } from '../../support/service.ts';
import { placesOf, type Login } from '../places.ts';
import { shapeOf } from '../reader.ts';
import { askingForms, sendEmpty, stumblingBlocks } from '../sight.ts';
import { visitor } from '../visitor.ts';

/** Opens each address; with `wrong`, also sends every form there empty. Returns everything that is in somebody's way. */
export async function look(page: Page, paths: readonly string[], sent: Set<string>): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) {
    await page.goto(path);
    found.push(...(await stumblingBlocks(page)));
    const forms = await askingForms(page);
    for (let i = 0; i < forms; i += 1) {
      const kind = `${shapeOf(path)} ${String(i)} of ${String(forms)}`;
      if (sent.has(kind)) continue;
      sent.add(kind);
      await page.goto(path);
      const status = await sendEmpty(page, i);
      if (status !== 422)
        found.push(`${path}: the empty form ${String(i)} was answered with ${String(status)}`);
      else {
        if ((await page.getByRole('alert').count()) === 0)
          found.push(`${path}: form ${String(i)} says no fault`);
        found.push(...(await stumblingBlocks(page)));
      }
    }
  }
  return found;
}

/** Looks at up to `most` pages of each kind that somebody is led to. Returns what is in the way, and the browser's faults. */
export async function lookAround(
  browser: Browser,
  service: Service,
  login: Login,
  most: number,
): Promise<string[]> {
  const { pages } = await placesOf(service, login);
  const { page, faults, context } = await visitor(browser, service, { login });
  const paths = [...pages.values()].flatMap((some) => some.slice(0, most));
  const found = await look(page, paths, new Set());
  await context.close();
  return [...found, ...faults];
}

/** Axe takes about a second a page where much else runs. */
export const long = 900_000;
