/**
 * A table with totals is a circulation: people flow from the entrance through their row, their cell and their column to
 * the exit and back, and what enters a node leaves it. What an outsider can work out about one number is then the least
 * and the most flow its arc can carry, which is exact: such networks have whole-number extremes (Gusfield, "A graph
 * theoretic approach to statistical data security", SIAM J. Comput. 17, 1988).
 */
export type Arc = Readonly<{
  from: number;
  to: number;
  flow: number;
  /** What a reader knows of it: a published number has least = most = flow. */
  least: number;
  most: number;
}>;

export type Range = Readonly<{ least: number; most: number }>;

/**
 * The values the arc's flow can take while all others stay within what is known of them. `arcs` must be in balance.
 * With `enough`, the search stops once the range is known to be that wide, and the answer may be narrower than the truth.
 */
export function rangeOf(nodes: number, arcs: readonly Arc[], index: number, enough = Infinity): Range {
  const { from, to, flow, least, most } = at(arcs, index);
  const others = arcs.filter((_, i) => i !== index);
  const up = push(nodes, others, to, from, Math.min(most - flow, enough)).pushed;
  const missing = enough === Infinity ? Infinity : enough - up;
  const down = push(nodes, others, from, to, Math.min(flow - least, missing)).pushed;
  return { least: flow - down, most: flow + up };
}

/**
 * Gives every arc a flow between its least and its most such that each node is in balance: one table that an outsider
 * may take for the true one. Undefined when there is none, that is, when the published numbers contradict each other.
 */
export function balance(nodes: number, arcs: readonly Omit<Arc, 'flow'>[]): Arc[] | undefined {
  const started = arcs.map((arc) => ({ ...arc, flow: arc.least }));
  const surplus = new Float64Array(nodes);
  for (const { from, to, flow } of started) {
    surplus[from] = (surplus[from] ?? 0) - flow;
    surplus[to] = (surplus[to] ?? 0) + flow;
  }
  const [source, sink] = [nodes, nodes + 1];
  const supplies = [...surplus].map((extra, node) =>
    extra > 0
      ? { from: source, to: node, flow: 0, least: 0, most: extra }
      : { from: node, to: sink, flow: 0, least: 0, most: -extra },
  );
  const wanted = [...surplus].reduce((sum, extra) => sum + Math.max(0, extra), 0);
  const { pushed, flows } = push(nodes + 2, [...started, ...supplies], source, sink, wanted);
  return pushed < wanted ? undefined : started.map((arc, i) => ({ ...arc, flow: flows[i] ?? 0 }));
}

/** The most that can be sent from `start` to `end` on top of the present flows, up to `limit`, along shortest ways first. */
function push(nodes: number, arcs: readonly Arc[], start: number, end: number, limit: number) {
  const flows = Float64Array.from(arcs, (arc) => arc.flow);
  const ways: number[][] = Array.from({ length: nodes }, () => []);
  arcs.forEach((arc, i) => {
    if (arc.least === arc.most) return;
    ways[arc.from]?.push(2 * i);
    ways[arc.to]?.push(2 * i + 1);
  });
  /** Ways are arcs with a direction: even runs along the arc and adds, odd runs against it and takes away. */
  const room = (way: number): number => {
    const arc = at(arcs, way >> 1);
    const flow = flows[way >> 1] ?? 0;
    return way % 2 === 0 ? arc.most - flow : flow - arc.least;
  };
  const ends = (way: number) => {
    const arc = at(arcs, way >> 1);
    return way % 2 === 0 ? { tail: arc.from, head: arc.to } : { tail: arc.to, head: arc.from };
  };
  let pushed = 0;
  while (pushed < limit) {
    const trail = route(nodes, ways, start, end, room, (way) => ends(way).head);
    if (trail === undefined) break;
    const amount = Math.min(limit - pushed, ...trail.map(room));
    if (amount === Infinity) return { pushed: Infinity, flows };
    for (const way of trail) flows[way >> 1] = (flows[way >> 1] ?? 0) + (way % 2 === 0 ? amount : -amount);
    pushed += amount;
  }
  return { pushed, flows };
}

/** The ways of a shortest route with room left, or undefined. */
function route(
  nodes: number,
  ways: readonly (readonly number[])[],
  start: number,
  end: number,
  room: (way: number) => number,
  head: (way: number) => number,
): number[] | undefined {
  const came: ({ way: number; before: number } | undefined)[] = Array.from({ length: nodes });
  const queue = [start];
  for (const node of queue) {
    for (const way of ways[node] ?? []) {
      const next = head(way);
      if (next === start || came[next] !== undefined || room(way) <= 0) continue;
      came[next] = { way, before: node };
      if (next === end) return walkBack(came, start, end);
      queue.push(next);
    }
  }
  return undefined;
}

function walkBack(
  came: readonly ({ way: number; before: number } | undefined)[],
  start: number,
  end: number,
): number[] {
  const trail: number[] = [];
  for (let node = end; node !== start;) {
    const step = at(came, node);
    if (step === undefined) break;
    trail.push(step.way);
    node = step.before;
  }
  return trail;
}

function at<T>(list: readonly T[], index: number): T {
  if (index < 0 || index >= list.length) throw new RangeError(`no arc or node ${String(index)}`);
  return list[index] as T;
}
