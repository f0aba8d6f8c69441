import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Exact, readJson, writeJson } from '../../src/kernel/exact-json.ts';

const numbers = [
  '1.10', '0.0', '-0', '-0.0', '1.0', '100', '5', '-3.25', '1e3', '1E-7', '0.0000001', '1e400', '12345678901234567890',
  '123456789.123456789', '0.1234567890123456789', '3.14', '1e-7',
]; // prettier-ignore

test.each(numbers)('%s is read and written as it was', (number) => {
  const text = `{"a":[${number},{"b":${number}}],"c":"${number},","d":${number}}`;
  expect(writeJson(readJson(text))).toBe(text);
});

test('it reckons and compares as the number that it is', () => {
  const value = (readJson('{"a":1.10}') as { a: Exact }).a;
  expect(value).toBeInstanceOf(Exact);
  expect(Number(value) + 1).toBeCloseTo(2.1);
  expect(value > (1 as unknown as Exact)).toBe(true);
  expect(String(value)).toBe('1.10');
});

test('a number that JavaScript holds as it was written stays a plain one', () => {
  expect(readJson('{"a":[1.5,2.50]}')).toEqual({ a: [1.5, new Exact('2.50')] });
});

test('texts stay as they are, whatever they look like', () => {
  for (const text of ['1.10,', '\\"1.10,', 'a\\\\', String.raw`\u0000`, '1.10}', '価格は1.10, です', '']) {
    const json = JSON.stringify({ text, n: 0 }).replace(/0}$/, '1.10}');
    expect(writeJson(readJson(json))).toBe(json);
  }
});

test('a text that begins like our own mark for a number is no number', () => {
  const json = `{"a":"\\u0000#1.10","b":1.10}`;
  expect(readJson(json)).toEqual({ a: '\u0000#1.10', b: 1.1 });
});

test('what JSON.parse refuses is refused, and what it takes comes out alike', () => {
  expect(() => readJson('{"a":01.10}')).toThrow(SyntaxError);
  expect(() => readJson('{"a":1.10,}')).toThrow(SyntaxError);
  fc.assert(
    fc.property(fc.json({ maxDepth: 5 }), (json) => {
      expect(JSON.parse(writeJson(readJson(json)))).toEqual(JSON.parse(json));
    }),
  );
});

test('any decimal keeps its precision', () => {
  const decimal = fc
    .tuple(fc.integer(), fc.stringMatching(/^[0-9]{1,20}$/))
    .map(([whole, part]) => `${String(whole)}.${part}`);
  fc.assert(
    fc.property(decimal, fc.string(), (number, text) => {
      const json = `{"t":${JSON.stringify(text.replaceAll('\u0000', ''))},"n":${number}}`;
      expect(writeJson(readJson(json))).toBe(json);
    }),
  );
});

test('a scan of some megabytes and a deep nest are read', () => {
  const big = `{"data":"${'A'.repeat(5_000_000)}","n":1.10}`;
  expect(writeJson(readJson(big))).toBe(big);
  expect(() => readJson(`${'['.repeat(5000)}1.10${']'.repeat(5000)}`)).not.toThrow();
});

test('a key called __proto__ is a key', () => {
  const read = readJson('{"__proto__":{"admin":1.10}}') as object;
  expect(Object.keys(read)).toEqual(['__proto__']);
  expect('admin' in read).toBe(false);
});
