import { expect, test } from '@jest/globals';
import type { Extension, Questionnaire, QuestionnaireItem } from '@medplum/fhirtypes';
import {
  changeRows,
  checkResponse,
  fromResponse,
  readAnswers,
  toResponse,
} from '../../src/intake/answers.ts';
import { questionsIn, readQuestionnaire } from '../../src/intake/form.ts';
import { checkForm } from '../../src/intake/forms/check.ts';
import { unrolled } from '../../src/intake/rows.ts';
import { makeValidator } from '../../src/fhir/validate.ts';
import { formOf } from './forms.ts';

const sdc = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire';
const by = (kind: string, expression: string, language = 'text/fhirpath'): Extension => ({
  url: `${sdc}-${kind}Expression`,
  valueExpression: { language: language as 'text/fhirpath', expression },
});
const answering = {
  subject: { reference: 'Patient/0197a4de-0000-7000-8000-000000000001' },
  authored: '2026-11-20T10:00:00+09:00',
  status: 'completed',
  language: 'ja',
} as const;

const pills: QuestionnaireItem = {
  linkId: 'pills',
  type: 'group',
  text: '薬',
  repeats: true,
  extension: [
    {
      url: 'http://hl7.org/fhir/StructureDefinition/variable',
      valueExpression: {
        name: 'times',
        language: 'text/fhirpath',
        expression: "%context.item.where(linkId = 'times').answer.value",
      },
    },
  ],
  item: [
    { linkId: 'times', type: 'integer', text: '一日に何回' },
    { linkId: 'each', type: 'integer', text: '一回に何錠' },
    {
      linkId: 'day',
      type: 'integer',
      text: '一日に何錠',
      extension: [by('calculated', "%times * item.where(linkId = 'each').answer.value")],
    },
    {
      linkId: 'why',
      type: 'string',
      text: '多いわけ',
      required: true,
      extension: [by('enableWhen', "item.where(linkId = 'times').answer.value > 3")],
    },
  ],
};
const rows = formOf(pills, {
  linkId: 'all',
  type: 'integer',
  text: '合わせて',
  extension: [by('calculated', "%resource.descendants().where(linkId = 'day').answer.value.sum()")],
});

test('what is calculated and asked within a row goes by that row, and can be added up outside', () => {
  const body = {
    'rows.pills': '2',
    'q.times~1': '2',
    'q.each~1': '3',
    'q.times~2': '5',
    'q.each~2': '1',
    'q.why~2': '食後と寝る前',
  };
  const { answers, issues } = readAnswers(rows, body);
  expect(issues).toEqual([]);
  expect(answers).toMatchObject({ 'day~1': ['6'], 'day~2': ['5'], all: ['11'], 'why~2': ['食後と寝る前'] });
  const response = toResponse(rows, answers, answering);
  expect(makeValidator()(response)).toEqual([]);
  expect(checkResponse(rows, response)).toEqual([]);
  expect(fromResponse(rows, response)).toEqual(answers);
});

test('a row whose condition opens wants its answer; one whose condition is closed drops what was typed there', () => {
  const body = { 'rows.pills': '2', 'q.times~1': '2', 'q.why~1': '開いていない', 'q.times~2': '5' };
  const { answers, issues } = readAnswers(rows, body);
  expect(issues.map((one) => one.path)).toEqual(['q.why~2']);
  expect(answers).not.toHaveProperty('why~1');
});

test('a total within a row that somebody else worked out differently is refused where it stands', () => {
  const { answers } = readAnswers(rows, { 'rows.pills': '1', 'q.times~1': '2', 'q.each~1': '3' });
  const response = toResponse(rows, answers, answering);
  const day = response.item?.[0]?.item?.[0]?.item?.find((one) => one.linkId === 'day') ?? { linkId: '' };
  Object.assign(day, { answer: [{ valueInteger: 60 }] });
  expect(checkResponse(rows, response).map((one) => one.path)).toContain(
    'QuestionnaireResponse.item[0].item[0].item[2]',
  );
});

const friends = formOf(
  { linkId: 'names', type: 'string', text: '話す人', repeats: true },
  {
    linkId: 'likes',
    type: 'choice',
    text: '好きなこと',
    repeats: true,
    answerOption: ['tea', 'walk', 'song'].map((code) => ({
      valueCoding: { system: 'https://x.example/likes', code, display: `${code} の名前` },
    })),
  },
  {
    linkId: 'best',
    type: 'choice',
    text: 'いちばん話す人',
    required: true,
    extension: [by('answer', "%resource.descendants().where(linkId = 'names').answer.value")],
  },
  {
    linkId: 'first',
    type: 'choice',
    text: 'いちばん好きなこと',
    extension: [by('answer', "%resource.descendants().where(linkId = 'likes').answer.value")],
  },
);
test('options come from other answers, are checked against them, and are kept with system and words', () => {
  const body = { 'q.names': 'はな', 'q.names;2': 'たろう', 'q.likes': ['walk', 'song'] };
  const offered = questionsIn(
    unrolled(readQuestionnaire(friends, 'ja'), readAnswers(friends, body).answers).sections,
  ).map((one) => [one.linkId, one.options.map((option) => option.label.ja)]);
  expect(Object.fromEntries(offered)).toMatchObject({
    best: ['はな', 'たろう'],
    first: ['walk の名前', 'song の名前'],
  });
  const { answers, issues } = readAnswers(friends, { ...body, 'q.best': 'はな', 'q.first': 'song' });
  expect(issues).toEqual([]);
  const response = toResponse(friends, answers, answering);
  expect(response.item?.[0]?.item?.find((one) => one.linkId === 'first')?.answer).toEqual([
    { valueCoding: { system: 'https://x.example/likes', code: 'song', display: 'song の名前' } },
  ]);
  expect(checkResponse(friends, response)).toEqual([]);
  expect(fromResponse(friends, response)).toEqual(answers);
  const gone = readAnswers(friends, { ...body, 'q.best': 'じろう', 'q.first': 'tea' });
  expect(gone.issues.map((one) => one.path)).toEqual(['q.best', 'q.first']);
  expect(changeRows(friends, { ...body, _row: 'work-out' })?.answers).toMatchObject({
    likes: ['walk', 'song'],
  });
});

const loaded = (...item: QuestionnaireItem[]): Questionnaire => ({
  resourceType: 'Questionnaire',
  url: 'https://instruments.example/Questionnaire/x',
  version: '1',
  status: 'active',
  title: 'x',
  item,
});
test('what these forms do can be loaded; CQL, rows that offer, and a server for codes are refused by name', () => {
  expect(checkForm(loaded(...(rows.item ?? []))).faults).toEqual([]);
  expect(checkForm(loaded(...(friends.item ?? []))).faults).toEqual([]);
  const says = (...item: QuestionnaireItem[]): string =>
    checkForm(loaded(...item))
      .faults.map((one) => `${one.says} ${one.ja ?? ''}`)
      .join('\n');
  const choice = { linkId: 'a', type: 'choice', text: 'a' } as const;
  expect(says({ ...choice, extension: [by('answer', 'Names', 'text/cql')] })).toMatch(/text\/cql.*だけです/);
  expect(
    says({
      linkId: 'g',
      type: 'group',
      repeats: true,
      item: [{ ...choice, extension: [by('answer', "'x'")] }],
    }),
  ).toMatch(/answerExpression inside a group that repeats/);
  expect(says({ linkId: 'a', type: 'string', text: 'a', extension: [by('answer', "'x'")] })).toMatch(
    /is no choice/,
  );
  expect(
    says({
      ...choice,
      answerValueSet: 'http://snomed.info/sct?fhir_vs',
      extension: [{ url: `${sdc}-preferredTerminologyServer`, valueUrl: 'https://tx.example/r4' }],
    }),
  ).toMatch(/fhir_vs.*https:\/\/tx\.example\/r4/);
});
