import { codesOf, extensions, systems } from '../../fhir/codes.ts';
import { servesUrl } from '../../people/record.ts';
import { programUrl } from '../../programs/record.ts';
import type { Profile } from '../constraint.ts';

const always = (): boolean => true;
const postalCode = {
  ja: '都道府県・市区町村・番地に分け、text にも続けて書く。',
  en: 'State, city and line apart, and all of it in text.',
};

export const people: readonly Profile[] = [
  {
    id: 'patient',
    type: 'Patient',
    title: { ja: '患者・被保険者', en: 'Patient' },
    about: {
      ja: '紹介される人。名前は JP Core と同じく漢字（IDE）とカナ（SYL）を分ける。JP Core が求める患者番号（identifier）は、番号のない人（団体からの相談など）もいるため必須にしない。',
      en: 'The person who is referred. Names as in JP Core: kanji (IDE) and kana (SYL) apart. JP Core asks for an identifier; people who have none are taken here too, so it is not required and the profile derives from base R4.',
    },
    isFor: always,
    elements: {
      'extension:limits': {
        of: { url: extensions.contactLimits },
        says: { ja: '自由に連絡してはいけないこと', en: 'That the person may not be contacted freely' },
      },
      name: { min: 1 },
      'name:kanji': { of: { extension: extensions.nameRepresentation, code: 'IDE' }, max: 1 },
      'name:kanji.text': {
        min: 1,
        says: {
          ja: '姓と名を半角空白で区切る。',
          en: 'Family and given name with one half-width space between.',
        },
      },
      'name:kana': { of: { extension: extensions.nameRepresentation, code: 'SYL' }, max: 1 },
      'name:kana.text': { min: 1 },
      address: { says: postalCode },
      'address.extension:municipality': { of: { url: extensions.municipality }, max: 1 },
      managingOrganization: {
        min: 1,
        targets: ['Organization'],
        says: { ja: '記録を管理する医療機関', en: 'The clinic that keeps the record' },
      },
    },
  },
  {
    id: 'coverage',
    type: 'Coverage',
    title: { ja: '被保険者証', en: 'Insurance' },
    about: {
      ja: '保険者番号・記号・番号・枝番。拡張と識別子は JP_Coverage のもの。患者が JP_Patient とは限らないので、親は基本の R4。',
      en: 'Insurer number, symbol, number and branch, by the extensions and identifiers of JP_Coverage. Since the patient need not be a JP_Patient, the parent is base R4.',
    },
    isFor: always,
    elements: {
      'extension:symbol': { of: { url: extensions.insuredSymbol }, max: 1 },
      'extension:number': { of: { url: extensions.insuredNumber }, max: 1 },
      'extension:branch': { of: { url: extensions.insuredBranch }, max: 1 },
      'identifier:member': { of: { system: systems.memberId }, max: 1 },
      'identifier:member.value': {
        min: 1,
        says: {
          ja: '保険者番号8桁:記号:番号:枝番（JP-CLINS）',
          en: 'Insurer number, symbol, number, branch, joined by colons (JP-CLINS)',
        },
      },
      beneficiary: { targets: ['Patient'] },
      payor: { max: 1 },
    },
  },
  {
    id: 'organization',
    type: 'Organization',
    title: { ja: '機関・団体', en: 'Organization' },
    about: {
      ja: '医療機関、リンクワーカーの窓口、地域の団体、保険者、支援会議、協議会、市町村。種類と対象地域を足した。JP_Organization の識別子と拡張も使えるが、スライスの分け方が異なるため親は基本の R4。',
      en: 'A clinic, link-worker office, community group, insurer, support meeting, council or municipality, with its kind and the municipalities it serves. The identifiers and extensions of JP_Organization fit in; since that profile slices them otherwise, the parent is base R4.',
    },
    isFor: always,
    elements: {
      'extension:serves': {
        of: { url: servesUrl },
        says: { ja: '対象とする市町村', en: 'Municipalities it serves' },
      },
      'extension:program': {
        of: { url: programUrl },
        says: { ja: '行っているプログラム', en: 'Programs it runs' },
      },
      'identifier:municipality': { of: { system: systems.municipality }, max: 1 },
      'identifier:municipality.value': { min: 1 },
      type: { min: 1 },
      'type:kind': { of: { system: systems.organizationType }, min: 1, max: 1, codes: 'organization-type' },
      name: { min: 1 },
    },
  },
  {
    id: 'practitioner-role',
    type: 'PractitionerRole',
    title: { ja: '役割', en: 'Post' },
    about: {
      ja: '誰が、どの機関で、どの役割か。住民も含むため、医療職の職種コードではなく、つなぐの役割コードを使う。',
      en: 'Who is what in which organization. Residents are among them, so the codes are our posts and not the health professions of JP Core.',
    },
    isFor: always,
    elements: {
      practitioner: { min: 1, targets: ['Practitioner'] },
      organization: { min: 1, targets: ['Organization'] },
      code: { min: 1 },
      'code:post': { of: { system: systems.post }, min: 1, codes: 'post' },
    },
  },
];

/** Whether a list of concepts has that code. */
export const has = (concepts: Parameters<typeof codesOf>[0], system: string, code: string): boolean =>
  codesOf(concepts, system).includes(code);
