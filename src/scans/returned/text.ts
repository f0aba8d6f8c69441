import { of, type Texts } from '../../kernel/sentence.ts';

/** Words about paper that comes back and belongs to nobody's record: reply slips of invitations, attendance lists. */
export const text = {
  leadInsurer: of(
    'FAXやスキャナーで届いた返信票を、ここから取り込みます。四角い印（QRコード）で、だれの返信票かが分かります。',
    'Bring in reply slips that came by fax or scanner. The printed code says whose each is.',
  ),
  waiting: of('返ってきた紙（入力待ち）', 'Came back, to be typed in'),
  waitingNone: of('入力を待つ紙はありません。', 'Nothing waits to be typed in.'),
  what: of('紙', 'Paper'),
  slip: of('返信票', 'Reply slip'),
  slipOf: (name: string) => of(`返信票　${name}さん`, `Reply slip of ${name}`),
  listOf: (title: string, n: number) =>
    of(`出席簿　${title}（${String(n)}ページ目）`, `Attendance list, ${title}, page ${String(n)}`),
  takenSlip: of('返信票として受け取りました', 'Taken as a reply slip'),
  takenPaper: of('お返事の用紙として受け取りました', 'Taken as paper that came back'),
  takenList: of('出席簿として受け取りました', 'Taken as an attendance list'),
  unseenSlip: of(
    'この方は、もう名簿にありません（断った、受診した、または期限が過ぎた）。下の「消す」で消してください',
    'This person is on no list any more (said no, came, or it ended). Please erase the page below',
  ),
  // A reply slip
  slipTitle: of('返信票のお返事を記録する', 'Record the answer of a reply slip'),
  slipLead: of(
    '画像を見て、印の付いているお返事を選んでください。',
    'Choose the answer that is ticked on the picture.',
  ),
  checkName: of(
    '紙のお名前や番号が、この方のものか確かめてください。',
    'Make sure that the paper is this person’s.',
  ),
  answer: of('お返事', 'Answer'),
  answerMissing: of('お返事を選んでください。', 'Choose the answer.'),
  yes: of('受診します', 'I will go'),
  been: of('もう受診しました', 'I have been there already'),
  no: of('ご案内は要りません（この方の情報を消します）', 'I do not want this (deletes all about them)'),
  noHint: of(
    'この方の情報と、この画像は、すぐに、すべて消えます。元に戻せません。',
    'Everything about this person, and this picture, is deleted at once and for good.',
  ),
  beenOn: of('受診した日（「もう受診しました」のとき。分かれば）', 'When, for those who have been, if known'),
  beenWhere: of(
    '受診したところ（「もう受診しました」のとき。分かれば）',
    'Where, for those who have been, if known',
  ),
  record: of('記録する', 'Record'),
  recorded: of('お返事は記録してあります', 'The answer has been recorded'),
  unclear: of(
    '読めない、どれにも印がないときは、記録せずに電話で聞いてください。',
    'If it cannot be read, or nothing is ticked, call them instead.',
  ),
  toMember: of('この方のページへ', 'To this person'),
  saidRecorded: of('お返事を記録しました。', 'The answer was recorded.'),
  saidEnded: of(
    'この方の情報を消しました。人数だけを残しています。',
    'Deleted. Nothing is left but a number.',
  ),
  // An attendance list
  listTitle: of('出席簿を見ながら出欠を入力する', 'Type in an attendance list'),
  listLead: of(
    '印の付いている人だけ選んで、最後に一度「記録する」を押してください。',
    'Choose for those who are ticked, then press Record once.',
  ),
  typedMeanwhile: of(
    'この出席簿は、もう入力してあります。ちがうところは、出欠のページで直してください。ここで入力したものは、下に残っています。',
    'This list has been typed in already. Put right what differs on the attendance page. What you typed still stands below.',
  ),
  listDone: of(
    'この出席簿は、もう入力してあります。直すときは、出欠のページで直してください。',
    'This list has been typed in. Put anything right on the attendance page.',
  ),
  pageNumber: (n: number) => of(`${String(n)}ページ目`, `Page ${String(n)}`),
  walkIns: of('申し込みなしで来た人（紙の下の空いた行）', 'Walk-ins, from the empty lines'),
  walkIn: (n: number) => of(`${String(n)}人目の呼び名`, `Name ${String(n)}`),
  toAttendance: of('出欠のページへ', 'To the attendance'),
  saidListed: of('出欠を記録しました。', 'Attendance was recorded.'),
  // By hand
  whoseSlip: of('だれの返信票かを選ぶ', 'Choose whose slip it is'),
  searchSlip: of('手紙の番号・被保険者番号・カナ', 'Code of the letter, member number or kana'),
  nobody: of('名簿に見つかりません。', 'Nobody found on a list.'),
  person: of('この方', 'Person'),
  attach: of('この方の返信票にする', 'It is this person’s'),
  whichSession: of('つどいの出席簿のとき', 'If it is an attendance list'),
  session: of('つどい', 'Session'),
  chooseFirst: of(
    'だれの紙か、どのつどいの紙かを選んでから押してください。',
    'Choose first whose paper it is, or of which session.',
  ),
  attachList: of('このつどいの出席簿にする', 'It is the list of this session'),
} as const satisfies Texts;
