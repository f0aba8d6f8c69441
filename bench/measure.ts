/** One thing that is done over and over. `prepare` makes what one worker needs; what it returns does it once. */
export type Step = Readonly<{
  name: string;
  /** Resolves to whether it went as it should. */
  prepare: (worker: number) => Promise<Readonly<{ once: () => Promise<boolean>; close?: () => void }>>;
}>;

export type Measured = Readonly<{
  name: string;
  clients: number;
  /** A second. */
  rate: number;
  /** Milliseconds. */
  p50: number;
  p95: number;
  p99: number;
  errors: number;
  /** CPU milliseconds of the server's and of the database's processes for each. */
  cpu: readonly [node: number | undefined, database: number | undefined];
}>;

type Meters = Readonly<{ node: () => number | undefined; database: () => Promise<number | undefined> }>;

/** Does a step with so many workers at once: a fifth of the time to warm up, then `seconds` that count. */
export async function measure(
  step: Step,
  clients: number,
  seconds: number,
  meters: Meters,
): Promise<Measured> {
  const workers = await Promise.all(Array.from({ length: clients }, (_, i) => step.prepare(i)));
  const times: number[] = [];
  let errors = 0;
  const until = async (end: number, counted: boolean): Promise<void> => {
    await Promise.all(
      workers.map(async ({ once }) => {
        while (performance.now() < end) {
          const started = performance.now();
          const good = await once().catch(() => false);
          if (!counted) continue;
          times.push(performance.now() - started);
          if (!good) errors += 1;
        }
      }),
    );
  };
  await until(performance.now() + Math.max(300, seconds * 200), false);
  const [node, database] = [meters.node(), await meters.database()];
  const started = performance.now();
  await until(started + seconds * 1000, true);
  const took = (performance.now() - started) / 1000;
  const used = [since(node, meters.node()), since(database, await meters.database())] as const;
  for (const { close } of workers) close?.();
  times.sort((a, b) => a - b);
  const at = (share: number): number =>
    times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return {
    name: step.name,
    clients,
    rate: times.length / took,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    errors,
    cpu: [each(used[0], times.length), each(used[1], times.length)],
  };
}

const since = (before: number | undefined, now: number | undefined): number | undefined =>
  before === undefined || now === undefined ? undefined : now - before;
const each = (total: number | undefined, count: number): number | undefined =>
  total === undefined || count === 0 ? undefined : total / count;

export function markdown(rows: readonly Measured[]): string {
  const head = [
    '| step | clients | requests/s | p50 ms | p95 ms | p99 ms | errors | CPU ms each: node | database |',
    '|---|--:|--:|--:|--:|--:|--:|--:|--:|',
  ];
  const lines = rows.map((r) =>
    [
      '',
      r.name,
      String(r.clients),
      number(r.rate),
      number(r.p50),
      number(r.p95),
      number(r.p99),
      String(r.errors),
      number(r.cpu[0]),
      number(r.cpu[1]),
      '',
    ]
      .join(' | ')
      .trim(),
  );
  return [...head, ...lines].join('\n');
}

const usualMark = '<!-- bench -->';

/** The document with what was measured now between its two marks. */
export function withReport(document: string, found: string, mark = usualMark): string {
  const [before, , after, ...more] = document.split(mark);
  if (after === undefined || more.length > 0) throw new Error(`The report needs two marks ${mark}.`);
  return `${before ?? ''}${mark}\n\n${found}\n\n${mark}${after}`;
}

const number = (n: number | undefined): string =>
  n === undefined ? '' : n >= 100 ? n.toFixed(0) : n >= 10 ? n.toFixed(1) : n.toFixed(2);
