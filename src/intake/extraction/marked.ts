import type { Questionnaire, QuestionnaireItem, QuestionnaireResponseItem } from '@medplum/fhirtypes';
import { fhirIssue } from '../../fhir/outcome.ts';
import { isMarked } from '../../programs/marked.ts';
import { operationText as text } from '../form-operations-text.ts';
import type { Defined, Unmade } from './definitions.ts';

/**
 * One observation for each answer to a marked item (SDC, observation-based extraction), with the item's code and the
 * words of the question. `faults`: marked items that say not which observation they are.
 */
export function markedObservations(
  form: Questionnaire,
  given: readonly QuestionnaireResponseItem[],
): Readonly<{ made: Defined[]; faults: Unmade[] }> {
  const made: Defined[] = [];
  const faults: Unmade[] = [];
  const walk = (
    asked: readonly QuestionnaireItem[],
    items: readonly QuestionnaireResponseItem[],
    suffix: string,
  ): void => {
    const rows = new Map<string, number>();
    for (const { linkId, answer = [], item = [] } of items) {
      const question = asked.find((one) => one.linkId === linkId);
      if (!question) continue;
      const at = (rows.get(linkId) ?? 0) + 1;
      rows.set(linkId, at);
      const isRow = question.type === 'group' && question.repeats === true;
      const end = isRow ? `${suffix}~${String(at)}` : suffix;
      if (isMarked(question) || isMarked(form)) {
        if (answer.length > 0 && question.code === undefined)
          faults.push({
            ...fhirIssue(
              'required',
              `Questionnaire.item.where(linkId='${linkId}').code`,
              text.noCode(linkId),
            ),
            item: linkId,
          });
        else made.push(...answer.map((one, n) => observed(question, one, `${linkId}${end}`, n)));
      }
      walk(question.item ?? [], item, end);
      for (const one of answer) walk(question.item ?? [], one.item ?? [], end);
    }
  };
  walk(form.item ?? [], given, '');
  return { made, faults };
}

type Answer = NonNullable<QuestionnaireResponseItem['answer']>[number];

const observed = (question: QuestionnaireItem, answer: Answer, item: string, n: number): Defined => ({
  type: 'Observation',
  item: n === 0 ? item : `${item};${String(n + 1)}`,
  said: {
    code: {
      ...(question.code ? { coding: question.code } : {}),
      ...(question.text === undefined ? {} : { text: question.text }),
    },
    ...valueOf(answer),
  },
});

/** An observation has a concept where an answer has a coding, and a moment where it has a day. */
function valueOf(answer: Answer): object {
  const { valueCoding, valueDate, valueDecimal, valueUri, item: _item, ...rest } = answer;
  if (valueCoding) return { valueCodeableConcept: { coding: [valueCoding] } };
  if (valueDate !== undefined) return { valueDateTime: valueDate };
  if (valueDecimal !== undefined) return { valueQuantity: { value: valueDecimal } };
  if (valueUri !== undefined) return { valueString: valueUri };
  return rest;
}
