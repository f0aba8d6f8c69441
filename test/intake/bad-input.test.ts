import { expect, test } from '@jest/globals';
import type { QuestionnaireItem } from '@medplum/fhirtypes';
import { checkResponse, readAnswers, toResponse } from '../../src/intake/answers.ts';
import { inTongue } from '../../src/programs/languages.ts';
import { formOf } from './forms.ts';

/* What a page, or a program, sends that nobody could have answered. */
const hidden = { url: 'http://hl7.org/fhir/StructureDefinition/questionnaire-hidden', valueBoolean: true };
const most = (n: number) => ({
  url: 'http://hl7.org/fhir/StructureDefinition/questionnaire-maxOccurs',
  valueInteger: n,
});
const items: QuestionnaireItem[] = [
  { linkId: 'open', type: 'boolean', text: '開く' },
  {
    linkId: 'behind',
    type: 'string',
    text: '開いたら',
    enableWhen: [{ question: 'open', operator: '=', answerBoolean: true }],
  },
  { linkId: 'fixed', type: 'integer', text: '決まった数', readOnly: true, initial: [{ valueInteger: 3 }] },
  {
    linkId: 'unseen',
    type: 'string',
    text: '見えない',
    extension: [hidden],
    initial: [{ valueString: 'x' }],
  },
  { linkId: 'few', type: 'string', text: '二つまで', repeats: true, extension: [most(2)] },
  { linkId: 'one', type: 'string', text: '一つだけ' },
  {
    linkId: 'rows',
    type: 'group',
    text: 'くり返し',
    repeats: true,
    extension: [most(2)],
    item: [{ linkId: 'cell', type: 'integer', text: '数' }],
  },
];
const form = formOf(...items);

const dropped: [what: string, body: Record<string, unknown>, answers: Record<string, string[]>][] = [
  ['a question that is not asked', { 'q.open': 'false', 'q.behind': 'x' }, { open: ['false'] }],
  ['a question that is not there', { 'q.nowhere': 'x', 'q.one': 'a' }, { one: ['a'] }],
  ['what the form fills in', { 'q.fixed': '99' }, {}],
  ['what is hidden', { 'q.unseen': 'y' }, {}],
  ['a row beyond a name', { 'q.cell~0': '1', 'q.cell~x': '1', 'q.cell~': '1' }, {}],
  ['a name of every object', { 'q.__proto__': 'x', 'q.constructor': 'x', 'q.toString': 'x' }, {}],
];
test.each(dropped)('an answer to %s is dropped without a word', (_, body, answers) => {
  const read = readAnswers(form, body);
  expect(read.issues).toEqual([]);
  expect(read.answers).toEqual({ ...answers, fixed: ['3'], unseen: ['x'] });
});

const faulty: [what: string, body: Record<string, unknown>, path: string, says: RegExp][] = [
  [
    'more answers than the question takes',
    { 'q.few': 'a', 'q.few;2': 'b', 'q.few;3': 'c' },
    'q.few',
    /2つまで/,
  ],
  ['two answers where one is asked', { 'q.one': ['a', 'b'] }, 'q.one', /一つだけ/],
  ['words where a yes or no is asked', { 'q.open': 'たぶん' }, 'q.open', /選択肢/],
  ['words in a row of figures', { 'rows.rows': '1', 'q.cell~1': 'いくつか' }, 'q.cell~1', /数字/],
  ['an object', { 'q.one': { a: 'b' } }, 'q.one', /読み取れません/],
];
test.each(faulty)('%s is said at its field, in the language in which it was asked', (_, body, path, says) => {
  const { issues } = readAnswers(form, body);
  expect(issues.map((one) => one.path)).toEqual([path]);
  expect(issues[0]?.says.ja).toMatch(says);
  expect(readAnswers(inTongue(form, 'ja-x-easy'), body).issues.map((one) => one.path)).toEqual([path]);
});

type Item = { linkId: string; answer?: object[]; item?: Item[] };
const stranger: [what: string, change: (all: Item[]) => void, says: RegExp][] = [
  [
    'a question that is not there',
    (all) => all.push({ linkId: 'nowhere', answer: [{ valueString: 'x' }] }),
    /no question "nowhere"/,
  ],
  [
    'a question that is not asked',
    (all) => all.push({ linkId: 'behind', answer: [{ valueString: 'x' }] }),
    /is not asked/,
  ],
  [
    'a figure of its own where the form says which',
    (all) =>
      ((all.find((one) => one.linkId === 'fixed') ?? all[0] ?? { linkId: '' }).answer = [
        { valueInteger: 9 },
      ]),
    /takes no other value/,
  ],
  [
    'words in place of a figure',
    (all) => all.push({ linkId: 'rows', item: [{ linkId: 'cell', answer: [{ valueString: '1' }] }] }),
    /is a valueInteger/,
  ],
  [
    'too many rows',
    (all) =>
      all.push(
        ...['1', '2', '3'].map((n) => ({
          linkId: 'rows',
          item: [{ linkId: 'cell', answer: [{ valueInteger: Number(n) }] }],
        })),
      ),
    /at most 2 times/,
  ],
  [
    'a question twice',
    (all) =>
      all.push(
        { linkId: 'one', answer: [{ valueString: 'a' }] },
        { linkId: 'one', answer: [{ valueString: 'b' }] },
      ),
    /stands here twice/,
  ],
  [
    'an answer on a group',
    (all) => all.push({ linkId: 'rows', answer: [{ valueString: 'x' }] }),
    /no question and takes no answer/,
  ],
];
test.each(stranger)('a program that sends %s is refused, naming it', (_, change, says) => {
  const { answers } = readAnswers(form, {});
  const response = toResponse(form, answers, {
    subject: { reference: 'Patient/0197a4de-0000-7000-8000-000000000001' },
    authored: '2026-11-20T10:00:00+09:00',
    status: 'completed',
    language: 'ja',
  });
  expect(checkResponse(form, response)).toEqual([]);
  change(response.item?.[0]?.item ?? []);
  const said = checkResponse(form, response);
  expect(said.map((one) => one.says.en).join('\n')).toMatch(says);
  for (const one of said) expect(one.path).toMatch(/^QuestionnaireResponse\./);
});
