import { of } from '../../../kernel/sentence.ts';
import type { Parameter } from './operation.ts';

/** The words of a declaration, in both languages. */

/** Most operations only read: of a type and of one record, by GET and by POST. */
export const reading = {
  system: false,
  type: true,
  instance: true,
  get: true,
  post: true,
  letter: 'r',
} as const;

export const taken = (
  name: string,
  range: `${0 | 1}..${1 | '*'}`,
  type: string,
  ja: string,
  en: string,
): Parameter => ({
  name,
  use: 'in',
  min: Number(range[0]),
  max: range.endsWith('*') ? '*' : '1',
  type,
  says: of(ja, en),
});

export const given = (name: string, min: 0 | 1, type: string, ja: string, en: string): Parameter => ({
  name,
  use: 'out',
  min,
  max: '1',
  type,
  says: of(ja, en),
});
