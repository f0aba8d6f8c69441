import type { Patient } from '@medplum/fhirtypes';
import { idOf, reference } from '../../fhir/references.ts';
import { buildAddress, buildTelecom, readAddress, readTelecom, type Postal } from './address.ts';
import { readLimits, type ContactLimits } from './contact_limits.ts';
import { buildNames, readNames, type Name } from './name.ts';
import { isSealed } from './sealed.ts';

export type Sex = 'male' | 'female' | 'other' | 'unknown';

/** What a registration says of a person, one by one, in the order in which it is asked. */
export const personFields = [
  'family',
  'given',
  'familyKana',
  'givenKana',
  'birthDate',
  'sex',
  'postalCode',
  'municipality',
  'line',
  'phone',
  'email',
] as const;

export type Person = Name &
  Postal &
  Readonly<{
    /** `YYYY-MM-DD`. Read from a stranger's record it may be a year or month alone, or empty. */
    birthDate: string;
    sex: Sex;
    phone?: string;
    email?: string;
  }>;

/** A patient as read: `clinic` is the id of the organization that keeps the record. */
export type ReadPatient = Person &
  Readonly<{
    id: string;
    clinic: string | undefined;
    /** Set where the person must not be contacted but in one way. */
    limits?: ContactLimits;
    /** Where they live and how to reach them is kept apart, for named people. */
    sealed: boolean;
  }>;

/** A Patient with kanji and kana name (JP Core), address with the municipality's code, kept by that clinic. */
export const buildPatient = (person: Person, given: Readonly<{ id?: string; clinic: string }>): Patient =>
  amendPatient(
    {
      resourceType: 'Patient',
      ...(given.id === undefined ? {} : { id: given.id }),
      active: true,
      managingOrganization: reference('Organization', given.clinic),
    },
    person,
  );

/**
 * The same record with what is known now; keeps whatever else it carries, such as identifiers of others. Where address
 * and numbers are sealed they stay so.
 */
export function amendPatient(patient: Patient, person: Person): Patient {
  const { telecom: before, birthDate: _birthDate, ...kept } = patient;
  const sealed = isSealed(patient);
  const telecom = sealed ? before : buildTelecom(person);
  return {
    ...kept,
    name: buildNames(person),
    ...(telecom ? { telecom } : {}),
    gender: person.sex,
    ...(person.birthDate ? { birthDate: person.birthDate } : {}),
    ...(sealed ? {} : { address: [buildAddress(person)] }),
  };
}

/** Reads any Patient, also a stranger's with one name and no kana. Never throws; what isn't there is empty. */
export function readPatient(patient: Patient): ReadPatient {
  const { fax: _fax, ...reach } = readTelecom(patient.telecom);
  const limits = readLimits(patient);
  return {
    id: patient.id ?? '',
    clinic: idOf(patient.managingOrganization, 'Organization'),
    ...(limits ? { limits } : {}),
    sealed: isSealed(patient),
    ...readNames(patient.name),
    birthDate: patient.birthDate ?? '',
    sex: patient.gender ?? 'unknown',
    ...readAddress(patient.address),
    ...reach,
  };
}

/** Full years of age on that day (`YYYY-MM-DD`); undefined when the birth date isn't a full one. */
export function ageOn(birthDate: string, day: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(birthDate)) return undefined;
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years;
}
