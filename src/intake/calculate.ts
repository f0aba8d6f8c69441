import type { Questionnaire, QuestionnaireItem } from '@medplum/fhirtypes';
import { remembered } from '../kernel/remembered.ts';
import { expressionOf, variablesOf } from '../programs/expressions.ts';
import { placedItems } from '../programs/items.ts';
import { withOptions } from '../programs/value-sets.ts';
import { evaluate, type Evaluated, type ExpressionFault, type Variables } from './fhirpath.ts';
import type { Answers } from './form.ts';
import { responseItems } from './response-items.ts';
import { fromAnswer, valueOf } from './values.ts';

/** An item whose expression came to nothing, and why: `because` in the library's words for programmers. */
export type Uncalculated = Readonly<{ linkId: string; fault: ExpressionFault; because: string }>;

type Calculating = Readonly<{
  item: QuestionnaireItem;
  within: readonly QuestionnaireItem[];
  expression: string;
}>;
type Plan = Readonly<{
  form: Questionnaire;
  calculated: readonly Calculating[];
  conditional: readonly Calculating[];
}>;

const planOf = remembered((given: Questionnaire): Plan => {
  const form = withOptions(given);
  const placed = placedItems(form);
  const parents = new Map(placed.map(({ item, parent }) => [item, parent]));
  const of = (kind: 'calculated' | 'enableWhen'): Calculating[] =>
    placed.flatMap(({ item }) => {
      const expression = expressionOf(item, kind);
      if (expression === undefined) return [];
      const within: QuestionnaireItem[] = [];
      for (let at: QuestionnaireItem | undefined = item; at; at = parents.get(at)) within.unshift(at);
      return [{ item, within, expression }];
    });
  return { form, calculated: of('calculated'), conditional: of('enableWhen') };
});

/** The items that are asked or not by an expression. */
export const conditionalIn = remembered(
  (form: Questionnaire): ReadonlySet<string> =>
    new Set(planOf(form).conditional.map(({ item }) => item.linkId)),
);

/** How often what is calculated from what is calculated is gone through; loading refuses circles. */
const passes = 6;

/**
 * Answers with what the form calculates from them, whatever stood there before; what could not be calculated is left
 * open and said. `asked` leaves out what is not asked.
 */
export function calculate(
  form: Questionnaire,
  answers: Answers,
  asked: (answers: Answers) => Answers,
): Readonly<{ answers: Answers; faults: readonly Uncalculated[] }> {
  const plan = planOf(form);
  if (plan.calculated.length === 0) return { answers, faults: [] };
  const own = new Set(plan.calculated.map(({ item }) => item.linkId));
  let now: Answers = Object.fromEntries(Object.entries(answers).filter(([key]) => !own.has(key)));
  let faults: Uncalculated[] = [];
  for (let pass = 0; pass < passes; pass += 1) {
    faults = [];
    const response = asked(now);
    const next: Record<string, readonly string[]> = { ...now };
    for (const one of plan.calculated) {
      const result = run(plan.form, one, response);
      if ('fault' in result)
        faults.push({ linkId: one.item.linkId, fault: result.fault, because: result.because });
      else next[one.item.linkId] = asValues(one.item, result.found);
    }
    const same = plan.calculated.every(
      ({ item: { linkId } }) => (now[linkId] ?? []).join('\n') === (next[linkId] ?? []).join('\n'),
    );
    now = next;
    // One that runs into the limit of time does so each time.
    if (same || faults.length > 0) break;
  }
  return { answers: now, faults };
}

/** The items that an expression of the form keeps from being asked, given these answers. */
export function closedByExpression(form: Questionnaire, answers: Answers): ReadonlySet<string> {
  const { conditional, form: full } = planOf(form);
  if (conditional.length === 0) return none;
  const before = closed.get(answers);
  if (before?.form === form) return before.ids;
  const ids = new Set(
    conditional.flatMap((one) => {
      const result = run(full, one, answers);
      return 'found' in result && result.found[0] === true ? [] : [one.item.linkId];
    }),
  );
  closed.set(answers, { form, ids });
  return ids;
}
const none: ReadonlySet<string> = new Set();
const closed = new WeakMap<Answers, { form: Questionnaire; ids: ReadonlySet<string> }>();

/** What is calculated is the same whenever it is looked at: loading a form refuses `today()` in it. */
const noDay = '';

function run(form: Questionnaire, { within, expression }: Calculating, answers: Answers): Evaluated {
  const item = responseItems(form, answers, 'ja');
  const resource = {
    resourceType: 'QuestionnaireResponse',
    status: 'in-progress',
    ...(item.length > 0 ? { item } : {}),
  };
  let variables: Variables = { resource, context: resource, questionnaire: form };
  for (const { name, expression: words } of [form, ...within].flatMap((one) => variablesOf(one))) {
    const result = evaluate(words, resource, variables, noDay);
    if ('fault' in result) return result;
    variables = { ...variables, [name]: result.found };
  }
  return evaluate(expression, resource, variables, noDay);
}

/** What an expression found, as answers to an item; what fits no answer of its kind falls away. */
export function asValues(item: QuestionnaireItem, found: readonly unknown[]): string[] {
  const values = found.flatMap((one) => asValue(item, one) ?? []).filter((value) => value !== '');
  return [...new Set(item.repeats === true ? values : values.slice(0, 1))];
}

function asValue(item: QuestionnaireItem, one: unknown): string | undefined {
  if (typeof one === 'object' && one !== null) {
    const key = 'reference' in one ? 'valueReference' : 'value' in one ? 'valueQuantity' : 'valueCoding';
    return fromAnswer(item, { [key]: one });
  }
  if (typeof one === 'number') {
    const figure = String(Number(one.toFixed(8)));
    return item.type === 'quantity' ? fromAnswer(item, { valueQuantity: { value: Number(figure) } }) : figure;
  }
  if (item.type === 'date') return String(one).slice(0, 10);
  const type = item.type as keyof typeof valueOf;
  return typeof one === 'boolean' && type !== 'boolean' ? undefined : String(one);
}
