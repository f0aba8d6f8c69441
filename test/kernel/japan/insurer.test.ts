import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { asInsurerNumber, checkInsurerNumber, withCheckDigit } from '../../../src/kernel/japan/insurer.ts';

test('published numbers of insurers check: a ward of Tokyo (6 digits) and a branch of the health association (8)', () => {
  expect(checkInsurerNumber('138016')).toBe(true);
  expect(checkInsurerNumber('01130012')).toBe(true);
  expect(checkInsurerNumber('01130013')).toBe(false);
});

test.each([['1234567'], ['123456789'], ['0113001a'], [''], ['０１１３００１２']])(
  '%j is no insurer number',
  (given) => {
    expect(checkInsurerNumber(given)).toBe(false);
  },
);

test('one wrong digit is always noticed, wherever it is', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 9_999_999 }),
      fc.integer({ min: 0, max: 7 }),
      fc.integer({ min: 1, max: 9 }),
      (n, at, by) => {
        const right = withCheckDigit(String(n).padStart(7, '0'));
        expect(checkInsurerNumber(right)).toBe(true);
        const wrong = `${right.slice(0, at)}${String((Number(right[at]) + by) % 10)}${right.slice(at + 1)}`;
        expect(checkInsurerNumber(wrong)).toBe(false);
      },
    ),
  );
});

test('a number is read as it is typed and filled to eight digits', () => {
  expect(asInsurerNumber('１３８０１６')).toBe('00138016');
  expect(asInsurerNumber(' 0113-0012 ')).toBe('01130012');
  expect(asInsurerNumber('138017')).toBeUndefined();
});
