import { beforeEach, expect, test } from '@jest/globals';
import type { Extension, Questionnaire, QuestionnaireItem } from '@medplum/fhirtypes';
import { checkAnswers, checkResponse, readAnswers, toResponse } from '../../src/intake/answers.ts';
import { checkForm, tryProgramForm } from '../../src/intake/forms/check.ts';
import type { Failing } from '../../src/intake/failing.ts';
import { formOf, options } from './forms.ts';

/* Forms whose expressions fail: told when they are loaded, and in nobody's way when they are answered. */
// Each with the time that an answer of the server has for itself.
beforeEach(() => new Promise<void>((done) => void setImmediate(done)));

const sdc = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire';
type Kind = 'calculated' | 'answer' | 'initial' | 'enableWhen';
const by = (kind: Kind, expression: string): Extension[] => [
  { url: `${sdc}-${kind}Expression`, valueExpression: { language: 'text/fhirpath', expression } },
];
const broken = (
  kind: Kind,
  expression: string,
  more: Partial<QuestionnaireItem> = {},
): QuestionnaireItem => ({
  linkId: 'broken',
  type: kind === 'answer' ? 'choice' : 'integer',
  text: 'こわれた質問',
  required: kind !== 'initial',
  extension: by(kind, expression),
  ...more,
});
const name: QuestionnaireItem = { linkId: 'name', type: 'string', text: '名前', required: true };
const total: QuestionnaireItem = {
  linkId: 'total',
  type: 'integer',
  text: '合計',
  extension: by('calculated', "%resource.descendants().where(linkId = 'name').answer.value.length()"),
};
const endless = '(1).repeat($this + 1)';

const atRun: [what: string, kind: Kind, expression: string, fault: string][] = [
  ['a calculation that throws', 'calculated', '%nobody + 1', 'failed'],
  ['a calculation that throws with answers only', 'calculated', "%resource.descendants().where(linkId = 'name').answer.value + 1", 'failed'],
  ['a calculation that never ends', 'calculated', endless, 'time'],
  ['a calculation of the wrong kind', 'calculated', "'viele'", 'unfit'],
  ['a calculation that finds no value at all', 'calculated', '%questionnaire.item', 'unfit'],
  ['options that throw', 'answer', '%nobody.name', 'failed'],
  ['options that never end', 'answer', endless, 'time'],
  ['options that are none', 'answer', '(true)', 'unfit'],
  ['more options than anybody chooses from', 'answer', "'1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1'.replace('1', '2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2').split(',').select($this & $index.toString())", 'size'],
  ['a condition that throws', 'enableWhen', '%nobody = 1', 'failed'],
]; // prettier-ignore
test.each(atRun)(
  '%s leaves its question open, holds nobody up, and is told',
  (_what, kind, expression, fault) => {
    const form = formOf(name, broken(kind, expression), total);
    const { answers, issues } = readAnswers(form, { 'q.name': '花子' });
    expect(issues).toEqual([]);
    expect(answers).toEqual({ name: ['花子'], total: ['2'] });
    expect(checkAnswers(form, answers)).toEqual([]);
    const response = toResponse(form, answers, {
      subject: { reference: 'Patient/0197a4de-0000-7000-8000-000000000001' },
      authored: '2026-11-20T10:00:00+09:00',
      status: 'completed',
      language: 'ja',
    });
    const told: Failing[] = [];
    expect(checkResponse(form, response, (one) => told.push(one))).toEqual([]);
    expect(told).toEqual([{ item: 'broken', kind, fault }]);
  },
);

const loaded = (...item: QuestionnaireItem[]): Questionnaire => ({
  ...formOf(...item),
  url: 'https://instruments.example/Questionnaire/failing',
});
const says = (list: readonly { says: string; ja?: string }[]): string =>
  list.map((one) => `${one.says} | ${one.ja ?? ''}`).join('\n');

const atLoad: [what: string, item: QuestionnaireItem, where: 'faults' | 'lacking', words: RegExp][] = [
  ['a calculation that throws', broken('calculated', '%nobody + 1'), 'faults', /"broken" cannot be calculated: failed.*計算できません/],
  ['one that throws once there are answers', broken('calculated', "%resource.descendants().where(linkId = 'name').answer.value + 1"), 'faults', /cannot be calculated: failed/],
  ['one that never ends', broken('calculated', endless), 'faults', /cannot be calculated: time.*時間がかかりすぎる/],
  ['one of the wrong kind', broken('calculated', "'viele'"), 'faults', /cannot be calculated: unfit.*答えの形に合わない/],
  ['one that only a limit refuses', broken('calculated', '5', { extension: [...by('calculated', '5'), { url: 'http://hl7.org/fhir/StructureDefinition/minValue', valueInteger: 9 }] }), 'lacking', /unfit/],
  ['options that throw', broken('answer', '%nobody.name'), 'faults', /cannot be offered its options: failed.*選択肢/],
  ['options that never end', broken('answer', endless), 'faults', /offered its options: time/],
  ['a condition that throws', broken('enableWhen', '%nobody = 1'), 'faults', /asked or not: failed/],
  ['an initial value that throws', broken('initial', '%nobody.name'), 'lacking', /filled in beforehand: failed.*はじめに/],
  ['an initial value that never ends', broken('initial', endless), 'faults', /filled in beforehand: time/],
  ['an initial value of the wrong kind', broken('initial', '%patient.name.family'), 'lacking', /filled in beforehand: unfit/],
]; // prettier-ignore
test.each(atLoad)('%s is named when the form is loaded, and in a program', (_what, item, where, words) => {
  const form = loaded(name, item);
  const checked = checkForm(form);
  expect(says(checked[where])).toMatch(words);
  expect(checked[where][0]?.place).toBe('item[0].item[1]');
  expect(checked[where === 'faults' ? 'lacking' : 'faults']).toEqual([]);
  // What only the answers that were tried might not fit is no mistake of a program.
  if (!/limit/.test(_what)) expect(says(tryProgramForm(form))).toMatch(words);
});

test('a form without mistakes is tried without a word, in both', () => {
  const form = loaded(name, total, {
    linkId: 'c',
    type: 'choice',
    text: 'c',
    answerOption: options('a', 'b'),
  });
  expect(checkForm(form)).toEqual({ faults: [], lacking: [] });
  expect(tryProgramForm(form)).toEqual([]);
});
