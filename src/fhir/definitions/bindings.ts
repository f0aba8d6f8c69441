import { isNode, nodesOf, type Node } from './rule.ts';
import type { CodeSet } from './table.ts';

/**
 * Whether a code, a Coding or a CodeableConcept is within a required binding: of a concept, one coding must be; its
 * words alone are not enough.
 */
export function isAllowed(value: unknown, codes: CodeSet): boolean {
  if (typeof value === 'string') return codes.all.has(value);
  if (!isNode(value)) return true;
  return codingsOf(value).some((coding) =>
    codes.of.get(String(coding['system']))?.has(String(coding['code'])),
  );
}

const codingsOf = (value: Node): readonly Node[] =>
  value['code'] === undefined ? nodesOf(value['coding']) : [value];

const word = (text: unknown): string => (typeof text === 'string' ? text : '');

/** The given code as a person would write it: `system|code`, or the words of a concept. */
export function writtenCode(value: unknown): string {
  if (typeof value === 'string') return value;
  const given = isNode(value) ? value : {};
  const [coding] = codingsOf(given);
  return coding ? `${word(coding['system'])}|${word(coding['code'])}` : word(given['text']);
}

/** The allowed codes, the first twenty of a long list. */
export function listedCodes(codes: CodeSet): string {
  const all = [...codes.all];
  return `${all.slice(0, 20).join(', ')}${all.length > 20 ? ' …' : ''}`;
}
