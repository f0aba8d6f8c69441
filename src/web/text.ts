import type { Texts } from '../kernel/sentence.ts';

/** Words of the page frame, of forms and of what may go wrong. */
export const text = {
  product: { ja: 'つなぐ', en: 'Tsunagi' },
  skip: { ja: '本文へ進む', en: 'Skip to the content' },
  menu: { ja: 'メニュー', en: 'Menu' },
  language: { ja: '表示する言語', en: 'Language' },
  signOut: { ja: 'ログアウト', en: 'Sign out' },
  signedInAs: { ja: 'ログイン中の人', en: 'Signed in as' },
  demo: {
    ja: '試用の画面です。人も場所もすべて架空です。',
    en: 'This is a demonstration. All people, organizations and places in it are invented.',
    easy: 'これは ためしの ページです。出て くる 人や ところは、ほんとうの ものでは ありません。',
  },
  home: { ja: 'はじめの画面へ', en: 'Go to the first page' },
  back: { ja: '戻る', en: 'Back' },
  signIn: { ja: 'ログインする', en: 'Sign in' },
  printed: { ja: '印刷した日時', en: 'Printed' },
  print: { ja: 'この画面を印刷する', en: 'Print this page' },
  newWindow: { ja: '（別の画面で開きます）', en: ' (opens in a new window)' },

  left: {
    ja: '前に入力した内容を表示しています。まだ送られていません。',
    en: 'This shows what you typed before. It has not been sent yet.',
  },
  leftUnsent: {
    ja: 'ログインし直したため、まだ送られていません。入力した内容を確かめて、もう一度送ってください。',
    en: 'You signed in again, so this has not been sent yet. Please check what you typed and send it again.',
  },
  leftFile: {
    ja: 'ファイルや手書きの署名は残せません。もう一度入れてください。',
    en: 'A file or a drawn signature cannot be kept. Please add it again.',
  },
  empty: { ja: '最初から入力する', en: 'Start with an empty form' },

  required: { ja: '必須', en: 'Required', easy: 'こたえて ください' },
  optional: { ja: '任意', en: 'Optional', easy: 'こたえなくても いい' },
  errorPrefix: { ja: '入力の確認', en: 'Please check', easy: 'もう いちど 見て ください' },
  error: { ja: 'エラー', en: 'Error' },
  summary: {
    ja: '次のところを直してください',
    en: 'Please correct the following',
    easy: 'つぎの ところを なおして ください',
  },
  change: { ja: '変更', en: 'Change', easy: 'かえる' },
  changeOf: (of: string) => ({ ja: `${of}を変更`, en: `Change: ${of}`, easy: `${of}を かえる` }),
  choose: { ja: '選んでください', en: 'Please choose', easy: 'えらんで ください' },
  clear: { ja: '消して書き直す', en: 'Clear and draw again' },
  signHere: {
    ja: '署名の欄。指やペンで書いてください。',
    en: 'Signature area. Draw with a finger or a pen.',
  },
  signNeedsScript: {
    ja: 'この端末では手書きの署名ができません。紙に署名して、その写しを使ってください。',
    en: 'This device cannot take a drawn signature. Please sign on paper and use a copy of it.',
  },
  show: { ja: '表示', en: 'Show' },

  missing: { ja: '入力してください。', en: 'Please fill this in.' },
  notChosen: { ja: '一つ選んでください。', en: 'Please choose one.' },
  notTicked: { ja: '確認の印をつけてください。', en: 'Please tick the box.' },
  noneChosen: { ja: '一つ以上選んでください。', en: 'Please choose at least one.' },
  wrongChoice: { ja: '選択肢の中から選び直してください。', en: 'Please choose one of the given answers.' },
  wrong: { ja: '入力の内容を確認してください。', en: 'Please check what you entered.' },
  control: {
    ja: '使えない文字（制御文字）が含まれています。打ち直してください。',
    en: 'This contains characters that cannot be used (control characters). Please type it again.',
  },
  oneLine: { ja: '1行で入力してください。', en: 'Please enter a single line.' },
  tooLong: (max: number) => ({
    ja: `${String(max)}文字までで入力してください。`,
    en: `Please use no more than ${String(max)} characters.`,
  }),
  tooMuch: { ja: '多すぎます。減らしてください。', en: 'This is too much. Please use less.' },
  tooLittle: { ja: '足りません。もう少し入力してください。', en: 'This is too little. Please enter more.' },
  number: (min: number, max: number) => ({
    ja: `${String(min)}から${String(max)}までの整数を入力してください。`,
    en: `Please enter a whole number from ${String(min)} to ${String(max)}.`,
  }),
  dateIncomplete: {
    ja: '年・月・日をすべて数字で入力してください。',
    en: 'Please enter year, month and day in figures.',
    easy: '年・月・日を ぜんぶ すうじで かいて ください。',
  },
  dateImpossible: {
    ja: 'その日付はありません。年・月・日を確かめてください。',
    en: 'There is no such date. Please check year, month and day.',
    easy: 'その日は ありません。年・月・日を もう いちど 見て ください。',
  },
  dateNotInEra: {
    ja: 'その元号にない日付です。元号と年を確かめてください。',
    en: 'This date is not in that Japanese era. Please check era and year.',
    easy: 'その げんごうに ない 日です。げんごうと 年を もう いちど 見て ください。',
  },
  timeOfDay: { ja: '時刻', en: 'Time of day', easy: 'じかん' },
  unit: { ja: '単位', en: 'Unit', easy: 'たんい' },
  era: { ja: '元号', en: 'Era', easy: 'げんごう' },
  year: { ja: '年', en: 'Year' },
  month: { ja: '月', en: 'Month' },
  day: { ja: '日', en: 'Day' },
  eraWestern: { ja: '西暦', en: 'Western year' },
  uploadTooLarge: {
    ja: 'ファイルが大きすぎます。小さくして送り直してください。',
    en: 'The file is too large. Please send a smaller one.',
  },
  uploadBroken: {
    ja: '送られた内容を読み取れませんでした。もう一度送ってください。',
    en: 'What was sent could not be read. Please send it again.',
  },

  done: { ja: '済み', en: 'done' },
  current: { ja: '今ここ', en: 'you are here' },
  todo: { ja: 'これから', en: 'to do' },
  previousPage: { ja: '前のページ', en: 'Previous page' },
  nextPage: { ja: '次のページ', en: 'Next page' },
  pages: { ja: 'ページの移動', en: 'Pages' },
  item: { ja: '項目', en: 'Item' },
  figure: { ja: '数', en: 'Number' },
  items: (count: number) => ({
    ja: count > 99 ? '100件以上' : `${String(count)}件`,
    en: count > 99 ? '100 items or more' : count === 1 ? '1 item' : `${String(count)} items`,
  }),

  invalidTitle: { ja: '送られた内容に直すところがあります', en: 'Something that was sent needs correcting' },
  invalidNext: {
    ja: '前の画面に戻り、直してからもう一度送ってください。',
    en: 'Please go back, correct it and send it again.',
  },
  signedOutTitle: { ja: 'ログインが必要です', en: 'Please sign in' },
  signedOutNext: {
    ja: 'しばらく使われなかったか、まだログインしていません。ログインすると続きから進めます。',
    en: 'You have been away for a while or have not signed in yet. Sign in to go on from here.',
  },
  forbiddenTitle: { ja: 'この操作はできません', en: 'This is not possible with your account' },
  forbiddenNext: {
    ja: 'あなたの役割では、この操作は認められていません。必要なときは、職場の管理者に相談してください。',
    en: 'Your role does not allow this. If you need it, please talk to the administrator at your workplace.',
  },
  notFoundTitle: { ja: 'ページが見つかりません', en: 'Page not found' },
  notFoundNext: {
    ja: 'アドレスが違うか、見られる期間が終わったか、あなたには見られない内容です。アドレスを確かめるか、はじめの画面からお探しください。',
    en: 'The address may be wrong, the time for seeing this may be over, or it is not open to you. Please check the address or start from the first page.',
  },
  conflictTitle: { ja: '先にほかの変更がありました', en: 'Somebody changed this first' },
  conflictNext: {
    ja: '今の状態を見てから、もう一度行ってください。入力した内容は保存されていません。',
    en: 'Please look at how it stands now and then try again. What you entered was not saved.',
  },
  tooManyTitle: { ja: '少し時間をおいてください', en: 'Please wait a little' },
  tooManyNext: (minutes: number) => ({
    ja: `短い間に何度も操作がありました。${String(minutes)}分ほど待ってから、もう一度お試しください。`,
    en: `There were many attempts in a short time. Please try again in about ${minutes === 1 ? 'a minute' : `${String(minutes)} minutes`}.`,
  }),
  look: { ja: '今の状態を見る', en: 'See how it stands now' },
  goneTitle: { ja: 'このページはもう使えません', en: 'This page is no longer available' },
  bugTitle: { ja: '申し訳ありません。うまくいきませんでした', en: 'Sorry, something went wrong' },
  bugNext: {
    ja: 'こちらの不具合です。少し待ってから、もう一度お試しください。続くときは、下の番号を管理者に伝えてください。',
    en: 'The fault is ours. Please wait a moment and try again. If it goes on, please tell the administrator the number below.',
  },
  reference: { ja: 'お問い合わせ番号', en: 'Reference number' },
  chartOf: (title: string) => ({
    ja: `レーダーチャート　${title}。同じ内容を表で示します。`,
    en: `Radar chart: ${title}. The table says the same.`,
  }),
  pick: (name: string) => ({ ja: `${name}に印をつける`, en: `Tick ${name}` }),
} satisfies Texts;
