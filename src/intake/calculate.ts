import type { Questionnaire, QuestionnaireItem } from '@medplum/fhirtypes';
import { remembered } from '../kernel/remembered.ts';
import { expressionOf, variablesOf } from '../programs/expressions.ts';
import { placedItems } from '../programs/items.ts';
import { withOptions } from '../programs/value-sets.ts';
import { evaluate, type Evaluated, type Variables } from '../programs/fhirpath.ts';
import type { Fault } from './failing.ts';
import { readQuestionnaire, type Answers, type FormNode } from './form.ts';
import { judge } from './judge.ts';
import { itemsInRow, responseItems } from './response-items.ts';
import { plainId, unrolled } from './rows.ts';
import { fromAnswer, valueOf } from './values.ts';

/** An item whose expression came to nothing, and why: `because` in the library's words for programmers. */
export type Uncalculated = Readonly<{ linkId: string; fault: Fault; because: string }>;

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
  let now: Answers = Object.fromEntries(Object.entries(answers).filter(([key]) => !own.has(plainId(key))));
  const placed = placesOf(form, plan.calculated, now);
  let faults: Uncalculated[] = [];
  // One that runs into the limit of time does so each time.
  const endless = new Map<string, Uncalculated>();
  for (let pass = 0; pass < passes; pass += 1) {
    faults = [];
    const response = asked(now);
    const next: Record<string, readonly string[]> = { ...now };
    for (const [one, linkId, node] of placed) {
      const result = endless.get(linkId) ?? run(plan.form, one, linkId, response);
      const values = 'fault' in result ? [] : asValues(one.item, result.found);
      const unfit = node.kind === 'question' && judge({ ...node, required: false }, values) !== undefined;
      next[linkId] = unfit ? [] : values;
      if ('fault' in result) {
        const uncalculated = { linkId, fault: result.fault, because: result.because };
        faults.push(uncalculated);
        if (result.fault === 'time') endless.set(linkId, uncalculated);
      } else if (unfit || (values.length === 0 && result.found.some((value) => value !== '')))
        faults.push({ linkId, fault: 'unfit', because: 'what it finds is no answer to the question' });
    }
    const same = placed.every(
      ([, linkId]) => (now[linkId] ?? []).join('\n') === (next[linkId] ?? []).join('\n'),
    );
    now = next;
    if (same) break;
  }
  return { answers: now, faults };
}

/** The items that an expression of the form keeps from being asked, given these answers. */
export const closedByExpression = (form: Questionnaire, answers: Answers): ReadonlySet<string> =>
  conditionsOf(form, answers).ids;

type Conditions = Readonly<{ ids: ReadonlySet<string>; faults: readonly Uncalculated[] }>;

/** The same, and the conditions that could not be worked out: what they stand on is not asked. */
export function conditionsOf(form: Questionnaire, answers: Answers): Conditions {
  const { conditional, form: full } = planOf(form);
  if (conditional.length === 0) return none;
  const before = closed.get(answers);
  if (before?.form === form) return before;
  const ids = new Set<string>();
  const faults: Uncalculated[] = [];
  for (const [one, linkId] of placesOf(form, conditional, answers)) {
    const result = run(full, one, linkId, answers);
    if ('fault' in result) faults.push({ linkId, fault: result.fault, because: result.because });
    if (!('found' in result) || result.found[0] !== true) ids.add(linkId);
  }
  const found = { form, ids, faults };
  closed.set(answers, found);
  return found;
}
const none: Conditions = { ids: new Set(), faults: [] };
const closed = new WeakMap<Answers, Conditions & Readonly<{ form: Questionnaire }>>();

/** What is calculated is the same whenever it is looked at: loading a form refuses `today()` in it. */
const noDay = '';

/** Each of these items wherever it stands: once, or in every row of the groups around it. */
function placesOf(
  form: Questionnaire,
  items: readonly Calculating[],
  answers: Answers,
): (readonly [Calculating, linkId: string, node: FormNode])[] {
  const byId = new Map(items.map((one) => [one.item.linkId, one]));
  const found: (readonly [Calculating, string, FormNode])[] = [];
  const walk = (nodes: readonly FormNode[]): void => {
    for (const node of nodes) {
      const { linkId } = node;
      const one = byId.get(plainId(linkId));
      if (one !== undefined) found.push([one, linkId, node]);
      if (node.kind === 'section') walk(node.nodes);
    }
  };
  walk(unrolled(readQuestionnaire(form, 'ja'), answers).sections);
  return found;
}

/**
 * Within a row, an expression begins at the row (SDC: the item that it stands on): `item.where(linkId = 'dose')` is that of
 * this row, `%resource` all that was answered.
 */
function run(
  form: Questionnaire,
  { within, expression }: Calculating,
  linkId: string,
  answers: Answers,
): Evaluated {
  const item = responseItems(form, answers, 'ja');
  const resource = {
    resourceType: 'QuestionnaireResponse',
    status: 'in-progress',
    ...(item.length > 0 ? { item } : {}),
  };
  const groups = within.filter((one, at) => isRows(one) && at < within.length - 1);
  const rows = linkId.split('~').slice(1, groups.length + 1);
  const innermost = groups.at(-1);
  const row = innermost && {
    resourceType: 'QuestionnaireResponse',
    item: itemsInRow(innermost, answers, 'ja', rows.map((at) => `~${at}`).join('')),
  };
  let context: object = resource;
  let variables: Variables = { resource, context, questionnaire: form };
  for (const element of [form, ...within]) {
    if (element === innermost && row !== undefined) {
      context = row;
      variables = { ...variables, context };
    }
    for (const { name, expression: words } of variablesOf(element)) {
      const result = evaluate(words, context, variables, noDay);
      if ('fault' in result) return result;
      variables = { ...variables, [name]: result.found };
    }
  }
  return evaluate(expression, context, variables, noDay);
}

const isRows = (item: QuestionnaireItem): boolean => item.type === 'group' && item.repeats === true;

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
