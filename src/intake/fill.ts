import type { Observation, Questionnaire, QuestionnaireItem } from '@medplum/fhirtypes';
import { contextIn, expressionOf, variablesOf } from '../programs/expressions.ts';
import { sdc } from '../programs/extensions.ts';
import { evaluate, type Variables } from '../programs/fhirpath.ts';
import { placedItems } from '../programs/items.ts';
import { asValues } from './calculate.ts';
import type { Fault } from './failing.ts';
import { readQuestionnaire, type Answers, type FormNode, type Question, type Section } from './form.ts';
import { judge } from './judge.ts';
import type { Tongue } from '../programs/languages.ts';

/** What was found elsewhere for a form: by the program's `carryOver`, and observations of the person. */
export type Sources = Readonly<{ carried: Answers; observations: readonly Observation[] }>;

export type Filling = Readonly<{
  /** With its options written out. */
  form: Questionnaire;
  language: Tongue;
  /** What expressions may speak of, by name. */
  variables: Variables;
  /** `YYYY-MM-DD` */
  today: string;
  found: Sources;
}>;

/** A question that could not be filled in, and why. */
export type Unfilled = Readonly<{ linkId: string; fault: Fault; because: string }>;
export type Filled = Readonly<{ answers: Answers; unfilled: readonly Unfilled[] }>;

/** Of one question: all that was found for it. `isDefault`: stands in every row of a group that repeats. */
type Found = Readonly<{ values: readonly string[]; isDefault: boolean }>;
const nothing: Found = { values: [], isDefault: false };

/**
 * A form as it begins. For each question, the first that says something: its expression (FHIRPath), the newest observation
 * with its code (`observationLinkPeriod`), what the program carries over, its initial values. In a group that repeats, of
 * several values each is a row; a group with an `itemPopulationContext` has a row for each record that it finds. What
 * does not fit its question is left open, and said; so is a list longer than the group takes.
 */
export function fillIn(filling: Filling): Filled {
  const { form, language, today } = filling;
  const items = new Map(placedItems(form).map(({ item }) => [item.linkId, item]));
  const answers: Record<string, readonly string[]> = {};
  const unfilled = new Map<string, Unfilled>();
  const fail = (one: Unfilled): void => void unfilled.set(`${one.linkId} ${one.fault}`, one);
  // The form's own names; one that stands for answers has nothing to say before there are any.
  const named = variablesOf(form).reduce<Variables>((before, { name, expression }) => {
    const result = evaluate(expression, {}, before, today);
    return 'found' in result ? { ...before, [name]: result.found } : before;
  }, filling.variables);

  const put = (question: Question, suffix: string, values: readonly string[]): void => {
    if (values.length === 0) return;
    if (judge({ ...question, required: false }, values) === undefined)
      answers[`${question.linkId}${suffix}`] = values;
    else fail({ linkId: question.linkId, fault: 'unfit', because: 'what was found is no answer' });
  };
  const find = (question: Question, variables: Variables): Found => {
    const item = items.get(question.linkId);
    return item ? valuesFor(item, question, { ...filling, variables }, fail) : nothing;
  };
  const walk = (nodes: readonly FormNode[], suffix: string, variables: Variables): void => {
    for (const node of nodes)
      if (node.kind === 'question') {
        const { values } = find(node, variables);
        put(node, suffix, node.repeats ? values : values.slice(0, 1));
      } else if (node.kind === 'section' && node.repeats === undefined) walk(node.nodes, suffix, variables);
      else if (node.kind === 'section') walkRows(node, node.repeats?.max ?? 1, suffix, variables);
  };
  const walkRows = (group: Section, most: number, suffix: string, variables: Variables): void => {
    const item = items.get(group.linkId);
    const context = item && contextIn(item);
    if (context !== undefined) {
      const result = evaluate(context.expression, {}, variables, today);
      const rows = 'found' in result ? result.found : [];
      if ('fault' in result) fail({ linkId: group.linkId, fault: result.fault, because: result.because });
      else if (rows.length > most) fail(tooLong(group, most));
      else
        rows.forEach((row, i) => {
          walk(group.nodes, `${suffix}~${String(i + 1)}`, { ...variables, [context.name]: [row] });
        });
      return;
    }
    const inRow = ownQuestions(group.nodes).map((one) => [one, find(one, variables)] as const);
    const lists = inRow.flatMap(([one, { values }]) => (one.repeats ? [] : [values.length]));
    if (Math.max(0, ...lists) > most) return fail(tooLong(group, most));
    for (let row = 1; row <= Math.max(1, ...lists); row += 1)
      for (const [one, { values, isDefault }] of inRow) {
        const here = one.repeats || isDefault ? values : values.slice(row - 1, row);
        put(one, `${suffix}~${String(row)}`, one.repeats && row > 1 && !isDefault ? [] : here);
      }
    // What stands in a group within a group begins in the first row of the outer one.
    for (const inner of groupsIn(group.nodes)) walk([inner], `${suffix}~1`, variables);
  };
  walk(readQuestionnaire(form, language).sections, '', named);
  return { answers, unfilled: [...unfilled.values()] };
}

const tooLong = ({ linkId }: Section, most: number): Unfilled => ({
  linkId,
  fault: 'size',
  because: `more than ${String(most)} rows`,
});

const isGroup = (node: FormNode): boolean => node.kind === 'section' && node.repeats !== undefined;
/** The questions of a row, without those of groups in it that repeat themselves. */
const ownQuestions = (nodes: readonly FormNode[]): Question[] =>
  nodes.flatMap((node) =>
    node.kind === 'question'
      ? [node]
      : node.kind === 'section' && !isGroup(node)
        ? ownQuestions(node.nodes)
        : [],
  );
const groupsIn = (nodes: readonly FormNode[]): Section[] =>
  nodes.flatMap((node) => (node.kind !== 'section' ? [] : isGroup(node) ? [node] : groupsIn(node.nodes)));

const extensionOf = (item: QuestionnaireItem, name: string) =>
  item.extension?.find((one) => one.url === `${sdc}/sdc-questionnaire-${name}`);

function valuesFor(
  item: QuestionnaireItem,
  question: Question,
  filling: Filling,
  fail: (one: Unfilled) => void,
): Found {
  const { linkId } = item;
  const given = extensionOf(item, 'initialExpression')?.valueExpression;
  if (given) {
    const words = expressionOf(item, 'initial');
    const result =
      words === undefined
        ? { fault: 'syntax' as const, because: given.language ?? '' }
        : evaluate(words, {}, filling.variables, filling.today);
    if ('fault' in result) fail({ linkId, fault: result.fault, because: result.because });
    else if (result.found.length > 0) {
      const values = result.found.flatMap((one) => asAnswer(one, item, question));
      if (values.length === 0) fail({ linkId, fault: 'unfit', because: 'what was found is no answer' });
      return { values: question.repeats ? [...new Set(values)] : values, isDefault: false };
    }
  }
  const observed = extensionOf(item, 'observationLinkPeriod') ? observedFor(item, filling) : undefined;
  if (observed !== undefined) return { values: asAnswer(observed, item, question), isDefault: false };
  const carried = filling.found.carried[linkId] ?? [];
  if (carried.length > 0) return { values: carried, isDefault: false };
  const { initial } = question;
  return { values: initial, isDefault: question.repeats || initial.length === 1 };
}

/** The value of an element of several types: `value[x]`. */
const firstValue = (element: object): unknown =>
  Object.entries(element).find(([key]) => /^value[A-Z]/.test(key))?.[1];

/** The newest value of an observation with one of the item's codes, not older than the period that the form gives. */
function observedFor(item: QuestionnaireItem, { found, today }: Filling): unknown {
  const { value = 0, code = 'd' } = extensionOf(item, 'observationLinkPeriod')?.valueDuration ?? {};
  const days: Readonly<Record<string, number>> = { d: 1, wk: 7, mo: 30, a: 365 };
  const oldest = new Date(`${today}T00:00:00Z`).getTime() - value * (days[code] ?? 1) * 86_400_000;
  const dated = found.observations
    .filter((one) =>
      (one.code.coding ?? []).some((c) =>
        (item.code ?? []).some((i) => i.system === c.system && i.code === c.code),
      ),
    )
    .map((one) => ({ at: one.effectiveDateTime ?? one.effectivePeriod?.start ?? '', value: firstValue(one) }))
    .filter((one) => one.value !== undefined && new Date(one.at).getTime() >= oldest)
    .toSorted((a, b) => new Date(b.at).getTime() - new Date(a.at).getTime());
  return dated[0]?.value;
}

function asAnswer(value: unknown, item: QuestionnaireItem, { type }: Question): string[] {
  if (type === 'quantity' || type === 'reference' || type === 'open-choice') return asValues(item, [value]);
  if (typeof value === 'object' && value !== null) {
    const { code, coding, display, text: words, system } = value as Record<string, unknown>;
    if (Array.isArray(coding)) {
      const codes = (coding as unknown[]).flatMap((one) => asAnswer(one, item, { type } as Question));
      return codes.length > 0 ? codes : typeof words === 'string' ? [words] : [];
    }
    if (type !== 'choice') return [display, words, code].filter((one) => typeof one === 'string').slice(0, 1);
    const option = (item.answerOption ?? []).find(
      ({ valueCoding }) =>
        valueCoding?.code === code && (system === undefined || valueCoding?.system === system),
    );
    return option?.valueCoding?.code === undefined ? [] : [option.valueCoding.code];
  }
  const said = String(value);
  return [type === 'date' ? said.slice(0, 10) : said];
}
