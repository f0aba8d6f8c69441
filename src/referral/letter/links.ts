import { isId } from '../../fhir/references.ts';
import { letterWords as words } from './text.ts';

const local = /^([A-Z][A-Za-z]+)\/([0-9a-f-]{36})$/;

/**
 * A record with references to other entries of the document as the `urn:uuid` that their ids are. What leads to a record
 * that is not in the document keeps its words alone, so that nothing dangles and no id of it is told.
 */
export function withinDocument<T>(value: T, inside: ReadonlySet<string>): T {
  const walk = (it: unknown): unknown => {
    if (Array.isArray(it)) return it.map(walk);
    if (typeof it !== 'object' || it === null) return it;
    return Object.fromEntries(
      Object.entries(it).flatMap(([key, inner]): [string, unknown][] => {
        if ((key !== 'reference' && key !== 'url') || typeof inner !== 'string') return [[key, walk(inner)]];
        const [, type = '', id = ''] = local.exec(inner) ?? [];
        if (!isId(id)) return [[key, inner]];
        if (inside.has(id)) return [[key, `urn:uuid:${id}`]];
        return key === 'url' || 'display' in it ? [] : [['display', `${type}（${words.notHere}）`]];
      }),
    );
  };
  return walk(value) as T;
}
