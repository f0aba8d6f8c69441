import { of, type Texts } from '../kernel/sentence.ts';

/** Words printed on the sheets. */
export const text = {
  // every sheet
  pageOf: (page: number, pages: number) =>
    of(`${String(page)} / ${String(pages)} ページ`, `Page ${String(page)} of ${String(pages)}`),
  sheetNumbered: (code: string) => of(`用紙番号 ${code}`, `Sheet ${code}`),
  caseNumbered: (number: string) => of(`案件番号 ${number}`, `Case ${number}`),
  requestNumbered: (number: string) => of(`依頼番号 ${number}`, `Request ${number}`),
  ticked: of('印あり', 'ticked'),
  notTicked: of('印なし', 'not ticked'),
  qrAlt: (url: string) => of(`四角い印（QRコード）　${url}`, `QR code: ${url}`),
  printedOn: (day: string) => of(`印刷日 ${day}`, `Printed ${day}`),
  form: (program: string, version: string) =>
    of(`${program}　第${version}版`, `${program}, version ${version}`),
  yes: of('はい', 'Yes'),
  no: of('いいえ', 'No'),
  blankDay: of(
    '　　　　　　　　年　　　　　　月　　　　　　日',
    'Day ________   Month ________   Year ____________',
  ),

  // several sheets
  explainedBy: { ...of('説明した人', 'Explained by'), easy: 'せつめいした 人' },
  answerBy: of('お返事の期限', 'Answer by'),
  needs: of('困りごと', 'Needs'),
  where: of('場所', 'Where'),
  linkWorker: of('担当', 'Link worker'),
  goals: of('目標', 'Goals'),
  resource: of('名称', 'Name'),
  resourceFor: of('内容', 'What for'),
  state: of('今の様子', 'State'),

  // people
  person: of('ご本人', 'The person'),
  name: { ...of('お名前', 'Name'), easy: 'なまえ' },
  kana: of('フリガナ', 'Name in kana'),
  birth: of('生年月日', 'Date of birth'),
  gender: of('性別', 'Sex'),
  male: of('男性', 'Male'),
  female: of('女性', 'Female'),
  other: of('その他', 'Other'),
  address: of('住所', 'Address'),
  phone: of('電話番号', 'Phone'),
  insurer: of('保険者', 'Insurer'),
  contactBy: of('連絡のしかた', 'Contact'),
  postal: (code: string) => of(`〒${code}`, code),

  // fax head
  to: of('送り先', 'To'),
  from: of('送り主', 'From'),
  date: of('送付日', 'Date'),
  pages: of('枚数', 'Pages'),
  pagesInAll: (pages: number) =>
    of(`この紙を含めて ${String(pages)}枚`, `${String(pages)} including this one`),
  toOffice: (name: string) => of(`${name}　御中`, name),
  toPerson: (name: string) => of(`${name}　様`, name),
  toDoctor: (name: string) => of(`${name}　先生　御侍史`, `Dr ${name}`),
  tel: (number: string) => of(`電話 ${number}`, `Tel ${number}`),
  fax: (number: string) => of(`FAX ${number}`, `Fax ${number}`),
  confidential: of(
    '個人情報が書かれています。まちがって届いたときは、お手数ですが送り主にお電話ください。',
    'Confidential. If this has reached you by mistake, please call the sender.',
  ),

  // questionnaire
  howToTick: {
    ...of(
      'あてはまる□に印（✓）をつけてください。答えたくない質問は、空けたままでかまいません。',
      'Please tick the boxes that apply. You may leave a question blank.',
    ),
    easy: 'あう ものの □に ✓を かいて ください。こたえたくない しつもんは、かかなくて いいです。',
  },
  anyNumber: of('（いくつでも）', ' (tick any number)'),

  // radar chart
  domain: of('領域', 'Domain'),
  radarAlt: (title: string) =>
    of(
      `レーダーチャート　${title}。同じ内容を下の表に示します。`,
      `Radar chart: ${title}. The table below says the same.`,
    ),

  // support plan
  planTitle: of('支援計画書', 'Support plan'),
  goal: of('目標', 'Goal'),
  goalBy: of('いつまで', 'By'),
  threeKinds: of('三つの資源', 'Three kinds of resource'),
  nothingYet: (hint: string) => of(`（まだありません：${hint}）`, `(nothing yet: ${hint})`),
  askedGroups: of('お願いした先', 'Whom we asked'),
  planWords: of('これからのこと', 'What we agreed on'),
  agreed: of('ご本人の確認', 'The person’s agreement'),
  agreedWords: of(
    '説明を聞いて、この計画でよいと思ったら署名してください。いつでも変えられます。',
    'Please sign if you have heard this explained and agree. It can be changed at any time.',
  ),

  // referral
  referralTitle: of('リンクワーカー紹介票', 'Referral sheet (to a link worker)'),
  urgency: of('急ぎ具合', 'Urgency'),
  routine: of('通常', 'Routine'),
  urgent: of('お急ぎ', 'Urgent'),
  asap: of('できるだけ早く', 'As soon as possible'),
  stat: of('至急', 'Immediate'),
  reason: of('ご紹介の理由', 'Reason for the referral'),
  doctorsNote: of('医師からの申し送り', "The doctor's note"),
  consent: of('同意の内容', 'Consent'),
  consentEnded: of('今の状態', 'Now'),
  givenOn: of('同意した日', 'Given on'),
  signer: of('同意した人', 'Given by'),
  proxyOf: (name: string, relation: string) => of(`${name}（${relation}）`, `${name} (${relation})`),
  holds: of('有効な期間', 'Holds'),
  mayReceive: of('伝えてよい相手', 'May be told to'),
  mayBeGiven: of('伝えてよいこと', 'May be told'),
  answerHere: of('お返事はこちらからお願いします。', 'Please answer here.'),
  answerByPhone: of('電話・FAXでも承ります。', 'You may also answer by phone or fax.'),

  // invitation to see a doctor
  invitationBring: of('お持ちいただくもの', 'Please bring'),
  invitationAnswer: of('お返事のしかた', 'How to answer'),
  invitationHow: of(
    '右の四角い印（QRコード）をスマートフォンで読むか、お電話で、受診するかどうかをお知らせください。',
    'Read the square with a smartphone, or call, and let us know whether you will go.',
  ),
  invitationCall: (tel: string) => of(`お電話：${tel}`, `Telephone: ${tel}`),
  invitationCode: (code: string) => of(`手紙の番号　${code}`, `Number of this letter: ${code}`),
  invitationSlip: of('返信票', 'Reply slip'),
  invitationYes: of('受診します', 'I will go'),
  invitationBeen: of('もう受診しました', 'I have been there already'),
  invitationNo: of(
    'ご案内は要りません（わたしの情報を消してください）',
    'I do not want this (please delete what you hold of me)',
  ),
  invitationBack: (name: string) => of(`返送先：${name}`, `Send to: ${name}`),
} as const satisfies Texts;
