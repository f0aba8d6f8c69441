import type { Reference } from '@medplum/fhirtypes';
import { invalid, issue } from '../kernel/problem.ts';
import type { Rule } from './records.ts';
import { idOf } from './references.ts';
import { isAboutPerson } from './tables.ts';
import { recordTypes, type FhirRecord } from './types.ts';

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

/** Refuses a record about a person that names no person: nobody could ever see it. */
export const namesItsPerson: Rule = {
  types: recordTypes.filter(isAboutPerson),
  check: ({ before, after }) => {
    const path =
      after.resourceType === 'Task' ? 'for' : after.resourceType === 'Provenance' ? 'target' : 'subject';
    const patient = patientOf(after);
    if (patient === undefined)
      throw invalid(
        issue(
          `${after.resourceType}.${path}`,
          '誰についての記録か（患者）が必要です。',
          'The record must name its patient.',
        ),
      );
    if (before && patientOf(before) !== patient)
      throw invalid(
        issue(
          `${after.resourceType}.${path}`,
          '記録の患者は変えられません。',
          'The patient of a record cannot be changed.',
        ),
      );
  },
};
