import type { Consent } from '@medplum/fhirtypes';
import { isLawful, disclosureReason } from '../../consent/legal-basis.ts';
import { extensions, systems } from '../../fhir/codes.ts';
import type { Profile } from '../constraint.ts';
import { has } from './people.ts';

const provision: Profile['elements'] = {
  provision: { min: 1 },
  'provision.type': { min: 1, fixed: 'permit' },
  'provision.period': { min: 1 },
  'provision.period.end': {
    min: 1,
    says: {
      ja: '同意・提供には必ず終わりがある。',
      en: 'Neither a consent nor a disclosure is without an end.',
    },
  },
  'provision.actor': { min: 1 },
  'provision.actor.role': { pattern: { system: systems.participation, code: 'IRCP' } },
  'provision.code': { codes: 'consent-item' },
};

export const consents: readonly Profile[] = [
  {
    id: 'consent',
    type: 'Consent',
    title: { ja: '同意', en: 'Consent' },
    about: {
      ja: 'SDOHCC-Consent と同じ制約（IDSCL、患者、日時、機関、原本）に、相手・内容・期間を足したもの。SDOHCC は US Core の患者・機関を指すため、親は基本の R4。取り消しは inactive と理由で表す。',
      en: 'The constraints of SDOHCC-Consent (IDSCL, patient, time, organization, source) and besides: recipients, items, period. SDOHCC points to patients and organizations of US Core, so the parent is base R4. Taken back, it is inactive with a reason.',
    },
    isFor: (record) => has((record as Consent).category, systems.actCode, 'IDSCL'),
    elements: {
      'extension:explained': { of: { url: extensions.consentExplained }, max: 1 },
      'extension:explainer': { of: { url: extensions.consentExplainer }, max: 1 },
      scope: { pattern: { system: systems.consentScope, code: 'patient-privacy' } },
      'category:idscl': { of: { system: systems.actCode, code: 'IDSCL' }, min: 1, max: 1 },
      patient: { min: 1 },
      dateTime: { min: 1 },
      organization: { min: 1, max: 1 },
      'source[x]': { min: 1, types: ['Attachment', 'Reference'] },
      ...provision,
    },
  },
  {
    id: 'lawful-disclosure',
    type: 'Consent',
    title: { ja: '同意によらない提供', en: 'Disclosure without consent' },
    about: {
      ja: '法律を根拠に、同意なしに情報を提供した記録。SDOHCC にはない。',
      en: 'That something was disclosed without consent, and on which law it rests; SDOHCC has no such record.',
    },
    isFor: (record) => isLawful(record as Consent),
    elements: {
      'extension:reason': { of: { url: disclosureReason }, min: 1, max: 1 },
      'category:basis': { of: { system: systems.legalBasis }, min: 1, codes: 'legal-basis' },
      patient: { min: 1 },
      dateTime: { min: 1 },
      organization: { min: 1, max: 1 },
      ...provision,
    },
  },
];
