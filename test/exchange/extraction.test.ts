import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type {
  Bundle,
  Condition,
  Goal,
  Observation,
  Questionnaire,
  QuestionnaireItem,
  QuestionnaireResponse,
  RelatedPerson,
} from '@medplum/fhirtypes';
import { putIntoUse } from '../../src/intake/forms/service.ts';
import { openStore } from '../../src/open-store.ts';
import { testSecret } from '../support/template.ts';
import { startApi, type Api } from './api.ts';
import { madeIn, referralBundle } from './bundle.ts';

/* Over the API, too, answers make the records of their form, and corrections move them; $extract gives the same. */
let api: Api;
beforeAll(async () => {
  api = await startApi();
  const config = { publicUrl: api.url, secret: testSecret };
  const open = openStore({ ...api, newId: randomUUID, config });
  const admin = { role: 'admin', organization: api.bodies.council.id, via: 'job', request: 'test' } as const;
  await open(admin, (records) => putIntoUse(records, form));
});
afterAll(async () => {
  await api.stop();
});

const core = 'http://hl7.org/fhir/StructureDefinition';
const sdc = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire';
const text = (linkId: string, definition: string): QuestionnaireItem => ({
  linkId,
  text: linkId,
  type: 'string',
  definition: `${core}/${definition.split('.')[0] ?? ''}#${definition}`,
});
const group = (linkId: string, valueCode: string, ...item: QuestionnaireItem[]): QuestionnaireItem => ({
  linkId,
  text: linkId,
  type: 'group',
  repeats: true,
  extension: [{ url: `${sdc}-itemExtractionContext`, valueCode }],
  item,
});
const form: Questionnaire = {
  resourceType: 'Questionnaire',
  status: 'active',
  url: 'https://instruments.example/Questionnaire/moved',
  version: '1',
  title: '直される回答',
  item: [
    {
      linkId: 'cups', text: 'cups', type: 'integer', code: [{ system: 'http://loinc.org', code: 'x' }],
      extension: [{ url: `${sdc}-observationExtract`, valueBoolean: true }],
    },
    group('worry', 'Condition', text('worry.text', 'Condition.code')),
    group('goal', 'Goal', text('goal.text', 'Goal.description.text')),
    group('helper', 'RelatedPerson', text('helper.name', 'RelatedPerson.name.text'), text('helper.phone', 'RelatedPerson.telecom.value')),
  ],
}; // prettier-ignore

type Said = Readonly<{ cups?: number; worries?: string[]; goals?: string[]; helpers?: [string, string?][] }>;
const row = (linkId: string, ...fields: [string, string | undefined][]) => ({
  linkId,
  item: fields.flatMap(([id, value]) =>
    value === undefined ? [] : [{ linkId: id, answer: [{ valueString: value }] }],
  ),
});
const answers = ({ cups, worries = [], goals = [], helpers = [] }: Said): QuestionnaireResponse => {
  const item = [
    ...(cups === undefined ? [] : [{ linkId: 'cups', answer: [{ valueInteger: cups }] }]),
    ...worries.map((one) => row('worry', ['worry.text', one])),
    ...goals.map((one) => row('goal', ['goal.text', one])),
    ...helpers.map(([name, phone]) => row('helper', ['helper.name', name], ['helper.phone', phone])),
  ];
  return {
    resourceType: 'QuestionnaireResponse',
    status: 'completed',
    questionnaire: `${form.url ?? ''}|1`,
    subject: { reference: `Patient/${patient}` },
    authored: '2026-11-20T10:00:00+09:00',
    ...(item.length > 0 ? { item } : {}),
  };
};

let patient = '';
beforeEach(async () => {
  const program = api.programs[0];
  if (!program) throw new Error('no program');
  const sent = (await api.send('clinic', 'post', '', referralBundle(api.bodies, program)).expect(200))
    .body as Bundle;
  patient = madeIn(sent, 'Patient');
});

type Made = Observation | Condition | Goal | RelatedPerson;
const isMade = (one: Made): boolean =>
  one.extension?.some(({ url }) => url.endsWith('/extracted-from')) === true;
async function made(): Promise<Made[]> {
  const found: Made[] = [];
  for (const type of ['Observation', 'Condition', 'Goal', 'RelatedPerson'])
    found.push(
      ...(
        ((await api.send('clinic', 'get', `/${type}?patient=${patient}`).expect(200)).body as Bundle<Made>)
          .entry ?? []
      ).flatMap(({ resource }) => (resource && isMade(resource) ? [resource] : [])),
    );
  return found;
}
function say(one: Made): string {
  switch (one.resourceType) {
    case 'Observation':
      return `${String(one.valueInteger)} ${one.status}`;
    case 'Condition':
      return `${one.code?.text ?? ''} ${one.clinicalStatus?.coding?.[0]?.code ?? one.verificationStatus?.coding?.[0]?.code ?? ''}`;
    case 'Goal':
      return `${one.description.text ?? ''} ${one.lifecycleStatus}`;
    case 'RelatedPerson':
      return `${one.name?.[0]?.text ?? ''} ${one.telecom?.[0]?.value ?? '-'} ${String(one.active)}`;
  }
}
const said = async (): Promise<string[]> => (await made()).map(say).toSorted();
const post = async (body: QuestionnaireResponse): Promise<QuestionnaireResponse> =>
  (await api.send('clinic', 'post', '/QuestionnaireResponse', body).expect(201))
    .body as QuestionnaireResponse;
const correct = async (
  before: QuestionnaireResponse,
  now: Said,
  status: QuestionnaireResponse['status'] = 'amended',
): Promise<QuestionnaireResponse> =>
  (
    await api
      .send('clinic', 'put', `/QuestionnaireResponse/${before.id ?? ''}`, {
        ...answers(now),
        id: before.id,
        status,
      })
      .set('If-Match', `W/"${before.meta?.versionId ?? ''}"`)
      .expect(200)
  ).body as QuestionnaireResponse;

const first: Said = { cups: 3, worries: ['腰'], goals: ['歩く'], helpers: [['はな', '1'], ['たろう']] };
const asFirst = ['3 final', 'はな 1 true', 'たろう - true', '歩く proposed', '腰 active'].toSorted();

const corrections: [what: string, now: Said, left: string[]][] = [
  ['nothing', first, asFirst],
  ['a figure', { ...first, cups: 4 }, ['4 amended', ...asFirst.slice(1)]],
  ['a name', { ...first, goals: ['泳ぐ'] }, asFirst.map((one) => one.replace('歩く', '泳ぐ'))],
  ['a number of the one, and the order', { ...first, helpers: [['たろう'], ['はな', '2']] }, asFirst.map((one) => one.replace('はな 1', 'はな 2'))],
  ['what was taken out', { helpers: [['たろう']] }, ['3 entered-in-error', 'はな 1 false', 'たろう - true', '歩く entered-in-error', '腰 entered-in-error']],
  ['what came in', { ...first, goals: ['歩く', '話す'] }, [...asFirst, '話す proposed']],
]; // prettier-ignore
test.each(corrections)(
  'a correction of %s moves what was made, and doubles nothing',
  async (_what, now, left) => {
    const stored = await post(answers(first));
    expect(await said()).toEqual(asFirst);
    const amended = await correct(stored, now);
    expect(await said()).toEqual(left.toSorted());
    // Once more the same: there is nothing left to do.
    const before = (await made()).map((one) => one.meta?.versionId);
    await correct(amended, now);
    expect((await made()).map((one) => one.meta?.versionId)).toEqual(before);
  },
);

test('answers entered in error take everything with them, but what a person has changed since', async () => {
  const stored = await post(answers(first));
  const goal = (await made()).find((one) => one.resourceType === 'Goal');
  await api
    .send('clinic', 'put', `/Goal/${goal?.id ?? ''}`, { ...goal, lifecycleStatus: 'accepted' })
    .set('If-Match', `W/"${goal?.meta?.versionId ?? ''}"`)
    .expect(200);
  await correct(stored, first, 'entered-in-error');
  expect(await said()).toEqual(
    [
      '3 entered-in-error',
      'はな 1 false',
      'たろう - false',
      '歩く accepted',
      '腰 entered-in-error',
    ].toSorted(),
  );
});

test('what two answers say is there once, and stays until neither says it', async () => {
  const one = await post(answers({ worries: ['腰'] }));
  const two = await post(answers({ worries: ['腰'] }));
  expect(await said()).toEqual(['腰 active']);
  await correct(one, {});
  expect(await said()).toEqual(['腰 active']);
  await correct(two, {});
  expect(await said()).toEqual(['腰 entered-in-error']);
});

test('answers in progress make nothing; once they are finished, they do', async () => {
  const begun = await post({ ...answers(first), status: 'in-progress' });
  expect(await said()).toEqual([]);
  await correct(begun, first, 'completed');
  expect(await said()).toEqual(asFirst);
});

test('newer answers end what they say no longer; a draft that was a mistake, and answers that arrive late, end nothing', async () => {
  await post(answers({ goals: ['歩く'] }));
  const draft = await post({ ...answers({ goals: ['泳ぐ'] }), status: 'in-progress' });
  await correct(draft, { goals: ['泳ぐ'] }, 'entered-in-error');
  expect(await said()).toEqual(['歩く proposed']);
  await post({ ...answers({ goals: ['話す'] }), authored: '2026-03-01T10:00:00+09:00' });
  expect(await said()).toEqual(['歩く proposed', '話す proposed'].toSorted());
  await post({ ...answers({ worries: ['腰'] }), authored: '2026-11-21T10:00:00+09:00' });
  expect(await said()).toEqual(['歩く cancelled', '腰 active', '話す cancelled'].toSorted());
});

test('$extract gives what is stored: nothing of stored answers, and of others the same records, posted once', async () => {
  const stored = await post(answers(first));
  const again = (
    await api.send('clinic', 'get', `/QuestionnaireResponse/${stored.id ?? ''}/$extract`).expect(200)
  ).body as Bundle;
  expect(again.entry ?? []).toEqual([]);
  const asStored = await made();

  const program = api.programs[0];
  if (!program) throw new Error('no program');
  const other = (await api.send('clinic', 'post', '', referralBundle(api.bodies, program)).expect(200))
    .body as Bundle;
  patient = madeIn(other, 'Patient');
  const bundle = (
    await api
      .send('clinic', 'post', '/QuestionnaireResponse/$extract', {
        resourceType: 'Parameters',
        parameter: [{ name: 'questionnaire-response', resource: answers(first) }],
      })
      .expect(200)
  ).body as Bundle;
  const given = (bundle.entry ?? []).flatMap(({ resource }) =>
    resource && resource.resourceType !== 'QuestionnaireResponse' ? [resource as Made] : [],
  );
  // The database keeps keys in an order of its own.
  const inOrder = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(inOrder)
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(
            Object.entries(value)
              .toSorted(([x], [y]) => (x < y ? -1 : 1))
              .map(([key, one]) => [key, inOrder(one)]),
          )
        : value;
  const bare = (all: readonly Made[]): string[] =>
    all
      .map((one) => JSON.stringify(inOrder({ ...one, id: '', meta: '', text: '' })))
      .map((one) => one.replaceAll(/"(?:QuestionnaireResponse\/|Patient\/|urn:uuid:)[^"]*"/g, '"…"'))
      .toSorted();
  expect(bare(given)).toEqual(bare(asStored));
  await api.send('clinic', 'post', '', bundle).expect(200);
  expect(await said()).toEqual(asFirst);
});

test('nobody moves what another body keeps', async () => {
  await post(answers({ goals: ['歩く'] }));
  await api.send('office', 'post', '/QuestionnaireResponse', answers({ goals: ['泳ぐ'] })).expect(201);
  const { rows } = await api.owner.query<{ said: string }>(
    `select content #>> '{description,text}' || ' ' || lifecycle_status as said from goal where patient_id = $1 order by 1`,
    [patient],
  );
  expect(rows.map((one) => one.said)).toEqual(['歩く proposed', '泳ぐ proposed'].toSorted());
});
