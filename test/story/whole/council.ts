import { expect } from '@jest/globals';
import type { Story } from './cast.ts';

async function seenByCouncil(story: Story): Promise<string> {
  const council = await story.comes('council', { login: 'council' });
  const figures = await council.page.getByRole('main').innerText();
  await story.shot(council, 'figures');
  await council.context.close();
  return figures;
}

export async function countedBefore(story: Story): Promise<void> {
  story.before = await seenByCouncil(story);
  expect(story.before).toMatch(/紹介の数\s+[1-9]\d*0〜/);
}

/** A referral of today is counted when its month is over; until then it would point at this one person. */
export async function countedAfter(story: Story): Promise<void> {
  expect(await seenByCouncil(story)).toBe(story.before);
}
