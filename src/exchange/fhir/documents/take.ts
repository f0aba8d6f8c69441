import type { OperationOutcome, Patient } from '@medplum/fhirtypes';
import type { Bearer } from '../../../access/tokens.ts';
import { opensTo, readConsent } from '../../../consent/record.ts';
import type { FhirIssue } from '../../../fhir/outcome.ts';
import type { Records } from '../../../fhir/records.ts';
import type { RecordType } from '../../../fhir/types.ts';
import type { ValidateResource } from '../../../fhir/validate.ts';
import { dayInTokyo } from '../../../kernel/japan/calendar.ts';
import { Refused, type Issue } from '../../../kernel/problem.ts';
import type { Language } from '../../../kernel/sentence.ts';
import { readLimits } from '../../../people/record.ts';
import { outsideScope, TurnedAway, turnAway } from '../refusal.ts';
import { placed, readDocument } from './envelope.ts';
import type { Letters } from './letters.ts';
import { mapDocument, type Made, type Mapped } from './mapping.ts';
import { originalOf, takenBefore } from './original.ts';
import { partiesOf, type Parties } from './parties.ts';
import { leftOver, noteOf, purposeOf } from './said.ts';
import { sectionsOf } from './sections.ts';
import { documentText as text } from './text.ts';
import { outcomeTelling, tell } from './told.ts';

export type Taking = Readonly<{
  body: unknown;
  /** The body as it came. */
  bytes: Buffer;
  may: Bearer['may'];
  language: Language;
}>;
export type Taken = Readonly<{ task: string; isNew: boolean; outcome: OperationOutcome }>;

type Needs = Readonly<{ validate: ValidateResource; letters: Letters; base: string }>;

/**
 * Makes a referral of a document, in one transaction: person, consent, answers and complaints as its entries say them, the
 * request and its task as if the clinic had sent it here, and the document itself, whole. Without a Consent the referral
 * is a draft. The same document again is the same referral. Refuses with the place in the document.
 */
export async function takeDocument(
  records: Records,
  { validate, letters, base }: Needs,
  { body, bytes, may, language }: Taking,
): Promise<Taken> {
  const document = readDocument(body, validate);
  refuseOutside(may, 's', ['Organization', 'Patient', 'DocumentReference']);
  const before = await takenBefore(records, document, bytes);
  if (before !== undefined)
    return {
      task: before,
      isNew: false,
      outcome: outcomeTelling([tell('Bundle.identifier', text.knownAlready(before))], language),
    };
  const sections = sectionsOf(document);
  const parties = await partiesOf(records, document, { sections, base });
  const purpose = purposeOf(sections);
  const mapped = await mapDocument(records, document, { sections, bodies: parties.bodies });
  refuseOutside(may, 'c', [
    ...mapped.made.map(({ record }) => record.resourceType),
    ...(['ServiceRequest', 'Task', 'DocumentReference', 'Binary'] as const),
  ]);
  const faults = mapped.made.flatMap(({ record, entry }) => placed(validate(record), entry));
  if (faults.length > 0) throw new TurnedAway(422, ...faults.slice(0, 100));
  // Consents last: what a legal basis may disclose is asked of the person, who has to be there.
  const [consents, others] = [true, false].map((isConsent) =>
    mapped.made.flatMap(({ record }) => ((record.resourceType === 'Consent') === isConsent ? [record] : [])),
  );
  await inPlace(mapped.made, () => records.write(others ?? []));
  await inPlace(mapped.made, () => records.write(consents ?? []));

  const consent = consentFor(mapped, parties, records);
  const limits = readLimits(document.person.resource as unknown as Patient);
  const note = noteOf(sections, {
    hasNeeds: purpose.needs.length > 0,
    hasAnswers: mapped.answers !== undefined,
  });
  const isNoted = consent === undefined || readConsent(consent).items.includes('medical-note');
  if (note && isNoted) refuseOutside(may, 'c', ['Communication']);
  const sent = await inPlace(mapped.made, () =>
    letters.refer(records, {
      patient: mapped.patient,
      to: parties.receiver,
      urgency: purpose.urgency,
      reason: purpose.reason,
      outside: purpose.outside,
      needs: purpose.needs,
      conditions: mapped.conditions,
      consent: consent?.id,
      answers: mapped.answers,
      questionnaire: mapped.questionnaire,
      noContact: purpose.noContact || limits !== undefined,
      ...(note && isNoted ? { note: note.words } : {}),
    }),
  );
  const ids = { binary: records.newId(), document: records.newId() };
  await records.write(originalOf(records, document, { bytes, patient: mapped.patient, ...sent }, ids));
  const used = new Set([
    ...mapped.used,
    ...purpose.used,
    ...(isNoted ? (note?.used ?? []) : []),
    ...document.entries.filter(({ path }) => parties.bodies.has(path)),
  ]);
  const told = [
    tell('Bundle', text.referred(sent)),
    ...(consent === undefined ? [tell('Bundle.entry', text.waits, 'business-rule')] : []),
    tell('Bundle', text.original(ids.document)),
    ...(limits === undefined
      ? []
      : [tell(`${document.person.path}.resource.extension`, text.limitsElsewhere)]),
    ...mapped.told,
    ...(note && !isNoted ? note.from.map(({ path }) => tell(`${path}.text`, text.noteUnopened)) : []),
    ...leftOver(document, sections, used),
  ];
  return { task: sent.task, isNew: true, outcome: outcomeTelling(told, language) };
}

function refuseOutside(may: Bearer['may'], letter: 'c' | 's', types: readonly RecordType[]): void {
  const outside = types.find((type) => !may(type, letter));
  if (outside !== undefined) throw outsideScope(outside, letter);
}

/** The consent that opens the person to the receiver; none where the document holds none at all. */
function consentFor({ consents }: Mapped, { receiver }: Parties, { now }: Records) {
  const [first] = consents;
  if (!first) return undefined;
  const opening = consents.find(
    ({ record }) =>
      record.resourceType === 'Consent' &&
      opensTo(readConsent(record), { id: receiver, kind: 'office' }, dayInTokyo(now)),
  );
  if (!opening) throw turnAway(422, 'business-rule', `${first.entry.path}.resource.provision`, text.unopened);
  return opening.record.resourceType === 'Consent' ? opening.record : undefined;
}

/** What a rule refuses of a record is said at the entry that it is made of, where that is the only one of its type. */
async function inPlace<T>(made: readonly Made[], work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refused) || error instanceof TurnedAway) throw error;
    const { problem } = error;
    if (problem.kind === 'invalid') {
      const issues = problem.issues.map((one) => inDocument(one, made));
      throw new Refused({ kind: 'invalid', issues });
    }
    if (problem.kind !== 'forbidden' && problem.kind !== 'conflict') throw error;
    throw new Refused({ ...problem, path: inDocument({ path: problem.path ?? '' }, made).path });
  }
}

function inDocument<I extends Pick<Issue, 'path'> & Partial<FhirIssue>>(issue: I, made: readonly Made[]): I {
  const type = /^[A-Z][A-Za-z]+/.exec(issue.path)?.[0] ?? '';
  const rest = issue.path.slice(type.length);
  const [only, ...others] = made.filter(({ record }) => record.resourceType === type);
  const path = only && others.length === 0 ? `${only.entry.path}.resource${rest}` : 'Bundle.entry';
  return { ...issue, path };
}
