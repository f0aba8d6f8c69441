import type { Communication } from '@medplum/fhirtypes';
import { kanaUrl } from '../../directory/record.ts';
import { extensions, systems } from '../../fhir/codes.ts';
import { servesUrl } from '../../people/record.ts';
import { isReport } from '../../referral/report.ts';
import type { Profile } from '../constraint.ts';

const always = (): boolean => true;

export const support: readonly Profile[] = [
  {
    id: 'community-resource',
    type: 'HealthcareService',
    title: { ja: '社会資源', en: 'Community resource' },
    about: {
      ja: '地域の活動・サービス。空きは SDOHCC-HealthcareServiceForReferralManagement の拡張。SDOHCC は US Core の機関を指すため、親は基本の R4。',
      en: 'An activity or service. How much room there is stands in the extension of SDOHCC-HealthcareServiceForReferralManagement; SDOHCC points to organizations of US Core, so the parent is base R4.',
    },
    isFor: always,
    elements: {
      'extension:serves': { of: { url: servesUrl } },
      'extension:capacity': { of: { url: extensions.capacity }, max: 1 },
      'extension:assured': { of: { url: extensions.assured }, max: 1 },
      'extension:fee': { of: { url: extensions.fee }, max: 1 },
      'extension:kana': { of: { url: kanaUrl }, max: 1 },
      providedBy: { min: 1, targets: ['Organization'] },
      category: { codes: 'need' },
      'specialty:interest': { of: { system: systems.interest }, codes: 'interest' },
      name: { min: 1 },
    },
  },
  {
    id: 'goal',
    type: 'Goal',
    title: { ja: '目標', en: 'Goal' },
    about: {
      ja: '支援の目標。本人の言葉で書くため、SDOHCC-Goal が求める LOINC の目標コードは使わない。',
      en: 'A goal of the support, in words; SDOHCC-Goal wants LOINC targets of US Core, which goals told in words do not have.',
    },
    isFor: always,
    elements: {
      'description.text': { min: 1 },
      subject: { targets: ['Patient'] },
    },
  },
  {
    id: 'care-plan',
    type: 'CarePlan',
    title: { ja: '支援計画', en: 'Support plan' },
    about: {
      ja: '一つの紹介についての支援計画。JP Core の CarePlan は暫定のため、親は基本の R4。',
      en: 'The support plan of one referral. CarePlan of JP Core is a placeholder, so the parent is base R4.',
    },
    isFor: always,
    elements: {
      intent: { fixed: 'plan' },
      subject: { targets: ['Patient'] },
      supportingInfo: { targets: ['ServiceRequest', 'Consent', 'QuestionnaireResponse'] },
      goal: { targets: ['Goal'] },
    },
  },
  {
    id: 'report',
    type: 'Communication',
    title: { ja: '返書', en: 'Report to the doctor' },
    about: {
      ja: '窓口から医師への返書。SDOHCC には返書がない（Task の output に任せる）。',
      en: 'What the office tells the doctor. SDOHCC has no such record and leaves it to the output of the task.',
    },
    isFor: (record) => isReport(record as Communication),
    elements: {
      basedOn: { min: 1, targets: ['ServiceRequest'] },
      'category:report': { of: { system: systems.communication, code: 'report' }, min: 1, max: 1 },
      subject: { min: 1, targets: ['Patient'] },
      sent: { min: 1 },
      recipient: { min: 1 },
      sender: { min: 1 },
    },
  },
];
