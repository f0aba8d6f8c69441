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
  }),
  anotherRow: (label: Sentence): Sentence => ({
    ja: `「${label.ja}」を増やす`,
    en: `Add another: ${label.en}`,
  }),
  removeRow: (label: Sentence, n: number): Sentence => ({
    ja: `「${label.ja}（${String(n)}）」を消す`,
    en: `Remove ${label.en} (${String(n)})`,
  }),
  readAloud: { ja: '読み上げる', en: 'Read aloud' },
  other: { ja: 'その他', en: 'Other' },
  inOwnWords: (label: Sentence): Sentence => ({
    ja: `「${label.ja}」がその他のとき、その内容`,
    en: `“${label.en}”, if other: in your own words`,
  }),
} satisfies Texts;
