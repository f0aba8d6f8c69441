import type { FhirRecord } from '../../fhir/types.ts';

/** Levels of nesting that are followed at all; the store refuses less than that. */
export const deepest = 60;

/** What a text that may be a link becomes; `key` is `reference`, or `url` for the address of attached data. */
type Rename = (link: string, key: 'reference' | 'url') => string;

/**
 * `value` with every link as `rename` makes it; what holds no link that changes is the same object as before. Undefined
 * when it is nested deeper than anything that could be stored.
 */
export function withLinks<T>(value: T, rename: Rename): T | undefined {
  let tooDeep = false;
  const walk = (inner: unknown, key: string, level: number): unknown => {
    if (typeof inner === 'string') return key === 'reference' || key === 'url' ? rename(inner, key) : inner;
    if (typeof inner !== 'object' || inner === null) return inner;
    if (level >= deepest) tooDeep = true;
    if (tooDeep) return inner;
    const changed: [string, unknown][] = [];
    for (const [name, one] of Object.entries(inner)) {
      const now = walk(one, Array.isArray(inner) ? '' : name, level + 1);
      if (now !== one) changed.push([name, now]);
    }
    if (changed.length === 0) return inner;
    const now: unknown = Array.isArray(inner) ? [...(inner as unknown[])] : { ...inner };
    return Object.assign(now as object, Object.fromEntries(changed));
  };
  const renamed = walk(value, '', 0) as T;
  return tooDeep ? undefined : renamed;
}

/** A reference to this very server, written out in full, is one of ours. An extension's `url` is no such thing. */
export const localLink =
  (base: string): Rename =>
  (link, key) =>
    key === 'reference' && link.startsWith(`${base}/`) ? link.slice(base.length + 1) : link;

/** The record with references to this server as `Type/id`; what is nested too deeply is left for the store to refuse. */
export const localized = (record: FhirRecord, base: string): FhirRecord =>
  withLinks(record, localLink(base)) ?? record;
