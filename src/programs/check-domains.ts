import { scoresOf } from './domains.ts';
import type { Fault } from './fault.ts';
import { questionsOf } from './items.ts';
import type { Program } from './program.ts';

/** A chart has three spokes or none, every question on it has a score, and what earlier versions asked is asked no more. */
export function checkDomains({ domains, assessment }: Program): Fault[] {
  const asked = questionsOf(assessment);
  const now = domains.filter(({ questions }) => questions.length > 0).length;
  const few =
    domains.length > 0 && now < 3
      ? [{ place: 'domains', says: 'are fewer than three, which no chart can be drawn of' }]
      : [];
  const used = new Map<string, string>();
  return [
    ...few,
    ...domains.flatMap(({ id, questions, before }, i) => {
      const twice = domains.findIndex((other) => other.id === id) < i;
      return [
        ...(twice
          ? [{ place: `domains[${String(i)}].id`, says: `the domain "${id}" is already there` }]
          : []),
        ...(questions.length + before.length === 0
          ? [{ place: `domains[${String(i)}]`, says: `the domain "${id}" has no questions` }]
          : []),
        ...before.flatMap((question, k) => {
          const place = `domains[${String(i)}].before[${String(k)}]`;
          const other = used.get(question);
          used.set(question, id);
          if (asked.has(question))
            return [
              { place, says: `the assessment sheet still has "${question}": it belongs to "questions"` },
            ];
          return other === undefined
            ? []
            : [{ place, says: `"${question}" is already scored in the domain "${other}"` }];
        }),
        ...questions.flatMap((question, k) => {
          const place = `domains[${String(i)}].questions[${String(k)}]`;
          const other = used.get(question);
          used.set(question, id);
          const item = asked.get(question);
          if (item === undefined)
            return [{ place, says: `the assessment sheet has no question "${question}"` }];
          if (other !== undefined)
            return [{ place, says: `"${question}" is already scored in the domain "${other}"` }];
          return scoresOf(item).size < 2
            ? [{ place, says: `"${question}" has no scores: two options or more need an ordinalValue` }]
            : [];
        }),
      ];
    }),
  ];
}
