import type { OperationOutcome } from '@medplum/fhirtypes';
import { fhirIssue, outcomeOf, type FhirIssue, type IssueCode } from '../../../fhir/outcome.ts';
import type { Language, Sentence } from '../../../kernel/sentence.ts';

/** What became of a document, and by name what became of no record. */
export type Told = FhirIssue & Readonly<{ severity: 'information' | 'warning' }>;

export const tell = (path: string, says: Sentence, code: IssueCode = 'informational'): Told => ({
  ...fhirIssue(code, path, says),
  severity: code === 'informational' ? 'information' : 'warning',
});

/** At most a hundred are said, as of faults; the document itself is kept whole. */
export function outcomeTelling(told: readonly Told[], language: Language): OperationOutcome {
  const issues = told.slice(0, 100);
  const outcome = outcomeOf({ kind: 'invalid', issues }, language);
  return {
    ...outcome,
    issue: outcome.issue.map((one, i) => ({ ...one, severity: issues[i]?.severity ?? 'information' })),
  };
}
