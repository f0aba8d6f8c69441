import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Extension, Questionnaire, QuestionnaireItem } from '@medplum/fhirtypes';
import { startService, type Service } from '../support/service.ts';
import { desk, signedIn, type Desk, type Seen } from '../support/desk.ts';
import { newPatient } from './links.ts';

/* What a form makes of its answers is there with them, whichever way they come, and goes where they go. */
let service: Service;
let admin: Desk;
let reception: Desk;
let doctor: Desk;
let form = '';
beforeAll(async () => {
  service = await startService();
  [admin, reception, doctor] = [
    await signedIn(service, 'admin'),
    await signedIn(service, 'reception'),
    await signedIn(service, 'doctor'),
  ];
  form = await use(asked);
}, 60_000);
afterAll(() => service.stop());

const core = 'http://hl7.org/fhir/StructureDefinition';
const sdc = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire';
const as = (type: string): Extension[] => [{ url: `${sdc}-itemExtractionContext`, valueCode: type }];
const observed: Extension[] = [{ url: `${sdc}-observationExtract`, valueBoolean: true }];
const item = (linkId: string, more: Partial<QuestionnaireItem>): QuestionnaireItem => ({
  linkId,
  text: linkId,
  type: 'string',
  ...more,
});
const group = (linkId: string, type: string, repeats: boolean, ...items: QuestionnaireItem[]) =>
  item(linkId, { type: 'group', repeats, extension: as(type), item: items });
const worry = { system: 'https://instruments.example/CodeSystem/worry', code: 'alone', display: 'ひとり' };
const asked: Questionnaire = {
  resourceType: 'Questionnaire',
  status: 'active',
  url: 'https://instruments.example/Questionnaire/made',
  version: '1',
  title: 'できること',
  language: 'ja',
  item: [
    item('weight', { type: 'decimal', code: [{ system: 'http://loinc.org', code: '29463-7' }], extension: observed }),
    group('worry', 'Condition', false, item('worry.code', { type: 'choice', definition: `${core}/Condition#Condition.code`, answerOption: [{ valueCoding: worry }] })),
    group('goal', 'Goal', false, item('goal.text', { definition: `${core}/Goal#Goal.description.text` })),
    group(
      'helper', 'RelatedPerson', true,
      item('helper.name', { definition: `${core}/RelatedPerson#RelatedPerson.name.text` }),
      item('helper.phone', { definition: `${core}/RelatedPerson#RelatedPerson.telecom.value` }),
    ),
    group('me', 'Patient', false, item('me.phone', { definition: `${core}/Patient#Patient.telecom.value` })),
  ],
}; // prettier-ignore

async function use(given: Questionnaire): Promise<string> {
  const checked = await admin.send(await admin.get('/forms'), '/forms/check', {
    json: JSON.stringify(given),
  });
  expect(checked.status).toBe(200);
  const used = await admin.send(checked, '/forms', { understood: 'yes' });
  expect(used.status).toBe(303);
  return used.location.split('/').at(-1) ?? '';
}

type Row = Readonly<{ type: string; said: string; state: string; version: number; keeper: string }>;
/** Everything that was made of a person's answers, in the order of its types. */
const madeOf = async (patient: string): Promise<string[]> => {
  const { rows } = await service.owner.query<Row>(
    `select type, said, state, version from (
       select 'Observation' as type, content #>> '{valueQuantity,value}' as said, status as state, version, patient_id, content from observation
       union all select 'Condition', content #>> '{code,coding,0,code}', coalesce(content #>> '{clinicalStatus,coding,0,code}', content #>> '{verificationStatus,coding,0,code}'), version, patient_id, content from condition
       union all select 'Goal', content #>> '{description,text}', lifecycle_status, version, patient_id, content from goal
       union all select 'RelatedPerson', content #>> '{name,0,text}', content ->> 'active', version, patient_id, content from related_person
     ) made where patient_id = $1 and content @? '$.extension[*] ? (@.url like_regex "extracted-from")' order by 1, 2, 3`,
    [patient.split('/').at(-1)],
  );
  return rows.map(({ type, said, state, version }) => `${type} ${said} ${state} v${String(version)}`);
};

const everything = {
  'q.weight': '52.5',
  'q.worry.code': 'alone',
  'q.goal.text': '週に一度は出かける',
  'rows.helper': '2',
  'q.helper.name~1': '試験 はな',
  'q.helper.phone~1': '018-000-0001',
  'q.helper.name~2': '試験 たろう',
  'q.me.phone': '090-0000-0000',
};
const all = [
  'Condition alone active v1',
  'Goal 週に一度は出かける proposed v1',
  'Observation 52.5 final v1',
  'RelatedPerson 試験 たろう true v1',
  'RelatedPerson 試験 はな true v1',
];
const answer = async (patient: string, fields: Record<string, string>): Promise<Seen> => {
  const path = `${patient}/forms/${form}`;
  return reception.send(await reception.get(path), path, fields);
};

test('all that a form makes is stored with the answers, traced, shown, and no registration is changed', async () => {
  const patient = await newPatient(reception, 'ミホ');
  const saved = await answer(patient, everything);
  expect(saved.status).toBe(303);
  expect(await madeOf(patient)).toEqual(all);
  const [id = ''] = saved.location.split('/').at(-1)?.split('?') ?? [];
  const { rows } = await service.owner.query<{ n: number }>(
    `select jsonb_array_length(content -> 'target') as n from provenance
     where content #>> '{entity,0,what,reference}' = 'QuestionnaireResponse/' || $1`,
    [id],
  );
  expect(rows).toEqual([{ n: all.length + 1 }]);
  const { rows: held } = await service.owner.query<{ content: { verificationStatus: object } }>(
    'select content from condition where patient_id = $1',
    [patient.split('/').at(-1)],
  );
  expect(held[0]?.content).toMatchObject({
    verificationStatus: { coding: [{ code: 'unconfirmed' }] },
    evidence: [{ detail: [{ reference: `QuestionnaireResponse/${id}` }] }],
  });
  const { rows: logged } = await service.owner.query(
    `select 1 from access_log where action = 'write' and $1 = any (patients)
     and exists (select 1 from unnest(records) one where one like 'Goal/%')`,
    [patient.split('/').at(-1)],
  );
  expect(logged.length).toBe(1);
  const page = await reception.get(saved.location);
  expect(page.html).toMatch(/この回答から作った記録[\s\S]*週に一度は出かける/);
  expect(page.html).toMatch(/登録と違うところ[\s\S]*090-0000-0000/);
  const { rows: kept } = await service.owner.query<{ phone: string[] }>(
    'select phone from patient where id = $1',
    [patient.split('/').at(-1)],
  );
  expect(kept).toEqual([{ phone: [] }]);
});

test('a person who answers by a link makes the same, and nothing is made twice by a second sending', async () => {
  const patient = await newPatient(reception, 'チエコ');
  const made = await reception.send(await reception.get(`${patient}/answers`), '/answer-links', { form });
  const link = /\/a\/[\w-]{43}/.exec(made.html)?.[0] ?? '';
  const phone = desk(service);
  const page = await phone.get(`${link}/all`);
  const filled = await phone.send(page, '/all', everything);
  expect(filled.location).toBe(`${link}/check`);
  const check = await phone.get(`${link}/check`);
  const sent = await Promise.all([phone.send(check, '/send'), phone.send(check, '/send')]);
  expect(sent.map((one) => one.status)).toEqual([303, 303]);
  expect(await madeOf(patient)).toEqual(all);
});

test('answers given again are one more reason, keep what still holds and end what does not', async () => {
  const patient = await newPatient(reception, 'サワ');
  await answer(patient, everything);
  await answer(patient, {
    ...everything,
    'q.weight': '51',
    'q.goal.text': '月に一度は友だちに会う',
    'rows.helper': '1',
    'q.helper.name~2': '',
  });
  expect(await madeOf(patient)).toEqual([
    'Condition alone active v2',
    'Goal 月に一度は友だちに会う proposed v1',
    'Goal 週に一度は出かける cancelled v2',
    'Observation 51 final v1',
    'Observation 52.5 final v1',
    'RelatedPerson 試験 たろう false v2',
    'RelatedPerson 試験 はな true v2',
  ]);
});

test('an answer of which no record can be made stays an answer, the others are made, and it is told', async () => {
  const named = item('with', { definition: `${core}/Goal#Goal.note.text` });
  const due = item('due', { type: 'quantity', definition: `${core}/Goal#Goal.target.detail[x]` });
  const id = await use({
    ...asked,
    url: 'https://instruments.example/Questionnaire/half',
    item: [
      group(
        'goal',
        'Goal',
        false,
        item('goal.text', { definition: `${core}/Goal#Goal.description.text` }),
        named,
        due,
      ),
      item('weight', {
        type: 'decimal',
        code: [{ system: 'http://loinc.org', code: '29463-7' }],
        extension: observed,
      }),
    ],
  });
  const patient = await newPatient(reception, 'キク');
  const path = `${patient}/forms/${id}`;
  const given = { 'q.goal.text': '歩く', 'q.due': '5', 'q.weight': '50' };
  const saved = await reception.send(await reception.get(path), path, given);
  expect(saved.status).toBe(303);
  // FHIR wants to know what is measured (gol-1); the form does not say.
  expect(await madeOf(patient)).toEqual(['Observation 50 final v1']);
  expect((await reception.get(saved.location)).html).toContain('「goal」：記録を作れませんでした');
});

const refused: [what: string, item: QuestionnaireItem, says: RegExp][] = [
  ['a task', group('a', 'Task', false, item('b', { definition: `${core}/Task#Task.description` })), /Task、?.*回答からつくる記録ではありません/],
  ['a consent', group('a', 'Consent', false, item('b', { type: 'date', definition: `${core}/Consent#Consent.dateTime` })), /Consent/],
  ['a confirmed diagnosis', group('a', 'Condition', false, item('b', { type: 'choice', answerOption: [{ valueCoding: { code: 'confirmed' } }], definition: `${core}/Condition#Condition.verificationStatus` })), /回答から書いてよい項目ではありません/],
  ['another person', group('a', 'RelatedPerson', false, item('b', { type: 'reference', definition: `${core}/RelatedPerson#RelatedPerson.patient` })), /書いてよい項目ではありません/],
  ['another clinic', group('a', 'Patient', false, item('b', { type: 'reference', definition: `${core}/Patient#Patient.managingOrganization` })), /書いてよい項目ではありません/],
  ['words where a code stands', group('a', 'Goal', false, item('b', { type: 'open-choice', answerOption: [{ valueCoding: { code: 'active' } }], definition: `${core}/Goal#Goal.lifecycleStatus` })), /からは記録をつくれません/],
]; // prettier-ignore
test.each(refused)(
  'a form that would make %s is refused by name when it is loaded',
  async (what, one, says) => {
    const given = { ...asked, url: `${asked.url ?? ''}-${String(refused.length)}`, item: [one] };
    const checked = await admin.send(await admin.get('/forms'), '/forms/check', {
      json: JSON.stringify(given),
    });
    expect([what, checked.status]).toEqual([what, 422]);
    expect(checked.html).toMatch(says);
  },
);

test('what a form could not work out is told to staff and to whoever keeps the form, not to whoever answers', async () => {
  const failing: Questionnaire = {
    ...asked,
    url: 'https://instruments.example/Questionnaire/fails',
    item: [
      item('name', {}),
      item('town', {
        text: '住まい',
        extension: [
          {
            url: `${sdc}-initialExpression`,
            valueExpression: { language: 'text/fhirpath', expression: '%encounter.location' },
          },
        ],
      }),
    ],
  };
  const id = await use(failing);
  const patient = await newPatient(reception, 'トメ');
  const path = `${patient}/forms/${id}`;
  await reception.get(path);
  const page = await reception.get(path);
  expect(page.html).toMatch(
    /うまく働かなかったところ[\s\S]*「住まい」：はじめに埋めることができませんでした/,
  );
  expect((await reception.send(page, path, { 'q.name': '花子' })).status).toBe(303);
  expect((await admin.get(`/forms/${id}`)).html).toMatch(/「住まい」：はじめに埋めることができませんでした/);
  const made = await reception.send(await reception.get(`${patient}/answers`), '/answer-links', { form: id });
  const link = /\/a\/[\w-]{43}/.exec(made.html)?.[0] ?? '';
  const theirs = await desk(service).get(`${link}/all`);
  expect(theirs.status).toBe(200);
  expect(theirs.html).not.toContain('うまく働かなかった');
  const { rows } = await service.owner.query(
    `select item, kind, fault from form_failure where form like '%/fails|1'`,
  );
  expect(rows).toEqual([{ item: 'town', kind: 'initial', fault: 'failed' }]);
});

test('a doctor sees what was made', async () => {
  const patient = await newPatient(reception, 'ハツ');
  const { location } = await answer(patient, everything);
  expect((await doctor.get(location)).html).toContain('試験 たろう');
});
