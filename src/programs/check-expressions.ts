import type { Questionnaire, QuestionnaireItem } from '@medplum/fhirtypes';
import { contextIn, expressionCycles, expressionOf, isExpression, variablesOf } from './expressions.ts';
import type { Fault } from './fault.ts';
import { unreadable } from './fhirpath.ts';
import { boundsOf, placedItems, type Placed } from './items.ts';
import { boundedRegex } from './regex.ts';

/**
 * Expressions, variables and patterns of a form that could not be worked out when somebody answers: unreadable, in another
 * language than FHIRPath, calculated from themselves, or telling another thing on another day.
 */
export function checkExpressions(form: Questionnaire): Fault[] {
  const placed = placedItems(form);
  const rows = placed.filter(({ item }) => item.type === 'group' && item.repeats === true);
  return [
    ...placed.flatMap((one) =>
      checkItem(
        one,
        rows.some(({ place }) => one.place.startsWith(`${place}.`)),
      ),
    ),
    ...expressionCycles(form),
    ...checkVariables(form, 'extension'),
    ...placed.flatMap(({ item, place }) => checkVariables(item, `${place}.extension`)),
  ];
}

function checkItem({ item, place }: Placed, inRows: boolean): Fault[] {
  const faults: Fault[] = [];
  const at = `${place}.extension`;
  const fault = (says: string, ja: string): void =>
    void faults.push({ place: at, says: `"${item.linkId}" ${says}`, ja: `「${item.linkId}」${ja}` });
  const { regex } = boundsOf(item);
  if (regex !== undefined && boundedRegex(regex) === undefined)
    fault(
      `has a regular expression that cannot be used: ${regex.slice(0, 100)}`,
      `の正規表現は使えません：${regex.slice(0, 100)}`,
    );
  for (const kind of ['calculated', 'enableWhen', 'initial', 'answer'] as const) {
    const expression = expressionOf(item, kind);
    if (expression === undefined) continue;
    const because = unreadable(expression);
    if (because !== undefined)
      fault(
        `has a ${kind}Expression that cannot be read: ${because}`,
        `の ${kind}Expression の式が読み取れません`,
      );
    if (inRows && kind === 'answer')
      fault(
        'has an answerExpression inside a group that repeats, which is not worked out here',
        'の answerExpression は、くり返すグループの中では計算できません',
      );
    if (kind === 'answer' && item.type !== 'choice' && item.type !== 'open-choice')
      fault(
        'has an answerExpression and is no choice',
        'に answerExpression がありますが、選ぶ質問（choice）ではありません',
      );
    if (kind !== 'initial' && /\b(?:today|now|timeOfDay)\(/.test(expression))
      fault(
        `has a ${kind}Expression that depends on the day on which it is looked at`,
        `の ${kind}Expression は、見る日によって値が変わります`,
      );
  }
  const context = contextIn(item);
  if (context !== undefined && (item.type !== 'group' || item.repeats !== true))
    fault(
      'has an itemPopulationContext and is no group that repeats',
      'に itemPopulationContext がありますが、くり返すグループではありません',
    );
  const unread = context && unreadable(context.expression);
  if (unread !== undefined)
    fault(
      `has an itemPopulationContext that cannot be read: ${unread}`,
      'の itemPopulationContext の式が読み取れません',
    );
  for (const { url, valueExpression } of item.extension ?? [])
    if (isExpression(url) && !['text/fhirpath', undefined].includes(valueExpression?.language))
      fault(
        `has an expression in ${valueExpression?.language ?? ''}; only text/fhirpath is worked out here`,
        `の式は ${valueExpression?.language ?? ''} です。計算できるのは text/fhirpath だけです`,
      );
  return faults;
}

function checkVariables(element: Pick<QuestionnaireItem, 'extension'>, place: string): Fault[] {
  return variablesOf(element).flatMap(({ name, expression }) => {
    const because = unreadable(expression);
    return because === undefined
      ? []
      : [
          {
            place,
            says: `the variable %${name} cannot be read: ${because}`,
            ja: `変数 %${name} の式が読み取れません`,
          },
        ];
  });
}
