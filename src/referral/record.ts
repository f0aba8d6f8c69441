/**
 * The only place that knows where referrals and requests keep what people say: everybody else reads, builds and changes
 * them through these functions.
 */
export * from './records/build.ts';
export * from './records/change.ts';
export * from './records/codes.ts';
export * from './records/done.ts';
export * from './records/letter.ts';
export * from './records/read.ts';
export { buildProvenance, type Trace } from '../fhir/provenance.ts';
