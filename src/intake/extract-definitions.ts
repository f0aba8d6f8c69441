import type {
  Questionnaire,
  QuestionnaireItem,
  QuestionnaireResponse,
  QuestionnaireResponseItem,
} from '@medplum/fhirtypes';
import { choiceKey, readTable, type Element, type Shape } from '../fhir/definitions/table.ts';
import { fhirIssue, type FhirIssue } from '../fhir/outcome.ts';
import { isRecordType, type FhirRecord } from '../fhir/types.ts';
import { invalid } from '../kernel/problem.ts';
import { operationText as text } from './form-operations-text.ts';

const context = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-itemExtractionContext';
const core = 'http://hl7.org/fhir/StructureDefinition/';

type Node = Record<string, unknown>;
type Made = { readonly record: Node; readonly type: string };

let shapes: ReadonlyMap<string, Shape> | undefined;

/**
 * Records as a form's definitions describe them (SDC, definition-based extraction): a form or group with an
 * `itemExtractionContext` is one record of that type, and the answer to an item below it whose `definition` is
 * `…/StructureDefinition/Type#Type.path` stands there. The subject of the answers is the subject of what is made. Refuses
 * a definition that leads nowhere.
 */
export function definedRecords(
  form: Questionnaire,
  response: QuestionnaireResponse,
  newId: () => string,
): (FhirRecord & { id: string })[] {
  const made: Made[] = [];
  const faults: FhirIssue[] = [];
  const begin = (element: Pick<QuestionnaireItem, 'extension'>): Made | undefined => {
    const given = element.extension?.find((one) => one.url === context);
    const type = given?.valueCode ?? given?.valueExpression?.expression;
    if (type === undefined) return undefined;
    if (!isRecordType(type)) {
      faults.push(
        fhirIssue('not-supported', 'Questionnaire.extension', text.definition('', type.slice(0, 60))),
      );
      return undefined;
    }
    const record: Node = { resourceType: type, id: newId() };
    made.push({ record, type });
    return { record, type };
  };
  const walk = (
    asked: readonly QuestionnaireItem[],
    answered: readonly QuestionnaireResponseItem[],
    within: Made | undefined,
  ): void => {
    for (const item of answered) {
      const question = asked.find((one) => one.linkId === item.linkId);
      if (!question) continue;
      const into = begin(question) ?? within;
      if (question.definition !== undefined && into)
        for (const answer of item.answer ?? [])
          if (!put(into, question.definition, answer as Node))
            faults.push(
              fhirIssue(
                'not-supported',
                `Questionnaire.item.where(linkId='${question.linkId}').definition`,
                text.definition(question.linkId, question.definition.slice(0, 200)),
              ),
            );
      walk(question.item ?? [], item.item ?? [], into);
    }
  };
  walk(form.item ?? [], response.item ?? [], begin(form));
  if (faults.length > 0) throw invalid(...faults);
  for (const { record, type } of made) nameSubject(record, type, response);
  return made.map((one) => one.record as unknown as FhirRecord & { id: string });
}

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

/** Puts an answer where its definition says; false when that leads nowhere. */
function put({ record, type }: Made, definition: string, answer: Node): boolean {
  const [url = '', path = ''] = definition.split('#');
  const [root, ...steps] = path.split('.');
  if (url !== `${core}${type}` || root !== type || steps.length === 0) return false;
  let node = record;
  let elements = elementsOf(type);
  for (const [i, step] of steps.entries()) {
    const last = i === steps.length - 1;
    const element = found(elements, step, last ? answer : undefined);
    if (!element) return false;
    const { key, is } = element;
    if (last) {
      const value = inTypeOf(is, answer);
      if (value === undefined) return false;
      node[key] = is.isArray ? [...((node[key] as unknown[] | undefined) ?? []), value] : value;
      return true;
    }
    const next = (is.isArray ? (node[key] as Node[] | undefined)?.[0] : node[key]) as Node | undefined;
    const inner = next ?? {};
    if (next === undefined) node[key] = is.isArray ? [inner] : inner;
    node = inner;
    elements = is.shape?.elements;
  }
  return false;
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
function inTypeOf({ type, check }: Element, answer: Node): unknown {
  const [, value] = Object.entries(answer).find(([key]) => key.startsWith('value')) ?? [];
  if (type === 'CodeableConcept')
    return 'valueCoding' in answer
      ? { coding: [value] }
      : typeof value === 'string'
        ? { text: value }
        : undefined;
  if (type === 'Coding' || type === 'Reference' || type === 'Quantity')
    return `value${type}` in answer ? value : undefined;
  const bare = 'valueCoding' in answer ? (value as { code?: string }).code : value;
  return check !== undefined && check(bare) === undefined ? bare : undefined;
}

function nameSubject(record: Node, type: string, { subject }: QuestionnaireResponse): void {
  const elements = elementsOf(type);
  const key = ['subject', 'patient', 'for', 'beneficiary'].find((one) => elements?.has(one) === true);
  if (key !== undefined && subject && record[key] === undefined) record[key] = subject;
}
