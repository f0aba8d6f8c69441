import { linesOf } from './lines.ts';
import { hairline, type Style, type Tag } from './pen.ts';
import { frame, turnPage, type Sheet } from './sheet.ts';

/** A cell of a row being drawn; lines leave it as they are written. */
export type Cell = { tag: Tag; lines: string[]; x: number; width: number; style: Style };

const pad = 3;

export const cellOf = (tag: Tag, words: string, x: number, width: number, style: Style): Cell => ({
  tag,
  x,
  width,
  style,
  lines: linesOf(words, width, style.size, style.weight),
});

/** From the top of a line to the foot of its letters, so that a row's first lines stand on one line. */
const baseline = ({ size, leading }: Style): number => (leading - size) / 2 + size * 0.88;

export const rowHeight = (cells: readonly Cell[]): number =>
  Math.max(...cells.map((cell) => cell.lines.length * cell.style.leading)) + 2 * pad;

/** Draws a row under a line. One that is higher than what is left goes to the next page, or over it when it is long. */
export function drawRow(sheet: Sheet, cells: Cell[], thickness: number = hairline): void {
  const { pen } = sheet;
  const height = rowHeight(cells);
  const left = frame.bottom - sheet.y;
  const lowest = Math.max(...cells.map((cell) => baseline(cell.style)));
  const breakable = height > (frame.bottom - frame.top) / 3;
  if (height > left && (!breakable || left < 80)) turnPage(sheet);
  pen.rule(frame.left, sheet.y, frame.width, thickness);
  for (;;) {
    const available = frame.bottom - sheet.y - 2 * pad - 4;
    let used = 0;
    for (const cell of cells) {
      const now = cell.lines.splice(0, Math.floor(available / cell.style.leading));
      if (now.length === 0) continue;
      const shift = lowest - baseline(cell.style);
      pen.write(cell.tag, now, { x: cell.x, y: sheet.y + pad + shift, width: cell.width }, cell.style);
      used = Math.max(used, now.length * cell.style.leading + shift);
    }
    sheet.y += used + 2 * pad;
    if (cells.every((cell) => cell.lines.length === 0)) return;
    pen.rule(frame.left, sheet.y, frame.width, hairline);
    turnPage(sheet);
  }
}
