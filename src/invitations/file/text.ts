import { of, type Sentence, type Texts } from '../../kernel/sentence.ts';

const counted = (n: number) => n.toLocaleString('en-US');

/** What is said of a list that cannot be taken, and of what is wrong in a line of it. */
export const text = {
  missing: of('ファイルを選んでください。', 'Choose a file.'),
  isExcel: of(
    'Excelのファイルです。Excelで「名前を付けて保存」から「CSV UTF-8（コンマ区切り）」を選んで保存し、そのファイルを選んでください。',
    'This is an Excel file. In Excel choose Save as, CSV UTF-8 (comma delimited), and choose that file.',
  ),
  isPdf: of('PDFのファイルです。CSVのファイルを選んでください。', 'This is a PDF. Please choose a CSV file.'),
  isUtf16: of(
    '文字コードがUTF-16です。「CSV UTF-8」か、Shift_JISのCSVで保存し直してください。',
    'This text is UTF-16. Please save it as CSV in UTF-8 or Shift_JIS.',
  ),
  isNoText: of(
    'CSVとして読めません。UTF-8かShift_JISのCSVのファイルを選んでください。',
    'This cannot be read as CSV. Please choose a CSV file in UTF-8 or Shift_JIS.',
  ),
  empty: of('ファイルに、人の行がありません。', 'The file has no lines with people.'),
  notCsv: (line: number) =>
    of(
      `${String(line)}行目の引用符（"）が閉じていないか、場所が合っていません。`,
      `Line ${String(line)}: a quotation mark (") is not closed, or stands in the wrong place.`,
    ),
  tooMany: (most: number) =>
    of(
      `一度に受け取れるのは${counted(most)}人までです。ファイルを分けてください。`,
      `At most ${counted(most)} people at once. Please split the file.`,
    ),
  noColumn: (name: Sentence) =>
    of(
      `「${name.ja}」の列がありません。1行目に列の名前を書いてください。`,
      `The column "${name.en}" is missing. The first line names the columns.`,
    ),
  columnTwice: (name: string) => of(`「${name}」の列が二つあります。`, `There are two columns "${name}".`),
  where: (line: number, column: Sentence) =>
    of(`${String(line)}行目「${column.ja}」`, `Line ${String(line)}, ${column.en}`),
  left: of('空いています。', 'is empty.'),
  tooLong: (most: number) =>
    of(`長すぎます（${String(most)}文字まで）。`, `is too long (at most ${String(most)} characters).`),
  control: of('見えない文字が入っています。', 'holds an invisible character.'),
  birthWrong: (typed: string) =>
    of(
      `「${typed}」という日はありません。1950-05-03 や S25.5.3 のように書いてください。`,
      `"${typed}" is no day. Write it as 1950-05-03 or S25.5.3.`,
    ),
  birthFuture: of('今日よりあとの日です。', 'lies in the future.'),
  birthOld: of('130年より前の日です。', 'lies more than 130 years back.'),
  kanaWrong: of(
    'カナで書いてください（半角カナも使えます）。',
    'must be in kana (half-width kana are taken, too).',
  ),
  numberWrong: of(
    '数字・文字・ハイフンだけで書いてください。',
    'may hold letters, figures and hyphens only.',
  ),
  branchWrong: of('二けたまでの数字で書いてください。', 'must be one or two figures.'),
  postalWrong: of('七けたの数字で書いてください。', 'must be seven figures.'),
  phoneWrong: of('電話番号の形ではありません。', 'is no telephone number.'),
  reasonWrong: (typed: string, known: string) =>
    of(
      `「${typed}」は、決めてある理由にありません。使えるのは、${known} です。`,
      `"${typed}" is none of the reasons: ${known}.`,
    ),
  twice: (line: number) =>
    of(`${String(line)}行目と同じ番号です。`, `is the same number as on line ${String(line)}.`),
  more: (n: number) => of(`ほかに${counted(n)}件あります。`, `and ${counted(n)} more.`),
} as const satisfies Texts;
