import type { Questionnaire } from '@medplum/fhirtypes';
import type { Records } from '../fhir/records.ts';
import type { Program } from '../programs/program.ts';
import { programAsking } from '../programs/record.ts';
import { formAnswered } from './kept-forms.ts';

/** A form that somebody answers, and the program whose questionnaire it is; none for a form made elsewhere. */
export type AskedForm = Readonly<{ form: Questionnaire; program: Program | undefined }>;

/** The form in the version in which it was begun. Undefined for one that nobody has here. */
export async function askedForm(
  records: Records,
  programs: readonly Program[],
  canonical: string | undefined,
): Promise<AskedForm | undefined> {
  const form = await formAnswered(records, programs, canonical);
  return form && { form, program: programAsking(programs, canonical) };
}
