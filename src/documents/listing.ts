import { cellOf, tableOf, type Table } from './rows.ts';
import { frame, type Sheet } from './sheet.ts';

/** A column's heading and its part of the width, all parts together being 1. */
export type Column = Readonly<{ title: string; part: number }>;

const gutter = 10;

/** A table with headings on top, to be drawn. A column in which nothing is written is left out, and its width shared. */
export function listingOf(
  sheet: Sheet,
  columns: readonly Column[],
  rows: readonly (readonly (string | undefined)[])[],
): Table {
  const { pen, styles } = sheet;
  const kept = columns.map((_, i) => i).filter((i) => rows.some((row) => (row[i] ?? '').trim() !== ''));
  const whole = kept.reduce((sum, i) => sum + (columns[i]?.part ?? 0), 0);
  const rowOf = (words: readonly (string | undefined)[], type: 'TH' | 'TD') => {
    let x = frame.left + 2;
    return kept.map((i) => {
      const width = ((frame.width - 2) * (columns[i]?.part ?? 0)) / whole;
      const style = type === 'TH' ? styles.label : styles.body;
      const cell = cellOf(words[i] ?? '', { x, width: width - gutter, style }, (tr) =>
        pen.tag(tr, type, type === 'TH' ? { scope: 'Column' } : {}),
      );
      x += width;
      return cell;
    });
  };
  const head = columns.map((column) => column.title);
  return tableOf(sheet, [rowOf(head, 'TH'), ...rows.map((row) => rowOf(row, 'TD'))], true);
}
