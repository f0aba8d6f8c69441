import type { Sentence } from './sentence.ts';

/**
 * One thing wrong with what arrived. `path` is the form field's name or a FHIR path such as
 * `Task.statusReason.text`; empty when it concerns the whole.
 */
export type Issue = Readonly<{ path: string; says: Sentence }>;

/** `path`: the FHIR path that it is about. Everything that may be refused, and nothing else: whatever is thrown besides is a bug and becomes a bare 500. */
export type Problem =
  | Readonly<{ kind: 'invalid'; issues: readonly Issue[] }>
  | Readonly<{ kind: 'signed-out' }>
  | Readonly<{ kind: 'forbidden'; says?: Sentence; path?: string }>
  | Readonly<{ kind: 'not-found'; says?: Sentence }>
  | Readonly<{ kind: 'conflict'; says: Sentence; path?: string }>
  | Readonly<{ kind: 'too-many'; retryAfterSeconds: number }>
  | Readonly<{ kind: 'gone'; says: Sentence }>;

export class Refused extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.kind);
    this.name = 'Refused';
    this.problem = problem;
  }
}

export const statusOf = (problem: Problem): number => {
  switch (problem.kind) {
    case 'invalid':
      return 422;
    case 'signed-out':
      return 401;
    case 'forbidden':
      return 403;
    case 'not-found':
      return 404;
    case 'conflict':
      return 409;
    case 'too-many':
      return 429;
    case 'gone':
      return 410;
  }
};

export const issue = (path: string, ja: string, en: string): Issue => ({ path, says: { ja, en } });
export const invalid = (...issues: Issue[]): Refused => new Refused({ kind: 'invalid', issues });
export const notFound = (says?: Sentence): Refused =>
  new Refused({ kind: 'not-found', ...(says ? { says } : {}) });
export const forbidden = (says?: Sentence, path?: string): Refused =>
  new Refused({ kind: 'forbidden', ...(says ? { says } : {}), ...(path === undefined ? {} : { path }) });
export const conflict = (ja: string, en: string, path?: string): Refused =>
  new Refused({ kind: 'conflict', says: { ja, en }, ...(path === undefined ? {} : { path }) });
export const gone = (ja: string, en: string): Refused => new Refused({ kind: 'gone', says: { ja, en } });
