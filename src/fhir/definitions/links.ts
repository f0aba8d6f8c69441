import type { Node } from './rule.ts';

const Literal =
  /^(?:https?:\/\/[^\s?#]+\/)?([A-Z][A-Za-z]+)\/[A-Za-z0-9\-.]{1,64}(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$/;
const Search = /^([A-Z][A-Za-z]+)\?\S+$/;
const Elsewhere = /^(?:#|urn:(?:uuid|oid):|https?:\/\/)/;

export type LinkFault = Readonly<{ at: 'reference' | 'type'; kind: 'form' | 'target'; given: string }>;

/**
 * What is wrong with a Reference: text that is no reference, a type that does not exist, or one that this element may
 * not lead to. Local (`#id`), `urn:` and foreign addresses say no type and pass; whether the record is there, the
 * store finds out.
 */
export function linkFault(
  link: Node,
  targets: ReadonlySet<string> | undefined,
  known: ReadonlySet<string>,
): LinkFault | undefined {
  const { reference, type } = link;
  const may = (to: string): boolean => known.has(to) && (targets === undefined || targets.has(to));
  let literal: string | undefined;
  if (typeof reference === 'string') {
    literal = (Literal.exec(reference) ?? Search.exec(reference))?.[1];
    const isForeign = reference.startsWith('http');
    if (literal === undefined && !Elsewhere.test(reference))
      return { at: 'reference', kind: 'form', given: reference };
    // A foreign address may end like "Type/id" by chance, so there an unknown type says nothing.
    if (literal !== undefined && isForeign && !known.has(literal)) literal = undefined;
    if (literal !== undefined && !may(literal)) return { at: 'reference', kind: 'target', given: literal };
  }
  if (typeof type === 'string' && ((literal !== undefined && literal !== type) || !may(type)))
    return { at: 'type', kind: 'target', given: type };
  return undefined;
}
