import type { Questionnaire, QuestionnaireItem, QuestionnaireResponseItem } from '@medplum/fhirtypes';
import { choiceKey, readTable, type Element, type Shape } from '../../fhir/definitions/table.ts';
import { fhirIssue, type FhirIssue } from '../../fhir/outcome.ts';
import { sdc, standard as core } from '../../programs/extensions.ts';
import { operationText as text } from '../form-operations-text.ts';
import { isExtracted, mayFill } from './kinds.ts';

const context = `${sdc}/sdc-questionnaire-itemExtractionContext`;

type Node = Record<string, unknown>;
/** A record as far as answers say it: without an id, whose it is, and what is the same for all. */
export type Defined = Readonly<{
  type: string;
  /** The item that the record is made of, with its rows (`helper~2`); empty for the form itself. */
  item: string;
  said: Node;
}>;

/** An item (linkId; empty for the form) of which nothing could be made, and why. */
export type Unmade = FhirIssue & Readonly<{ item: string }>;

let shapes: ReadonlyMap<string, Shape> | undefined;

/** The type of record that a form or an item of it makes. */
export const contextOf = ({ extension }: Pick<QuestionnaireItem, 'extension'>): string | undefined => {
  const given = extension?.find((one) => one.url === context);
  return given?.valueCode ?? given?.valueExpression?.expression;
};

/**
 * Records as a form's definitions describe them (SDC, definition-based extraction): a form or group with an
 * `itemExtractionContext` is one record of that type, a row of a group that repeats one each, and the answer to an item
 * below it whose `definition` is `…/StructureDefinition/Type#Type.path` stands there. `faults`: definitions that lead
 * nowhere, or where no form may write, and answers that cannot stand where theirs says; the rest is made all the same.
 */
export function definedRecords(
  form: Questionnaire,
  items: readonly QuestionnaireResponseItem[],
): Readonly<{ made: Defined[]; faults: Unmade[] }> {
  const made: Defined[] = [];
  const faults: Unmade[] = [];
  const begin = (element: Pick<QuestionnaireItem, 'extension'>, item: string): Defined | undefined => {
    const type = contextOf(element);
    if (type === undefined) return undefined;
    const begun = { type, item, said: {} };
    if (isExtracted(type) || type === 'Patient') made.push(begun);
    else
      faults.push({
        ...fhirIssue('not-supported', pathOf(item), text.noSuchRecord(item, type.slice(0, 60))),
        item,
      });
    return begun;
  };
  const walk = (
    asked: readonly QuestionnaireItem[],
    answered: readonly QuestionnaireResponseItem[],
    within: Defined | undefined,
    suffix: string,
  ): void => {
    const rows = new Map<string, number>();
    for (const item of answered) {
      const question = asked.find((one) => one.linkId === item.linkId);
      if (!question) continue;
      const at = (rows.get(item.linkId) ?? 0) + 1;
      rows.set(item.linkId, at);
      const isRow = question.type === 'group' && question.repeats === true;
      const end = isRow ? `${suffix}~${String(at)}` : suffix;
      const into = begin(question, `${question.linkId}${end}`) ?? within;
      const { definition } = question;
      if (definition !== undefined && into)
        for (const answer of item.answer ?? []) {
          const why = put(into, definition, answer as Node);
          const words = [question.linkId, definition.slice(0, 200)] as const;
          if (why !== undefined)
            faults.push({
              ...fhirIssue(
                'not-supported',
                `${pathOf(question.linkId)}.definition`,
                why === 'closed' ? text.closed(...words) : text.definition(...words),
              ),
              item: question.linkId,
            });
        }
      walk(question.item ?? [], item.item ?? [], into, end);
      for (const answer of item.answer ?? []) walk(question.item ?? [], answer.item ?? [], into, end);
    }
  };
  walk(form.item ?? [], items, begin(form, ''), '');
  return { made: made.filter(({ said }) => Object.keys(said).length > 0), faults };
}

const pathOf = (linkId: string): string =>
  linkId === '' ? 'Questionnaire.extension' : `Questionnaire.item.where(linkId='${linkId}')`;

const elementsOf = (type: string): ReadonlyMap<string, Element> | undefined => {
  shapes ??= readTable().shapes;
  return shapes.get(type)?.elements;
};

/** Whether everything is there that its type cannot be without: an answer that somebody left out may be missing. */
export const isComplete = (record: object & Readonly<{ resourceType: string }>): boolean => {
  shapes ??= readTable().shapes;
  return (shapes.get(record.resourceType)?.required ?? []).every(({ keys }) =>
    keys.some((key) => key in record),
  );
};

/** Puts an answer where its definition says; otherwise why not: that leads nowhere, or no form may write there. */
function put({ said, type }: Defined, definition: string, answer: Node): 'nowhere' | 'closed' | undefined {
  const [url = '', path = ''] = definition.split('#');
  const [root, ...steps] = path.split('.');
  if (url !== `${core}/${type}` || root !== type || steps.length === 0) return 'nowhere';
  // A copy, so that an answer that fits nowhere leaves no empty parents behind.
  const copy = JSON.parse(JSON.stringify(said)) as Node;
  let node = copy;
  let elements = elementsOf(type);
  for (const [i, step] of steps.entries()) {
    const last = i === steps.length - 1;
    const element = found(elements, step, last ? answer : undefined);
    if (!element) return 'nowhere';
    const { key, is } = element;
    if (i === 0 && !mayFill(type, key)) return 'closed';
    if (last) {
      const value = inTypeOf(is, answer);
      if (value === undefined) return 'nowhere';
      node[key] = is.isArray ? [...((node[key] as unknown[] | undefined) ?? []), value] : value;
      Object.assign(said, copy);
      return undefined;
    }
    const next = (is.isArray ? (node[key] as Node[] | undefined)?.[0] : node[key]) as Node | undefined;
    const inner = next ?? {};
    if (next === undefined) node[key] = is.isArray ? [inner] : inner;
    node = inner;
    elements = is.shape?.elements;
  }
  return 'nowhere';
}

/** The element of that name; of one that has several types, the one that the answer is of. */
function found(
  elements: ReadonlyMap<string, Element> | undefined,
  step: string,
  answer: Node | undefined,
): { key: string; is: Element } | undefined {
  const plain = elements?.get(step);
  if (plain) return { key: step, is: plain };
  const name = step.replace('[x]', '');
  const kinds = Object.keys(answer ?? {}).flatMap((key) =>
    key === 'valueCoding'
      ? ['CodeableConcept', 'Coding']
      : key === 'valueDate'
        ? ['date', 'dateTime']
        : key === 'valueDecimal'
          ? ['decimal', 'Quantity']
          : [key.slice('value'.length)],
  );
  for (const kind of kinds) {
    const key = choiceKey(name, kind);
    const is = elements?.get(key);
    if (is) return { key, is };
  }
  return undefined;
}

/** The answer as a value of that element's type; undefined when it cannot be one. */
function inTypeOf({ type, check, codes }: Element, answer: Node): unknown {
  const [, value] = Object.entries(answer).find(([key]) => key.startsWith('value')) ?? [];
  if (type === 'CodeableConcept')
    return 'valueCoding' in answer
      ? { coding: [value] }
      : typeof value === 'string'
        ? { text: value }
        : undefined;
  if (type === 'Quantity' && 'valueDecimal' in answer) return { value };
  if (type === 'Coding' || type === 'Reference' || type === 'Quantity')
    return `value${type}` in answer ? value : undefined;
  const bare = 'valueCoding' in answer ? (value as { code?: string }).code : value;
  if (codes !== undefined && !codes.all.has(String(bare))) return undefined;
  return check !== undefined && check(bare) === undefined ? bare : undefined;
}
