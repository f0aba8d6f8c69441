import { RE2JS } from 're2js';

const known = new Map<string, RE2JS | undefined>();

/**
 * A regular expression that a form brings along, read by RE2, which takes a time in proportion to the text whatever the
 * expression is. Undefined for one that is no expression, is too long, or uses what RE2 lacks (looking ahead or back).
 */
export function boundedRegex(source: string): RE2JS | undefined {
  if (source.length > 500) return undefined;
  if (!known.has(source)) {
    if (known.size > 500) known.clear();
    known.set(source, compiled(source));
  }
  return known.get(source);
}

function compiled(source: string): RE2JS | undefined {
  try {
    return RE2JS.compile(source);
  } catch {
    return undefined;
  }
}

/** Whether the whole text fits. */
export const fitsRegex = (source: string, text: string): boolean =>
  boundedRegex(source)?.matches(text) ?? false;
