import type { Texts } from '../kernel/sentence.ts';

const of = (ja: string, en: string) => ({ ja, en });

/** Words about what is opened without consent: in an emergency, or on a legal basis. */
export const text = {
  // emergency
  emergencyTitle: of('緊急の閲覧', 'Emergency access'),
  emergencyLead: of(
    '命や体に危険があり、同意を待てないときだけ使います。開いたことはすべて記録され、ほかの人があとで確認します。',
    'Only where life or limb is in danger and consent cannot wait. Everything is recorded and reviewed by somebody else.',
  ),
  who: of('どなたを開きますか', 'Who is it'),
  kana: of('名前（フリガナ）', 'Name in kana'),
  kanaHint: of('姓と名。ひらがなでも入力できます。', 'Family and given name, hiragana or katakana.'),
  kanaMissing: of('名前をフリガナで入力してください。', 'Enter the name in kana.'),
  birth: of('生年月日', 'Date of birth'),
  birthMissing: of('生年月日を入力してください。', 'Enter the date of birth.'),
  key: of('電話番号、または保険の番号', 'Phone number, or the number of the insurance card'),
  keyHint: of(
    '保険の番号は「保険者番号:記号:番号:枝番」です。',
    'A card is insurer number:symbol:number:branch, with the colons.',
  ),
  keyMissing: of(
    '電話番号か、保険の番号を入力してください。',
    'Enter a phone number or an insurance number.',
  ),
  because: of('理由', 'Why'),
  becauseMissing: of('理由を選んでください。', 'Choose why.'),
  'danger-to-life': of('命や体に危険がある', 'Life or limb is in danger'),
  'cannot-be-asked': of(
    'ご本人が話せず、同意を確かめられない',
    'The person cannot speak, so consent cannot be asked',
  ),
  other: of('そのほか', 'Something else'),
  note: of('どういう状況ですか', 'What has happened'),
  noteHint: of('10文字以上。あとで確認する人が読みます。', 'Ten characters or more; the reviewer reads it.'),
  noteShort: of('状況を10文字以上で書いてください。', 'Write ten characters or more.'),
  open: (hours: number) => of(`${String(hours)}時間だけ開く`, `Open for ${String(hours)} hours`),
  noneFound: of(
    '一人に決まりませんでした。名前・生年月日・番号のどれかが違うか、登録がありません。（この操作も記録されました。）',
    'Not exactly one person fits. Something may be mistyped, or nobody is registered. (This try was recorded, too.)',
  ),
  banner: (time: string) =>
    of(
      `緊急の閲覧中（${time}まで）。すべて記録され、あとで確認されます。`,
      `Emergency access until ${time}. Everything is recorded and will be reviewed.`,
    ),
  yourReason: (because: string, note: string) => of(`理由：${because}。${note}`, `Why: ${because}. ${note}`),
  over: of(
    'この方の緊急の閲覧は終わっています。必要なときは、もう一度開いてください。',
    'The emergency access has ended. Open it again where it is needed.',
  ),

  // what is opened
  person: of('ご本人', 'The person'),
  name: of('お名前', 'Name'),
  sex: of('性別', 'Sex'),
  address: of('住所', 'Address'),
  phone: of('電話番号', 'Phone'),
  insurance: of('健康保険', 'Insurance'),
  helpers: of('家族・支える人', 'Family and helpers'),
  needs: of('困りごと', 'Needs'),
  answersOn: (day: string) => of(`問診票の答え（${day}）`, `Answers of ${day}`),
  notes: of('医師からの申し送り', 'Notes of the doctor'),
  goals: of('目標', 'Goals'),
  referrals: of('紹介', 'Referrals'),
  until: (day: string) => of(`${day}まで`, `until ${day}`),
  nothing: of('ほかに見られる記録はありません。', 'There is nothing else to see.'),
  hiddenPerson: of('（お名前は見られません）', '(name not shown)'),

  // legal basis
  discloseTitle: of('同意によらずに提供する', 'Disclose without consent'),
  discloseLead: of(
    '法律などの根拠があるときだけ使います。提供したことはご本人の記録に残り、ほかの人があとで確認します。',
    'Only on a legal basis. It stays on the person’s record and is reviewed by somebody else.',
  ),
  basis: of('根拠', 'Legal basis'),
  basisMissing: of('根拠を選んでください。', 'Choose the legal basis.'),
  to: of('提供する相手', 'To whom'),
  toHint: of(
    '一つずつ選びます。市町村や団体は、上でさがすと出ます。市町村のように、ここに画面を持たない相手は、紙などで渡した記録として残ります。',
    'One by one; search above for a town hall or a group. A body without a screen here is recorded as told on paper.',
  ),
  toMissing: of('提供する相手を選んでください。', 'Choose to whom.'),
  findBody: of('ほかの機関を名前でさがす', 'Find another body by name'),
  findBodyHint: of('下を書く前にさがしてください。', 'Search before you fill in the rest.'),
  find: of('さがす', 'Search'),
  what: of('提供する内容', 'What is disclosed'),
  whatHint: of('あなたが見られる内容だけを選べます。', 'Only what you see yourself.'),
  whatMissing: of('提供する内容を選んでください。', 'Choose what is disclosed.'),
  contactNeeded: of(
    '名前と連絡先がないと、相手はだれのことか分かりません。「名前・住所・電話番号」も選んでください。',
    'Without name and contact they cannot tell who it is. Choose those as well.',
  ),
  end: of('いつまで', 'Until'),
  endHint: of('長くて92日間です。', 'At most 92 days.'),
  endMissing: of('終わりの日を入力してください。', 'Enter the last day.'),
  endPast: of('終わりの日は、今日かそれより後にしてください。', 'The last day must be today or later.'),
  endFar: of('終わりの日は、今日から92日以内にしてください。', 'The last day must be within 92 days.'),
  why: of('なぜ必要か', 'Why it is needed'),
  whyHint: of(
    '10文字以上。同意を得られない事情も書いてください。',
    'Ten characters or more; say why consent cannot be had.',
  ),
  whyShort: of('なぜ必要かを、10文字以上で書いてください。', 'Say why, in ten characters or more.'),
  toCheck: of('内容を確かめる', 'Check it'),
  check: of('この内容で提供します', 'Check before disclosing'),
  checkLead: of(
    '記録すると、相手はすぐにこの方を見られるようになります。',
    'Once recorded, they see the person at once.',
  ),
  disclose: of('提供を記録する', 'Record the disclosure'),
  correct: of('なおす', 'Correct it'),
  panel: of('同意によらない提供・緊急の閲覧', 'Disclosed without consent'),
  panelNone: of('ありません。', 'None.'),
  withoutConsent: of('同意によらない提供', 'Without consent'),
  emergencyMark: of('緊急の閲覧', 'Emergency access'),
  ended: of('終わりました', 'Ended'),
  running: of('提供しています', 'In force'),
  shown: of('同意によらない提供', 'A disclosure without consent'),
  endNow: of('提供を終える', 'End the disclosure'),
  endWhy: of('終える理由', 'Why it ends'),
  endWhyMissing: of('終える理由を書いてください。', 'Write why it ends.'),
  saidDisclosed: of(
    '提供を記録しました。確認の一覧に入りました。',
    'The disclosure was recorded and waits for review.',
  ),
  saidEnded: of('提供を終えました。', 'The disclosure has ended.'),
  from: of('提供した機関', 'Disclosed by'),
  on: of('記録した日', 'Recorded on'),
  backToPerson: of('患者さんのページへ', 'Back to the person'),
  backToCase: of('紹介のページへ', 'Back to the referral'),

  // shared
  shared: of('共有された方', 'Shared with us'),
  sharedLead: of(
    'ご本人の同意、または法律の根拠によって、あなたの機関に共有された方です。知ったことを、ほかに話さないでください。',
    'Persons shared with your body, by their consent or on a legal basis. What you learn stays with you.',
  ),
  sharedNone: of('共有された方はいません', 'Nobody is shared with you'),
  sharedNoneNext: of('共有されると、ここに出ます。', 'When somebody is, they stand here.'),
  ground: of('根拠', 'Grounds'),
  byConsent: of('ご本人の同意', 'Consent of the person'),
  items: of('見られる内容', 'What you see'),
  readUntil: of('いつまで', 'Until'),
  backToShared: of('共有された方の一覧へ', 'Back to the list'),

  // reviews
  reviewsTitle: of('同意によらない閲覧・提供の確認', 'Review of what was opened without consent'),
  reviewsLead: of(
    '正しい理由があったかを、した人ではない人が確認します。14日たっても確認されないものは、この仕組みの管理者（個人情報管理責任者）が確認します。',
    'Somebody other than who did it says whether it was justified. What waits for fourteen days goes to the administrator of this service, who is responsible for personal data.',
  ),
  overdueLead: of(
    '14日たっても、その機関のほかの人が確認していないものです。個人情報管理責任者として確認してください。お名前や記録の中身は、ここでは見られません。足りないことは、その機関に電話でたずねてください。',
    'Nobody of the body itself reviewed these within fourteen days; they are yours as the person responsible for personal data. You see neither names nor records here. Ask the body by telephone for what you miss.',
  ),
  reviewsNone: of('確認するものはありません', 'Nothing to review'),
  reviewsNoneNext: of(
    '緊急の閲覧や、同意によらない提供があると、ここに出ます。',
    'Emergency access and disclosures without consent will stand here.',
  ),
  elsewhere: of(
    'ほかの機関が緊急に開いた、登録している方',
    'Persons we keep whom other bodies opened in an emergency',
  ),
  number: of('番号', 'Number'),
  kind: of('何を', 'What'),
  by: of('だれが', 'Who'),
  at: of('いつ', 'When'),
  state: of('確認', 'Review'),
  open2: of('まだ', 'Waiting'),
  own: of('ほかの人の確認待ち（ご自分のもの）', 'Waits for somebody else (your own)'),
  justified: of('正当だった', 'Justified'),
  'not-justified': of('正当ではなかった', 'Not justified'),
  verdict: of('どうでしたか', 'Verdict'),
  verdictMissing: of('どちらかを選んでください。', 'Choose one.'),
  remark: of('ひとこと', 'Remark'),
  remarkMissing: of('正当ではなかったときは、わけを書いてください。', 'Where it was not justified, say why.'),
  remarkHint: of('正当ではなかったときは、わけを必ず書きます。', 'Needed where it was not justified.'),
  give: of('確認を記録する', 'Record the review'),
  saidReviewed: of('確認を記録しました。', 'The review was recorded.'),
  reviewOne: of('確認する', 'Review'),
  backToReviews: of('確認の一覧へ', 'Back to the reviews'),
  notOwn: of(
    'ご自分がしたことは、ご自分では確認できません。ほかの人に頼んでください。',
    'What you did yourself is reviewed by somebody else.',
  ),
  reviewedBy: (name: string, day: string) =>
    of(`${day}に${name}さんが確認しました`, `Reviewed by ${name} on ${day}`),
  reviewedByAdministrator: (name: string, day: string) =>
    of(
      `${day}に、この仕組みの管理者${name === '' ? '' : `（${name}さん）`}が確認しました`,
      `Reviewed by the administrator of this service${name === '' ? '' : ` (${name})`} on ${day}`,
    ),
  overtaken: of('ほかの人が先に確認しました。', 'Somebody else has reviewed it meanwhile.'),
} as const satisfies Texts;
