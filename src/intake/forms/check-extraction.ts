import type {
  Questionnaire,
  QuestionnaireItem,
  QuestionnaireResponseItem,
  QuestionnaireResponseItemAnswer,
} from '@medplum/fhirtypes';
import { Refused } from '../../kernel/problem.ts';
import { sdc } from '../../programs/extensions.ts';
import type { Fault } from '../../programs/fault.ts';
import { isQuestionType, placedItems } from '../../programs/items.ts';
import { markedWithoutCode } from '../../programs/marked.ts';
import { withOptions } from '../../programs/value-sets.ts';
import { definedRecords } from '../extract-definitions.ts';
import { toAnswer } from '../values.ts';
import type { Checked } from './check.ts';

const context = `${sdc}/sdc-questionnaire-itemExtractionContext`;

/**
 * What a form wants recorded of its answers (SDC $extract): that it can be, before anybody answers. Observations are recorded
 * with the answers; other records only when a program asks for $extract, which is named.
 */
export function checkExtraction(given: Questionnaire): Checked {
  const form = withOptions(given);
  const placed = placedItems(form);
  const contexts = [
    { extension: form.extension, place: 'extension' },
    ...placed.map(({ item, place }) => ({ extension: item.extension, place: `${place}.extension` })),
  ];
  const lacking = contexts.flatMap(({ extension, place }) =>
    (extension ?? [])
      .filter(({ url }) => url === context)
      .map((one) => one.valueCode ?? one.valueExpression?.expression ?? '')
      .filter((type) => type !== 'Observation')
      .map((type) => ({
        place,
        says: `${type} is made only by $extract, not when the answers are stored`,
        ja: `${type} は $extract のときだけ作り、回答を保存するときには作りません`,
      })),
  );
  return { faults: [...markedWithoutCode(form), ...leadingNowhere(form)], lacking };
}

/** Every question answered once, to see whether each definition takes it. */
function leadingNowhere(form: Questionnaire): Fault[] {
  const answered = (items: readonly QuestionnaireItem[] = []): QuestionnaireResponseItem[] =>
    items.flatMap((item) =>
      item.type === 'display'
        ? []
        : [
            {
              linkId: item.linkId,
              ...(isQuestionType(item.type) ? { answer: [sampleOf(item)] } : {}),
              item: answered(item.item),
            },
          ],
    );
  try {
    definedRecords(
      form,
      { resourceType: 'QuestionnaireResponse', status: 'completed', item: answered(form.item) },
      () => 'tried',
    );
    return [];
  } catch (error) {
    if (!(error instanceof Refused) || error.problem.kind !== 'invalid') throw error;
    return error.problem.issues.map(({ path, says }) => ({ place: path, says: says.en, ja: says.ja }));
  }
}

const samples: Readonly<Record<string, string>> = {
  boolean: 'true',
  integer: '1',
  decimal: '1',
  date: '2026-11-20',
  dateTime: '2026-11-20T10:00:00+09:00',
  time: '10:00:00',
  url: 'https://example.org',
  reference: 'Patient/1',
};

function sampleOf(item: QuestionnaireItem): QuestionnaireResponseItemAnswer {
  const [option] = item.answerOption ?? [];
  if (option !== undefined) {
    const { extension: _extension, initialSelected: _selected, ...value } = option;
    return value;
  }
  if (item.type === 'attachment') return { valueAttachment: { contentType: 'image/png', title: 'x.png' } };
  if (item.type === 'quantity') return { valueQuantity: { value: 1 } };
  if (item.type === 'choice' || item.type === 'open-choice') return { valueCoding: { code: 'x' } };
  return toAnswer(item, samples[item.type] ?? 'x', 'ja');
}
