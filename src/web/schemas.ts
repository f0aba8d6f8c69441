import { z } from 'zod';
import type { Sentence } from '../kernel/sentence.ts';
import { isDay, notADay } from './date-parts.ts';
import { text } from './text.ts';

/** A zod message that carries both languages; `readForm` takes them apart again. */
export const says = (ja: string, en: string): string => JSON.stringify({ ja, en });
export const saying = (sentence: Sentence): string => says(sentence.ja, sentence.en);

/** One value sent twice for a single field is the last one; nothing sent is the empty text. */
const single = (value: unknown): unknown => (Array.isArray(value) ? value.at(-1) : value) ?? '';
const length = (value: string): number => Array.from(value).length;

const checkedText = (max: number, oneLine: boolean) =>
  z
    .string()
    .refine((s) => length(s) <= max, saying(text.tooLong(max)))
    .refine((s) => !oneLine || !s.includes('\n'), saying(text.oneLine));

/** Text that has to be there, up to `max` characters as people count them. Line breaks pass unless `oneLine`. */
export const textField = (
  how: Readonly<{ max: number; required?: Sentence; oneLine?: boolean }>,
): z.ZodType<string> =>
  z
    .preprocess(single, checkedText(how.max, how.oneLine ?? false))
    .refine((s) => s !== '', saying(how.required ?? text.missing));

/** Text that may be left out: undefined then, never ''. */
export const optionalText = (max: number): z.ZodType<string | undefined> =>
  z.preprocess(single, checkedText(max, false)).transform((s) => (s === '' ? undefined : s));

/** One of the given values. */
export const choice = <const V extends string>(values: readonly V[], required?: Sentence): z.ZodType<V> =>
  z.preprocess(single, z.string()).transform((value, context): V => {
    const found = values.find((one) => one === value);
    if (found !== undefined) return found;
    const message = value === '' ? (required ?? text.notChosen) : text.wrongChoice;
    context.addIssue({ code: 'custom', message: saying(message) });
    return z.NEVER;
  });

export const optionalChoice = <const V extends string>(values: readonly V[]): z.ZodType<V | undefined> =>
  z.preprocess((value) => (single(value) === '' ? undefined : single(value)), choice(values).optional());

/** Any of the given values, from check boxes of one name; with `required` at least one. */
export const choices = <const V extends string>(values: readonly V[], required?: Sentence): z.ZodType<V[]> =>
  z
    .preprocess(
      (value) => (value === undefined || value === '' ? [] : [value].flat()),
      z.array(choice(values)),
    )
    .refine((chosen) => required === undefined || chosen.length > 0, saying(required ?? text.noneChosen));

/** A single check box: true when ticked. With `required` it has to be. */
export const tick = (required?: Sentence): z.ZodType<boolean> =>
  z
    .preprocess((value) => single(value) !== '', z.boolean())
    .refine((on) => on || required === undefined, saying(required ?? text.notTicked));

/** A whole number typed as text; full-width figures are taken. */
export const wholeNumber = (min: number, max: number, required?: Sentence): z.ZodType<number> =>
  z.preprocess(single, z.string()).transform((typed, context) => {
    const figures = typed.normalize('NFKC').replaceAll(',', '');
    const value = /^-?\d{1,12}$/.test(figures) ? Number(figures) : undefined;
    if (value !== undefined && value >= min && value <= max) return value;
    const message = typed === '' ? (required ?? text.missing) : text.number(min, max);
    context.addIssue({ code: 'custom', message: saying(message) });
    return z.NEVER;
  });

export const optionalNumber = (min: number, max: number): z.ZodType<number | undefined> =>
  z.preprocess(
    (value) => (single(value) === '' ? undefined : single(value)),
    wholeNumber(min, max).optional(),
  );

const day = (required: Sentence | undefined) =>
  z.preprocess(single, z.string()).transform((value, context) => {
    if (isDay(value) || (value === '' && required === undefined)) return value;
    const why =
      value === ''
        ? required
        : value === notADay.incomplete
          ? text.dateIncomplete
          : value === notADay.notInEra
            ? text.dateNotInEra
            : text.dateImpossible;
    context.addIssue({ code: 'custom', message: saying(why ?? text.missing) });
    return z.NEVER;
  });

/** `YYYY-MM-DD`, a day that exists; `readForm` has joined year, month, day and era before. */
export const dateField = (required: Sentence = text.missing): z.ZodType<string> => day(required);

export const optionalDate = (): z.ZodType<string | undefined> =>
  day(undefined).transform((value) => (value === '' ? undefined : value));
