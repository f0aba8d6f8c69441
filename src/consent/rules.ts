import { isDeepStrictEqual } from 'node:util';
import type { Consent, ConsentProvisionActor, Patient } from '@medplum/fhirtypes';
import { items as knownItems } from '../access/sight.ts';
import { codesOf, systems } from '../fhir/codes.ts';
import type { Change, Records, Rule } from '../fhir/records.ts';
import { idOf } from '../fhir/references.ts';
import type { Stored } from '../fhir/types.ts';
import { dayInTokyo } from '../kernel/japan/calendar.ts';
import { forbidden, invalid, issue, type Issue } from '../kernel/problem.ts';
import { recipientKinds, withdrawalUrl } from './record.ts';

/**
 * What the store refuses of consents, for pages and strangers' programs alike. A consent opens rows by itself, so one
 * that says something the row rules do not act on (an exception, a purpose-bound part) is refused, not half obeyed.
 */
export const consentRules: readonly Rule[] = [
  { types: ['Consent'], check: checkConsent },
  { types: ['Consent'], check: refuseOthersPerson },
];

function checkConsent({ before, after }: Change, records: Records): void {
  const consent = after as Stored<Consent>;
  const faults = before
    ? faultsOfChange(before as Stored<Consent>, consent, records)
    : faultsOfNew(consent, records);
  if (faults.length > 0) throw invalid(...faults);
}

function faultsOfNew(consent: Stored<Consent>, records: Records): Issue[] {
  const clinic = idOf(consent.organization?.[0], 'Organization');
  return [
    ...unless(
      consent.status === 'active',
      'status',
      '新しい同意は有効（active）で始まります。',
      'A new consent starts as active.',
    ),
    ...unless(
      codesOf(consent.category, systems.actCode).includes('IDSCL'),
      'category',
      '同意の種類（IDSCL）が必要です。',
      'The category must hold IDSCL.',
    ),
    ...unless(
      consent.dateTime !== undefined && consent.dateTime.length >= 10,
      'dateTime',
      '同意した日時が必要です。',
      'dateTime is missing: when consent was given.',
    ),
    ...unless(
      clinic === records.actor.organization,
      'organization',
      '同意を受けた機関は、ご自分の機関でなければなりません。',
      'The first organization must be your own.',
    ),
    ...unless(
      isProven(consent),
      'source[x]',
      '同意の証拠（署名、紙の保管場所、または写し）が必要です。',
      'Something must prove the consent: an attachment with a title or data, or a reference to a document.',
    ),
    ...faultsOfProvision(consent, records),
  ];
}

/** Whoever was sent a person would open it further to itself and to others with a consent of its own. */
async function refuseOthersPerson({ before, after, together }: Change, records: Records): Promise<void> {
  if (before) return;
  const id = idOf((after as Stored<Consent>).patient, 'Patient') ?? '';
  const arriving = together.find((r): r is Stored<Patient> => r.resourceType === 'Patient' && r.id === id);
  const person = arriving ?? (await records.readMany('Patient', [id]))[0];
  if (idOf(person?.managingOrganization, 'Organization') !== records.actor.organization)
    throw forbidden({
      ja: '同意を記録できるのは、ご本人を登録した医療機関だけです。',
      en: 'Only the clinic that keeps the person can record a consent.',
    });
}

const isProven = ({ sourceAttachment: attached, sourceReference }: Consent): boolean =>
  (attached?.title ?? attached?.data ?? '') !== '' ||
  idOf(sourceReference, 'DocumentReference') !== undefined;

/** Parts of a provision that would narrow it; the row rules know none of them. */
const narrowing = ['provision', 'action', 'class', 'data', 'dataPeriod', 'securityLabel'] as const;

function faultsOfProvision({ provision }: Consent, records: Records): Issue[] {
  const { start = '', end = '' } = provision?.period ?? {};
  const actors = provision?.actor ?? [];
  const whole = start.length >= 10 && end.length >= 10;
  return [
    ...unless(
      provision?.type === 'permit',
      'provision.type',
      '同意の内容は「伝えてよい」（permit）でなければなりません。',
      'provision.type must be permit.',
    ),
    ...unless(
      whole,
      'provision.period',
      '同意の期間は、始まりと終わりの日が必要です。',
      'provision.period needs a start and an end, both whole days.',
    ),
    ...unless(
      !whole || end.slice(0, 10) >= start.slice(0, 10),
      'provision.period',
      '同意の終わりの日が、始まりの日より前です。',
      'The consent ends before it starts.',
    ),
    // Rows open when the consent is written, so one cannot wait for its day; a day's grace for clocks elsewhere.
    ...unless(
      !whole || start.slice(0, 10) <= dayAfter(records.now),
      'provision.period.start',
      '同意は、始まりの日より前には記録できません。',
      'A consent cannot be recorded before the day it starts.',
    ),
    ...unless(
      actors.length > 0,
      'provision.actor',
      'だれに伝えてよいか（相手）が必要です。',
      'provision.actor is missing: who may see the person.',
    ),
    ...actors.flatMap(faultsOfActor),
    ...(provision?.code ?? []).flatMap((code, i) =>
      unless(
        (code.coding ?? []).length > 0 &&
          (code.coding ?? []).every(
            (one) =>
              one.system === systems.consentItem && (knownItems as readonly unknown[]).includes(one.code),
          ),
        `provision.code[${String(i)}]`,
        `伝える内容は、${systems.consentItem} の ${knownItems.join('・')} から選んでください。`,
        `Name what may be told by a code of ${systems.consentItem}: ${knownItems.join(', ')}.`,
      ),
    ),
    ...narrowing.flatMap((part) =>
      unless(
        provision?.[part] === undefined,
        `provision.${part}`,
        `同意の例外や細かい条件（${part}）は、ここでは守れないため受け取れません。`,
        `Exceptions and further conditions (${part}) are refused, since they could not be kept here.`,
      ),
    ),
  ];
}

/** The row rules open to every actor named, so each has to be a recipient, one body or a kind of body we know. */
function faultsOfActor(actor: ConsentProvisionActor, i: number): Issue[] {
  const path = `provision.actor[${String(i)}]`;
  const { identifier } = actor.reference;
  const isKind =
    identifier?.system === systems.organizationType &&
    (recipientKinds as readonly unknown[]).includes(identifier.value);
  const isBody = idOf(actor.reference, 'Organization') !== undefined;
  return [
    ...unless(
      codesOf(actor.role, systems.participation).includes('IRCP'),
      `${path}.role`,
      '相手の役割は、情報を受け取る人（IRCP）でなければなりません。',
      'The role must be IRCP, recipient of information.',
    ),
    ...unless(
      (isBody || actor.reference.reference === undefined) && (isKind || (isBody && identifier === undefined)),
      `${path}.reference`,
      '相手は、機関（Organization）か、機関の種類（office または resource）で示してください。',
      'Name an Organization, or a kind of body (office or resource) as a logical identifier.',
    ),
  ];
}

/** What was agreed to stays as it is; it can only be taken back, by the clinic that took it. */
function faultsOfChange(before: Stored<Consent>, after: Stored<Consent>, records: Records): Issue[] {
  if (idOf(before.organization?.[0], 'Organization') !== records.actor.organization) throw forbidden();
  const reason = after.extension
    ?.find((e) => e.url === withdrawalUrl)
    ?.extension?.find((e) => e.url === 'reason')?.valueString;
  return [
    ...unless(
      isDeepStrictEqual(lasting(before), lasting(after)),
      '',
      '同意の内容は変えられません。取り消して、新しく受けてください。',
      'What was agreed to cannot be changed. Withdraw it and record a new consent.',
    ),
    ...unless(
      before.status === 'active' && after.status === 'inactive',
      'status',
      '有効な同意は、取り消すこと（inactive）だけができます。取り消した同意は戻せません。',
      'An active consent can only become inactive, and an inactive one stays so.',
    ),
    ...unless(
      (reason ?? '').trim() !== '',
      'extension',
      `取り消しのわけ（${withdrawalUrl} の reason）が必要です。`,
      `A withdrawal says why: extension ${withdrawalUrl} with reason.`,
    ),
  ];
}

/** A consent without what a withdrawal changes, as plain data. */
const lasting = ({
  status: _status,
  meta: _meta,
  text: _text,
  extension,
  ...rest
}: Stored<Consent>): unknown =>
  JSON.parse(
    JSON.stringify({ ...rest, extension: (extension ?? []).filter((e) => e.url !== withdrawalUrl) }),
  );

const dayAfter = (now: Date): string => dayInTokyo(new Date(now.getTime() + 24 * 3_600_000));

const unless = (holds: boolean, path: string, ja: string, en: string): Issue[] =>
  holds ? [] : [issue(path === '' ? 'Consent' : `Consent.${path}`, ja, en)];
