/** A piece of a text and how it is read; what is read as it is written has no reading. */
export type RubyPiece = Readonly<{ base: string; reading?: string }>;

const unread = /^[\p{Script=Hiragana}\p{Script=Katakana}ー・\s]*$/u;
const kana = /^[\p{Script=Hiragana}\p{Script=Katakana}ー・]+$/u;
const marked = /\{([^{|}]*)\|([^{|}]*)\}|([^{|}]+)|[{|}]/gu;

/**
 * A text in which readings are marked, as forms write it: `{体|からだ}の{調子|ちょうし}`. Undefined where a mark is not whole, a
 * reading is no kana, or what is read has nothing in it that needs to be read.
 */
export function rubyIn(text: string): readonly RubyPiece[] | undefined {
  const pieces = Array.from(text.matchAll(marked), ([, base, reading, plain]): RubyPiece | undefined => {
    if (plain !== undefined) return { base: plain };
    if (base === undefined || reading === undefined || unread.test(base)) return undefined;
    return kana.test(reading) ? { base, reading } : undefined;
  });
  return pieces.every((piece) => piece !== undefined) ? pieces : undefined;
}

/** The text without its marks. */
export const baseOf = (pieces: readonly RubyPiece[]): string => pieces.map(({ base }) => base).join('');

/** Of texts with marked readings the one that says these words; undefined where nobody says how they are read. */
export function rubyOf(
  texts: readonly string[] | undefined,
  words: string,
): readonly RubyPiece[] | undefined {
  for (const text of texts ?? []) {
    const pieces = rubyIn(text);
    if (pieces && baseOf(pieces) === words && pieces.some(({ reading }) => reading !== undefined))
      return pieces;
  }
  return undefined;
}

/** Those words with their readings marked, where somebody says how they are read. */
export const markedIn = (texts: readonly string[] | undefined, words: string): string =>
  (texts ?? []).find((text) => {
    const pieces = rubyIn(text);
    return pieces !== undefined && baseOf(pieces) === words;
  }) ?? words;

/** Letters that somebody may not be able to read. */
export const isKanji = (letter: string): boolean => /[\p{Script=Han}々〆]/u.test(letter);
