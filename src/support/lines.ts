import { showDate } from '../web/dates.ts';

/**
 * The lines of a report are words; where one has parts (a day, a name, a state) they stand between bars, so that a page
 * and a letter can set them as a table again. A stranger's line without bars is one part.
 */
const bar = '｜';

const joinParts = (parts: readonly (string | undefined)[]): string =>
  parts
    .map((part) => (part ?? '').replaceAll(bar, '／').replaceAll('\n', ' ').trim())
    .join(bar)
    .replace(/(?<!｜)｜+$/u, '');

const splitParts = (line: string): string[] => line.split(bar).map((part) => part.trim());

export type GoalLine = Readonly<{ text: string; due?: string }>;
export type ResourceLine = Readonly<{ name: string; purpose?: string; state?: string }>;
export type ContactLine = Readonly<{ on: string; how?: string; result?: string }>;
export type OutcomeLine = Readonly<{ text: string; about?: string }>;

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);

export const goalLine = ({ text, due }: GoalLine): string => joinParts([text, due]);
export function readGoalLine(line: string): GoalLine {
  const parts = splitParts(line);
  const due = parts.at(-1) ?? '';
  return parts.length > 1 && isDay(due)
    ? { text: parts.slice(0, -1).join(' '), due }
    : { text: parts.join(' ') };
}

export const resourceLine = (one: ResourceLine): string => joinParts([one.name, one.purpose, one.state]);
export function readResourceLine(line: string): ResourceLine {
  const [name = '', purpose, state] = splitParts(line);
  return { name, ...(purpose ? { purpose } : {}), ...(state ? { state } : {}) };
}

export const contactLine = (one: ContactLine): string => joinParts([one.on, one.how, one.result]);
/** Undefined for a line that does not begin with a day. */
export function readContactLine(line: string): ContactLine | undefined {
  const [on = '', how, result] = splitParts(line);
  return isDay(on) ? { on, ...(how ? { how } : {}), ...(result ? { result } : {}) } : undefined;
}

export const outcomeLine = ({ text, about }: OutcomeLine): string =>
  about === undefined ? joinParts([text]) : joinParts([about, text]);
export function readOutcomeLine(line: string): OutcomeLine {
  const [first = '', ...rest] = splitParts(line);
  return rest.length === 0 ? { text: first } : { about: first, text: rest.join(' ') };
}

/** Any line as a page shows it: days in words, parts one after another. */
export const sayLine = (line: string, language: 'ja' | 'en'): string =>
  splitParts(line)
    .filter((part) => part !== '')
    .map((part) => (isDay(part) ? showDate(part, language) : part))
    .join(language === 'ja' ? '　' : ' · ');
