import type { Consent, Patient, ServiceRequest } from '@medplum/fhirtypes';
import { opensTo } from '../../consent/record.ts';
import { withFilesNamed } from '../../fhir/answer-files.ts';
import type { Records } from '../../fhir/records.ts';
import { idOf, idsOf } from '../../fhir/references.ts';
import type { Stored } from '../../fhir/types.ts';
import { dayInTokyo } from '../../kernel/japan/calendar.ts';
import { notFound, Refused } from '../../kernel/problem.ts';
import type { Sentence } from '../../kernel/sentence.ts';
import { registerReferral } from '../sheet.ts';
import type { Program } from '../../programs/program.ts';
import { readAround, type Around } from '../case-queries.ts';
import { readCase, type Case } from '../case.ts';
import { letterText } from './text.ts';

/** What a document of a referral is made of: only what the asking actor sees. */
export type Gathered = Readonly<{
  shown: Case;
  /** Of its sheet, which is printed in the document. */
  sheetId: string;
  request: Stored<ServiceRequest>;
  patient: Stored<Patient>;
  /** Who sent it, where that is known: the post and the person in it. */
  author: string | undefined;
  /** Of all records about the person: each kind in the order of ids, so that the same data are the same document. */
  conditions: readonly Stored[];
  observations: readonly Stored[];
  answers: readonly Stored[];
  notes: readonly Stored[];
  consents: readonly Stored[];
  coverages: readonly Stored[];
  /** Bodies, posts, people and copies of a signature that these name. */
  named: readonly Stored[];
  /** When the last of all this was written. */
  at: string;
}>;

/**
 * Reads a referral for a document. `not-found` for a request to a group, and for whoever does not see the person; a
 * conflict without a consent in force that opens the person to the receiver, for the sender too. In the access log it is
 * an export.
 */
export async function gatherLetter(
  records: Records,
  programs: readonly Program[],
  id: string,
): Promise<Gathered> {
  const about = [
    ['focus', `ServiceRequest/${id}`],
    ['part-of:missing', 'true'],
  ] as const;
  await records.read('ServiceRequest', id);
  const [task] = await records.find('Task', about, 1);
  if (!task) throw notFound();
  const shown = await readCase(records, programs, task.id);
  const around = await readAround(records, task);
  const { request, patient } = around;
  if (!request || !patient) throw notFound();
  const says = noDocument(shown, records.now);
  if (says !== undefined) throw new Refused({ kind: 'conflict', says });
  const consents = byId(around.consents);
  const patientId = patient.id;
  const given = await records.readMany('QuestionnaireResponse', shown.answers ? [shown.answers] : []);
  const answers = given.map(withFilesNamed);
  const coverages = byId(
    await records.find('Coverage', [
      ['patient', patientId],
      ['status', 'active'],
    ]),
  );
  const [sent] = await records.find('Provenance', [['target', `ServiceRequest/${id}`]], 1);
  const author = idOf(sent?.agent[0]?.who, 'PractitionerRole');
  records.note('export', 'referral document', patientId, `ServiceRequest/${id}`);
  const named = await readNamed(records, { around, author, consents });
  const all: readonly Stored[] = [
    task,
    request,
    patient,
    ...around.conditions,
    ...answers,
    ...around.notes,
    ...consents,
    ...coverages,
    ...named,
  ];
  return {
    shown,
    sheetId: await registerReferral(records, shown, 'ja'),
    request,
    patient,
    author: named.some((one) => one.id === author) ? author : undefined,
    conditions: byId(around.conditions),
    observations: observationsOf({ around, answers: shown.answers }),
    answers,
    notes: byId(around.notes),
    consents,
    coverages,
    named,
    at: all.map((one) => one.meta.lastUpdated).reduce((a, b) => (a > b ? a : b)),
  };
}

const byId = <R extends Stored>(list: readonly R[]): R[] =>
  list.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));

/**
 * Why a referral is no document, for its sender as for its receiver; undefined where it is one. Only what was sent is, and
 * only under a consent in force that opens the person to the receiver.
 */
export function noDocument(
  { referral, consent, receiver }: Pick<Case, 'referral' | 'consent' | 'receiver'>,
  now: Date,
): Sentence | undefined {
  if (referral.status === 'draft') return letterText.draft;
  if (referral.status === 'entered-in-error') return letterText.mistaken;
  return consent !== undefined && receiver !== undefined && opensTo(consent, receiver, dayInTokyo(now))
    ? undefined
    : letterText.noConsent;
}

/** What the needs were found in; what other answers showed at other times is no part of this referral. */
function observationsOf({
  around,
  answers,
}: Readonly<{ around: Around; answers: string | undefined }>): Stored[] {
  return byId(around.observations).filter(({ derivedFrom }) => {
    const from = idsOf(derivedFrom, 'QuestionnaireResponse');
    return from.length === 0 || (answers !== undefined && from.includes(answers));
  });
}

async function readNamed(
  records: Records,
  {
    around,
    author,
    consents,
  }: Readonly<{ around: Around; author: string | undefined; consents: readonly Stored<Consent>[] }>,
): Promise<Stored[]> {
  const explained = consents.flatMap((one) =>
    idsOf(
      (one.extension ?? []).flatMap((e) => e.valueReference ?? []),
      'PractitionerRole',
    ),
  );
  const posts = await records.readMany('PractitionerRole', [
    ...new Set([...explained, ...(author === undefined ? [] : [author])]),
  ]);
  const bodies = [around.sender, around.receiver].flatMap((one) => one ?? []);
  const others = [
    ...consents.flatMap((one) => one.provision?.actor ?? []),
    ...consents.flatMap((one) => (one.provision?.provision ?? []).flatMap((part) => part.actor ?? [])),
  ].flatMap((actor) => idOf(actor.reference, 'Organization') ?? []);
  const organizations = await records.readMany('Organization', [
    ...new Set([...others, ...posts.flatMap((post) => idOf(post.organization, 'Organization') ?? [])]),
  ]);
  const people = await records.readMany('Practitioner', [
    ...new Set(posts.flatMap((post) => idOf(post.practitioner, 'Practitioner') ?? [])),
  ]);
  const scans = await records.readMany(
    'DocumentReference',
    consents.flatMap((one) => idOf(one.sourceReference, 'DocumentReference') ?? []),
  );
  const pages = await records.readMany(
    'Binary',
    scans.flatMap((one) => one.content.flatMap(({ attachment }) => attachment.url?.split('/')[1] ?? [])),
  );
  const all: readonly Stored[] = [...bodies, ...organizations, ...posts, ...people, ...scans, ...pages];
  return byId([...new Map(all.map((one) => [one.id, one])).values()]);
}
