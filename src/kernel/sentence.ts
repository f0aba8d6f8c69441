import { markedIn } from './japan/readings.ts';

/**
 * Words for people. Every text the product says exists in Japanese and in English, side by side, in the slice that
 * says it; a missing translation is a missing property, so it does not compile.
 */
export type Language = 'ja' | 'en';
/**
 * `easy`: the same in やさしい日本語, where a person reads it by themselves and the Japanese is not easy as it is. `readings`: the
 * Japanese, easy or not, with its readings marked: `{体|からだ}の{調子|ちょうし}`.
 */
export type Sentence = Readonly<Record<Language, string>> &
  Readonly<{ easy?: string; readings?: readonly string[] }>;

/** One text in both languages, as the slices' catalogues write it. */
export const of = (ja: string, en: string): Sentence => ({ ja, en });

/** A slice's words: sentences, or functions that make one from names and numbers. */
export type Texts = Readonly<Record<string, Sentence | ((...given: never[]) => Sentence)>>;

export const isLanguage = (value: unknown): value is Language => value === 'ja' || value === 'en';

/** Joins sentences in both languages with the separator usual there. */
export const joinSentences = (sentences: readonly Sentence[]): Sentence =>
  withReadings(sentences, (all) => ({
    ja: all.map((s) => s.ja).join('、'),
    en: all.map((s) => s.en).join(', '),
  }));

/** A sentence made of others, with their readings. */
export function withReadings(
  given: readonly Sentence[],
  make: (sentences: readonly Sentence[]) => Sentence,
): Sentence {
  const made = make(given);
  if (given.every(({ readings }) => readings === undefined)) return made;
  const { ja, easy } = make(given.map((one) => ({ ...one, ja: markedIn(one.readings, one.ja) })));
  return { ...made, readings: [ja, ...(easy === undefined ? [] : [easy])] };
}

/** The same text in every language: names, numbers, codes. */
export const asIs = (text: string): Sentence => ({ ja: text, en: text });
