import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Extension, Questionnaire, QuestionnaireItem } from '@medplum/fhirtypes';
import { startService, type Service } from '../support/service.ts';
import { desk, signedIn, type Desk } from '../support/desk.ts';
import { itemIn, newPatient, storedOf } from './links.ts';

let service: Service;
let admin: Desk;
let reception: Desk;
let form = '';
beforeAll(async () => {
  service = await startService();
  [admin, reception] = [await signedIn(service, 'admin'), await signedIn(service, 'reception')];
  const checked = await admin.send(await admin.get('/forms'), '/forms/check', {
    json: JSON.stringify(asked),
  });
  form = (await admin.send(checked, '/forms')).location.split('/').at(-1) ?? '';
}, 60_000);
afterAll(() => service.stop());

const from = (expression: string): Extension[] => [
  {
    url: 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-initialExpression',
    valueExpression: { language: 'text/fhirpath', expression },
  },
];
const item = (linkId: string, more: Partial<QuestionnaireItem>): QuestionnaireItem => ({
  linkId,
  text: linkId,
  type: 'string',
  ...more,
});
const asked: Questionnaire = {
  resourceType: 'Questionnaire',
  status: 'active',
  url: 'https://instruments.example/Questionnaire/beginning',
  version: '1',
  title: 'Beginning',
  language: 'ja',
  item: [
    {
      linkId: 'one',
      type: 'group',
      text: 'One',
      item: [
        item('name', { extension: from('%patient.name.given.first()') }),
        item('cups', { type: 'integer', initial: [{ valueInteger: 3 }] }),
        item('born', { type: 'date', readOnly: true, extension: from('%patient.birthDate') }),
      ],
    },
    { linkId: 'two', type: 'group', text: 'Two', item: [item('place', { initial: [{ valueString: '縁側' }] }), item('more', {})] },
  ],
}; // prettier-ignore

let patient = '';
let link = '';
const names = ['ハルカ', 'ナツミ', 'アキエ', 'フユコ', 'ミドリ'];
beforeEach(async () => {
  patient = await newPatient(reception, names.shift() ?? 'ソノタ');
  const made = await reception.send(await reception.get(`${patient}/answers`), '/answer-links', { form });
  link = /\/a\/[\w-]{43}/.exec(made.html)?.[0] ?? '';
});
const sent = async () => (await storedOf(service, patient))[0];

test('a phone begins with what is known of its person, and keeps what they changed or took out', async () => {
  const phone = desk(service);
  const page = await phone.get(`${link}/sections/one`);
  expect(page.html).toMatch(/name="q\.name"[^>]*value="ハルカ"|value="ハルカ"[^>]*name="q\.name"/);
  expect(page.html).toContain('1941年3月4日');
  const two = await phone.send(page, '/sections/one', { 'q.name': 'はるか', 'q.cups': '' });
  const again = await phone.get(`${link}/sections/one`);
  expect(again.html).toContain('はるか');
  expect(again.html).not.toMatch(/value="(?:ハルカ|3)"/);
  const check = await phone.send(await phone.get(two.location), '/sections/two', {
    'q.place': '',
    'q.more': '',
  });
  await phone.send(await phone.get(check.location), '/send');
  const answers = await sent();
  expect(itemIn(answers, 'name')?.answer).toEqual([{ valueString: 'はるか' }]);
  expect(itemIn(answers, 'born')?.answer).toEqual([{ valueDate: '1941-03-04' }]);
  expect(itemIn(answers, 'cups')).toBeUndefined();
  expect(itemIn(answers, 'place')).toBeUndefined();
});

test('who takes everything out finds nothing filled in again', async () => {
  const phone = desk(service);
  const page = await phone.get(`${link}/all`);
  expect(page.html).toContain('縁側');
  const emptied = { 'q.name': '', 'q.cups': '', 'q.place': '', 'q.more': '' };
  expect((await phone.send(page, '/all', emptied)).location).toBe(`${link}/check`);
  expect((await phone.get(`${link}/all`)).html).not.toContain('縁側');
  await phone.send(await phone.get(`${link}/check`), '/send');
  expect(itemIn(await sent(), 'place')).toBeUndefined();
});

test('choosing large letters is no answer: the form still begins with what is known', async () => {
  const phone = desk(service);
  await phone.send(await phone.get(link), '/wishes', { _large: 'on' });
  const welcome = await phone.get(link);
  expect(welcome.html).not.toContain('つづきから');
  expect((await phone.get(`${link}/sections/two`)).html).toContain('縁側');
});

test('what nobody can type is taken from the record, whatever a page sends', async () => {
  const phone = desk(service);
  const page = await phone.get(`${link}/all`);
  await phone.send(page, '/all', {
    'q.name': 'x',
    'q.cups': '1',
    'q.born': '2000-01-01',
    'q.born-year': '2000',
  });
  await phone.send(await phone.get(`${link}/check`), '/send');
  expect(itemIn(await sent(), 'born')?.answer).toEqual([{ valueDate: '1941-03-04' }]);
});

test('the reception’s page begins so, too, and stores what nobody types', async () => {
  const path = `${patient}/forms/${form}`;
  const page = await reception.get(path);
  expect(page.html).toMatch(/ミドリ[\s\S]*縁側/);
  const saved = await reception.send(page, path, {
    'q.name': 'みどり',
    'q.cups': '2',
    'q.place': '',
    'q.more': '',
  });
  expect(saved.status).toBe(303);
  const answers = await sent();
  expect(itemIn(answers, 'name')?.answer).toEqual([{ valueString: 'みどり' }]);
  expect(itemIn(answers, 'born')?.answer).toEqual([{ valueDate: '1941-03-04' }]);
  expect(itemIn(answers, 'place')).toBeUndefined();
});
