import type { QuestionnaireItem, QuestionnaireResponseItemAnswer } from '@medplum/fhirtypes';
import type { Language } from '../kernel/sentence.ts';
import { isQuestionType, optionValue, unitsOf, type QuestionType } from '../programs/items.ts';
import { worded } from '../programs/wording.ts';
import { fromAttachment, toAttachment } from './files/value.ts';

/** Which value an answer to each kind of question has. */
export const valueOf = {
  boolean: 'valueBoolean',
  choice: 'valueCoding',
  'open-choice': 'valueCoding',
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
  attachment: 'valueAttachment',
} as const satisfies Record<QuestionType, keyof QuestionnaireResponseItemAnswer>;

/** What begins an answer to an open choice in words of the person's own; no code begins so. */
export const openMark = '"';

const typeOf = ({ type }: QuestionnaireItem): QuestionType => (isQuestionType(type) ? type : 'text');

/** An answer as `Answers` holds it, as FHIR does. */
export function toAnswer(
  asked: QuestionnaireItem,
  value: string,
  language: Language,
): QuestionnaireResponseItemAnswer {
  const type = typeOf(asked);
  switch (type) {
    case 'boolean':
      return { valueBoolean: value === 'true' };
    case 'integer':
      return { valueInteger: Number(value) };
    case 'decimal':
      return { valueDecimal: Number(value) };
    case 'quantity':
      return { valueQuantity: toQuantity(asked, value) };
    case 'reference':
      return { valueReference: { reference: value } };
    case 'attachment':
      return { valueAttachment: toAttachment(value) };
    case 'choice':
    case 'open-choice':
      return toChosen(asked, value, language);
    case 'date':
    case 'dateTime':
    case 'time':
    case 'string':
    case 'text':
    case 'url':
      return { [valueOf[type]]: value };
  }
}

function toQuantity(asked: QuestionnaireItem, value: string) {
  const [figure = '', code] = value.split(' ');
  const unit = unitsOf(asked).find((one) => one.code === code);
  if (unit === undefined) return { value: Number(figure) };
  const { system } = unit;
  return {
    value: Number(figure),
    unit: unit.display ?? unit.code,
    ...(system === undefined ? {} : { system }),
    code: unit.code,
  };
}

function toChosen(
  asked: QuestionnaireItem,
  value: string,
  language: Language,
): QuestionnaireResponseItemAnswer {
  if (asked.type === 'open-choice' && value.startsWith(openMark)) return { valueString: value.slice(1) };
  const option = asked.answerOption?.find((one) => optionValue(asked, one) === value);
  const coding = option?.valueCoding;
  if (option !== undefined && coding === undefined) {
    const { extension: _extension, initialSelected: _selected, ...chosen } = option;
    return chosen;
  }
  const { system, version, code = value } = coding ?? {};
  const display = coding && worded(coding, 'display')[language];
  return {
    valueCoding: {
      ...(system === undefined ? {} : { system }),
      ...(version === undefined ? {} : { version }),
      code,
      ...(display ? { display } : {}),
    },
  };
}

/** An answer as `Answers` holds it; undefined when its type is not the question's, or it is blank. */
export function fromAnswer(
  asked: QuestionnaireItem,
  answer: QuestionnaireResponseItemAnswer,
): string | undefined {
  const type = typeOf(asked);
  switch (type) {
    case 'boolean':
      return answer.valueBoolean === undefined ? undefined : String(answer.valueBoolean);
    case 'integer':
    case 'decimal': {
      const figure = answer[valueOf[type]];
      return figure === undefined ? undefined : String(figure);
    }
    case 'quantity':
      return fromQuantity(answer);
    case 'reference':
      return answer.valueReference?.reference;
    case 'attachment':
      return answer.valueAttachment && fromAttachment(answer.valueAttachment);
    case 'choice':
    case 'open-choice':
      return fromChosen(asked, answer);
    case 'date':
    case 'dateTime':
    case 'time':
    case 'url':
      return answer[valueOf[type]];
    case 'string':
    case 'text':
      return answer.valueString?.trim() === '' ? undefined : answer.valueString;
  }
}

function fromQuantity({ valueQuantity: given }: QuestionnaireResponseItemAnswer): string | undefined {
  if (given?.value === undefined) return undefined;
  const unit = given.code ?? given.unit;
  return unit === undefined ? String(given.value) : `${String(given.value)} ${unit}`;
}

function fromChosen(asked: QuestionnaireItem, answer: QuestionnaireResponseItemAnswer): string | undefined {
  const { valueCoding: coding } = answer;
  if (coding?.code !== undefined) {
    const option = asked.answerOption?.find(
      ({ valueCoding: one }) => one?.code === coding.code && one?.system === coding.system,
    );
    return (option && optionValue(asked, option)) ?? coding.code;
  }
  const given = optionValue(asked, answer);
  const offered = asked.answerOption?.some((one) => optionValue(asked, one) === given) === true;
  return asked.type === 'open-choice' && !offered && answer.valueString !== undefined
    ? `${openMark}${answer.valueString}`
    : given;
}

/**
 * Which of two answers to a question is the larger: below 0 the second, 0 when they are as large; NaN when they cannot be
 * compared, such as two quantities of different units.
 */
export function compareAnswers(type: QuestionType, a: string, b: string): number {
  switch (type) {
    case 'integer':
    case 'decimal':
      return Number(a) - Number(b);
    case 'quantity': {
      const [[left, one], [right, other]] = [a.split(' '), b.split(' ')];
      return one === other || other === undefined ? Number(left) - Number(right) : Number.NaN;
    }
    case 'dateTime':
      return new Date(a).getTime() - new Date(b).getTime();
    case 'boolean':
    case 'choice':
    case 'open-choice':
    case 'date':
    case 'time':
    case 'string':
    case 'text':
    case 'url':
    case 'reference':
    case 'attachment':
      // Days and times in ISO form compare as texts.
      return a === b ? 0 : a < b ? -1 : 1;
  }
}
