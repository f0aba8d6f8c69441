import type { Sentence, Texts } from '../../kernel/sentence.ts';

export const text = {
  make: { ja: 'ご本人用のページを渡す', en: 'Hand out the person’s own page' },
  makeLead: {
    ja: 'ご本人が、自分の同意の内容と、だれが見たかを確かめ、取り消せるページです。スマートフォンで開けます。',
    en: 'A page where the person sees what was agreed to and who looked, and can take it back. It opens on a phone.',
  },
  madeTitle: { ja: 'ご本人用のページ', en: 'The person’s own page' },
  madeLead: {
    ja: 'この画面を印刷して、ご本人に渡してください。番地（アドレス）が見られるのは、今だけです。',
    en: 'Print this and hand it to the person. The address can be seen only now.',
  },
  address: { ja: 'アドレス', en: 'Address' },
  qr: { ja: 'ご本人用のページの四角い印（QRコード）', en: 'QR code of the person’s own page' },
  howTo: {
    ja: 'スマートフォンのカメラをこの四角に向けると、ページが開きます。生年月日を入れると、あなたの同意の内容が見られます。同意は、いつでも取り消せます。',
    en: 'Point the phone’s camera at the square. Enter your date of birth to see what you agreed to. You can take it back at any time.',
  },
  keepSafe: {
    ja: 'この紙は、ほかの人に見せないでください。前に渡した紙のページは、使えなくなりました。',
    en: 'Show this sheet to nobody else. The page on an earlier sheet no longer works.',
  },
  validUntil: (day: string): Sentence => ({ ja: `${day}まで使えます。`, en: `It works until ${day}.` }),

  hello: { ja: 'あなたの同意のページ', en: 'Your consent' },
  helloLead: {
    ja: 'はじめに、あなたの生年月日を入れてください。',
    en: 'First, please enter your date of birth.',
  },
  birth: { ja: '生年月日', en: 'Date of birth' },
  birthMissing: { ja: '生年月日を入れてください。', en: 'Enter your date of birth.' },
  birthWrong: {
    ja: '生年月日が、登録されたものと違います。もう一度お確かめください。',
    en: 'That is not the date of birth we have. Please check it.',
  },
  tooOften: {
    ja: '何度も違う生年月日が入れられたため、しばらく開けません。15分ほど待つか、医療機関にお電話ください。',
    en: 'The date of birth was wrong too often. Please wait a quarter of an hour or call the clinic.',
  },
  again: {
    ja: 'しばらく時間がたったので、もう一度、生年月日を入れてください。いま押したボタンの操作は、まだ行われていません。',
    en: 'A while has passed, so please enter your date of birth again. What you just pressed was not carried out.',
  },
  open: { ja: 'ひらく', en: 'Open' },
  agreed: { ja: 'あなたが同意したこと', en: 'What you agreed to' },
  none: { ja: '今、有効な同意はありません。', en: 'No consent of yours is in force.' },
  recipients: { ja: '伝えてよい相手', en: 'Who may be told' },
  items: { ja: '伝えてよい内容', en: 'What may be told' },
  takenBefore: { ja: 'もう取り消したもの', en: 'Taken back already' },
  until: { ja: 'いつまで', en: 'Until' },
  sees: { ja: '今、あなたの記録を見られる人', en: 'Who can see your record now' },
  residents: { ja: '手伝う住民', en: 'residents who help' },
  nobodySees: { ja: '今は、だれにも見せていません。', en: 'Nobody can see it now.' },
  looked: { ja: 'これまでに記録を見た機関', en: 'Who has looked so far' },
  lookedAt: { ja: '最後に見た日', en: 'Last looked' },
  times: { ja: '回数', en: 'Times' },
  body: { ja: '機関', en: 'Body' },
  takeBack: { ja: 'この同意を取り消す', en: 'Take this consent back' },
  ownClinic: { ja: '登録した医療機関', en: 'The clinic that registered you' },
  ask: { ja: '分からないときは', en: 'If anything is unclear' },
  call: (clinic: string): Sentence => ({ ja: `${clinic}に、お電話ください。`, en: `Please call ${clinic}.` }),
  done: { ja: '取り消しました', en: 'It has been taken back' },
  doneLead: {
    ja: '見られなくなった人たちには、お知らせが届いています。あなたがすることは、もうありません。',
    en: 'Whoever no longer sees your record has been told. There is nothing more for you to do.',
  },
  ownAgain: { ja: 'あなたの同意のページを見る', en: 'See your consent' },
  changed: {
    ja: '今さっき、この同意が変更されました。下の内容をもう一度確かめてから、選んでください。まだ取り消していません。',
    en: 'This consent was changed just now. Please read this once more before you choose. Nothing was taken back yet.',
  },
  over: { ja: 'このページは、もう使えません', en: 'This page can no longer be used' },
  overWhy: {
    ja: '同意がぜんぶ取り消されたか、使える期限が過ぎたか、新しい紙が渡されたためです。',
    en: 'All of the consent was taken back, its time is over, or a newer sheet was handed out.',
  },
  overNext: {
    ja: '取り消しをすませた方は、もう何もしなくて大丈夫です。新しい紙をお持ちの方は、そちらをお使いください。',
    en: 'If you have taken it back, there is nothing more for you to do. If you have a newer sheet, please use that one.',
  },
  reason: { ja: 'ご本人が、ご本人用のページで取り消した', en: 'The person took it back on their own page' },
} as const satisfies Texts;
