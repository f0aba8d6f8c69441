import type { QuestionnaireItem, QuestionnaireItemEnableWhen } from '@medplum/fhirtypes';
import { expect, test } from '@jest/globals';
import { makeValidator } from '../../src/fhir/validate.ts';
import {
  changeRows,
  checkResponse,
  fromResponse,
  readAnswers,
  toResponse,
  type Answers,
} from '../../src/intake/answers.ts';
import { readQuestionnaire } from '../../src/intake/form.ts';
import { visible } from '../../src/intake/visible.ts';
import { bound, codingOf, formOf, options, otherTypes } from './forms.ts';

const read = (body: Record<string, unknown>) => readAnswers(otherTypes, body);
const answering = {
  subject: { reference: 'Patient/0f6b5b0e-8f0e-4f0a-9d2a-000000000001' },
  authored: '2026-11-20T10:00:00+09:00',
  status: 'completed',
  language: 'ja',
} as const;

const good: [what: string, body: Record<string, unknown>, answers: Answers][] = [
  ['a decimal', { 'q.kilos': '５２．５０' }, { kilos: ['52.5'] }],
  ['a quantity with its unit', { 'q.weight': '52.25', 'q.weight-unit': 'kg' }, { weight: ['52.25 kg'] }],
  [
    'a day and a time',
    { 'q.moment-year': '2026', 'q.moment-month': '4', 'q.moment-day': '1', 'q.moment-time': '9:30' },
    { moment: ['2026-04-01T09:30:00+09:00'] },
  ],
  ['a time', { 'q.clock': '9:05' }, { clock: ['09:05:00'] }],
  [
    'an address',
    { 'q.link': 'https://kurashi.example.jp/a?b=c' },
    { link: ['https://kurashi.example.jp/a?b=c'] },
  ],
  ['a record', { 'q.body': 'Organization/o-1' }, { body: ['Organization/o-1'] }],
  ['an offered answer to an open choice', { 'q.open': 'b', 'q.open-other': '' }, { open: ['b'] }],
  [
    'another answer to an open choice',
    { 'q.open': '"', 'q.open-other': ' 庭いじり ' },
    { open: ['"庭いじり'] },
  ],
  ['words alone to an open choice', { 'q.open-other': '庭いじり' }, { open: ['"庭いじり'] }],
  ['both', { 'q.opens': ['a', '"'], 'q.opens-other': '釣り' }, { opens: ['a', '"釣り'] }],
  ['one of several texts', { 'q.texts': '赤い' }, { texts: ['赤い'] }],
  ['one of several figures', { 'q.figures': '2' }, { figures: ['2'] }],
  [
    'several lines',
    { 'q.lines': 'はな', 'q.lines;2': '', 'q.lines;3': 'たろう' },
    { lines: ['はな', 'たろう'] },
  ],
  [
    'several days',
    { 'q.days': '2026-04-01', 'q.days;2-year': '2026', 'q.days;2-month': '5', 'q.days;2-day': '2' },
    { days: ['2026-04-01', '2026-05-02'] },
  ],
  ['what fits a pattern', { 'q.code': 'AB123' }, { code: ['AB123'] }],
  [
    'groups in rows, each with its own condition',
    {
      'rows.pills': '2',
      'q.pill~1': 'しろ',
      'q.daily~1': 'true',
      'q.when~1': 'a',
      'q.pill~2': 'あか',
      'q.daily~2': 'false',
      'q.when~2': 'b',
    },
    { 'pill~1': ['しろ'], 'daily~1': ['true'], 'when~1': ['a'], 'pill~2': ['あか'], 'daily~2': ['false'] },
  ],
  [
    'an empty row nobody needs',
    { 'rows.pills': '2', 'q.pill~1': 'しろ', 'q.pill~2': '' },
    { 'pill~1': ['しろ'] },
  ],
  [
    'what stands below a question',
    { 'q.smokes': 'true', 'q.packs': '2' },
    { smokes: ['true'], packs: ['2'] },
  ],
];
test.each(good)('%s is taken, kept as FHIR and read again', (_, body, answers) => {
  expect(read(body)).toEqual({ answers, issues: [] });
  const response = toResponse(otherTypes, answers, answering);
  expect(makeValidator()(response)).toEqual([]);
  expect(checkResponse(otherTypes, response)).toEqual([]);
  expect(fromResponse(otherTypes, response)).toEqual(answers);
});

const bad: [what: string, body: Record<string, unknown>, field: string, says: RegExp][] = [
  ['a decimal too exact', { 'q.kilos': '52.55' }, 'q.kilos', /小数点以下1桁まで/],
  ['a decimal too small', { 'q.kilos': '0.4' }, 'q.kilos', /0.5以上/],
  ['a quantity without a unit', { 'q.weight': '52' }, 'q.weight', /単位を選んで/],
  [
    'a quantity in a unit of its own',
    { 'q.weight': '52', 'q.weight-unit': 'stone' },
    'q.weight',
    /単位を選んで/,
  ],
  [
    'a day without a time',
    { 'q.moment-year': '2026', 'q.moment-month': '4', 'q.moment-day': '1' },
    'q.moment',
    /時刻/,
  ],
  ['an hour that is none', { 'q.clock': '25:00' }, 'q.clock', /9:30 のように/],
  ['a time too late', { 'q.clock': '21:01' }, 'q.clock', /21:00:00までの時刻/],
  ['words as an address', { 'q.link': 'javascript:alert(1)' }, 'q.link', /https/],
  ['words as a record', { 'q.body': 'あの病院' }, 'q.body', /Organization/],
  ['a text that is not offered', { 'q.texts': '緑' }, 'q.texts', /選択肢/],
  [
    'too many lines',
    { 'q.lines': 'a', 'q.lines;2': 'b', 'q.lines;3': 'c', 'q.lines;4': 'd' },
    'q.lines',
    /3つまで/,
  ],
  ['what does not fit a pattern', { 'q.code': 'ab123' }, 'q.code', /決められた形/],
  ['what is too short', { 'q.code': 'AB12' }, 'q.code', /5文字以上/],
  ['a row begun without its name', { 'rows.pills': '1', 'q.daily~1': 'true' }, 'q.pill~1', /答えて/],
];
test.each(bad)('%s is an issue at its field, in both languages', (_, body, field, says) => {
  expect(read(body).issues).toEqual([
    {
      path: field,
      says: expect.objectContaining({ ja: expect.stringMatching(says), en: expect.any(String) }),
    },
  ]);
});

type When = Omit<QuestionnaireItemEnableWhen, 'question' | 'operator'>;
/** Of each kind: a smaller and a larger answer, and how a condition names the larger. */
const kinds: [item: QuestionnaireItem, smaller: string, larger: string, when: When, ordered: boolean][] = [
  [{ linkId: 'x', type: 'boolean' }, 'false', 'true', { answerBoolean: true }, false],
  [{ linkId: 'x', type: 'integer' }, '9', '10', { answerInteger: 10 }, true],
  [{ linkId: 'x', type: 'decimal' }, '9.5', '10.25', { answerDecimal: 10.25 }, true],
  [{ linkId: 'x', type: 'date' }, '2026-03-31', '2026-04-01', { answerDate: '2026-04-01' }, true],
  [
    { linkId: 'x', type: 'dateTime' },
    '2026-04-01T00:30:00+09:00',
    '2026-04-01T09:30:00+09:00',
    { answerDateTime: '2026-04-01T00:30:00Z' },
    true,
  ],
  [{ linkId: 'x', type: 'time' }, '09:00:00', '10:00:00', { answerTime: '10:00:00' }, true],
  [{ linkId: 'x', type: 'string' }, 'a', 'b', { answerString: 'b' }, false],
  [{ linkId: 'x', type: 'text' }, 'a', 'b', { answerString: 'b' }, false],
  [{ linkId: 'x', type: 'url' }, 'urn:a', 'urn:b', { answerString: 'urn:b' }, false],
  [
    { linkId: 'x', type: 'choice', answerOption: options('a', 'b') },
    'a',
    'b',
    { answerCoding: codingOf('b') },
    false,
  ],
  [{ linkId: 'x', type: 'open-choice', answerOption: options('a') }, 'a', '"b', { answerString: 'b' }, false],
  [
    {
      linkId: 'x',
      type: 'quantity',
      extension: [bound('questionnaire-unit', { valueCoding: { code: 'kg' } })],
    },
    '9 kg',
    '10 kg',
    { answerQuantity: { value: 10, code: 'kg' } },
    true,
  ],
  [
    { linkId: 'x', type: 'reference' },
    'Patient/a',
    'Patient/b',
    { answerReference: { reference: 'Patient/b' } },
    false,
  ],
];
const orders = { '>': [false, false], '<': [true, false], '>=': [false, true], '<=': [true, true] } as const;
const cases = kinds.flatMap(([item, smaller, larger, when, ordered]) => {
  const of = (operator: QuestionnaireItemEnableWhen['operator'], given: string[], shown: boolean) =>
    [item.type, operator, given, shown, item, when] as const;
  return [
    of('=', [larger], true),
    of('=', [smaller], false),
    of('=', [], false),
    of('!=', [larger], false),
    of('!=', [smaller], true),
    of('!=', [], true),
    of('exists', [smaller], true),
    of('exists', [], false),
    ...(ordered
      ? Object.entries(orders).flatMap(([operator, [ofSmaller, ofLarger]]) => [
          of(operator as '>', [smaller], ofSmaller),
          of(operator as '>', [larger], ofLarger),
          of(operator as '>', [], false),
        ])
      : []),
  ];
});
test.each(cases)('an answer of type %s: %s holds for %j: %s', (_type, operator, given, shown, item, when) => {
  const condition = operator === 'exists' ? { answerBoolean: true } : when;
  const then: QuestionnaireItem = {
    linkId: 'then',
    type: 'string',
    enableWhen: [{ question: 'x', operator, ...condition }],
  };
  const model = readQuestionnaire(formOf(item, then), 'ja');
  expect(visible(model, { x: given }).has('then')).toBe(shown);
});

test('quantities of different units are not the one larger than the other', () => {
  const asked: QuestionnaireItem = { linkId: 'x', type: 'quantity' };
  const then: QuestionnaireItem = {
    linkId: 'then',
    type: 'string',
    enableWhen: [{ question: 'x', operator: '>', answerQuantity: { value: 1, code: 'kg' } }],
  };
  expect(visible(readQuestionnaire(formOf(asked, then), 'ja'), { x: ['900 g'] }).has('then')).toBe(false);
});

test('a row is added, and one is taken away with its answers, the others moving up', () => {
  const body = { 'rows.pills': '2', 'q.pill~1': 'しろ', 'q.pill~2': 'あか', 'q.daily~2': 'true' };
  const more = changeRows(otherTypes, { ...body, _row: 'add:pills' });
  expect(more?.answers['pills~rows']).toEqual(['3']);
  const less = changeRows(otherTypes, { ...body, _row: 'remove:pills~1' });
  expect(less?.answers).toMatchObject({ 'pill~1': ['あか'], 'daily~1': ['true'], 'pills~rows': ['1'] });
  expect(less?.answers['pill~2']).toBeUndefined();
  expect(changeRows(otherTypes, { ...body, _row: 'more:lines' })?.typed).toMatchObject({ 'q.lines;2': '' });
  expect(changeRows(otherTypes, body)).toBeUndefined();
});

const group = (answers: Answers) => toResponse(otherTypes, answers, answering).item?.[0]?.item ?? [];
const faulty: [what: string, item: ReturnType<typeof group>, path: RegExp, says: RegExp][] = [
  [
    'four rows where three are taken',
    ['a', 'b', 'c', 'd'].flatMap((one) => group({ 'pill~1': [one] })),
    /where\(linkId='pills'\)/,
    /at most 3 times/,
  ],
  [
    'a question twice',
    [...group({ kilos: ['1'] }), ...group({ kilos: ['2'] })],
    /item\[1\]\.linkId/,
    /twice/,
  ],
  [
    'a text where a code is offered',
    [{ linkId: 'open', answer: [{ valueInteger: 1 }] }],
    /valueInteger/,
    /is a valueCoding/,
  ],
  [
    'a unit that is not offered',
    [{ linkId: 'weight', answer: [{ valueQuantity: { value: 1, code: 't' } }] }],
    /valueQuantity/,
    /unit/,
  ],
];
test.each(faulty)('a response with %s is refused, at its place', (_, item, path, says) => {
  const response = { ...toResponse(otherTypes, {}, answering), item: [{ linkId: 'g', item }] };
  const [issue] = checkResponse(otherTypes, response);
  expect(issue).toEqual({
    path: expect.stringMatching(path),
    says: { ja: expect.any(String), en: expect.stringMatching(says) },
  });
});

test('what the form fills in by itself takes no other value, from a page or from a record', () => {
  const form = formOf({
    linkId: 'fixed',
    type: 'integer',
    text: '点',
    readOnly: true,
    initial: [{ valueInteger: 3 }],
  });
  expect(readAnswers(form, { 'q.fixed': '99' })).toEqual({ answers: { fixed: ['3'] }, issues: [] });
  const response = { ...toResponse(form, { fixed: ['99'] }, answering) };
  expect(checkResponse(form, response).map((one) => one.says.en)).toEqual([
    expect.stringMatching(/takes no other value/),
  ]);
});
