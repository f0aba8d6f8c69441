import type { Questionnaire, QuestionnaireItem } from '@medplum/fhirtypes';
import { sdc } from './extensions.ts';
import type { Fault } from './fault.ts';
import { isQuestionType, placedItems } from './items.ts';

/** Whether an answer is to become an observation (SDC, observation-based extraction). */
export const isMarked = (element: Pick<QuestionnaireItem, 'extension'>): boolean =>
  (element.extension ?? []).some(
    (one) => one.url === `${sdc}/sdc-questionnaire-observationExtract` && one.valueBoolean === true,
  );

/** Questions that are to become an observation and say not which: everybody's answers would be refused. */
export const markedWithoutCode = (form: Questionnaire): Fault[] =>
  placedItems(form)
    .filter(
      ({ item }) =>
        isQuestionType(item.type) && (isMarked(item) || isMarked(form)) && (item.code ?? []).length === 0,
    )
    .map(({ item, place }) => ({
      place: `${place}.code`,
      says: `"${item.linkId}" is to become an observation (observationExtract) and has no code`,
      ja: `「${item.linkId}」は観察（Observation）にする項目（observationExtract）ですが、code がありません`,
    }));
