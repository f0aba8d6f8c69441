import type { Records } from '../fhir/records.ts';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import { invalid, issue } from '../kernel/problem.ts';
import { sql } from '../database/sql.ts';
import { openedTo, opensTo, readConsent } from '../consent/record.ts';
import { needOf } from '../intake/concerns.ts';
import { readLimits, readOrganization } from '../people/record.ts';
import type { Program } from '../programs/program.ts';
import { dueAt } from './deadlines.ts';
import { buildMedicalNote, buildReferral, type NeedCode, type NewReferral, type Urgency } from './record.ts';

export type Sending = Readonly<{
  patient: string;
  /** Organization id of the office. */
  to: string;
  urgency: Urgency;
  reason: string;
  /** What the doctor adds; goes along only under a consent that names the item `medical-note`. */
  note?: string | undefined;
  /** Why an office outside the person's area. */
  outside?: string | undefined;
  /** Conditions (unconfirmed health concerns) that are sent; their needs become the categories. */
  conditions: readonly string[];
  /** Needs named without a Condition. */
  needs?: readonly NeedCode[] | undefined;
  /** Left open, the referral is made as a draft: it waits at the clinic, and is sent under a consent or not at all. */
  consent: string | undefined;
  /** QuestionnaireResponse that goes along. */
  answers?: string | undefined;
  /** The order says that the person must not be contacted freely, whatever their record says. */
  noContact?: boolean | undefined;
}> &
  Pick<NewReferral, 'entered' | 'replaces'>;

export type Sent = Readonly<{ task: string; request: string; caseNumber: string; due: string }>;

/**
 * Sends a referral from the actor's clinic: request, task, who sent it and the doctor's note, in one transaction.
 * Refuses a consent that is not active today, is another person's or does not open the office, a medical note that the
 * consent does not name, and a concern of somebody else.
 */
export async function send(records: Records, program: Program, sending: Sending): Promise<Sent> {
  const { actor, now } = records;
  const concerns = await readConcerns(records, sending);
  const [patient] = await records.readMany('Patient', [sending.patient]);
  await refuseUnopened(records, sending);
  const at = now.toISOString();
  const due = dueAt(program.deadlines, sending.urgency, 'accept', now).toISOString();
  const given = {
    patient: sending.patient,
    from: actor.organization,
    to: sending.to,
    by: actor.post,
    urgency: sending.urgency,
    reason: sending.reason,
    needs: distinct([...concerns.flatMap((c) => needOf(c) ?? []), ...(sending.needs ?? [])]),
    consent: sending.consent,
    answers: sending.answers,
    conditions: concerns.map((c) => c.id),
    caseNumber: await nextCaseNumber(records),
    at,
    due,
    program: program.id,
    ...(sending.entered === undefined ? {} : { entered: sending.entered }),
    ...(sending.replaces === undefined ? {} : { replaces: sending.replaces }),
    ...(sending.outside === undefined ? {} : { outside: sending.outside }),
    noContact: sending.noContact === true || (patient !== undefined && readLimits(patient) !== undefined),
  };
  const ids = { request: records.newId(), task: records.newId(), provenance: records.newId() };
  const addressee = sending.consent === undefined ? undefined : sending.to;
  await records.write([
    ...buildReferral(given, ids),
    ...(sending.note ? [buildMedicalNote({ ...given, to: addressee }, ids.request, sending.note)] : []),
  ]);
  return { task: ids.task, request: ids.request, caseNumber: given.caseNumber, due };
}

async function readConcerns(records: Records, { conditions, patient }: Sending) {
  const concerns = await records.readMany('Condition', conditions);
  const ours = concerns.filter((c) => c.subject.reference === `Patient/${patient}`);
  if (ours.length !== new Set(conditions).size)
    throw invalid(
      issue(
        'needs',
        '困りごとをもう一度選んでください。前に見た内容から変わっています。',
        'Choose the needs again: they have changed since you looked.',
      ),
    );
  return ours;
}

async function refuseUnopened(records: Records, sending: Sending): Promise<void> {
  const [office] = await records.readMany('Organization', [sending.to]);
  const body = office && readOrganization(office);
  if (!body || body.kind !== 'office' || !body.active)
    throw invalid(issue('office', '送り先の窓口を選んでください。', 'Choose the office to send it to.'));
  if (sending.consent === undefined) return;
  const [consent] = await records.readMany('Consent', [sending.consent]);
  const given = consent && readConsent(consent);
  if (!given || given.patient !== sending.patient || !opensTo(given, body, dayInTokyo(records.now)))
    throw invalid(
      issue(
        'office',
        `${body.name}に情報を渡す有効な同意がありません。先に同意を記録してください。`,
        `There is no active consent that lets ${body.name} see this person. Record the consent first.`,
      ),
    );
  if (sending.note && !openedTo(given, { id: body.id, kind: 'office' }).includes('medical-note'))
    throw invalid(
      issue(
        'note',
        '同意に「医師からの申し送り」が入っていないため、申し送りは送れません。消してから送ってください。',
        'The consent does not include a medical note. Remove the note to send the referral.',
      ),
    );
}

const distinct = (needs: readonly NeedCode[]): NeedCode[] => [
  ...new Map(needs.map((n) => [`${n.system}|${n.code}`, n])).values(),
];

/** TS-2026-000123: the year in Japan and a number that is never given twice. */
async function nextCaseNumber(records: Records): Promise<string> {
  const [row] = await records.run<{ n: string }>(sql`select nextval('case_number_seq') as n`);
  return `TS-${dayInTokyo(records.now).slice(0, 4)}-${(row?.n ?? '').padStart(6, '0')}`;
}
