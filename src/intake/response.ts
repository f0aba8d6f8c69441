import type {
  Questionnaire,
  QuestionnaireItem,
  QuestionnaireResponse,
  QuestionnaireResponseItem,
  QuestionnaireResponseItemAnswer,
} from '@medplum/fhirtypes';
import type { Language } from '../kernel/sentence.ts';
import { isQuestionType, questionsOf, type QuestionType } from '../programs/items.ts';
import { worded } from '../programs/wording.ts';
import { readQuestionnaire, type Answers } from './form.ts';
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
  form: Questionnaire,
  answers: Answers,
  answering: Answering,
): QuestionnaireResponse {
  const { id, source, author, language } = answering;
  const asked = askedOnly(readQuestionnaire(form, language), answers);
  const item = (form.item ?? []).flatMap((one) => toItem(one, asked, language));
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

function toItem(asked: QuestionnaireItem, answers: Answers, language: Language): QuestionnaireResponseItem[] {
  const text = worded(asked, 'text')[language];
  const words = { linkId: asked.linkId, ...(text === '' ? {} : { text }) };
  if (isQuestionType(asked.type)) {
    const answer = answersTo(answers, asked.linkId).map((value) => toAnswer(asked, value, language));
    return answer.length === 0 ? [] : [{ ...words, answer }];
  }
  const item = (asked.item ?? []).flatMap((one) => toItem(one, answers, language));
  return item.length === 0 ? [] : [{ ...words, item }];
}

const typeOf = ({ type }: QuestionnaireItem): QuestionType => (isQuestionType(type) ? type : 'text');

function toAnswer(
  asked: QuestionnaireItem,
  value: string,
  language: Language,
): QuestionnaireResponseItemAnswer {
  switch (typeOf(asked)) {
    case 'boolean':
      return { valueBoolean: value === 'true' };
    case 'integer':
      return { valueInteger: Number(value) };
    case 'date':
      return { valueDate: value };
    case 'choice': {
      const option = asked.answerOption?.find(({ valueCoding }) => valueCoding?.code === value)?.valueCoding;
      const { system, version } = option ?? {};
      const display = option && worded(option, 'display')[language];
      return {
        valueCoding: {
          ...(system === undefined ? {} : { system }),
          ...(version === undefined ? {} : { version }),
          code: value,
          ...(display ? { display } : {}),
        },
      };
    }
    case 'string':
    case 'text':
      return { valueString: value };
  }
}

/** The answers in a response to this form. What the form does not ask, or asks in another type, is passed over. */
export function fromResponse(form: Questionnaire, response: Pick<QuestionnaireResponse, 'item'>): Answers {
  const questions = questionsOf(form);
  const found = new Map<string, string[]>();
  const walk = (items: readonly QuestionnaireResponseItem[]): void => {
    for (const item of items) {
      const asked = questions.get(item.linkId);
      const values = asked ? (item.answer ?? []).flatMap((answer) => fromAnswer(asked, answer) ?? []) : [];
      if (values.length > 0) found.set(item.linkId, [...(found.get(item.linkId) ?? []), ...values]);
      walk(item.item ?? []);
    }
  };
  walk(response.item ?? []);
  return Object.fromEntries(found);
}

/** An answer as `Answers` holds it; undefined when its type is not the question's, or it is blank. */
export function fromAnswer(
  asked: QuestionnaireItem,
  answer: QuestionnaireResponseItemAnswer,
): string | undefined {
  switch (typeOf(asked)) {
    case 'boolean':
      return answer.valueBoolean === undefined ? undefined : String(answer.valueBoolean);
    case 'integer':
      return answer.valueInteger === undefined ? undefined : String(answer.valueInteger);
    case 'date':
      return answer.valueDate;
    case 'choice':
      return answer.valueCoding?.code;
    case 'string':
    case 'text':
      return answer.valueString?.trim() === '' ? undefined : answer.valueString;
  }
}
