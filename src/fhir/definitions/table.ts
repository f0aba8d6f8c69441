import { readFileSync } from 'node:fs';
import { primitives, type Check } from './primitives.ts';
import type { Rule } from './rule.ts';
import { rulesOfForms } from './rules-of-forms.ts';
import { rulesOfMessages } from './rules-of-messages.ts';
import { rulesOfRecords } from './rules-of-records.ts';
import { rulesOfTypes } from './rules-of-types.ts';

/** The allowed codes of a required binding. */
export type CodeSet = Readonly<{ all: ReadonlySet<string>; of: ReadonlyMap<string, ReadonlySet<string>> }>;
export type NamedRule = Rule & { readonly key: string };

/** One JSON key of a type: `birthDate`, `_birthDate`, `deceasedBoolean`. */
export type Element = Readonly<{
  /** As a path says it: `birthDate`, `deceased`. */
  name: string;
  type: string;
  /** The check of a simple type; undefined for `_birthDate`, which is an object. */
  check: Check | undefined;
  /** What objects of this element look like; undefined for simple types and for any resource. */
  shape: Shape | undefined;
  isArray: boolean;
  max: number;
  /** Which types a reference may lead to; undefined: any. */
  targets: ReadonlySet<string> | undefined;
  codes: CodeSet | undefined;
  rules: readonly NamedRule[];
  isRequired: boolean;
  /** Whether it belongs to a summary (`_summary=true`). */
  isSummary: boolean;
  /** The element of several types (`deceased[x]`) this key is one of. */
  choice: string | undefined;
  /** The key without its leading `_`, by which the two halves of a simple value belong together. */
  half: string;
}>;

export type Shape = {
  readonly name: string;
  readonly isResource: boolean;
  readonly elements: Map<string, Element>;
  /** Must be there under one of these keys. */
  readonly required: { name: string; keys: readonly string[] }[];
  readonly rules: readonly NamedRule[];
};

export type Table = Readonly<{
  shapes: ReadonlyMap<string, Shape>;
  /** Every resource type of R4, also those not described here. */
  resources: ReadonlySet<string>;
}>;

type Written = {
  resources: string;
  types: Record<string, { is: string; rules?: string[]; elements: Record<string, string> }>;
  sets: Record<string, Record<string, string>>;
};

const rules: Readonly<Record<string, Rule>> = {
  ...rulesOfTypes,
  ...rulesOfRecords,
  ...rulesOfForms,
  ...rulesOfMessages,
};

/** The key of an element of several types for one of them: `deceased` and `boolean` make `deceasedBoolean`. */
export const choiceKey = (base: string, type: string): string =>
  base + type.charAt(0).toUpperCase() + type.slice(1);

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

function namedRule(key: string): NamedRule {
  const found = rules[key];
  if (!found) throw new Error(`The rule ${key} of r4.json is not written in definitions/.`);
  return { ...found, key };
}

/** Reads `r4.json` (made by `tools/build-definitions.ts`) into the form the validator walks along. */
export function readTable(): Table {
  const written = JSON.parse(readFileSync(new URL('./r4.json', import.meta.url), 'utf8')) as Written;
  const sets = new Map(
    Object.entries(written.sets).map(([name, systems]): [string, CodeSet] => {
      const of = new Map(Object.entries(systems).map(([system, codes]) => [system, words(codes)]));
      return [name, { of, all: new Set([...of.values()].flatMap((codes) => [...codes])) }];
    }),
  );
  const shapes = new Map(
    Object.entries(written.types).map(([name, type]): [string, Shape] => [
      name,
      {
        name,
        isResource: type.is === 'resource',
        elements: new Map(),
        required: [],
        rules: (type.rules ?? []).map(namedRule),
      },
    ]),
  );
  for (const [name, type] of Object.entries(written.types))
    for (const [element, text] of Object.entries(type.elements))
      addElement(shapes.get(name) as Shape, element, text, shapes, sets);
  return { shapes, resources: words(written.resources) };
}

/** Reads one line of the table, such as `"deceased[x]": "boolean|dateTime 0..1"`. */
function addElement(
  to: Shape,
  name: string,
  text: string,
  shapes: ReadonlyMap<string, Shape>,
  sets: ReadonlyMap<string, CodeSet>,
): void {
  const [types = '', range = '', ...marks] = text.split(' ');
  const [min, max] = range.split('..');
  const marked = (sign: string): string[] => marks.flatMap((m) => (m.startsWith(sign) ? m.slice(1) : []));
  const [targets] = marked('>');
  const [set = ''] = marked('=');
  const isChoice = name.endsWith('[x]');
  const base = isChoice ? name.slice(0, -3) : name;
  const keys: string[] = [];
  for (const written of types.split('|')) {
    const [suffix = '', type = suffix] = written.split(':');
    const key = isChoice ? choiceKey(base, suffix) : name;
    const element: Element = {
      name: base,
      type,
      check: primitives[set === 'mimetypes' ? 'mimetype' : type],
      shape: shapes.get(type),
      isArray: max !== '1',
      max: max === '*' ? Infinity : Number(max),
      targets: type === 'Reference' && targets !== undefined ? new Set(targets.split(',')) : undefined,
      codes: sets.get(set),
      rules: marked('!').map(namedRule),
      isRequired: Number(min) > 0,
      isSummary: marks.includes('^'),
      choice: isChoice ? base : undefined,
      half: key,
    };
    if (!element.check && !element.shape && type !== 'Resource')
      throw new Error(`${to.name}.${name} has the unknown type ${type}.`);
    to.elements.set(key, element);
    keys.push(key);
    if (element.check) {
      to.elements.set(`_${key}`, {
        ...element,
        check: undefined,
        shape: shapes.get('Element'),
        codes: undefined,
      });
      // R4 lets an extension say why a value is missing. A status or an intent can't be missing here: workflows read it.
      if (type !== 'code') keys.push(`_${key}`);
    }
  }
  if (Number(min) > 0) to.required.push({ name: base, keys });
}
