import { expect, test } from '@jest/globals';
import { mostMembers, readList } from '../../src/invitations/file/read.ts';
import { windows } from './windows.ts';

const now = new Date('2026-11-20T10:00:00+09:00');
const reasons = [
  { code: 'untreated', name: { ja: '未受診', en: 'untreated' } },
  { code: 'unknown', name: { ja: '健康状態不明', en: 'unknown' } },
];
const read = (content: string | Buffer) =>
  readList(typeof content === 'string' ? Buffer.from(content) : content, { now, reasons });
const faults = (content: string | Buffer): string[] => {
  const result = read(content);
  return 'faults' in result ? result.faults.map(({ ja }) => ja) : [];
};
const members = (content: string | Buffer) => {
  const result = read(content);
  if ('faults' in result) throw new Error(result.faults.map(({ ja }) => ja).join('\n'));
  return result.members;
};

const head = '記号,番号,枝番,氏名,フリガナ,生年月日,郵便番号,住所,電話番号,理由';
const hana = '12,1001,1,髙橋 花子,タカハシ ハナコ,1950-05-03,000-0001,架空県架空市1-1,050-0000-0001,未受診';
const list = (...lines: string[]): string => [head, ...lines].join('\n');

test.each([
  ['UTF-8', Buffer.from(list(hana))],
  ['UTF-8 with its mark', Buffer.from(`\uFEFF${list(hana)}`)],
  ['Shift_JIS of Windows', windows(list(hana))],
  ['line ends of Windows', Buffer.from(`${list(hana).replaceAll('\n', '\r\n')}\r\n\r\n`)],
  [
    'quoted cells',
    Buffer.from(
      list(
        hana
          .split(',')
          .map((cell) => `"${cell}"`)
          .join(','),
      ),
    ),
  ],
  ['half-width kana', Buffer.from(list(hana.replace('タカハシ ハナコ', 'ﾀｶﾊｼ ﾊﾅｺ')))],
  ['half-width kana in Shift_JIS', windows(list(hana.replace('タカハシ ハナコ', 'ﾀｶﾊｼ ﾊﾅｺ')))],
  ['an era', Buffer.from(list(hana.replace('1950-05-03', 'S25.5.3')))],
  ['figures of full width', Buffer.from(list(hana.replace('1001,1', '１００１,０１')))],
  ['an empty line', Buffer.from(list('', hana, ',,,,,,,,,'))],
])('a list is read in %s', (_how, bytes) => {
  expect(members(bytes)).toEqual([
    {
      line: expect.any(Number),
      symbol: '12',
      number: '1001',
      branch: '01',
      name: '髙橋 花子',
      kana: 'タカハシ ハナコ',
      birthDate: '1950-05-03',
      postalCode: '000-0001',
      address: '架空県架空市1-1',
      phone: '050-0000-0001',
      reason: 'untreated',
    },
  ]);
});

test('a cell may hold a comma, a quotation mark and a line end', () => {
  const [member] = members(list(hana.replace('架空県架空市1-1', '"架空県架空市1-1\n""日の出"",2号"')));
  expect(member?.address).toBe('架空県架空市1-1 "日の出",2号');
});

test('columns may be fewer, in another order and under other names; the card may stand in one', () => {
  const [member] = members(
    '区分,お名前,ｶﾅ氏名,生年月日,住所,記号・番号・枝番,備考\nunknown,見本 太郎,ミホン タロウ,1950/5/3,架空県,12-345-7,ほか',
  );
  expect(member).toMatchObject({ symbol: '12', number: '345', branch: '07', reason: 'unknown', phone: '' });
});

test.each([
  ['nothing', '', 'ファイルに、人の行がありません。'],
  ['a header alone', head, 'ファイルに、人の行がありません。'],
  ['an Excel file', Buffer.from('PK\x03\x04rest of it', 'latin1'), 'Excelのファイルです'],
  ['an old Excel file', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'Excelのファイルです'],
  ['a PDF', Buffer.from('%PDF-1.7\n'), 'PDFのファイルです'],
  ['UTF-16', Buffer.from(`\uFEFF${list(hana)}`, 'utf16le'), 'UTF-16'],
  ['bytes that are no text', Buffer.from([0x41, 0, 0x42]), 'CSVとして読めません'],
  [
    'bytes of no encoding',
    Buffer.concat([Buffer.from(head), Buffer.from([0xff, 0xff, 0x80])]),
    'CSVとして読めません',
  ],
  ['a column that is missing', list(hana).replace('フリガナ', 'ふりかえ'), '「フリガナ」の列がありません。'],
  ['a column twice', list(hana).replace('電話番号', '住所'), '「住所」の列が二つあります。'],
  ['a quotation mark that is not closed', list(hana.replace('架空県', '"架空県')), '引用符'],
  ['text that is no table', 'こんにちは', '「番号」の列がありません。'],
])('%s is refused in words', (_what, content, says) => {
  expect(faults(content).join('\n')).toContain(says);
});

test.each([
  ['生年月日', '1950-02-30', '2行目「生年月日」：「1950-02-30」という日はありません'],
  ['生年月日', '2026-11-21', '2行目「生年月日」：今日よりあとの日です'],
  ['生年月日', '1890-01-01', '2行目「生年月日」：130年より前の日です'],
  ['生年月日', 'S64.1.8', '2行目「生年月日」：「S64.1.8」という日はありません'],
  ['フリガナ', '髙橋花子', '2行目「フリガナ」：カナで書いてください'],
  ['氏名', '', '2行目「氏名」：空いています'],
  ['番号', '', '2行目「番号」：空いています'],
  ['番号', '10:01', '2行目「番号」：数字・文字・ハイフンだけ'],
  ['枝番', '123', '2行目「枝番」：二けたまで'],
  ['郵便番号', '12345', '2行目「郵便番号」：七けた'],
  ['電話番号', '12', '2行目「電話番号」：電話番号の形ではありません'],
  [
    '理由',
    'なんとなく',
    '2行目「理由」：「なんとなく」は、決めてある理由にありません。使えるのは、未受診／健康状態不明',
  ],
  ['氏名', '髙\u200b橋', '2行目「氏名」：見えない文字が入っています'],
  ['住所', 'あ'.repeat(201), '2行目「住所」：長すぎます'],
])('a wrong %s (%s) is told by line and column', (column, cell, says) => {
  const at = head.split(',').indexOf(column);
  const cells = hana.split(',');
  cells[at] = cell;
  expect(faults(list(cells.join(',')))).toEqual([expect.stringContaining(says)]);
});

test('a member who stands there twice is told with both lines; the same number with another branch is another', () => {
  expect(faults(list(hana, hana.replace('髙橋', '高橋')))).toEqual(['3行目「番号」：2行目と同じ番号です。']);
  expect(members(list(hana, hana.replace('1001,1', '1001,2')))).toHaveLength(2);
});

test('all faults come at once, and no more than can be read', () => {
  const said = faults(list(...Array.from({ length: 60 }, (_, i) => `,${String(i)},,,,,,,,`)));
  expect(said).toHaveLength(51);
  expect(said[0]).toContain('2行目');
  expect(said.at(-1)).toBe('ほかに250件あります。');
});

test('so many are taken at once and no more, and of a hundred thousand lines only the first are read', () => {
  const lines = Array.from({ length: 100_000 }, (_, i) => hana.replace('1001', String(10_000 + i)));
  expect(members(list(...lines.slice(0, mostMembers)))).toHaveLength(mostMembers);
  expect(faults(list(...lines.slice(0, mostMembers + 1)))).toEqual([expect.stringContaining('5,000人まで')]);
  expect(faults(list(...lines))).toEqual([expect.stringContaining('5,000人まで')]);
});
