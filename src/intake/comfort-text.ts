import type { Texts } from '../kernel/sentence.ts';

/** Words around how questions are asked, and of what is kept until it is sent. */
export const comfortText = {
  larger: { ja: '文字を大きくする', en: 'Larger letters', easy: 'もじを 大きく する' },
  smaller: {
    ja: '文字をふつうの大きさに戻す',
    en: 'Letters of the usual size',
    easy: 'もじを もとに もどす',
  },
  single: { ja: '1問ずつ答える', en: 'One question a page', easy: '1つずつ こたえる' },
  together: {
    ja: 'まとめて答える',
    en: 'Several questions a page',
    easy: 'まとめて こたえる',
  },
  comforts: { ja: '見やすくする', en: 'Make it easier to read', easy: '見やすく する' },
  questionOf: (at: number, of: number) => ({
    ja: `${String(of)}問中 ${String(at)}問目`,
    en: `Question ${String(at)} of ${String(of)}`,
    easy: `しつもん ${String(of)}の うち、${String(at)}ばんめ`,
  }),
  elsewhere: {
    ja: '別の端末で続ける',
    en: 'Go on with another device',
    easy: 'ほかの スマホや きかいで つづける',
  },
  elsewhereLead: {
    ja: 'ここまでの答えは保存してあります。続ける端末のカメラで、この四角い印（QRコード）を読み取ってください。',
    en: 'What you answered so far is kept. Scan this square (QR code) with the camera of the device on which you go on.',
    easy: 'ここまでの こたえは、のこって います。つぎの スマホの カメラで、この しかくを うつして ください。',
  },
  elsewhereUntil: (until: string) => ({
    ja: `${until}まで使えます。送ったあとは、どの端末でも開けません。`,
    en: `It works until ${until}. Once the answers are sent, no device opens it any more.`,
    easy: `${until}まで つかえます。おくった あとは、もう ひらけません。`,
  }),
  elsewherePrivate: {
    ja: 'この印を読み取った人は、答えを見たり、あなたの代わりに答えたりできます。ほかの人に見せないでください。',
    en: 'Whoever scans it can read the answers and answer in your place. Show it to nobody else.',
    easy: 'この しかくを うつした 人は、こたえを 見る ことが できます。ほかの 人に 見せないで ください。',
  },
  offline: {
    ja: 'インターネットにつながっていません。このまま答え続けられます。答えはこの端末に、ほかの人に読めないようにして、残してあります。',
    en: 'There is no connection. You can go on answering: what you type is kept on this device, encrypted.',
    easy: 'インターネットに つながって いません。このまま こたえて いいです。こたえは、この きかいに のこって います。',
  },
  offlineAlone: {
    ja: 'インターネットにつながっていません。このページを閉じずに待ってください。つながったら、もう一度ボタンを押してください。',
    en: 'There is no connection. Please leave this page open, and press the button again when it is back.',
    easy: 'インターネットに つながって いません。この ページを とじないで ください。つながったら、もう いちど おして ください。',
  },
  online: {
    ja: 'つながりました。答え終わったら、下のボタンを押してください。',
    en: 'The connection is back. When you are done, press the button below.',
    easy: 'つながりました。おわったら、下の ボタンを おして ください。',
  },
  restored: {
    ja: 'まだ送っていなかった答えを、元に戻しました。',
    en: 'Answers that had not been sent yet were put back.',
    easy: 'まだ おくって いない こたえを、もとに もどしました。',
  },
  unsent: {
    ja: 'この端末に、まだ送っていない答えがあります。',
    en: 'There are answers on this device that were not sent yet.',
    easy: 'この きかいに、まだ おくって いない こたえが あります。',
  },
  toUnsent: { ja: 'その答えを見る', en: 'See them', easy: 'その こたえを 見る' },
  retiredTitle: {
    ja: 'この問診票は、新しいものに変わりました',
    en: 'This version of the form is no longer in use',
    easy: 'この しつもんは、あたらしい ものに かわりました',
  },
  retiredKept: {
    ja: 'あなたが答えている間に、問診票が新しくなりました。ここまでの答えは残してありますが、このままでは送れません。この画面を、受付の人に見せてください。',
    en: 'It was taken out of use while you were answering. What you answered is kept, but cannot be sent like this. Please show this page to the reception.',
    easy: 'こたえて いる あいだに、しつもんが あたらしく なりました。こたえは のこって います。でも、おくれません。この ページを、うけつけの 人に 見せて ください。',
  },
  retiredAs: (title: string, version: string) => ({
    ja: `様式「${title}」 ${version} 版`,
    en: `Form “${title}”, version ${version}`,
    easy: `「${title}」 ${version}`,
  }),
} as const satisfies Texts;
