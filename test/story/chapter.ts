import { expect, test } from '@jest/globals';
import type { Story } from './whole/cast.ts';

export type Chapter<S extends Story = Story> = (title: string, happens: (story: S) => Promise<void>) => void;

/** The parts of one story, in their order: what went wrong before makes the rest pointless. */
export function tell<S extends Story>(told: () => S): Chapter<S> {
  let broken = false;
  return (title, happens) => {
    test(title, async () => {
      if (broken) throw new Error('The story had ended before.');
      broken = true;
      const story = told();
      try {
        await happens(story);
      } catch (error) {
        for (const [i, one] of story.everybody().entries())
          await story.shot(one, `broken-${String(i)}`).catch(() => undefined);
        throw error;
      }
      expect(story.faults()).toEqual([]);
      broken = false;
    });
  };
}
