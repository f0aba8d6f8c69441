import type { Questionnaire, QuestionnaireItem } from '@medplum/fhirtypes';
import type { Fault } from '../../programs/fault.ts';
import { boundsOf, limitsOf, placedItems } from '../../programs/items.ts';
import { withOptions } from '../../programs/value-sets.ts';
import { calculate, conditionsOf, type Uncalculated } from '../calculate.ts';
import { chosenIn } from '../chosen.ts';
import type { Failing } from '../failing.ts';
import { whyNot } from '../fault-text.ts';
import { fillIn } from '../fill.ts';
import type { Answers } from '../form.ts';
import { fromResponse } from '../response.ts';
import { plainId } from '../row-names.ts';
import { sampleItems, samplePersons } from './sample.ts';

/** `isSure`: it fails for everybody, and not only for the answers that were tried. */
type Tried = Fault & Readonly<{ isSure: boolean }>;

/**
 * Works out everything once without answers and once with an answer to each question, and what a form begins with for
 * somebody of whom nothing is known and for somebody of whom much is. What throws or never ends does so here, before
 * anybody is asked. `lacking`: what only leaves a question open that could have been filled in, and what finds no answer
 * to its question perhaps only because the answers that were tried are none of anybody.
 */
export function tryForm(given: Questionnaire): Readonly<{ faults: Tried[]; lacking: Tried[] }> {
  const form = withOptions(given);
  const placed = new Map(placedItems(form).map(({ item, place }) => [item.linkId, { item, place }]));
  const found = new Map<string, Tried & Readonly<{ stops: boolean }>>();
  const note = (kind: Failing['kind'], faults: readonly Uncalculated[]): void => {
    for (const { linkId, fault, because } of faults) {
      const id = plainId(linkId);
      const { item, place = '' } = placed.get(id) ?? {};
      const isSure = fault !== 'unfit' || (item !== undefined && takesAnyOfItsKind(item));
      const stops = fault === 'time' || fault === 'syntax' || (kind !== 'initial' && isSure);
      const key = `${id} ${kind}`;
      if (!found.has(key))
        found.set(key, {
          place,
          says: `"${id}" cannot be ${doing[kind].en}: ${fault}: ${because}`,
          ja: `「${id}」を${doing[kind].ja}：${whyNot[fault].ja}`,
          isSure,
          stops,
        });
    }
  };
  const everything = fromResponse(form, { item: sampleItems(form, false) });
  for (const answers of [{}, everything] satisfies readonly Answers[]) {
    note('calculated', calculate(form, answers, (asked) => asked).faults);
    note('enableWhen', conditionsOf(form, answers).faults);
    note('answer', chosenIn(form, answers).faults);
  }
  for (const person of samplePersons) {
    const variables = { patient: person, subject: person };
    const sources = { carried: {}, observations: [] };
    note(
      'initial',
      fillIn({ form, language: 'ja', variables, today: '2026-11-20', found: sources }).unfilled,
    );
  }
  const all = [...found.values()].map(({ stops, ...one }) => ({ stops, one }));
  return {
    faults: all.flatMap(({ stops, one }) => (stops ? [one] : [])),
    lacking: all.flatMap(({ stops, one }) => (stops ? [] : [one])),
  };
}

const doing = {
  calculated: { en: 'calculated', ja: '計算できません' },
  enableWhen: { en: 'decided to be asked or not', ja: 'たずねるかどうか決められません' },
  answer: { en: 'offered its options', ja: '選ぶのに必要な選択肢を作れません' },
  initial: { en: 'filled in beforehand', ja: 'はじめに埋めることができません' },
  extract: { en: 'recorded', ja: '記録にできません' },
} as const satisfies Record<Failing['kind'], Readonly<{ en: string; ja: string }>>;

/** No limits and no pattern: whatever is of the kind of the question is an answer to it. */
function takesAnyOfItsKind(item: QuestionnaireItem): boolean {
  const { min, max } = limitsOf(item);
  const { regex, minLength, decimals } = boundsOf(item);
  return [min, max, regex, minLength, decimals, item.maxLength].every((limit) => limit === undefined);
}
