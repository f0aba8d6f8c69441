import type { CodeableConcept, CompositionSection } from '@medplum/fhirtypes';
import { coding, systems } from '../../fhir/codes.ts';

/**
 * A referral as one document: a letter (紹介状) in the sections of the Japanese eReferral guide (診療情報提供書 FHIR
 * 記述仕様 1.1.6, http://jpfhir.jp/fhir/eReferral), which speaks of clinics alone. Its profiles are not claimed.
 */
export const letterType = '57133-1';

/** The sections that a referral of ours fills, by what they are for. */
export const sections = {
  receiver: { code: '910', title: '紹介先情報' },
  sender: { code: '920', title: '紹介元情報' },
  /** Holds the parts that say something of the person. */
  structured: { code: '300', title: '構造情報' },
  purpose: { code: '950', title: '紹介目的' },
  complaints: { code: '340', title: '傷病名・主訴' },
  illness: { code: '360', title: '現病歴' },
  instructions: { code: '420', title: '診療方針指示' },
  social: { code: '640', title: '社会歴・生活習慣' },
  attachments: { code: '210', title: '添付情報' },
  remarks: { code: '220', title: '備考・連絡情報' },
} as const;
export type SectionName = keyof typeof sections;

/** What else the guide knows: read, kept with the document, and made into no record. */
export const otherSections: Readonly<Record<string, string>> = {
  '200': 'CDA参照',
  '230': 'PDF',
  '330': '臨床経過',
  '370': '既往歴',
  '410': '事前指示',
  '430': '投薬指示',
  '510': 'アレルギー・不耐性反応',
  '520': '感染症情報',
  '530': '予防接種歴',
  '550': '家族歴',
  '610': '身体所見',
  '620': '検査結果',
  '720': '処置',
  '730': '手術',
  '740': '輸血歴',
  '810': '医療機器',
  '830': '臨床研究参加',
};

export const sectionOf = (name: SectionName): Pick<CompositionSection, 'title' | 'code'> => {
  const { code, title } = sections[name];
  return { title, code: { coding: [coding(systems.documentSection, code, `${title}セクション`)] } };
};

/** The name of a section of the guide; undefined for one that is no section of it, or none that a referral fills. */
export const sectionNamed = (code: string | undefined): SectionName | undefined =>
  (Object.keys(sections) as SectionName[]).find((name) => sections[name].code === code);

export const typeOfLetter: CodeableConcept = {
  coding: [coding(systems.documentType, letterType, '診療情報提供書'), coding(systems.loinc, letterType)],
};

/** A letter of referral by its code in Japan or in LOINC. */
export const isLetter = (type: CodeableConcept | undefined): boolean =>
  (type?.coding ?? []).some(
    ({ system, code }) =>
      code === letterType && (system === systems.documentType || system === systems.loinc),
  );
