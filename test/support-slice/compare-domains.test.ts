import { describe, expect, test } from '@jest/globals';
import type { Answers } from '../../src/intake/answers.ts';
import { checkDomains } from '../../src/programs/check-domains.ts';
import type { Program } from '../../src/programs/program.ts';
import { shownDomains, standing } from '../../src/support/compare-domains.ts';
import { laterYabu, yabu, yabuThen } from './later-yabu.ts';

const now = (answers: Answers) => standing(laterYabu, answers, '2027-03-01T10:00:00+09:00');
const then = (answers: Answers) => standing(yabuThen, answers, '2026-11-20T10:00:00+09:00');

/** Of a domain in the chart: shares and words, newest first; undefined when it has no spoke. */
function domain(name: string, standings: Parameters<typeof shownDomains>[0]) {
  const shown = shownDomains(standings, 'ja');
  const i = shown?.spokes.indexOf(name) ?? -1;
  if (shown === undefined || i < 0) return undefined;
  return { values: shown.series.map((one) => one.values[i]), shown: shown.series.map((one) => one.shown[i]) };
}

describe('a sheet of today beside one of an earlier version', () => {
  const cases: readonly (readonly [string, string, Answers, Answers, unknown])[] = [
    [
      'the same questions: compared as they are',
      '住まい',
      { 'd.housing.safe': ['severe'], 'd.housing.keep': ['severe'] },
      { 'd.housing.safe': ['severe'], 'd.housing.keep': ['ok'] },
      { values: [1, 0.5], shown: ['6 / 6', '3 / 6'] },
    ],
    [
      'another scale: both over the same span, each said with its ends',
      '家計',
      { 'd.money.living': ['marked'], 'd.money.medical': ['slight'] },
      { 'd.money.living': ['marked'], 'd.money.medical': ['slight'] },
      { values: [0.5, 0.5], shown: ['8（2〜14点で）', '3（0〜6点で）'] },
    ],
    [
      'the least of a scale that begins at 1 is no trouble, on the innermost ring',
      '家計',
      { 'd.money.living': ['ok'], 'd.money.medical': ['ok'] },
      { 'd.money.living': ['severe'] },
      { values: [0, 1], shown: ['2（2〜14点で）', '3（0〜3点で、1問未確認）'] },
    ],
    [
      'a question under another linkId belongs to the domain that names it',
      '食事',
      { 'd.meals.enough': ['severe'], 'd.food.prepare': ['ok'] },
      { 'd.food.enough': ['severe'], 'd.food.prepare': ['severe'] },
      { values: [0.5, 1], shown: ['3 / 6', '6 / 6'] },
    ],
    [
      'a domain that is new: not asked then, and no zero',
      '眠り',
      { 'd.sleep': ['slight'] },
      {},
      { values: [1 / 3, undefined], shown: ['1 / 3', 'この日のシートにない'] },
    ],
    [
      'a domain that is asked no more: no zero today',
      '移動',
      {},
      { 'd.mobility.clinic': ['severe'], 'd.mobility.shops': ['ok'] },
      { values: [undefined, 0.5], shown: ['この日のシートにない', '3 / 6'] },
    ],
    [
      'asked and not known is something else than not asked',
      '住まい',
      { 'd.housing.safe': ['unknown'] },
      {},
      { values: [undefined, undefined], shown: ['未確認', '未確認'] },
    ],
  ];
  test.each(cases)('%s', (_, name, today, before, expected) => {
    expect(domain(name, [now(today), then(before)])).toEqual(expected);
  });

  test('says in words what differs, once each, in both languages', () => {
    const both = [now({}), then({})];
    expect(shownDomains(both, 'ja', (on) => on)?.notes).toEqual([
      '2026-11-20のシートは、別の版（1.0.0）です。同じ領域どうしを比べています。',
      '2027-03-01のシートには「移動」がありません。図では点がなく、線が切れています。',
      '2026-11-20のシートには「眠り」がありません。図では点がなく、線が切れています。',
      '「家計」は点数の幅が変わりました（2027-03-01：2〜14点、2026-11-20：0〜6点）。図では同じ幅に直して描いています。',
    ]);
    const english = shownDomains(both, 'en', (on) => on)?.notes ?? [];
    expect(english).toHaveLength(4);
    expect(english.join(' ')).not.toMatch(/[ぁ-んァ-ン一-龠]/);
  });

  test('has no words on its rings where the options differ', () => {
    expect(shownDomains([then({})], 'ja')?.levels).toHaveLength(4);
    expect(shownDomains([now({}), then({})], 'ja')).toMatchObject({ levels: [], rings: 4 });
  });
});

test('sheets of one version have nothing said of them, and only the domains that they ask about', () => {
  const shown = shownDomains([then({}), { ...then({}), on: '2026-10-01' }], 'ja');
  expect(shown?.notes).toEqual([]);
  expect(shown?.spokes).toEqual(yabu.domains.map(({ name }) => name.ja));
});

test('a sheet without a domain in common is not compared, and that is said', () => {
  const other: Program = { ...yabuThen, assessment: { ...yabu.assessment, version: '0.1.0', item: [] } };
  const old = standing(other, {}, '2026-01-05T10:00:00+09:00');
  const shown = shownDomains([now({}), old, old], 'ja', (on) => on);
  expect(shown?.series).toHaveLength(1);
  expect(shown?.notes).toEqual(['2026-01-05のシート（版 0.1.0）とは、同じ領域がないので比べていません。']);
  expect(shownDomains([old], 'ja')).toBeUndefined();
  expect(shownDomains([], 'ja')).toBeUndefined();
});

test('more than three: the latest two and the first of those that can be compared', () => {
  const on = (day: string) => ({ ...then({}), on: day });
  const all = ['2026-11-04', '2026-11-04', '2026-11-03', '2026-11-02', '2026-11-01'].map(on);
  expect(shownDomains(all, 'ja', (day) => day)?.series.map(({ name }) => name)).toEqual([
    '2026-11-04',
    '2026-11-03',
    '2026-11-01',
  ]);
});

describe('the check of a program', () => {
  const faults = (domains: Program['domains']) =>
    checkDomains({ ...laterYabu, domains }).map(({ says }) => says);
  const [housing, ...rest] = laterYabu.domains;
  if (!housing) throw new Error('no domains');
  test.each([
    ['takes what earlier versions asked', housing, []],
    [
      'refuses as earlier what the sheet still asks',
      { ...housing, questions: ['d.housing.safe'], before: ['d.housing.keep'] },
      [/still has "d.housing.keep"/],
    ],
    ['refuses a domain of nothing', { ...housing, questions: [], before: [] }, [/has no questions/]],
    [
      'refuses one earlier question in two domains',
      { ...housing, before: ['d.food.enough'] },
      [/"d.food.enough" is already scored in the domain "housing"/],
    ],
  ])('%s', (_, one, expected) => {
    const said = faults([one, ...rest]);
    expect(said).toHaveLength(expected.length);
    expected.forEach((words, i) => expect(said[i]).toMatch(words));
  });
  test('counts for a chart what is asked today', () => {
    const gone = laterYabu.domains.map((one, i) =>
      i < 2 ? one : { ...one, questions: [], before: [`old.${one.id}`] },
    );
    expect(faults(gone)).toEqual(['are fewer than three, which no chart can be drawn of']);
  });
});
