import type { Consent } from '@medplum/fhirtypes';
import { canonical, codesOf, concept, systems } from '../fhir/codes.ts';
import { idOf, reference } from '../fhir/references.ts';
import type { Sentence } from '../kernel/sentence.ts';
import { consentItems, recipientActor, type ConsentItem } from './record.ts';

/**
 * On what a disclosure may rest when the person has not agreed: 個人情報保護法 27条1項 and the special laws it points to.
 * `support-meeting` is 社会福祉法 106条の6, whose members are bound to secrecy.
 */
export const legalBases = {
  'support-meeting': {
    ja: '支援会議での情報共有（社会福祉法106条の6）',
    en: 'Support meeting (Social Welfare Act, art. 106-6)',
  },
  'danger-to-life': {
    ja: '人の生命・身体・財産を守るため（個人情報保護法27条1項2号）',
    en: 'Protection of life, body or property (APPI art. 27(1)(ii))',
  },
  law: {
    ja: '法令に基づく（裁判所の命令など。同項1号）',
    en: 'Required by law, such as a court order (APPI art. 27(1)(i))',
  },
  'public-health': {
    ja: '公衆衛生・児童の健全な育成（同項3号）',
    en: 'Public health, sound growth of children (APPI art. 27(1)(iii))',
  },
  'public-body': {
    ja: '国や自治体の仕事への協力（同項4号）',
    en: 'Cooperation with a public body (APPI art. 27(1)(iv))',
  },
  'abuse-report': {
    ja: '虐待の通報（児童・高齢者・障害者の虐待防止法）',
    en: 'Report of abuse (laws against abuse of children, older and disabled people)',
  },
} as const satisfies Record<string, Sentence>;
export type LegalBasis = keyof typeof legalBases;
export const legalBasisNames = Object.keys(legalBases) as LegalBasis[];

export const disclosureReason = `${canonical}/StructureDefinition/disclosure-reason`;

/** The longest that a disclosure without consent lasts, in days; who needs it longer says why once more. */
export const lawfulDays = 92;

/** A disclosure that rests on law and not on consent. Days are `YYYY-MM-DD`, the last included; `at` is an instant. */
export type Lawful = Readonly<{
  patient: string;
  /** The body that discloses. */
  from: string;
  /** The bodies that receive, one by one. */
  to: readonly string[];
  items: readonly ConsentItem[];
  basis: LegalBasis;
  why: string;
  start: string;
  end: string;
  at: string;
}>;

export const isLawful = (consent: Consent): boolean =>
  codesOf(consent.category, systems.legalBasis).length > 0 &&
  !codesOf(consent.category, systems.actCode).includes('IDSCL');

export const buildLawful = (given: Lawful, id?: string): Consent => ({
  resourceType: 'Consent',
  ...(id === undefined ? {} : { id }),
  status: 'active',
  scope: concept(systems.consentScope, 'patient-privacy'),
  category: [concept(systems.legalBasis, given.basis)],
  patient: reference('Patient', given.patient),
  dateTime: given.at,
  organization: [reference('Organization', given.from)],
  policyRule: concept(systems.legalBasis, given.basis),
  provision: {
    type: 'permit',
    period: { start: given.start, end: given.end },
    actor: given.to.map(recipientActor),
    code: given.items.map((item) => concept(systems.consentItem, item)),
  },
  extension: [{ url: disclosureReason, valueString: given.why }],
});

export function readLawful(consent: Consent & { id?: string }): Lawful & { id: string; active: boolean } {
  const codes = codesOf(consent.provision?.code, systems.consentItem);
  return {
    id: consent.id ?? '',
    active: consent.status === 'active',
    patient: idOf(consent.patient, 'Patient') ?? '',
    from: idOf(consent.organization?.[0], 'Organization') ?? '',
    to: (consent.provision?.actor ?? []).flatMap((actor) => idOf(actor.reference, 'Organization') ?? []),
    items: consentItems.filter((item) => codes.includes(item)),
    basis:
      legalBasisNames.find((name) => codesOf(consent.category, systems.legalBasis).includes(name)) ?? 'law',
    why: consent.extension?.find((e) => e.url === disclosureReason)?.valueString ?? '',
    start: consent.provision?.period?.start?.slice(0, 10) ?? '',
    end: consent.provision?.period?.end?.slice(0, 10) ?? '',
    at: consent.dateTime ?? '',
  };
}
