import type {
  Observation,
  Questionnaire,
  QuestionnaireResponse,
  QuestionnaireResponseItem,
} from '@medplum/fhirtypes';
import { concept, systems } from '../fhir/codes.ts';
import { fhirIssue, type FhirIssue } from '../fhir/outcome.ts';
import { invalid } from '../kernel/problem.ts';
import { questionsOf } from '../programs/items.ts';
import { isMarked } from '../programs/marked.ts';
import type { Screened } from './finding-records.ts';
import { operationText as text } from './form-operations-text.ts';

/** One observation for each answer to a marked item (SDC, observation-based extraction), with the item's code. */
export function markedObservations(
  form: Questionnaire,
  response: QuestionnaireResponse,
  { subject, response: from, at, newId }: Screened,
): (Observation & { id: string })[] {
  const asked = questionsOf(form);
  const faults: FhirIssue[] = [];
  const made: (Observation & { id: string })[] = [];
  const walk = (items: readonly QuestionnaireResponseItem[]): void => {
    for (const { linkId, answer = [], item = [] } of items) {
      const question = asked.get(linkId);
      if (question && (isMarked(question) || isMarked(form)))
        for (const one of answer) {
          if (question.code === undefined)
            faults.push(
              fhirIssue('required', `Questionnaire.item.where(linkId='${linkId}').code`, text.noCode(linkId)),
            );
          made.push({
            resourceType: 'Observation',
            id: newId(),
            status: 'final',
            category: [concept(systems.observationCategory, 'survey')],
            code: {
              ...(question.code ? { coding: question.code } : {}),
              ...(question.text === undefined ? {} : { text: question.text }),
            },
            subject,
            effectiveDateTime: at,
            derivedFrom: [from],
            ...valueOf(one),
          });
        }
      walk(item);
    }
  };
  walk(response.item ?? []);
  if (faults.length > 0) throw invalid(...faults);
  return made;
}

type Answer = NonNullable<QuestionnaireResponseItem['answer']>[number];

/** An observation has a concept where an answer has a coding, and a moment where it has a day. */
function valueOf(answer: Answer): Partial<Observation> {
  const { valueCoding, valueDate, valueDecimal, item: _item, ...rest } = answer;
  if (valueCoding) return { valueCodeableConcept: { coding: [valueCoding] } };
  if (valueDate !== undefined) return { valueDateTime: valueDate };
  if (valueDecimal !== undefined) return { valueQuantity: { value: valueDecimal } };
  return rest;
}
