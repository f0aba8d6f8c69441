import type { Resource } from '../directory/record.ts';

/** The words of a free text, each once, at most ten, as typed. */
export const wordsOf = (typed: string): string[] => {
  const words = typed.split(/[\s、，,。・/／]+/u).filter((word) => fold(word) !== '');
  return [...new Map(words.map((word) => [fold(word), word])).values()].slice(0, 10);
};

/** Those of the words that stand somewhere in what the directory says of the resource. */
export function wordsFound(words: readonly string[], resource: Resource): string[] {
  if (words.length === 0) return [];
  const { name, kana, summary, availability, eligibility, fee, place } = resource;
  const said = [name, kana, summary, availability, eligibility, fee, place?.name, place?.address];
  const all = said.map((part) => fold(part ?? '')).join('\n');
  return words.filter((word) => all.includes(fold(word)));
}

/** Full and half width, hiragana and katakana, capitals and small letters are the same to somebody who searches. */
const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[ァ-ヶ]/gu, (kana) => String.fromCodePoint((kana.codePointAt(0) ?? 0) - 0x60))
    .trim();
