import { scoresOf } from './domains.ts';
import type { Fault } from './fault.ts';
import { questionsOf } from './items.ts';
import type { Program } from './program.ts';

/** A chart has three spokes or none, and every question on it has a score. */
export function checkDomains({ domains, assessment }: Program): Fault[] {
  const asked = questionsOf(assessment);
  const few =
    domains.length === 1 || domains.length === 2
      ? [{ place: 'domains', says: 'are fewer than three, which no chart can be drawn of' }]
      : [];
  const used = new Map<string, string>();
  return [
    ...few,
    ...domains.flatMap(({ id, questions }, i) => {
      const twice = domains.findIndex((other) => other.id === id) < i;
      return [
        ...(twice
          ? [{ place: `domains[${String(i)}].id`, says: `the domain "${id}" is already there` }]
          : []),
        ...questions.flatMap((question, k) => {
          const place = `domains[${String(i)}].questions[${String(k)}]`;
          const before = used.get(question);
          used.set(question, id);
          const item = asked.get(question);
          if (item === undefined)
            return [{ place, says: `the assessment sheet has no question "${question}"` }];
          if (before !== undefined)
            return [{ place, says: `"${question}" is already scored in the domain "${before}"` }];
          return scoresOf(item).size < 2
            ? [{ place, says: `"${question}" has no scores: two options or more need an ordinalValue` }]
            : [];
        }),
      ];
    }),
  ];
}
