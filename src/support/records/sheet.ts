import type { QuestionnaireResponse } from '@medplum/fhirtypes';
import { idsOf, reference } from '../../fhir/references.ts';
import type { Stored } from '../../fhir/types.ts';

/** The sheet belongs to a referral: it is based on its ServiceRequest. */
export const basedOnReferral = (
  response: QuestionnaireResponse,
  requestId: string,
  before: Stored<QuestionnaireResponse> | undefined,
): QuestionnaireResponse => ({
  ...response,
  ...(before === undefined ? {} : { id: before.id, meta: before.meta }),
  basedOn: [reference('ServiceRequest', requestId)],
});

/** The sheet of a referral among a person's answers to that form; the newest where there are several. */
export const sheetOf = (
  responses: readonly Stored<QuestionnaireResponse>[],
  url: string | undefined,
  requestId: string,
): Stored<QuestionnaireResponse> | undefined =>
  responses.find(
    (r) =>
      r.questionnaire?.split('|')[0] === url &&
      r.status !== 'entered-in-error' &&
      idsOf(r.basedOn, 'ServiceRequest').includes(requestId),
  );

export type Sheet = Readonly<{
  id: string;
  version: string;
  status: 'in-progress' | 'completed';
  at: string;
}>;

export const readSheet = (response: Stored<QuestionnaireResponse>): Sheet => ({
  id: response.id,
  version: response.meta.versionId,
  status: response.status === 'in-progress' ? 'in-progress' : 'completed',
  at: response.authored ?? response.meta.lastUpdated,
});
