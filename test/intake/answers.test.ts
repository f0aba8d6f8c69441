import { expect, test } from '@jest/globals';
import { checkAnswers, readAnswers } from '../../src/intake/answers.ts';
import { akita, everyType, formOf, options } from './forms.ts';

const read = (body: Record<string, unknown>) => readAnswers(everyType, body);

const good: [what: string, body: Record<string, unknown>, linkId: string, answer: string[]][] = [
  ['a yes', { 'q.yesno': 'true' }, 'yesno', ['true']],
  ['a no', { 'q.yesno': 'false' }, 'yesno', ['false']],
  ['one of several', { 'q.one': 'b' }, 'one', ['b']],
  ['one ticked box', { 'q.many': 'a' }, 'many', ['a']],
  ['several ticked boxes', { 'q.many': ['a', 'c'] }, 'many', ['a', 'c']],
  ['a box sent twice', { 'q.many': ['a', 'a'] }, 'many', ['a']],
  ['“none of these” alone', { 'q.many': 'none' }, 'many', ['none']],
  ['a figure', { 'q.figure': ' 7 ' }, 'figure', ['7']],
  ['a figure in full width', { 'q.figure': '０３' }, 'figure', ['3']],
  ['nothing below zero', { 'q.figure': '-0' }, 'figure', ['0']],
  ['a whole day', { 'q.day': '2026-02-28' }, 'day', ['2026-02-28']],
  ['a day in parts', { 'q.day-year': '2026', 'q.day-month': '4', 'q.day-day': '１' }, 'day', ['2026-04-01']],
  [
    'a day of an era',
    { 'q.day-era': 'reiwa', 'q.day-year': '8', 'q.day-month': '11', 'q.day-day': '3' },
    'day',
    ['2026-11-03'],
  ],
  ['a short line', { 'q.line': '　花が好き ' }, 'line', ['花が好き']],
  ['ten rare characters', { 'q.line': '𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷' }, 'line', ['𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷']],
  ['text of several lines', { 'q.words': '雪かき\r\nごみ出し' }, 'words', ['雪かき\nごみ出し']],
];
test.each(good)('%s is taken', (_, body, linkId, answer) => {
  expect(read(body)).toEqual({ answers: { [linkId]: answer }, issues: [] });
});

const bad: [what: string, body: Record<string, unknown>, field: string, says: RegExp][] = [
  ['a perhaps', { 'q.yesno': 'perhaps' }, 'q.yesno', /「はいかいいえか」は、選択肢の中から/],
  ['an option that is not offered', { 'q.one': 'z' }, 'q.one', /「どれか」は、選択肢の中から/],
  ['two answers where one is asked', { 'q.one': ['a', 'b'] }, 'q.one', /一つだけ/],
  ['a box that is not offered', { 'q.many': ['a', 'z'] }, 'q.many', /選択肢の中から/],
  ['“none of these” beside another box', { 'q.many': ['a', 'none'] }, 'q.many', /「noneと」とほかの答え/],
  ['a figure too large', { 'q.figure': '8' }, 'q.figure', /「いくつ」には、0から7までの数字/],
  ['a figure below zero', { 'q.figure': '-1' }, 'q.figure', /0から7まで/],
  ['a figure in words', { 'q.figure': '三' }, 'q.figure', /数字/],
  ['half a figure', { 'q.figure': '1.5' }, 'q.figure', /数字/],
  ['an endless figure', { 'q.figure': '9'.repeat(400) }, 'q.figure', /数字/],
  ['a day that does not exist', { 'q.day': '2026-02-30' }, 'q.day', /そのような日はありません/],
  ['half a day', { 'q.day-year': '2026', 'q.day-month': '', 'q.day-day': '' }, 'q.day', /年・月・日とも/],
  ['a day too late', { 'q.day': '2031-01-01' }, 'q.day', /2020-01-01から2030-12-31まで/],
  ['a line too long', { 'q.line': 'あ'.repeat(11) }, 'q.line', /10文字まで/],
  ['a line with a break', { 'q.line': 'a\nb' }, 'q.line', /1行/],
  ['text of 2,001 characters', { 'q.words': 'あ'.repeat(2001) }, 'q.words', /2000文字まで/],
  ['an invisible character', { 'q.words': 'a\u0000b' }, 'q.words', /制御文字/],
  ['half a character', { 'q.words': 'a\uD800' }, 'q.words', /制御文字/],
  ['something nested', { 'q.words': { a: 'b' } }, 'q.words', /読み取れませんでした/],
  ['a list of things that are no text', { 'q.many': ['a', { b: 1 }] }, 'q.many', /読み取れませんでした/],
];
test.each(bad)('%s is an issue at its field, in both languages', (_, body, field, says) => {
  const { issues } = read(body);
  expect(issues).toEqual([
    {
      path: field,
      says: expect.objectContaining({ ja: expect.stringMatching(says), en: expect.any(String) }),
    },
  ]);
  expect(issues[0]?.says.en).not.toMatch(/undefined|\[object/);
});

test('nothing at all, and fields nobody asked about, are no answers', () => {
  for (const body of [undefined, null, 'q.one=a', { 'q.unknown': 'x', __proto__: null, 'q.one': '' }])
    expect(readAnswers(everyType, body)).toEqual({ answers: {}, issues: [] });
});

test('all problems come at once, in the order of the form', () => {
  const { issues } = readAnswers(akita.screening, { 'q.out.days': '9' });
  expect(issues.map((one) => one.path)).toEqual([
    'q.living.with',
    'q.living.talk',
    'q.money.month-end',
    'q.out.days',
    'q.care.giving',
    'q.child.raising',
  ]);
});

const followed = formOf(
  { linkId: 'has', type: 'boolean', text: 'ありますか', required: true },
  {
    linkId: 'what',
    type: 'choice',
    text: 'どれですか',
    required: true,
    answerOption: options('a', 'b'),
    enableWhen: [{ question: 'has', operator: '=', answerBoolean: true }],
  },
);

test('what follows from a yes is required after a yes, and dropped in silence after a no', () => {
  expect(readAnswers(followed, { 'q.has': 'true' }).issues.map((one) => one.path)).toEqual(['q.what']);
  expect(readAnswers(followed, { 'q.has': 'false', 'q.what': 'nonsense' })).toEqual({
    answers: { has: ['false'] },
    issues: [],
  });
});

test('on the tablet one page is read at a time, and the pages before it stay', () => {
  const before = { 'living.with': ['alone'], 'living.talk': ['no-day'] };
  const { answers, issues } = readAnswers(
    akita.screening,
    { 'q.money.month-end': 'often', 'q.money.which': ['rent', 'medical'], 'q.living.with': 'family' },
    { section: 'means', before },
  );
  expect(issues).toEqual([]);
  expect(answers).toEqual({ ...before, 'money.month-end': ['often'], 'money.which': ['rent', 'medical'] });
});

test('whoever goes back a page and takes an answer back takes back what followed from it', () => {
  const before = {
    'living.with': ['alone'],
    'living.talk': ['no-day'],
    'living.kin': ['false'],
    'care.giving': ['false'],
  };
  const { answers } = readAnswers(
    akita.screening,
    { 'q.living.with': 'family', 'q.living.talk': 'most-days', 'q.living.kin': 'false' },
    { section: 'living', before },
  );
  expect(answers).toEqual({
    'living.with': ['family'],
    'living.talk': ['most-days'],
    'care.giving': ['false'],
  });
});

test('a page that does not exist is not found', () => {
  expect(() => readAnswers(akita.screening, {}, { section: 'nowhere', before: {} })).toThrow('not-found');
});

test('answers collected page by page are checked as a whole before they are sent', () => {
  const answers = {
    'living.with': ['alone'],
    'living.talk': ['no-day'],
    'money.month-end': ['never'],
    'out.days': ['9'],
  };
  expect(checkAnswers(akita.screening, answers).map((one) => one.path)).toEqual([
    'q.out.days',
    'q.care.giving',
    'q.child.raising',
  ]);
});
