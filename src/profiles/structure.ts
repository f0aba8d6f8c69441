import type { ElementDefinition, StructureDefinition } from '@medplum/fhirtypes';
import { canonical } from '../fhir/codes.ts';
import { choiceKey, readTable, type Shape } from '../fhir/definitions/table.ts';
import { stepOf, type Constraint, type Match, type Profile } from './constraint.ts';
import type { ExtensionTable } from './extensions.ts';
import { heading } from './published.ts';
import { snapshotOf } from './snapshot.ts';

const core = 'http://hl7.org/fhir/StructureDefinition';
const shapes = readTable().shapes;

/** The StructureDefinition of a profile: the differential to its base, made from the table that also checks records. */
export function structureOf(profile: Profile): StructureDefinition {
  const { id, type, title, about } = profile;
  const sliced = new Set<string>();
  const element = Object.entries(profile.elements).flatMap(([path, constraint]) => {
    const { of } = constraint;
    const whole = elementOf(profile, path, constraint);
    if (of === undefined) return whole;
    const list = whole[0]?.id?.replace(/:[^:.]+$/, '') ?? '';
    // The list that is sliced is said once, before its slices, with what is asked of it as a whole.
    const opening = sliced.has(list) ? [] : [slicing(profile, list, of)];
    sliced.add(list);
    return [...opening, ...whole];
  });
  return {
    resourceType: 'StructureDefinition',
    ...heading('StructureDefinition', id, title, about),
    fhirVersion: '4.0.1',
    kind: 'resource',
    abstract: false,
    ...derived(type, merged([{ id: type, path: type }, ...element])),
  };
}

/** What differs from base R4, and all that holds with it: for validators that have no base R4 at hand. */
const derived = (type: string, element: ElementDefinition[]) => ({
  type,
  baseDefinition: `${core}/${type}`,
  derivation: 'constraint' as const,
  snapshot: { element: snapshotOf(type, element) },
  differential: { element },
});

/** Two sayings about the same element become one. */
function merged(elements: readonly ElementDefinition[]): ElementDefinition[] {
  const byId = new Map<string, ElementDefinition>();
  for (const element of elements) byId.set(element.id ?? '', { ...byId.get(element.id ?? ''), ...element });
  return [...byId.values()];
}

const withoutSlices = (id: string): string => id.replaceAll(/:[^.]+/g, '');

function slicing({ type }: Profile, list: string, of: Match): ElementDefinition {
  const [kind, path] =
    'url' in of
      ? ['value', 'url']
      : 'extension' in of
        ? ['value', `extension('${of.extension}').value`]
        : ['pattern', 'at' in of ? of.at : '$this'];
  return {
    id: list,
    path: withoutSlices(list) || type,
    slicing: { discriminator: [{ type: kind as 'value', path }], rules: 'open' },
  };
}

function elementOf({ type }: Profile, at: string, c: Constraint): ElementDefinition[] {
  const id = `${type}.${at}`;
  const path = withoutSlices(id);
  const { slice } = stepOf(at.split('.').at(-1) ?? '');
  const kind = typeAt(type, at);
  return [
    {
      id,
      path,
      ...(slice === undefined ? {} : { sliceName: slice }),
      ...(c.says === undefined ? {} : { short: c.says.ja, comment: c.says.en }),
      // A slice that need not be there says so: its list may have to be.
      ...(c.min === undefined && slice === undefined ? {} : { min: c.min ?? 0 }),
      ...(c.max === undefined ? {} : { max: String(c.max) }),
      ...typesOf(c, kind),
      ...(c.fixed === undefined ? {} : { [choiceKey('fixed', kind)]: c.fixed }),
      ...patternOf(c, kind),
      ...(c.codes === undefined
        ? {}
        : { binding: { strength: 'required', valueSet: `${canonical}/ValueSet/${c.codes}` } }),
    },
    ...below(id, path, c.of),
  ];
}

/** What tells the members of a slice stands below them where it is no pattern of theirs. */
function below(id: string, path: string, of: Match | undefined): ElementDefinition[] {
  if (of === undefined) return [];
  // The profile of the extension says so too; not every validator looks there.
  if ('url' in of) return [{ id: `${id}.url`, path: `${path}.url`, fixedUri: of.url }];
  if ('at' in of)
    return [
      {
        id: `${id}.${of.at}`,
        path: `${path}.${of.at}`,
        patternCodeableConcept: { coding: [{ system: of.system, code: of.code }] },
      },
    ];
  if ('extension' in of)
    return [
      {
        id: `${id}.extension:representation`,
        path: `${path}.extension`,
        sliceName: 'representation',
        min: 1,
        type: [{ code: 'Extension', profile: [of.extension] }],
      },
      {
        id: `${id}.extension:representation.value[x]`,
        path: `${path}.extension.value[x]`,
        type: [{ code: 'code' }],
        fixedCode: of.code,
      },
    ];
  return [];
}

function typesOf(c: Constraint, kind: string): Pick<ElementDefinition, 'type'> {
  if (c.of && 'url' in c.of) return { type: [{ code: 'Extension', profile: [c.of.url] }] };
  const targetProfile = c.targets?.map((target) => `${core}/${target}`);
  if (c.types)
    return {
      type: c.types.map((code) => ({
        code,
        ...(code === 'Reference' && targetProfile ? { targetProfile } : {}),
      })),
    };
  return targetProfile && kind === 'Reference' ? { type: [{ code: 'Reference', targetProfile }] } : {};
}

function patternOf(c: Constraint, kind: string): object {
  const wanted = c.pattern ?? (c.of && 'system' in c.of && !('at' in c.of) ? c.of : undefined);
  if (wanted === undefined) return {};
  if (kind === 'CodeableConcept') return { patternCodeableConcept: { coding: [wanted] } };
  return { [choiceKey('pattern', kind)]: wanted };
}

/** The type of an element of base R4, by its path; of a choice the first one allowed. */
function typeAt(type: string, at: string): string {
  let shape: Shape | undefined = shapes.get(type);
  let kind = type;
  for (const step of at.split('.')) {
    const { name } = stepOf(step);
    const base = name.replace('[x]', '');
    const found = [...(shape?.elements.values() ?? [])].find((one) => one.name === base);
    if (!found) throw new Error(`${type} has no ${at}.`);
    kind = found.type;
    shape = found.shape;
  }
  return kind;
}

/** The StructureDefinition of an extension of ours. */
export function extensionStructure({
  url,
  on,
  title,
  value,
  parts = {},
}: ExtensionTable): StructureDefinition {
  const id = url.slice(url.lastIndexOf('/') + 1);
  const part = ([name, { value: type, min = 0 }]: [string, { value: string; min?: number }]) => [
    { id: `Extension.extension:${name}`, path: 'Extension.extension', sliceName: name, min, max: '1' },
    {
      id: `Extension.extension:${name}.url`,
      path: 'Extension.extension.url',
      fixedUri: name,
    },
    {
      id: `Extension.extension:${name}.value[x]`,
      path: 'Extension.extension.value[x]',
      type: [{ code: type }],
    },
  ];
  const several = Object.keys(parts).length > 0;
  return {
    resourceType: 'StructureDefinition',
    ...heading('StructureDefinition', id, title, title),
    fhirVersion: '4.0.1',
    kind: 'complex-type',
    abstract: false,
    context: on.map((expression) => ({ type: 'element', expression })),
    ...derived('Extension', [
      { id: 'Extension', path: 'Extension', short: title.ja },
      several
        ? {
            id: 'Extension.extension',
            path: 'Extension.extension',
            slicing: { discriminator: [{ type: 'value', path: 'url' }], rules: 'open' },
          }
        : { id: 'Extension.extension', path: 'Extension.extension', max: '0' },
      ...Object.entries(parts).flatMap(part),
      { id: 'Extension.url', path: 'Extension.url', fixedUri: url },
      several
        ? { id: 'Extension.value[x]', path: 'Extension.value[x]', max: '0' }
        : {
            id: 'Extension.value[x]',
            path: 'Extension.value[x]',
            min: 1,
            type: [{ code: value ?? 'string' }],
          },
    ]),
  };
}
