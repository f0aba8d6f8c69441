import type { Questionnaire, QuestionnaireItem } from '@medplum/fhirtypes';
import { isExpression } from './expressions.ts';
import { sdc, standard } from './extensions.ts';
import type { Fault } from './fault.ts';
import { placedItems } from './items.ts';
import { furigana } from './wording.ts';

/** Extensions without which something else would be asked, or an answer would mean something else. */
const changing = new Set([
  ...['candidateExpression', 'answerOptionsToggleExpression', 'unitValueSet', 'subQuestionnaire'].map(
    (name) => `${sdc}/sdc-questionnaire-${name}`,
  ),
  ...[
    'questionnaire-constraint',
    'questionnaire-unitValueSet',
    'cqf-expression',
    'cqf-library',
    'cqf-calculatedValue',
  ].map((name) => `${standard}/${name}`),
]);

const actedOn = new Set([
  furigana,
  `${sdc}/sdc-questionnaire-observationLinkPeriod`,
  `${sdc}/sdc-questionnaire-observationExtract`,
  `${sdc}/sdc-questionnaire-itemExtractionContext`,
  ...[
    'minValue', 'maxValue', 'regex', 'minLength', 'maxDecimalPlaces', 'questionnaire-minOccurs',
    'questionnaire-maxOccurs', 'questionnaire-hidden', 'questionnaire-unit', 'questionnaire-unitOption',
    'questionnaire-optionExclusive', 'ordinalValue', 'translation', 'maxSize', 'mimeType',
  ].map((name) => `${standard}/${name}`),
]); // prettier-ignore

/** Extensions of questions that change what is asked or what an answer means, and that nothing here acts on. */
export const changedUnheeded = (form: Questionnaire): Fault[] =>
  placedItems(form).flatMap(({ item, place }) => [
    ...(item.extension ?? [])
      .filter(({ url }) => changing.has(url))
      .map(({ url }) => ({
        place: `${place}.extension`,
        says: `"${item.linkId}" uses ${url}, which is not acted on here`,
        ja: `「${item.linkId}」の ${url} には、ここでは従えません`,
      })),
    ...(item.modifierExtension ?? []).map(({ url }) => ({
      place: `${place}.modifierExtension`,
      says: `"${item.linkId}" is changed by ${url}, which is not known here`,
      ja: `「${item.linkId}」の ${url} を知りません`,
    })),
  ]);

/** Whatever else the form says of how it is to look or behave and nothing here acts on, by name. */
export function passedOver(form: Questionnaire): Fault[] {
  const unknown = (element: Pick<QuestionnaireItem, 'extension'>, place: string): Fault[] =>
    (element.extension ?? [])
      .filter((e) => !isExpression(e.url) && !actedOn.has(e.url) && !changing.has(e.url) && !isHelp(e))
      .map(({ url }) => ({ place, says: `${url} is not acted on`, ja: `${url} には従いません` }));
  const placed = placedItems(form);
  return [
    ...unknown(form, 'extension'),
    ...placed.flatMap(({ item, place }) => [
      ...unknown(item, `${place}.extension`),
      ...(item.answerOption ?? []).flatMap((option, i) =>
        unknown(option, `${place}.answerOption[${String(i)}].extension`),
      ),
    ]),
  ];
}

const isHelp = (e: { url?: string; valueCodeableConcept?: { coding?: { code?: string }[] } }): boolean =>
  e.url === `${standard}/questionnaire-itemControl` &&
  e.valueCodeableConcept?.coding?.every(({ code }) => code === 'help') === true;
