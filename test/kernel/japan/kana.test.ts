import { expect, test } from '@jest/globals';
import { asStored, isKana, searchKey, toKatakana } from '../../../src/kernel/japan/kana.ts';

test.each([
  ['たかさき はなこ'],
  ['タカサキ　ハナコ'],
  ['ﾀｶｻｷ ﾊﾅｺ'],
  ['らーめん'],
  ['マリア・サントス'],
  ['ヴァン'],
])('%s is a name in kana', (name) => {
  expect(isKana(name)).toBe(true);
});

test.each([['髙﨑 花子'], ['Takasaki'], ['タカサキ2'], [''], [' '], ['ー'], ['タカサキ（旧姓）']])(
  '%j is no name in kana',
  (name) => {
    expect(isKana(name)).toBe(false);
  },
);

test('a kana name is kept in full-width katakana with one space between its parts', () => {
  expect(asStored('  ﾀｶｻｷ　 はなこ ')).toBe('タカサキ ハナコ');
  expect(asStored('がっぷり')).toBe('ガップリ');
  expect(asStored('ｶﾞｯﾊﾟﾘ')).toBe('ガッパリ');
});

test('keeping a name does not change its kanji, not even the ones that have a plainer twin', () => {
  expect(asStored('\uFA19谷')).toBe('\uFA19谷');
  expect(toKatakana('髙﨑𠮷 ABC')).toBe('髙﨑𠮷 ABC');
});

test('a person is found whatever the width, the kind of kana or the spaces that were typed', () => {
  const keys = ['たかさき はなこ', 'タカサキ　ハナコ', 'ﾀｶｻｷﾊﾅｺ', 'タカサキハナコ'].map(searchKey);
  expect(new Set(keys)).toEqual(new Set(['タカサキハナコ']));
  expect(searchKey('ｓａｎｔｏｓ Maria')).toBe('santosmaria');
  expect(searchKey('神\u{E0100}谷')).toBe('神谷');
});
