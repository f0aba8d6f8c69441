import type { Fault } from './fault.ts';
import { questionsOf } from './items.ts';
import type { Program } from './program.ts';

/** Each kind of resource is told of in a question of its own, in words. */
export function checkResources({ resources, assessment }: Program): Fault[] {
  const asked = questionsOf(assessment);
  const entries = Object.entries(resources ?? {});
  return entries.flatMap(([kind, question], i) => {
    const place = `resources.${kind}`;
    const item = asked.get(question);
    if (item === undefined) return [{ place, says: `the assessment sheet has no question "${question}"` }];
    if (item.type !== 'text' && item.type !== 'string')
      return [{ place, says: `"${question}" is not answered in words` }];
    return entries.findIndex(([, other]) => other === question) < i
      ? [{ place, says: `"${question}" already tells of another kind` }]
      : [];
  });
}
