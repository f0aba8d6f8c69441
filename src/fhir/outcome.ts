import type { OperationOutcome, OperationOutcomeIssue } from '@medplum/fhirtypes';
import { Refused, statusOf, type Issue, type Problem } from '../kernel/problem.ts';
import type { Language, Sentence } from '../kernel/sentence.ts';

export type IssueCode = NonNullable<OperationOutcomeIssue['code']>;

/** An issue that knows its FHIR issue type (http://hl7.org/fhir/issue-type). `path` is a FHIRPath or empty. */
export type FhirIssue = Issue & Readonly<{ code: IssueCode }>;

export const fhirIssue = (code: IssueCode, path: string, says: Sentence): FhirIssue => ({ code, path, says });

/** A body that could not be read at all, such as broken JSON: 400, where a readable but wrong one is 422. */
export const unreadable = (ja: string, en: string): Refused =>
  new Refused({ kind: 'invalid', issues: [fhirIssue('invalid', '', { ja, en })] });

/** The HTTP status of a problem under `/fhir`. */
export const statusForApi = (problem: Problem): number =>
  problem.kind === 'invalid' && problem.issues.some((i) => codeOf(i) === 'invalid') ? 400 : statusOf(problem);

/** A problem as FHIR says it, in one language. An issue without a code of its own broke a rule of this service. */
export function outcomeOf(problem: Problem, language: Language): OperationOutcome {
  const [first, ...rest] = issuesOf(problem).map(({ code, path, says }): OperationOutcomeIssue => ({
    severity: 'error',
    code,
    details: { text: says[language] },
    ...(path === '' ? {} : { expression: [path] }),
  }));
  return { resourceType: 'OperationOutcome', issue: first ? [first, ...rest] : [] };
}

const codeOf = (issue: Issue): IssueCode =>
  'code' in issue && typeof issue.code === 'string' ? (issue.code as IssueCode) : 'business-rule';

const one = (code: IssueCode, ja: string, en: string, says?: Sentence, path = ''): FhirIssue[] => [
  fhirIssue(code, path, says ?? { ja, en }),
];

function issuesOf(problem: Problem): FhirIssue[] {
  switch (problem.kind) {
    case 'invalid':
      return problem.issues.length > 0
        ? problem.issues.map((issue) => ({ ...issue, code: codeOf(issue) }))
        : one('business-rule', '内容に誤りがあります。', 'The content cannot be accepted.');
    case 'signed-out':
      return one('login', 'ログインが必要です。', 'Please sign in.');
    case 'forbidden':
      return one('forbidden', 'この操作はできません。', 'You may not do this.', problem.says, problem.path);
    case 'not-found':
      return one('not-found', '記録が見つかりません。', 'There is no such record.', problem.says);
    case 'conflict':
      return [fhirIssue('conflict', problem.path ?? '', problem.says)];
    case 'too-many': {
      const seconds = String(problem.retryAfterSeconds);
      return one(
        'throttled',
        `回数が多すぎます。${seconds}秒ほど待ってから、もう一度お試しください。`,
        `Too many requests. Please try again in ${seconds} seconds.`,
      );
    }
    case 'gone':
      return [fhirIssue('deleted', '', problem.says)];
  }
}
