import type { Consent } from '@medplum/fhirtypes';
import { sql } from '../../database/sql.ts';
import { codesOf, systems } from '../../fhir/codes.ts';
import type { Records } from '../../fhir/records.ts';
import type { Stored } from '../../fhir/types.ts';
import { forbidden, invalid, type Issue } from '../../kernel/problem.ts';
import { lawfulDays, legalBasisNames, readLawful, type Lawful } from '../legal-basis.ts';
import { faultsOfProvision } from './provision.ts';
import { unless } from './unless.ts';

/**
 * A disclosure without consent: by a doctor or link worker, of what they see themselves, to bodies named one by one, for a
 * short time, with a reason in words. It waits for review afterwards (`disclosure_review`).
 */
export async function checkLawful(consent: Stored<Consent>, records: Records): Promise<void> {
  const given = readLawful(consent);
  if (!['doctor', 'linkworker'].includes(records.actor.role))
    throw forbidden({
      ja: '同意によらない提供を記録できるのは、医師とリンクワーカーだけです。',
      en: 'Only a doctor or a link worker can record a disclosure without consent.',
    });
  const faults = [...faultsOfLawful(consent, given, records), ...faultsOfProvision(consent, records)];
  if (faults.length > 0) throw invalid(...faults);
  const seen = await itemsSeen(records, given.patient);
  const unseen = given.items.filter((item) => !seen.has(item));
  if (unseen.length > 0)
    throw forbidden({
      ja: 'ご自分が見られない内容は、ほかへ提供できません。',
      en: 'What you do not see yourself cannot be disclosed by you.',
    });
}

function faultsOfLawful(consent: Stored<Consent>, given: Lawful, { actor }: Records): Issue[] {
  const codes = codesOf(consent.category, systems.legalBasis);
  return [
    ...unless(
      codes.length === 1 && legalBasisNames.some((name) => name === codes[0]),
      'category',
      `根拠は ${legalBasisNames.join('・')} から一つ選んでください。`,
      `The category must be one of ${legalBasisNames.join(', ')}.`,
    ),
    ...unless(
      consent.status === 'active',
      'status',
      '新しい記録は有効（active）で始まります。',
      'A new record starts as active.',
    ),
    ...unless(
      given.from === actor.organization,
      'organization',
      '提供する機関は、ご自分の機関でなければなりません。',
      'The first organization must be your own.',
    ),
    ...unless(given.at.length >= 10, 'dateTime', '提供する日時が必要です。', 'dateTime is missing.'),
    ...unless(
      given.why.trim().length >= 10,
      'extension',
      '提供するわけを、10文字以上の文で書いてください。',
      'Say why in words, at least ten characters.',
    ),
    ...unless(
      given.to.length > 0 &&
        given.to.length === (consent.provision?.actor ?? []).length &&
        !given.to.includes(actor.organization),
      'provision.actor',
      '提供する相手は、機関を一つずつ示してください（ご自分の機関は示せません）。',
      'Name the receiving bodies one by one, and not your own.',
    ),
    ...unless(
      given.items.length > 0,
      'provision.code',
      '提供する内容を示してください。',
      'Name what is disclosed.',
    ),
    ...unless(
      (consent.provision?.provision ?? []).length === 0,
      'provision.provision',
      '同意によらない提供に、細かい決まりは付けられません。',
      'A disclosure without consent has no parts.',
    ),
    ...unless(
      daysBetween(given.start, given.end) <= lawfulDays,
      'provision.period',
      `期間は${String(lawfulDays)}日以内にしてください。`,
      `The period is at most ${String(lawfulDays)} days.`,
    ),
  ];
}

const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000;

/** What the actor sees of that person and may therefore disclose. */
export async function itemsSeen(records: Records, patient: string): Promise<ReadonlySet<string>> {
  const rows = await records.rows<{ item: string }>(
    'own sight',
    sql`select distinct unnest(items) as item from sight
      where patient_id = ${patient}::uuid and organization_id = ${records.actor.organization}::uuid
        and audience = actor_audience() and works_until > now()
        and (post_id is null or post_id = actor_post())`,
  );
  const own = await records.rows<{ kept: boolean }>(
    'own person',
    sql`select true as kept from patient where id = ${patient}::uuid and organization_id = ${records.actor.organization}::uuid`,
  );
  // The clinic that keeps the person has their answers and its own notes, which no sight names.
  const items = rows.map((row) => row.item);
  return new Set(own.length > 0 ? [...items, 'answers', 'medical-note', 'plan', 'assessment'] : items);
}
