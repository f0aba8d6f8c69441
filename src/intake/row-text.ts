import type { Sentence, Texts } from '../kernel/sentence.ts';

/** Words around what can be answered or filled in several times. */
export const rowText = {
  numbered: (label: Sentence, n: number): Sentence => ({
    ja: `${label.ja}（${String(n)}）`,
    en: `${label.en} (${String(n)})`,
  }),
  anotherAnswer: (label: Sentence): Sentence => ({
    ja: `「${label.ja}」の答えを増やす`,
    en: `Add another answer to “${label.en}”`,
    easy: `「${label.ja}」の こたえを ふやす`,
  }),
  anotherRow: (label: Sentence): Sentence => ({
    ja: `「${label.ja}」を増やす`,
    en: `Add another: ${label.en}`,
    easy: `「${label.ja}」を ふやす`,
  }),
  removeRow: (label: Sentence, n: number): Sentence => ({
    ja: `「${label.ja}（${String(n)}）」を消す`,
    en: `Remove ${label.en} (${String(n)})`,
    easy: `「${label.ja}（${String(n)}）」を けす`,
  }),
  stopReading: { ja: '読み上げを止める', en: 'Stop reading', easy: 'とめる' },
  readAloud: { ja: '読み上げる', en: 'Read aloud', easy: 'よみあげる' },
  other: { ja: 'その他', en: 'Other', easy: 'ほか' },
  inOwnWords: (label: Sentence): Sentence => ({
    ja: `「${label.ja}」がその他のとき、その内容`,
    en: `“${label.en}”, if other: in your own words`,
    easy: `「${label.ja}」が「ほか」の とき、かいて ください`,
  }),
} satisfies Texts;
