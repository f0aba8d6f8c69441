import type { Consent, Patient } from '@medplum/fhirtypes';
import { codesOf, systems } from '../fhir/codes.ts';
import type { Change, Records, Rule } from '../fhir/records.ts';
import { idOf } from '../fhir/references.ts';
import type { Stored } from '../fhir/types.ts';
import { forbidden, invalid, type Issue } from '../kernel/problem.ts';
import { isLawful } from './legal-basis.ts';
import { faultsOfChange } from './rules/change.ts';
import { checkLawful } from './rules/lawful.ts';
import { faultsOfProvision } from './rules/provision.ts';
import { unless } from './rules/unless.ts';

/**
 * What the store refuses of consents, for pages and strangers' programs alike. A consent opens rows by itself, so one
 * that says something the row rules do not act on (an exception, a purpose-bound part) is refused, not half obeyed.
 */
export const consentRules: readonly Rule[] = [
  { types: ['Consent'], check: checkConsent },
  { types: ['Consent'], check: refuseOthersPerson, remove: refuseRemoval },
];

/** What was opened on its grounds stays on record, and so do the grounds. */
function refuseRemoval(): never {
  throw forbidden({
    ja: '同意の記録は削除できません。同意をやめるときは、取り消し（inactive）にしてください。',
    en: 'A consent is never deleted. To end it, withdraw it: set its status to inactive.',
  });
}

async function checkConsent({ before, after }: Change, records: Records): Promise<void> {
  const consent = after as Stored<Consent>;
  if (!before && isLawful(consent)) {
    await checkLawful(consent, records);
    return;
  }
  const faults = before ? faultsOfChange(before as Stored<Consent>, consent) : faultsOfNew(consent, records);
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
  if (before || isLawful(after as Stored<Consent>)) return;
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
