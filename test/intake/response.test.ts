import { expect, test } from '@jest/globals';
import type { Questionnaire, QuestionnaireResponse } from '@medplum/fhirtypes';
import fc from 'fast-check';
import {
  checkResponse,
  fromResponse,
  readAnswers,
  toResponse,
  type Answers,
} from '../../src/intake/answers.ts';
import { questionsIn, readQuestionnaire, type Question } from '../../src/intake/form.ts';
import { askedOnly } from '../../src/intake/visible.ts';
import { akita, everyType } from './forms.ts';

const answering = {
  subject: { reference: 'Patient/0f6b5b0e-8f0e-4f0a-9d2a-000000000001' },
  authored: '2026-11-20T10:00:00+09:00',
  status: 'completed',
  language: 'ja',
} as const;

/** Any answers a person can give to a question. */
function answersFor(question: Question): fc.Arbitrary<string[]> {
  switch (question.type) {
    case 'boolean':
    case 'choice': {
      const one = fc.constantFrom(...question.options.map((option) => option.value)).map((value) => [value]);
      const plain = question.options.filter((option) => !option.exclusive).map((option) => option.value);
      return question.repeats ? fc.oneof(one, fc.subarray(plain, { minLength: 1 })) : one;
    }
    case 'integer':
      return fc
        .integer({ min: Number(question.min ?? -999), max: Number(question.max ?? 999) })
        .map((value) => [String(value)]);
    case 'date':
      return fc
        .date({
          min: new Date(question.min ?? '2020-01-01'),
          max: new Date(question.max ?? '2030-12-31'),
          noInvalidDate: true,
        })
        .map((value) => [value.toISOString().slice(0, 10)]);
    case 'attachment':
      return fc.uuid().map((id) => [`Binary/${id} image/png 100 - ためし.png`]);
    case 'string':
    case 'text':
    case 'url':
    case 'time':
    case 'decimal':
    case 'dateTime':
    case 'quantity':
    case 'reference':
    case 'open-choice':
      return fc
        .array(fc.constantFrom('あ', '髙', '𠮷', 'a', '<', '&', '"', question.type === 'text' ? '\n' : 'b'), {
          minLength: 1,
          maxLength: Math.min(question.maxLength, 40),
        })
        .map((value) => value.join('').trim())
        .filter((value) => value !== '')
        .map((value) => [value]);
  }
}

/** Answers as somebody may give them: required ones always, others perhaps, and only what is asked. */
function anyAnswers(form: Questionnaire): fc.Arbitrary<Answers> {
  const model = readQuestionnaire(form, 'ja');
  const fields = questionsIn(model.sections).map((question) => {
    const answers = answersFor(question);
    return [question.linkId, question.required ? answers : fc.option(answers, { nil: undefined })] as const;
  });
  return fc
    .record(Object.fromEntries(fields))
    .map((given) =>
      askedOnly(model, Object.fromEntries(Object.entries(given).flatMap(([k, v]) => (v ? [[k, v]] : [])))),
    );
}

const forms: [name: string, form: Questionnaire][] = [
  ['a form of every type', everyType],
  ['the questionnaire', akita.screening],
  ['the assessment sheet', akita.assessment],
  ['the consent form', akita.consent],
];
test.each(forms)(
  'answers to %s come back from the page and from the record as they were given',
  (_, form) => {
    fc.assert(
      fc.property(anyAnswers(form), fc.constantFrom('ja' as const, 'en' as const), (answers, language) => {
        const body = Object.fromEntries(
          Object.entries(answers).map(([linkId, values]) => [`q.${linkId}`, [...values]]),
        );
        expect(readAnswers(form, body)).toEqual({ answers, issues: [] });
        const response = toResponse(form, answers, { ...answering, language });
        expect(checkResponse(form, response)).toEqual([]);
        expect(fromResponse(form, response)).toEqual(answers);
      }),
      { numRuns: 60 },
    );
  },
);

const complete: Answers = {
  'living.with': ['alone'],
  'living.talk': ['no-day'],
  'money.month-end': ['never'],
  'out.days': ['5'],
  'care.giving': ['false'],
  'child.raising': ['false'],
};

test('the record keeps the form’s version and the wording as asked', () => {
  const response = toResponse(akita.screening, complete, { ...answering, language: 'en' });
  expect(response.questionnaire).toBe('https://tsunagi.example/fhir/Questionnaire/akita-screening|1.3.0');
  expect(response.language).toBe('en');
  expect(response.item?.[0]?.item?.[0]).toEqual({
    linkId: 'living.with',
    text: 'Who do you live with now?',
    answer: [
      {
        valueCoding: {
          system: 'https://tsunagi.example/fhir/CodeSystem/akita-answers',
          code: 'alone',
          display: 'I live alone',
        },
      },
    ],
  });
  expect(response.item?.map((group) => group.linkId)).toEqual(['living', 'means', 'out', 'family']);
});

test('the record leaves out what was not asked', () => {
  const response = toResponse(akita.screening, { ...complete, 'care.burden': ['heavy'] }, answering);
  expect(fromResponse(akita.screening, response)).toEqual(complete);
});

type Faulty = (response: QuestionnaireResponse) => void;
const group = (response: QuestionnaireResponse, at: number) => response.item![at]!;
const question = (response: QuestionnaireResponse, at: number, n: number) => group(response, at).item![n]!;
const where = 'QuestionnaireResponse.item';
const faults: [what: string, change: Faulty, path: string, says: RegExp][] = [
  [
    'another form',
    (r) => (r.questionnaire = 'https://example.org/Questionnaire/x'),
    'QuestionnaireResponse.questionnaire',
    /another questionnaire/,
  ],
  [
    'an unknown version',
    (r) => (r.questionnaire = `${akita.screening.url ?? ''}|9`),
    'QuestionnaireResponse.questionnaire',
    /another questionnaire/,
  ],
  ['no form', (r) => delete r.questionnaire, 'QuestionnaireResponse.questionnaire', /another questionnaire/],
  [
    'an unknown question',
    (r) => group(r, 0).item!.push({ linkId: 'x.y', answer: [{ valueString: 'a' }] }),
    `${where}[0].item[2].linkId`,
    /no question "x.y"/,
  ],
  [
    'a question in the wrong group',
    (r) => group(r, 1).item!.push({ linkId: 'me.skill', answer: [{ valueString: 'a' }] }),
    `${where}[1].item[1].linkId`,
    /nest as in the questionnaire/,
  ],
  [
    'a question outside its group',
    (r) => r.item!.push({ linkId: 'me.skill', answer: [{ valueString: 'a' }] }),
    `${where}[4].linkId`,
    /nest/,
  ],
  [
    'a question below a question',
    (r) => (question(r, 0, 0).item = [{ linkId: 'living.rely' }]),
    `${where}[0].item[0].item[0].linkId`,
    /nest/,
  ],
  [
    'a question twice',
    (r) => group(r, 0).item!.push(structuredClone(question(r, 0, 0))),
    `${where}[0].item[2].linkId`,
    /twice/,
  ],
  [
    'an answer on a group',
    (r) => (group(r, 0).answer = [{ valueBoolean: true }]),
    `${where}[0].answer`,
    /no question/,
  ],
  [
    'an answer of another type',
    (r) => (question(r, 2, 0).answer = [{ valueString: '5' }]),
    `${where}[2].item[0].answer[0].valueString`,
    /is a valueInteger/,
  ],
  [
    'two values in one answer',
    (r) => (question(r, 2, 0).answer = [{ valueInteger: 5, valueString: '5' }]),
    `${where}[2].item[0].answer[0]`,
    /exactly one value/,
  ],
  [
    'an answer without a value',
    (r) => (question(r, 2, 0).answer = [{}]),
    `${where}[2].item[0].answer[0]`,
    /exactly one value/,
  ],
  [
    'a figure out of range',
    (r) => (question(r, 2, 0).answer = [{ valueInteger: 8 }]),
    `${where}[2].item[0].answer[0].valueInteger`,
    /from 0 to 7/,
  ],
  [
    'an option that is not offered',
    (r) => (question(r, 0, 0).answer![0]!.valueCoding!.code = 'cats'),
    `${where}[0].item[0].answer[0].valueCoding`,
    /one of the given answers/,
  ],
  [
    'somebody else’s option',
    (r) => (question(r, 0, 0).answer![0]!.valueCoding!.system = 'https://example.org'),
    `${where}[0].item[0].answer[0].valueCoding`,
    /one of the given answers/,
  ],
  [
    'two answers where one is asked',
    (r) => question(r, 3, 0).answer!.push({ valueBoolean: true }),
    `${where}[3].item[0].answer`,
    /takes one answer/,
  ],
  [
    'the same answer twice',
    (r) => question(r, 3, 0).answer!.push({ valueBoolean: false }),
    `${where}[3].item[0].answer`,
    /same answer twice/,
  ],
  [
    'questions below an answer',
    (r) => (question(r, 3, 0).answer![0]!.item = [{ linkId: 'care.burden' }]),
    `${where}[3].item[0].answer[0].item[0].linkId`,
    /nest/,
  ],
  [
    'a required question left out',
    (r) => group(r, 0).item!.pop(),
    `${where}.where(linkId='living').item.where(linkId='living.talk')`,
    /Please answer/,
  ],
  [
    'a required question left blank',
    (r) => delete question(r, 0, 1).answer,
    `${where}[0].item[1]`,
    /Please answer/,
  ],
  [
    'an answer to a question that is not asked',
    (r) =>
      group(r, 3).item!.push({
        linkId: 'child.worry',
        answer: [
          { valueCoding: { system: 'https://tsunagi.example/fhir/CodeSystem/akita-answers', code: 'alone' } },
        ],
      }),
    `${where}[3].item[2]`,
    /is not asked/,
  ],
];
test.each(faults)('a response with %s is refused, naming where', (_, change, path, says) => {
  const response = toResponse(akita.screening, complete, answering);
  change(response);
  const issues = checkResponse(akita.screening, response);
  expect(issues).toEqual([
    { path, says: expect.objectContaining({ ja: expect.any(String), en: expect.stringMatching(says) }) },
  ]);
});

test('answers still being collected may have gaps, but no wrong answers', () => {
  const response = toResponse(
    akita.screening,
    { 'living.with': ['alone'] },
    { ...answering, status: 'in-progress' },
  );
  expect(checkResponse(akita.screening, response)).toEqual([]);
  expect(checkResponse(akita.screening, { ...response, status: 'completed' })).toHaveLength(5);
  response.item![0]!.item![0]!.answer![0]!.valueCoding!.code = 'cats';
  expect(checkResponse(akita.screening, response)).toHaveLength(1);
});

test('blank text is no answer', () => {
  const response = toResponse(akita.assessment, {}, { ...answering, status: 'completed' });
  const blank = [{ linkId: 'w.wish', answer: [{ valueString: '　\n' }] }];
  const issues = checkResponse(akita.assessment, { ...response, item: [{ linkId: 'wishes', item: blank }] });
  expect(issues.map((one) => one.path)).toContain('QuestionnaireResponse.item[0].item[0]');
});
