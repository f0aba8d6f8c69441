import type {
  QuestionnaireItem,
  QuestionnaireItemEnableWhen,
  QuestionnaireResponseItemAnswer,
} from '@medplum/fhirtypes';
import { isQuestionType } from '../programs/items.ts';
import { fromAnswer, openMark } from './values.ts';

/** FHIR's enableWhen with the answer as `Answers` writes it. */
export type Condition = Readonly<{
  question: string;
  operator: QuestionnaireItemEnableWhen['operator'];
  answer: string;
}>;

type ById = ReadonlyMap<string, QuestionnaireItem>;

/** What an item waits for. */
export const readConditions = (item: QuestionnaireItem, byId: ById): Condition[] =>
  (item.enableWhen ?? []).map(({ question, operator, ...given }) => ({
    question,
    operator,
    answer: String(
      operator === 'exists' ? (given.answerBoolean ?? true) : answerIn(given, byId.get(question)),
    ),
  }));

function answerIn(
  given: Omit<QuestionnaireItemEnableWhen, 'question' | 'operator'>,
  asked: QuestionnaireItem | undefined,
): string {
  if (asked === undefined || !isQuestionType(asked.type)) return '';
  // `answer[x]` of a condition is `value[x]` of an answer under another name.
  const answer = Object.fromEntries(
    Object.entries(given).map(([key, value]) => [key.replace('answer', 'value'), value]),
  ) as QuestionnaireResponseItemAnswer;
  const value =
    asked.type === 'url' && given.answerString !== undefined ? given.answerString : fromAnswer(asked, answer);
  if (value !== undefined) return value;
  return asked.type === 'open-choice' && given.answerString !== undefined
    ? `${openMark}${given.answerString}`
    : '';
}
