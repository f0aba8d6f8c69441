import type { SheetData } from '../documents/kinds.ts';
import type { Records } from '../fhir/records.ts';
import type { Language } from '../kernel/sentence.ts';
import type { ReadPatient } from '../people/record.ts';
import type { Program } from '../programs/program.ts';
import type { FormVariant } from '../programs/variants.ts';

export type Whom = Readonly<{
  patient: string;
  /** The referral, where a case was chosen. */
  task: string | null;
}>;
export type GatherNeeds = Readonly<{
  programs: readonly Program[];
  publicUrl: string;
  language: Language;
  /** How forms are printed; left out, in the language of the others, and a signed consent as it was signed. */
  variant?: FormVariant;
}>;

export type Given = GatherNeeds & Whom & Readonly<{ person: ReadPatient }>;
export type Gather = (records: Records, given: Given) => Promise<SheetData | undefined>;
