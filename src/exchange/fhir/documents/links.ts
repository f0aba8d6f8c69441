import { isNode } from '../../../fhir/definitions/rule.ts';
import type { Document, DocumentEntry } from './envelope.ts';

/**
 * A record of a document with its references as they are here (`here`: `Type/id`). What leads to an entry that is no record
 * here keeps the words for it alone; the document itself is kept, so that nothing is lost.
 */
export function relinked(
  entry: DocumentEntry,
  follow: Document['follow'],
  here: (entry: DocumentEntry) => string | undefined,
): DocumentEntry['resource'] {
  const walk = (it: unknown): unknown => {
    if (Array.isArray(it)) return it.map(walk);
    if (!isNode(it)) return it;
    return Object.fromEntries(
      Object.entries(it).flatMap(([key, inner]): [string, unknown][] => {
        if ((key !== 'reference' && key !== 'url') || typeof inner !== 'string') return [[key, walk(inner)]];
        const target = follow(entry, inner);
        if (!target) return [[key, inner]];
        const local = here(target);
        if (local !== undefined) return [[key, local]];
        return key === 'url' || 'display' in it ? [] : [['display', wordsFor(target)]];
      }),
    );
  };
  return walk(entry.resource) as DocumentEntry['resource'];
}

/** What an entry is called: its own words for itself, else its type. */
function wordsFor({ resource }: DocumentEntry): string {
  const [name] = [resource['name']].flat();
  const [code] = [resource['code']].flat();
  const said = [
    typeof name === 'string' ? name : isNode(name) ? name['text'] : undefined,
    isNode(code) ? code['text'] : undefined,
  ].find((one) => typeof one === 'string' && one !== '');
  return typeof said === 'string' ? said.slice(0, 200) : resource.resourceType;
}
