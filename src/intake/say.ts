import { asIs, joinSentences, type Sentence } from '../kernel/sentence.ts';
import { isDay } from '../kernel/japan/era.ts';
import type { Question } from './form.ts';

/** The answers to one question in words: the labels of what was chosen, a figure with its unit, the text itself. */
export function sayAnswers(question: Question, values: readonly string[]): Sentence {
  return joinSentences(
    values.map((value) => {
      const option = question.options.find((one) => one.value === value);
      if (option !== undefined) return option.label;
      if (question.type === 'date' && isDay(value)) return day(value);
      const { unit } = question;
      return unit === undefined ? asIs(value) : { ja: `${value}${unit.ja}`, en: `${value} ${unit.en}` };
    }),
  );
}

const english = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
const japanese = new Intl.DateTimeFormat('ja-JP', { dateStyle: 'long', timeZone: 'UTC' });
const day = (iso: string): Sentence => ({
  ja: japanese.format(new Date(iso)),
  en: english.format(new Date(iso)),
});
