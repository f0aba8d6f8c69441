import type { Questionnaire, QuestionnaireResponse } from '@medplum/fhirtypes';
import { personFields, readPatient, type ReadPatient } from '../../people/record.ts';
import { reachedBy, saidOfPerson } from './made.ts';

export type Differing = Readonly<{ field: (typeof personFields)[number]; stored: string; said: string }>;

/**
 * Where answers say something else of the person than the registration does. It is for somebody to look at: answers never
 * change a name or a number by themselves. Nothing of it where address and numbers are sealed.
 */
export function differing(
  form: Questionnaire,
  response: QuestionnaireResponse,
  stored: ReadPatient,
): Differing[] {
  const told = saidOfPerson(form, response);
  if (Object.keys(told).length === 0 || stored.sealed) return [];
  const said = readPatient({ resourceType: 'Patient', ...told, ...reachedBy(told) });
  return personFields.flatMap((field) => {
    const [now, then] = [said[field] ?? '', stored[field] ?? ''];
    const isSilent = now === '' || (field === 'sex' && told.gender === undefined);
    return isSilent || now === then ? [] : [{ field, stored: then, said: now }];
  });
}
