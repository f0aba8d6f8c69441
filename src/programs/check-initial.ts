import type { Questionnaire, QuestionnaireItem } from '@medplum/fhirtypes';
import { expressionOf } from './expressions.ts';
import type { Fault } from './fault.ts';
import { isQuestionType, placedItems, type QuestionType } from './items.ts';

const fitting: Readonly<Record<QuestionType, string | undefined>> = {
  boolean: 'valueBoolean',
  choice: undefined,
  'open-choice': undefined,
  integer: 'valueInteger',
  decimal: 'valueDecimal',
  quantity: 'valueQuantity',
  date: 'valueDate',
  dateTime: 'valueDateTime',
  time: 'valueTime',
  string: 'valueString',
  text: 'valueString',
  url: 'valueUri',
  reference: 'valueReference',
  attachment: undefined,
};

/** Answers that stand in a form beforehand and could not be answers: of another kind, or more than one where one is taken. */
export const checkInitial = (form: Questionnaire): Fault[] =>
  placedItems(form).flatMap(({ item, place }) => {
    const says = wrongInitial(item);
    const at = item.initial === undefined ? 'answerOption' : 'initial';
    return says === undefined ? [] : [{ place: `${place}.${at}`, says: `"${item.linkId}" ${says}` }];
  });

function wrongInitial(item: QuestionnaireItem): string | undefined {
  const chosen = (item.answerOption ?? []).filter((one) => one.initialSelected === true);
  const initial = item.initial ?? [];
  if (initial.length + chosen.length > 1 && item.repeats !== true)
    return 'takes one answer and begins with several';
  if (initial.length === 0) return undefined;
  if (!isQuestionType(item.type)) return `is a ${item.type} and cannot begin with an answer`;
  const key = fitting[item.type];
  if (item.type === 'attachment') return 'asks for a file and cannot begin with one';
  if (key === undefined) return 'is a choice; mark the option that it begins with (initialSelected)';
  const foreign = initial.flatMap((one) => Object.keys(one)).find((one) => one !== key);
  return foreign === undefined ? undefined : `begins with ${foreign} instead of ${key}`;
}

/** A consent is given by whoever gives it: nothing on its form is ticked or filled in beforehand. */
export const checkUnticked = (form: Questionnaire): Fault[] =>
  placedItems(form).flatMap(({ item, place }) =>
    item.initial !== undefined ||
    expressionOf(item, 'initial') !== undefined ||
    item.answerOption?.some((one) => one.initialSelected === true)
      ? [{ place, says: `"${item.linkId}" is answered beforehand; a consent never is` }]
      : [],
  );
