import type { Texts } from '../kernel/sentence.ts';

export const paperText = {
  press: { ja: '用紙のとおり、すべてに印をつける', en: 'Tick everything, as on the paper' },
  hint: {
    ja: 'ご本人が用紙に署名したとき、または「すべてよい」と言ったときに押します。',
    en: 'Press this when the person signed the paper form, or said that all of it is fine.',
  },
  done: {
    ja: '下のすべてに印がつきました。まだ記録していません。ご本人が望まないものは、印を外してください。',
    en: 'Everything below is ticked, and nothing is recorded yet. Untick what the person does not want.',
  },
  whenProxy: { ja: '代わりの人が署名するときだけ', en: 'Only when somebody signs in their place' },
  whenDrawn: { ja: 'この画面に署名するときだけ', en: 'Only when signed on this screen' },
  whenPaper: { ja: '紙を保管するときだけ', en: 'Only when the paper is kept' },
  whenScan: { ja: '写真などを取り込むときだけ', en: 'Only when a copy is uploaded' },
} as const satisfies Texts;
