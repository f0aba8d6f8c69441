import type { Organization, Patient, Task } from '@medplum/fhirtypes';
import { hashPassword } from '../src/access/password.ts';
import { buildConsent } from '../src/consent/record.ts';
import { concept, systems } from '../src/fhir/codes.ts';
import type { Loaded } from '../src/fhir/load.ts';
import { reference } from '../src/fhir/references.ts';
import type { Stored } from '../src/fhir/types.ts';
import { buildOrganization, buildPatient } from '../src/people/record.ts';
import type { Program } from '../src/programs/program.ts';
import { dueAt } from '../src/referral/deadlines.ts';
import { buildReferral, changeTask, urgencies } from '../src/referral/record.ts';
import { makeChance, type Chance } from './chance.ts';

type Named<R> = R & { id: string };
export type Post = Readonly<{
  login: string;
  role: 'doctor' | 'linkworker';
  organization: string;
  post: string;
}>;

/** The bodies of an invented prefecture: so many clinics and offices, each office serving one municipality. */
export type Places = Readonly<{
  clinics: readonly Named<Organization>[];
  offices: readonly Named<Organization>[];
  council: string;
  records: readonly Loaded[];
  posts: readonly Post[];
}>;

const [clinicCount, officeCount] = [30, 20];
export const familyNames = [
  '佐藤',
  '鈴木',
  '高橋',
  '伊藤',
  '渡辺',
  '斎藤',
  '加藤',
  '吉田',
  '山口',
  '松本',
  '井上',
  '木村',
  '林',
  '清水',
  '山崎',
  '森',
  '阿部',
  '池田',
  '橋本',
  '石川',
];
const familyKana = [
  'サトウ',
  'スズキ',
  'タカハシ',
  'イトウ',
  'ワタナベ',
  'サイトウ',
  'カトウ',
  'ヨシダ',
  'ヤマグチ',
  'マツモト',
  'イノウエ',
  'キムラ',
  'ハヤシ',
  'シミズ',
  'ヤマザキ',
  'モリ',
  'アベ',
  'イケダ',
  'ハシモト',
  'イシカワ',
];
const givenNames = [
  '花子',
  '太郎',
  '一郎',
  '和子',
  '幸子',
  '清',
  '茂',
  '節子',
  '洋子',
  '実',
  '勇',
  '文子',
  '敏子',
  '正',
  '京子',
  '進',
  '久子',
  '弘',
  '恵子',
  '誠',
];
const givenKana = [
  'ハナコ',
  'タロウ',
  'イチロウ',
  'カズコ',
  'サチコ',
  'キヨシ',
  'シゲル',
  'セツコ',
  'ヨウコ',
  'ミノル',
  'イサム',
  'フミコ',
  'トシコ',
  'タダシ',
  'キョウコ',
  'ススム',
  'ヒサコ',
  'ヒロシ',
  'ケイコ',
  'マコト',
];

/** Codes of municipalities that there are not. */
const municipalityOf = (office: number): string => `99${String(office + 1).padStart(3, '0')}0`;

export function makePlaces(): Places {
  const chance = makeChance(7);
  const body = (kind: 'clinic' | 'office' | 'council', name: string, serves: string[] = []) =>
    buildOrganization({ id: chance.uuid(), kind, name, serves }) as Named<Organization>;
  const council = body('council', '架空県協議会');
  const clinics = Array.from({ length: clinicCount }, (_, i) => body('clinic', `架空医院${String(i + 1)}`));
  const offices = Array.from({ length: officeCount }, (_, i) =>
    body('office', `架空支援室${String(i + 1)}`, [municipalityOf(i)]),
  );
  const posts: Post[] = [];
  const held = [
    ...clinics.map((c) => ['doctor', c] as const),
    ...offices.map((o) => ['linkworker', o] as const),
  ].flatMap(([role, { id }]): Loaded['record'][] => {
    const [practitioner, post] = [chance.uuid(), chance.uuid()];
    posts.push({ login: `${role}-${String(posts.length)}`, role, organization: id, post });
    return [
      { resourceType: 'Practitioner', id: practitioner, name: [{ text: `架空 ${role}` }] },
      {
        resourceType: 'PractitionerRole',
        id: post,
        practitioner: reference('Practitioner', practitioner),
        organization: reference('Organization', id),
        code: [concept(systems.post, role)],
      },
    ];
  });
  const records = [council, ...clinics, ...offices, ...held].map((record) => ({
    record,
    keeper: council.id,
  }));
  return { clinics, offices, council: council.id, records, posts };
}

const two = (n: number): string => String(n).padStart(2, '0');

/** One invented person, kept by that clinic, living where that office works. */
export function makePatient(chance: Chance, clinic: string, office: number): Named<Patient> {
  const [family, given] = [chance.below(familyNames.length), chance.below(givenNames.length)];
  const person = {
    family: familyNames[family] ?? '',
    given: givenNames[given] ?? '',
    familyKana: familyKana[family] ?? '',
    givenKana: givenKana[given] ?? '',
    birthDate: `${String(1930 + chance.below(60))}-${two(1 + chance.below(12))}-${two(1 + chance.below(28))}`,
    sex: chance.one(['male', 'female'] as const),
    phone: `090-${String(1000 + chance.below(9000))}-${String(1000 + chance.below(9000))}`,
    postalCode: '999-0001',
    prefecture: '架空県',
    municipalityCode: municipalityOf(office),
    municipality: `架空市${String(office + 1)}`,
    line: `本町${String(1 + chance.below(40))}`,
  };
  return buildPatient(person, { id: chance.uuid(), clinic }) as Named<Patient>;
}

export type PersonData = Readonly<{
  patient: Named<Patient>;
  clinic: number;
  office: number;
  consent: string;
  records: readonly Loaded[];
}>;

/** Where a task has got to; as many as here stand there. */
const stages = [
  'requested',
  'requested',
  'accepted',
  'accepted',
  'in-progress',
  'in-progress',
  'in-progress',
  'on-hold',
  'completed',
  'completed',
  'completed',
  'completed',
  'completed',
  'rejected',
  'cancelled',
  'failed',
] as const;
const day = 86_400_000;

/** A person with a consent and so many referrals to the office of its area, over the last half year. */
export function makePerson(
  chance: Chance,
  number: number,
  tasks: number,
  places: Places,
  program: Program,
  now: Date,
): PersonData {
  const clinic = number % places.clinics.length;
  const office = chance.below(places.offices.length);
  const [from, to] = [places.clinics[clinic]?.id ?? '', places.offices[office]?.id ?? ''];
  const patient = makePatient(chance, from, office);
  const consent = chance.uuid();
  const given = buildConsent(
    {
      patient: patient.id,
      clinic: from,
      recipients: ['office'],
      recipientIds: [],
      items: ['contact', 'answers', 'assessment', 'plan', 'medical-note'],
      from: '2026-04-01',
      until: '2099-03-31',
      at: '2026-04-01T09:00:00+09:00',
      explainedBy: undefined,
      explainedHow: 'spoken',
      proxy: undefined,
      evidence: { kind: 'paper', title: '同意書（紙）' },
      status: 'active',
    },
    consent,
  );
  const referrals = Array.from({ length: tasks }, (_, i): Loaded[] => {
    const sent = new Date(now.getTime() - chance.below(180 * 24) * (day / 24));
    const stage = chance.one(stages);
    const urgency = chance.one(urgencies);
    const ids = { request: chance.uuid(), task: chance.uuid(), provenance: chance.uuid() };
    const [request, task] = buildReferral(
      {
        patient: patient.id,
        from,
        to,
        by: undefined,
        urgency,
        reason: '外出が減り、話し相手がいない。',
        needs: [{ system: systems.sdohCategory, code: 'social-connection' }],
        consent,
        answers: undefined,
        conditions: [],
        caseNumber: `TS-2026-${String(number * 10 + i).padStart(6, '0')}`,
        at: sent.toISOString(),
        due: dueAt(program.deadlines, urgency, 'accept', sent).toISOString(),
        program: program.id,
      },
      ids,
    );
    return [request, movedTo(task as Stored<Task>, stage, sent)].map((record) => ({
      record: record as Loaded['record'],
      keeper: from,
      at: sent.toISOString(),
    }));
  });
  const kept = [patient, given as Loaded['record']].map((record) => ({ record, keeper: from }));
  return { patient, clinic, office, consent, records: [...kept, ...referrals.flat()] };
}

function movedTo(task: Stored<Task>, status: (typeof stages)[number], at: Date): Stored<Task> {
  if (status === 'requested') return task;
  const reason = ['on-hold', 'rejected', 'cancelled', 'failed'].includes(status)
    ? { reason: { code: 'other' as const, text: '架空の理由' } }
    : {};
  const outcome =
    status === 'completed'
      ? { outcome: { code: 'connected' as const, text: '体操の会に通いはじめた。' } }
      : {};
  return changeTask(task, { status, at: at.toISOString(), ...reason, ...outcome });
}

export const benchSecret = 'a secret for measuring';
export const hashed = (): Promise<string> => hashPassword(benchSecret);
