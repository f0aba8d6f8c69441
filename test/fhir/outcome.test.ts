import { expect, test } from '@jest/globals';
import { fhirIssue, outcomeOf, statusForApi, unreadable } from '../../src/fhir/outcome.ts';
import { makeValidator } from '../../src/fhir/validate.ts';
import { issue, type Problem } from '../../src/kernel/problem.ts';

const says = { ja: '日本語の文です。', en: 'An English sentence.' };
const broken = fhirIssue('value', 'Patient.birthDate', says);
const validate = makeValidator();

const problems: [problem: Problem, status: number, code: string][] = [
  [{ kind: 'invalid', issues: [broken] }, 422, 'value'],
  [{ kind: 'invalid', issues: [issue('Task.owner', says.ja, says.en)] }, 422, 'business-rule'],
  [{ kind: 'invalid', issues: [] }, 422, 'business-rule'],
  [unreadable(says.ja, says.en).problem, 400, 'invalid'],
  [{ kind: 'signed-out' }, 401, 'login'],
  [{ kind: 'forbidden' }, 403, 'forbidden'],
  [{ kind: 'not-found', says }, 404, 'not-found'],
  [{ kind: 'conflict', says }, 409, 'conflict'],
  [{ kind: 'too-many', retryAfterSeconds: 30 }, 429, 'throttled'],
  [{ kind: 'gone', says }, 410, 'deleted'],
];

test.each(problems)('the API answers %j with status %i and issue type %s', (problem, status, code) => {
  expect(statusForApi(problem)).toBe(status);
  for (const language of ['ja', 'en'] as const) {
    const outcome = outcomeOf(problem, language);
    expect(outcome.issue?.[0]).toMatchObject({ severity: 'error', code });
    expect(validate(outcome)).toEqual([]);
  }
});

test('an outcome says what is wrong in the language asked for, and where', () => {
  const problem: Problem = { kind: 'invalid', issues: [broken, issue('', says.ja, says.en)] };
  expect(outcomeOf(problem, 'ja').issue).toEqual([
    { severity: 'error', code: 'value', details: { text: says.ja }, expression: ['Patient.birthDate'] },
    { severity: 'error', code: 'business-rule', details: { text: says.ja } },
  ]);
  expect(outcomeOf(problem, 'en').issue?.[0]?.details?.text).toBe(says.en);
});
