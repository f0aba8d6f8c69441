import { toKatakana as wanakanaToKatakana } from 'wanakana';

/** Half-width katakana and its marks; NFKC of these alone, since NFKC of a whole name would change kanji (神 → 神). */
const halfWidth = /[\uFF61-\uFF9F]+/gu;
const variationSelectors = /[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/gu;

/**
 * Hiragana and half-width katakana become full-width katakana; everything else stays as typed: kanji, Latin letters,
 * spaces.
 */
export const toKatakana = (text: string): string =>
  wanakanaToKatakana(
    text.replaceAll(halfWidth, (kana) => kana.normalize('NFKC')),
    { passRomaji: true },
  )
    .replaceAll('ゝ', 'ヽ')
    .replaceAll('ゞ', 'ヾ');

/**
 * True for a name in kana: hiragana or katakana of any width, long marks, iteration marks, the dot between parts of a
 * foreign name, and spaces between parts. False for an empty one and for one of marks alone.
 */
export const isKana = (name: string): boolean => {
  const shown = toKatakana(name);
  return /^[ァ-ヺー・ヽヾ \u3000]+$/u.test(shown) && /[ァ-ヺ]/u.test(shown);
};

/**
 * The key under which a name is looked for: widths, kana kinds, letter case, spaces and variation selectors make no
 * difference. Only for comparing; never store it, since NFKC changes some kanji.
 */
export const searchKey = (name: string): string =>
  toKatakana(name.normalize('NFKC').replaceAll(variationSelectors, '')).replaceAll(/\s+/gu, '').toLowerCase();

/** A kana name as it is kept: full-width katakana, one half-width space between parts, none around. */
export const asStored = (name: string): string => toKatakana(name).replaceAll(/\s+/gu, ' ').trim();
