import type { Reference } from '@medplum/fhirtypes';
import { idOf } from './references.ts';
import type { FhirRecord } from './types.ts';

/** The person a record is about: the patient of its compartment; undefined for the directory. */
export function patientOf(record: FhirRecord): string | undefined {
  switch (record.resourceType) {
    case 'Patient':
      return record.id;
    case 'Task':
      return idOf(record.for, 'Patient');
    case 'Coverage':
      return idOf(record.beneficiary, 'Patient');
    case 'Consent':
    case 'RelatedPerson':
      return idOf(record.patient, 'Patient');
    case 'Binary':
      return idOf(record.securityContext, 'Patient');
    case 'Provenance':
      return first(record.target);
    case 'QuestionnaireResponse':
    case 'Observation':
    case 'Condition':
    case 'ServiceRequest':
    case 'Goal':
    case 'CarePlan':
    case 'Communication':
    case 'Encounter':
    case 'Procedure':
    case 'DocumentReference':
      return idOf(record.subject, 'Patient');
    case 'Organization':
    case 'Practitioner':
    case 'PractitionerRole':
    case 'HealthcareService':
    case 'Location':
    case 'Questionnaire':
      return undefined;
  }
}

const first = (targets: readonly Reference[]): string | undefined =>
  targets.map((t) => idOf(t, 'Patient')).find((id) => id !== undefined);
