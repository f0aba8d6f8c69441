import { writeFileSync } from 'node:fs';
import type { ElementDefinition } from '@medplum/fhirtypes';
import { profiles } from '../src/profiles/profiles.ts';
import { isOfR4, original, structures } from './published.ts';

/**
 * Writes `src/profiles/base-r4.json`: the elements of base R4 (4.0.1, definitions of HL7 under CC0) that our profiles are
 * built on, with what a validator reads of them. Run by hand, `npx tsx tools/build-snapshots.ts`, when a profile is for
 * another type or goes into another one; the result is committed. One element a line, so that a review shows it.
 */
const wanted = new Set([
  ...profiles.map(({ type }) => type as string),
  // What profiles and extensions go into.
  'Address',
  'CodeableConcept',
  'Extension',
  'HumanName',
  'Identifier',
  'Period',
]);

const kept = [
  'id path representation sliceName slicing short definition min max base contentReference type',
  'meaningWhenMissing orderMeaning maxLength condition isModifier isModifierReason isSummary',
]
  .join(' ')
  .split(' ') as (keyof ElementDefinition)[];

type Rule = NonNullable<ElementDefinition['constraint']>[number];
/** Most rules stand at many elements; they are written once and named by their key. */
const rules = new Map<string, Rule>();

function named({ xpath: _x, extension: _e, ...rule }: Rule): string {
  const key = rule.key ?? '';
  const before = rules.get(key);
  // R4 gives the key inv-1 to two different rules.
  const own = before && before.expression !== rule.expression ? `${key} of ${rule.source ?? ''}` : key;
  rules.set(own, rule);
  return own;
}

/** What a binding is to; words only where it is to nothing else. */
const bound = ({ strength, valueSet, description }: NonNullable<ElementDefinition['binding']>) =>
  valueSet === undefined ? { strength, description } : { strength, valueSet };

function slim(element: ElementDefinition): object {
  const { short, definition, min, max, type } = original.get(element.path) ?? {};
  const whole = { ...element, ...(definition === undefined ? {} : { short, definition, min, max, type }) };
  const { constraint, binding } = element;
  return {
    ...Object.fromEntries(kept.filter((key) => whole[key] !== undefined).map((key) => [key, whole[key]])),
    ...(constraint ? { constraint: constraint.map(named) } : {}),
    ...(binding ? { binding: bound(binding) } : {}),
  };
}

const types = [...wanted].toSorted().map((name): [string, string[]] => {
  const elements = structures.get(name)?.snapshot?.element ?? [];
  if (elements.length === 0) throw new Error(`${name} is not published.`);
  const own = elements.filter((element, i) => i === 0 || isOfR4(element));
  return [name, own.map((element) => JSON.stringify(slim(element)))];
});
const lines = (list: readonly string[]): string => list.map((line) => `    ${line}`).join(',\n');
const written = [
  '{',
  '  "rules": {',
  lines([...rules].map(([key, rule]) => `${JSON.stringify(key)}: ${JSON.stringify(rule)}`)),
  '  },',
  '  "types": {',
  types.map(([name, elements]) => `  ${JSON.stringify(name)}: [\n${lines(elements)}\n  ]`).join(',\n'),
  '  }',
  '}',
];
writeFileSync(new URL('../src/profiles/base-r4.json', import.meta.url), `${written.join('\n')}\n`);
