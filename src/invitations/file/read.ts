import { CsvError, parse } from 'csv-parse/sync';
import type { Sentence } from '../../kernel/sentence.ts';
import { columnLabel, columns, needed, readHeader, type Column, type Header } from './columns.ts';
import { decode } from './decode.ts';
import { readCell, type Member, type Reading } from './member.ts';
import { text } from './text.ts';

/** People on one list: what fits a screen's preview, a form and one transaction. */
export const mostMembers = 5000;
/** Bytes of a list of so many, with room. */
export const largestList = 4_000_000;
/** Faults that are said; whoever has more has made one of them in every line. */
const mostFaults = 50;

export type ReadList = Readonly<{ members: readonly Member[] }> | Readonly<{ faults: readonly Sentence[] }>;
type Line = Readonly<{ record: readonly string[]; info: Readonly<{ lines: number }> }>;

/**
 * Reads a list of members: CSV in UTF-8 or Shift_JIS, its columns named in the first line. All faults at once, by line and
 * column as a spreadsheet counts them; with one fault nothing is taken.
 */
export function readList(bytes: Buffer, reading: Reading): ReadList {
  if (bytes.length === 0) return { faults: [text.empty] };
  const decoded = decode(bytes);
  if ('fault' in decoded) return { faults: [decoded.fault] };
  const parsed = linesOf(decoded.text);
  if ('fault' in parsed) return { faults: [parsed.fault] };
  const [first, ...lines] = parsed.lines;
  const header = readHeader(first?.record ?? []);
  const wrong = [
    ...header.missing.map((column) => text.noColumn(columnLabel(column))),
    ...header.twice.map((name) => text.columnTwice(name)),
  ];
  if (wrong.length > 0) return { faults: wrong };
  if (lines.length === 0) return { faults: [text.empty] };
  if (lines.length > mostMembers) return { faults: [text.tooMany(mostMembers)] };
  return readLines(lines, header, reading);
}

function linesOf(content: string): { lines: readonly Line[] } | { fault: Sentence } {
  try {
    const lines = parse(content, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      max_record_size: 20_000,
      // One more than is taken, and the header: a file of a hundred thousand lines is not read to its end.
      to: mostMembers + 2,
    }) as unknown as Line[];
    return { lines };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { lines } = error as CsvError & { lines?: number };
    return { fault: text.notCsv(lines ?? 1) };
  }
}

function readLines(lines: readonly Line[], header: Header, reading: Reading): ReadList {
  const faults: Sentence[] = [];
  const members: Member[] = [];
  const seen = new Map<string, number>();
  const fault = (line: number, column: Column, says: Sentence): void =>
    void faults.push(beside(text.where(line, columnLabel(column)), says));
  for (const { record, info } of lines) {
    const line = info.lines;
    const member: Record<string, string> = {};
    for (const column of columns) {
      const isNeeded = (needed as readonly Column[]).includes(column);
      const read = readCell(column, cellOf(record, header, column), isNeeded, reading);
      if ('fault' in read) fault(line, column, read.fault);
      else member[column] = read.value;
    }
    const card = JSON.stringify([member['symbol'], member['number'], member['branch']]);
    const before = seen.get(card);
    if (member['number'] !== undefined && before !== undefined) fault(line, 'number', text.twice(before));
    seen.set(card, before ?? line);
    members.push({ ...(member as Record<Column, string>), line });
  }
  if (faults.length === 0) return { members };
  const more = faults.length - mostFaults;
  return { faults: more > 0 ? [...faults.slice(0, mostFaults), text.more(more)] : faults };
}

const beside = (where: Sentence, says: Sentence): Sentence => ({
  ja: `${where.ja}：${says.ja}`,
  en: `${where.en}: ${says.en}`,
});

const parts = ['symbol', 'number', 'branch'] as const satisfies Column[];

/** A cell by its column; of the card's parts also where one column holds them all: 12-345-01, 12・345. */
function cellOf(record: readonly string[], { at }: Header, column: Column): string {
  const place = at.get(column);
  if (place !== undefined) return record[place] ?? '';
  const joined = at.get('joined');
  const part = (parts as readonly Column[]).indexOf(column);
  if (joined === undefined || part < 0) return '';
  const pieces = (record[joined] ?? '')
    .normalize('NFKC')
    .trim()
    .split(/[\s・･/‐−ー-]+/u);
  return (pieces.length === 1 ? ['', pieces[0], ''] : pieces)[part] ?? '';
}
