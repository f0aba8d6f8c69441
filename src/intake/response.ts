import type { Questionnaire, QuestionnaireResponse, QuestionnaireResponseItem } from '@medplum/fhirtypes';
import { remembered } from '../kernel/remembered.ts';
import { placedItems, questionsOf } from '../programs/items.ts';
import { inTongue, pageLanguage, type Tongue } from '../programs/languages.ts';
import { withOptions } from '../programs/value-sets.ts';
import { withChosen } from './chosen.ts';
import { readQuestionnaire, type Answers } from './form.ts';
import { responseItems } from './response-items.ts';
import { fromAnswer } from './values.ts';
import { askedOnly } from './visible.ts';

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
  language: Tongue;
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
  const { id, source, author, language } = answering;
  const form = inTongue(withOptions(given), language);
  const asked = askedOnly(readQuestionnaire(form, language), answers);
  const item = responseItems(withChosen(form, asked), asked, pageLanguage(language));
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
