import type { QuestionnaireItem } from '@medplum/fhirtypes';
import { loadPrograms } from '../../src/programs/load.ts';
import type { Program } from '../../src/programs/program.ts';

const found = (await loadPrograms('forms')).find(({ id }) => id === 'yabu');
if (!found) throw new Error('forms/yabu is gone');
/** The program whose sheet scores domains, as it is shipped: every question from 0 to 3. */
export const yabu: Program = found;

const ordinal = 'http://hl7.org/fhir/StructureDefinition/ordinalValue';
const changed = (item: QuestionnaireItem, change: (one: QuestionnaireItem) => QuestionnaireItem) => ({
  ...change(item),
  ...(item.item ? { item: item.item.map(change) } : {}),
});
/** The options of a question in the same order, from 1 to 7 in steps of 2 instead of from 0 to 3. */
const rescored = (item: QuestionnaireItem): QuestionnaireItem => ({
  ...item,
  answerOption: (item.answerOption ?? []).map((option) => ({
    ...option,
    ...(option.extension
      ? {
          extension: option.extension.map((one) => ({
            url: one.url,
            valueDecimal: 2 * (one.valueDecimal ?? 0) + 1,
          })),
        }
      : {}),
  })),
});
const groups = yabu.assessment.item ?? [];
const [first] = groups.flatMap(({ item }) => item ?? []).filter(({ linkId }) => linkId === 'd.housing.safe');
if (!first?.answerOption?.[0]?.extension?.some(({ url }) => url === ordinal))
  throw new Error('the housing question of forms/yabu has no scores');

/**
 * The same program with the sheet one version later: money scored on another scale, a question on food under another
 * linkId, nothing asked about getting about any more, and a new domain, sleep.
 */
export const laterYabu: Program = {
  ...yabu,
  assessment: {
    ...yabu.assessment,
    version: '2.0.0',
    item: [
      ...groups
        .filter(({ linkId }) => linkId !== 'd-mobility')
        .map((group) =>
          changed(group, (one) =>
            one.linkId.startsWith('d.money.')
              ? rescored(one)
              : one.linkId === 'd.food.enough'
                ? { ...one, linkId: 'd.meals.enough' }
                : one,
          ),
        ),
      { linkId: 'd-sleep', text: '眠り', type: 'group', item: [{ ...first, linkId: 'd.sleep' }] },
    ],
  },
  domains: [
    ...yabu.domains.map((one) =>
      one.id === 'mobility'
        ? { ...one, questions: [], before: one.questions }
        : one.id === 'food'
          ? { ...one, questions: ['d.meals.enough', 'd.food.prepare'], before: ['d.food.enough'] }
          : one,
    ),
    { id: 'sleep', name: { ja: '眠り', en: 'Sleep' }, questions: ['d.sleep'], before: [] },
  ],
};
/** Earlier answers are read by the sheet as it was, and by what the program says of domains today. */
export const yabuThen: Program = { ...laterYabu, assessment: yabu.assessment };
