import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { needs } from '../../src/programs/needs.ts';
import { protect, type Figures } from '../../src/statistics/figures.ts';
import type { Masked, Protected } from '../../src/statistics/linked.ts';
import { dimensions, type Counts, type Dimension } from '../../src/statistics/queries.ts';
import { possible } from '../../src/statistics/steps.ts';

/** Somebody who keeps every edition and lays one beside the other. */

const values: Readonly<Record<Dimension, readonly string[]>> = {
  month: ['2026-04', '2026-05', '2026-06'],
  municipality: ['992011', '992020', '992038'],
  age_band: ['0-19', '20-39', '40-64', '65-74', '75-84', '85+', 'unknown'],
  contact_band: ['0-3', '4-7', '8-14', '15+', 'waiting', 'none'],
  result: ['open', 'achieved', 'connected', 'rejected'],
};
const municipalities = new Map(values.municipality.map((code) => [code, code]));
const person = fc.record({
  month: fc.constantFrom(...values.month),
  municipality: fc.constantFrom(...values.municipality),
  age_band: fc.constantFrom(...values.age_band),
  contact_band: fc.constantFrom(...values.contact_band),
  result: fc.constantFrom(...values.result),
  needs: fc.uniqueArray(fc.constantFrom(...needs.slice(0, 5).map((n) => n.code)), {
    minLength: 1,
    maxLength: 3,
  }),
});
type Person = Readonly<Record<Dimension, string>> & Readonly<{ needs: readonly string[] }>;

const tally = (all: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const one of all) counts.set(one, (counts.get(one) ?? 0) + 1);
  return counts;
};
const countsOf = (people: readonly Person[], area = municipalities): Counts => ({
  by: Object.fromEntries(
    dimensions.map((d) => [d, tally(people.map((one) => one[d]))]),
  ) as unknown as Counts['by'],
  needs: tally(people.flatMap((one) => one.needs)),
  clinics: 5,
  total: people.length,
  municipalities: area,
});
const publish = (people: readonly Person[], area = municipalities): Figures =>
  protect(countsOf(people, area), 2026, { until: '2026-07-01', years: [2026] });

const listsOf = (figures: Figures): readonly Protected[] => [
  ...dimensions.map((d) => figures.by[d]),
  figures.needs,
];
/** Every published number with its name. */
const numbersOf = (figures: Figures): readonly (readonly [string, Masked])[] =>
  listsOf(figures).flatMap((list, l) =>
    list.rows.map((row, r): [string, Masked] => [
      `${String(l)}/${row}`,
      list.rowTotals[r] ?? { kind: 'masked' },
    ]),
  );

const crowd = fc.array(person, { minLength: 0, maxLength: 120 });
const added = fc.array(person, { minLength: 10, maxLength: 30 });

/** How far apart the least and the greatest increase are that fit both editions. */
function increase(before: Masked, after: Masked): number {
  const [was, is] = [possible(before), possible(after)];
  return is.most - was.least - Math.max(0, is.least - was.most);
}

test('no increase from one edition to the next is known more closely than to ten people', () => {
  fc.assert(
    fc.property(crowd, added, (people, more) => {
      const before = new Map(numbersOf(publish(people)));
      for (const [name, after] of numbersOf(publish([...people, ...more])))
        expect(increase(before.get(name) ?? { kind: 'masked' }, after)).toBeGreaterThanOrEqual(9);
    }),
    { numRuns: 150 },
  );
});

test('the first person of a band, an area, a need or an outcome changes nothing to be seen', () => {
  const others: Person[] = Array.from({ length: 40 }, (_, i) => ({
    month: '2026-04',
    municipality: '992011',
    age_band: i < 20 ? '65-74' : '75-84',
    contact_band: '0-3',
    result: 'open',
    needs: ['frailty'],
  }));
  const first: Person = {
    month: '2026-05',
    municipality: '992020',
    age_band: '0-19',
    contact_band: '15+',
    result: 'rejected',
    needs: ['intimate-partner-violence'],
  };
  const [before, after] = [publish(others), publish([...others, first])];
  expect(listsOf(after).map((list) => list.rows)).toEqual(listsOf(before).map((list) => list.rows));
  const became = new Map(numbersOf(after));
  for (const [name, number] of numbersOf(before))
    if (number.kind === 'masked') expect([name, became.get(name)?.kind]).toEqual([name, 'masked']);
});

test('a council’s figures less those of one of its municipalities tell nothing exact of the other', () => {
  fc.assert(
    fc.property(crowd, (people) => {
      const area = new Map([['992011', '992011']]);
      const own = new Map(
        numbersOf(
          publish(
            people.filter((one) => one.municipality === '992011'),
            area,
          ),
        ),
      );
      for (const [name, all] of numbersOf(publish(people))) {
        const part = own.get(name);
        if (part) expect(increase(part, all)).toBeGreaterThanOrEqual(9);
      }
    }),
    { numRuns: 100 },
  );
});

test('what is published is true as far as it goes', () => {
  fc.assert(
    fc.property(crowd, (people) => {
      const counts = countsOf(people);
      const figures = publish(people);
      for (const d of dimensions)
        figures.by[d].rows.forEach((row, r) => {
          const { least, most } = possible(figures.by[d].rowTotals[r] ?? { kind: 'masked' });
          const truth = counts.by[d].get(row) ?? 0;
          expect([d, row, least <= truth && truth <= most]).toEqual([d, row, true]);
        });
    }),
    { numRuns: 50 },
  );
});
