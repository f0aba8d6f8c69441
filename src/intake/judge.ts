import type { Sentence } from '../kernel/sentence.ts';
import { isDay } from '../kernel/japan/era.ts';
import { mostRows, type Question } from './form.ts';
import { fitsRegex } from '../programs/regex.ts';
import { faultText } from './fault-text.ts';
import { fileFaults } from './files/text.ts';
import { readFileValue } from './files/value.ts';
import { text } from './text.ts';
import { compareAnswers, openMark } from './values.ts';

/** Everything below the space but tab and line feed, delete, C1 and unpaired surrogates. */
const control = /(?![\t\n])\p{Cc}|\p{Cs}/u;
const length = (value: string): number => Array.from(value).length;

/** What is wrong with the answers to one question that is asked; undefined when nothing is. */
export function judge(question: Question, values: readonly string[]): Sentence | undefined {
  const { label, repeats, required, minOccurs = 0, maxOccurs = mostRows } = question;
  if (values.length === 0) return required ? text.missing(label) : undefined;
  if (values.length > 1 && !repeats) return text.tooMany(label);
  if (required && values.length < minOccurs) return faultText.tooFew(label, minOccurs);
  if (repeats && values.length > maxOccurs) return faultText.tooManyOf(label, maxOccurs);
  for (const value of values) {
    const says = judgeValue(question, value);
    if (says !== undefined) return says;
  }
  const alone = question.options.find((option) => option.exclusive && values.includes(option.value));
  return alone && values.length > 1 ? text.exclusive(question.label, alone.label) : undefined;
}

function judgeValue(question: Question, value: string): Sentence | undefined {
  const { label, min, max } = question;
  switch (question.type) {
    case 'boolean':
    case 'choice':
      return question.options.some((option) => option.value === value)
        ? undefined
        : text.unknownOption(label);
    case 'open-choice':
      if (value.startsWith(openMark)) return judgeText(question, value.slice(openMark.length));
      return question.options.some((option) => option.value === value)
        ? undefined
        : text.unknownOption(label);
    case 'integer':
      return /^-?\d{1,9}$/.test(value) && isWithin(question, value)
        ? undefined
        : text.number(label, min, max);
    case 'decimal':
      return judgeDecimal(question, value);
    case 'quantity':
      return judgeQuantity(question, value);
    case 'date':
      if (!isDay(value)) return text.date(label);
      return isWithin(question, value) ? undefined : text.dateRange(label, min, max);
    case 'dateTime':
      if (!isMoment(value)) return faultText.dateTime(label);
      return isWithin(question, value) ? undefined : text.dateRange(label, min, max);
    case 'time':
      if (!clock.test(value)) return faultText.time(label);
      return isWithin(question, value) ? undefined : faultText.timeRange(label, min, max);
    case 'url':
      return /^(?:https?:\/\/|urn:|mailto:|tel:)[^\s<>"]{1,1900}$/.test(value)
        ? undefined
        : faultText.url(label);
    case 'reference':
      return /^[A-Z][A-Za-z]{1,40}\/[A-Za-z0-9.-]{1,64}$/.test(value)
        ? undefined
        : faultText.reference(label);
    case 'attachment':
      return judgeFile(question, value);
    case 'string':
    case 'text':
      return judgeText(question, value);
  }
}

/** What its bytes are was told when it came; here, whether the question takes such a file. */
function judgeFile({ label, files }: Question, value: string): Sentence | undefined {
  const file = readFileValue(value);
  if (file === undefined) return fileFaults.gone(label);
  if (files === undefined || file.contentType === undefined) return undefined;
  if (!files.types.includes(file.contentType)) return fileFaults.kind(label, files.types);
  return (file.size ?? 0) > files.maxBytes ? fileFaults.tooLarge(label, files.maxBytes) : undefined;
}

const isWithin = ({ type, min, max }: Question, value: string): boolean =>
  (min === undefined || compareAnswers(type, value, min) >= 0) &&
  (max === undefined || compareAnswers(type, value, max) <= 0);

const clock = /^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/;
/** A day and a time with its offset, or one of FHIR's shorter forms. */
function isMoment(value: string): boolean {
  const [day = '', rest] = value.split('T');
  if (rest === undefined) return isDay(day) || /^\d{4}(?:-(?:0[1-9]|1[0-2]))?$/.test(day);
  const [, time = ''] = /^([\d:]{8})(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/.exec(rest) ?? [];
  return isDay(day) && clock.test(time);
}

function judgeDecimal(question: Question, value: string): Sentence | undefined {
  const { label, min, max, decimals } = question;
  const [, figures] = /^-?\d{1,9}(?:\.(\d{1,9}))?$/.exec(value) ?? [undefined, undefined];
  if (!/^-?\d{1,9}(?:\.\d{1,9})?$/.test(value) || !isWithin(question, value))
    return faultText.decimal(label, min, max);
  return (figures?.length ?? 0) > (decimals ?? 9) ? faultText.decimals(label, decimals ?? 9) : undefined;
}

function judgeQuantity(question: Question, value: string): Sentence | undefined {
  const [figure = '', unit] = value.split(' ');
  const wrong = judgeDecimal(question, figure);
  if (wrong !== undefined) return wrong;
  const offered =
    question.units.length === 0 ? unit === undefined : question.units.some((one) => one.value === unit);
  return offered
    ? undefined
    : faultText.unit(
        question.label,
        question.units.map((one) => one.label),
      );
}

function judgeText(question: Question, value: string): Sentence | undefined {
  const { label, maxLength, minLength = 0, regex } = question;
  if (control.test(value)) return text.control(label);
  if (question.type !== 'text' && value.includes('\n')) return text.oneLine(label);
  if (length(value) > maxLength) return text.tooLong(label, maxLength);
  if (length(value) < minLength) return faultText.tooShort(label, minLength);
  return regex === undefined || fitsRegex(regex, value) ? undefined : faultText.regex(label);
}
