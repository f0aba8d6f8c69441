import type { Questionnaire, QuestionnaireItem } from '@medplum/fhirtypes';
import { remembered } from '../kernel/remembered.ts';

/** The kinds of item this software can draw, read, check and print. */
export const questionTypes = ['boolean', 'choice', 'integer', 'date', 'string', 'text'] as const;
export type QuestionType = (typeof questionTypes)[number];
export const isQuestionType = (type: string): type is QuestionType =>
  (questionTypes as readonly string[]).includes(type);

export type Placed = Readonly<{
  item: QuestionnaireItem;
  /** Where it stands in the file: `item[0].item[2]`. */
  place: string;
  parent: QuestionnaireItem | undefined;
}>;

/** Every item of a form, parents before their children, in the order of the form. */
export function placedItems(form: Pick<Questionnaire, 'item'>): Placed[] {
  const walk = (
    items: readonly QuestionnaireItem[],
    at: string,
    parent: QuestionnaireItem | undefined,
  ): Placed[] =>
    items.flatMap((item, i) => {
      const place = `${at}item[${String(i)}]`;
      return [{ item, place, parent }, ...walk(item.item ?? [], `${place}.`, item)];
    });
  return walk(form.item ?? [], '', undefined);
}

/** The questions of a form by linkId, without groups and prose. */
export const questionsOf = remembered(
  (form: Questionnaire): ReadonlyMap<string, QuestionnaireItem> =>
    new Map(
      placedItems(form).flatMap(({ item }) => (isQuestionType(item.type) ? [[item.linkId, item]] : [])),
    ),
);

export const optionCodes = (item: QuestionnaireItem): string[] =>
  (item.answerOption ?? []).flatMap((option) => option.valueCoding?.code ?? []);

const standard = 'http://hl7.org/fhir/StructureDefinition';
const extensionOf = (element: QuestionnaireItem, name: string) =>
  element.extension?.find((e) => e.url === `${standard}/${name}`);

/** The limits of an integer or date, as answers are written: `0`, `2026-04-01`. */
export function limitsOf(item: QuestionnaireItem): Readonly<{ min?: string; max?: string }> {
  const limit = (name: string) => {
    const given = extensionOf(item, name);
    return given?.valueInteger === undefined ? given?.valueDate : String(given.valueInteger);
  };
  const [min, max] = [limit('minValue'), limit('maxValue')];
  return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}

/** The unit that stands beside a number (日, 人), a Coding with a translated display. */
export const unitOf = (item: QuestionnaireItem): object | undefined =>
  extensionOf(item, 'questionnaire-unit')?.valueCoding;

/** A box such as 「どれもない」, which cannot be ticked together with another. */
export const isExclusive = (option: object): boolean => {
  const { extension } = option as QuestionnaireItem;
  return (extension ?? []).some(
    (e) => e.url === `${standard}/questionnaire-optionExclusive` && e.valueBoolean === true,
  );
};
