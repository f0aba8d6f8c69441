import type { Sentence } from '../../kernel/sentence.ts';

/** The columns of a list, by what they may be called; compared without widths, spaces and brackets. */
export const columnNames = {
  symbol: ['記号', '被保険者証記号', 'symbol'],
  number: ['番号', '被保険者番号', '被保険者証番号', '被保険者証等番号', 'number', 'member number'],
  branch: ['枝番', '枝番号', 'branch'],
  name: ['氏名', '名前', 'お名前', '氏名(漢字)', '漢字氏名', 'name'],
  kana: ['フリガナ', 'カナ', '氏名カナ', '氏名(カナ)', 'カナ氏名', '氏名フリガナ', 'kana'],
  birthDate: ['生年月日', 'birth date', 'date of birth'],
  postalCode: ['郵便番号', 'postal code'],
  address: ['住所', '送付先住所', 'address'],
  phone: ['電話番号', '電話', 'phone'],
  reason: ['理由', '対象理由', '区分', 'reason'],
} as const satisfies Record<string, readonly [string, ...string[]]>;

export type Column = keyof typeof columnNames;

/** What people call a column: either name may stand in the first line of a file. */
export const columnLabel = (column: Column): Sentence => {
  const names: readonly string[] = columnNames[column];
  return { ja: names[0] ?? column, en: names.find((name) => /^[a-z ]+$/.test(name)) ?? column };
};

export const columns = Object.keys(columnNames) as Column[];
/** Without these nobody could be written to, or told from somebody else. */
export const needed = [
  'number',
  'name',
  'kana',
  'birthDate',
  'address',
  'reason',
] as const satisfies Column[];

/** One column for all parts of the card: 記号・番号・枝番 with a sign between them. */
const joined = ['記号番号', '記号番号枝番', '被保険者記号番号', '被保険者証記号番号枝番'];

const plain = (name: string): string =>
  name
    .normalize('NFKC')
    .replaceAll(/[\s・･_()]/gu, '')
    .replaceAll(/[ぁ-ゖ]/gu, (kana) => String.fromCodePoint((kana.codePointAt(0) ?? 0) + 0x60))
    .toLowerCase();

const known = new Map<string, Column | 'joined'>([
  ...columns.flatMap((column) => columnNames[column].map((name) => [plain(name), column] as const)),
  ...joined.map((name) => [plain(name), 'joined'] as const),
]);

export type Header = Readonly<{
  /** Where each column stands, from 0. */
  at: ReadonlyMap<Column | 'joined', number>;
  missing: readonly Column[];
  twice: readonly string[];
}>;

/** Which column is which, by the first line. What else a file has is not read. */
export function readHeader(names: readonly string[]): Header {
  const at = new Map<Column | 'joined', number>();
  const twice: string[] = [];
  names.forEach((name, i) => {
    const column = known.get(plain(name));
    if (column === undefined) return;
    if (at.has(column)) twice.push(name.trim());
    else at.set(column, i);
  });
  const missing = needed.filter((column) => !at.has(column) && !(column === 'number' && at.has('joined')));
  return { at, missing, twice };
}
