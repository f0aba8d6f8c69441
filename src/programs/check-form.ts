import type { Questionnaire, QuestionnaireItem } from '@medplum/fhirtypes';
import { checkConditions } from './check-conditions.ts';
import { checkExpressions } from './check-expressions.ts';
import { changedUnheeded, passedOver } from './check-extensions.ts';
import { checkFiles, filesPassedOver } from './check-files.ts';
import { expressionOf } from './expressions.ts';
import { checkInitial } from './check-initial.ts';
import type { Fault } from './fault.ts';
import {
  isOrdered,
  isQuestionType,
  limitsOf,
  optionCodes,
  placedItems,
  unitOf,
  type Placed,
} from './items.ts';
import { untranslatedIn } from './languages.ts';
import { markedWithoutCode } from './marked.ts';
import { checkReadings } from './check-readings.ts';
import { translated } from './wording.ts';

/**
 * What the shape of a form cannot say: ids used twice, words without a translation, questions whose options, limits or
 * conditions make no sense, and what nothing here would act on. All faults at once.
 */
export function checkForm(form: Questionnaire): Fault[] {
  const placed = placedItems(form);
  return [
    ...untranslated(form, '', ['title', 'description', 'copyright']),
    ...untranslatedIn(form),
    ...checkReadings(form),
    ...checkIds(placed),
    ...placed.flatMap(checkItem),
    ...checkConditions(placed),
    ...checkInitial(form),
    ...checkFiles(form),
    ...filesPassedOver(form),
    ...checkExpressions(form),
    ...changedUnheeded(form),
    ...passedOver(form),
    ...markedWithoutCode(form),
  ];
}

function untranslated(element: object, place: string, keys: readonly string[]): Fault[] {
  return keys.flatMap((key) =>
    (translated(element, key) ?? '').trim() === ''
      ? [{ place: `${place}${place === '' ? '' : '.'}${key}`, says: `has no English translation (_${key})` }]
      : [],
  );
}

function checkIds(placed: readonly Placed[]): Fault[] {
  const first = new Map<string, string>();
  const faults = placed.flatMap(({ item, place }): Fault[] => {
    const before = first.get(item.linkId);
    if (before !== undefined)
      return [{ place, says: `the linkId "${item.linkId}" is already used at ${before}` }];
    first.set(item.linkId, place);
    return [];
  });
  // The parts of an answer are sent under the names of the question with these endings.
  const parts = placed.flatMap(({ item }) =>
    (partsOf[item.type] ?? []).map((part) => `${item.linkId}-${part}`),
  );
  return [
    ...faults,
    ...parts.flatMap((name) => {
      const place = first.get(name);
      return place === undefined
        ? []
        : [{ place, says: `the linkId "${name}" is the name of a part of the answer to another question` }];
    }),
  ];
}

const day = ['era', 'year', 'month', 'day'];
const partsOf: Readonly<Record<string, readonly string[]>> = {
  date: day,
  dateTime: [...day, 'time'],
  quantity: ['unit'],
  'open-choice': ['other'],
};

function checkItem({ item, place, parent }: Placed): Fault[] {
  const faults: Fault[] = [];
  const fault = (says: string, at = place): void =>
    void faults.push({ place: at, says: `"${item.linkId}" ${says}` });
  const isQuestion = isQuestionType(item.type);

  faults.push(...untranslated(item, place, ['text']));
  if (parent === undefined && item.type !== 'group')
    fault('stands outside a group; the outermost items are groups');
  if (parent !== undefined && parent.type !== 'group' && item.type !== 'display')
    fault(
      'stands inside a question; only a hint (type display) can. Put it beside the question, with enableWhen',
    );
  if (item.type === 'group' && item.item === undefined) fault('is a group with nothing in it');
  if (!isQuestion && item.required === true) fault(`is a ${item.type} and cannot be required`);
  if (item.repeats === true && item.type === 'display') fault('repeats; words for reading cannot');
  if (item.maxLength !== undefined && !written.has(item.type))
    fault('has a maxLength; only string, text, url and open-choice can');
  if (item.type === 'choice' || item.type === 'open-choice') faults.push(...checkOptions(item, place));
  else if (item.answerOption !== undefined) fault('has answer options; only a choice can');
  faults.push(...checkLimits(item, place));
  return faults;
}

const written: ReadonlySet<string> = new Set(['string', 'text', 'url', 'open-choice']);
const counted: ReadonlySet<string> = new Set(['integer', 'decimal', 'quantity']);

function checkOptions(item: QuestionnaireItem, place: string): Fault[] {
  const codes = optionCodes(item);
  // Told already, or found in other answers.
  if (item.answerValueSet !== undefined || expressionOf(item, 'answer') !== undefined) return [];
  if (codes.length < 2)
    return [{ place, says: `"${item.linkId}" is a choice with fewer than two answer options` }];
  return (item.answerOption ?? []).flatMap((option, i) => {
    const at = `${place}.answerOption[${String(i)}]`;
    const twice = codes.indexOf(codes[i] ?? '') < i;
    return [
      ...untranslated(option.valueCoding ?? {}, `${at}.valueCoding`, ['display']),
      ...(twice ? [{ place: at, says: `"${item.linkId}" offers "${codes[i] ?? ''}" twice` }] : []),
    ];
  });
}

function checkLimits(item: QuestionnaireItem, place: string): Fault[] {
  const { min, max } = limitsOf(item);
  const unit = unitOf(item);
  const wrong = (says: string): Fault[] => [{ place, says: `"${item.linkId}" ${says}` }];
  const limited = min !== undefined || max !== undefined;
  if (limited && !isOrdered(item.type))
    return wrong('has a smallest or largest value; only figures, days and times can');
  const ordered = counted.has(item.type)
    ? Number(min ?? -Infinity) <= Number(max ?? Infinity)
    : (min ?? '') <= (max ?? '9');
  if (!ordered) return wrong('has a smallest value above its largest');
  if (unit === undefined) return [];
  if (!counted.has(item.type)) return wrong('has a unit; only figures can');
  return untranslated(unit, `${place}.extension`, ['display']);
}
