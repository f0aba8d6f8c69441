import type { Texts } from '../kernel/sentence.ts';
import type { Insurance } from './record.ts';

/** Words of the patients' list, of registering and of a person's page. */
export const text = {
  print: { ja: '印刷', en: 'Print' },
  printTicked: { ja: '印をつけた方をまとめて印刷', en: 'Print for those ticked' },
  printAll: { ja: 'この一覧の全員をまとめて印刷', en: 'Print for all in this list' },
  patients: { ja: '患者さん', en: 'Patients' },
  patientsLead: {
    ja: '問診票から紹介、その後の返書までの進みぐあいが分かります。',
    en: 'How far each person has come: questionnaire, consent, referral, and what became of it.',
  },
  register: { ja: '患者さんを登録する', en: 'Register a patient' },
  search: {
    ja: '名前・フリガナ・電話番号・生年月日でさがす',
    en: 'Search by name, kana, phone or birth date',
  },
  searchHint: {
    ja: '例: さとう はな、090-0000-1234、昭和16年3月4日',
    en: 'For example: さとう, 090-0000-1234, 1941-03-04',
  },
  find: { ja: 'さがす', en: 'Search' },
  showAll: { ja: '全員を表示する', en: 'Show everybody' },
  found: (words: string) => ({ ja: `「${words}」の検索結果`, en: `Results for “${words}”` }),
  newestFirst: { ja: '動きのあった順', en: 'Newest activity first' },
  pageOf: (page: number) => ({ ja: `${String(page)}ページ目`, en: `Page ${String(page)}` }),
  noneYet: { ja: 'まだ患者さんの登録がありません', en: 'No patients have been registered yet' },
  noneYetNext: {
    ja: 'はじめに患者さんを登録します。続けて、問診票と同意に進めます。',
    en: 'Register a patient first; the questionnaire and consent come next.',
  },
  noneFound: { ja: '当てはまる患者さんはいません', en: 'Nobody matches' },
  noneFoundNext: {
    ja: '名前の一部や、電話番号の下4けたでもさがせます。まだ登録していない方は、登録してください。',
    en: 'Part of a name or the last four digits of a phone number are enough. If the person is new, register them.',
  },
  name: { ja: '名前', en: 'Name' },
  activity: { ja: '最後の動き', en: 'Last activity' },
  age: (years: number) => ({ ja: `${String(years)}歳`, en: `aged ${String(years)}` }),

  answers: { ja: '問診票', en: 'Questionnaire' },
  consent: { ja: '同意', en: 'Consent' },
  referral: { ja: '紹介', en: 'Referral' },
  result: { ja: '結果', en: 'Result' },
  notAnswered: { ja: 'まだ', en: 'Not yet' },
  answering: { ja: '回答待ち', en: 'Waiting for answers' },
  answered: { ja: '回答あり', en: 'Answered' },
  seeToday: { ja: '今日中に確認', en: 'See today' },
  noConsent: { ja: 'まだ', en: 'Not yet' },
  consented: { ja: '同意あり', en: 'Given' },
  consentOver: { ja: '期限切れ', en: 'Expired' },
  consentWithdrawn: { ja: '取り消し', en: 'Withdrawn' },
  notReferred: { ja: 'まだ', en: 'Not yet' },
  waiting: { ja: '返事待ち', en: 'Waiting for a reply' },
  accepted: { ja: '引き受け済み', en: 'Accepted' },
  declined: { ja: '引き受けられず', en: 'Declined' },
  inProgress: { ja: '支援中', en: 'In progress' },
  onHold: { ja: '保留中', en: 'On hold' },
  cancelled: { ja: '取り消し', en: 'Cancelled' },
  sent: { ja: '送付済み', en: 'Sent' },
  draft: { ja: '下書き', en: 'Draft' },
  noResult: { ja: 'まだ', en: 'Not yet' },
  reported: { ja: '返書あり', en: 'Report received' },
  closed: { ja: '支援が終了', en: 'Support ended' },
  failed: { ja: 'つながらず', en: 'Not linked' },

  registerLead: {
    ja: '保険証やマイナ保険証を見ながら入力してください。',
    en: 'Type what the insurance card says.',
  },
  nameSection: { ja: 'お名前', en: 'Name' },
  family: { ja: '姓（漢字など）', en: 'Family name' },
  given: { ja: '名（漢字など）', en: 'Given name' },
  familyKana: { ja: '姓のフリガナ', en: 'Family name in kana' },
  givenKana: { ja: '名のフリガナ', en: 'Given name in kana' },
  kanaHint: { ja: 'ひらがなでも入力できます。', en: 'Hiragana or katakana.' },
  birthDate: { ja: '生年月日', en: 'Date of birth' },
  sex: { ja: '性別', en: 'Sex' },
  male: { ja: '男性', en: 'Male' },
  female: { ja: '女性', en: 'Female' },
  other: { ja: 'その他', en: 'Other' },
  unknown: { ja: '答えない・不明', en: 'Not stated' },
  addressSection: { ja: '住所と連絡先', en: 'Address and contact' },
  postalCode: { ja: '郵便番号', en: 'Postal code' },
  postalHint: { ja: '7けたの数字', en: 'Seven digits' },
  municipality: { ja: '市町村', en: 'Municipality' },
  municipalityHint: {
    ja: '紹介先の窓口は、お住まいの市町村で決まります。',
    en: 'It decides which office a referral goes to.',
  },
  line: { ja: '町名・番地・建物', en: 'Street address' },
  phone: { ja: '電話番号', en: 'Phone' },
  email: { ja: 'メールアドレス', en: 'E-mail' },
  insuranceSection: { ja: '健康保険', en: 'Health insurance' },
  insuranceHint: {
    ja: '今は分からないときは、すべて空けておけます。',
    en: 'Leave all of it empty when it is not known yet.',
  },
  insurerNumber: { ja: '保険者番号', en: 'Insurer number' },
  insurerHint: { ja: '8けた、または6けたの数字', en: 'Eight or six digits' },
  symbol: { ja: '記号', en: 'Symbol' },
  symbolHint: { ja: '後期高齢者医療では空けてください。', en: 'Empty for the insurance of the aged.' },
  number: { ja: '番号', en: 'Number' },
  branch: { ja: '枝番', en: 'Branch number' },
  branchHint: { ja: '2けたの数字', en: 'Two digits' },
  save: { ja: '登録する', en: 'Register' },
  saveChange: { ja: '変更を保存する', en: 'Save the changes' },
  cancel: { ja: 'やめる', en: 'Cancel' },

  missing: (what: string, whatEn: string) => ({
    ja: `${what}を入力してください。`,
    en: `Enter the ${whatEn}.`,
  }),
  notKana: (what: string, whatEn: string) => ({
    ja: `${what}は、ひらがなかカタカナで入力してください。漢字や英字は使えません。`,
    en: `Enter the ${whatEn} in kana only, without kanji or letters.`,
  }),
  birthMissing: { ja: '生年月日を入力してください。', en: 'Enter the date of birth.' },
  birthFuture: {
    ja: '生年月日が今日より後の日付です。元号と年を確かめてください。',
    en: 'The date of birth is in the future. Check era and year.',
  },
  birthTooOld: {
    ja: '生年月日が130年以上前です。元号と年を確かめてください。',
    en: 'The date of birth is more than 130 years ago. Check era and year.',
  },
  sexMissing: { ja: '性別を選んでください。', en: 'Choose the sex.' },
  wrongPostal: {
    ja: '郵便番号は7けたの数字で入力してください（例: 000-1234）。',
    en: 'A postal code has seven digits (for example 000-1234).',
  },
  municipalityMissing: { ja: '市町村を選んでください。', en: 'Choose the municipality.' },
  unknownMunicipality: {
    ja: 'その市町村は登録されていません。一覧から選んでください。',
    en: 'That municipality is not known. Choose one from the list.',
  },
  wrongPhone: {
    ja: '電話番号は、市外局番から10けたか11けたの数字で入力してください（例: 090-0000-1234）。',
    en: 'Enter the phone number with its area code, ten or eleven digits.',
  },
  wrongEmail: {
    ja: 'メールアドレスの形になっていません。もう一度確かめてください（例: hanako@example.com）。',
    en: 'This is not an e-mail address. Please check it.',
  },
  insurerDigits: (count: number) => ({
    ja: `保険者番号は8けた（国民健康保険では6けたのこともあります）です。今は${String(count)}けたです。`,
    en: `An insurer number has eight digits (six for some municipal insurers); this one has ${String(count)}.`,
  }),
  insurerNotNumber: {
    ja: '保険者番号は数字だけで入力してください。',
    en: 'An insurer number has digits only.',
  },
  insurerCheck: {
    ja: '保険者番号のどこかの数字が違うようです。最後のけた（確認用の数字）と合いません。保険証を見直してください。',
    en: 'One of the digits of the insurer number seems wrong: the last one, which checks the others, does not fit.',
  },
  insurerMissing: {
    ja: '保険者番号を入力してください。分からないときは、健康保険の欄をすべて空けてください。',
    en: 'Enter the insurer number, or leave all of the insurance empty.',
  },
  numberMissing: {
    ja: '保険証の番号を入力してください。分からないときは、健康保険の欄をすべて空けてください。',
    en: 'Enter the number of the insured person, or leave all of the insurance empty.',
  },
  noColon: {
    ja: '記号や番号に「:」は使えません。',
    en: 'A colon cannot be part of the symbol or number.',
  },
  wrongBranch: {
    ja: '枝番は2けたの数字で入力してください（例: 01）。',
    en: 'The branch number has two digits (for example 01).',
  },

  knownTitle: {
    ja: '同じ方が、もう登録されているかもしれません',
    en: 'This person may already be registered',
  },
  knownLead: {
    ja: 'フリガナと生年月日が同じ方がいます。同じ方なら、その方の画面を開いてください。',
    en: 'Somebody with the same kana name and birth date is registered. If it is the same person, open their page.',
  },
  openThis: { ja: 'この方の画面を開く', en: 'Open this person' },
  typedNow: { ja: '今入力した内容', en: 'What you typed' },
  same: (of: string) => ({ ja: `${of}（同じ）`, en: `${of} (the same)` }),
  registerAnyway: { ja: '別の方として登録する', en: 'Register as a different person all the same' },
  registerAnywayHint: {
    ja: '同じ名前・同じ生年月日の別の方だと確かめたときだけ押してください。',
    en: 'Only when you have made sure that they are two people.',
  },
  backToForm: { ja: '入力に戻って直す', en: 'Back to the form' },

  edit: { ja: '登録内容を変更する', en: 'Change these details' },
  editTitle: { ja: '登録内容の変更', en: 'Change details' },
  conflictTitle: { ja: '先に、ほかの人がこの方の登録を変更しました', en: 'Somebody else changed this first' },
  conflictNext: {
    ja: 'あなたの変更はまだ保存されていません。下の違いを確かめ、よければもう一度「変更を保存する」を押してください。',
    en: 'Your changes are not saved yet. Look at the differences and, if they are right, save once more.',
  },
  conflictSame: {
    ja: 'あなたの入力と、今の登録内容は同じです。',
    en: 'What you typed is the same as what is stored now.',
  },
  field: { ja: '項目', en: 'Item' },
  storedNow: { ja: '今の登録', en: 'Stored now' },
  yours: { ja: 'あなたの入力', en: 'Yours' },

  saidRegistered: { ja: '登録しました。次は問診票です。', en: 'Registered. The questionnaire comes next.' },
  saidConsented: { ja: '同意を記録しました。', en: 'The consent was recorded.' },
  saidChanged: { ja: '登録内容を変更しました。', en: 'The details were changed.' },
  steps: { ja: '進みぐあい', en: 'Progress' },
  next: { ja: '次にすること', en: 'What to do next' },
  details: { ja: '登録内容', en: 'Details' },
  disclosure: { ja: '記録の開示', en: 'What is held about this person' },
  disclosureLead: {
    ja: 'ご本人から「だれに伝えたか」「何が書いてあるか」とたずねられたときに使います。出したことは記録に残ります。',
    en: 'For when the person asks who was told, or what is written. That it was given out stays on record.',
  },
  provided: { ja: 'だれに伝えたか・だれが見たか', en: 'Who was told, and who looked' },
  everything: { ja: 'この方の記録をすべて出す（PDF）', en: 'Everything about this person (PDF)' },
  everythingData: { ja: 'データで出す（FHIR、JSON）', en: 'As data (FHIR, JSON)' },
  address: { ja: '住所', en: 'Address' },
  insurance: { ja: '健康保険', en: 'Insurance' },
  insuranceLine: ({ insurerNumber, symbol, number, branch }: Insurance) => ({
    ja: [
      `保険者番号 ${insurerNumber}`,
      symbol && `記号 ${symbol}`,
      `番号 ${number}`,
      branch && `枝番 ${branch}`,
    ]
      .filter(Boolean)
      .join('　'),
    en: [
      `Insurer ${insurerNumber}`,
      symbol && `symbol ${symbol}`,
      `number ${number}`,
      branch && `branch ${branch}`,
    ]
      .filter(Boolean)
      .join(', '),
  }),
} as const satisfies Texts;
