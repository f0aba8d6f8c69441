import { readFileSync } from 'node:fs';
import type { ElementDefinition } from '@medplum/fhirtypes';

type Rule = NonNullable<ElementDefinition['constraint']>[number];
type Written = {
  rules: Record<string, Rule>;
  types: Record<string, (Omit<ElementDefinition, 'constraint'> & { constraint?: string[] })[]>;
};

/** An element of a snapshot: it has a name for its place and says how often it may be there. */
export type Placed = ElementDefinition & Readonly<{ id: string; path: string; min: number; max: string }>;

const written = JSON.parse(readFileSync(new URL('./base-r4.json', import.meta.url), 'utf8')) as Written;

const types = new Map(
  Object.entries(written.types).map(([name, elements]) => [
    name,
    elements.map(
      ({ constraint, ...element }) =>
        ({
          ...element,
          ...(constraint ? { constraint: constraint.map((key) => written.rules[key] as Rule) } : {}),
        }) as Placed,
    ),
  ]),
);

/** The elements of a type of base R4, itself first; `base-r4.json` has those of our profiles and of what they go into. */
export function baseOf(type: string): readonly Placed[] {
  const found = types.get(type);
  if (!found) throw new Error(`base-r4.json has no ${type}: tools/build-snapshots.ts makes it.`);
  return found;
}
