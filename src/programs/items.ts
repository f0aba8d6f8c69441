import type { Questionnaire, QuestionnaireItem, QuestionnaireItemAnswerOption } from '@medplum/fhirtypes';
import { remembered } from '../kernel/remembered.ts';
import { standard } from './extensions.ts';

/** The kinds of item this software can draw, read, check and print. */
export const questionTypes = [
  'boolean',
  'choice',
  'open-choice',
  'integer',
  'decimal',
  'quantity',
  'date',
  'dateTime',
  'time',
  'string',
  'text',
  'url',
  'reference',
  'attachment',
] as const;
export type QuestionType = (typeof questionTypes)[number];
export const isQuestionType = (type: string): type is QuestionType =>
  (questionTypes as readonly string[]).includes(type);

/** Of two answers to such a question one is the larger. */
export const isOrdered = (type: string): boolean =>
  ['integer', 'decimal', 'quantity', 'date', 'dateTime', 'time'].includes(type);

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

/** The codes of the options, as answers hold them: of two systems with the same code, the code with its system. */
export const optionCodes = (item: QuestionnaireItem): string[] =>
  (item.answerOption ?? []).flatMap((option) => optionValue(item, option) ?? []);

/** An option as an answer holds it: the code, text, figure, day or record it stands for. */
export function optionValue(
  item: QuestionnaireItem,
  option: QuestionnaireItemAnswerOption,
): string | undefined {
  const { valueCoding: coding } = option;
  if (coding?.code === undefined)
    return (
      option.valueString ??
      option.valueDate ??
      option.valueTime ??
      option.valueReference?.reference ??
      (option.valueInteger === undefined ? undefined : String(option.valueInteger))
    );
  const alike = (item.answerOption ?? []).filter(({ valueCoding: one }) => one?.code === coding.code);
  return alike.length > 1 ? `${coding.system ?? ''}|${coding.code}` : coding.code;
}

const extensionOf = (element: QuestionnaireItem, name: string) =>
  element.extension?.find((e) => e.url === `${standard}/${name}`);

/** The limits of a figure, day or time, as answers are written: `0`, `2026-04-01`, `09:30:00`. */
export function limitsOf(item: QuestionnaireItem): Readonly<{ min?: string; max?: string }> {
  const limit = (name: string) => {
    const given = extensionOf(item, name);
    const figure = given?.valueInteger ?? given?.valueDecimal ?? given?.valueQuantity?.value;
    return figure === undefined
      ? (given?.valueDate ?? given?.valueDateTime ?? given?.valueTime)
      : String(figure);
  };
  const [min, max] = [limit('minValue'), limit('maxValue')];
  return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}

/** The unit that stands beside a number (日, 人), a Coding with a translated display. */
export const unitOf = (item: QuestionnaireItem): object | undefined =>
  extensionOf(item, 'questionnaire-unit')?.valueCoding;

/** The units of which a quantity takes one. */
export function unitsOf(item: QuestionnaireItem): { system?: string; code: string; display?: string }[] {
  const offered = (item.extension ?? []).filter((e) => e.url === `${standard}/questionnaire-unitOption`);
  return [...offered, extensionOf(item, 'questionnaire-unit')].flatMap((e) => {
    const { system, code, display } = e?.valueCoding ?? {};
    if (code === undefined) return [];
    return [{ code, ...(system === undefined ? {} : { system }), ...(display ? { display } : {}) }];
  });
}

/** A box such as 「どれもない」, which cannot be ticked together with another. */
export const isExclusive = (option: object): boolean => {
  const { extension } = option as QuestionnaireItem;
  return (extension ?? []).some(
    (e) => e.url === `${standard}/questionnaire-optionExclusive` && e.valueBoolean === true,
  );
};

/** What an option counts for: `ordinalValue` on it, or on its coding. */
export function scoreOf(option: QuestionnaireItemAnswerOption): number | undefined {
  const given = [option, option.valueCoding ?? {}] as readonly Pick<QuestionnaireItem, 'extension'>[];
  return given.flatMap(({ extension }) => extension ?? []).find((e) => e.url === `${standard}/ordinalValue`)
    ?.valueDecimal;
}

/** What extensions say of how a question may be answered. */
export function boundsOf(item: QuestionnaireItem): Readonly<{
  regex?: string;
  minLength?: number;
  decimals?: number;
  minOccurs?: number;
  maxOccurs?: number;
}> {
  const regex = extensionOf(item, 'regex')?.valueString;
  const figures = {
    minLength: extensionOf(item, 'minLength')?.valueInteger,
    decimals: extensionOf(item, 'maxDecimalPlaces')?.valueInteger,
    minOccurs: extensionOf(item, 'questionnaire-minOccurs')?.valueInteger,
    maxOccurs: extensionOf(item, 'questionnaire-maxOccurs')?.valueInteger,
  };
  const said = Object.entries(figures).filter(([, value]) => value !== undefined);
  return { ...(regex === undefined ? {} : { regex }), ...Object.fromEntries(said) };
}

/** What is taken as a file: told by its bytes and never by its name (`files/kind.ts`). */
export const fileTypes = ['image/jpeg', 'image/png', 'application/pdf'] as const;
/** Bytes of a file that is given with answers, whatever its form says. */
export const largestGivenFile = 10_000_000;

export type FileLimits = Readonly<{
  /** Of `fileTypes`. */
  types: readonly string[];
  maxBytes: number;
}>;

/** The kinds of file that a form names (`mimeType`), as it writes them. */
export const mimeTypesOf = (item: QuestionnaireItem): string[] =>
  (item.extension ?? []).flatMap((e) =>
    e.url === `${standard}/mimeType` ? (e.valueCode ?? e.valueString ?? '').toLowerCase() : [],
  );

/** Megabytes, as the form says it (`maxSize`). */
export const maxSizeOf = (item: QuestionnaireItem): number | undefined =>
  extensionOf(item, 'maxSize')?.valueDecimal;

/** Which files a question takes: what its form says (`mimeType`, `maxSize` in MB), within what is taken here. */
export function fileLimitsOf(item: QuestionnaireItem): FileLimits {
  const named = mimeTypesOf(item);
  const size = maxSizeOf(item);
  return {
    types: fileTypes.filter((type) => named.length === 0 || named.some((one) => isOfType(type, one))),
    maxBytes: Math.min(
      size === undefined ? largestGivenFile : Math.floor(size * 1_048_576),
      largestGivenFile,
    ),
  };
}

/** `image/*` names every picture. */
export const isOfType = (type: string, named: string): boolean =>
  named === type || named === '*/*' || (named.endsWith('/*') && type.startsWith(named.slice(0, -1)));

/** Carried in the form and never shown: for what is calculated. */
export const isHidden = (item: QuestionnaireItem): boolean =>
  extensionOf(item, 'questionnaire-hidden')?.valueBoolean === true;
