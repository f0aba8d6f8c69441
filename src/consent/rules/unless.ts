import { issue, type Issue } from '../../kernel/problem.ts';

/** A fault of a consent at that path, unless it holds. */
export const unless = (holds: boolean, path: string, ja: string, en: string): Issue[] =>
  holds ? [] : [issue(path === '' ? 'Consent' : `Consent.${path}`, ja, en)];
