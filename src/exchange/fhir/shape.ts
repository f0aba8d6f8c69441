import { coding } from '../../fhir/codes.ts';
import { readTable, type Element, type Shape } from '../../fhir/definitions/table.ts';
import { isNode, type Node } from '../../fhir/definitions/rule.ts';
import type { Answer } from './answer.ts';
import { parametersOf, type Asked } from './asked.ts';
import { turnAway } from './refusal.ts';
import { text } from './text.ts';

const summaries = ['true', 'text', 'data', 'count', 'false'] as const;
type Summary = (typeof summaries)[number];

/** How much of each record a reader wants, and how it is laid out. */
export type Wish = Readonly<{
  summary: Summary;
  /** `name`, or `Patient.name` where only those of that type are meant. */
  elements: readonly string[] | undefined;
  pretty: boolean;
}>;

const { shapes } = readTable();
const plain: Wish = { summary: 'false', elements: undefined, pretty: false };

/** Nothing of the answer is left out or laid out. */
export const isPlain = (wish: Wish): boolean => wish === plain;

/** Parameters that say nothing of which records are meant. */
export const shapeParameters: readonly string[] = ['_summary', '_elements', '_pretty', '_format'];

/** Reads `_summary`, `_elements` and `_pretty`; refuses what they do not take. */
export function wishOf(asked: Asked, given = parametersOf(asked)): Wish {
  if (given.length === 0) return plain;
  let wish = plain;
  for (const [name, value] of given)
    if (name === '_summary') {
      const summary = summaries.find((one) => one === value);
      if (summary === undefined)
        throw turnAway(400, 'value', 'http._summary', text.badParameter(name, summaries.join(', ')));
      wish = { ...wish, summary };
    } else if (name === '_pretty') {
      if (value !== 'true' && value !== 'false')
        throw turnAway(400, 'value', 'http._pretty', text.badParameter(name, 'true, false'));
      wish = { ...wish, pretty: value === 'true' };
    } else if (name === '_elements') {
      const elements = value.split(',');
      for (const one of elements)
        if (!/^(?:[A-Z][A-Za-z]{1,40}\.)?[a-z][A-Za-z]{0,40}$/.test(one))
          throw turnAway(400, 'value', 'http._elements', text.unknownElement(one.slice(0, 40)));
      wish = { ...wish, elements: [...(wish.elements ?? []), ...elements] };
    }
  return wish;
}

/** The answer as its reader wants it. */
export function shaped(answer: Answer, wish: Wish): Answer {
  if (wish === plain || answer.body === undefined) return answer;
  const { body } = answer;
  const isWhole = wish.elements === undefined && wish.summary === 'false';
  return {
    ...answer,
    ...(isWhole || !isNode(body) ? {} : { body: shapedBody(body, wish) }),
    ...(wish.pretty ? { pretty: true } : {}),
  };
}

function shapedBody(body: Node, wish: Wish): unknown {
  if (body['resourceType'] !== 'Bundle') return subset(body, wish);
  const { entry, ...bundle } = body;
  if (wish.summary === 'count' || !Array.isArray(entry)) return bundle;
  return {
    ...bundle,
    entry: entry.map((one: Node) => {
      const { resource } = one;
      return isNode(resource) ? { ...one, resource: subset(resource, wish) } : one;
    }),
  };
}

function subset(record: Node, { summary, elements }: Wish): Node {
  const type = String(record['resourceType']);
  const shape = shapes.get(type);
  if (!shape || type === 'OperationOutcome') return record;
  const own = elements?.flatMap((name) => {
    const [of, element = of] = name.split('.');
    return of === element || of === type ? [element] : [];
  });
  const kept = picked(record, shape, (element, isRoot) => {
    if (own !== undefined && own.length > 0) return !isRoot || own.includes(element.name);
    switch (summary) {
      case 'true':
        return element.isSummary;
      case 'text':
        return !isRoot || element.name === 'text';
      case 'data':
        return !isRoot || element.name !== 'text';
      case 'count':
      case 'false':
        return true;
    }
  });
  if (kept === record) return record;
  const meta = isNode(record['meta']) ? record['meta'] : {};
  const tags: unknown = meta['tag'];
  return {
    ...kept,
    meta: { ...meta, tag: [...(Array.isArray(tags) ? (tags as unknown[]) : []), subsetted] },
  };
}

/** Whoever writes back what is tagged so would lose the rest. */
const subsetted = {
  ...coding('http://terminology.hl7.org/CodeSystem/v3-ObservationValue', 'SUBSETTED'),
  display: 'subsetted',
};

const always = new Set(['resourceType', 'id', 'meta', 'implicitRules']);

/** What is wanted and what must be there; the same object when nothing falls away. */
function picked(
  it: Node,
  shape: Shape,
  wants: (element: Element, isRoot: boolean) => boolean,
  isRoot = true,
): Node {
  const entries: [string, unknown][] = [];
  let isSame = true;
  for (const [key, value] of Object.entries(it)) {
    const element = shape.elements.get(key);
    const stays = (isRoot && always.has(key)) || !element || element.isRequired || wants(element, isRoot);
    const now = stays && element?.shape ? within(value, element.shape, wants) : value;
    if (!stays || now !== value) isSame = false;
    if (stays) entries.push([key, now]);
  }
  return isSame ? it : Object.fromEntries(entries);
}

function within(value: unknown, shape: Shape, wants: Parameters<typeof picked>[2]): unknown {
  if (Array.isArray(value)) {
    const now = value.map((one: unknown) => within(one, shape, wants));
    return now.some((one, i) => one !== value[i]) ? now : value;
  }
  // What an extension is, all of it says.
  return isNode(value) && shape.name !== 'Extension' && shape.name !== 'Element'
    ? picked(value, shape, wants, false)
    : value;
}
