import { expect } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { Story } from '../whole/cast.ts';
import type { Whose } from './whose.ts';

/** A story about somebody who takes a consent back. */
export type Withdrawal = Story &
  Readonly<{
    browser: Browser;
    whose: Whose;
    /** Whoever else takes theirs back, in other chapters. */
    others: readonly Whose[];
    /** A second tab of the link worker: the assessment, half filled in. */
    tabs: { sheet?: Page };
  }>;

export const saved = '猫と二人で暮らしています。';
export const unsaved = '庭の手入れを手伝ってほしいそうです。';

export const pathOf = (page: Page): string => new URL(page.url()).pathname;

/** Nothing on the page tells of the person, in what is read or in what lies behind it. */
export async function tellsNothing(
  page: Page,
  { telling }: Whose,
  besides: readonly string[] = [],
): Promise<void> {
  const html = await page.content();
  for (const word of [...telling, ...besides])
    expect([pathOf(page), word, html.includes(word)]).toEqual([pathOf(page), word, false]);
}
