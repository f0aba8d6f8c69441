import { asIs, joinSentences, type Sentence } from '../kernel/sentence.ts';
import { isDay } from '../kernel/japan/era.ts';
import { filesText } from './files/text.ts';
import { readFileValue } from './files/value.ts';
import type { Question } from './form.ts';
import { openMark } from './values.ts';

/** The answers to one question in words: the labels of what was chosen, a figure with its unit, the text itself. */
export function sayAnswers(question: Question, values: readonly string[]): Sentence {
  return joinSentences(values.map((value) => sayAnswer(question, value)));
}

/** The same, with what each chosen answer counts for: 「いくらか（1点）」. */
export const sayScored = (question: Question, values: readonly string[]): Sentence =>
  joinSentences(
    values.map((value) => {
      const said = sayAnswer(question, value);
      const score = question.options.find((one) => one.value === value)?.score;
      if (score === undefined) return said;
      return { ja: `${said.ja}（${String(score)}点）`, en: `${said.en} (${String(score)})` };
    }),
  );

function sayAnswer(question: Question, value: string): Sentence {
  const { type, unit, units } = question;
  const option = question.options.find((one) => one.value === value);
  if (option !== undefined) return option.label;
  if (type === 'open-choice' && value.startsWith(openMark)) return asIs(value.slice(openMark.length));
  if (type === 'date' && isDay(value)) return day(value);
  if (type === 'dateTime' && isDay(value.slice(0, 10))) return moment(value);
  if (type === 'attachment') return sayFile(value);
  if (type === 'time') return asIs(value.replace(/:00$/, ''));
  if (type === 'quantity') {
    const [figure = '', code] = value.split(' ');
    const label = units.find((one) => one.value === code)?.label ?? asIs(code ?? '');
    return { ja: `${figure}${label.ja}`, en: `${figure} ${label.en}`.trimEnd() };
  }
  return unit === undefined ? asIs(value) : { ja: `${value}${unit.ja}`, en: `${value} ${unit.en}` };
}

/** A file by its name. */
function sayFile(value: string): Sentence {
  const { title, id } = readFileValue(value) ?? { title: '', id: undefined };
  const name = title === '' ? filesText.nameless : asIs(title);
  return id === undefined
    ? { ja: `${name.ja}${filesText.elsewhere.ja}`, en: `${name.en} ${filesText.elsewhere.en}` }
    : name;
}

/** A day and a time as they were said: the time of the place where it was said. */
function moment(value: string): Sentence {
  const { ja, en } = day(value.slice(0, 10));
  const time = value.slice(11, 16);
  return time === '' ? { ja, en } : { ja: `${ja} ${time}`, en: `${en}, ${time}` };
}

const english = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
const japanese = new Intl.DateTimeFormat('ja-JP', { dateStyle: 'long', timeZone: 'UTC' });
const day = (iso: string): Sentence => ({
  ja: japanese.format(new Date(iso)),
  en: english.format(new Date(iso)),
});
