import type { z } from 'zod';
import type { Issue } from '../kernel/problem.ts';
import type { Sentence } from '../kernel/sentence.ts';
import { dateParts } from './date-parts.ts';
import { text } from './text.ts';

type Values = Readonly<Record<string, string | readonly string[]>>;

/** What a form shows when it is drawn: what was typed, and what is wrong with it. */
export type FormState = Readonly<{
  values: Values;
  issues: readonly Issue[];
  /** Set when the values are what the same person left here: without the file or signature, and not sent yet. */
  left?: Readonly<{ file: boolean; unsent: boolean }>;
}>;

export const emptyForm = (values: Values = {}): FormState => ({ values, issues: [] });

const reserved = new Set(['_csrf', '_once', '_page']);
const clean = (value: string): string => value.replaceAll(/\r\n?/g, '\n').trim();
/** Everything below the space but tab and line feed, delete, C1 and unpaired surrogates. */
const forbidden = /(?![\t\n])\p{Cc}|\p{Cs}/u;
/** Nobody can find an invisible character in a field, so the form comes back without it. */
const visible = (value: string): string => value.replaceAll(new RegExp(forbidden, 'gu'), '');
const visibleValues = (values: Record<string, string | string[]>): Values =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map(visible) : visible(value),
    ]),
  );

/** The texts of a form body by name: trimmed, nothing but strings and lists of strings, without the hidden keys. */
function typed(body: unknown): Record<string, string | string[]> {
  if (typeof body !== 'object' || body === null) return {};
  return Object.fromEntries(
    Object.entries(body as Record<string, unknown>).flatMap(
      ([name, value]): [string, string | string[]][] => {
        if (reserved.has(name)) return [];
        if (typeof value === 'string') return [[name, clean(value)]];
        if (!Array.isArray(value)) return [];
        return [[name, value.filter((one) => typeof one === 'string').map(clean)]];
      },
    ),
  );
}

const controlIssues = (values: Values): Issue[] =>
  Object.entries(values).flatMap(([path, value]) =>
    [value].flat().some((one) => forbidden.test(one)) ? [{ path, says: text.control }] : [],
  );

function withDates(values: Values): Record<string, string | readonly string[]> {
  const names = Object.keys(values).flatMap((key) =>
    key.endsWith('-year') ? [key.slice(0, -'-year'.length)] : [],
  );
  const dates = names.flatMap((name) => {
    const date = dateParts(values, name);
    return date === undefined ? [] : [[name, date] as const];
  });
  return { ...values, ...Object.fromEntries(dates) };
}

/** Both languages from a message made by `says`, else our own sentence for the kind of fault. */
function sentenceOf(fault: z.core.$ZodIssue): Sentence {
  try {
    const read: unknown = JSON.parse(fault.message);
    if (typeof read === 'object' && read !== null && 'ja' in read && 'en' in read)
      return { ja: String(read.ja), en: String(read.en) };
  } catch {
    // zod's own English message: it is for developers.
  }
  const { code, input } = fault;
  if (code === 'invalid_type') return input === undefined ? text.missing : text.wrong;
  if (code === 'invalid_value' || code === 'invalid_union')
    return input === undefined || input === '' ? text.notChosen : text.wrongChoice;
  if (code === 'too_big')
    return fault.origin === 'string' ? text.tooLong(Number(fault.maximum)) : text.tooMuch;
  if (code === 'too_small')
    return fault.origin === 'string' && fault.minimum === 1 ? text.missing : text.tooLittle;
  return text.wrong;
}

/** One problem a field, the first: the others often follow from it. */
const firstEach = (issues: readonly Issue[]): Issue[] =>
  [...new Map(issues.toReversed().map((one) => [one.path, one])).values()].toReversed();

/**
 * The state that shows a form again with what was typed and the issues a service found. Issues whose path is no field
 * of the form appear in the summary without a link.
 */
export const formAgain = (body: unknown, issues: readonly Issue[]): FormState => ({
  values: visibleValues(typed(body)),
  issues: firstEach(issues),
});

/**
 * Reads a form body. All problems come at once, in the order of the schema's fields, with the typed values. Texts are
 * trimmed, line ends are `\n`, control characters are refused, the parts of a date are joined, unknown keys fall away
 * unless the schema keeps them. A refinement over several fields needs `when: () => true` to run beside others' faults.
 */
export function readForm<T>(
  schema: z.ZodType<T>,
  body: unknown,
): { ok: true; data: T } | { ok: false; state: FormState } {
  const values = typed(body);
  const read = schema.safeParse(withDates(values), { reportInput: true });
  const refused = controlIssues(values);
  if (read.success && refused.length === 0) return { ok: true, data: read.data };
  const faults = read.success ? [] : read.error.issues;
  const issues = faults.map((fault) => ({ path: String(fault.path[0] ?? ''), says: sentenceOf(fault) }));
  return { ok: false, state: { values: visibleValues(values), issues: firstEach([...refused, ...issues]) } };
}

/** What was typed or chosen under a name: the first when there are several. */
export function typedIn(state: FormState, name: string): string {
  const value = Object.hasOwn(state.values, name) ? state.values[name] : undefined;
  return typeof value === 'string' ? value : (value?.[0] ?? '');
}

export function chosenIn(state: FormState, name: string): readonly string[] {
  const value = Object.hasOwn(state.values, name) ? state.values[name] : undefined;
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
}
