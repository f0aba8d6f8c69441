import { expect, test } from '@jest/globals';
import type { Extension, QuestionnaireItem } from '@medplum/fhirtypes';
import { initialAnswers } from '../../src/intake/begin.ts';
import { fillIn } from '../../src/intake/fill.ts';
import { readQuestionnaire } from '../../src/intake/form.ts';
import { fromResponse, toResponse } from '../../src/intake/response.ts';
import { checkResponse } from '../../src/intake/answers.ts';
import { unrolled, withRow } from '../../src/intake/rows.ts';
import { formOf, options } from './forms.ts';

/* What forms begin with: one value a question, one row a value in a group that repeats. */
const sdc = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire';
const from = (expression: string, kind = 'initialExpression', name?: string): Extension[] => [
  {
    url: `${sdc}-${kind}`,
    valueExpression: { language: 'text/fhirpath', expression, ...(name === undefined ? {} : { name }) },
  },
];
const text = (linkId: string, more: Partial<QuestionnaireItem> = {}): QuestionnaireItem => ({
  linkId,
  type: 'string',
  text: linkId,
  ...more,
});
const rowsOf = (more: Partial<QuestionnaireItem>, ...item: QuestionnaireItem[]): QuestionnaireItem => ({
  linkId: 'rows',
  type: 'group',
  text: '行',
  repeats: true,
  item,
  ...more,
});
const strings = (...values: string[]) => values.map((valueString) => ({ valueString }));
const most = (n: number): Extension[] => [
  { url: 'http://hl7.org/fhir/StructureDefinition/questionnaire-maxOccurs', valueInteger: n },
];

const patient = {
  resourceType: 'Patient',
  id: '0197a4de-0000-7000-8000-000000000001',
  name: [{ family: '試験' }, { family: 'シケン' }],
  telecom: [
    { system: 'phone', value: '018-000-0000' },
    { system: 'email', value: 'a@example.org' },
    { system: 'phone', value: '090-0000-0000', use: 'mobile' },
  ],
};
const filled = (...item: QuestionnaireItem[]) =>
  fillIn({
    form: formOf(...item),
    language: 'ja',
    variables: { patient },
    today: '2026-11-20',
    found: { carried: {}, observations: [] },
  });

const cases: [what: string, item: QuestionnaireItem, answers: object, unfilled?: string[]][] = [
  ['several initial values are a row each', rowsOf({}, text('a', { initial: strings('x', 'y', 'z') })), { 'a~1': ['x'], 'a~2': ['y'], 'a~3': ['z'] }],
  ['one initial value stands in every row', rowsOf({}, text('a', { initial: strings('x', 'y') }), text('b', { initial: strings('mg') })), { 'a~1': ['x'], 'b~1': ['mg'], 'a~2': ['y'], 'b~2': ['mg'] }],
  ['lists of different length leave the rest open', rowsOf({}, text('a', { initial: strings('x', 'y') }), text('b', { extension: from("'1' | '2' | '3'") })), { 'a~1': ['x'], 'b~1': ['1'], 'a~2': ['y'], 'b~2': ['2'], 'b~3': ['3'] }],
  ['an expression is a row for each that it finds', rowsOf({}, text('way', { extension: from('%patient.telecom.value') })), { 'way~1': ['018-000-0000'], 'way~2': ['a@example.org'], 'way~3': ['090-0000-0000'] }],
  ['the same value twice is two rows', rowsOf({}, text('a', { extension: from('%patient.telecom.system') })), { 'a~1': ['phone'], 'a~2': ['email'], 'a~3': ['phone'] }],
  ['an expression that finds one is one row', rowsOf({}, text('a', { initial: strings('x', 'y') }), text('b', { extension: from('%patient.id') })), { 'a~1': ['x'], 'b~1': [patient.id], 'a~2': ['y'] }],
  ['a group by a record each keeps together what belongs together', rowsOf({ extension: from('%patient.telecom', 'itemPopulationContext', 'way') }, text('value', { extension: from('%way.value') }), text('use', { extension: from('%way.use') })), { 'value~1': ['018-000-0000'], 'value~2': ['a@example.org'], 'value~3': ['090-0000-0000'], 'use~3': ['mobile'] }],
  ['a group by records that are not there has no rows', rowsOf({ extension: from('%patient.contact', 'itemPopulationContext', 'c') }, text('a', { extension: from('%c.name') })), {}],
  ['a question that takes several answers keeps them together', rowsOf({}, text('a', { repeats: true, extension: from('%patient.telecom.value') })), { 'a~1': ['018-000-0000', 'a@example.org', '090-0000-0000'] }],
  ['options that are chosen are a row each', rowsOf({}, { linkId: 'a', type: 'choice', text: 'a', answerOption: options('red', 'blue').map((one) => ({ ...one, initialSelected: true })) }), { 'a~1': ['red'], 'a~2': ['blue'] }],
  ['a group in a group begins in its first row', rowsOf({}, text('a', { initial: strings('x', 'y') }), rowsOf({ linkId: 'inner' }, text('b', { initial: strings('1', '2') }))), { 'a~1': ['x'], 'a~2': ['y'], 'b~1~1': ['1'], 'b~1~2': ['2'] }],
  ['outside of rows a question takes the first', text('a', { extension: from('%patient.telecom.value') }), { a: ['018-000-0000'] }],
  ['more than the group takes is left open, and said', rowsOf({ extension: most(2) }, text('a', { initial: strings('x', 'y', 'z') })), {}, ['rows size']],
  ['records beyond what the group takes likewise', rowsOf({ extension: [...most(1), ...from('%patient.telecom', 'itemPopulationContext', 'way')] }, text('a', { extension: from('%way.value') })), {}, ['rows size']],
  ['ten thousand are left open', rowsOf({}, text('a', { extension: from("('x,'.replace('x', '1,1,1,1,1,1,1,1,1,1,').replace('1', '2,2,2,2,2,2,2,2,2,2,').replace('2', '3,3,3,3,3,3,3,3,3,3,').replace('3', '4,4,4,4,4,4,4,4,4,4,')).split(',')") })), {}, ['a size']],
  ['what throws leaves its own question open', rowsOf({}, text('a', { extension: from('%nobody.name') }), text('b', { initial: strings('x') })), { 'b~1': ['x'] }, ['a failed']],
  ['what never ends as well', text('a', { extension: from('(1).repeat($this + 1)') }), {}, ['a time']],
  ['and a value of the wrong kind', rowsOf({}, { linkId: 'a', type: 'integer', text: 'a', extension: from('%patient.telecom.value') }), {}, ['a unfit']],
]; // prettier-ignore
test.each(cases)('%s', (_what, item, answers, unfilled = []) => {
  const found = filled(item);
  expect(found.answers).toEqual(answers);
  expect(found.unfilled.map(({ linkId, fault }) => `${linkId} ${fault}`)).toEqual(unfilled);
});

test('what a form begins with is a response to it, row by row, and is read back as such', () => {
  const form = formOf(
    rowsOf(
      {},
      text('a', { initial: strings('x', 'y') }),
      text('b', { required: true, initial: strings('mg') }),
    ),
  );
  const answers = initialAnswers(form);
  expect(answers).toEqual({ 'a~1': ['x'], 'b~1': ['mg'], 'a~2': ['y'], 'b~2': ['mg'] });
  const response = toResponse(form, answers, {
    subject: { reference: `Patient/${patient.id}` },
    authored: '2026-11-20T10:00:00+09:00',
    status: 'completed',
    language: 'ja',
  });
  expect(checkResponse(form, response)).toEqual([]);
  expect(fromResponse(form, response)).toEqual(answers);
});

test('a row that is added begins as the others do, and one that nobody types in is not begun', () => {
  const hidden: Extension[] = [
    { url: 'http://hl7.org/fhir/StructureDefinition/questionnaire-hidden', valueBoolean: true },
  ];
  const form = formOf(
    rowsOf(
      {},
      text('a', { required: true }),
      text('unit', { initial: strings('mg') }),
      text('kind', { initial: strings('k'), extension: hidden }),
    ),
  );
  const model = readQuestionnaire(form, 'ja');
  const two = withRow(model, { 'a~1': ['x'], 'unit~1': ['g'] }, 'rows');
  expect(two).toMatchObject({ 'rows~rows': ['2'], 'unit~1': ['g'], 'unit~2': ['mg'] });
  const [, second] = unrolled(model, { 'a~1': ['x'], 'kind~1': ['k'], 'kind~2': ['k'] }).sections.flatMap(
    ({ nodes }) => nodes.flatMap((node) => (node.kind === 'section' ? [node.nodes[0]] : [])),
  );
  expect(second).toMatchObject({ linkId: 'a~2', required: false });
});
