import type {
  Questionnaire,
  QuestionnaireItem,
  QuestionnaireItemAnswerOption,
  QuestionnaireResponseItem,
} from '@medplum/fhirtypes';
import { expressionOf, variablesOf } from '../programs/expressions.ts';
import { placedItems } from '../programs/items.ts';
import { remembered } from '../kernel/remembered.ts';
import { evaluate, type Evaluated, type Variables } from '../programs/fhirpath.ts';
import type { Uncalculated } from './calculate.ts';
import type { Answers } from './form.ts';
import { responseItems } from './response-items.ts';

/** The questions that take their options from other answers. */
export const offeringIn = remembered(
  (form: Questionnaire): ReadonlySet<string> =>
    new Set(
      placedItems(form).flatMap(({ item }) =>
        expressionOf(item, 'answer') === undefined ? [] : [item.linkId],
      ),
    ),
);

/** Whether a question takes its options from other answers (SDC, `answerExpression`). */
const offersByExpression = (form: Questionnaire): boolean => offeringIn(form).size > 0;

const known = new WeakMap<Answers, Map<Questionnaire, Chosen>>();

/**
 * The form with the options that its expressions find in the answers. One that cannot be worked out offers nothing, and
 * nobody has to choose there.
 */
export const withChosen = (form: Questionnaire, answers: Answers): Questionnaire =>
  chosenIn(form, answers).form;

type Chosen = Readonly<{ form: Questionnaire; faults: readonly Uncalculated[] }>;

/** The same, and the expressions that could not be worked out. */
export function chosenIn(form: Questionnaire, answers: Answers): Chosen {
  if (!offersByExpression(form)) return { form, faults: [] };
  const forms = known.get(answers) ?? new Map<Questionnaire, Chosen>();
  known.set(answers, forms);
  const before = forms.get(form);
  if (before !== undefined) return before;
  const { item, faults } = offering(form, responseItems(form, answers, 'ja'));
  const made = { form: { ...form, item }, faults };
  forms.set(form, made);
  return made;
}

/** More than anybody chooses from; what finds more is not a choice. */
const mostOptions = 200;

function offering(
  form: Questionnaire,
  item: QuestionnaireResponseItem[],
): Readonly<{ item: QuestionnaireItem[]; faults: Uncalculated[] }> {
  const faults: Uncalculated[] = [];
  const resource = {
    resourceType: 'QuestionnaireResponse',
    status: 'in-progress',
    ...(item.length > 0 ? { item } : {}),
  };
  const named = (element: Questionnaire | QuestionnaireItem, before: Variables): Variables =>
    variablesOf(element).reduce((variables, { name, expression }) => {
      const result = evaluate(expression, resource, variables, '');
      return { ...variables, [name]: 'found' in result ? result.found : [] };
    }, before);
  const walk = (one: QuestionnaireItem, outer: Variables): QuestionnaireItem => {
    const variables = named(one, outer);
    const expression = expressionOf(one, 'answer');
    const result = expression === undefined ? undefined : evaluate(expression, resource, variables, '');
    const found =
      result !== undefined && 'found' in result
        ? distinct(result.found.flatMap((value) => optionOf(value)))
        : [];
    const fault = result === undefined ? undefined : faultOf(result, found);
    if (fault !== undefined) faults.push({ linkId: one.linkId, ...fault });
    return {
      ...one,
      ...(result === undefined ? {} : { answerOption: fault === undefined ? found : [] }),
      ...(fault === undefined ? {} : { required: false }),
      ...(one.item === undefined ? {} : { item: one.item.map((child) => walk(child, variables)) }),
    };
  };
  const variables = named(form, { resource, context: resource, questionnaire: form });
  return { item: (form.item ?? []).map((one) => walk(one, variables)), faults };
}

function faultOf(
  result: Evaluated,
  options: readonly QuestionnaireItemAnswerOption[],
): Omit<Uncalculated, 'linkId'> | undefined {
  if ('fault' in result) return { fault: result.fault, because: result.because };
  if (options.length > mostOptions)
    return { fault: 'size', because: `more than ${String(mostOptions)} options` };
  return options.length === 0 && result.found.length > 0
    ? { fault: 'unfit', because: 'what it finds is no option' }
    : undefined;
}

function optionOf(value: unknown): QuestionnaireItemAnswerOption[] {
  if (typeof value === 'string' && value !== '') return [{ valueString: value }];
  if (typeof value === 'number' && Number.isInteger(value)) return [{ valueInteger: value }];
  if (typeof value !== 'object' || value === null || !('code' in value) || typeof value.code !== 'string')
    return [];
  const { code, system, display } = value as { code: string; system?: unknown; display?: unknown };
  return [
    {
      valueCoding: {
        ...(typeof system === 'string' ? { system } : {}),
        code,
        ...(typeof display === 'string' ? { display } : {}),
      },
    },
  ];
}

const distinct = (options: readonly QuestionnaireItemAnswerOption[]): QuestionnaireItemAnswerOption[] => [
  ...new Map(options.map((one) => [JSON.stringify(one), one])).values(),
];
