import { isNode, type Node } from './rule.ts';

/**
 * The id of a contained resource that leads back to itself, by way of others or not; undefined where there is none. A
 * reference to the resource around them (`#`) is no way.
 */
export function circleIn(contained: readonly unknown[]): string | undefined {
  const ways = new Map<string, string[]>();
  for (const one of contained)
    if (isNode(one) && typeof one['id'] === 'string') ways.set(one['id'], localLinks(one));
  const done = new Set<string>();
  const open = new Set<string>();
  const walk = (id: string): string | undefined => {
    if (open.has(id)) return id;
    if (done.has(id)) return undefined;
    open.add(id);
    for (const next of ways.get(id) ?? []) {
      const circle = walk(next);
      if (circle !== undefined) return circle;
    }
    open.delete(id);
    done.add(id);
    return undefined;
  };
  for (const id of ways.keys()) {
    const circle = walk(id);
    if (circle !== undefined) return circle;
  }
  return undefined;
}

/** Ids that `#id` references in it name; what is nested beyond anything that is stored is not followed. */
function localLinks(it: Node): string[] {
  const found: string[] = [];
  const walk = (value: unknown, level: number): void => {
    if (typeof value !== 'object' || value === null || level > 60) return;
    for (const [key, inner] of Object.entries(value))
      if (key === 'reference' && typeof inner === 'string') {
        if (inner.startsWith('#') && inner.length > 1) found.push(inner.slice(1));
      } else walk(inner, level + 1);
  };
  walk(it, 0);
  return found;
}
