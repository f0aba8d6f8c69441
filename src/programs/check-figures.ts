import type { QuestionnaireItem } from '@medplum/fhirtypes';
import type { Fault } from './fault.ts';
import { isExclusive, questionsOf } from './items.ts';
import type { Program } from './program.ts';

/** A question whose answers are counted, with the answers there are. Of one that `repeats` several may be given. */
export type CountedQuestion = Readonly<{ question: string; options: readonly string[]; repeats: boolean }>;

/**
 * What `figures` names, in the order of the list. 「どれもない」 is left out where several may be chosen: whoever knows how
 * many ticked it knows how few can have ticked anything else.
 */
export function countedQuestions({
  figures,
  screening,
}: Pick<Program, 'figures' | 'screening'>): CountedQuestion[] {
  const asked = questionsOf(screening);
  return figures.flatMap((question) => {
    const item = asked.get(question);
    if (item === undefined) return [];
    const repeats = item.repeats === true;
    return [{ question, options: answersOf(item, repeats), repeats }];
  });
}

const answersOf = (item: QuestionnaireItem, repeats: boolean): string[] =>
  item.type === 'boolean'
    ? ['true', 'false']
    : (item.answerOption ?? [])
        .filter((option) => !(repeats && isExclusive(option)))
        .flatMap(({ valueCoding }) => valueCoding?.code ?? []);

/** Only what can be counted is; and nothing that somebody in danger may have said. */
export function checkFigures(program: Program): Fault[] {
  const asked = questionsOf(program.screening);
  const grave = new Set(program.atOnce.flatMap(({ when }) => when.map(({ question }) => question)));
  return program.figures.flatMap((question, i): Fault[] => {
    const says = whyNot(
      question,
      asked.get(question),
      grave.has(question),
      program.figures.indexOf(question) < i,
    );
    return says === undefined ? [] : [{ place: `figures[${String(i)}]`, says }];
  });
}

function whyNot(
  question: string,
  item: QuestionnaireItem | undefined,
  isGrave: boolean,
  isTwice: boolean,
): string | undefined {
  if (item === undefined) return `the questionnaire has no question "${question}"`;
  if (isTwice) return `names "${question}" twice`;
  if (isGrave)
    return `"${question}" leads to telephone numbers at once (atOnce); such answers are not counted`;
  if (item.type === 'boolean') return undefined;
  const codes = (item.answerOption ?? []).flatMap(({ valueCoding }) => valueCoding?.code ?? []);
  if (item.type !== 'choice' || codes.length === 0 || codes.length !== item.answerOption?.length)
    return `"${question}" has no coded options to count; only choice and boolean questions are counted`;
  return new Set(codes).size === codes.length ? undefined : `"${question}" has two options of the same code`;
}
