import { expect, test } from '@jest/globals';
import { z } from 'zod';
import {
  choice,
  choices,
  dateField,
  formAgain,
  optionalChoice,
  optionalDate,
  optionalNumber,
  optionalText,
  readForm,
  says,
  textField,
  tick,
  wholeNumber,
} from '../../src/web/form.tsx';

const Form = z.object({
  name: textField({ max: 10, required: { ja: '氏名を入力してください。', en: 'Please enter a name.' } }),
  note: optionalText(5),
  sex: choice(['female', 'male', 'unsaid']),
  worries: choices(['money', 'meals'], { ja: '一つ以上選んでください。', en: 'Please choose.' }),
  born: dateField(),
  moved: optionalDate(),
  size: wholeNumber(1, 20),
  rooms: optionalNumber(0, 20),
  city: optionalChoice(['akita', 'noshiro']),
  agreed: tick({ ja: '確認してください。', en: 'Please confirm.' }),
});

const good = {
  _csrf: 'token',
  _once: 'key',
  name: '　高橋 はな ',
  note: '',
  sex: 'female',
  worries: 'money',
  'born-era': 'showa',
  'born-year': '１６',
  'born-month': '3',
  'born-day': '4',
  size: '２',
  rooms: '',
  city: '',
  agreed: 'yes',
  somethingElse: 'dropped',
};

const issuesOf = (body: unknown) => {
  const read = readForm(Form, body);
  return read.ok ? {} : Object.fromEntries(read.state.issues.map((one) => [one.path, one.says]));
};

test('a good form becomes data: trimmed, dates joined, figures read, empty answers left out', () => {
  expect(readForm(Form, good)).toEqual({
    ok: true,
    data: { name: '高橋 はな', sex: 'female', worries: ['money'], born: '1941-03-04', size: 2, agreed: true },
  });
});

test('a form that arrives empty says everything that is missing at once, in the order of the fields', () => {
  for (const body of [undefined, null, 'text', [], {}]) {
    const read = readForm(Form, body);
    expect(read.ok ? [] : read.state.issues.map((one) => one.path)).toEqual([
      'name',
      'sex',
      'worries',
      'born',
      'size',
      'agreed',
    ]);
  }
});

test('a wrong form keeps every typed value and has each problem in both languages', () => {
  const body = {
    ...good,
    name: 'あ'.repeat(11),
    sex: 'other',
    'born-day': '31',
    'born-month': '2',
    size: '99',
  };
  const read = readForm(Form, body);
  if (read.ok) throw new Error('should be refused');
  expect(read.state.values).toMatchObject({
    name: 'あ'.repeat(11),
    sex: 'other',
    'born-day': '31',
    size: '99',
  });
  expect(read.state.values).not.toHaveProperty('_csrf');
  expect(read.state.values).not.toHaveProperty('_once');
  for (const { says: sentence } of read.state.issues) {
    expect(sentence.ja).toMatch(/。$/);
    expect(sentence.en).toMatch(/\.$/);
  }
  expect(issuesOf(body)).toMatchObject({
    name: { ja: '10文字までで入力してください。' },
    sex: { ja: '選択肢の中から選び直してください。' },
    born: { ja: 'その日付はありません。年・月・日を確かめてください。' },
    size: { ja: '1から20までの整数を入力してください。' },
  });
});

test('a field says its own sentence when it has one', () => {
  expect(issuesOf({ ...good, name: '   ' })['name']).toEqual({
    ja: '氏名を入力してください。',
    en: 'Please enter a name.',
  });
  const Own = z.object({ kana: z.string().regex(/^[ァ-ー ]+$/, says('カタカナで。', 'In katakana.')) });
  const read = readForm(Own, { kana: '高橋' });
  expect(read.ok ? [] : read.state.issues).toEqual([
    { path: 'kana', says: { ja: 'カタカナで。', en: 'In katakana.' } },
  ]);
});

test("a fault found by zod itself is said in our words, never in the library's English", () => {
  const Plain = z.object({
    a: z.string(),
    b: z.string().max(2),
    c: z.enum(['x']),
    d: z.email(),
    e: z.string().min(1),
  });
  const read = readForm(Plain, { b: 'xxx', c: 'y', d: 'nobody', e: '' });
  const issues = read.ok ? [] : read.state.issues;
  expect(issues.map((one) => one.path)).toEqual(['a', 'b', 'c', 'd', 'e']);
  for (const one of issues) expect(one.says.ja).toMatch(/[ぁ-ん]/);
});

test('control characters are refused and taken out of what is shown again, line breaks stay', () => {
  expect(issuesOf({ ...good, name: '高橋\u0000' })).toEqual({
    name: expect.objectContaining({ ja: expect.stringContaining('使えない文字') }),
  });
  const read = readForm(Form, { ...good, name: '高\u0007橋', unknown: '\u001b[31m' });
  expect(read.ok ? {} : read.state.values).toMatchObject({ name: '高橋', unknown: '[31m' });
  expect(readForm(Form, { ...good, note: 'a\r\nb' })).toMatchObject({ ok: true, data: { note: 'a\nb' } });
});

test('names that are special in JavaScript and values that are no text do no harm', () => {
  const body = JSON.parse(
    '{"__proto__": "x", "constructor": "y", "name": {"$ne": 1}, "sex": [{"a": 1}]}',
  ) as unknown;
  const read = readForm(Form, body);
  expect(read.ok).toBe(false);
  expect(issuesOf(body)).toHaveProperty('name');
  expect(({} as Record<string, unknown>)['x']).toBeUndefined();
});

test('rare kanji count as one character each', () => {
  expect(readForm(z.object({ name: textField({ max: 2 }) }), { name: '𠮷𠮷' }).ok).toBe(true);
});

test('a service that refuses gets the form shown again with what was typed', () => {
  const issues = [{ path: 'name', says: { ja: '登録済みです。', en: 'Already there.' } }];
  expect(formAgain({ ...good, _csrf: 'token' }, issues)).toMatchObject({ values: { sex: 'female' }, issues });
});
