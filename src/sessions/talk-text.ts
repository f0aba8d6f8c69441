import type { Texts } from '../kernel/sentence.ts';

export const talkText = {
  title: { ja: '立ち寄った人の記録', en: 'Talks with those who dropped in' },
  lead: { ja: '名前はいりません。押して、記録するだけです。', en: 'No names. Tap, and record.' },
  topics: { ja: 'どんな話でしたか', en: 'What was it about?' },
  topicsMissing: { ja: '話の内容を選んでください。', en: 'Choose what it was about.' },
  minutes: { ja: 'どのくらい話しましたか', en: 'How long?' },
  minutesMissing: { ja: '時間を選んでください。', en: 'Choose how long.' },
  minutesOf: (n: number) => ({ ja: `${String(n)}分くらい`, en: `About ${String(n)} minutes` }),
  age: { ja: 'おいくつくらいの方ですか', en: 'About how old?' },
  ageMissing: { ja: '年代を選んでください。', en: 'Choose about how old.' },
  save: { ja: '記録する', en: 'Record' },
  said: { ja: '記録しました。', en: 'Recorded.' },
  recorded: { ja: 'ここまでの記録', en: 'Recorded so far' },
  none: { ja: 'まだありません。', en: 'None yet.' },
  refer: { ja: '紹介につなぐ', en: 'Make a referral' },
  referOf: (time: string) => ({
    ja: `${time}の記録を紹介につなぐ`,
    en: `Make the talk of ${time} a referral`,
  }),
  referred: { ja: '紹介になりました', en: 'Became a referral' },
  at: { ja: '時刻', en: 'Time' },
  referTitle: { ja: '立ち寄った人を紹介につなぐ', en: 'A talk becomes a referral' },
  referLead: {
    ja: 'ここで初めてお名前をうかがい、同意をいただきます。記録した話とつながります。',
    en: 'Only now the name is asked and consent taken. The talk is linked to the referral.',
  },
  reason: { ja: '紹介のわけ', en: 'Why' },
  reasonMissing: { ja: '紹介のわけを書いてください。', en: 'Say why.' },
  urgency: { ja: '急ぎ具合', en: 'How urgent' },
  consentPart: { ja: '同意', en: 'Consent' },
  known: {
    ja: '同じお名前・生年月日の方が、もう登録されています。別の方のときは、下に印をつけて、もう一度送ってください。',
    en: 'Somebody of this name and birth date is registered already. If this is another person, tick below and send again.',
  },
  another: { ja: '同じ名前の別の方です', en: 'This is another person' },
  send: { ja: '同意を記録して、紹介にする', en: 'Record the consent and make the referral' },
  saidReferred: {
    ja: '紹介になりました。受付箱にあります。',
    en: 'The referral was made; it is in the inbox.',
  },
} as const satisfies Texts;
