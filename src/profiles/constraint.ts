import type { FhirRecord, RecordType } from '../fhir/types.ts';
import type { Sentence } from '../kernel/sentence.ts';
import type { ValueSetId } from './value-sets.ts';

/**
 * Which members of a list a slice takes: concepts, codings and identifiers of a system (and code), extensions by their
 * address, parts of a record by the concept at `at`, and names by the code of one of their extensions.
 */
export type Match = Readonly<
  | { system: string; code?: string }
  | { url: string }
  | { at: string; system: string; code: string }
  | { extension: string; code: string }
>;

/** What one element of a profile must be. What is left out is as base R4 has it. */
export type Constraint = Readonly<{
  min?: number;
  max?: number;
  /** The members of a slice; their own constraints stand beside it. */
  of?: Match;
  /** The only types of an element that base R4 lets have several. */
  types?: readonly string[];
  /** The one value of a simple element. */
  fixed?: string;
  /** A system and code that must be there. */
  pattern?: Readonly<{ system: string; code?: string }>;
  /** A code of that set must be there (required binding). */
  codes?: ValueSetId;
  /** Where a reference may lead. */
  targets?: readonly RecordType[];
  /** Why, for people. */
  says?: Sentence;
}>;

/**
 * A profile as one table. Keys are paths below the type, a slice after a colon: `name:kanji.text`; they stand in the order
 * of base R4. The StructureDefinition that is served and the check of a record are both made from it.
 */
export type Profile = Readonly<{
  id: string;
  type: RecordType;
  title: Sentence;
  about: Sentence;
  /** Whether a record that claims no profile is of this kind. */
  isFor: (record: FhirRecord) => boolean;
  elements: Readonly<Record<string, Constraint>>;
}>;

/** `name:kanji` → the element and its slice. */
export function stepOf(text: string): Readonly<{ name: string; slice: string | undefined }> {
  const [name = '', slice] = text.split(':');
  return { name, slice };
}
