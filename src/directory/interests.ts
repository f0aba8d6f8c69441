import type { Sentence } from '../kernel/sentence.ts';

/** What a person likes and what an activity is about; the codes of `systems.interest`. */
export const interests = {
  gardening: { ja: '庭いじり・花', en: 'Gardening and flowers' },
  farming: { ja: '畑仕事', en: 'Farm work' },
  cooking: { ja: '料理', en: 'Cooking' },
  tea: { ja: 'お茶・おしゃべり', en: 'Tea and talk' },
  'go-shogi': { ja: '囲碁・将棋', en: 'Go and shogi' },
  singing: { ja: '歌・合唱', en: 'Singing' },
  karaoke: { ja: 'カラオケ', en: 'Karaoke' },
  music: { ja: '楽器・音楽', en: 'Music' },
  walking: { ja: '散歩・ハイキング', en: 'Walking' },
  exercise: { ja: '体操・運動', en: 'Exercise' },
  dancing: { ja: '踊り', en: 'Dancing' },
  handicraft: { ja: '手芸・ものづくり', en: 'Handicraft' },
  repair: { ja: '修理・大工仕事', en: 'Repairing things' },
  reading: { ja: '読書', en: 'Reading' },
  writing: { ja: '俳句・書道', en: 'Haiku and calligraphy' },
  history: { ja: '歴史・郷土', en: 'Local history' },
  festivals: { ja: '祭り・行事', en: 'Festivals' },
  photography: { ja: '写真', en: 'Photography' },
  smartphone: { ja: 'スマートフォン', en: 'Smartphones' },
  fishing: { ja: '釣り', en: 'Fishing' },
  animals: { ja: '動物', en: 'Animals' },
  children: { ja: '子どもとのふれあい', en: 'Being with children' },
  volunteering: { ja: '人の手伝い・ボランティア', en: 'Helping others' },
  bathing: { ja: '銭湯・温泉', en: 'Bath houses' },
} as const satisfies Record<string, Sentence>;

export type Interest = keyof typeof interests;
export const isInterest = (code: string): code is Interest => Object.hasOwn(interests, code);
