import type { Questionnaire, QuestionnaireItem } from '@medplum/fhirtypes';
import { expect, test } from '@jest/globals';
import { makeValidator } from '../../src/fhir/validate.ts';
import {
  changeRows,
  checkResponse,
  fromResponse,
  readAnswers,
  toResponse,
} from '../../src/intake/answers.ts';
import { readQuestionnaire } from '../../src/intake/form.ts';
import { checkForm as checkLoaded } from '../../src/intake/forms/check.ts';
import { questionnaireData } from '../../src/intake/sheet.ts';
import { visible } from '../../src/intake/visible.ts';
import { checkForm } from '../../src/programs/check-form.ts';
import { refuseFiles } from '../../src/programs/check-files.ts';
import { fileLimitsOf } from '../../src/programs/items.ts';
import { bound, formOf } from './forms.ts';

const [a, b] = ['0f6b5b0e-8f0e-4f0a-9d2a-00000000000a', '0f6b5b0e-8f0e-4f0a-9d2a-00000000000b'];
const png = (id: string, size = 1000, title = 'くすり 手帳.png') =>
  `Binary/${id} image/png ${String(size)} qZk+NkcGgWq6PiVxeFDCbJzQ2J0= ${title}`;
const pdf = `Binary/${a} application/pdf 1000 qZk+NkcGgWq6PiVxeFDCbJzQ2J0= 検査.pdf`;
const asking = (given: Partial<QuestionnaireItem> = {}): QuestionnaireItem => ({
  linkId: 'photo',
  type: 'attachment',
  text: 'お薬手帳の写真',
  ...given,
});
const form = formOf(
  asking({
    required: true,
    extension: [bound('maxSize', { valueDecimal: 1 }), bound('mimeType', { valueCode: 'image/png' })],
  }),
  asking({
    linkId: 'papers',
    text: '書類',
    repeats: true,
    extension: [bound('questionnaire-maxOccurs', { valueInteger: 2 })],
  }),
  {
    linkId: 'why',
    type: 'string',
    text: 'なぜ',
    enableWhen: [{ question: 'papers', operator: 'exists', answerBoolean: true }],
  },
  {
    linkId: 'no',
    type: 'string',
    text: 'なぜないか',
    enableWhen: [{ question: 'papers', operator: 'exists', answerBoolean: false }],
  },
);
const answering = {
  subject: { reference: 'Patient/0f6b5b0e-8f0e-4f0a-9d2a-000000000001' },
  authored: '2026-11-20T10:00:00+09:00',
  status: 'completed',
  language: 'ja',
} as const;

test('a file is an answer, kept as FHIR without its bytes and read again', () => {
  const { answers, issues } = readAnswers(form, {
    'q.photo': png(a),
    'q.papers': [png(b), pdf],
    'q.why': 'x',
  });
  expect(issues).toEqual([]);
  expect(answers).toEqual({ photo: [png(a)], papers: [png(b), pdf], why: ['x'] });
  const response = toResponse(form, answers, answering);
  expect(response.item?.[0]?.item?.[0]?.answer).toEqual([
    {
      valueAttachment: {
        contentType: 'image/png',
        url: `Binary/${a}`,
        size: 1000,
        hash: 'qZk+NkcGgWq6PiVxeFDCbJzQ2J0=',
        title: 'くすり 手帳.png',
      },
    },
  ]);
  expect(makeValidator()(response)).toEqual([]);
  expect(checkResponse(form, response)).toEqual([]);
  expect(fromResponse(form, response)).toEqual(answers);
});

const bad: [what: string, body: Record<string, unknown>, field: string, says: RegExp][] = [
  ['none where one is required', {}, 'q.photo', /答えてください/],
  ['one of a kind that is not taken', { 'q.photo': pdf }, 'q.photo', /PNGのファイル/],
  ['one over the limit of the form', { 'q.photo': png(a, 1_048_577) }, 'q.photo', /1 MBまで/],
  ['two where one is asked for', { 'q.photo': [png(a), png(b)] }, 'q.photo', /一つだけ/],
  ['one that is not here any more', { 'q.photo': `Binary/${a}` }, 'q.photo', /もうここにありません/],
  ['what a script made of one', { 'q.photo': '[object File]' }, 'q.photo', /もうここにありません/],
  [
    'three where two are taken',
    { 'q.photo': png(a), 'q.papers': [png(a), png(b), pdf], 'q.why': 'x' },
    'q.papers',
    /2つまで/,
  ],
];
test.each(bad)('%s is an issue at its field', (_, body, field, says) => {
  expect(readAnswers(form, { 'q.no': 'x', ...body }).issues).toEqual([
    { path: field, says: expect.objectContaining({ ja: expect.stringMatching(says) }) },
  ]);
});

test('what is wrong with a file that came is said instead of that none is there, and not where it is not asked', () => {
  const says = { ja: '大きすぎます', en: 'too large' };
  const refused = [
    { path: 'q.photo', says },
    { path: 'q.nowhere', says },
  ];
  expect(readAnswers(form, {}, undefined, refused).issues).toEqual([refused[0]]);
});

test.each([
  [[], true, false],
  [[png(a)], false, true],
])('whether a file was given (%j) decides what else is asked', (papers, no, why) => {
  const shown = visible(readQuestionnaire(form, 'ja'), { papers });
  expect([shown.has('no'), shown.has('why')]).toEqual([no, why]);
});

test('a file is taken away by its button, the others stay', () => {
  const body = { 'q.papers': [png(a), png(b)], 'q.why': 'x', _row: `drop:papers Binary/${a}` };
  const left = changeRows(form, body);
  expect(left?.answers).toMatchObject({ papers: [png(b)] });
  expect(left?.typed).toMatchObject({ 'q.papers': [png(b)], 'q.why': 'x' });
});

test('a response with a file of another kind is refused at its place', () => {
  const response = toResponse(form, { photo: [png(a)] }, answering);
  const wrong = JSON.parse(
    JSON.stringify(response).replace('image/png', 'application/pdf'),
  ) as typeof response;
  expect(checkResponse(form, wrong)).toEqual([
    {
      path: 'QuestionnaireResponse.item[0].item[0].answer[0].valueAttachment',
      says: expect.objectContaining({ en: expect.stringMatching(/PNG file/) }),
    },
  ]);
});

const mime = (valueCode: string) => bound('mimeType', { valueCode });
test.each<[string, Partial<QuestionnaireItem>, readonly string[], number]>([
  ['nothing', {}, ['image/jpeg', 'image/png', 'application/pdf'], 10_000_000],
  ['pictures', { extension: [mime('image/*')] }, ['image/jpeg', 'image/png'], 10_000_000],
  [
    'a document of half a megabyte',
    { extension: [mime('application/pdf'), bound('maxSize', { valueDecimal: 0.5 })] },
    ['application/pdf'],
    524_288,
  ],
  [
    'a hundred megabytes',
    { extension: [bound('maxSize', { valueDecimal: 100 })] },
    ['image/jpeg', 'image/png', 'application/pdf'],
    10_000_000,
  ],
])('a form that says %s takes what is taken here within that', (_, given, types, maxBytes) => {
  expect(fileLimitsOf(asking(given))).toEqual({ types, maxBytes });
});

const whole = (item: QuestionnaireItem): Questionnaire => ({
  ...formOf(item),
  language: 'ja',
  subjectType: ['Patient'],
});
const sdc = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire';
test.each<[string, Partial<QuestionnaireItem>, RegExp]>([
  ['kinds that are not taken', { extension: [mime('video/mp4')] }, /takes only video\/mp4/],
  ['no size', { extension: [bound('maxSize', { valueDecimal: 0 })] }, /no size at all/],
  ['a beginning', { initial: [{ valueAttachment: { title: 'x' } }] }, /begins with one/],
  ['nobody to give it', { readOnly: true }, /nobody can give/],
  [
    'an expression',
    {
      extension: [
        {
          url: `${sdc}-calculatedExpression`,
          valueExpression: { language: 'text/fhirpath', expression: '1' },
        },
      ],
    },
    /nobody can give/,
  ],
  [
    'an observation',
    { code: [{ code: 'x' }], extension: [{ url: `${sdc}-observationExtract`, valueBoolean: true }] },
    /no observation/,
  ],
])('a question for a file with %s is refused by name, loaded and in a program', (_, given, says) => {
  for (const check of [checkForm(whole(asking(given))), checkLoaded(whole(asking(given))).faults])
    expect(check.map((one) => one.says).join('\n')).toMatch(says);
});

test('limits of files on another question are refused; what is not taken of several kinds is named', () => {
  const line: QuestionnaireItem = { linkId: 'x', type: 'string', text: 'x', extension: [mime('image/png')] };
  expect(checkLoaded(whole(line)).faults.map((one) => one.says)).toEqual([
    expect.stringMatching(/only an attachment can/),
  ]);
  const { faults, lacking } = checkLoaded(
    whole(
      asking({ extension: [mime('image/png'), mime('image/heic'), bound('maxSize', { valueDecimal: 50 })] }),
    ),
  );
  expect(faults).toEqual([]);
  expect(lacking.map((one) => one.says)).toEqual([
    expect.stringMatching(/image\/heic, which is not taken/),
    expect.stringMatching(/may take 50 MB; here 10 MB/),
  ]);
});

test('a condition can only ask whether there is a file', () => {
  const then: QuestionnaireItem = {
    linkId: 'then',
    type: 'string',
    text: 'x',
    enableWhen: [{ question: 'photo', operator: '=', answerString: 'x' }],
  };
  const { faults } = checkLoaded({ ...formOf(asking(), then), subjectType: ['Patient'] });
  expect(faults.map((one) => one.says)).toEqual([
    expect.stringMatching(/only whether there is one \(exists\)/),
  ]);
});

test('a consent form and an assessment sheet of a program take no file, which is said by name', () => {
  expect(refuseFiles(formOf(asking())).map(({ place, says }) => `${place}: ${says}`)).toEqual([
    expect.stringMatching(/^item\[0\]\.item\[0\]\.type: "photo" asks for a file/),
  ]);
});

test('on paper stands a box for what is enclosed, or the name of what was given', () => {
  const printing = {
    model: readQuestionnaire(form, 'ja'),
    program: { name: { ja: 'x', en: 'x' }, wording: { notTheProjectsForm: { ja: '', en: '' } } },
    person: { id: a, family: 'x', given: 'x' } as never,
    now: new Date('2026-11-20T01:00:00Z'),
    language: 'ja',
    sheetId: a,
  } as const;
  const [blank] = questionnaireData(printing).sections[0]?.questions ?? [];
  expect(blank).toMatchObject({
    kind: 'file',
    enclose: { words: expect.stringMatching(/写真や書類を、この用紙と一緒に/) },
  });
  const drawn = { bytes: Buffer.from('x'), width: 10, height: 10 };
  const [filled] =
    questionnaireData({ ...printing, answers: { photo: [png(a)] }, pictures: new Map([[a, drawn]]) })
      .sections[0]?.questions ?? [];
  expect(filled).toMatchObject({
    kind: 'file',
    answer: 'くすり 手帳.png（この回答と一緒に保管しています）',
    pictures: [{ drawn }],
  });
});
