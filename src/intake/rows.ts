import { remembered } from '../kernel/remembered.ts';
import { withChosen } from './chosen.ts';
import {
  mostRows,
  questionsIn,
  readQuestionnaire,
  type Answers,
  type Enable,
  type FormModel,
  type FormNode,
  type Question,
  type Section,
} from './form.ts';
import { plainId } from './row-names.ts';

export { plainId } from './row-names.ts';

/*
 * A group that can be filled in several times is as many groups: those of row 2 of `pills` are named `pill~2`, `dose~2`.
 * Once a form is written out so, everything else treats it like any form.
 */

/** The name in `Answers` that says how many rows a page shows, empty ones too. */
export const rowsKey = (group: string): string => `${group}~rows`;

const rowsOf = remembered((model: FormModel): readonly Section[] =>
  sectionsIn(model.sections).filter((one) => one.repeats !== undefined),
);

/**
 * The form as these answers have it asked: with as many groups as were filled in, at least one each, and with the options
 * that other answers make. A form without either is itself.
 */
export function unrolled(plain: FormModel, answers: Answers): FormModel {
  const form = withChosen(plain.form, answers);
  const model = form === plain.form ? plain : readQuestionnaire(form, plain.language);
  if (rowsOf(model).length === 0) return model;
  return {
    ...model,
    sections: model.sections.flatMap((one) => spread(one, '', new Map(), answers)) as Section[],
  };
}

type Scope = ReadonlyMap<string, string>;

function spread(node: FormNode, suffix: string, scope: Scope, answers: Answers): FormNode[] {
  const linkId = `${node.linkId}${suffix}`;
  const enable = node.enable === undefined ? {} : { enable: within(node.enable, scope) };
  if (node.kind === 'question') return [{ ...node, linkId, ...enable, initial: inRow(node, suffix) }];
  if (node.kind === 'prose') return [{ ...node, linkId, ...enable }];
  if (node.repeats === undefined)
    return [
      { ...node, linkId, ...enable, nodes: node.nodes.flatMap((one) => spread(one, suffix, scope, answers)) },
    ];
  const { min, max } = node.repeats;
  const of = Math.max(1, min, rowsGiven(node, suffix, answers));
  return Array.from({ length: of }, (_, i): Section => {
    const at = i + 1;
    const end = `${suffix}~${String(at)}`;
    const inner = new Map([...scope, ...idsIn(node.nodes).map((id) => [id, end] as const)]);
    const nodes = node.nodes.flatMap((one) => spread(one, end, inner, answers));
    return {
      ...node,
      linkId: `${node.linkId}${end}`,
      ...enable,
      nodes: at > min && !isBegun(nodes, answers) ? nodes.map(optional) : nodes,
      row: { group: linkId, at, of, min, max },
    };
  });
}

/** Of several values that a question begins with each is a row; one alone stands in all. */
const inRow = ({ initial, repeats }: Question, suffix: string): readonly string[] => {
  if (suffix === '' || repeats || initial.length < 2) return initial;
  const row = Number(suffix.slice(suffix.lastIndexOf('~') + 1));
  return initial.slice(row - 1, row);
};

/** A condition on a question of the same row asks that row, on one outside the only one there is. */
const within = (enable: Enable, scope: Scope): Enable => ({
  ...enable,
  conditions: enable.conditions.map((one) => ({
    ...one,
    question: `${one.question}${scope.get(one.question) ?? ''}`,
  })),
});

const idsIn = (nodes: readonly FormNode[]): string[] =>
  nodes.flatMap((node) => [node.linkId, ...(node.kind === 'section' ? idsIn(node.nodes) : [])]);

function rowsGiven(group: Section, suffix: string, answers: Answers): number {
  const ids = new Set(idsIn(group.nodes));
  const shown = Number(answers[rowsKey(`${group.linkId}${suffix}`)]?.[0] ?? 0);
  const given = Object.entries(answers).map(([key, values]) => {
    const id = plainId(key);
    if (!ids.has(id) || values.length === 0 || !key.startsWith(`${id}${suffix}~`)) return 0;
    return Number(key.slice(id.length + suffix.length + 1).split('~')[0]);
  });
  const most = Math.max(shown, ...given);
  return Number.isInteger(most) ? Math.min(most, mostRows + 1) : 1;
}

const isBegun = (nodes: readonly FormNode[], answers: Answers): boolean =>
  nodes.some((node) =>
    node.kind === 'section'
      ? isBegun(node.nodes, answers)
      : // What nobody types begins no row.
        !(node.kind === 'question' && (node.readOnly || node.hidden)) &&
        answers[node.linkId]?.some((value) => value !== '') === true,
  );

/** Nobody has to fill in a row that nobody needs. */
const optional = (node: FormNode): FormNode =>
  node.kind === 'question'
    ? { ...node, required: false }
    : node.kind === 'section'
      ? { ...node, nodes: node.nodes.map(optional) }
      : node;

/** Answers without a row, those after it moving up. `row` is the group and the number: `pills~2`. */
export function withoutRow(model: FormModel, answers: Answers, row: string): Answers {
  const cut = row.lastIndexOf('~');
  const [group, gone] = [row.slice(0, cut), Number(row.slice(cut + 1))];
  const section = sectionsIn(model.sections).find((one) => one.linkId === plainId(group));
  if (section === undefined || !(gone >= 1)) return answers;
  const ids = new Set(idsIn(section.nodes));
  const suffix = group.slice(plainId(group).length);
  const moved = Object.entries(answers).flatMap(([key, values]): [string, readonly string[]][] => {
    if (key === rowsKey(group)) return [[key, [String(Math.max(1, Number(values[0]) - 1))]]];
    const id = plainId(key);
    if (!ids.has(id) || !key.startsWith(`${id}${suffix}~`)) return [[key, values]];
    const [at = '', ...rest] = key.slice(id.length + suffix.length + 1).split('~');
    if (Number(at) === gone) return [];
    const now = Number(at) > gone ? String(Number(at) - 1) : at;
    return [[`${id}${suffix}~${[now, ...rest].join('~')}`, values]];
  });
  return Object.fromEntries(moved);
}

/** Answers with one more row of that group to fill in, as far as the form allows. */
export function withRow(model: FormModel, answers: Answers, group: string): Answers {
  const rows = sectionsIn(unrolled(model, answers).sections).filter((one) => one.row?.group === group);
  const [first] = rows;
  if (first?.row === undefined) return answers;
  const more = Math.min(first.row.max, rows.length + 1);
  const shown = { ...answers, [rowsKey(group)]: [String(more)] };
  const added = sectionsIn(unrolled(model, shown).sections).find(
    (one) => one.row?.group === group && one.row.at === more,
  );
  return added === undefined || more === rows.length ? shown : { ...shown, ...begunIn(added.nodes) };
}

/** What a row that was added begins with. */
const begunIn = (nodes: readonly FormNode[]): Answers =>
  Object.fromEntries(
    questionsIn(nodes).flatMap(({ linkId, initial }) => (initial.length > 0 ? [[linkId, initial]] : [])),
  );

/** All groups of a form, outer ones before those in them. */
export const sectionsIn = (nodes: readonly FormNode[]): Section[] =>
  nodes.flatMap((node) => (node.kind === 'section' ? [node, ...sectionsIn(node.nodes)] : []));
