import { expect, test } from '@jest/globals';
import { evaluate, unreadable } from '../../src/programs/fhirpath.ts';

const patient = {
  resourceType: 'Patient',
  birthDate: '1941-03-04',
  name: [{ use: 'official', family: '髙﨑', given: ['花子', '幸'] }],
};
const found = (expression: string) => evaluate(expression, {}, { patient }, '2026-11-27');

test.each([
  ['%patient.birthDate', ['1941-03-04']],
  ["%patient.name.where(use = 'official').given.first()", ['花子']],
  ["%patient.name.family & ' ' & %patient.name.given.first()", ['髙﨑 花子']],
  ['iif(%patient.birthDate < today() - 65 years, 1, 2)', [1]],
  ['(1 | 2 | 3).aggregate($this + $total, 0)', [6]],
  ['%patient.photo', []],
])('%s is found', (expression, expected) => {
  expect(found(expression)).toEqual({ found: expected });
});

test('today is the day that it is given', () => {
  expect(found('today()')).toEqual({ found: ['2026-11-27'] });
});

test.each([
  ['%patient.name.where(', 'syntax'],
  ['%nobody', 'failed'],
  ['nothingSuch()', 'failed'],
  ["'a'.toInteger(1, 2, 3)", 'failed'],
  ['(1).repeat($this + 1)', 'time'],
  [`'${'a'.repeat(60)}!'.matches('(a+)+$')`, 'time'],
  [`${'1 + '.repeat(900)}1`, 'syntax'],
])('%s comes to a precise end: %s', (expression, fault) => {
  expect(found(expression)).toEqual({ fault, because: expect.any(String) });
});

test('more results than anybody can use are not kept', () => {
  const many = Array.from({ length: 1001 }, (_, i) => i);
  expect(evaluate('%many', {}, { many }, '2026-11-27')).toEqual({
    fault: 'size',
    because: expect.any(String),
  });
});

test('an expression that cannot be read is known before anybody answers', () => {
  expect(unreadable('%patient.name.where(')).toMatch(/line: 1/);
  expect(unreadable('%patient.name')).toBeUndefined();
});

test('many endless expressions take no longer together than a few, and the next turn begins anew', async () => {
  await new Promise(setImmediate);
  const endless = Array.from({ length: 200 }, (_, i) => found(`(${String(i)}).repeat($this + 1)`));
  expect(endless.every((one) => 'fault' in one && one.fault === 'time')).toBe(true);
  const fine = "%patient.name.where(use = 'official').family";
  expect(found(fine)).toMatchObject({ fault: 'time' });
  await new Promise(setImmediate);
  expect(found(fine)).toEqual({ found: ['髙﨑'] });
});
