import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { concept, systems } from '../../src/fhir/codes.ts';
import { loadRecords } from '../../src/fhir/load.ts';
import { reference } from '../../src/fhir/references.ts';
import type { FhirRecord, RecordType } from '../../src/fhir/types.ts';
import type { Bodies } from '../support/bodies.ts';

type Named = FhirRecord & { id: string };
export const [sys, other] = ['http://example.org/codes', 'http://example.org/other'];
const syllables = [
  { url: 'http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation', valueCode: 'SYL' },
];
const person = (id: string, clinic: string, [family, given, familyKana, givenKana]: readonly string[]) => ({
  resourceType: 'Patient' as const,
  id,
  name: [
    { family: family ?? '', given: [given ?? ''], text: `${family ?? ''} ${given ?? ''}` },
    { extension: syllables, family: familyKana ?? '', given: [givenKana ?? ''] },
  ],
  managingOrganization: reference('Organization', clinic),
});

/** Invented records to be found, by the names the tests call them; those named `hidden…` belong to another clinic. */
export async function recordsToFind(owner: pg.Pool, { clinic, otherClinic, office, actors }: Bodies) {
  const id = (): string => randomUUID();
  const post = actors.linkworker.post ?? '';
  const hanako = id();
  const [taro, unseen, answers, pressure, mood, request, referral] = [
    id(),
    id(),
    id(),
    id(),
    id(),
    id(),
    id(),
  ];
  const about = (who: string) => ({ subject: reference('Patient', who) });
  const records: Record<string, Named> = {
    hanako: {
      ...person(hanako, clinic.id, ['佐藤', '花子', 'サトウ', 'ハナコ']),
      identifier: [{ system: sys, value: 'A-1' }],
      active: true,
      gender: 'female',
      birthDate: '1941-03-04',
      telecom: [
        { system: 'phone', value: '０９０-1111-2222' },
        { system: 'email', value: 'Hanako@Example.jp' },
      ],
      address: [{ use: 'home', city: '架空市', postalCode: '999-0001', line: ['本町12'] }],
      meta: { profile: ['http://example.org/profile|1.0'], tag: [{ system: sys, code: 'red' }] },
    },
    taro: {
      ...person(taro, clinic.id, ['佐々木', '太郎', 'ササキ', 'タロウ']),
      identifier: [{ value: 'A-1' }, { system: other, value: 'a|b' }],
      gender: 'male',
      birthDate: '1950-03',
      deceasedDateTime: '2026-02-03T10:00:00+09:00',
      address: [{ text: '架空県 別の市' }],
    },
    hidden: {
      ...person(unseen, otherClinic.id, ['佐藤', '見子', 'サトウ', 'ミコ']),
      birthDate: '1941-03-04',
    },
    answers: {
      resourceType: 'QuestionnaireResponse',
      id: answers,
      status: 'completed',
      questionnaire: 'http://example.org/Questionnaire/a|2.0',
      authored: '2026-01-05T10:00:00+09:00',
      ...about(hanako),
    },
    pressure: {
      resourceType: 'Observation',
      id: pressure,
      status: 'final',
      code: { coding: [{ system: sys, code: 'weight', display: '体重' }] },
      effectivePeriod: { start: '2026-01-10', end: '2026-01-20' },
      valueQuantity: { value: 5.4, unit: 'キログラム', system: 'http://unitsofmeasure.org', code: 'kg' },
      derivedFrom: [reference('QuestionnaireResponse', answers)],
      ...about(hanako),
    },
    mood: {
      resourceType: 'Observation',
      id: mood,
      status: 'final',
      code: { coding: [{ system: other, code: 'weight' }, { code: 'mood' }], text: '気分' },
      effectiveDateTime: '2026-02',
      valueCodeableConcept: concept(sys, 'low'),
      ...about(taro),
    },
    hiddenMood: {
      resourceType: 'Observation',
      id: id(),
      status: 'final',
      code: concept(sys, 'weight'),
      valueQuantity: { value: 5.4, system: 'http://unitsofmeasure.org', code: 'kg' },
      ...about(unseen),
    },
    request: {
      resourceType: 'ServiceRequest',
      id: request,
      status: 'active',
      intent: 'order',
      priority: 'urgent',
      category: [concept(systems.sdohCategory, 'food-insecurity')],
      requester: reference('Organization', clinic.id),
      performer: [reference('PractitionerRole', post), reference('Organization', office.id)],
      supportingInfo: [reference('Observation', pressure), reference('QuestionnaireResponse', answers)],
      ...about(hanako),
    },
    referral: {
      resourceType: 'Task',
      id: referral,
      status: 'draft',
      intent: 'order',
      code: concept(systems.taskCode, 'fulfill'),
      focus: reference('ServiceRequest', request),
      for: reference('Patient', hanako),
      requester: reference('Organization', clinic.id),
      owner: reference('Organization', office.id),
      authoredOn: '2026-01-10T10:00:00+09:00',
      output: [{ type: { text: 'x' }, valueReference: reference('Observation', mood) }],
      groupIdentifier: { system: sys, value: 'group' },
    },
    step: {
      resourceType: 'Task',
      id: id(),
      status: 'draft',
      intent: 'plan',
      focus: reference('Observation', pressure),
      for: reference('Patient', hanako),
      requester: { ...reference('PractitionerRole', post), identifier: { system: sys, value: 'desk' } },
      owner: reference('PractitionerRole', post),
      partOf: [reference('Task', referral)],
      authoredOn: '2026-01-12',
      executionPeriod: { start: '2026-03-01' },
    },
    visit: {
      resourceType: 'Encounter',
      id: id(),
      status: 'in-progress',
      class: { system: sys, code: 'HH' },
      period: { start: '2026-01-15T10:00:00+09:00' },
      ...about(hanako),
    },
  };
  const isHidden = (name: string): boolean => name.startsWith('hidden');
  const client = await owner.connect();
  try {
    await client.query('begin');
    await loadRecords(
      client,
      Object.entries(records).map(([name, record], i) => ({
        record,
        keeper: isHidden(name) ? otherClinic.id : clinic.id,
        at: new Date(Date.UTC(2026, 5, 1, 0, 0, i)).toISOString(),
      })),
      new Date('2026-06-01T00:00:00Z'),
    );
    await client.query('commit');
  } finally {
    client.release();
  }
  const names = new Map(Object.entries(records).map(([name, record]) => [record.id, name]));
  return {
    idOf: (name: string): string => records[name]?.id ?? '',
    nameOf: (record: { id: string }): string => names.get(record.id) ?? record.id,
    typeOf: (name: string): RecordType => records[name]?.resourceType ?? 'Patient',
    post,
  };
}
