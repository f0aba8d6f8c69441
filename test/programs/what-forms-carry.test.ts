import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { makeValidator } from '../../src/fhir/validate.ts';
import { readAnswers } from '../../src/intake/answers.ts';
import { begin } from '../../src/intake/begin.ts';
import { questionsIn, readQuestionnaire } from '../../src/intake/form.ts';
import { readProgram } from '../../src/programs/load.ts';
import type { Program } from '../../src/programs/program.ts';

const standard = 'http://hl7.org/fhir/StructureDefinition';
const sdc = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire';
const translated = (content: string) => ({
  extension: ['en', 'ja-x-easy'].map((language) => ({
    url: `${standard}/translation`,
    extension: [
      { url: 'lang', valueCode: language },
      { url: 'content', valueString: language === 'en' ? content : `${content}（やさしい）` },
    ],
  })),
});
const system = 'https://tsunagi.example/fhir/CodeSystem/weather';
const concept = (code: string, display: string, value: string, score: number) => ({
  code,
  display,
  designation: [
    { language: 'en', value },
    { language: 'ja-x-easy', value: `${value}（やさしい）` },
  ],
  extension: [{ url: `${standard}/ordinalValue`, valueDecimal: score }],
});
const carried = {
  linkId: 'carried',
  type: 'group',
  text: '天気',
  _text: translated('Weather'),
  item: [
    { linkId: 'weather', type: 'choice', text: '今日の天気', _text: translated('Today'), answerValueSet: '#weather' },
    {
      linkId: 'mood', type: 'choice', text: '気分', _text: translated('Mood'),
      answerOption: [
        { valueCoding: { system, code: 'good', display: 'よい', _display: translated('Good') } },
        { valueCoding: { system, code: 'so-so', display: 'ふつう', _display: translated('So-so') }, initialSelected: true },
      ],
    },
    { linkId: 'cups', type: 'integer', text: 'お茶は何杯', _text: translated('Cups of tea'), initial: [{ valueInteger: 2 }] },
    {
      linkId: 'doubled', type: 'integer', text: '倍', _text: translated('Twice'), readOnly: true,
      extension: [{ url: `${sdc}-calculatedExpression`, valueExpression: { language: 'text/fhirpath', expression: '%cups * 2' } }],
    },
  ],
}; // prettier-ignore

let dir: string;
let program: Program;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'programs-'));
  await cp('forms/akita', join(dir, 'akita'), { recursive: true });
  const path = join(dir, 'akita', 'questionnaire.json');
  const form = JSON.parse(await readFile(path, 'utf8')) as { item: unknown[] };
  const expression = "%resource.descendants().where(linkId = 'cups').answer.value";
  const more = {
    extension: [
      {
        url: `${standard}/variable`,
        valueExpression: { name: 'cups', language: 'text/fhirpath', expression },
      },
    ],
    contained: [
      {
        resourceType: 'ValueSet',
        id: 'weather',
        status: 'active',
        compose: {
          include: [
            { system, concept: [concept('sun', '晴れ', 'Sunny', 0), concept('rain', '雨', 'Rainy', 2)] },
          ],
        },
      },
    ],
    item: [carried, ...form.item],
  };
  await writeFile(path, JSON.stringify({ ...form, ...more }));
  const read = await readProgram(dir, 'akita');
  if ('faults' in read) throw new Error(JSON.stringify(read.faults));
  ({ program } = read);
});
afterAll(() => rm(dir, { recursive: true }));

const asked = (linkId: string) =>
  questionsIn(readQuestionnaire(program.screening, 'en').sections).find((one) => one.linkId === linkId);

test('a question takes its answers from a value set that the form carries, in every language, with what they count for', () => {
  expect(asked('weather')?.options).toMatchObject([
    { value: 'sun', label: { ja: '晴れ', en: 'Sunny' }, score: 0 },
    { value: 'rain', label: { ja: '雨', en: 'Rainy' }, score: 2 },
  ]);
  expect(readAnswers(program.screening, { 'q.weather': 'snow' }).issues.map((one) => one.path)).toContain(
    'q.weather',
  );
});

test('a form begins with the option that it marks and the value that it names', async () => {
  const never = () => Promise.reject(new Error('nothing of a person is asked for'));
  const beginning = { form: program.screening, patient: 'nobody', language: 'ja' as const };
  expect(await begin(never, [program], beginning)).toEqual({ mood: ['so-so'], cups: ['2'] });
});

test('what the form gives a name to can be calculated with', () => {
  expect(readAnswers(program.screening, { 'q.cups': '4' }).answers['doubled']).toEqual(['8']);
});

test('what is published says each question’s answers once, and is valid FHIR', () => {
  expect(JSON.stringify(program.screening)).not.toMatch(/contained|answerValueSet/);
  expect(makeValidator()(program.screening)).toEqual([]);
});
