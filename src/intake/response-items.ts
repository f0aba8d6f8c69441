import type { Questionnaire, QuestionnaireItem, QuestionnaireResponseItem } from '@medplum/fhirtypes';
import type { Language } from '../kernel/sentence.ts';
import { isQuestionType, placedItems } from '../programs/items.ts';
import { worded } from '../programs/wording.ts';
import type { Answers } from './form.ts';
import { plainId } from './row-names.ts';
import { toAnswer } from './values.ts';

/** Answers as the items of a response, nested as the form is; what has no answer is left out. */
export const responseItems = (
  form: Questionnaire,
  answers: Answers,
  language: Language,
): QuestionnaireResponseItem[] => (form.item ?? []).flatMap((one) => toItem(one, answers, language, ''));

/** The answers within one row of a group that repeats; `suffix` is the ending of the names in it. */
export const itemsInRow = (
  group: QuestionnaireItem,
  answers: Answers,
  language: Language,
  suffix: string,
): QuestionnaireResponseItem[] => (group.item ?? []).flatMap((one) => toItem(one, answers, language, suffix));

function toItem(
  asked: QuestionnaireItem,
  answers: Answers,
  language: Language,
  suffix: string,
): QuestionnaireResponseItem[] {
  const text = worded(asked, 'text')[language];
  const words = { linkId: asked.linkId, ...(text === '' ? {} : { text }) };
  const inside = (end: string): QuestionnaireResponseItem[] =>
    (asked.item ?? []).flatMap((one) => toItem(one, answers, language, end));
  if (isQuestionType(asked.type)) {
    const answer = valuesOf(answers, `${asked.linkId}${suffix}`).map((value) =>
      toAnswer(asked, value, language),
    );
    const [first, ...others] = answer;
    const below = inside(suffix);
    if (first === undefined) return [];
    return [{ ...words, answer: below.length > 0 ? [{ ...first, item: below }, ...others] : answer }];
  }
  const rows = asked.repeats === true ? rowsOf(asked, answers, suffix) : [suffix];
  return rows.flatMap((end) => {
    const item = inside(end);
    return item.length === 0 ? [] : [{ ...words, item }];
  });
}

/** The endings of the names of the rows that have answers. */
function rowsOf(group: QuestionnaireItem, answers: Answers, suffix: string): string[] {
  const ids = new Set(placedItems(group).map(({ item }) => item.linkId));
  const found = Object.keys(answers).flatMap((key) => {
    const id = plainId(key);
    const at = Number(key.slice(id.length + suffix.length + 1).split('~')[0]);
    return ids.has(id) && key.startsWith(`${id}${suffix}~`) && at >= 1 ? [at] : [];
  });
  return [...new Set(found)].toSorted((a, b) => a - b).map((at) => `${suffix}~${String(at)}`);
}

const valuesOf = (answers: Answers, key: string): readonly string[] =>
  Object.hasOwn(answers, key) ? (answers[key] ?? []) : [];
