import type { Observation, Questionnaire, QuestionnaireResponse } from '@medplum/fhirtypes';
import { definedRecords, isComplete } from './extract-definitions.ts';
import { markedObservations } from './extract-observations.ts';
import type { Screened } from './finding-records.ts';

/**
 * The observations that a form says its answers are (SDC: `observationExtract`, and `definition` within an extraction context
 * of Observation), recorded with the answers. One that lacks what an observation must have, because nobody answered that, is
 * none. Records of other types that a form describes are made by $extract alone: loading the form says so.
 */
export const observationsOf = (
  form: Questionnaire,
  response: QuestionnaireResponse,
  screened: Screened,
): (Observation & { id: string })[] => [
  ...markedObservations(form, response, screened),
  ...definedRecords(form, response, screened.newId)
    .filter((one): one is Observation & { id: string } => one.resourceType === 'Observation')
    .map((one) => ({ ...one, effectiveDateTime: screened.at, derivedFrom: [screened.response] }))
    .filter(isComplete),
];
