import { expect, test } from '@jest/globals';
import type { QuestionnaireItem } from '@medplum/fhirtypes';
import { readQuestionnaire, type Answers } from '../../src/intake/form.ts';
import { stepAfter, stepsOf } from '../../src/intake/steps.ts';

const ask = (linkId: string, more: Partial<QuestionnaireItem> = {}): QuestionnaireItem => ({
  linkId,
  text: linkId,
  type: 'string',
  ...more,
});
const group = (linkId: string, ...item: QuestionnaireItem[]): QuestionnaireItem =>
  ask(linkId, { type: 'group', item });
const why = ask('why', { enableWhen: [{ question: 'has', operator: '=', answerBoolean: true }] });
const model = readQuestionnaire(
  {
    resourceType: 'Questionnaire',
    status: 'active',
    item: [
      group('first', ask('name')),
      group('second', ask('has', { type: 'boolean' }), why),
      group('third', ask('last')),
    ],
  },
  'ja',
);
const [no, yes] = [{ has: ['false'] }, { has: ['true'] }];

/** Where somebody goes on who answered the second page, as it was asked with the answers of before. */
const after = (before: Answers, now: Answers, single = true) => {
  const [, step] = stepsOf(model, before, single);
  const next = step && stepAfter(stepsOf(model, now, single), step, now);
  return [next?.section.linkId, next?.only];
};

test.each([
  ['opens a second question', {}, yes, ['second', 'why']],
  ['opens none', {}, no, ['third', undefined]],
  ['closes the other one', yes, no, ['third', undefined]],
  ['changes nothing', yes, yes, ['second', 'why']],
])(
  'one question a page, an answer that %s leads to the next page, never back to the first',
  (_, before, now, next) => {
    expect(after(before, now)).toEqual(next);
  },
);

test('page by page the next section comes, whatever is opened', () => {
  expect(after({}, yes, false)).toEqual(['third', undefined]);
});
