import type { ExtractResource } from '@medplum/fhirtypes';

/** The resource types this service stores; everything else is refused at the door. */
export const recordTypes = [
  'Organization',
  'Practitioner',
  'PractitionerRole',
  'HealthcareService',
  'Location',
  'Questionnaire',
  'Patient',
  'RelatedPerson',
  'Coverage',
  'Consent',
  'QuestionnaireResponse',
  'Observation',
  'Condition',
  'ServiceRequest',
  'Task',
  'Goal',
  'CarePlan',
  'Communication',
  'Encounter',
  'Procedure',
  'DocumentReference',
  'Binary',
  'Provenance',
] as const;

export type RecordType = (typeof recordTypes)[number];
export type RecordOf<T extends RecordType> = ExtractResource<T>;
/** Any record: a FHIR R4 resource of a stored type. */
export type FhirRecord = RecordOf<RecordType>;
/** A record that has been stored: it has an id and a version. */
export type Stored<R extends FhirRecord = FhirRecord> = R & {
  id: string;
  meta: { versionId: string; lastUpdated: string };
};

/** A stored record as the text that the database holds: for whoever only passes it on, its numbers as they were written. */
export type Written = Readonly<{
  type: RecordType;
  id: string;
  json: string;
  version: number;
  lastUpdated: Date;
  /** Whose record it is; none in the directory. */
  patient: string | undefined;
}>;

export const isRecordType = (value: unknown): value is RecordType =>
  (recordTypes as readonly unknown[]).includes(value);
