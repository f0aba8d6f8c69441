/**
 * The only place that knows where Patient, Coverage, Organization, Practitioner, PractitionerRole and RelatedPerson keep
 * what people say: everybody else reads and builds them through these functions.
 */
export * from './records/patient.ts';
export * from './records/coverage.ts';
export * from './records/organization.ts';
export * from './records/practitioner.ts';
export * from './records/helper.ts';
export * from './records/contact_limits.ts';
export * from './records/sealed.ts';
export { displayName, type Name } from './records/name.ts';
export type { Postal, Reach } from './records/address.ts';
