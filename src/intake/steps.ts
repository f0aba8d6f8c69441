import {
  questionsIn,
  type Answers,
  type FormModel,
  type FormNode,
  type Question,
  type Section,
} from './form.ts';
import { plainId, unrolled } from './rows.ts';
import { watch } from './visible.ts';

/** One page on which somebody answers: a section, or with `only` one question of it. */
export type Step = Readonly<{ section: Section; only?: string }>;

/** The sections of a form that have something to ask, given these answers. */
export function sectionsAsked(model: FormModel, answers: Answers): Section[] {
  return stepsOf(model, answers, false).map((step) => step.section);
}

/**
 * The pages on which a form is asked, given these answers: its sections, or with `single` its questions one by one. A
 * section with a group that repeats stays one page: its rows are added and taken away there.
 */
export function stepsOf(model: FormModel, answers: Answers, single: boolean): Step[] {
  const { shown } = watch(model, answers);
  const full = unrolled(model, answers);
  return model.sections.flatMap((section): Step[] => {
    const rows = full.sections.filter((row) => plainId(row.linkId) === plainId(section.linkId));
    const asked = rows
      .filter((row) => shown(row.linkId))
      .flatMap((row) => questionsIn([row]))
      .filter((one) => !one.hidden && shown(one.linkId));
    if (asked.length === 0) return [];
    const answerable = asked.filter((one) => !one.readOnly);
    if (!single || hasRows([section]) || answerable.length < 2) return [{ section }];
    return answerable.map((one) => ({ section, only: one.linkId }));
  });
}

/**
 * Where somebody goes on who has answered that page, among the pages that are asked now; undefined after the last. The
 * answer may have opened a second question in a section that was one page, or closed all others of one that was several.
 */
export function stepAfter(
  later: readonly Step[],
  { section, only }: Step,
  answers: Answers,
): Step | undefined {
  const isHere = (one: Step): boolean => one.section.linkId === section.linkId;
  const same = later.findIndex((one) => isHere(one) && one.only === only);
  if (same >= 0) return later[same + 1];
  const opened = later.find(
    (one) => isHere(one) && one.only !== undefined && !Object.hasOwn(answers, one.only),
  );
  return opened ?? later[later.findLastIndex(isHere) + 1];
}

const hasRows = (nodes: readonly FormNode[]): boolean =>
  nodes.some((node) => node.kind === 'section' && (node.repeats !== undefined || hasRows(node.nodes)));

/**
 * The section with one of its questions, and the words that belong to it: those just before it, those that wait for its
 * answer, and after the last question those at the end. What is said to somebody in danger is never on a page that is
 * left out.
 */
export function withOnly(section: Section, only: string): Section {
  const flat = flatten(section.nodes);
  const at = flat.findIndex((node) => node.linkId === only);
  const kept = new Set([only]);
  for (let i = at - 1; i >= 0 && flat[i]?.kind === 'prose'; i -= 1) kept.add(flat[i]?.linkId ?? '');
  const isLast = flat.slice(at + 1).every((node) => node.kind === 'prose');
  for (const node of flat.slice(at + 1))
    if (
      node.kind === 'prose' &&
      (isLast || node.enable?.conditions.some((one) => one.question === only) === true)
    )
      kept.add(node.linkId);
  return { ...section, nodes: pruned(section.nodes, kept) };
}

const flatten = (nodes: readonly FormNode[]): (Question | Exclude<FormNode, Section>)[] =>
  nodes.flatMap((node) => (node.kind === 'section' ? flatten(node.nodes) : [node]));

const pruned = (nodes: readonly FormNode[], kept: ReadonlySet<string>): FormNode[] =>
  nodes.flatMap((node): FormNode[] => {
    if (node.kind !== 'section') return kept.has(node.linkId) ? [node] : [];
    const inner = pruned(node.nodes, kept);
    return inner.length === 0 ? [] : [{ ...node, nodes: inner }];
  });
