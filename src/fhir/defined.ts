import type { Resource } from '@medplum/fhirtypes';
import type { FhirIssue } from './outcome.ts';
import type { FhirRecord } from './types.ts';

/** A definition that is served: a profile, a code system, a search parameter. */
export type Definition = Resource & Readonly<{ id: string; url?: string; name?: string }>;

/** A profile as somebody who holds a record against it needs it. The record is valid base R4. */
export type Checked = Readonly<{ url: string; type: string; check: (record: FhirRecord) => FhirIssue[] }>;

/** Our own definitions. */
export type Definitions = Readonly<{
  /** Everything that is served. */
  resources: readonly Definition[];
  /** The profile of that address (`url` or `url|version`), if it is ours. */
  named: (url: string) => Checked | undefined;
  /** The profile that a record is meant to fulfil when it claims none. */
  usual: (record: FhirRecord) => Checked | undefined;
}>;
