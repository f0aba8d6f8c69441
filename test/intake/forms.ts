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

const standard = 'http://hl7.org/fhir/StructureDefinition';
export const bound = (name: string, value: object) => ({ url: `${standard}/${name}`, ...value });
const unit = (code: string) =>
  bound('questionnaire-unitOption', {
    valueCoding: { system: 'http://unitsofmeasure.org', code, display: code },
  });

/** What instruments made elsewhere ask besides: every other kind of question, alone and several times, and groups in rows. */
export const otherTypes = formOf(
  {
    linkId: 'kilos',
    type: 'decimal',
    text: '何キロ',
    extension: [bound('maxDecimalPlaces', { valueInteger: 1 }), bound('minValue', { valueDecimal: 0.5 })],
  },
  { linkId: 'weight', type: 'quantity', text: '体重', extension: [unit('kg'), unit('g')] },
  { linkId: 'moment', type: 'dateTime', text: 'いつ何時' },
  { linkId: 'clock', type: 'time', text: '何時', extension: [bound('maxValue', { valueTime: '21:00:00' })] },
  { linkId: 'link', type: 'url', text: 'どのページ' },
  { linkId: 'body', type: 'reference', text: 'どの機関' },
  { linkId: 'open', type: 'open-choice', text: 'どれかほか', answerOption: options('a', 'b') },
  {
    linkId: 'opens',
    type: 'open-choice',
    text: 'いくつでもほか',
    repeats: true,
    answerOption: options('a', 'b'),
  },
  {
    linkId: 'texts',
    type: 'choice',
    text: '言葉から',
    answerOption: [{ valueString: '青い' }, { valueString: '赤い' }],
  },
  {
    linkId: 'figures',
    type: 'choice',
    text: '数から',
    answerOption: [{ valueInteger: 1 }, { valueInteger: 2 }],
  },
  {
    linkId: 'lines',
    type: 'string',
    text: '名前をいくつでも',
    repeats: true,
    extension: [bound('questionnaire-maxOccurs', { valueInteger: 3 })],
  },
  { linkId: 'days', type: 'date', text: '日をいくつでも', repeats: true },
  {
    linkId: 'code',
    type: 'string',
    text: '番号',
    extension: [bound('regex', { valueString: '[A-Z]{2}[0-9]{3}' }), bound('minLength', { valueInteger: 5 })],
  },
  {
    linkId: 'pills',
    type: 'group',
    text: '薬',
    repeats: true,
    extension: [bound('questionnaire-maxOccurs', { valueInteger: 3 })],
    item: [
      { linkId: 'pill', type: 'string', text: '薬の名前', required: true },
      { linkId: 'daily', type: 'boolean', text: '毎日ですか' },
      {
        linkId: 'when',
        type: 'choice',
        text: 'いつですか',
        answerOption: options('a', 'b'),
        enableWhen: [{ question: 'daily', operator: '=', answerBoolean: true }],
      },
    ],
  },
  {
    linkId: 'smokes',
    type: 'boolean',
    text: '吸いますか',
    item: [{ linkId: 'packs', type: 'integer', text: '何箱' }],
  },
);
