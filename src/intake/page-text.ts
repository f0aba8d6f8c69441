import type { Sentence, Texts } from '../kernel/sentence.ts';

/** Words of the pages where a person's answers are asked for, typed in, read and printed. */
export const pageText = {
  questionnaire: { ja: '問診票', en: 'Questionnaire' },
  seeToday: {
    ja: '今日中に医師に見てもらってください。ほかの人が開くまで、「患者さん」の一覧に印が出ています。',
    en: 'A doctor has to see this today. Until somebody else opens it, it bears a mark in the list of patients.',
  },
  ways: { ja: '問診票に答えてもらう', en: 'Have the questionnaire answered' },
  waysLead: {
    ja: 'ご本人に合うほうを選んでください。',
    en: 'Choose what suits the person.',
  },
  which: { ja: 'どの問診票ですか', en: 'Which questionnaire?' },
  onTablet: { ja: 'タブレットやスマートフォンで答える', en: 'On a tablet or phone' },
  onTabletLead: {
    ja: '一回だけ使える四角い印（QRコード）とアドレスを作ります。ご本人のアカウントはいりません。',
    en: 'Makes a QR code and an address that work once. The person needs no account.',
  },
  makeLink: { ja: '四角い印（QRコード）を作る', en: 'Make the QR code' },
  onPaper: { ja: '紙に書いてもらう', en: 'On paper' },
  onPaperLead: {
    ja: '白紙の問診票を印刷し、書き終わったら受付で入力します。',
    en: 'Print a blank questionnaire; reception types it in afterwards.',
  },
  printBlank: { ja: '白紙の問診票を印刷する（PDF）', en: 'Print a blank questionnaire (PDF)' },
  printBlankIn: (variant: Sentence) => ({
    ja: `白紙の問診票（${variant.ja}）`,
    en: `Blank questionnaire (${variant.en})`,
  }),
  printAnswersIn: (variant: Sentence) => ({
    ja: `答えを印刷する（${variant.ja}）`,
    en: `Print the answers (${variant.en})`,
  }),
  askedIn: (tongue: string) => ({ ja: `質問のことば：${tongue}`, en: `Asked in: ${tongue}` }),
  typeIn: { ja: '紙の問診票を入力する', en: 'Type in a paper questionnaire' },

  typeTitle: { ja: '紙の問診票の入力', en: 'Type in a paper questionnaire' },
  typeLead: {
    ja: '紙に書かれたとおりに入力してください。空欄の質問は、空けたままにします。',
    en: 'Type what stands on the paper. Leave empty what was left empty.',
  },
  filledOn: { ja: '記入した日', en: 'Filled in on' },
  filledFuture: {
    ja: '記入した日が今日より後になっています。',
    en: 'The day it was filled in lies in the future.',
  },
  store: { ja: '保存して、困りごとを見る', en: 'Save and see what the answers show' },
  cancel: { ja: 'やめる', en: 'Cancel' },

  linkTitle: { ja: '問診票の四角い印（QRコード）', en: 'QR code for the questionnaire' },
  linkLead: {
    ja: 'スマートフォンのカメラで読み取るか、この端末をご本人に渡してください。',
    en: 'Scan it with a phone’s camera, or hand this device over.',
  },
  qrLabel: { ja: '問診票を開く四角い印（QRコード）', en: 'QR code that opens the questionnaire' },
  address: { ja: 'アドレス', en: 'Address' },
  validUntil: (until: string) => ({
    ja: `${until}まで、一回だけ使えます。`,
    en: `Works once, until ${until}.`,
  }),
  linkPrivate: { ja: 'ご本人だけに渡してください', en: 'Give it to nobody else' },
  linkPrivateWhy: {
    ja: 'このアドレスを知っている人は、ご本人の代わりに答えられます。この画面を閉じると、同じアドレスはもう表示できません。',
    en: 'Whoever has this address can answer in the person’s place. It cannot be shown again once this page is closed.',
  },
  handOverTitle: { ja: 'この端末を渡すとき', en: 'Handing over this device' },
  handOverLead: {
    ja: 'ほかの患者さんの情報が見えないように、ログアウトしてから問診票を開きます。',
    en: 'You are signed out first, so that nobody’s records can be seen, and the questionnaire opens.',
  },
  handOver: { ja: 'ログアウトして、問診票を開く', en: 'Sign out and open the questionnaire' },

  readTitle: { ja: '問診票の回答', en: 'Answers to the questionnaire' },
  answeredOn: (day: string) => ({ ja: `${day}の回答`, en: `Answered on ${day}` }),
  printAnswers: { ja: '回答を印刷する（PDF）', en: 'Print the answers (PDF)' },
  answers: { ja: '回答', en: 'Answers' },
  needs: { ja: '回答から見える困りごと', en: 'What the answers show' },
  needsLead: {
    ja: '話し合うための手がかりで、診断ではありません。',
    en: 'A hint for the conversation, not a diagnosis.',
  },
  noNeeds: {
    ja: '回答から見える困りごとはありませんでした',
    en: 'The answers show no need',
  },
  noNeedsNext: {
    ja: '気になることがあれば、紹介のときに言葉で書けます。',
    en: 'If you are worried all the same, say so in the referral.',
  },
  whyAnswers: { ja: 'もとになった回答', en: 'Answers behind it' },
  asked: (question: string, answer: string) => ({
    ja: `${question} → ${answer}`,
    en: `${question} → ${answer}`,
  }),
  otherForm: {
    ja: 'この問診票は、ここでは使われていない様式です。答えたときの言葉のまま示します。',
    en: 'This form is not in use here; the answers are shown in the words kept with them.',
  },
  backToPerson: { ja: 'この方の画面へ', en: 'To this person’s page' },

  step: { ja: '問診票', en: 'Questionnaire' },
  nextOpen: { ja: '今日中に確認する回答を見る', en: 'Read the answers that have to be seen today' },
  nextAsk: { ja: '問診票に答えてもらう', en: 'Have the questionnaire answered' },
  waiting: (until: string) => ({
    ja: `四角い印（QRコード）での回答を待っています（${until}まで）。`,
    en: `Waiting for answers by QR code (until ${until}).`,
  }),
  notYet: { ja: 'まだ答えてもらっていません', en: 'Not answered yet' },
  readAnswers: { ja: '回答を見る', en: 'Read the answers' },
  answerAgain: { ja: 'もう一度答えてもらう', en: 'Have it answered again' },
  earlier: { ja: '以前の回答', en: 'Earlier answers' },
  saidStored: { ja: '回答を保存しました。', en: 'The answers were saved.' },
} as const satisfies Texts;

/** Words of the tablet: read by the person, in large type. */
export const tabletText = {
  from: (clinic: string) => ({
    ja: `${clinic}からのおたずねです。`,
    en: `Questions from ${clinic}.`,
    easy: `${clinic}からの しつもんです。`,
  }),
  pages: (count: number) => ({
    ja: `全部で${String(count)}ページです。10分ほどで終わります。`,
    en: `There are ${String(count)} pages. It takes about ten minutes.`,
    easy: `ぜんぶで ${String(count)}ページ あります。10分くらいで おわります。`,
  }),
  questions: (count: number) => ({
    ja: `質問は全部で${String(count)}問です。1問ずつ答えます。`,
    en: `There are ${String(count)} questions, one a page.`,
    easy: `しつもんは ${String(count)} あります。1つずつ こたえます。`,
  }),
  keeps: {
    ja: '答えはページごとに保存されます。途中で休んでも大丈夫です。',
    en: 'Your answers are kept page by page, so you may take a break.',
    easy: 'こたえは、1ページずつ のこります。とちゅうで やすんでも いいです。',
  },
  help: {
    ja: '分からないときは、受付の人に声をかけてください。',
    en: 'If anything is unclear, please ask at reception.',
    easy: 'わからない ときは、うけつけの 人に きいて ください。',
  },
  begin: { ja: 'はじめる', en: 'Begin', easy: 'はじめる' },
  goOn: { ja: 'つづきから答える', en: 'Go on where I stopped', easy: 'つづきから こたえる' },
  back: { ja: '前のページに戻る', en: 'Back', easy: 'まえの ページ' },
  next: { ja: '次へ進む', en: 'Next', easy: 'つぎへ' },
  toCheck: { ja: '答えを確かめる', en: 'Check my answers', easy: 'こたえを 見る' },
  checkTitle: {
    ja: '答えを確かめてください',
    en: 'Check your answers',
    easy: 'こたえを もう いちど 見て ください',
  },
  checkLead: {
    ja: '直したいところは「変更」を押してください。よければ、一番下の「送る」を押します。',
    en: 'Press “Change” where something is wrong. When all is right, press “Send” at the bottom.',
    easy: 'かえたい ところは「かえる」を おして ください。よければ、いちばん 下の「おくる」を おして ください。',
  },
  yourAnswers: { ja: 'あなたの答え', en: 'Your answers', easy: 'あなたの こたえ' },
  stillMissing: {
    ja: 'まだ答えていない質問があります',
    en: 'Some questions are not answered yet',
    easy: 'まだ こたえて いない しつもんが あります',
  },
  sendLead: {
    ja: '送った答えは、お医者さんと受付の人が見ます。',
    en: 'Your doctor and the reception will see what you send.',
    easy: 'おくった こたえは、おいしゃさんと うけつけの 人が 見ます。',
  },
  send: { ja: 'この内容で送る', en: 'Send my answers', easy: 'おくる' },
  thanks: { ja: '答えを送りました', en: 'Your answers are sent', easy: 'こたえを おくりました' },
  giveBack: {
    ja: 'この端末を、受付の人に返してください。ご自分のスマートフォンの方は、この画面を閉じてください。',
    en: 'Please hand this device back to reception. On your own phone, you may close this page.',
    easy: 'この きかいを、うけつけの 人に かえして ください。じぶんの スマートフォンの 人は、この ページを とじて ください。',
  },
} as const satisfies Texts;
