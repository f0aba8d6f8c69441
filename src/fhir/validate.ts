import { circleIn } from './definitions/circles.ts';
import { isAllowed, listedCodes, writtenCode } from './definitions/bindings.ts';
import { linkFault } from './definitions/links.ts';
import {
  readTable,
  type CodeSet,
  type Element,
  type NamedRule,
  type Shape,
  type Table,
} from './definitions/table.ts';
import type { Fault } from './definitions/primitives.ts';
import { isNode, type Node } from './definitions/rule.ts';
import { text } from './definitions/text.ts';
import { fhirIssue, type FhirIssue, type IssueCode } from './outcome.ts';

/** Faults of one resource, in the order of its JSON; empty when it is right. At most 100. */
export type ValidateResource = (resource: unknown) => readonly FhirIssue[];

const mostIssues = 100;
const deepest = 50;
const mostContained = 50;

type Walk = {
  readonly table: Table;
  readonly issues: FhirIssue[];
  /** Where the walk is; made into a path only when something is wrong there. */
  readonly path: (string | number)[];
  /** The resource around the contained ones; that of its entry in a Bundle. */
  root: Node;
  resource: Node;
  depth: number;
};

/**
 * Checks resources against base FHIR R4: types, cardinality, formats, one of several types, required bindings,
 * reference targets, invariants; and what this service asks besides: no unknown or empty elements, no hidden control
 * characters, no text above 64 K, at most 50 levels and 50 contained resources, no modifier extension. An own walk over
 * a table of the types used, since it costs some microseconds on every write, and a general validator milliseconds.
 */
export function makeValidator(): ValidateResource {
  const table = readTable();
  return (resource) => {
    if (!isNode(resource)) return [fhirIssue('structure', '', text.notRecord)];
    const walk: Walk = { table, issues: [], path: [], root: resource, resource, depth: 0 };
    walkResource(walk, resource, false);
    return walk.issues;
  };
}

/** `Patient.name[0].given[1]` */
function pathOf(walk: Walk): string {
  let path = '';
  for (const step of walk.path)
    path += typeof step === 'number' ? `[${String(step)}]` : path === '' ? step : `.${step}`;
  return path;
}

function add(walk: Walk, code: IssueCode, says: (path: string) => FhirIssue['says']): void {
  if (walk.issues.length >= mostIssues) return;
  const path = pathOf(walk);
  walk.issues.push(fhirIssue(code, path, says(path)));
}

/** What arrived, short and without anything that could disturb a page or a log. */
const shown = (given: unknown): string =>
  String(given)
    .slice(0, 60)
    .replaceAll(/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, '?');

function walkResource(walk: Walk, resource: Node, isContained: boolean): void {
  const type = resource['resourceType'];
  const shape = typeof type === 'string' ? walk.table.shapes.get(type) : undefined;
  if (!shape?.isResource) {
    const known = typeof type === 'string' && walk.table.resources.has(type);
    if (type === undefined) {
      walk.path.push('resourceType');
      add(walk, 'required', text.missing);
      walk.path.pop();
    } else if (known) add(walk, 'not-supported', (path) => text.notTaken(path, type));
    else add(walk, 'value', (path) => text.unknownType(path, shown(type)));
    return;
  }
  const { resource: outer, root } = walk;
  walk.resource = resource;
  if (!isContained) walk.root = resource;
  if (walk.path.length === 0) walk.path.push(shape.name);
  walkObject(walk, resource, shape, noRules);
  walk.resource = outer;
  walk.root = root;
}

const noRules: readonly NamedRule[] = [];

function walkObject(walk: Walk, it: Node, shape: Shape, more: readonly NamedRule[]): void {
  if (walk.issues.length >= mostIssues) return;
  if (walk.depth >= deepest) {
    add(walk, 'too-costly', (path) => text.tooDeep(path, deepest));
    return;
  }
  const before = walk.issues.length;
  walk.depth += 1;
  let chosen: Map<string, Element> | undefined;
  let says = false;
  for (const key of Object.keys(it)) {
    if (it[key] === undefined) continue;
    // What is said already fills an answer; a body may hold a quarter of a million more.
    if (walk.issues.length >= mostIssues) break;
    const element = shape.elements.get(key);
    if (element === undefined) {
      if (key === 'resourceType' && shape.isResource) continue;
      tellUnknown(walk, key);
      continue;
    }
    if (key !== 'id' || shape.name === 'Element') says = true;
    if (element.choice !== undefined) {
      chosen ??= new Map();
      const other = chosen.get(element.choice);
      if (other && other.half !== element.half) tellTwo(walk, element, other);
      chosen.set(element.choice, element);
    }
    walk.path.push(element.name);
    walkElement(walk, it, key, element);
    walk.path.pop();
  }
  // A resource may be bare, and the other half of a simple value just an id; anything else says more (rule ele-1).
  if (!says && !shape.isResource) add(walk, 'structure', text.empty);
  for (const { name, keys } of shape.required)
    if (!keys.some((key) => it[key] !== undefined)) {
      walk.path.push(name);
      add(walk, 'required', text.missing);
      walk.path.pop();
    }
  walk.depth -= 1;
  // Invariants trust the shape of what they look at.
  if (walk.issues.length === before) {
    holdRules(walk, it, shape.rules);
    holdRules(walk, it, more);
  }
}

function tellUnknown(walk: Walk, key: string): void {
  const parent = pathOf(walk);
  // Anything may stand in a key; only what could be a name goes into the path.
  const path = /^_?[A-Za-z][A-Za-z0-9]{0,59}$/.test(key) ? `${parent}.${key}` : parent;
  if (walk.issues.length < mostIssues)
    walk.issues.push(fhirIssue('structure', path, text.unknownElement(parent, shown(key))));
}

function tellTwo(walk: Walk, one: Element, other: Element): void {
  walk.path.push(one.name);
  add(walk, 'structure', (path) => text.twoChoices(path, other.half, one.half));
  walk.path.pop();
}

function holdRules(walk: Walk, it: Node, rules: readonly NamedRule[]): void {
  for (const rule of rules)
    if (!rule.holds(it, walk)) add(walk, 'invariant', (path) => text.broken(path, rule.key, rule.says));
}

function walkElement(walk: Walk, parent: Node, key: string, element: Element): void {
  const value = parent[key];
  if (!element.isArray) {
    if (Array.isArray(value)) add(walk, 'structure', text.needsOne);
    else walkValue(walk, value, element);
    return;
  }
  if (!Array.isArray(value)) {
    add(walk, 'structure', text.needsList);
    return;
  }
  const list: readonly unknown[] = value;
  const isContained = element.type === 'Resource' && element.name === 'contained';
  const max = isContained ? mostContained : element.max;
  if (list.length === 0) add(walk, 'structure', text.empty);
  if (list.length > max) add(walk, 'structure', (path) => text.tooMany(path, max));
  else if (isContained) tellCircle(walk, list);
  for (let i = 0; i < list.length && i < max && walk.issues.length < mostIssues; i += 1) {
    // In a list of simple values, `null` holds the place of one of which only the other half is there.
    if (list[i] === null && hasOtherHalf(parent, key, element, i)) continue;
    walk.path.push(i);
    walkValue(walk, list[i], element);
    walk.path.pop();
  }
}

/** Whoever puts contained resources into the places that name them would never come to an end. */
function tellCircle(walk: Walk, contained: readonly unknown[]): void {
  const id = circleIn(contained);
  if (id !== undefined) add(walk, 'too-costly', (path) => text.circle(path, shown(id)));
}

function hasOtherHalf(parent: Node, key: string, element: Element, i: number): boolean {
  const other = parent[key === element.half ? `_${key}` : element.half];
  return Array.isArray(other) && other[i] !== null && other[i] !== undefined;
}

function walkValue(walk: Walk, value: unknown, element: Element): void {
  if (element.check !== undefined) {
    const fault = value === null ? 'blank' : element.check(value);
    if (fault !== undefined) add(walk, codeOfFault[fault], (path) => text.fault(fault, path, element.type));
    else if (element.codes !== undefined) tellCode(walk, value, element.codes);
    else if (element.name === 'implicitRules') add(walk, 'not-supported', text.modifier);
    return;
  }
  if (!isNode(value)) {
    add(walk, 'structure', value === null ? text.empty : text.needsObject);
    return;
  }
  if (element.shape === undefined) {
    walkResource(walk, value, element.name === 'contained');
    return;
  }
  // R4 asks every receiver to refuse modifier extensions it does not know; this service knows none.
  if (element.name === 'modifierExtension') add(walk, 'extension', text.modifier);
  const before = walk.issues.length;
  walkObject(walk, value, element.shape, element.rules);
  if (walk.issues.length > before) return;
  if (element.codes !== undefined) tellCode(walk, value, element.codes);
  if (element.type === 'Reference') tellLink(walk, value, element);
}

function tellCode(walk: Walk, value: unknown, codes: CodeSet): void {
  if (!isAllowed(value, codes))
    add(walk, 'code-invalid', (path) => text.notAllowed(path, shown(writtenCode(value)), listedCodes(codes)));
}

function tellLink(walk: Walk, link: Node, element: Element): void {
  const { targets } = element;
  const fault = linkFault(link, targets, walk.table.resources);
  if (!fault) return;
  walk.path.push(fault.at);
  const given = shown(fault.given);
  add(walk, 'value', (path) =>
    fault.kind === 'form'
      ? text.badReference(path, given)
      : text.wrongTarget(path, given, [...(targets ?? ['R4'])].join(', ')),
  );
  walk.path.pop();
}

const codeOfFault: Readonly<Record<Fault, IssueCode>> = {
  'not-text': 'structure',
  'not-number': 'structure',
  'not-boolean': 'structure',
  blank: 'structure',
  control: 'value',
  'too-long': 'too-long',
  format: 'value',
  'no-such-day': 'value',
  'not-whole': 'value',
  'out-of-range': 'value',
  'too-many-digits': 'value',
  script: 'value',
};
