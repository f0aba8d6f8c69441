import type { Questionnaire, QuestionnaireResponse } from '@medplum/fhirtypes';
import type { Records } from '../../fhir/records.ts';
import type { Stored } from '../../fhir/types.ts';
import type { ReadPatient } from '../../people/record.ts';
import { failuresOf, type Failing } from '../failing.ts';
import type { ExtractedRecord } from './kinds.ts';
import { typesOf } from './made.ts';
import { originsOf } from './origin.ts';
import { extractedBefore } from './queries.ts';
import { differing, type Differing } from './registration.ts';

/** What a page shows beside answers. */
export type Shown = Readonly<{
  /** What the form made of them. */
  made: readonly Stored<ExtractedRecord>[];
  /** What the form could not do of late. */
  failing: readonly Failing[];
  /** Where they say something else than the registration. */
  differs: readonly Differing[];
}>;

/** At most two statements, and none for a form that neither records nor works out anything. */
export async function shownBy(
  records: Records,
  given: Readonly<{
    response: Stored<QuestionnaireResponse>;
    form: Questionnaire | undefined;
    person: ReadPatient;
  }>,
): Promise<Shown> {
  const { response, form, person } = given;
  if (form === undefined) return { made: [], failing: [], differs: [] };
  const all = await extractedBefore(records, person.id, typesOf(form), { own: false });
  return {
    made: all.filter((one) => originsOf(one).some(({ answers }) => answers === response.id)),
    failing: await failuresOf(records, form),
    differs: differing(form, response, person),
  };
}
