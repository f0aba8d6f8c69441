import type { QuestionnaireItem } from '@medplum/fhirtypes';
import type { Fault } from './fault.ts';
import { optionCodes } from './items.ts';
import type { CarryOver } from './program.ts';

export function checkCarryOver(
  carried: readonly CarryOver[],
  screening: ReadonlyMap<string, QuestionnaireItem>,
  assessment: ReadonlyMap<string, QuestionnaireItem>,
): Fault[] {
  return carried.flatMap((one, i) => {
    const place = `carryOver[${String(i)}]`;
    const from = screening.get(one.from);
    const to = assessment.get(one.to);
    if (from === undefined) return [{ place, says: `the questionnaire has no question "${one.from}"` }];
    if (to === undefined) return [{ place, says: `the assessment sheet has no question "${one.to}"` }];
    const earlier = carried.findIndex((other) => other.to === one.to) < i;
    if (earlier && to.repeats !== true && to.type !== 'text')
      return [{ place, says: `"${one.to}" takes one answer and is filled in twice` }];
    const says = wrongCarry(one, from, to);
    return says === undefined ? [] : [{ place, says }];
  });
}

function wrongCarry(
  { answers = {} }: CarryOver,
  from: QuestionnaireItem,
  to: QuestionnaireItem,
): string | undefined {
  if (to.type === 'string' && from.type === 'text')
    return `several lines ("${from.linkId}") do not fit one ("${to.linkId}")`;
  if (to.type === 'text' || to.type === 'string') return undefined;
  if (to.type !== 'choice')
    return from.type === to.type
      ? undefined
      : `a ${from.type} ("${from.linkId}") cannot become a ${to.type} ("${to.linkId}")`;
  const given = from.type === 'boolean' ? ['true', 'false'] : optionCodes(from);
  const foreign = Object.keys(answers).find((code) => !given.includes(code));
  if (foreign !== undefined) return `"${from.linkId}" does not offer "${foreign}"`;
  if (from.repeats === true && to.repeats !== true)
    return `several answers of "${from.linkId}" cannot become one of "${to.linkId}"`;
  const lost = given.find((code) => !optionCodes(to).includes(answers[code] ?? code));
  return lost === undefined && given.length > 0
    ? undefined
    : `"${lost ?? ''}" of "${from.linkId}" has no counterpart in "${to.linkId}"; name one in answers`;
}
