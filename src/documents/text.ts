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

  // fax cover
  faxTitle: of('FAX送付状', 'Fax cover sheet'),
  faxAbout: of('お送りするもの', 'What follows'),
  faxSubject: of('件名', 'Subject'),
  faxNumber: of('案件番号', 'Case'),
  faxHandOn: of(
    '個人情報が書かれた紙が続きます。宛先の担当の方に、すぐにお渡しください。',
    'Sheets with personal information follow. Please hand them to the addressee at once.',
  ),
  faxReceived: of('届いたことの確認', 'Please check'),
  faxCount: (pages: number) =>
    of(
      `この紙を入れて${String(pages)}枚そろっているか確かめてください。足りないときは、送り主にお電話ください。`,
      `There should be ${String(pages)} pages with this one. If any is missing, please call the sender.`,
    ),
  faxBack: of(
    '印をつけて、この紙だけを送り主へFAXしてください。',
    'Tick one, and fax this sheet alone back to the sender.',
  ),
  faxAll: of('全部届いた', 'All have arrived'),
  faxMissing: of('足りない・読めない', 'Some are missing or cannot be read'),

  // community resource
  assuredOn: (day: string) => of(`内容の確認 ${day}`, `Checked ${day}`),
  resourceWhen: of('日時', 'When'),
  fee: of('費用', 'Fee'),
  eligibility: of('どなたが', 'For whom'),
  appointment: of('予約', 'Appointment'),
  faxLabel: of('FAX', 'Fax'),
  provider: of('運営', 'Run by'),
  map: of('場所', 'Where it is'),
  mapAlt: (name: string) =>
    of(
      `${name}とまわりの場所の略図。名前と距離は次の一覧にあります。`,
      `Sketch of ${name} and places around it; names and distances follow.`,
    ),
  mapNote: of(
    '上が北です。道は描いていません。距離は直線です。',
    'North is up. Streets are not drawn; distances are straight lines.',
  ),
  metres: (metres: number) => of(`${String(metres)}m`, `${String(metres)} m`),
  kilometres: (kilometres: number) => of(`${String(kilometres)}km`, `${String(kilometres)} km`),
  mapQr: of('スマホで地図を見る', 'See the map online'),
  entryQr: of('このページを見る（職員用）', 'This entry (for staff)'),

  // consent
  consentTitle: of('同意書', 'Consent form'),
  consentIntro: of(
    '次の説明を聞いて、わかったうえで、自分の情報を下に書かれた相手に伝えることに同意します。',
    'I have heard and understood the explanation below, and I agree that my information is given to the people named here.',
  ),
  consentWithdrawn: (day: string) =>
    of(
      `撤回済み${day && `（${day}）`}\nこの同意は取り消されています。いまは使えません。`,
      `Withdrawn${day && ` on ${day}`}: this consent can no longer be used.`,
    ),
  consentExpired: (day: string) =>
    of(
      `期限切れ（${day}まで）\nこの同意の期間は終わっています。いまは使えません。`,
      `Expired (held until ${day}): this consent can no longer be used.`,
    ),
  markWithdrawn: (day: string) => of(`撤回済み${day && `（${day}）`}`, `Withdrawn${day && ` (${day})`}`),
  markExpired: (day: string) => of(`期限切れ（${day}まで）`, `Expired (held until ${day})`),
  purpose: { ...of('何のために使いますか', 'What it is used for'), easy: 'なんの ために つかいますか' },
  recipients: { ...of('だれに伝えますか', 'Who will receive it'), easy: 'だれに つたえますか' },
  items: { ...of('何を伝えますか', 'What will be given'), easy: 'なにを つたえますか' },
  period: { ...of('いつまで有効ですか', 'How long it holds'), easy: 'いつまで つかえますか' },
  blankPeriod: of(
    '　　　　　　　年　　　　　月　　　　　日から　　　　　　　年　　　　　月　　　　　日まで',
    'from ____________________ until ____________________',
  ),
  explained: { ...of('説明', 'Explanation'), easy: 'せつめい' },
  explainedBy: { ...of('説明した人', 'Explained by'), easy: 'せつめいした 人' },
  explainedHow: { ...of('説明のしかた', 'How'), easy: 'せつめいの しかた' },
  explainedOn: { ...of('説明した日', 'On'), easy: 'せつめいした 日' },
  signature: { ...of('署名', 'Signature'), easy: 'サイン' },
  signedOn: { ...of('署名した日', 'Signed on'), easy: 'サインした 日' },
  signedBy: { ...of('ご本人の署名', 'Signature of the person'), easy: 'あなたの サイン' },
  signedByProxy: {
    ...of('代わりの方の署名', 'Signature of the representative'),
    easy: 'かわりの 人の サイン',
  },
  onlyProxy: {
    ...of('ご本人が署名できないときだけ', 'Only if the person cannot sign'),
    easy: 'あなたが サインできない ときだけ',
  },
  relation: { ...of('ご本人との関係', 'Relation to the person'), easy: 'あなたとの かんけい' },
  proxyReason: {
    ...of('代わりに署名する理由', 'Reason for signing in their place'),
    easy: 'かわりに サインする わけ',
  },
  signatureAlt: (name: string) => of(`${name}の署名`, `Signature of ${name}`),
  withdraw: {
    ...of('同意をやめたいとき（いつでもやめられます）', 'If you change your mind (you may at any time)'),
    easy: 'やめたい とき（いつでも やめる ことが できます）',
  },
  clinic: { ...of('お問い合わせ先', 'Contact'), easy: 'きく ところ（れんらくさき）' },

  // referral
  referralTitle: of('リンクワーカー紹介票', 'Referral sheet (to a link worker)'),
  urgency: of('急ぎ具合', 'Urgency'),
  routine: of('通常', 'Routine'),
  urgent: of('お急ぎ', 'Urgent'),
  asap: of('できるだけ早く', 'As soon as possible'),
  stat: of('至急', 'Immediate'),
  answerBy: of('お返事の期限', 'Answer by'),
  reason: of('ご紹介の理由', 'Reason for the referral'),
  needs: of('困りごと', 'Needs'),
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

  // request to a community resource
  requestTitle: of('受け入れのご依頼', 'A request to your group'),
  welcomed: of(
    'お受けいただき、ありがとうございます。ご本人の連絡先をお知らせします。',
    'Thank you for saying that the person is welcome. This is how to reach them.',
  ),
  reachLater: of(
    'ご本人の電話番号と住所は、お受けいただいたあとにお伝えします。',
    'Phone number and address follow once you have said that the person is welcome.',
  ),
  forThisAlone: of(
    'ここに書いてあることは、この件だけに使ってください。ほかの人に伝えないでください。',
    'Use what stands here for this request alone. Please tell nobody else.',
  ),
  age: of('年齢', 'Age'),
  years: (age: number) => of(`${String(age)}歳`, String(age)),
  area: of('お住まい', 'Lives in'),
  asked: of('お願いしたいこと', 'What we ask'),
  when: of('希望の日時', 'When'),
  where: of('場所', 'Where'),
  wishes: of('本人の希望', 'Their wishes'),
  whom: of('どなたのことか', 'Whom it is about'),
  linkWorker: of('担当', 'Link worker'),
  reply: of('お返事', 'Your answer'),
  replyWelcome: of('お受けできます', 'Welcome'),
  replyFull: of('今は満員です', 'Full at present'),
  replyUnsuitable: of('合いません', 'Not suitable'),
  replyHow: of(
    '一つに印をつけて、この紙をFAXでお送りください。',
    'Tick one and send this sheet back by fax.',
  ),
  replyFax: (number: string) => of(`返信先 FAX ${number}`, `Fax it to ${number}`),
  replyRemark: of('ひとこと', 'Remark'),
  replyName: of('お名前', 'Your name'),
  replyOnline: of('スマホでも答えられます。', 'Or answer online.'),
  validUntil: (day: string) => of(`${day}まで有効`, `Until ${day}`),

  // report back
  greeting: of('いつも大変お世話になっております。', 'Thank you for your referral.'),
  openAccepted: (name: string) =>
    of(
      `ご紹介いただきました${name}様の相談を、当方でお受けいたしました。次のとおりお知らせいたします。`,
      `We have taken on ${name}, whom you referred to us. This is what was decided.`,
    ),
  openPlan: (name: string) =>
    of(
      `ご紹介いただきました${name}様の支援計画がまとまりましたので、次のとおりお知らせいたします。`,
      `The support plan for ${name}, whom you referred to us, is ready.`,
    ),
  openClosed: (name: string) =>
    of(
      `ご紹介いただきました${name}様への支援を終えましたので、次のとおりお知らせいたします。`,
      `Our support of ${name}, whom you referred to us, has ended. This is our report.`,
    ),
  openDeclined: (name: string) =>
    of(
      `ご紹介いただきました${name}様の相談を、当方ではお受けできませんでした。次のとおりお知らせいたします。`,
      `We could not take on ${name}, whom you referred to us, for the following reason.`,
    ),
  openPassed: (name: string) =>
    of(
      `ご紹介いただきました${name}様の支援を、ほかの窓口へ引き継ぎました。次のとおりお知らせいたします。`,
      `The support of ${name}, whom you referred to us, goes on at another office.`,
    ),
  openCancelled: (name: string) =>
    of(
      `ご紹介いただきました${name}様のご紹介は、取り消しとなりました。次のとおりお知らせいたします。`,
      `The referral of ${name} has been cancelled, for the following reason.`,
    ),
  openOther: (name: string) =>
    of(
      `ご紹介いただきました${name}様について、次のとおりお知らせいたします。`,
      `This is to tell you about ${name}, whom you referred to us.`,
    ),
  closing: of('今後ともどうぞよろしくお願いいたします。', 'With thanks for working with us.'),
  referredOn: of('ご紹介日', 'Referred on'),
  decided: of('決まったこと', 'What was decided'),
  goals: of('目標', 'Goals'),
  goalDue: (day: string) => of(`${day}まで`, `by ${day}`),
  linked: of('つないだ先', 'Where they were linked'),
  resource: of('名称', 'Name'),
  resourceFor: of('内容', 'What for'),
  state: of('今の様子', 'State'),
  contacts: of('これまでの連絡', 'Contacts so far'),
  contactOn: of('日付', 'Date'),
  contactHow: of('方法', 'How'),
  contactResult: of('結果', 'Result'),
  outcomes: of('結果', 'Outcomes'),
  nextSteps: of('これからのこと', 'Next steps'),
  nextReport: (day: string) => of(`次の返書の予定：${day}`, `Next report expected: ${day}`),

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

  // hand-over between consultation windows
  handOverReason: of('引き継ぐ理由', 'Why'),
  handOverAsked: of('お願いしたいこと', 'What is asked'),
  handOverNeeds: of('困りごと', 'Needs'),
  handOverSummary: of('アセスメントのまとめ', 'Summary of the assessment'),
  handOverGoals: of('ご本人の目標', 'The person’s goals'),
  handOverAnswer: of('お返事', 'Answer'),
  handOverTaken: of('お受けしました（　　　月　　　日）', 'Taken up on ____ / ____'),
  handOverNotTaken: of(
    'お受けできません（理由：　　　　　　　　　　　　　　　　）',
    'Cannot be taken up (why: ______________________)',
  ),
  handOverBy: of('担当者　　　　　　　　　　　　　　　電話', 'By ________________________   Tel'),
} as const satisfies Texts;
