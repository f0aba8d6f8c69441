import { type Arc, rangeOf } from './circulation.ts';

/** One number of the tables before publication. */
export type Secret = Readonly<{
  from: number;
  to: number;
  count: number;
  /** Small enough to point at a person: masked for its own sake. */
  secret: boolean;
  /** How wide its range must stay for an outsider once it is masked. */
  needed: number;
  /** What it costs readers not to see it. */
  cost: number;
}>;

/**
 * Which numbers to mask: the secret ones, and as few and as unimportant others as keep an outsider from working them
 * out. For a secret number whose range is too narrow, a ring of numbers through it is masked around which `widest`
 * people could be moved without any published number changing; then each number on the ring has a range that wide, so
 * masking others never opens a new hole. Such a ring always exists: the one through the totals has no limit upwards.
 * The cheapest ring is found by Dijkstra's algorithm on the network of the tables. Rings overlap, so in the end each
 * number masked for others' sake is shown again, dearest first, where no masked number suffers by it.
 * `least` is what a masked number is known to be at least.
 */
export function suppress(nodes: number, numbers: readonly Secret[], least: 0 | 1): boolean[] {
  const widest = Math.max(...numbers.map((n) => n.needed));
  const masked = numbers.map((n) => n.secret);
  const seen = () =>
    numbers.map(({ from, to, count }, i) => {
      const bounds = masked[i] === true ? { least, most: Infinity } : { least: count, most: count };
      return { from, to, flow: count, ...bounds };
    });
  const isSafe = (arcs: readonly Arc[], i: number): boolean => {
    const needed = numbers[i]?.needed ?? widest;
    const range = rangeOf(nodes, arcs, i, needed);
    return range.most - range.least >= needed;
  };

  let arcs = seen();
  numbers.forEach(({ secret }, i) => {
    if (!secret || isSafe(arcs, i)) return;
    for (const other of cheapestRing(nodes, numbers, i, masked, widest, least)) masked[other] = true;
    arcs = seen();
  });

  const spare = numbers.flatMap(({ secret, cost }, i) =>
    masked[i] === true && !secret ? [{ i, cost }] : [],
  );
  for (const { i } of spare.toSorted((a, b) => b.cost - a.cost)) {
    masked[i] = false;
    arcs = seen();
    if (!masked.every((hidden, j) => !hidden || isSafe(arcs, j))) masked[i] = true;
  }
  return masked;
}

/** The numbers that close the cheapest ring through number `index`, letting it grow by `amount`. */
function cheapestRing(
  nodes: number,
  numbers: readonly Secret[],
  index: number,
  masked: readonly boolean[],
  amount: number,
  least: number,
): number[] {
  const start = numbers[index]?.to ?? 0;
  const end = numbers[index]?.from ?? 0;
  const ways: { number: number; head: number; cost: number }[][] = Array.from({ length: nodes }, () => []);
  numbers.forEach(({ from, to, count, cost }, number) => {
    if (number === index) return;
    const price = masked[number] === true ? 0 : cost;
    ways[from]?.push({ number, head: to, cost: price });
    if (count - least >= amount) ways[to]?.push({ number, head: from, cost: price });
  });
  const best = Array.from({ length: nodes }, () => Infinity);
  const came: ({ number: number; before: number } | undefined)[] = Array.from({ length: nodes });
  const open = new Set([start]);
  best[start] = 0;
  while (open.size > 0) {
    const node = [...open].reduce((a, b) => ((best[b] ?? Infinity) < (best[a] ?? Infinity) ? b : a));
    if (node === end) break;
    open.delete(node);
    for (const way of ways[node] ?? []) {
      const cost = (best[node] ?? Infinity) + way.cost;
      if (cost >= (best[way.head] ?? Infinity)) continue;
      best[way.head] = cost;
      came[way.head] = { number: way.number, before: node };
      open.add(way.head);
    }
  }
  const ring: number[] = [];
  for (let step = came[end]; step !== undefined; step = came[step.before]) ring.push(step.number);
  return ring;
}
