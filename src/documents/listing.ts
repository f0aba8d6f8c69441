import type { Choice } from './choices.ts';
import { cellOf, tableOf, tickCell, type Table } from './rows.ts';
import type { Tag } from './pen.ts';
import { frame, type Sheet } from './sheet.ts';

/**
 * A column's heading and its part of the width, all parts together being 1. `byHand`: there is room to write in it, so it
 * stands even when nothing is printed there.
 */
export type Column = Readonly<{ title: string; part: number; byHand?: boolean }>;

/** What stands in one place of a table: words, or boxes to tick. */
export type Written = string | readonly Choice[] | undefined;

const gutter = 10;

/** A table with headings on top, to be drawn. A column in which nothing is written is left out, and its width shared. */
export function listingOf(
  sheet: Sheet,
  columns: readonly Column[],
  rows: readonly (readonly Written[])[],
): Table {
  const { pen, styles } = sheet;
  const kept = columns.flatMap((column, i) =>
    column.byHand === true || rows.some((row) => isWritten(row[i])) ? [i] : [],
  );
  const whole = kept.reduce((sum, i) => sum + (columns[i]?.part ?? 0), 0);
  const rowOf = (words: readonly Written[], type: 'TH' | 'TD') => {
    let x = frame.left + 2;
    return kept.map((i) => {
      const width = ((frame.width - 2) * (columns[i]?.part ?? 0)) / whole;
      const style = type === 'TH' ? styles.label : styles.body;
      const at = { x, width: width - gutter, style };
      const tag = (tr: Tag) => pen.tag(tr, type, type === 'TH' ? { scope: 'Column' } : {});
      const given = words[i] ?? '';
      const cell = typeof given === 'string' ? cellOf(given, at, tag) : tickCell(given, at, tag);
      x += width;
      return cell;
    });
  };
  const head = columns.map((column) => column.title);
  return tableOf(sheet, [rowOf(head, 'TH'), ...rows.map((row) => rowOf(row, 'TD'))], true);
}

const isWritten = (given: Written): boolean =>
  given !== undefined && (typeof given === 'string' ? given.trim() !== '' : given.length > 0);
