import type { Fault } from './fault.ts';
import { optionCodes, questionsOf } from './items.ts';
import type { Program } from './program.ts';

const twice = (codes: readonly (string | undefined)[]): string[] => [
  ...new Set(codes.filter((code, i): code is string => code !== undefined && codes.indexOf(code) !== i)),
];

/** What is said of sessions twice, or of a need that no rule of the program knows. */
export function checkSessions({ sessions, needs, linkWorkers }: Program): Fault[] {
  const known = new Set(needs.map(({ code }) => code));
  const again = (place: string, codes: readonly (string | undefined)[]): Fault[] =>
    twice(codes).map((code) => ({ place, says: `names "${code}" twice` }));
  return [
    ...again(
      'linkWorkers',
      linkWorkers.map(({ kind }) => kind),
    ),
    ...again(
      'sessions.kinds',
      (sessions?.kinds ?? []).map(({ code }) => code),
    ),
    ...again(
      'sessions.contacts.topics',
      (sessions?.contacts?.topics ?? []).map(({ code }) => code),
    ),
    ...(sessions?.contacts?.topics ?? []).flatMap(({ need }, i) =>
      need === undefined || known.has(need)
        ? []
        : [
            {
              place: `sessions.contacts.topics[${String(i)}].need`,
              says: `"${need}" is no need of this program`,
            },
          ],
    ),
  ];
}

/** Answers that lead to telephone numbers at once: of questions that are asked, and among their options. */
export function checkAtOnce({ atOnce, screening }: Program): Fault[] {
  const asked = questionsOf(screening);
  return atOnce.flatMap(({ when }, i) =>
    when.flatMap(({ question, answers }, n): Fault[] => {
      const place = `atOnce[${String(i)}].when[${String(n)}]`;
      const item = asked.get(question);
      if (item === undefined)
        return [{ place: `${place}.question`, says: `the questionnaire has no question "${question}"` }];
      const offered = optionCodes(item);
      return answers
        .filter((code) => !offered.includes(code))
        .map((code) => ({ place: `${place}.answers`, says: `"${question}" has no answer "${code}"` }));
    }),
  );
}
