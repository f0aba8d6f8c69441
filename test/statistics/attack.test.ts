import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { exposed, feasibleRange } from '../../src/statistics/audit.ts';
import { protect, protectTogether, showNothing } from '../../src/statistics/disclosure.ts';
import type { Masked, Place, Protected } from '../../src/statistics/linked.ts';
import { listOf, tableOf } from './tables.ts';

/** Counts as they are in life: many zeros and small ones, some large. */
const lifelike = fc.oneof(
  { weight: 3, arbitrary: fc.constant(0) },
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 9 }) },
  { weight: 3, arbitrary: fc.integer({ min: 10, max: 60 }) },
  { weight: 1, arbitrary: fc.integer({ min: 61, max: 3000 }) },
);
/** A young program in a small place: hardly anybody anywhere. */
const sparse = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 12 }));
const grid = (most: number) =>
  fc
    .tuple(
      fc.integer({ min: 1, max: most }),
      fc.integer({ min: 1, max: most }),
      fc.constantFrom(lifelike, lifelike, sparse),
    )
    .chain(([rows, columns, count]) =>
      fc.array(fc.array(count, { minLength: columns, maxLength: columns }), {
        minLength: rows,
        maxLength: rows,
      }),
    );

type Counts = readonly (readonly number[])[];
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const columnSums = (counts: Counts) => (counts[0] ?? []).map((_, c) => sum(counts.map((row) => row[c] ?? 0)));

/** Every number of the table next to its truth. */
const numbers = (table: Protected, counts: Counts): { place: Place; masked: Masked; truth: number }[] => {
  const totals = counts.map((row) => sum(row));
  const missing: Masked = { kind: 'masked' };
  return [
    ...counts.flatMap((line, row) =>
      line.map((truth, column) => {
        const place: Place = { kind: 'cell', row, column };
        return { place, masked: table.cells[row]?.[column] ?? missing, truth };
      }),
    ),
    ...totals.map((truth, row) => {
      return { place: { kind: 'row', row } as const, masked: table.rowTotals[row] ?? missing, truth };
    }),
    ...columnSums(counts).map((truth, column) => {
      return {
        place: { kind: 'column', column } as const,
        masked: table.columnTotals[column] ?? missing,
        truth,
      };
    }),
    { place: { kind: 'total' }, masked: table.total, truth: sum(totals) },
  ];
};

test('whatever is shown is true, no small count is shown and no zero is hidden', () => {
  fc.assert(
    fc.property(grid(8), (counts) => {
      for (const { masked, truth } of numbers(protect(tableOf(counts), { threshold: 10 }), counts)) {
        if (masked.kind === 'shown') expect(masked.value).toBe(truth);
        if (truth === 0) expect(masked.kind).toBe('shown');
        if (truth > 0 && truth < 10) expect(masked.kind).toBe('masked');
      }
    }),
    { numRuns: 300 },
  );
});

test('an outsider who solves for the greatest and least of every masked number never gets closer than ten', () => {
  fc.assert(
    fc.property(grid(7), (counts) => {
      const table = protect(tableOf(counts), { threshold: 10 });
      expect(exposed([table])).toEqual([]);
      for (const { place, masked, truth } of numbers(table, counts)) {
        const range = feasibleRange(table, place);
        expect(range.least).toBeLessThanOrEqual(truth);
        expect(range.most).toBeGreaterThanOrEqual(truth);
        expect(range.most - range.least >= 10).toBe(masked.kind === 'masked');
      }
    }),
    { numRuns: 300 },
  );
});

/** All tables of that shape whose counts add up to exactly `left`, one after another in the same array. */
function* fillings(cells: number, left: number, begun: number[] = []): Generator<number[]> {
  if (begun.length === cells - 1) {
    yield [...begun, left];
    return;
  }
  for (let n = 0; n <= left; n += 1) yield* fillings(cells, left - n, [...begun, n]);
}

/** Tries every table there is, without a word of our own mathematics, and keeps those that look the same in print. */
function bruteForce(table: Protected, counts: Counts, mostPeople: number): Map<string, Set<number>> {
  const [rows, columns] = [counts.length, counts[0]?.length ?? 0];
  const seen = new Map<string, Set<number>>();
  const sums =
    table.total.kind === 'shown' ? [table.total.value] : Array.from({ length: mostPeople + 1 }, (_, i) => i);
  for (const people of sums)
    for (const flat of fillings(rows * columns, people)) {
      const guess = Array.from({ length: rows }, (_, r) => flat.slice(r * columns, (r + 1) * columns));
      const looks = numbers(table, guess);
      const fits = looks.every(({ masked, truth }) =>
        masked.kind === 'shown' ? masked.value === truth : truth > 0,
      );
      if (!fits) continue;
      for (const { place, truth } of looks) {
        const at = JSON.stringify(place);
        seen.set(at, (seen.get(at) ?? new Set()).add(truth));
      }
    }
  return seen;
}

const shapes = fc.constantFrom<[number, number]>([1, 3], [2, 2], [2, 3], [3, 2], [4, 1]);
const small = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 3 }));
const smallGrid = shapes.chain(([rows, columns]) =>
  fc.array(fc.array(small, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }),
);

test('trying every possible table leaves each masked number at least as many values as the threshold asks', () => {
  fc.assert(
    fc.property(smallGrid, fc.integer({ min: 2, max: 4 }), (counts, threshold) => {
      const table = protect(tableOf(counts), { threshold });
      const mostPeople = sum(counts.map((row) => sum(row))) + threshold;
      const possible = bruteForce(table, counts, mostPeople);
      for (const { place, masked } of numbers(table, counts)) {
        const values = possible.get(JSON.stringify(place)) ?? new Set();
        if (masked.kind === 'masked') expect(values.size).toBeGreaterThan(threshold);
        if (table.total.kind === 'masked') continue;
        const range = feasibleRange(table, place);
        expect([Math.min(...values), Math.max(...values)]).toEqual([range.least, range.most]);
      }
    }),
    { numRuns: 300 },
  );
});

test('lists and tables of the same people, read side by side, give no more away than each alone', () => {
  fc.assert(
    fc.property(grid(4), grid(4), (first, second) => {
      const rows = first.map((row) => sum(row));
      const columns = columnSums(second);
      const people = [sum(rows), sum(columns)];
      const missing = Math.abs((people[0] ?? 0) - (people[1] ?? 0));
      const [short, long] = (people[0] ?? 0) < (people[1] ?? 0) ? [first, second] : [second, first];
      const evened = short.map((row, i) => row.map((n, j) => (i + j === 0 ? n + missing : n)));
      const given = [
        tableOf(evened),
        tableOf(long),
        listOf(columnSums(long)),
        listOf(evened.map((row) => sum(row))),
      ];
      const tables = protectTogether(given, { threshold: 10 });
      expect(new Set(tables.map((t) => t.total.kind)).size).toBe(1);
      expect(exposed(tables)).toEqual([]);
      for (const table of tables) expect(exposed([table])).toEqual([]);
    }),
    { numRuns: 150 },
  );
});

test('rows of which nothing is shown, and rows with a higher threshold, hold against the same attack', () => {
  const tiers = fc.constantFrom(10, 20, showNothing);
  fc.assert(
    fc.property(grid(6), fc.array(tiers, { minLength: 6, maxLength: 6 }), (counts, thresholds) => {
      const thresholdOf = (row: string) => thresholds[Number(row.slice(1))] ?? 10;
      const table = protect({ ...tableOf(counts), thresholdOf }, { threshold: 10 });
      expect(exposed([table])).toEqual([]);
      counts.forEach((row, r) => {
        if (thresholds[r] === showNothing)
          for (const cell of table.cells[r] ?? []) expect(cell).toEqual({ kind: 'masked' });
        row.forEach((n, c) => {
          if (n > 0 && n < (thresholds[r] ?? 10)) expect(table.cells[r]?.[c]).toEqual({ kind: 'masked' });
        });
      });
    }),
    { numRuns: 200 },
  );
});

test('a table of fifteen by fifteen keeps its grand total and passes the audit', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(lifelike, { minLength: 15, maxLength: 15 }), { minLength: 15, maxLength: 15 }),
      (counts) => {
        const table = protect(tableOf(counts), { threshold: 10 });
        expect(table.total.kind).toBe('shown');
        expect(exposed([table])).toEqual([]);
      },
    ),
    { numRuns: 10 },
  );
});
