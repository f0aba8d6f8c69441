import { fiscalYearInEra } from '../kernel/japan/era.ts';
import type { Sentence, Texts } from '../kernel/sentence.ts';

export const text = {
  title: { ja: '紹介の統計', en: 'Figures on referrals' },
  lead: {
    ja: '担当する地域の紹介を数えたものです。お一人お一人の情報は含まれません。',
    en: 'Counts of the referrals in your area. They hold no information about any one person.',
  },
  year: (year: number) => ({
    ja: `${fiscalYearInEra(year)}（${String(year)}年4月から）`,
    en: `Fiscal year ${String(year)} (from April)`,
  }),
  report: { ja: '報告書を印刷する（PDF）', en: 'Print the report (PDF)' },
  years: { ja: '年度', en: 'Fiscal year' },
  total: { ja: '紹介の数', en: 'Referrals' },
  clinics: { ja: '紹介した医療機関の数', en: 'Clinics that referred' },
  month: { ja: '月別', en: 'By month' },
  municipality: { ja: '市町村別', en: 'By municipality' },
  program: { ja: 'プログラム別', en: 'By program' },
  otherProgram: { ja: 'そのほか', en: 'Other' },
  age_band: { ja: '年齢別', en: 'By age' },
  contact_band: { ja: '紹介から最初に話せるまで', en: 'From referral to the first talk' },
  result: { ja: 'その後', en: 'What became of them' },
  needs: { ja: '困りごと別', en: 'By need' },
  needsNote: {
    ja: 'お一人に困りごとがいくつもあることがあり、足しても紹介の数にはなりません。',
    en: 'One person may have several needs, so these do not add up to the total.',
  },
  count: { ja: '件', en: 'Count' },
  empty: { ja: 'まだ数える紹介がありません。', en: 'There is nothing to count yet.' },
  emptyNext: {
    ja: '担当する地域で最初の紹介が送られると、ここに数が出ます。',
    en: 'Figures appear here once the first referral has been sent in your area.',
  },
  gatherings: { ja: 'つどいと立ち寄り相談', en: 'Sessions and talks' },
  gatheringsLead: {
    ja: '地区ごとの、つどいの回数と、立ち寄った人の相談の内容です。名前は記録されていません。',
    en: 'Sessions by district, and what those who dropped in talked about. No names were recorded.',
  },
  talks: { ja: '立ち寄り相談の数', en: 'Talks' },
  held: { ja: 'つどいの回数（地区別）', en: 'Sessions by district' },
  times: { ja: '回', en: 'Sessions' },
  participants: { ja: 'つどいに参加した人（延べ、地区別）', en: 'Attendances by district' },
  talksByArea: { ja: '立ち寄り相談（地区別）', en: 'Talks by district' },
  talksByTopic: { ja: '立ち寄り相談（内容別）', en: 'Talks by topic' },
  topicsNote: {
    ja: '一回の相談で話がいくつもあることがあり、足しても相談の数にはなりません。',
    en: 'One talk may have several topics, so these do not add up to the total.',
  },
  talksByAge: { ja: '立ち寄り相談（年代別）', en: 'Talks by age' },
  talksByMonth: { ja: '立ち寄り相談（月別）', en: 'Talks by month' },
  traits: { ja: '地区の特徴', en: 'What stands out where' },
  traitsLead: {
    ja: 'それぞれの地区で多いものを三つまで、地域全体と比べています。数を表示できるものだけから選んでいます。',
    en: 'The most frequent at each place, up to three, beside the whole area; chosen from what may be shown.',
  },
  traitsNone: {
    ja: 'この年度は、地区ごとに表示できる数がまだありません。人数がふえると、ここに地区ごとの特徴が出ます。',
    en: 'No number can be shown by place for this year yet. What stands out appears here as there are more people.',
  },
  traitTopics: { ja: '立ち寄り相談で多い話', en: 'Frequent topics of talks' },
  traitNeeds: { ja: '紹介で多い困りごと', en: 'Frequent needs of those referred' },
  traitShare: (name: Sentence, here: number, everywhere: number) => ({
    ja: `${name.ja}（この地区 ${String(here)}%、全体 ${String(everywhere)}%）`,
    en: `${name.en} (here ${String(here)}%, everywhere ${String(everywhere)}%)`,
  }),
  answers: { ja: '問診の答え', en: 'Answers to the questionnaire' },
  answersLead: {
    ja: 'プログラムごとに決めた質問の答えです。お一人を一年度に一回だけ、最後の答えで数えています。',
    en: 'Answers to the questions that a program counts: each person once a year, by the latest answers.',
  },
  yes: { ja: 'はい', en: 'Yes' },
  no: { ja: 'いいえ', en: 'No' },
  unknownPlace: { ja: '市町村不明', en: 'Unknown municipality' },
} as const satisfies Texts;

export const ageBandName = (band: string): Sentence =>
  band === 'unknown'
    ? { ja: '不明', en: 'Unknown' }
    : band === '85+'
      ? { ja: '85歳以上', en: '85 and over' }
      : { ja: `${band.replace('-', '〜')}歳`, en: `${band.replace('-', '–')} years` };

const contactBandNames: Readonly<Record<string, Sentence>> = {
  '0-3': { ja: '3日以内', en: 'Within 3 days' },
  '4-7': { ja: '4〜7日', en: '4–7 days' },
  '8-14': { ja: '8〜14日', en: '8–14 days' },
  '15+': { ja: '15日以上', en: '15 days or more' },
  waiting: { ja: 'まだ話せていない', en: 'Not yet' },
  none: { ja: '話さずに終わった', en: 'Ended without a talk' },
};
const resultNames: Readonly<Record<string, Sentence>> = {
  open: { ja: '支援が続いている', en: 'Still going on' },
  achieved: { ja: '目標に届いた', en: 'Goal reached' },
  connected: { ja: '居場所・支援につながった', en: 'Connected with a place or support' },
  partly: { ja: '一部届いた', en: 'Partly reached' },
  'not-achieved': { ja: '届かなかった', en: 'Not reached' },
  completed: { ja: '終えた（結果の区分なし）', en: 'Closed (outcome not coded)' },
  rejected: { ja: '引き受けられず', en: 'Declined' },
  failed: { ja: 'つながらず終了', en: 'Closed without success' },
  cancelled: { ja: '取り消し', en: 'Cancelled' },
};
export const contactBandName = (band: string): Sentence => contactBandNames[band] ?? { ja: band, en: band };
export const resultName = (result: string): Sentence => resultNames[result] ?? { ja: result, en: result };
