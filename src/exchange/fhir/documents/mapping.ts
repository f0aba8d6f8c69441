import type {
  Condition,
  Consent,
  DocumentReference,
  Observation,
  Patient,
  QuestionnaireResponse,
} from '@medplum/fhirtypes';
import { withFilesNamed } from '../../../fhir/answer-files.ts';
import { codesOf, systems } from '../../../fhir/codes.ts';
import type { Records } from '../../../fhir/records.ts';
import { reference } from '../../../fhir/references.ts';
import { isRecordType, type FhirRecord } from '../../../fhir/types.ts';
import { buildCoverage, isSealed, memberId } from '../../../people/record.ts';
import { readNeeds } from '../../../referral/record.ts';
import { withVersion } from '../asked.ts';
import type { Document, DocumentEntry } from './envelope.ts';
import { relinked } from './links.ts';
import { tokenOf, type Parties } from './parties.ts';
import { insuranceIn, personHere, type Insured } from './person.ts';
import { entriesIn, ofType, type Section } from './sections.ts';
import { documentText as text } from './text.ts';
import { tell, type Told } from './told.ts';

/** A record to write, and the entry it is made of. */
export type Made = Readonly<{ record: FhirRecord & { id: string }; entry: DocumentEntry }>;

export type Mapped = Readonly<{
  patient: string;
  made: readonly Made[];
  /** Conditions of the complaints: written now, or known before. */
  conditions: readonly string[];
  answers: string | undefined;
  questionnaire: string | undefined;
  consents: readonly Made[];
  /** Entries of which something was made. */
  used: ReadonlySet<DocumentEntry>;
  told: readonly Told[];
}>;

/** What of a document becomes records here: the person, their insurance, consents, answers, findings and complaints. */
export async function mapDocument(
  records: Records,
  document: Document,
  { sections, bodies }: Readonly<{ sections: readonly Section[] }> & Pick<Parties, 'bodies'>,
): Promise<Mapped> {
  const { person, entries, follow } = document;
  const insured = insuranceIn(document);
  const known = await personHere(records, document, insured);
  const patient = known?.id ?? records.newId();
  const concerns = known === undefined ? [] : await records.find('Condition', [['patient', patient]]);
  const complaints = ofType(entriesIn(sections, 'complaints'), 'Condition');
  const before = new Map(complaints.flatMap((one) => knownConcern(one, concerns) ?? []));
  const answers = await answersKnown(records, ofType(entries, 'QuestionnaireResponse'));
  const consents = ofType(entries, 'Consent');
  const proofs = consents.flatMap((one) => proofOf(one, follow));
  const fresh = complaints.filter((one) => !before.has(one));
  const findings = [
    ...ofType(entriesIn(sections, 'social'), 'Observation'),
    ...fresh.flatMap((one) => evidenceOf(one, follow)),
  ];
  const wanted = new Set([...answers, ...findings, ...fresh, ...proofs, ...consents]);
  const ids = new Map([...wanted].map((one) => [one, records.newId()]));
  const here = (entry: DocumentEntry): string | undefined => {
    const id = entry === person ? patient : (bodies.get(entry.path) ?? ids.get(entry) ?? before.get(entry));
    return id === undefined ? undefined : `${entry.resource.resourceType}/${id}`;
  };
  const made = [...ids].flatMap(([entry, id]) => {
    const record = recordOf(entry, id, follow, here);
    if (record?.resourceType === 'Binary') record.securityContext = reference('Patient', patient);
    return record ? [{ record, entry }] : [];
  });
  const coverages = await coveragesOf(records, { insured, patient, isNew: known === undefined });
  const newcomer: Made[] = known
    ? []
    : [
        {
          record: newPatient(recordOf(person, patient, follow, here) as Patient, patient, records),
          entry: person,
        },
      ];
  return {
    patient,
    made: [
      ...newcomer,
      ...coverages.map(({ record, entry }) => ({ record, entry: entry ?? person })),
      ...made,
    ],
    conditions: complaints.flatMap((one) => ids.get(one) ?? before.get(one) ?? []),
    answers: answers[0] && ids.get(answers[0]),
    questionnaire: (answers[0]?.resource as QuestionnaireResponse | undefined)?.questionnaire,
    consents: made.filter(({ record }) => record.resourceType === 'Consent'),
    used: new Set([person, ...wanted, ...before.keys(), ...insured.flatMap(({ entry }) => entry ?? [])]),
    told: [
      ...(known ? [tell(`${person.path}.resource`, text.knownPerson(known.id))] : []),
      ...(isSealed(person.resource as unknown as Patient)
        ? [tell(`${person.path}.resource.address`, text.sealedElsewhere)]
        : []),
      ...[...before].map(([one, id]) => tell(`${one.path}.resource`, text.knownConcern(id))),
      ...ofType(entries, 'QuestionnaireResponse')
        .filter((one) => !answers.includes(one))
        .map((one) => tell(`${one.path}.resource.questionnaire`, text.unknownForm)),
    ],
  };
}

/** The entry as a record with that id; what a version there said counts for nothing here. */
function recordOf(
  entry: DocumentEntry,
  id: string,
  follow: Document['follow'],
  here: (entry: DocumentEntry) => string | undefined,
): (FhirRecord & { id: string }) | undefined {
  const { id: _id, ...given } = relinked(entry, follow, here);
  if (!isRecordType(given.resourceType)) return undefined;
  const record = withVersion({ ...given, id } as FhirRecord & { id: string });
  return record.resourceType === 'QuestionnaireResponse' ? withFilesNamed(record) : record;
}

/**
 * Kept by the clinic that sends. What is sealed at the sender is not here: left as it is, it could never be recorded, since
 * nobody here holds the seal.
 */
function newPatient(given: Patient, id: string, { actor }: Records): Patient & { id: string } {
  const { address, telecom, link: _link, ...rest } = given;
  const open = isSealed(given) ? {} : { ...(address ? { address } : {}), ...(telecom ? { telecom } : {}) };
  return { ...rest, ...open, id, managingOrganization: reference('Organization', actor.organization) };
}

async function coveragesOf(
  records: Records,
  { insured, patient, isNew }: Readonly<{ insured: readonly Insured[]; patient: string; isNew: boolean }>,
) {
  const found = [];
  for (const { entry, insurance } of insured) {
    const known = isNew
      ? []
      : await records.find('Coverage', [
          ['patient', patient],
          ['identifier', tokenOf(systems.memberId, memberId(insurance))],
        ]);
    const id = records.newId();
    const { insurerName } = insurance as { insurerName?: string };
    const record = buildCoverage(insurance, {
      patient,
      id,
      ...(insurerName === undefined ? {} : { insurerName }),
    });
    if (known.length === 0) found.push({ record: { ...record, id }, entry });
  }
  return found;
}

/** Answers to a form that is here, in the version that was answered. */
async function answersKnown(records: Records, given: readonly DocumentEntry[]): Promise<DocumentEntry[]> {
  const known: DocumentEntry[] = [];
  for (const entry of given) {
    const { questionnaire } = entry.resource as unknown as QuestionnaireResponse;
    const [url = '', version] = (questionnaire ?? '').split('|');
    if (url === '') continue;
    const asked = [['url', url], ...(version === undefined ? [] : [['version', version] as const])] as const;
    const [form] = await records.find('Questionnaire', asked, 1);
    if (form) known.push(entry);
  }
  return known;
}

/** The same need among what is known of the person, and not set aside. */
function knownConcern(entry: DocumentEntry, concerns: readonly (Condition & { id: string })[]) {
  const needs = needsOf(entry.resource as unknown as Condition);
  const found = concerns.find(
    (one) =>
      !codesOf(one.verificationStatus, systems.conditionVerification).some((code) =>
        ['refuted', 'entered-in-error'].includes(code),
      ) &&
      !codesOf(one.clinicalStatus, systems.conditionClinical).some((code) =>
        ['inactive', 'remission', 'resolved'].includes(code),
      ) &&
      needsOf(one).some((need) => needs.includes(need)),
  );
  return found && ([[entry, found.id]] as [DocumentEntry, string][]);
}

const needsOf = ({ category, code }: Condition): string[] =>
  readNeeds([...(category ?? []), ...(code ? [code] : [])]).map((one) => `${one.system}|${one.code}`);

/** What a complaint was found in. */
const evidenceOf = (entry: DocumentEntry, follow: Document['follow']): DocumentEntry[] =>
  ofType(
    ((entry.resource as unknown as Condition).evidence ?? [])
      .flatMap(({ detail }) => detail ?? [])
      .flatMap((link) => follow(entry, link.reference) ?? []),
    'Observation' satisfies Observation['resourceType'],
  );

/** The copy of a signed form, with its pages. */
function proofOf(consent: DocumentEntry, follow: Document['follow']): DocumentEntry[] {
  const source = follow(consent, (consent.resource as unknown as Consent).sourceReference?.reference);
  if (source?.resource.resourceType !== 'DocumentReference') return [];
  const { content } = source.resource as unknown as DocumentReference;
  const pages = content.flatMap(({ attachment }) => follow(source, attachment.url) ?? []);
  return [...ofType(pages, 'Binary'), source];
}
