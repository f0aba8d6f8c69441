import { expect } from '@jest/globals';
import type { Story } from './cast.ts';

async function councilTotal(story: Story): Promise<number> {
  const council = await story.comes('council', { login: 'council' });
  const total = await council.page.getByRole('definition').first().innerText();
  await story.shot(council, 'figures');
  await council.context.close();
  return Number(total.replaceAll(/\D/g, ''));
}

export async function countedBefore(story: Story): Promise<void> {
  story.before = await councilTotal(story);
  expect(story.before).toBeGreaterThan(10);
}

export async function countedAfter(story: Story): Promise<void> {
  expect(await councilTotal(story)).toBe(story.before + 1);
}
