import type { QuestionnaireItem } from '@medplum/fhirtypes';
import { expect, test } from '@jest/globals';
import { checkResponse, readAnswers, toResponse } from '../../src/intake/answers.ts';
import { readQuestionnaire } from '../../src/intake/form.ts';
import { visible } from '../../src/intake/visible.ts';
import { formOf } from './forms.ts';
import { instrument } from './instrument.ts';

const answering = {
  subject: { reference: 'Patient/0f6b5b0e-8f0e-4f0a-9d2a-000000000001' },
  authored: '2026-11-20T10:00:00+09:00',
  status: 'completed',
  language: 'ja',
} as const;

test('a score is the sum of what the chosen options weigh, and no page can send another', () => {
  const { answers, issues } = readAnswers(instrument, { 'q./q1': 'L1', 'q./q2': 'L2', 'q./total': '99' });
  expect(issues).toEqual([]);
  expect(answers).toEqual({ '/q1': ['L1'], '/q2': ['L2'], '/total': ['4'] });
});

test('a question is asked from a total on', () => {
  const model = readQuestionnaire(instrument, 'ja');
  expect(visible(model, { '/q1': ['L1'], '/q2': ['L2'], '/total': ['4'] }).has('/since')).toBe(true);
  expect(visible(model, { '/q1': ['L1'], '/q2': ['L1'], '/total': ['2'] }).has('/since')).toBe(false);
  const { answers } = readAnswers(instrument, { 'q./q1': 'L1', 'q./q2': 'L1', 'q./since': 'last spring' });
  expect(answers['/since']).toBeUndefined();
});

test('a record with another score than the answers make is refused, with the right one', () => {
  const response = toResponse(instrument, { '/q1': ['L1'], '/q2': ['L2'], '/total': ['4'] }, answering);
  expect(checkResponse(instrument, response)).toEqual([]);
  response.item![2]!.answer = [{ valueInteger: 5 }];
  expect(checkResponse(instrument, response)).toEqual([
    {
      path: 'QuestionnaireResponse.item[2]',
      says: { ja: expect.stringMatching(/4になる/), en: expect.any(String) },
    },
  ]);
});

const calculating = (expression: string): QuestionnaireItem => ({
  linkId: 'sum',
  type: 'integer',
  text: '合計',
  extension: [
    {
      url: 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression',
      valueExpression: { language: 'text/fhirpath', expression },
    },
  ],
});
test.each([
  ['throws', 'nothingSuch()'],
  ['never ends', '(1).repeat($this + 1)'],
])('an expression that %s holds nobody up, and the rest is read', (_, expression) => {
  const form = formOf({ linkId: 'a', type: 'integer', text: 'あ' }, calculating(expression));
  expect(readAnswers(form, { 'q.a': '1' })).toEqual({ answers: { a: ['1'] }, issues: [] });
});

test('variables are worked out once and used by name; one may use the one before', () => {
  const form = {
    ...formOf({ linkId: 'a', type: 'integer' as const, text: 'あ' }, calculating('%twice + 1')),
    extension: [
      ['a', "%resource.descendants().where(linkId = 'a').answer.value"],
      ['twice', '%a * 2'],
    ].map(([name = '', expression = '']) => ({
      url: 'http://hl7.org/fhir/StructureDefinition/variable',
      valueExpression: { name, language: 'text/fhirpath' as const, expression },
    })),
  };
  const before = JSON.stringify(form);
  expect(readAnswers(form, { 'q.a': '20' }).answers).toEqual({ a: ['20'], sum: ['41'] });
  expect(JSON.stringify(form)).toBe(before);
});
