import type { Sentence } from '../kernel/sentence.ts';
import { isDay } from '../kernel/japan/era.ts';
import type { Question } from './form.ts';
import { text } from './text.ts';

/** Everything below the space but tab and line feed, delete, C1 and unpaired surrogates. */
const control = /(?![\t\n])\p{Cc}|\p{Cs}/u;
const length = (value: string): number => Array.from(value).length;

/** What is wrong with the answers to one question that is asked; undefined when nothing is. */
export function judge(question: Question, values: readonly string[]): Sentence | undefined {
  if (values.length === 0) return question.required ? text.missing(question.label) : undefined;
  if (values.length > 1 && !question.repeats) return text.tooMany(question.label);
  for (const value of values) {
    const says = judgeValue(question, value);
    if (says !== undefined) return says;
  }
  const alone = question.options.find((option) => option.exclusive && values.includes(option.value));
  return alone && values.length > 1 ? text.exclusive(question.label, alone.label) : undefined;
}

function judgeValue(question: Question, value: string): Sentence | undefined {
  const { label, min, max, maxLength } = question;
  switch (question.type) {
    case 'boolean':
    case 'choice':
      return question.options.some((option) => option.value === value)
        ? undefined
        : text.unknownOption(label);
    case 'integer': {
      const fits =
        /^-?\d{1,9}$/.test(value) &&
        Number(value) >= Number(min ?? -Infinity) &&
        Number(value) <= Number(max ?? Infinity);
      return fits ? undefined : text.number(label, min, max);
    }
    case 'date':
      if (!isDay(value)) return text.date(label);
      return value < (min ?? value) || value > (max ?? value) ? text.dateRange(label, min, max) : undefined;
    case 'string':
    case 'text':
      if (control.test(value)) return text.control(label);
      if (question.type === 'string' && value.includes('\n')) return text.oneLine(label);
      return length(value) > maxLength ? text.tooLong(label, maxLength) : undefined;
  }
}
