import type { Sentence, Texts } from '../kernel/sentence.ts';

export const text = {
  need: (name: Sentence): Sentence => ({
    ja: `「${name.ja}」の困りごとに応えます`,
    en: `Helps with: ${name.en}`,
  }),
  interest: (name: Sentence): Sentence => ({
    ja: `「${name.ja}」が楽しめます`,
    en: `Matches an interest: ${name.en}`,
  }),
  word: (word: string): Sentence => ({ ja: `「${word}」の言葉があります`, en: `Mentions “${word}”` }),
  near: (km: string): Sentence => ({ ja: `約${km}kmのところです`, en: `About ${km} km away` }),
  veryNear: { ja: 'すぐ近くです（100m以内）', en: 'Very near (within 100 m)' },
  area: { ja: 'お住まいの市町村が対象です', en: 'Takes people from this municipality' },
  full: { ja: '今は満員です', en: 'Full at present' },
  waiting: { ja: '空きを待つことになります', en: 'There is a waiting list' },
  stale: (months: number): Sentence => ({
    ja: `${String(months)}か月前の情報です。電話で確かめてください`,
    en: `Last checked ${String(months)} months ago. Please call to make sure`,
  }),
  neverAssured: {
    ja: '内容がまだ確かめられていません。電話で確かめてください',
    en: 'Nobody has checked this entry yet. Please call to make sure',
  },
} satisfies Texts;
