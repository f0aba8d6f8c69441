import { cellOf, drawRow } from './rows.ts';
import { frame, room, styles, type Sheet } from './sheet.ts';

/** A column's heading and its part of the width, all parts together being 1. */
export type Column = Readonly<{ title: string; part: number }>;

const gutter = 10;

/** A table with headings on top. A column in which nothing is written is left out, and its width given to the last. */
export function listing(
  sheet: Sheet,
  columns: readonly Column[],
  rows: readonly (readonly (string | undefined)[])[],
): void {
  if (rows.length === 0) return;
  const { pen } = sheet;
  const kept = columns.map((_, i) => i).filter((i) => rows.some((row) => (row[i] ?? '').trim() !== ''));
  const whole = kept.reduce((sum, i) => sum + (columns[i]?.part ?? 0), 0);
  const table = pen.tag(pen.root, 'Table');
  const drawn = (words: readonly string[], type: 'TH' | 'TD', thickness?: number) => {
    const tr = pen.tag(table, 'TR');
    let x = frame.left + 2;
    const cells = kept.map((i) => {
      const width = ((frame.width - 2) * (columns[i]?.part ?? 0)) / whole;
      const tag = pen.tag(tr, type, type === 'TH' ? { scope: 'Column' } : {});
      const cell = cellOf(tag, words[i] ?? '', x, width - gutter, type === 'TH' ? styles.label : styles.body);
      x += width;
      return cell;
    });
    drawRow(sheet, cells, thickness);
  };
  room(sheet, 60);
  drawn(
    columns.map((column) => column.title),
    'TH',
    1.25,
  );
  for (const row of rows)
    drawn(
      row.map((words) => words ?? ''),
      'TD',
    );
  pen.rule(frame.left, sheet.y, frame.width, 1.25);
  sheet.y += 8;
}
