import { expect, test } from '@jest/globals';
import { readSearch } from '../../src/people/search.ts';

test.each([
  ['さとう はな', { words: ['さとう', 'はな'], digits: undefined, birthDate: undefined }],
  ['佐藤', { words: ['佐藤'], digits: undefined, birthDate: undefined }],
  ['090-0000-1234', { words: [], digits: '09000001234', birthDate: undefined }],
  ['1234', { words: [], digits: '1234', birthDate: undefined }],
  ['１２３４', { words: [], digits: '1234', birthDate: undefined }],
  ['1941-03-04', { words: [], digits: '19410304', birthDate: '1941-03-04' }],
  ['1941年3月4日', { words: [], digits: undefined, birthDate: '1941-03-04' }],
  ['19410304', { words: [], digits: '19410304', birthDate: '1941-03-04' }],
  ['昭和16年3月4日', { words: [], digits: undefined, birthDate: '1941-03-04' }],
  ['S16.3.4', { words: [], digits: undefined, birthDate: '1941-03-04' }],
  ['平成元年2月1日', { words: [], digits: undefined, birthDate: '1989-02-01' }],
])('what a receptionist types, %s, is understood', (typed, understood) => {
  expect(readSearch(typed)).toEqual(understood);
});

test('an empty box searches for nobody, and a day that does not exist is no birth date', () => {
  expect(readSearch('  ')).toBeUndefined();
  expect(readSearch('1941年2月30日')?.birthDate).toBeUndefined();
});
