import { of, type Sentence } from '../kernel/sentence.ts';
import { largestFile, mostPages } from './recognise/limits.ts';

const [megabytes, most] = [String(largestFile / 1_000_000), String(mostPages)];

/** Words of the tray of scans and faxes. */
export const text = {
  title: of('届いたFAX・紙', 'Faxes and paper'),
  lead: of(
    'FAXやスキャナーで届いた紙を、ここから取り込みます。四角い印（QRコード）のある用紙は、自動でその方の紹介に入ります。',
    'Bring in paper that came by fax or scanner. A sheet with a printed code goes to its case by itself.',
  ),
  add: of('ファイルを取り込む', 'Bring in files'),
  files: of('ファイル（1回に5つまで）', 'Files (up to five at once)'),
  filesHint: of(
    `PDF・TIFF・PNG・JPEG。1つ${megabytes}MB、${most}ページまで。何枚かが1つのファイルに入っていても、順番が違っていてもかまいません。`,
    `PDF, TIFF, PNG or JPEG, ${megabytes} MB and ${most} pages each. Several sheets in one file, in any order, are fine.`,
  ),
  send: of('取り込む', 'Bring in'),
  filesMissing: of('ファイルを選んでください。', 'Choose a file.'),
  wrongKind: of(
    'この種類のファイルは読み取れません。PDF・TIFF・PNG・JPEGのどれかにしてください。',
    'This kind of file cannot be read. Bring in a PDF, TIFF, PNG or JPEG.',
  ),
  heic: of(
    'HEICの画像は読み取れません。iPhoneは「設定」の「カメラ」「フォーマット」で「互換性優先」を選んで撮り直してください。',
    'A HEIC picture cannot be read. On an iPhone choose Settings, Camera, Formats, Most Compatible and take it again.',
  ),
  tooLarge: of(
    `1つ${megabytes}MBまでです。スキャナーの設定を「300dpi」にするか、分けて取り込んでください。`,
    `Each file may have ${megabytes} MB. Please set the scanner to 300 dpi, or bring it in in parts.`,
  ),
  ofFile: (name: string, says: Sentence): Sentence => of(`「${name}」：${says.ja}`, `"${name}": ${says.en}`),
  sameFile: (day: Sentence): Sentence =>
    of(
      `同じファイルを${day.ja}に取り込んでいます。もう一度は取り込みません。`,
      `The same file was brought in on ${day.en}. It is not taken twice.`,
    ),
  sameTogether: of('同じファイルが2つあります。', 'This file was chosen twice.'),
  broken: of(
    'ファイルが壊れているか、途中で切れていて、読み取れませんでした。もう一度取り込んでください。',
    'The file is damaged or cut short and could not be read. Please bring it in again.',
  ),
  password: of(
    'パスワードのかかったPDFは読み取れません。パスワードを外してから取り込んでください。',
    'A PDF with a password cannot be read. Take the password off and bring it in again.',
  ),
  empty: of('ページがありませんでした。', 'There was no page in it.'),
  saidTaken: of(
    '取り込みました。読み取りが終わると、下に結果が出ます。',
    'Taken in. The result shows below when it has been read.',
  ),
  reading: of('読み取り中', 'Being read'),
  readingLead: of(
    '読み取っています。このページは数秒ごとに新しくなります。ほかの仕事をしていてもかまいません。',
    'Being read. This page renews itself every few seconds; you may go on with other work.',
  ),
  renew: of('今の状態を見る', 'Look again'),
  refusedFiles: of('読み取れなかったファイル', 'Files that could not be read'),
  put: of('確認した', 'Seen'),
  toSort: of('仕分けを待つページ', 'Pages to be sorted'),
  nothing: of('仕分けを待つページはありません。', 'No page waits to be sorted.'),
  done: of('最近の結果', 'Lately done'),
  nothingDone: of('まだありません。', 'Nothing yet.'),
  page: of('ページ', 'Page'),
  why: of('理由', 'Why'),
  came: of('届いた日時', 'Came'),
  result: of('結果', 'Result'),
  /** The name of a file whose pages are all sorted is forgotten. */
  pageOf: (name: string, n: number): Sentence =>
    name === ''
      ? of(`${String(n)}ページ目`, `Page ${String(n)}`)
      : of(`${name}　${String(n)}ページ目`, `${name}, page ${String(n)}`),
  whys: {
    none: of(
      '四角い印が読めません。だれの用紙か選んでください',
      'No code could be read. Choose whose sheet it is',
    ),
    stranger: of('「つなぐ」の用紙ではありません', 'Not a sheet of this service'),
    several: of('2枚の用紙が1ページに写っています', 'Two sheets on one page'),
    unseen: of(
      'ほかの機関の用紙か、古い用紙かもしれません。送り主に電話してください',
      'Perhaps the sheet of another body, or an old one. Call whoever sent it',
    ),
    again: of('同じ用紙が前にも届いています', 'The same sheet came before'),
    blank: of('お名前の入っていない用紙です', 'A blank form that names nobody'),
    request: of('相談依頼票です。登録してください', 'A consultation request, to be registered'),
  },
  filedIn: of('紹介に入れました', 'Filed in the case'),
  filedPerson: of('ご本人の記録に入れました', 'Filed in the person’s record'),
  thrown: (why: string): Sentence => of(`消しました（${why}）`, `Erased (${why})`),
  byItself: of('自動', 'by itself'),
  // One page
  look: of('届いたページ', 'A page that came'),
  picture: of('届いたページの画像', 'Picture of the page that came'),
  zoom: of('大きくする', 'Enlarge'),
  larger: of('画像だけを大きく開く', 'Open the picture alone'),
  turnLeft: of('左に回す', 'Turn left'),
  turnRight: of('右に回す', 'Turn right'),
  whose: of('だれの紹介かを選ぶ', 'Choose whose case it is'),
  search: of('名前・フリガナ・生年月日・案件番号', 'Name, kana, birth date or case number'),
  find: of('探す', 'Find'),
  nobody: of('見つかりません。表記を変えて探してください。', 'Nobody found. Try another spelling.'),
  whatIs: of('何の用紙ですか', 'What is it?'),
  whatMissing: of('何の用紙かを選んでください。', 'Choose what it is.'),
  whoMissing: of('だれの用紙かを選んでください。', 'Choose whose it is.'),
  whats: {
    questionnaire: of('問診票（書き込まれたもの）', 'Questionnaire, filled in'),
    consent: of('同意書（署名されたもの）', 'Consent form, signed'),
    assessment: of('アセスメントシート', 'Assessment sheet'),
    referral: of('相談依頼票・紹介状', 'Referral or consultation request'),
    answer: of('団体・医療機関からの返事', 'Answer of a group or clinic'),
    other: of('そのほかの書類', 'Something else'),
  },
  file: of('ここに入れる', 'File it here'),
  throwAway: of('このページを消す', 'Erase this page'),
  throwLead: of(
    '取り込んだ画像を消します。元に戻せません。手元の紙はそのままです。だれが、なぜ消したかは残ります。',
    'The picture is erased. It cannot be undone. The paper itself stays. Who erased it, and why, is kept.',
  ),
  throwWhy: of('消す理由', 'Why'),
  throwWhyMissing: of('消す理由を書いてください。', 'Write down why.'),
  throwNow: of('消す', 'Erase'),
  register: of('FAXで届いた相談依頼として登録する', 'Register it as a referral that came by fax'),
  backToTray: of('届いたFAX・紙へ戻る', 'Back to faxes and paper'),
  saidFiled: of('紹介に入れました。', 'Filed in the case.'),
  saidThrown: of('消しました。', 'Erased.'),
  goneBefore: of('このページは、もう仕分けられています。', 'This page has been sorted already.'),
  caseLine: (number: string): Sentence => of(`案件番号 ${number}`, `Case ${number}`),
  noCase: of('紹介なし', 'no case'),
  // A document in a record
  document: of('届いた書類', 'Document that came'),
  typeIt: of('画像を見ながら入力する', 'Type it in beside the picture'),
  toCase: of('紹介のページへ', 'To the case'),
  toPerson: of('ご本人のページへ', 'To the person'),
  kept: of('取り込んだ日時', 'Brought in'),
  typedMeanwhile: of(
    'この書類は、ほかの人が先に入力しました。その内容は、ご本人のページで確かめてください。ここで入力したものは、下に残っています。',
    'Somebody else has typed this document in meanwhile: see the person’s page. What you typed still stands below.',
  ),
  pictureSealed: of(
    'この方の住所は伏せられています。紙に住所が写っていることがあるため、見られる人だけが開けます。',
    'The address of this person is sealed. The paper may show it, so only those who may see the address can open it.',
  ),
  reply: of('届いた返事の入力', 'Type in the answer that came'),
  replyLead: of(
    '画像を見ながら、書いてあるとおりに記録してください。電話で聞いたときと同じように残り、医師への返書にも入ります。',
    'Record what the sheet says. It is kept as what was heard by telephone is, and goes into the report to the doctor.',
  ),
  replyTo: of('どの依頼への返事ですか', 'Which request does it answer?'),
  replyNone: of(
    '返事を待っている依頼はありません。この書類は紹介に入ったままです。',
    'No request waits for an answer. The document stays in the case.',
  ),
  handedOn: of('引き継ぎ先の返事', 'Answer of the window'),
  handedMissing: of('返事を選んでください。', 'Choose the answer.'),
  handed: {
    taken: of('引き継ぎました（引き受けた）', 'Taken on'),
    'not-taken': of('引き受けられない', 'Not taken on'),
  },
  handedWords: of('書いてあること（名前・連絡・理由など）', 'What it says: name, contact, why'),
  saidReply: of('返事を記録しました。', 'The answer was recorded.'),
  formHere: of('入力', 'To be typed in'),
} as const;
export type PageWhy = keyof typeof text.whys;
export const whats = ['questionnaire', 'consent', 'assessment', 'referral', 'answer', 'other'] as const;
export type What = (typeof whats)[number];
