import type {
  Questionnaire,
  QuestionnaireItem,
  QuestionnaireItemAnswerOption,
  QuestionnaireResponseItem,
} from '@medplum/fhirtypes';
import { expressionOf, variablesOf } from '../programs/expressions.ts';
import { placedItems } from '../programs/items.ts';
import { remembered } from '../kernel/remembered.ts';
import { evaluate, type Variables } from '../programs/fhirpath.ts';
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

const known = new WeakMap<Answers, Map<Questionnaire, Questionnaire>>();

/** The form with the options that its expressions find in the answers. One that cannot be worked out offers nothing. */
export function withChosen(form: Questionnaire, answers: Answers): Questionnaire {
  if (!offersByExpression(form)) return form;
  const forms = known.get(answers) ?? new Map<Questionnaire, Questionnaire>();
  known.set(answers, forms);
  const before = forms.get(form);
  if (before !== undefined) return before;
  const made = { ...form, ...offering(form, responseItems(form, answers, 'ja')) };
  forms.set(form, made);
  return made;
}

function offering(form: Questionnaire, item: QuestionnaireResponseItem[]): Pick<Questionnaire, 'item'> {
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
    const found = result === undefined ? undefined : 'found' in result ? result.found : [];
    return {
      ...one,
      ...(found === undefined ? {} : { answerOption: distinct(found.flatMap((value) => optionOf(value))) }),
      ...(one.item === undefined ? {} : { item: one.item.map((child) => walk(child, variables)) }),
    };
  };
  const variables = named(form, { resource, context: resource, questionnaire: form });
  return { item: (form.item ?? []).map((one) => walk(one, variables)) };
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
