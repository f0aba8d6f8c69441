import type { QuestionnaireItem, QuestionnaireItemEnableWhen } from '@medplum/fhirtypes';
import { expect, test } from '@jest/globals';
import { readQuestionnaire } from '../../src/intake/form.ts';
import { visible } from '../../src/intake/visible.ts';
import { akita, codingOf, formOf, options } from './forms.ts';

const asked: QuestionnaireItem[] = [
  { linkId: 'yesno', type: 'boolean', text: 'y' },
  { linkId: 'many', type: 'choice', text: 'm', repeats: true, answerOption: options('a', 'b') },
  { linkId: 'figure', type: 'integer', text: 'f' },
  { linkId: 'day', type: 'date', text: 'd' },
  { linkId: 'words', type: 'text', text: 'w' },
];
type When = Omit<QuestionnaireItemEnableWhen, 'question'>;
const is = (answers: Record<string, string[]>, ...enableWhen: QuestionnaireItemEnableWhen[]) => {
  const then: QuestionnaireItem = {
    linkId: 'then',
    type: 'string',
    text: 't',
    enableWhen,
    enableBehavior: 'all',
  };
  return visible(readQuestionnaire(formOf(...asked, then), 'ja'), answers).has('then');
};

const exists: When = { operator: 'exists', answerBoolean: true };
const operators: [question: string, when: When, answers: string[], shown: boolean][] = [
  ['words', exists, ['x'], true],
  ['words', exists, [], false],
  ['words', { ...exists, answerBoolean: false }, [], true],
  ['words', { ...exists, answerBoolean: false }, ['x'], false],
  ['yesno', { operator: '=', answerBoolean: true }, ['true'], true],
  ['yesno', { operator: '=', answerBoolean: true }, ['false'], false],
  ['yesno', { operator: '=', answerBoolean: false }, [], false],
  ['yesno', { operator: '!=', answerBoolean: true }, [], true],
  ['many', { operator: '=', answerCoding: codingOf('a') }, ['b', 'a'], true],
  ['many', { operator: '!=', answerCoding: codingOf('a') }, ['b', 'a'], false],
  ['many', { operator: '!=', answerCoding: codingOf('a') }, ['b'], true],
  ['figure', { operator: '>', answerInteger: 9 }, ['10'], true],
  ['figure', { operator: '>', answerInteger: 10 }, ['10'], false],
  ['figure', { operator: '>=', answerInteger: 10 }, ['10'], true],
  ['figure', { operator: '<', answerInteger: 10 }, ['9'], true],
  ['figure', { operator: '<', answerInteger: 10 }, ['10'], false],
  ['figure', { operator: '<=', answerInteger: 2 }, ['10'], false],
  ['figure', { operator: '<=', answerInteger: 2 }, [], false],
  ['figure', { operator: '<=', answerInteger: 2 }, ['two'], false],
  ['figure', { operator: '=', answerInteger: 0 }, ['0'], true],
  ['day', { operator: '>', answerDate: '2026-04-01' }, ['2026-04-02'], true],
  ['day', { operator: '<=', answerDate: '2026-04-01' }, ['2026-04-01'], true],
  ['day', { operator: '<', answerDate: '2026-04-01' }, ['2026-04-01'], false],
];
test.each(operators)(
  'a question that waits for %s %j with the answers %j is asked: %s',
  (question, when, given, shown) => {
    expect(is({ [question]: given }, { question, ...when })).toBe(shown);
  },
);

test('all conditions, or any of them', () => {
  const conditions: QuestionnaireItemEnableWhen[] = [
    { question: 'yesno', operator: '=', answerBoolean: true },
    { question: 'figure', operator: '>', answerInteger: 3 },
  ];
  const then = (enableBehavior: 'any' | 'all'): QuestionnaireItem => ({
    linkId: 'then',
    type: 'string',
    text: 't',
    enableWhen: conditions,
    enableBehavior,
  });
  const shown = (behavior: 'any' | 'all', answers: Record<string, string[]>) =>
    visible(readQuestionnaire(formOf(...asked, then(behavior)), 'ja'), answers).has('then');
  expect(shown('any', { yesno: ['true'] })).toBe(true);
  expect(shown('all', { yesno: ['true'] })).toBe(false);
  expect(shown('all', { yesno: ['true'], figure: ['4'] })).toBe(true);
  expect(shown('any', {})).toBe(false);
});

const yes = (question: string): QuestionnaireItemEnableWhen[] => [
  { question, operator: '=', answerBoolean: true },
];

test('the answer to a question that is no longer asked opens nothing', () => {
  const chain = formOf(
    { linkId: 'first', type: 'boolean', text: '1' },
    { linkId: 'second', type: 'boolean', text: '2', enableWhen: yes('first') },
    {
      linkId: 'inner',
      type: 'group',
      text: 'g',
      enableWhen: yes('second'),
      item: [{ linkId: 'third', type: 'string', text: '3' }],
    },
  );
  const model = readQuestionnaire(chain, 'ja');
  expect([...visible(model, { first: ['true'], second: ['true'] })]).toEqual([
    'g',
    'first',
    'second',
    'inner',
    'third',
  ]);
  expect([...visible(model, { first: ['false'], second: ['true'] })]).toEqual(['g', 'first']);
});

const waits = (linkId: string, question: string): QuestionnaireItem => ({
  linkId,
  type: 'boolean',
  text: linkId,
  enableWhen: [{ question, operator: 'exists', answerBoolean: false }],
});

test('a circle of conditions, which loading refuses, ends nevertheless', () => {
  const model = readQuestionnaire(formOf(waits('a', 'b'), waits('b', 'a')), 'ja');
  expect(visible(model, {}).has('g')).toBe(true);
});

test('a patient who lives alone with nobody to ask is asked about relatives', () => {
  const model = readQuestionnaire(akita.screening, 'ja');
  const shown = (living: string, rely?: string) =>
    visible(model, { 'living.with': [living], ...(rely ? { 'living.rely': [rely] } : {}) }).has('living.kin');
  expect(shown('alone', 'no')).toBe(true);
  expect(shown('alone')).toBe(true);
  expect(shown('alone', 'yes')).toBe(false);
  expect(shown('family', 'no')).toBe(false);
});

test('readers without script are told who is asked', () => {
  const model = readQuestionnaire(akita.screening, 'ja');
  const says = (section: string, linkId: string) =>
    model.sections.find((one) => one.linkId === section)?.nodes.find((one) => one.linkId === linkId)?.enable
      ?.says;
  expect(says('family', 'care.burden')?.ja).toBe(
    '（「家族などの介護や世話をしていますか」に「はい」と答えた方）',
  );
  expect(says('means', 'money.which')?.ja).toMatch(/に「ときどきあった」か「よくあった」と答えた方）$/);
  expect(says('living', 'living.kin')?.ja).toMatch(
    /^（.*「一人で」と答えた方、そして.*「いる」と答えなかった方）$/,
  );
  expect(says('out', 'out.why')?.en).toBe(
    '(If your answer to “In the past week, on how many days did you leave the house?” is 2 or less)',
  );
});
