import { Exact } from '../../kernel/exact-json.ts';
import type { Sentence } from '../../kernel/sentence.ts';

/** A JSON object whose shape has been found right. */
export type Node = Readonly<Record<string, unknown>>;

/** Where a node stands: the nearest resource (`%resource`) and the outermost one (`%rootResource`). */
export type Place = Readonly<{ resource: Node; root: Node }>;

/** An invariant of R4, as a sentence and as a test that a node of the right shape passes or not. */
export type Rule = Readonly<{ says: Sentence; holds: (it: Node, place: Place) => boolean }>;

export const rule = (ja: string, en: string, holds: Rule['holds']): Rule => ({ says: { ja, en }, holds });

export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Exact);

/** Whether an element is there, be it only with an extension (`_birthDate`). */
export const has = (it: Node, name: string): boolean =>
  it[name] !== undefined || it[`_${name}`] !== undefined;

/** Whether an element of several possible types is there: `value` as `valueString`, `valueCoding` … */
export function hasChoice(it: Node, name: string): boolean {
  for (const key of Object.keys(it)) {
    const start = key.startsWith('_') ? 1 : 0;
    const next = key.charCodeAt(start + name.length);
    if (key.startsWith(name, start) && next >= 65 && next <= 90) return true;
  }
  return false;
}

export const nodesOf = (value: unknown): readonly Node[] =>
  Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : [];

export const isDistinct = (values: readonly unknown[]): boolean => new Set(values).size === values.length;

export const hasCoding = (concepts: unknown, system: unknown, codes: readonly unknown[]): boolean =>
  nodesOf(concepts).some((concept) =>
    nodesOf(concept['coding']).some((c) => c['system'] === system && codes.includes(c['code'])),
  );

const hour = 3_600_000;

/**
 * Whether a moment is not after another. Dates may be partial (`2026`, `2026-11`) and are compared as far as both go;
 * a date next to a moment stands for that day anywhere on earth. Where it can't be told, it is not after.
 */
export function notAfter(a: unknown, b: unknown): boolean {
  if (typeof a !== 'string' || typeof b !== 'string') return true;
  if (!a.includes('T') && !b.includes('T')) {
    const length = Math.min(a.length, b.length);
    return a.slice(0, length) <= b.slice(0, length);
  }
  const earliest = a.includes('T') ? Date.parse(a) : Date.parse(a) - 14 * hour;
  const latest = b.includes('T') ? Date.parse(b) : endOf(b) + 12 * hour;
  return Number.isNaN(earliest) || Number.isNaN(latest) || earliest <= latest;
}

function endOf(date: string): number {
  const [year = 0, month, day] = date.split('-').map(Number);
  if (month === undefined) return Date.UTC(year + 1, 0, 1);
  return day === undefined ? Date.UTC(year, month, 1) : Date.UTC(year, month - 1, day + 1);
}
