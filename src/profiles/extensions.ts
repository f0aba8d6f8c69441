import { disclosureReason } from '../consent/legal-basis.ts';
import { proxyWhy, withdrawalUrl } from '../consent/record.ts';
import { kanaUrl } from '../directory/record.ts';
import { extensions } from '../fhir/codes.ts';
import { of, type Sentence } from '../kernel/sentence.ts';
import { servesUrl } from '../people/record.ts';
import { programUrl } from '../programs/record.ts';
import { furigana } from '../programs/wording.ts';
import { sectionUrl } from '../referral/report.ts';

/** An extension of ours: where it stands, and either its one value or its parts. */
export type ExtensionTable = Readonly<{
  url: string;
  on: readonly string[];
  title: Sentence;
  value?: string;
  parts?: Readonly<Record<string, Readonly<{ value: string; min?: number }>>>;
}>;

/** Every extension of ours. Those of JP Core and the SDOH guide are defined there. */
export const extensionTables: readonly ExtensionTable[] = [
  {
    url: extensions.municipality,
    on: ['Address'],
    title: of('住所の市町村コード', 'Municipality code of an address'),
    value: 'Coding',
  },
  {
    url: extensions.medicalArea,
    on: ['Organization'],
    title: of('市町村が属する医療圏', 'Medical area that a municipality belongs to'),
    value: 'Coding',
  },
  {
    url: servesUrl,
    on: ['Organization', 'HealthcareService'],
    title: of('対象とする市町村', 'Municipality that is served'),
    value: 'Coding',
  },
  {
    url: programUrl,
    on: ['Organization'],
    title: of('行っているプログラム', 'Program that a body runs'),
    value: 'uri',
  },
  {
    url: extensions.assignee,
    on: ['Task'],
    title: of('紹介の担当者', 'Who has the referral in hand'),
    value: 'Reference',
  },
  {
    url: extensions.dangerRuledOut,
    on: ['QuestionnaireResponse'],
    title: of('危険がないと確かめたときの話', 'What was talked about when a danger was ruled out'),
    value: 'string',
  },
  {
    url: extensions.assured,
    on: ['HealthcareService'],
    title: of('内容を確かめた日', 'When somebody last said that the entry is right'),
    value: 'dateTime',
  },
  {
    url: extensions.fee,
    on: ['HealthcareService'],
    title: of('かかるお金', 'What it costs a person'),
    value: 'string',
  },
  { url: kanaUrl, on: ['HealthcareService'], title: of('名前のカナ', 'Name in kana'), value: 'string' },
  {
    url: extensions.consentExplained,
    on: ['Consent'],
    title: of('同意の説明のしかた', 'How the consent was explained'),
    value: 'Coding',
  },
  {
    url: extensions.consentLanguage,
    on: ['Consent'],
    title: of('同意書のことば', 'In which language of its form the consent was given'),
    value: 'code',
  },
  {
    url: extensions.consentExplainer,
    on: ['Consent'],
    title: of('同意を説明した人', 'Who explained the consent'),
    value: 'Reference',
  },
  {
    url: proxyWhy,
    on: ['Consent.verification'],
    title: of('代わりに署名した理由', 'Why somebody signed for the person'),
    value: 'string',
  },
  {
    url: withdrawalUrl,
    on: ['Consent', 'Consent.provision'],
    title: of('同意の取り消し', 'That a consent, or a part of it, was taken back'),
    parts: { reason: { value: 'string', min: 1 }, at: { value: 'dateTime', min: 1 } },
  },
  {
    url: disclosureReason,
    on: ['Consent'],
    title: of('同意なしに提供した理由', 'Why something was disclosed without consent'),
    value: 'string',
  },
  {
    url: extensions.contactLimits,
    on: ['Patient'],
    title: of('自由に連絡してはいけないこと', 'That a person may not be contacted freely'),
    parts: {
      since: { value: 'date', min: 1 },
      why: { value: 'code', min: 1 },
      how: { value: 'string', min: 1 },
      by: { value: 'Reference' },
      lifted: { value: 'dateTime' },
      'lifted-by': { value: 'Reference' },
    },
  },
  {
    url: extensions.extractedFrom,
    on: ['Observation', 'Condition', 'Goal', 'RelatedPerson'],
    title: of('記録のもとになった回答', 'The answers that a record was made of'),
    parts: {
      answers: { value: 'Reference', min: 1 },
      form: { value: 'canonical', min: 1 },
      item: { value: 'string' },
      version: { value: 'integer', min: 1 },
    },
  },
  {
    url: extensions.toldItem,
    on: ['Communication'],
    title: of('引き継ぎで伝えた内容', 'What was told with a hand-over'),
    value: 'code',
  },
  {
    url: furigana,
    on: [
      'Questionnaire.title',
      'Questionnaire.item.text',
      'Coding.display',
      'ValueSet.compose.include.concept',
    ],
    title: of('ふりがなを付けた同じ文', 'The same words with their readings marked'),
    value: 'string',
  },
  {
    url: sectionUrl,
    on: ['Communication.payload'],
    title: of('返書のどの部分か', 'Part of a report'),
    value: 'code',
  },
];
