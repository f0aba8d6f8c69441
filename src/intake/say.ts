import { asIs, joinSentences, type Sentence } from '../kernel/sentence.ts';
import type { Question } from './form.ts';

/** The answers to one question in words: the labels of what was chosen, a figure with its unit, the text itself. */
export function sayAnswers(question: Question, values: readonly string[]): Sentence {
  return joinSentences(
    values.map((value) => {
      const option = question.options.find((one) => one.value === value);
      if (option !== undefined) return option.label;
      const { unit } = question;
      return unit === undefined ? asIs(value) : { ja: `${value}${unit.ja}`, en: `${value} ${unit.en}` };
    }),
  );
}
