import type { Binary, QuestionnaireResponse } from '@medplum/fhirtypes';
import { codeOf, systems } from '../../fhir/codes.ts';
import { reference } from '../../fhir/references.ts';

/** As which item of a consent the files of answers are opened; the row rules of the database read it too (0067). */
export type FileItem = 'answers' | 'assessment';

/** That of the answers themselves, as the database has it (`questionnaire_response.item`). */
export const itemOfAnswers = ({
  questionnaire = '',
}: Pick<QuestionnaireResponse, 'questionnaire'>): FileItem =>
  questionnaire.includes('assessment') ? 'assessment' : 'answers';

/** Undefined for a file of something else, which is opened as the most guarded item. */
export function itemOfFile({ meta }: Pick<Binary, 'meta'>): FileItem | undefined {
  const code = codeOf({ coding: meta?.tag ?? [] }, systems.consentItem);
  return code === 'answers' || code === 'assessment' ? code : undefined;
}

/** A file of answers as it is kept: a Binary, seen by whoever sees the answers. */
export const buildFile = (
  given: Readonly<{ id: string; patient: string; item: FileItem; contentType: string; bytes: Buffer }>,
): Binary & { id: string } => ({
  resourceType: 'Binary',
  id: given.id,
  meta: { tag: [{ system: systems.consentItem, code: given.item }] },
  contentType: given.contentType,
  securityContext: reference('Patient', given.patient),
  data: given.bytes.toString('base64'),
});
