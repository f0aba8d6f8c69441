import type { CodeSystem, CodeSystemConcept, ValueSet, ValueSetComposeInclude } from '@medplum/fhirtypes';

/** Allowed codes by code system. */
export type Codes = Record<string, string[]>;

/**
 * Lists the codes of a value set from published definitions. Gives undefined where they cannot be listed: a system
 * that is not published in full (media types, units), or a filter that is no `is-a`.
 */
export function makeExpansion(resources: readonly unknown[]): (url: string) => Codes | undefined {
  const valueSets = new Map<string, ValueSet>();
  const codeSystems = new Map<string, CodeSystem>();
  for (const resource of resources as readonly (ValueSet | CodeSystem)[])
    if (resource.resourceType === 'ValueSet') valueSets.set(resource.url ?? '', resource);
    else if (resource.resourceType === 'CodeSystem') codeSystems.set(resource.url ?? '', resource);

  const expand = (url: string): Codes | undefined => {
    const compose = valueSets.get(url.split('|')[0] ?? url)?.compose;
    if (!compose) return undefined;
    const included = compose.include.map(expandPart);
    const excluded = (compose.exclude ?? []).map(expandPart);
    const all: Codes = {};
    for (const part of included) {
      if (!part) return undefined;
      for (const [system, codes] of Object.entries(part)) all[system] = [...(all[system] ?? []), ...codes];
    }
    for (const part of excluded) {
      if (!part) return undefined;
      for (const [system, codes] of Object.entries(part))
        all[system] = (all[system] ?? []).filter((code) => !codes.includes(code));
    }
    return Object.fromEntries(Object.entries(all).map(([system, codes]) => [system, [...new Set(codes)]]));
  };

  const expandPart = (part: ValueSetComposeInclude): Codes | undefined => {
    if (part.system === undefined) {
      const parts = (part.valueSet ?? []).map(expand);
      return parts.length === 1 ? parts[0] : undefined;
    }
    if (part.valueSet) return undefined;
    if (part.concept) return { [part.system]: part.concept.map((c) => c.code ?? '') };
    const system = codeSystems.get(part.system);
    if (system?.content !== 'complete') return undefined;
    let concepts = flatten(system.concept ?? []);
    for (const filter of part.filter ?? []) {
      if (filter.op !== 'is-a') return undefined;
      const top = concepts.find((c) => c.code === filter.value);
      if (!top) return undefined;
      concepts = below(top, flatten(system.concept ?? []));
    }
    return { [part.system]: concepts.map((c) => c.code ?? '') };
  };
  return expand;
}

const flatten = (concepts: readonly CodeSystemConcept[]): CodeSystemConcept[] =>
  concepts.flatMap((c) => [c, ...flatten(c.concept ?? [])]);

/** A concept with all below it, nested or said by the property `subsumedBy`. */
function below(top: CodeSystemConcept, all: readonly CodeSystemConcept[]): CodeSystemConcept[] {
  const children = all.filter((c) =>
    c.property?.some((p) => p.code === 'subsumedBy' && p.valueCode === top.code),
  );
  return [top, ...flatten(top.concept ?? []), ...children.flatMap((c) => below(c, all))];
}
