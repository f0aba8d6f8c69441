import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { exposed } from '../../src/statistics/audit.ts';
import { cross, type Crossed } from '../../src/statistics/crossed.ts';
import { protectList, protectTogether } from '../../src/statistics/disclosure.ts';
import type { Masked, Protected } from '../../src/statistics/linked.ts';

type Person = Readonly<{ place: number; chosen: readonly number[] }>;
const ten = { threshold: 10 };
const named = (kind: string, count: number) => Array.from({ length: count }, (_, i) => `${kind}${String(i)}`);

/** Everything that is published of these people: how many there are by place, by column, and what is crossed. */
function publish(
  people: readonly Person[],
  shape: { places: number; columns: number },
  choose: 'one' | 'some' | 'any',
) {
  const [rows, columns] = [named('p', shape.places), named('c', shape.columns)];
  const at = (place: string) => people.filter((one) => one.place === rows.indexOf(place));
  const count = (place: string, column: string) =>
    at(place).filter(({ chosen }) => chosen.includes(columns.indexOf(column))).length;
  const counts = (column: string) => rows.reduce((all, place) => all + count(place, column), 0);
  const base = protectTogether([{ rows, counts: (place: string) => at(place).length }], ten)[0] as Protected;
  const whole = choose === 'one' ? undefined : protectList({ rows: columns, counts }, ten);
  const crossed = cross({
    base,
    people: new Map(rows.map((place) => [place, at(place).length])),
    columns,
    count,
    choose,
    ...(whole === undefined ? {} : { whole }),
  });
  /** The truth at a place, or at those that are hidden together. */
  const countAt = (found: Crossed, row: number, column: string): number => {
    const place = found.places[row];
    const meant = place === undefined ? rows.filter((one) => !found.places.includes(one)) : [place];
    return meant.reduce((all, one) => all + count(one, column), 0);
  };
  return { whole, crossed, count, countAt, at };
}

const crowd = (most: number) =>
  fc
    .record({ places: fc.integer({ min: 1, max: 4 }), columns: fc.integer({ min: 2, max: 5 }) })
    .chain((shape) =>
      fc.record({
        shape: fc.constant(shape),
        people: fc.array(
          fc.record({
            // Some places are small, some choices rare.
            place: fc.oneof(
              { weight: 3, arbitrary: fc.constant(0) },
              fc.integer({ min: 0, max: shape.places - 1 }),
            ),
            chosen: fc.uniqueArray(fc.integer({ min: 0, max: shape.columns - 1 }), {
              minLength: 1,
              maxLength: 3,
            }),
          }),
          { minLength: Math.floor(most / 3), maxLength: most },
        ),
      }),
    );

const value = (one: Masked | undefined): number | undefined =>
  one?.kind === 'shown' ? one.value : undefined;
/** How many people a reader knows to be at each place, the places whose number is hidden together as the last. */
const known = ({ people, everybody }: Crossed): number[] => {
  const rest = everybody - people.reduce((all, one) => all + one, 0);
  return rest > 0 ? [...people, rest] : [...people];
};

const isFew = (count: number): boolean => count > 0 && count < 10;

/** How far apart the least and the most are that the hidden count of a place can be, where all counts add up to `all`. */
function rangeAmong(
  people: readonly number[],
  cells: readonly (number | undefined)[],
  all: number,
  row: number,
): number {
  const left = cells.reduce<number>((rest, cell) => rest - (cell ?? 0), all);
  const others = people.filter((_, i) => i !== row && cells[i] === undefined).reduce((a, b) => a + b, 0);
  return Math.min(people[row] ?? 0, left) - Math.max(0, left - others);
}

describe('figures of places beside those of the whole', () => {
  test('give nothing that is hidden back to whoever subtracts places from the whole', () => {
    let told = 0;
    fc.assert(
      fc.property(
        crowd(120),
        fc.constantFrom('some' as const, 'any' as const),
        ({ shape, people }, choose) => {
          const { crossed, whole, countAt } = publish(people, shape, choose);
          if (crossed === undefined) return;
          crossed.columns.forEach((_, c) => {
            const cells = crossed.cells.map((row) => value(row[c]));
            const all = value(whole?.rowTotals[c]);
            // What the list hides is told of no place either.
            if (all === undefined || crossed.whole[c]?.kind === 'masked') {
              expect(cells.every((one) => one === undefined)).toBe(true);
              return;
            }
            told += cells.filter((one) => one !== undefined).length;
            const there = known(crossed);
            there.forEach((most, row) => {
              const truth = countAt(crossed, row, crossed.columns[c] ?? '');
              if (cells[row] !== undefined || !(isFew(truth) || isFew(most - truth))) return;
              expect(rangeAmong(there, cells, all, row)).toBeGreaterThanOrEqual(10);
            });
          });
        },
      ),
      { numRuns: 300 },
    );
    expect(told).toBeGreaterThan(100);
  });

  test('of one answer a person hold against whoever solves for the least and greatest of each', () => {
    let told = 0;
    fc.assert(
      fc.property(crowd(160), ({ shape, people }) => {
        const once = people.map(({ place, chosen }) => ({ place, chosen: chosen.slice(0, 1) }));
        const { crossed, countAt } = publish(once, shape, 'one');
        if (crossed === undefined) return;
        const rows = known(crossed);
        const hidden: Masked = { kind: 'masked' };
        const asRead: Protected = {
          rows: rows.map(String),
          columns: [...crossed.columns, ''],
          cells: rows.map((_, r) => [
            ...crossed.columns.map((__, c) => crossed.cells[r]?.[c] ?? hidden),
            hidden,
          ]),
          rowTotals: rows.map((n) => ({ kind: 'shown', value: n })),
          columnTotals: [...crossed.whole, hidden],
          total: { kind: 'shown', value: crossed.everybody },
          threshold: 10,
          // Zeros are hidden, too.
          rowThresholds: rows.map(() => Infinity),
        };
        told += asRead.cells.flat().filter(({ kind }) => kind === 'shown').length;
        // A zero may be worked out, and whatever is ten or more; nothing between.
        const few = exposed([asRead]).filter(({ place }) => {
          const column = 'column' in place ? crossed.columns[place.column] : undefined;
          if (column === undefined) return false;
          const all = rows.map((_, r) => countAt(crossed, r, column));
          return isFew('row' in place ? (all[place.row] ?? 0) : all.reduce((a, b) => a + b, 0));
        });
        expect(few).toEqual([]);
      }),
      { numRuns: 200 },
    );
    expect(told).toBeGreaterThan(100);
  });

  test('are true, never under ten, and never leave fewer than ten who did not choose', () => {
    fc.assert(
      fc.property(crowd(160), ({ shape, people }) => {
        const { crossed, count, at } = publish(people, shape, 'any');
        crossed?.places.forEach((place, r) => {
          crossed.columns.forEach((column, c) => {
            const shown = value(crossed.cells[r]?.[c]);
            if (shown === undefined) return;
            expect(shown).toBe(count(place, column));
            expect(shown).toBeGreaterThanOrEqual(10);
            const others = at(place).length - shown;
            expect(others === 0 || others >= 10).toBe(true);
          });
        });
      }),
      { numRuns: 200 },
    );
  });
});
