import type {
  Questionnaire,
  QuestionnaireItem,
  QuestionnaireResponse,
  QuestionnaireResponseItem,
} from '@medplum/fhirtypes';
import type { Language } from '../kernel/sentence.ts';
import { remembered } from '../kernel/remembered.ts';
import { isQuestionType, placedItems, questionsOf } from '../programs/items.ts';
import { withOptions } from '../programs/value-sets.ts';
import { worded } from '../programs/wording.ts';
import { readQuestionnaire, type Answers } from './form.ts';
import { plainId } from './rows.ts';
import { fromAnswer, toAnswer } from './values.ts';
import { answersTo, askedOnly } from './visible.ts';

/** Who answered, when, and how far they got. */
export type Answering = Readonly<{
  id?: string;
  subject: NonNullable<QuestionnaireResponse['subject']>;
  /** Who answered, and who wrote it down. */
  source?: NonNullable<QuestionnaireResponse['source']>;
  author?: NonNullable<QuestionnaireResponse['author']>;
  /** ISO 8601 with offset. */
  authored: string;
  status: QuestionnaireResponse['status'];
  /** The language in which it was asked; the wording is kept in it. */
  language: Language;
}>;

/**
 * The record of answers that were read without issue. It keeps the wording as asked, so that it can be read when the
 * form has long changed; questions that were not asked or not answered are left out.
 */
export function toResponse(
  given: Questionnaire,
  answers: Answers,
  answering: Answering,
): QuestionnaireResponse {
  const form = withOptions(given);
  const { id, source, author, language } = answering;
  const asked = askedOnly(readQuestionnaire(form, language), answers);
  const item = (form.item ?? []).flatMap((one) => toItem(one, asked, language, ''));
  return {
    resourceType: 'QuestionnaireResponse',
    ...(id === undefined ? {} : { id }),
    language,
    questionnaire: `${form.url ?? ''}|${form.version ?? ''}`,
    status: answering.status,
    subject: answering.subject,
    authored: answering.authored,
    ...(author === undefined ? {} : { author }),
    ...(source === undefined ? {} : { source }),
    ...(item.length === 0 ? {} : { item }),
  };
}

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
    const answer = answersTo(answers, `${asked.linkId}${suffix}`).map((value) =>
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

/** The answers in a response to this form. What the form does not ask, or asks in another type, is passed over. */
export function fromResponse(given: Questionnaire, response: Pick<QuestionnaireResponse, 'item'>): Answers {
  const form = withOptions(given);
  const questions = questionsOf(form);
  const repeating = groupsThatRepeat(form);
  const found = new Map<string, string[]>();
  const walk = (items: readonly QuestionnaireResponseItem[], suffix: string): void => {
    const rows = new Map<string, number>();
    for (const item of items) {
      const asked = questions.get(item.linkId);
      const values = asked ? (item.answer ?? []).flatMap((answer) => fromAnswer(asked, answer) ?? []) : [];
      const key = `${item.linkId}${suffix}`;
      if (values.length > 0) found.set(key, [...(found.get(key) ?? []), ...values]);
      const at = (rows.get(item.linkId) ?? 0) + 1;
      rows.set(item.linkId, at);
      walk(item.item ?? [], repeating.has(item.linkId) ? `${suffix}~${String(at)}` : suffix);
      for (const answer of item.answer ?? []) walk(answer.item ?? [], suffix);
    }
  };
  walk(response.item ?? [], '');
  return Object.fromEntries(found);
}

const groupsThatRepeat = remembered(
  (form: Questionnaire): ReadonlySet<string> =>
    new Set(
      placedItems(form).flatMap(({ item }) =>
        item.type === 'group' && item.repeats === true ? [item.linkId] : [],
      ),
    ),
);
