import type { Consent, Patient, QuestionnaireResponse, ServiceRequest, Task } from '@medplum/fhirtypes';
import { expect, test } from '@jest/globals';
import { concept, systems } from '../../src/fhir/codes.ts';
import { makeValidator } from '../../src/fhir/validate.ts';
import { smallestReferral } from '../support/referral.ts';

const validate = makeValidator();
const clinic = { id: '3c8d3f0e-55b4-4a0b-9a53-0c1d8f6f2a01' };
const office = { id: '3c8d3f0e-55b4-4a0b-9a53-0c1d8f6f2a02' };
const referral = smallestReferral({ clinic, office });

test.each(Object.values(referral).map((r) => [r.resourceType, r] as const))(
  'the smallest referral a stranger can send has a right %s',
  (_, record) => {
    expect(validate(record)).toEqual([]);
  },
);

test('a consent that names no policy rule is right: it rests on the form that was signed', () => {
  const { policyRule: _, ...consent } = referral.consent;
  expect(validate(consent)).toEqual([]);
});

const patient = (more: object): object => ({ ...(referral.patient satisfies Patient), ...more });
const answers = (more: object): object => ({
  ...(referral.answers satisfies QuestionnaireResponse),
  ...more,
});
const consent = (more: object): object => ({ ...(referral.consent satisfies Consent), ...more });
const request = (more: object): object => ({ ...(referral.request satisfies ServiceRequest), ...more });
const task = (more: object): object => ({ ...(referral.task satisfies Task), ...more });
const person = { reference: `Patient/${referral.patient.id}` };
const observation = (more: object): object => ({
  resourceType: 'Observation',
  status: 'final',
  code: { text: '外出の回数' },
  subject: person,
  ...more,
});
const condition = (more: object): object => ({ resourceType: 'Condition', subject: person, ...more });
const questionnaire = (...item: object[]): object => ({
  resourceType: 'Questionnaire',
  status: 'active',
  item,
});
const narrative = (div: string): object => patient({ text: { status: 'generated', div } });

function nested(levels: number): object {
  return levels === 0 ? { linkId: 'end' } : { linkId: String(levels), item: [nested(levels - 1)] };
}

const faults: [fault: string, record: unknown, code: string, path: string][] = [
  ['text instead of a record', 'Patient', 'structure', ''],
  ['a list instead of a record', [referral.patient], 'structure', ''],
  ['no resource type', { id: 'a' }, 'required', 'resourceType'],
  ['a resource type that does not exist', { resourceType: 'Person2' }, 'value', ''],
  ['a resource type that is not taken', { resourceType: 'Medication' }, 'not-supported', ''],
  ['the name of a data type', { resourceType: 'HumanName' }, 'value', ''],
  ['an unknown element', patient({ nickname: 'ハナ' }), 'structure', 'Patient.nickname'],
  [
    'an unknown element deep down',
    patient({ name: [{ family: '試験', kana: 'シケン' }] }),
    'structure',
    'Patient.name[0].kana',
  ],
  [
    'a key that pollutes',
    JSON.parse('{"resourceType":"Patient","__proto__":{"a":1}}'),
    'structure',
    'Patient',
  ],
  ['a single value for a list', patient({ name: { family: '試験' } }), 'structure', 'Patient.name'],
  ['a list for a single value', patient({ birthDate: ['1941-03-04'] }), 'structure', 'Patient.birthDate'],
  ['text for an object', patient({ name: ['試験 花子'] }), 'structure', 'Patient.name[0]'],
  ['a number for a text', patient({ name: [{ family: 7 }] }), 'structure', 'Patient.name[0].family'],
  ['a text for yes or no', patient({ active: 'true' }), 'structure', 'Patient.active'],
  ['null', patient({ gender: null }), 'structure', 'Patient.gender'],
  ['an empty text', patient({ name: [{ family: '' }] }), 'structure', 'Patient.name[0].family'],
  ['nothing but spaces', patient({ name: [{ text: '　 ' }] }), 'structure', 'Patient.name[0].text'],
  ['an empty list', patient({ telecom: [] }), 'structure', 'Patient.telecom'],
  ['an empty object', patient({ name: [{}] }), 'structure', 'Patient.name[0]'],
  ['null in a list', patient({ name: [{ given: ['花子', null] }] }), 'structure', 'Patient.name[0].given[1]'],
  [
    'a hidden control character',
    patient({ name: [{ family: '試\u0007験' }] }),
    'value',
    'Patient.name[0].family',
  ],
  ['a NUL, which the database refuses', task({ description: 'a\u0000' }), 'value', 'Task.description'],
  ['half a character', task({ description: '\ud83d' }), 'value', 'Task.description'],
  ['a mark that turns the writing', task({ description: 'a\u202eb' }), 'value', 'Task.description'],
  ['a text above 64 K', task({ description: 'あ'.repeat(65_537) }), 'too-long', 'Task.description'],
  ['a date in the Japanese manner', patient({ birthDate: '1941/3/4' }), 'value', 'Patient.birthDate'],
  ['the 30th of February', patient({ birthDate: '1941-02-30' }), 'value', 'Patient.birthDate'],
  ['a 29th of February in a common year', patient({ birthDate: '1900-02-29' }), 'value', 'Patient.birthDate'],
  ['a time without its offset', task({ authoredOn: '2026-11-20T10:00:00' }), 'value', 'Task.authoredOn'],
  ['an id with spaces', patient({ id: 'a b' }), 'value', 'Patient.id'],
  ['a fraction for a whole number', patient({ multipleBirthInteger: 1.5 }), 'value', 'Patient.multipleBirth'],
  [
    'an endless number',
    observation({ valueQuantity: { value: Infinity } }),
    'value',
    'Observation.value.value',
  ],
  [
    'a rank of zero',
    patient({ telecom: [{ system: 'phone', value: '000', rank: 0 }] }),
    'value',
    'Patient.telecom[0].rank',
  ],
  ['an address that runs a script', questionnaireUrl(), 'value', 'Questionnaire.url'],
  [
    'two values where one may be',
    patient({ deceasedBoolean: true, deceasedDateTime: '2026' }),
    'structure',
    'Patient.deceased',
  ],
  ['no status', { ...referral.task, status: undefined }, 'required', 'Task.status'],
  [
    'a status that is only excused',
    { ...task({ status: undefined }), _status: { extension: [unknownReason()] } },
    'required',
    'Task.status',
  ],
  ['a consent without its scope', consent({ scope: undefined }), 'required', 'Consent.scope'],
  ['an unknown status', task({ status: 'open' }), 'code-invalid', 'Task.status'],
  ['an unknown sex', patient({ gender: '女' }), 'code-invalid', 'Patient.gender'],
  [
    'a concept outside its binding',
    condition({ verificationStatus: concept(systems.conditionVerification, 'maybe') }),
    'code-invalid',
    'Condition.verificationStatus',
  ],
  [
    'words instead of a bound concept',
    condition({ clinicalStatus: { text: '活動性' } }),
    'code-invalid',
    'Condition.clinicalStatus',
  ],
  [
    'a reference to a wrong type',
    patient({ managingOrganization: person }),
    'value',
    'Patient.managingOrganization.reference',
  ],
  [
    'a reference to a type that does not exist',
    task({ owner: { reference: 'Office/1' } }),
    'value',
    'Task.owner.reference',
  ],
  ['text for a reference', task({ owner: { reference: 'the office' } }), 'value', 'Task.owner.reference'],
  [
    'a type that contradicts its reference',
    request({ subject: { ...person, type: 'Group' } }),
    'value',
    'ServiceRequest.subject.type',
  ],
  [
    'a reference into nothing contained',
    task({ owner: { reference: '#office' } }),
    'invariant',
    'Task.owner',
  ],
  [
    'something contained that nothing refers to',
    task({ contained: [{ resourceType: 'Organization', id: 'x', name: '架空' }] }),
    'invariant',
    'Task',
  ],
  [
    'something contained that contains more',
    holding({ contained: [{ resourceType: 'Patient', id: 'y' }] }),
    'invariant',
    'Task',
  ],
  ['something contained with a version', holding({ meta: { versionId: '1' } }), 'invariant', 'Task'],
  [
    'something contained with a security label',
    holding({ meta: { security: [{ code: 'R' }] } }),
    'invariant',
    'Task',
  ],
  [
    'too much contained',
    task({ contained: Array.from({ length: 51 }, () => ({ resourceType: 'Basic' })) }),
    'structure',
    'Task.contained',
  ],
  [
    'a modifier extension',
    task({ modifierExtension: [{ url: 'https://tsunagi.example/not', valueBoolean: true }] }),
    'extension',
    'Task.modifierExtension[0]',
  ],
  [
    'an extension with nothing in it',
    patient({ extension: [{ url: 'https://tsunagi.example/x' }] }),
    'invariant',
    'Patient.extension[0]',
  ],
  [
    'answers nested too deep',
    answers({ item: [nested(60)] }),
    'too-costly',
    `QuestionnaireResponse${'.item[0]'.repeat(50)}`,
  ],
  [
    'an item with answers and items',
    answers({ item: [{ linkId: '1', answer: [{ valueString: 'a' }], item: [{ linkId: '2' }] }] }),
    'invariant',
    'QuestionnaireResponse.item[0]',
  ],
  [
    'a contact of the patient without anything',
    patient({ contact: [{ gender: 'female' }] }),
    'invariant',
    'Patient.contact[0]',
  ],
  [
    'a period that ends before it begins',
    consent({ provision: { period: { start: '2026-11-20', end: '2026-11-19' } } }),
    'invariant',
    'Consent.provision.period',
  ],
  ['a change before the beginning', task({ lastModified: '2026-11-20T09:59:00+09:00' }), 'invariant', 'Task'],
  [
    'a value and why there is none',
    observation({ valueInteger: 1, dataAbsentReason: { text: '不明' } }),
    'invariant',
    'Observation',
  ],
  [
    'a component with the code of the whole',
    observation({
      code: concept('urn:x', 'a'),
      valueInteger: 1,
      component: [{ code: concept('urn:x', 'a') }],
    }),
    'invariant',
    'Observation',
  ],
  [
    'a range upside down',
    observation({ valueRange: { low: { value: 3 }, high: { value: 1 } } }),
    'invariant',
    'Observation.value',
  ],
  [
    'a comparator in a simple quantity',
    observation({ valueRange: { low: { value: 3, comparator: '<' } } }),
    'structure',
    'Observation.value.low.comparator',
  ],
  [
    'a mistaken condition with a state',
    condition({
      clinicalStatus: concept(systems.conditionClinical, 'active'),
      verificationStatus: concept(systems.conditionVerification, 'entered-in-error'),
    }),
    'invariant',
    'Condition',
  ],
  [
    'two questions with one number',
    questionnaire({ linkId: '1', type: 'string' }, { linkId: '1', type: 'string' }),
    'invariant',
    'Questionnaire',
  ],
  [
    'a group with nothing in it',
    questionnaire({ linkId: '1', type: 'group' }),
    'invariant',
    'Questionnaire.item[0]',
  ],
  [
    'attached data of unknown kind',
    consent({ sourceAttachment: { data: 'dHN1bmFnaQ==' } }),
    'invariant',
    'Consent.source',
  ],
  [
    'data that is no Base64',
    consent({ sourceAttachment: { contentType: 'image/png', data: '紙' } }),
    'value',
    'Consent.source.data',
  ],
  [
    'a content type with a line end',
    { resourceType: 'Binary', contentType: 'text/plain\r\nx: y' },
    'value',
    'Binary.contentType',
  ],
  ['a script in the narrative', narrative('<div><script>x()</script></div>'), 'value', 'Patient.text.div'],
  ['a handler in the narrative', narrative('<div onclick="x()">a</div>'), 'value', 'Patient.text.div'],
  [
    'a hidden script address in the narrative',
    narrative('<div><a href="java&#115;cript:x()">a</a></div>'),
    'value',
    'Patient.text.div',
  ],
  ['a narrative that does not close', narrative('<div><b>a</div>'), 'value', 'Patient.text.div'],
  ['a narrative that shows nothing', narrative('<div> </div>'), 'structure', 'Patient.text.div'],
];

/** A task with its owner contained. */
function holding(more: object): object {
  const owner = { resourceType: 'Organization', id: 'x', name: '架空', ...more };
  return task({ contained: [owner], owner: { reference: '#x' } });
}
function questionnaireUrl(): object {
  return { resourceType: 'Questionnaire', status: 'active', url: 'javascript:alert(1)' };
}
function unknownReason(): object {
  return { url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' };
}

test.each(faults)('%s is refused, and the answer says where', (_, record, code, path) => {
  const issues = validate(record);
  expect(issues).toContainEqual(expect.objectContaining({ code, path }));
  for (const { says } of issues) {
    expect(says.ja).toMatch(/[ぁ-ん]/);
    expect(says.en).toMatch(/[a-z]/);
    expect(says.en).not.toMatch(/[ぁ-ん]/);
  }
});

test('all faults of a record are said at once, at most a hundred', () => {
  const wrong = patient({ gender: '女', birthDate: '1941-02-30', telecom: [], name: [{ family: '' }] });
  expect(validate(wrong).map((i) => i.path)).toEqual([
    'Patient.name[0].family',
    'Patient.birthDate',
    'Patient.gender',
    'Patient.telecom',
  ]);
  const many = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`x${String(i)}`, 1]));
  expect(validate(patient(many))).toHaveLength(100);
});

const right: [what: string, record: unknown][] = [
  ['a kanji variant, an emoji and lines', task({ description: '邊󠄀さん👩‍🦽\n散歩の会\tに参加' })],
  ['a birth year only', patient({ birthDate: '1941' })],
  [
    'a value of which only the reason for its absence is known',
    patient({ birthDate: undefined, _birthDate: { extension: [unknownReason()] } }),
  ],
  [
    'a place held by null for an extension',
    patient({ name: [{ given: ['花', null], _given: [null, { extension: [unknownReason()] }] }] }),
  ],
  [
    'a reference within a transaction',
    task({ owner: { reference: 'urn:uuid:3c8d3f0e-55b4-4a0b-9a53-0c1d8f6f2a02' } }),
  ],
  [
    'a reference to another server',
    task({ owner: { reference: 'https://other.example/fhir/Organization/7' } }),
  ],
  ['a reference by identifier', task({ owner: { type: 'Organization', identifier: { value: '7' } } })],
  [
    'something contained and used',
    task({
      contained: [{ resourceType: 'Organization', id: 'x', name: '架空' }],
      owner: { reference: '#x' },
    }),
  ],
  [
    'a period of one day',
    consent({ provision: { period: { start: '2026-11-20T10:00:00+09:00', end: '2026-11-20' } } }),
  ],
  [
    'a plain narrative',
    narrative('<div xmlns="http://www.w3.org/1999/xhtml"><p class="a">A &amp; B<br/></p></div>'),
  ],
  [
    'a scan of a megabyte',
    { resourceType: 'Binary', contentType: 'image/png', data: 'QUJD'.repeat(350_000) },
  ],
  ['answers nested as deep as forms are', answers({ item: [nested(20)] })],
  [
    'a Bundle whose records refer to what they contain',
    {
      resourceType: 'Bundle',
      type: 'collection',
      entry: [
        {
          resource: task({
            contained: [{ resourceType: 'Organization', id: 'x', name: '架空' }],
            owner: { reference: '#x' },
          }),
        },
      ],
    },
  ],
];

test.each(right)('%s is right', (_, record) => {
  expect(validate(record)).toEqual([]);
});
