import type {
  Extension,
  Questionnaire,
  QuestionnaireItem,
  QuestionnaireItemAnswerOption,
  ValueSet,
} from '@medplum/fhirtypes';
import { remembered } from '../kernel/remembered.ts';
import { standard } from './extensions.ts';
import type { Fault } from './fault.ts';
import { placedItems } from './items.ts';
import { furigana } from './wording.ts';

/** The value sets that a form carries along: their codes, as options. Undefined for one that is not there or lists no codes. */
export function optionsFrom(
  form: Questionnaire,
  canonical: string,
): QuestionnaireItemAnswerOption[] | undefined {
  const [url = ''] = canonical.split('|');
  const set = (form.contained ?? []).find(
    (one): one is ValueSet =>
      one.resourceType === 'ValueSet' && (url.startsWith('#') ? `#${one.id ?? ''}` === url : one.url === url),
  );
  if (set === undefined) return undefined;
  const expanded = (set.expansion?.contains ?? []).map(
    ({ system, code, display, extension, designation }) => ({
      system,
      code,
      display,
      extension,
      designation,
    }),
  );
  const composed = (set.compose?.include ?? []).flatMap(({ system, concept = [] }) =>
    concept.map(({ code, display, extension, designation }) => ({
      system,
      code,
      display,
      extension,
      designation,
    })),
  );
  const codes = expanded.length > 0 ? expanded : composed;
  const plain = (set.compose?.include ?? []).every((one) => one.concept && !one.filter && !one.valueSet);
  if (codes.length === 0 || (expanded.length === 0 && (!plain || set.compose?.exclude))) return undefined;
  return codes.flatMap(({ system, code, display, extension, designation }) =>
    code === undefined
      ? []
      : [
          {
            ...(extension ? { extension } : {}),
            valueCoding: {
              ...(system ? { system } : {}),
              code,
              ...(display ? { display, ...translations(designation, extension) } : {}),
            },
          },
        ],
  );
}

/** The words for a code in other languages and how they are read, as a form's own options carry them. */
function translations(
  designation: readonly { language?: string; value?: string }[] | undefined,
  more: readonly Extension[] = [],
): object {
  const translated = (designation ?? []).flatMap(({ language, value }) =>
    language === undefined || value === undefined
      ? []
      : [
          {
            url: `${standard}/translation`,
            extension: [
              { url: 'lang', valueCode: language },
              { url: 'content', valueString: value },
            ],
          },
        ],
  );
  const extension = [...translated, ...more.filter(({ url }) => url === furigana)];
  return extension.length === 0 ? {} : { _display: { extension } };
}

/** The form with the options of its value sets in their questions, as it is asked, answered and checked. */
export const withOptions = remembered((form: Questionnaire): Questionnaire => {
  if (!placedItems(form).some(({ item }) => item.answerValueSet)) return form;
  const filled = (item: QuestionnaireItem): QuestionnaireItem => {
    const options = item.answerValueSet === undefined ? undefined : optionsFrom(form, item.answerValueSet);
    const inner = item.item?.map(filled);
    return {
      ...item,
      ...(options === undefined ? {} : { answerOption: options }),
      ...(inner === undefined ? {} : { item: inner }),
    };
  };
  return { ...form, item: (form.item ?? []).map(filled) };
});

/**
 * A form with its options written out, in place of the value sets that it carries: whoever reads it finds them where every
 * other form has them. A set that is not there stays named.
 */
export function writtenOut(form: Questionnaire): Questionnaire {
  const { contained: _contained, ...plain } = withOptions(form);
  const filled = (item: QuestionnaireItem): QuestionnaireItem => {
    const { answerValueSet, item: inner, ...rest } = item;
    const isThere = answerValueSet !== undefined && optionsFrom(form, answerValueSet) !== undefined;
    return {
      ...rest,
      ...(answerValueSet === undefined || isThere ? {} : { answerValueSet }),
      ...(inner === undefined ? {} : { item: inner.map(filled) }),
    };
  };
  return plain.item === undefined ? plain : { ...plain, item: plain.item.map(filled) };
}

/** Questions that name a value set which the form does not carry, and sets that no question names. */
export function checkValueSets(form: Questionnaire): Fault[] {
  const placed = placedItems(form);
  const named = new Set(placed.flatMap(({ item }) => item.answerValueSet?.split('|')[0] ?? []));
  return [
    ...placed.flatMap(({ item: { linkId, answerValueSet, answerOption }, place }) => {
      if (answerValueSet === undefined) return [];
      const fault = (says: string): Fault[] => [
        { place: `${place}.answerValueSet`, says: `"${linkId}" ${says}` },
      ];
      if (answerOption !== undefined) return fault('has both answer options and a value set');
      return optionsFrom(form, answerValueSet) === undefined
        ? fault(`takes its answers from ${answerValueSet}, which the form does not carry (contained)`)
        : [];
    }),
    ...(form.contained ?? []).flatMap((one, i) =>
      one.resourceType === 'ValueSet' && (named.has(`#${one.id ?? ''}`) || named.has(one.url ?? ''))
        ? []
        : [{ place: `contained[${String(i)}]`, says: `"${one.id ?? ''}" is not used by any question` }],
    ),
  ];
}
