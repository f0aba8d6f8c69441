import type { Questionnaire, QuestionnaireItem } from '@medplum/fhirtypes';
import { loadPrograms } from '../../src/programs/load.ts';
import type { Program } from '../../src/programs/program.ts';

export const [akita] = (await loadPrograms('forms')) as [Program];

const system = 'https://tsunagi.example/fhir/CodeSystem/test';
export const limit = (name: 'minValue' | 'maxValue', value: number | string) => ({
  url: `http://hl7.org/fhir/StructureDefinition/${name}`,
  ...(typeof value === 'number' ? { valueInteger: value } : { valueDate: value }),
});
const exclusive = [
  { url: 'http://hl7.org/fhir/StructureDefinition/questionnaire-optionExclusive', valueBoolean: true },
];
export const options = (...codes: string[]) =>
  codes.map((code) => ({
    ...(code === 'none' ? { extension: exclusive } : {}),
    valueCoding: { system, code, display: `${code}と` },
  }));
export const codingOf = (code: string) => ({ system, code });

/** A form of one group with these questions. */
export const formOf = (...item: QuestionnaireItem[]): Questionnaire => ({
  resourceType: 'Questionnaire',
  status: 'active',
  url: 'https://tsunagi.example/fhir/Questionnaire/test-screening',
  version: '1.0.0',
  title: 'ためし',
  item: [{ linkId: 'g', type: 'group', text: 'まとまり', item }],
});

/** One question of each type, none of them required. */
export const everyType = formOf(
  { linkId: 'yesno', type: 'boolean', text: 'はいかいいえか' },
  { linkId: 'one', type: 'choice', text: 'どれか', answerOption: options('a', 'b') },
  {
    linkId: 'many',
    type: 'choice',
    text: 'どれでも',
    repeats: true,
    answerOption: options('a', 'b', 'c', 'none'),
  },
  {
    linkId: 'figure',
    type: 'integer',
    text: 'いくつ',
    extension: [limit('minValue', 0), limit('maxValue', 7)],
  },
  {
    linkId: 'day',
    type: 'date',
    text: 'いつ',
    extension: [limit('minValue', '2020-01-01'), limit('maxValue', '2030-12-31')],
  },
  { linkId: 'line', type: 'string', text: 'ひとこと', maxLength: 10 },
  { linkId: 'words', type: 'text', text: '自由に' },
);
