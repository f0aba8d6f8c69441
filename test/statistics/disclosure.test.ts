import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { exposed, feasibleRange } from '../../src/statistics/audit.ts';
import {
  explainMask,
  protect,
  protectedMedian,
  protectedShare,
  protectList,
  protectTogether,
  showMasked,
  showNothing,
  thresholdFor,
} from '../../src/statistics/disclosure.ts';
import type { Masked } from '../../src/statistics/linked.ts';
import { listOf, picture, tableOf } from './tables.ts';

const ten = { threshold: 10 };
const shown = (value: number): Masked => ({ kind: 'shown', value });

test('a count of one to nine people is never shown, zero and ten are', () => {
  for (let count = 0; count <= 12; count += 1) {
    const { rowTotals } = protectList(listOf([count, 400, 300]), ten);
    expect(rowTotals[0]?.kind).toBe(count >= 1 && count <= 9 ? 'masked' : 'shown');
  }
});

test('a single small count in a list takes the second smallest with it, so that the total does not give it away', () => {
  expect(picture(protectList(listOf([3, 50, 20, 0, 400]), ten))).toBe('- 50 - 0 400 | 473');
});

test('two small counts that together are under the limit take a third one with them', () => {
  expect(picture(protectList(listOf([3, 4, 50, 90]), ten))).toBe('- - - 90 | 147');
});

test('two small counts that hide each other well need no third one', () => {
  expect(picture(protectList(listOf([8, 7, 50]), ten))).toBe('- - 50 | 65');
});

test('a list of fewer than ten people shows nothing but its zeros', () => {
  expect(picture(protectList(listOf([3, 0, 4]), ten))).toBe('- 0 - | -');
});

test('one count of ten beside one of five is hidden too, and the total with it if need be', () => {
  const list = protectList(listOf([5, 10]), ten);
  expect(list.rowTotals[0]).toEqual({ kind: 'masked' });
  expect(exposed([list])).toEqual([]);
});

test('in the table of the ministry’s worked example four cells make a rectangle and every total stays', () => {
  const table = tableOf([
    [11, 12, 36],
    [2, 305, 995],
    [26, 55, 34],
  ]);
  expect(picture(protect(table, ten))).toBe(
    ['- - 36 | 59', '- - 995 | 1302', '26 55 34 | 115', '39 372 1065 | 1476'].join('\n'),
  );
});

test('a reader who knows the row of a masked cell works it out, and the audit says so', () => {
  const leaking = {
    rows: ['a'],
    columns: ['x', 'y'],
    cells: [[{ kind: 'masked' } as const, shown(20)]],
    rowTotals: [shown(24)],
    columnTotals: [{ kind: 'masked' } as const, shown(20)],
    total: shown(24),
    threshold: 10,
    rowThresholds: [10],
  };
  expect(feasibleRange(leaking, { kind: 'cell', row: 0, column: 0 })).toEqual({ least: 4, most: 4 });
  expect(exposed([leaking])).toHaveLength(2);
  expect(() => feasibleRange({ ...leaking, total: shown(25) }, { kind: 'total' })).toThrow('contradict');
});

test('the audit gives the exact range of a masked cell and says where nothing bounds it', () => {
  const open = protectList(listOf([8, 7, 50]), ten);
  expect(feasibleRange(open, { kind: 'row', row: 0 })).toEqual({ least: 1, most: 14 });
  expect(feasibleRange(open, { kind: 'row', row: 2 })).toEqual({ least: 50, most: 50 });
  const closed = protectList(listOf([3, 4]), ten);
  expect(feasibleRange(closed, { kind: 'total' })).toEqual({ least: 2, most: Infinity });
  expect(() => feasibleRange(open, { kind: 'row', row: 9 })).toThrow(RangeError);
});

test('the audit finds how small a number can be even where nothing says how large', () => {
  const table = protect(
    tableOf([
      [1, 0],
      [1, 1],
      [8, 4],
      [0, 1],
    ]),
    ten,
  );
  expect(table.columnTotals[0]).toEqual({ kind: 'masked' });
  expect(feasibleRange(table, { kind: 'column', column: 0 })).toEqual({ least: 3, most: Infinity });
});

test('small municipalities are shown from twenty up, the smallest not at all', () => {
  expect([1_999, 2_000, 24_999, 25_000].map(thresholdFor)).toEqual([showNothing, 20, 20, 10]);
  const thresholds: Record<string, number> = { r0: 10, r1: 20, r2: showNothing };
  const table = tableOf([
    [15, 200, 300],
    [15, 250, 0],
    [0, 90, 40],
  ]);
  const small = protect({ ...table, thresholdOf: (row) => thresholds[row] ?? 10 }, ten);
  expect(small.cells[1]?.[0]?.kind).toBe('masked');
  expect(small.cells[1]?.[2]).toEqual({ kind: 'shown', value: 0 });
  expect([...(small.cells[2] ?? []), small.rowTotals[2]].map((m) => m?.kind)).toEqual(
    Array(4).fill('masked'),
  );
  expect(small.total.kind).toBe('shown');
  expect(exposed([small])).toEqual([]);
  expect(picture(protectList(listOf([500, 0]), { threshold: showNothing }))).toBe('- - | -');
});

test('a total that one list must hide is not given away by another list of the same people', () => {
  const byArea = listOf([4, 5]);
  const byAge = listOf([9, 0]);
  const [area, age] = protectTogether([byArea, byAge], ten);
  expect([area?.total.kind, age?.total.kind]).toEqual(['masked', 'masked']);
  expect(() => protectTogether([byArea, listOf([1])], ten)).toThrow('differ');
});

test('the same counts always give the same masks, so that asking twice teaches nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(40), { minLength: 1, maxLength: 8 }), (counts) => {
      expect(protectList(listOf(counts), ten)).toEqual(protectList(listOf(counts), ten));
    }),
  );
});

test('half a person, a negative count or a threshold of nothing are refused', () => {
  expect(() => protectList(listOf([0.5]), ten)).toThrow(RangeError);
  expect(() => protect(tableOf([[-1]]), ten)).toThrow(RangeError);
  expect(() => protectList(listOf([5]), { threshold: 0 })).toThrow(RangeError);
  expect(() => protectList(listOf([5]), { threshold: NaN })).toThrow(RangeError);
});

test('a table without rows, columns or people is shown as it is', () => {
  expect(picture(protectList(listOf([]), ten))).toBe(' | 0');
  expect(picture(protect(tableOf([[0, 0]]), ten))).toBe(['0 0 | 0', '0 0 | 0'].join('\n'));
});

test('a masked number reads as a dash with a reason in both languages', () => {
  expect(showMasked({ kind: 'masked' }).ja).toBe('－');
  expect(showMasked({ kind: 'shown', value: 12345 })).toEqual({ ja: '12,345', en: '12,345' });
  expect(explainMask(10).ja).toBe('10人未満など、個人が分かるおそれのある数は表示しません。');
  expect(explainMask(showNothing).en).not.toContain('Infinity');
});

test('the median of nine people is not told, that of ten is, in whole days', () => {
  const days = [9, 1, 8, 2, 7, 3, 6, 4, 5];
  expect(protectedMedian(days, 10)).toEqual({ kind: 'masked' });
  expect(protectedMedian([...days, 6], 10)).toEqual({ kind: 'shown', value: 6 });
  expect(protectedMedian([...days, 6, 40], 10)).toEqual({ kind: 'shown', value: 6 });
  expect(protectedMedian([], 0)).toEqual({ kind: 'masked' });
});

test('a share is told only where both numbers are', () => {
  expect(protectedShare(shown(20), shown(60))).toEqual(shown(33));
  expect(protectedShare({ kind: 'masked' }, shown(60))).toEqual({ kind: 'masked' });
  expect(protectedShare(shown(0), shown(0))).toEqual({ kind: 'masked' });
});
