import type { CodeableConcept, Coding } from '@medplum/fhirtypes';

/** Our own canonical base; every profile, code system and questionnaire of ours lives below it. */
export const canonical = 'https://tsunagi.example/fhir';

/** Which program a referral goes by, or a body runs: what follows is the program's id, the name of its folder. */
export const programBase = `${canonical}/program/`;

/** Code and identifier systems by the name people in the field use. */
export const systems = {
  /** clinic | office | resource | insurer | meeting | council | municipality */
  organizationType: `${canonical}/CodeSystem/organization-type`,
  /** Needs that Japan names and the SDOH guide does not; stands next to `sdoh-category-unspecified`. */
  need: `${canonical}/CodeSystem/need`,
  /** Finer steps of a referral (受付待ち, 連絡中 …). */
  businessStatus: `${canonical}/CodeSystem/business-status`,
  /** Why a referral was declined, failed, put on hold or cancelled. */
  statusReason: `${canonical}/CodeSystem/status-reason`,
  /** What came of a referral or a request. */
  outcome: `${canonical}/CodeSystem/outcome`,
  /** Kinds of Task.output: `outcome`, `resulting-activity`. */
  taskOutput: `${canonical}/CodeSystem/task-output`,
  /** contact | insurance | answers | assessment | plan | medical-note | request */
  consentItem: `${canonical}/CodeSystem/consent-item`,
  /** On what a disclosure without consent rests: support-meeting | danger-to-life | law | public-health | public-body | abuse-report */
  legalBasis: `${canonical}/CodeSystem/legal-basis`,
  /** How consent was explained: spoken | read | translated | easy-japanese */
  consentExplained: `${canonical}/CodeSystem/consent-explained`,
  /** medical-note | report | message | contact */
  communication: `${canonical}/CodeSystem/communication-category`,
  /** tried | reached | visited | no-answer | window-reply */
  contact: `${canonical}/CodeSystem/contact`,
  /** What a Communication is about where the records depend on it: current-will | hand-over | shared-sheet */
  contactTopic: `${canonical}/CodeSystem/contact-topic`,
  /** questionnaire | consent | assessment | referral | answer | other: what a page that came in is, beside LOINC's code. */
  incomingDocument: `${canonical}/CodeSystem/incoming-document`,
  /** doctor | reception | linkworker | neighbour | coordinator | resource | insurer | meeting | council | admin */
  post: `${canonical}/CodeSystem/post`,
  /** Interests of a person and topics of an activity, for matching. */
  interest: `${canonical}/CodeSystem/interest`,
  /** join (activities older people join) | use (services they use) | place | body (who runs it): the four views of resources. */
  resourceView: `${canonical}/CodeSystem/resource-view`,
  /** formal | informal | inner */
  resourceKind: `${canonical}/CodeSystem/resource-kind`,
  municipality: `${canonical}/Id/municipality`,
  /** 二次医療圏: the areas in which a prefecture plans its care. */
  medicalArea: `${canonical}/Id/medical-area`,
  caseNumber: `${canonical}/Id/case-number`,
  /** Categories of the SDOH Clinical Care guide 3.0.0 (24 codes). */
  sdohCategory: 'http://hl7.org/fhir/us/sdoh-clinicalcare/CodeSystem/SDOHCC-CodeSystemTemporaryCodes',
  taskCode: 'http://hl7.org/fhir/CodeSystem/task-code',
  actCode: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
  consentScope: 'http://terminology.hl7.org/CodeSystem/consentscope',
  participation: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType',
  roleCode: 'http://terminology.hl7.org/CodeSystem/v3-RoleCode',
  conditionCategory: 'http://terminology.hl7.org/CodeSystem/condition-category',
  conditionCategoryUsCore: 'http://hl7.org/fhir/us/core/CodeSystem/condition-category',
  conditionVerification: 'http://terminology.hl7.org/CodeSystem/condition-ver-status',
  conditionClinical: 'http://terminology.hl7.org/CodeSystem/condition-clinical',
  observationCategory: 'http://terminology.hl7.org/CodeSystem/observation-category',
  /** 保険者番号; the same as urn:oid:1.2.392.100495.20.3.61 (JP Core). */
  insurerNumber: 'http://jpfhir.jp/fhir/core/mhlw/IdSystem/InsurerNumber',
  /** 被保険者個人識別子 "保険者番号8桁:記号:番号:枝番2桁" (JP-CLINS). */
  memberId: 'http://jpfhir.jp/fhir/clins/Idsystem/JP_Insurance_memberID',
  /** 医療機関コード10桁 (JP Core). */
  medicalInstitution: 'http://jpfhir.jp/fhir/core/IdSystem/insurance-medical-institution-no',
  /** Kinds of document; 57133-1 is a letter of referral (eReferral, also the code of LOINC). */
  documentType: 'http://jpfhir.jp/fhir/Common/CodeSystem/doc-typecodes',
  /** Sections of a letter of referral (eReferral). */
  documentSection: 'http://jpfhir.jp/fhir/eReferral/CodeSystem/document-section',
  /** Numbers of documents: 医療機関コード^year^up to 36 letters and digits (JP-CLINS). */
  documentNumber: 'http://jpfhir.jp/fhir/clins/bundle-identifier',
  loinc: 'http://loinc.org',
  confidentiality: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality',
  uri: 'urn:ietf:rfc:3986',
} as const;

export const extensions = {
  nameRepresentation: 'http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation',
  insuredSymbol: 'http://jpfhir.jp/fhir/core/Extension/StructureDefinition/JP_Coverage_InsuredPersonSymbol',
  insuredNumber: 'http://jpfhir.jp/fhir/core/Extension/StructureDefinition/JP_Coverage_InsuredPersonNumber',
  insuredBranch:
    'http://jpfhir.jp/fhir/core/Extension/StructureDefinition/JP_Coverage_InsuredPersonSubNumber',
  /** Municipality code on an Address (valueCoding, system = systems.municipality). */
  municipality: `${canonical}/StructureDefinition/municipality-code`,
  /** The medical area that a municipality belongs to, on its Organization (valueCoding, system = systems.medicalArea). */
  medicalArea: `${canonical}/StructureDefinition/medical-area`,
  /** The person in the owning organization who has the referral in hand (valueReference PractitionerRole). */
  assignee: `${canonical}/StructureDefinition/task-assignee`,
  /** On an assessment sheet: what was talked about when a danger the person had told of was ruled out (valueString). */
  dangerRuledOut: `${canonical}/StructureDefinition/danger-ruled-out`,
  /** What may be told with a hand-over, as it was when its sheet was made; repeated (valueCode of `systems.consentItem`). */
  toldItem: `${canonical}/StructureDefinition/told-item`,
  /** Capacity of a community resource (valueCode): capacity | no-capacity | waitlist | additional-assessment-required. */
  capacity:
    'http://hl7.org/fhir/us/sdoh-clinicalcare/StructureDefinition/SDOHCC-ExtensionHealthcareServiceCapacityStatus',
  /** When somebody last said that an entry of the directory is right (valueDateTime; HSDS `assured_date`). */
  assured: `${canonical}/StructureDefinition/assured-date`,
  /** What it costs a person, in words (valueString). */
  fee: `${canonical}/StructureDefinition/fee`,
  /** How consent was explained (valueCoding). */
  consentExplained: `${canonical}/StructureDefinition/consent-explained`,
  consentLanguage: `${canonical}/StructureDefinition/consent-language`,
  /** Who explained the consent (valueReference PractitionerRole). */
  consentExplainer: `${canonical}/StructureDefinition/consent-explainer`,
  /** That a person may not be contacted freely: since, why, how it is allowed, by whom set and lifted (nested). */
  contactLimits: `${canonical}/StructureDefinition/contact-limits`,
  /** On a record that was made of answers: of which, where in the form, and in which version of it (nested). */
  extractedFrom: `${canonical}/StructureDefinition/extracted-from`,
  /** `masked` where an address is sealed (valueCode). */
  absent: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason',
} as const;

export type OrganizationKind =
  'clinic' | 'office' | 'resource' | 'insurer' | 'meeting' | 'council' | 'municipality';

export const concept = (system: string, code: string, display?: string): CodeableConcept => ({
  coding: [coding(system, code, display)],
});

export const coding = (system: string, code: string, display?: string): Coding => ({
  system,
  code,
  ...(display === undefined ? {} : { display }),
});

/** The first code of that system in a concept or a list of concepts. */
export function codeOf(
  concepts: CodeableConcept | readonly CodeableConcept[] | undefined,
  system: string,
): string | undefined {
  return codesOf(concepts, system)[0];
}

export function codesOf(
  concepts: CodeableConcept | readonly CodeableConcept[] | undefined,
  system: string,
): string[] {
  const list = concepts === undefined ? [] : 'length' in concepts ? concepts : [concepts];
  return list.flatMap((c) => c.coding ?? []).flatMap((c) => (c.system === system && c.code ? [c.code] : []));
}
