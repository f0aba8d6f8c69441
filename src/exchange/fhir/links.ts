import { readTable } from '../../fhir/definitions/table.ts';
import type { FhirRecord } from '../../fhir/types.ts';

/** Levels of nesting that are followed at all; the store refuses less than that. */
export const deepest = 60;

/** What a text that may be a link becomes; `key` is the name of its element. */
type Rename = (link: string, key: string) => string;

/** Elements whose value is an address: those may name another entry of a Bundle (FHIR R4, http.html#trules). */
const addresses = new Set(['reference']);
for (const { elements } of readTable().shapes.values())
  for (const [key, { type }] of elements)
    if (['uri', 'url', 'uuid', 'oid'].includes(type) && !key.startsWith('_')) addresses.add(key);

/**
 * `value` with every link as `rename` makes it, those of narratives too; what holds no link that changes is the same object
 * as before. Undefined when it is nested deeper than anything that could be stored.
 */
export function withLinks<T>(value: T, rename: Rename): T | undefined {
  let tooDeep = false;
  const walk = (inner: unknown, key: string, level: number): unknown => {
    if (typeof inner === 'string') {
      if (addresses.has(key)) return rename(inner, key);
      return key === 'div' && inner.includes('urn:') ? inNarrative(inner, rename) : inner;
    }
    if (typeof inner !== 'object' || inner === null) return inner;
    if (level >= deepest) tooDeep = true;
    if (tooDeep) return inner;
    const changed: [string, unknown][] = [];
    const isArray = Array.isArray(inner);
    for (const [name, one] of Object.entries(inner)) {
      const now = walk(one, isArray ? key : name, level + 1);
      if (now !== one) changed.push([name, now]);
    }
    if (changed.length === 0) return inner;
    const now: unknown = isArray ? [...(inner as unknown[])] : { ...inner };
    return Object.assign(now as object, Object.fromEntries(changed));
  };
  const renamed = walk(value, '', 0) as T;
  return tooDeep ? undefined : renamed;
}

const inNarrative = (div: string, rename: Rename): string =>
  div.replaceAll(
    /\b(href|src)=(["'])(urn:[^"'<>]{1,100})\2/g,
    (_all, name: string, quote: string, link: string) => `${name}=${quote}${rename(link, 'div')}${quote}`,
  );

/** A reference to this very server, written out in full, is one of ours. An address elsewhere in a record is no such thing. */
export const localLink =
  (base: string): Rename =>
  (link, key) =>
    key === 'reference' && link.startsWith(`${base}/`) ? link.slice(base.length + 1) : link;

/** The record with references to this server as `Type/id`; what is nested too deeply is left for the store to refuse. */
export const localized = (record: FhirRecord, base: string): FhirRecord =>
  withLinks(record, localLink(base)) ?? record;
