import { of, type Texts } from '../kernel/sentence.ts';

const n = (count: number) => count.toLocaleString('en-US');
const persons = (count: number) => of(`${n(count)}人`, count === 1 ? '1 person' : `${n(count)} people`);

/** Words about members whom an insurer invites to see a doctor. */
export const text = {
  title: of('受診のご案内', 'Invitations'),
  lead: of(
    '受診をおすすめする方の名簿です。同意していない方の情報は、ここだけに、期限まで置きます。断った方の情報は、すぐに消えます。',
    'Lists of members who are invited to see a doctor. What is known of people who have not consented stays here alone, until its day; whoever says no is deleted at once.',
  ),
  toNew: of('名簿を読み込む', 'Upload a list'),
  none: of('名簿はまだありません', 'There is no list yet'),
  noneNext: of(
    'CSVの名簿を読み込むと、ご案内の手紙を印刷できます。',
    'Once a list is uploaded, letters can be printed.',
  ),
  list: of('名簿', 'List'),
  persons,
  taken: of('はじめ', 'At first'),
  left: of('いま', 'Now'),
  leftOf: (left: number, taken: number) =>
    of(`${n(left)}人（はじめ${n(taken)}人）`, `${n(left)} (${n(taken)} at first)`),
  sent: of('送った', 'Sent'),
  agreed: of('受診すると返事', 'Said yes'),
  been: of('もう受診したと返事', 'Said they have been'),
  beenHint: of(
    'ご本人のお話です。この方には、もう連絡しません。',
    'As they told us. They are not asked again.',
  ),
  came: of('受診', 'Came'),
  ended: of('ご案内を終えた', 'Ended'),
  endedHint: of(
    '断った方と、来られたことを伝える同意がない方です。だれかは残っていません。',
    'Who said no, and who did not consent to the insurer being told. Nothing of them is left.',
  ),
  lapsed: of('期限で消した', 'Deleted at the end'),
  due: of('もう一度連絡する', 'To ask again'),
  toFollowUp: (count: number) => of(`もう一度連絡する（${n(count)}人）`, `To ask again (${n(count)})`),
  endsOn: of('消える日', 'Deleted on'),
  madeOn: of('読み込んだ日', 'Uploaded'),

  // upload
  newTitle: of('名簿を読み込む', 'Upload a list'),
  newLead: of(
    '次の画面で内容を確かめるまで、何も保存しません。',
    'Nothing is kept until you have looked at it on the next page.',
  ),
  program: of('プログラム', 'Program'),
  programMissing: of('プログラムを選んでください。', 'Choose the program.'),
  name: of('名簿の名前', 'Name of the list'),
  nameHint: of(
    '見分けるための名前です。人の名前は書かないでください。例：10月 未受診の方',
    'To tell it from others; no names of people. For example: October, untreated',
  ),
  nameMissing: of('名簿の名前を入力してください。', 'Give the list a name.'),
  file: of('CSVのファイル', 'CSV file'),
  fileHint: (most: number) =>
    of(
      `UTF-8かShift_JIS。一度に${n(most)}人、4MBまで。`,
      `UTF-8 or Shift_JIS; at most ${n(most)} people and 4 MB at once.`,
    ),
  example: of('見本のCSV（架空の人）', 'Example CSV (invented people)'),
  columns: of('1行目に書く列の名前', 'Names of the columns, in the first line'),
  columnsLead: of(
    '「必須」の列は、必ず入れてください。ほかの列は読みません。',
    'Those marked required have to be there. Other columns are not read.',
  ),
  column: of('列', 'Column'),
  howWritten: of('書き方', 'How it is written'),
  required: of('必須', 'required'),
  faults: of(
    'このファイルは読み込めません。なおしてから、もう一度選んでください。',
    'This file cannot be taken. Correct it and choose it again.',
  ),
  reasonOne: (names: string) => of(`次のどれか：${names}`, `One of: ${names}`),
  symbolHow: of('あれば', 'If there is one'),
  numberHow: of(
    '記号・番号・枝番を一つの列「記号番号枝番」に 12-345-01 のように書いてもかまいません',
    'Symbol, number and branch may also stand in one column 記号番号枝番, as 12-345-01',
  ),
  branchHow: of('二けた', 'Two figures'),
  nameHow: of('姓と名のあいだに空白', 'A space between family and given name'),
  kanaHow: of('姓と名のあいだに空白。半角カナも可', 'A space between; half-width kana are taken'),
  birthHow: of('1950-05-03、1950/5/3、S25.5.3 など', '1950-05-03, 1950/5/3, S25.5.3'),
  postalHow: of('七けた', 'Seven figures'),
  addressHow: of('手紙を送る住所', 'Where the letter goes'),
  phoneHow: of('あれば', 'If known'),
  show: of('内容を確かめる', 'Look at it'),

  // preview
  previewTitle: of('この名簿を保存します', 'Keep this list?'),
  previewLead: of(
    'まだ何も保存していません。確かめてから、保存してください。',
    'Nothing is kept yet. Look at it first.',
  ),
  read: (count: number) => of(`${n(count)}人を読み取りました。`, `${n(count)} people were read.`),
  known: (count: number) =>
    of(
      `そのうち${n(count)}人は、ほかの名簿にもう載っているので、入れません。`,
      `${n(count)} of them are on another list already and are left out.`,
    ),
  until: (day: string) =>
    of(`${day}を過ぎると、残っている方の情報を消します。`, `After ${day} what is left of them is deleted.`),
  byReason: of('理由ごとの人数', 'By reason'),
  firstOnes: (count: number) => of(`はじめの${n(count)}人`, `The first ${n(count)}`),
  keep: of('保存する', 'Keep the list'),
  discard: of('やめる（保存しない）', 'Discard it'),
  previewOver: of(
    '確かめてから時間がたちました。もう一度ファイルを選んでください。',
    'Too much time has passed. Please choose the file again.',
  ),
  saidKept: of('名簿を保存しました。', 'The list was kept.'),

  // list
  member: of('お名前', 'Name'),
  born: of('生年月日', 'Date of birth'),
  reason: of('理由', 'Reason'),
  state: of('ようす', 'State'),
  lettersUnsent: (count: number) =>
    of(`まだ送っていない${n(count)}通の手紙（PDF）`, `The ${n(count)} letters not sent yet (PDF)`),
  lettersAgain: (count: number) =>
    of(
      `送った方もふくめ、この画面の${n(count)}人の手紙（PDF）`,
      `Letters of all ${n(count)} on this page, also of those who were sent theirs (PDF)`,
    ),
  markSent: (count: number) =>
    of(`まだ送っていない${n(count)}通を送ったと記録する`, `Record that these ${n(count)} were sent`),
  markSentHint: of(
    '印刷して、送ってから押してください。ここから期限を数えます。',
    'After they were printed and sent: the days count from now.',
  ),
  saidSent: of('送ったと記録しました。', 'Recorded as sent.'),
  find: of('番号・カナ・手紙の番号でさがす', 'Find by number, kana or code of the letter'),
  findButton: of('さがす', 'Find'),
  showAll: of('すべて表示', 'Show all'),
  noneFound: of('見つかりません', 'Nobody found'),
  noneFoundNext: of(
    'もう名簿にないか、番号が違います。断った方は残りません。',
    'They may be on the list no more, or the number is wrong. Whoever said no is not kept.',
  ),
  nobodyLeft: of('名簿に残っている方はいません', 'Nobody is left on the list'),
  nobodyLeftNext: of('受診された方は、下の表にあります。', 'Those who came stand below.'),
  notSent: of('まだ送っていない', 'Not sent'),
  sentOn: (day: string) => of(`${day}に送った`, `Sent ${day}`),
  saidYes: of('受診すると返事', 'Said yes'),
  saidBeen: of('もう受診したと返事', 'Says they have been'),
  slipCame: of('返信票が届いている', 'A reply slip came'),
  slipsCame: (count: number) =>
    of(
      `返信票が${n(count)}枚届いています。お返事を記録してください。`,
      count === 1
        ? 'One reply slip came. Please record its answer.'
        : `${n(count)} reply slips came. Please record their answers.`,
    ),
  toSlips: of('届いた紙を見る', 'Look at them'),
  toSlip: of('返信票を見ながら記録する', 'Record it from the slip'),
  seeSlip: of('返信票を見る', 'Look at the slip'),
  askedTimes: (count: number) => of(`再度の連絡${n(count)}回`, `asked again ${n(count)} times`),
  dueOn: (day: string) => of(`${day}に再度の連絡`, `ask again on ${day}`),
  dueSince: (day: string) => of(`もう一度連絡する時期です（${day}から）`, `to be asked again (since ${day})`),
  asksNoMore: of('連絡はここまで', 'Not asked any more'),
  pageOf: (page: number) => of(`${n(page)}ページ目`, `Page ${n(page)}`),
  visits: of('受診された方', 'Who came'),
  visitsLead: of(
    'ご本人が、保険者に伝えることに同意された方だけです。',
    'Only those who consented that the insurer be told.',
  ),
  visitsNone: of('まだいません。', 'Nobody yet.'),
  cameOn: of('受診した日', 'Came on'),
  clinic: of('医療機関', 'Clinic'),
  backToLists: of('名簿の一覧へ', 'All lists'),
  backToList: of('名簿へ', 'The list'),

  // follow-up
  followUpTitle: of('もう一度連絡する方', 'Whom to ask again'),
  followUpLead: (days: number, most: number) =>
    of(
      `${n(days)}営業日たっても、受診したと分からない方です。連絡は${n(most)}回までです。`,
      `No visit is known after ${n(days)} working days. Each is asked at most ${n(most)} times.`,
    ),
  followUpNone: of('いま連絡する方はいません', 'Nobody to ask now'),
  followUpNoneNext: of('期限が来ると、ここに出ます。', 'They will stand here when the time comes.'),
  reminders: of('再度のご案内の手紙（PDF）', 'Reminders (PDF)'),
  markReminded: (count: number) =>
    of(`この${n(count)}通を送ったと記録する`, `Record that these ${n(count)} reminders were sent`),
  saidAsked: of('連絡を記録しました。', 'Recorded.'),
  waitsSince: of('期限', 'Due'),
  phone: of('電話番号', 'Phone'),

  // one
  card: of('記号・番号・枝番', 'Symbol, number, branch'),
  address: of('住所', 'Address'),
  code: of('手紙の番号', 'Code of the letter'),
  contacts: of('連絡の記録', 'Contacts'),
  contactAt: of('日時', 'When'),
  contactsNone: of('まだありません。', 'None yet.'),
  letter: of('ご案内の手紙を送った', 'Letter sent'),
  reminder: of('再度の手紙を送った', 'Reminder sent'),
  reached: of('電話で話した', 'Talked on the telephone'),
  'no-answer': of('電話したが不在', 'Called, no answer'),
  called: of('電話の記録', 'Record a call'),
  calledLead: of(
    '再度の連絡の期限が来た方だけ、記録できます。',
    'Only of those who are due to be asked again.',
  ),
  calledMissing: of('どうだったかを選んでください。', 'Choose how it went.'),
  how: of('どうでしたか', 'How it went'),
  record: of('記録する', 'Record'),
  answers: of('電話で返事を受けたとき', 'Answers on the telephone'),
  answersLead: of(
    '手紙の番号と生年月日を聞いて、ご本人かどうかを確かめてください。',
    'Ask for the code of the letter and the date of birth first.',
  ),
  yes: of('受診するとのこと', 'They will go'),
  beenNoted: of('もう受診したとのこと', 'They have been there already'),
  beenOn: of('受診した日（分かれば）', 'When, if known'),
  beenWhere: of('受診したところ（分かれば）', 'Where, if known'),
  beenFuture: of('受診した日が、今日よりあとになっています。', 'That day has not come yet.'),
  beenDo: of('もう受診したと記録する', 'Record that they have been'),
  beenBack: of('「もう受診した」を取り消す', 'Take back that they have been'),
  beenBackHint: of('再度の連絡の予定に戻ります。', 'They are asked again as before.'),
  beenDetails: of('受診の日とところ', 'When and where'),
  no: of('ご案内は要らないとのこと', 'They do not want it'),
  noHint: of(
    'この方の情報は、すぐに、すべて消えます。元に戻せません。',
    'Everything about this person is deleted at once and for good.',
  ),
  noSure: of('この方の情報を消しますか', 'Delete this person?'),
  noGoes: of(
    '名前・住所・電話番号・被保険者番号・手紙の番号と、これまでの連絡の記録が消えます。',
    'Name, address, telephone number, insurance number, the code of the letter and all contacts so far are deleted.',
  ),
  noStays: of(
    '残るのは「ご案内を断った方」の人数だけです。手紙の番号も使えなくなります。',
    'What stays is a count of those who declined. The code of the letter no longer works.',
  ),
  noDo: of('消す', 'Delete'),
  noKeep: of('消さないで戻る', 'Back without deleting'),
  saidYesNoted: of('返事を記録しました。', 'The answer was recorded.'),
  saidEnded: of(
    'この方の情報を消しました。人数だけを残しています。',
    'Deleted. Nothing is left but a number.',
  ),
} as const satisfies Texts;
