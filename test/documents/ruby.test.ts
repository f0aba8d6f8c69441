import { expect, test } from '@jest/globals';
import { referralSketch } from '../../src/documents/referral-sheet.ts';
import { nameRuby } from '../../src/documents/ruby.ts';
import { drawAlone } from '../../src/documents/sheet.ts';
import { drawnPages } from './drawn.ts';
import * as examples from './examples.ts';
import { readBack } from './read.ts';

test.each([
  ['髙﨑 直樹', 'タカサキ ナオキ', '髙﨑=タカサキ| |直樹=ナオキ'],
  ['佐々木　ハナ', 'ササキ ハナ', '佐々木=ササキ| |ハナ'],
  ['𠮷田 ハナ', 'よしだ はな', '𠮷田=よしだ| |ハナ'],
  ['架空 はな', 'カクウ ハナ', '架空=カクウ| |はな'],
  ['マリア シルバ', 'マリア シルバ', undefined],
  ['Hana Yoshida', 'ヨシダ ハナ', undefined],
  ['吉田花', 'ヨシダ ハナ', undefined],
  ['吉田 花', '', undefined],
  ['吉田 花', undefined, undefined],
])('%s, read %s, has above it: %s', (name, kana, shown) => {
  const pieces = nameRuby(name, kana)?.map(({ base, reading }) => (reading ? `${base}=${reading}` : base));
  expect(pieces?.join('|')).toBe(shown);
});

const sheetOf = (name: string, kana: string) =>
  drawAlone(referralSketch({ ...examples.referral, patient: { ...examples.referral.patient, name, kana } }));

test('a name on a sheet has its readings above it, is found in one piece, and is heard with its readings', async () => {
  const pdf = await sheetOf('髙﨑 直樹', 'タカサキ ナオキ');
  const { pages, roles } = await readBack(pdf);
  expect(pages[0]).toContain('髙﨑 直樹');
  expect(roles.filter((role) => /^(?:Ruby|RB|RT)$/.test(role))).toEqual([
    'Ruby',
    'RB',
    'RT',
    'Ruby',
    'RB',
    'RT',
  ]);
  const [page] = await drawnPages(pdf);
  const at = (text: string) => page?.words.find((word) => word.text === text && word.size >= 10);
  for (const [base, reading] of [
    ['髙﨑', 'タカサキ'],
    ['直樹', 'ナオキ'],
  ] as const) {
    const [below, above] = [at(base), at(reading)];
    if (!below || !above) throw new Error(`${base} or ${reading} is missing`);
    // The middle of one over the middle of the other, and the letters of one above those of the other.
    expect(Math.abs(below.x + below.width / 2 - above.x - above.width / 2)).toBeLessThan(0.5);
    expect(above.y).toBeLessThan(below.y - below.size * 0.85);
    expect(above.size).toBeGreaterThanOrEqual(9.99);
    expect(page?.order.indexOf(above.tag ?? '')).toBe((page?.order.indexOf(below.tag ?? '') ?? 0) + 1);
  }
  const [first, second] = [at('タカサキ'), at('ナオキ')];
  expect((first?.x ?? 0) + (first?.width ?? 0)).toBeLessThan(second?.x ?? 0);
});

test('a name too long for one line stands without, its reading beside it', async () => {
  const name = `${'長谷川'.repeat(4)} 直樹`;
  const { roles, pages } = await readBack(await sheetOf(name, `${'ハセガワ'.repeat(4)} ナオキ`));
  expect(roles).not.toContain('Ruby');
  expect(pages[0]?.replaceAll(/\s/g, '')).toContain('ハセガワハセガワ');
});
