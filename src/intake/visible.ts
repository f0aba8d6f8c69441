import { remembered } from '../kernel/remembered.ts';
import {
  questionsIn,
  type Answers,
  type Condition,
  type Enable,
  type FormModel,
  type FormNode,
  type Question,
} from './form.ts';
import { closedByExpression } from './calculate.ts';
import { plainId, unrolled } from './rows.ts';
import { compareAnswers } from './values.ts';

/**
 * The linkIds of the questions, sections and prose that are asked, given these answers. What stands in a hidden section
 * is hidden, and the answer to a hidden question counts as not given, so that a chain of conditions closes with its
 * first link. Operators as in FHIR R4: `=` and the comparisons hold when some answer fits, `!=` when none is equal
 * (also when there is none).
 */
export function visible(model: FormModel, answers: Answers): ReadonlySet<string> {
  const { shown, linkIds } = watch(model, answers);
  return new Set(linkIds.filter(shown));
}

/** The same one by one, for a page that shows only a part of the form. */
export function watch(
  model: FormModel,
  answers: Answers,
): Readonly<{
  linkIds: readonly string[];
  /** Whether it is asked. */
  shown: (linkId: string) => boolean;
  /** Whether one condition holds. */
  given: (condition: Condition) => boolean;
}> {
  const nodes = nodesOf(unrolled(model, answers));
  const closed = closedByExpression(model.form, answers);
  const known = new Map<string, boolean>();
  const shown = (linkId: string): boolean => {
    const before = known.get(linkId);
    if (before !== undefined) return before;
    // A circle, which loading refuses, would end here instead of never.
    known.set(linkId, false);
    const found = nodes.get(linkId);
    const is =
      found !== undefined &&
      (found.parent === undefined || shown(found.parent)) &&
      !closed.has(linkId) &&
      (found.node.enable === undefined || holds(found.node.enable, given));
    known.set(linkId, is);
    return is;
  };
  const given = (condition: Condition): boolean => {
    // Asked from outside of a group with rows, any row counts.
    const here = nodes.get(condition.question);
    const places = here
      ? [here]
      : [...nodes.values()].filter(({ node }) => plainId(node.linkId) === condition.question);
    const asked = places.flatMap(({ node }) => (node.kind === 'question' ? [node] : []));
    const values = asked.flatMap(({ linkId }) => (shown(linkId) ? answersTo(answers, linkId) : []));
    return fits(condition, values, asked[0]);
  };
  return { linkIds: [...nodes.keys()], shown, given };
}

const nodesOf = remembered((model: FormModel) => {
  const nodes = new Map<string, Readonly<{ node: FormNode; parent: string | undefined }>>();
  const note = (list: readonly FormNode[], parent: string | undefined): void => {
    for (const node of list) {
      nodes.set(node.linkId, { node, parent });
      if (node.kind === 'section') note(node.nodes, node.linkId);
    }
  };
  note(model.sections, undefined);
  return nodes;
});

const holds = ({ behavior, conditions }: Enable, given: (condition: Condition) => boolean): boolean =>
  behavior === 'any' ? conditions.some(given) : conditions.every(given);

function fits(
  { operator, answer }: Condition,
  values: readonly string[],
  asked: Question | undefined,
): boolean {
  const compare = (value: string): number => compareAnswers(asked?.type ?? 'string', value, answer);
  const same = (value: string): boolean => value === answer || compare(value) === 0;
  switch (operator) {
    case 'exists':
      return values.length > 0 === (answer === 'true');
    case '=':
      return values.some(same);
    case '!=':
      return !values.some(same);
    case '>':
      return values.some((value) => compare(value) > 0);
    case '<':
      return values.some((value) => compare(value) < 0);
    case '>=':
      return values.some((value) => compare(value) >= 0);
    case '<=':
      return values.some((value) => compare(value) <= 0);
  }
}

/** The answers to one question; none when it was not answered. */
export const answersTo = (answers: Answers, linkId: string): readonly string[] =>
  Object.hasOwn(answers, linkId) ? (answers[linkId] ?? []) : [];

/** Only the answers to questions that are asked, in the order of the form. */
export function askedOnly(model: FormModel, answers: Answers): Answers {
  const shown = visible(model, answers);
  return Object.fromEntries(
    questionsIn(unrolled(model, answers).sections).flatMap(({ linkId }) => {
      const values = answersTo(answers, linkId);
      return shown.has(linkId) && values.length > 0 ? [[linkId, values]] : [];
    }),
  );
}
