import type { Questionnaire, QuestionnaireResponse } from '@medplum/fhirtypes';
import { canonical, extensions, systems } from '../../fhir/codes.ts';
import { idsOf, reference } from '../../fhir/references.ts';
import type { Stored } from '../../fhir/types.ts';
import { questionsOf } from '../../programs/items.ts';

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

/** What was talked about when whoever wrote the sheet made sure that a danger the person had told of is none; stays with the sheet. */
export const withRuledOut = (
  response: QuestionnaireResponse,
  ruledOut: string | undefined,
): QuestionnaireResponse => ({
  ...response,
  ...(ruledOut === undefined
    ? {}
    : { extension: [{ url: extensions.dangerRuledOut, valueString: ruledOut }] }),
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

/** Whether it was ever completed; what is still in progress tells of nothing yet. */
export const isFinished = ({ status }: QuestionnaireResponse): boolean =>
  status === 'completed' || status === 'amended';

export type Sheet = Readonly<{
  id: string;
  version: string;
  status: 'in-progress' | 'completed';
  at: string;
  /** See `withRuledOut`. */
  ruledOut: string | undefined;
}>;

export const readSheet = (response: Stored<QuestionnaireResponse>): Sheet => ({
  id: response.id,
  version: response.meta.versionId,
  status: response.status === 'in-progress' ? 'in-progress' : 'completed',
  at: response.authored ?? response.meta.lastUpdated,
  ruledOut: response.extension?.find((one) => one.url === extensions.dangerRuledOut)?.valueString,
});

type Answers = Readonly<Record<string, readonly string[]>>;

/** What a person likes, going by the questions of a form whose options are interests. */
export const interestsIn = (form: Questionnaire, answers: Answers): string[] =>
  [...questionsOf(form)].flatMap(([linkId, item]) =>
    item.answerOption?.some((o) => o.valueCoding?.system === systems.interest) === true
      ? (answers[linkId] ?? [])
      : [],
  );

const itemUse = `${canonical}/CodeSystem/item-use`;

/** What the link worker summed up for the doctor: answers to questions that a form marks with the use `report`. */
export const summaryIn = (form: Questionnaire, answers: Answers): string =>
  [...questionsOf(form)]
    .filter(([, item]) => item.code?.some((c) => c.system === itemUse && c.code === 'report'))
    .flatMap(([linkId]) => answers[linkId] ?? [])
    .join('\n');
