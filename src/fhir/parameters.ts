import type { RecordType } from './types.ts';

/**
 * How a parameter is held in its column. `code`: one token as text; `tokens`: `system|code` and `code` of each coding;
 * `reference`: the id of a record of one of `targets`; `references`: `Type/id` texts; `name`: the search key of names;
 * `day`: a date as text; `instant`: a moment; `phone`: digits.
 */
type Kind =
  | 'code'
  | 'tokens'
  | 'reference'
  | 'references'
  | 'name'
  | 'day'
  | 'instant'
  | 'phone'
  | 'uri'
  | 'municipality';

export type Parameter = Readonly<{
  type: 'token' | 'reference' | 'string' | 'date' | 'uri';
  kind: Kind;
  column: string;
  /** FHIRPath, for the CapabilityStatement and for people. */
  expression: string;
  targets?: readonly RecordType[];
}>;

const made =
  (type: Parameter['type'], kind: Kind) =>
  (column: string, expression: string): Parameter => ({ type, kind, column, expression });
const code = made('token', 'code');
const tokens = made('token', 'tokens');
const name = made('string', 'name');
const instant = made('date', 'instant');
const day = made('date', 'day');
const reference = (column: string, expression: string, ...targets: RecordType[]): Parameter => ({
  type: 'reference',
  kind: 'reference',
  column,
  expression,
  targets,
});
const patient = (expression: string): Parameter => reference('patient_id', expression, 'Patient');
const identifier = (type: RecordType): Parameter => tokens('identifier', `${type}.identifier`);

/**
 * The one registry of search parameters: the search compiler and the CapabilityStatement are made from it, and a test
 * holds the columns of the migrated database against it. `_id` and `_lastUpdated` go with every type.
 */
export const searchParameters: Readonly<Record<RecordType, Readonly<Record<string, Parameter>>>> = {
  Organization: {
    identifier: identifier('Organization'),
    name: name('name', 'Organization.name'),
    type: tokens('type', 'Organization.type'),
    partof: reference('part_of_id', 'Organization.partOf', 'Organization'),
    serves: made('token', 'municipality')('serves', "Organization.extension('serves').value"),
  },
  Practitioner: { identifier: identifier('Practitioner'), name: name('name', 'Practitioner.name') },
  PractitionerRole: {
    practitioner: reference('practitioner_id', 'PractitionerRole.practitioner', 'Practitioner'),
    organization: reference('organization_id', 'PractitionerRole.organization', 'Organization'),
    role: tokens('code', 'PractitionerRole.code'),
  },
  Location: {
    name: name('name', 'Location.name'),
    organization: reference('organization_id', 'Location.managingOrganization', 'Organization'),
  },
  HealthcareService: {
    name: name('name', 'HealthcareService.name'),
    organization: reference('organization_id', 'HealthcareService.providedBy', 'Organization'),
    location: reference('location_id', 'HealthcareService.location', 'Location'),
    'service-category': tokens('category', 'HealthcareService.category'),
    'service-type': tokens('type', 'HealthcareService.type'),
    specialty: tokens('specialty', 'HealthcareService.specialty'),
    characteristic: tokens('characteristic', 'HealthcareService.characteristic'),
    active: code('active', 'HealthcareService.active'),
    serves: made('token', 'municipality')('serves', "HealthcareService.extension('serves').value"),
  },
  Questionnaire: {
    url: made('uri', 'uri')('url', 'Questionnaire.url'),
    version: code('business_version', 'Questionnaire.version'),
    status: code('status', 'Questionnaire.status'),
    name: name('name', 'Questionnaire.name'),
  },
  Patient: {
    identifier: identifier('Patient'),
    name: name('name', 'Patient.name'),
    birthdate: day('birth_date', 'Patient.birthDate'),
    gender: code('gender', 'Patient.gender'),
    phone: made('token', 'phone')('phone', "Patient.telecom.where(system='phone')"),
    organization: reference('organization_id', 'Patient.managingOrganization', 'Organization'),
  },
  RelatedPerson: { patient: patient('RelatedPerson.patient') },
  Coverage: {
    patient: patient('Coverage.beneficiary'),
    beneficiary: patient('Coverage.beneficiary'),
    identifier: identifier('Coverage'),
    status: code('status', 'Coverage.status'),
  },
  Consent: {
    patient: patient('Consent.patient'),
    status: code('status', 'Consent.status'),
    category: tokens('category', 'Consent.category'),
    date: instant('date_time', 'Consent.dateTime'),
    organization: reference('organization_id', 'Consent.organization', 'Organization'),
  },
  QuestionnaireResponse: {
    patient: patient('QuestionnaireResponse.subject'),
    subject: patient('QuestionnaireResponse.subject'),
    status: code('status', 'QuestionnaireResponse.status'),
    questionnaire: made('uri', 'uri')('questionnaire', 'QuestionnaireResponse.questionnaire'),
    authored: instant('authored', 'QuestionnaireResponse.authored'),
  },
  Observation: {
    patient: patient('Observation.subject'),
    subject: patient('Observation.subject'),
    status: code('status', 'Observation.status'),
    category: tokens('category', 'Observation.category'),
    code: tokens('code', 'Observation.code'),
    date: instant('date', 'Observation.effective'),
  },
  Condition: {
    patient: patient('Condition.subject'),
    subject: patient('Condition.subject'),
    category: tokens('category', 'Condition.category'),
    code: tokens('code', 'Condition.code'),
    'clinical-status': tokens('clinical_status', 'Condition.clinicalStatus'),
    'verification-status': tokens('verification_status', 'Condition.verificationStatus'),
  },
  ServiceRequest: {
    patient: patient('ServiceRequest.subject'),
    subject: patient('ServiceRequest.subject'),
    status: code('status', 'ServiceRequest.status'),
    intent: code('intent', 'ServiceRequest.intent'),
    category: tokens('category', 'ServiceRequest.category'),
    authored: instant('authored', 'ServiceRequest.authoredOn'),
    requester: reference('requester_id', 'ServiceRequest.requester', 'Organization'),
    performer: reference('addressee', 'ServiceRequest.performer', 'Organization'),
    'based-on': reference('based_on_id', 'ServiceRequest.basedOn', 'ServiceRequest'),
  },
  Task: {
    patient: patient('Task.for'),
    subject: patient('Task.for'),
    status: code('status', 'Task.status'),
    intent: code('intent', 'Task.intent'),
    code: tokens('code', 'Task.code'),
    'business-status': tokens('business_status', 'Task.businessStatus'),
    'authored-on': instant('authored_on', 'Task.authoredOn'),
    modified: instant('modified', 'Task.lastModified'),
    requester: reference('requester_id', 'Task.requester', 'Organization'),
    owner: reference('owner_id', 'Task.owner', 'Organization'),
    focus: reference('focus_id', 'Task.focus', 'ServiceRequest'),
    'part-of': reference('part_of_id', 'Task.partOf', 'Task'),
    identifier: identifier('Task'),
  },
  Goal: {
    patient: patient('Goal.subject'),
    subject: patient('Goal.subject'),
    'lifecycle-status': code('lifecycle_status', 'Goal.lifecycleStatus'),
  },
  CarePlan: {
    patient: patient('CarePlan.subject'),
    subject: patient('CarePlan.subject'),
    status: code('status', 'CarePlan.status'),
  },
  Communication: {
    patient: patient('Communication.subject'),
    subject: patient('Communication.subject'),
    status: code('status', 'Communication.status'),
    category: tokens('category', 'Communication.category'),
    sent: instant('sent', 'Communication.sent'),
    recipient: reference('addressee', 'Communication.recipient', 'Organization'),
    'based-on': reference('based_on_id', 'Communication.basedOn', 'ServiceRequest'),
  },
  Encounter: {
    patient: patient('Encounter.subject'),
    subject: patient('Encounter.subject'),
    status: code('status', 'Encounter.status'),
    date: instant('date', 'Encounter.period.start'),
    'based-on': reference('based_on_id', 'Encounter.basedOn', 'ServiceRequest'),
  },
  Procedure: {
    patient: patient('Procedure.subject'),
    subject: patient('Procedure.subject'),
    status: code('status', 'Procedure.status'),
    category: tokens('category', 'Procedure.category'),
    'based-on': reference('based_on_id', 'Procedure.basedOn', 'ServiceRequest'),
  },
  DocumentReference: {
    patient: patient('DocumentReference.subject'),
    subject: patient('DocumentReference.subject'),
    status: code('status', 'DocumentReference.status'),
    type: tokens('type', 'DocumentReference.type'),
    date: instant('date', 'DocumentReference.date'),
  },
  Binary: { patient: patient('Binary.securityContext') },
  Provenance: {
    patient: patient('Provenance.target'),
    target: { type: 'reference', kind: 'references', column: 'target', expression: 'Provenance.target' },
    recorded: instant('recorded', 'Provenance.recorded'),
  },
};
