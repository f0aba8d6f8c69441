import { randomUUID } from 'node:crypto';
import type {
  Bundle,
  BundleEntry,
  Composition,
  CompositionSection,
  Consent,
  Narrative,
  Organization,
  Patient,
  Resource,
} from '@medplum/fhirtypes';
import { buildConsent, type ConsentItem } from '../../../src/consent/record.ts';
import { concept, extensions, systems } from '../../../src/fhir/codes.ts';
import { reference } from '../../../src/fhir/references.ts';
import type { FhirRecord } from '../../../src/fhir/types.ts';
import { toResponse } from '../../../src/intake/answers.ts';
import { findNeeds, toConditions, toObservations } from '../../../src/intake/findings.ts';
import { buildCoverage, buildPatient } from '../../../src/people/record.ts';
import { buildMedicalNote, buildReferral } from '../../../src/referral/record.ts';
import type { Api, ClientName } from '../api.ts';
import { madeIn, transactionOf } from '../bundle.ts';
import { filled } from '../filled.ts';

const at = '2026-11-20T10:00:00+09:00';
type Whole = FhirRecord & { id: string };

type Wishes = Readonly<{
  items?: readonly ConsentItem[];
  /** The person must not be contacted freely. */
  limited?: boolean;
  family?: string;
}>;

/** An invented person's referral with everything that one can have, as a transaction of the clinic. */
export function fullReferral(api: Api, wishes: Wishes = {}): Bundle & { entry: BundleEntry[] } {
  const { clinic, office } = api.bodies;
  const [program] = api.programs;
  if (!program) throw new Error('forms/ is empty');
  const answers = filled(program.screening);
  const ids = {
    patient: randomUUID(),
    answers: randomUUID(),
    consent: randomUUID(),
    request: randomUUID(),
    task: randomUUID(),
    provenance: randomUUID(),
  };
  const { patient } = ids;
  const person: Patient = {
    ...buildPatient(
      {
        family: wishes.family ?? '朝凪',
        given: '花子',
        familyKana: 'アサナギ',
        givenKana: 'ハナコ',
        birthDate: '1942-03-04',
        sex: 'female',
        phone: '050-0000-0001',
        postalCode: '000-0001',
        prefecture: '架空県',
        municipalityCode: '992011',
        municipality: '朝凪市',
        line: '浜町1-2-3',
      },
      { id: patient, clinic: clinic.id },
    ),
    ...(wishes.limited === true
      ? {
          extension: [
            {
              url: extensions.contactLimits,
              extension: [
                { url: 'since', valueDate: '2026-11-01' },
                { url: 'why', valueCode: 'danger-at-home' },
                { url: 'how', valueString: '娘の家に電話' },
              ],
            },
          ],
        }
      : {}),
  };
  const screened = {
    form: program.screening,
    subject: reference('Patient', patient),
    response: reference('QuestionnaireResponse', ids.answers),
    at,
    language: 'ja' as const,
    newId: randomUUID,
  };
  const found = findNeeds(program, answers);
  const observations = toObservations(found, screened);
  const conditions = toConditions(found, observations, screened) as Whole[];
  const consent = buildConsent(
    {
      patient,
      clinic: clinic.id,
      recipients: ['office', 'resident'],
      recipientIds: [],
      items: wishes.items ?? ['contact', 'answers', 'assessment', 'plan', 'medical-note'],
      from: '2026-11-20',
      until: '2099-11-19',
      at,
      explainedBy: api.bodies.actors.doctor.post,
      explainedHow: 'spoken',
      proxy: undefined,
      evidence: { kind: 'paper', title: '同意書（紙、医院で保管）' },
      status: 'active',
    },
    ids.consent,
  ) as Whole;
  const isNoted = wishes.items?.includes('medical-note') ?? true;
  const note = buildMedicalNote(
    { patient, from: clinic.id, to: office.id, at },
    ids.request,
    '血圧は落ち着いています。\n耳が遠いので、ゆっくり話してください。',
  );
  return transactionOf([
    person as Whole,
    {
      ...toResponse(program.screening, answers, {
        subject: screened.subject,
        authored: at,
        status: 'completed',
        language: 'ja',
      }),
      id: ids.answers,
    },
    ...(observations as Whole[]),
    ...conditions,
    buildCoverage(
      { insurerNumber: '00999011', symbol: '浜', number: patient.slice(0, 8), branch: '01' },
      { patient, id: randomUUID(), insurerName: '朝凪市国民健康保険（架空）' },
    ) as Whole,
    consent,
    ...(buildReferral(
      {
        patient,
        from: clinic.id,
        to: office.id,
        by: api.bodies.actors.doctor.post,
        urgency: 'routine',
        reason: 'ひとり暮らしで、話し相手がいません。',
        needs: found.map(({ system, code }) => ({ system, code })),
        consent: ids.consent,
        answers: ids.answers,
        conditions: conditions.map(({ id }) => id),
        caseNumber: `TS-2026-${patient.slice(0, 8)}`,
        at,
        due: '2099-11-30T14:59:59.999Z',
        noContact: wishes.limited === true,
      },
      ids,
    ) as Whole[]),
    ...(isNoted ? [{ ...note, id: randomUUID() }] : []),
  ]);
}

export type Referred = Readonly<
  Record<'task' | 'request' | 'patient' | 'consent' | 'answers' | 'condition', string>
>;

/** Sends the transaction; ids of what became of it. */
export async function referralOf(api: Api, bundle: Bundle, who: ClientName = 'clinic'): Promise<Referred> {
  const answer = await api.send(who, 'post', '', bundle);
  if (answer.status !== 200) throw new Error(answer.text.slice(0, 2000));
  const made = (type: string): string => madeIn(answer.body as Bundle, type);
  return {
    task: made('Task'),
    request: made('ServiceRequest'),
    patient: made('Patient'),
    consent: made('Consent'),
    answers: made('QuestionnaireResponse'),
    condition: made('Condition'),
  };
}

export const entriesOf = <R extends Resource>(bundle: Bundle, type: R['resourceType']): R[] =>
  (bundle.entry ?? []).flatMap(({ resource }) => (resource?.resourceType === type ? [resource as R] : []));

/** The codes of all sections, in their order. */
export const codesIn = (composition: Composition): string[] =>
  sectionsIn(composition).map(({ code }) => code?.coding?.[0]?.code ?? '');

export const sectionsIn = (one: Pick<Composition | CompositionSection, 'section'>): CompositionSection[] =>
  (one.section ?? []).flatMap((section) => [section, ...sectionsIn(section)]);

/** Code → words, of the sections that have words. */
export const wordsIn = (composition: Composition): Record<string, string> =>
  Object.fromEntries(
    sectionsIn(composition).flatMap(({ code, text }) =>
      text ? [[code?.coding?.[0]?.code ?? '', text.div ?? '']] : [],
    ),
  );

const codeOfClinic = '0519900017';
export const codeOfOffice = '9500000061';

/** Registers the bodies under the numbers by which a document names them. */
export async function numbered(api: Api): Promise<void> {
  const set = (id: string, value: string) =>
    api.owner.query(
      `update organization set version = version + 1, content = content
         || jsonb_build_object('meta', (content -> 'meta') || jsonb_build_object('versionId', (version + 1)::text), 'identifier', $2::jsonb)
       where id = $1`,
      [id, JSON.stringify([{ system: systems.medicalInstitution, value }])],
    );
  await set(api.bodies.clinic.id, codeOfClinic);
  await set(api.bodies.office.id, codeOfOffice);
  await set(api.bodies.otherClinic.id, '0519900025');
  await set(api.bodies.resource.id, '9500000079');
}

const div = (text: string): Narrative => ({
  status: 'additional',
  div: `<div xmlns="http://www.w3.org/1999/xhtml">${text}</div>`,
});
const section = (
  code: string,
  title: string,
  text: string | undefined,
  ...entries: string[]
): CompositionSection => ({
  title,
  code: { coding: [{ system: systems.documentSection, code, display: `${title}セクション` }] },
  ...(text === undefined ? {} : { text: div(text) }),
  ...(entries.length > 0 ? { entry: entries.map((one) => ({ reference: one })) } : {}),
});

/** Names of the entries of a stranger's letter. */
export const urns = {
  composition: 'urn:uuid:0c000000-0000-4000-8000-000000000001',
  person: 'urn:uuid:0c000000-0000-4000-8000-000000000002',
  doctor: 'urn:uuid:0c000000-0000-4000-8000-000000000003',
  clinic: 'urn:uuid:0c000000-0000-4000-8000-000000000004',
  office: 'urn:uuid:0c000000-0000-4000-8000-000000000005',
  purpose: 'urn:uuid:0c000000-0000-4000-8000-000000000006',
  pain: 'urn:uuid:0c000000-0000-4000-8000-000000000007',
  smoking: 'urn:uuid:0c000000-0000-4000-8000-000000000008',
  allergy: 'urn:uuid:0c000000-0000-4000-8000-000000000009',
  consent: 'urn:uuid:0c000000-0000-4000-8000-00000000000a',
} as const;

type Letter = Bundle & { entry: (BundleEntry & { resource: Resource })[] };

/**
 * A letter as another clinic's record system writes one after the eReferral guide, about somebody invented, with a consent of
 * our kind beside it. Each has its own number, and its person one of their own.
 */
export function strangersLetter(given: Readonly<{ number?: string; consent?: boolean }> = {}): Letter {
  const number = given.number ?? randomUUID();
  const subject = { reference: urns.person, type: 'Patient' as const };
  const organization = (name: string, value: string): Organization => ({
    resourceType: 'Organization',
    identifier: [{ system: systems.medicalInstitution, value }],
    name,
  });
  const composition: Composition = {
    resourceType: 'Composition',
    status: 'final',
    type: { coding: [{ system: systems.documentType, code: '57133-1', display: '診療情報提供書' }] },
    subject,
    date: '2026-11-20T10:00:00+09:00',
    author: [{ reference: urns.doctor }, { reference: urns.clinic }],
    custodian: { reference: urns.clinic },
    title: '診療情報提供書',
    section: [
      section('920', '紹介元情報', '試験クリニック', urns.clinic, urns.doctor),
      section('910', '紹介先情報', '試験リンクワーカー室', urns.office),
      {
        ...section('300', '構造情報', undefined),
        section: [
          section('950', '紹介目的', '外出が減りました。<br/>居場所を一緒に探してください。', urns.purpose),
          section('340', '傷病名・主訴', '腰痛', urns.pain),
          section('360', '現病歴', '春から腰が痛み、買い物に行けません。'),
          section('510', 'アレルギー・不耐性反応', 'そば', urns.allergy),
          section('640', '社会歴・生活習慣', 'ひとり暮らし &amp; 車なし', urns.smoking),
        ],
      },
    ],
  };
  const consent: Consent = {
    resourceType: 'Consent',
    status: 'active',
    scope: concept(systems.consentScope, 'patient-privacy'),
    category: [concept(systems.actCode, 'IDSCL')],
    patient: subject,
    dateTime: '2026-11-20',
    organization: [{ reference: urns.clinic }],
    sourceAttachment: { title: '同意書（紙）' },
    policyRule: concept(systems.actCode, 'OPTIN'),
    provision: {
      type: 'permit',
      period: { start: '2026-11-20', end: '2099-11-19' },
      actor: [{ role: concept(systems.participation, 'IRCP'), reference: { reference: urns.office } }],
    },
  };
  const entry: [string, Resource | Readonly<Record<string, unknown>>][] = [
    [urns.composition, composition],
    [
      urns.person,
      {
        resourceType: 'Patient',
        identifier: [
          { system: 'urn:oid:1.2.392.100495.20.3.51.10519900017', value: number.slice(0, 12) },
          { system: systems.memberId, value: `00999011:浜:${number.slice(0, 8)}:01` },
        ],
        name: [
          {
            extension: [{ url: extensions.nameRepresentation, valueCode: 'IDE' }],
            text: '夕凪 一郎',
            family: '夕凪',
            given: ['一郎'],
          },
        ],
        gender: 'male',
        birthDate: '1950-05-06',
        address: [{ text: '架空県朝凪市港町4-5-6', postalCode: '000-0004' }],
      },
    ],
    [urns.doctor, { resourceType: 'Practitioner', name: [{ text: '架空 医師' }] }],
    [urns.clinic, organization('試験クリニック', codeOfClinic)],
    [urns.office, organization('試験リンクワーカー室', codeOfOffice)],
    [
      urns.purpose,
      {
        resourceType: 'Encounter',
        status: 'finished',
        class: { system: systems.actCode, code: 'AMB' },
        reasonCode: [{ text: '居場所さがし' }],
      },
    ],
    [
      urns.pain,
      {
        resourceType: 'Condition',
        category: [concept(systems.conditionCategory, 'problem-list-item')],
        code: { text: '腰痛' },
        subject: { reference: urns.person },
        asserter: { reference: urns.doctor },
      },
    ],
    [
      urns.smoking,
      {
        resourceType: 'Observation',
        status: 'final',
        category: [concept(systems.observationCategory, 'social-history')],
        code: { text: '喫煙' },
        subject: { reference: urns.person },
        performer: [{ reference: urns.doctor }],
        valueString: '吸わない',
      },
    ],
    [
      urns.allergy,
      {
        resourceType: 'AllergyIntolerance',
        code: { text: 'そば' },
        patient: { reference: urns.person },
      },
    ],
    ...((given.consent ?? true) ? [[urns.consent, consent] as [string, Resource]] : []),
  ];
  return {
    resourceType: 'Bundle',
    identifier: { system: systems.documentNumber, value: `${codeOfClinic}^2026^${number}` },
    type: 'document',
    timestamp: '2026-11-20T10:00:00+09:00',
    entry: entry.map(([fullUrl, resource]) => ({ fullUrl, resource: resource as Resource })),
  };
}
