import type { Address, ContactPoint, Patient, PatientContact } from '@medplum/fhirtypes';
import { extensions } from '../../fhir/codes.ts';

/** What is taken out of a record when it is sealed. */
export type Sealed = Readonly<{
  address: readonly Address[];
  telecom: readonly ContactPoint[];
  /** Relatives and friends with their numbers: they may be the danger, or lead there. */
  contact: readonly PatientContact[];
}>;

const masked = [{ url: extensions.absent, valueCode: 'masked' }];
const isMasked = (element: Readonly<{ extension?: Address['extension'] }>): boolean =>
  (element.extension ?? []).some((one) => one.url === extensions.absent && one.valueCode === 'masked');

/** Whether address and numbers were taken out; they are kept elsewhere, for named people. */
export const isSealed = (patient: Patient): boolean =>
  (patient.address ?? []).some(isMasked) || (patient.telecom ?? []).some(isMasked);

export const sealable = (patient: Patient): Sealed => ({
  address: patient.address ?? [],
  telecom: patient.telecom ?? [],
  contact: patient.contact ?? [],
});

/** The same patient without what leads to where they live; what a stranger's program wrote as narrative goes too. */
export function mask<P extends Patient>(patient: P): P {
  const { contact: _contact, text: _text, ...rest } = patient;
  return { ...rest, address: [{ extension: masked }], telecom: [{ extension: masked }] } as P;
}

/** The same patient with everything back in its place. */
export function unmask<P extends Patient>(patient: P, sealed: Sealed): P {
  const { address: _address, telecom: _telecom, ...rest } = patient;
  return {
    ...rest,
    ...(sealed.address.length > 0 ? { address: [...sealed.address] } : {}),
    ...(sealed.telecom.length > 0 ? { telecom: [...sealed.telecom] } : {}),
    ...(sealed.contact.length > 0 ? { contact: [...sealed.contact] } : {}),
  } as P;
}

/** Whether a sealed record stays so: nothing of what was taken out is there again. */
export const staysSealed = (patient: Patient): boolean =>
  (patient.address ?? []).every(isBare) &&
  (patient.telecom ?? []).every(isBare) &&
  isSealed(patient) &&
  patient.contact === undefined &&
  patient.text === undefined;

const isBare = (element: Address | ContactPoint): boolean =>
  isMasked(element) && Object.keys(element).every((key) => key === 'extension' || key === 'id');
