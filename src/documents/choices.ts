import { lineWidth } from './furigana.ts';
import type { BoxKey } from './layout.ts';
import { linesOf } from './lines.ts';
import { inMm, type Style, type Tag } from './pen.ts';
import { frame, room, type Sheet } from './sheet.ts';
import { text } from './text.ts';
import { tickBox, tickSize } from './tick.ts';

/** `box`: whose answer a tick is, where a machine may read it from the paper. */
export type Choice = Readonly<{ label: string; chosen: boolean; box?: BoxKey }>;

type Cell = Readonly<{ choice: Choice; lines: string[]; x: number }>;
type Row = Readonly<{ cells: readonly Cell[]; height: number }>;
/** Tick boxes laid out for a width, to be measured before they are drawn. */
export type Choices = Readonly<{ rows: readonly Row[]; height: number }>;

const afterBox = 6;
const gutter = 16;

/** As many to a line as fit, in even columns, or all on one line if that does; long labels one under the other. */
export function layChoices(choices: readonly Choice[], width: number, style: Style): Choices {
  // measured in bold, which is how a chosen one is printed
  const widths = choices.map(
    ({ label }) => tickSize + afterBox + lineWidth(label, { size: style.size, weight: 'bold' }) + 1,
  );
  const widest = Math.max(0, ...widths);
  const fit = Math.min(6, Math.max(1, Math.floor((width + gutter) / (widest + gutter))));
  const lines = Math.ceil(choices.length / fit);
  const columns = Math.max(1, Math.ceil(choices.length / Math.max(1, lines)));
  const column = columns === 1 ? width : Math.min(width / columns, Math.max(110, widest + gutter + 12));
  const natural = widths.reduce((sum, each) => sum + each + gutter, -gutter);
  if (lines > 1 && choices.length <= 4 && natural <= width) {
    const starts = widths.map((_, i) => widths.slice(0, i).reduce((sum, each) => sum + each + gutter, 0));
    return rowsOf(choices, choices.length, (i) => starts[i] ?? 0, width, style);
  }
  return rowsOf(choices, columns, (i) => (i % columns) * column, columns === 1 ? width : column, style);
}

function rowsOf(
  choices: readonly Choice[],
  perRow: number,
  xOf: (index: number) => number,
  width: number,
  style: Style,
): Choices {
  const rows: Row[] = [];
  for (let from = 0; from < choices.length; from += perRow) {
    const cells = choices.slice(from, from + perRow).map((choice, i) => ({
      choice,
      x: xOf(from + i),
      lines: linesOf(choice.label, width - tickSize - afterBox, style.size, 'bold'),
    }));
    const tallest = Math.max(...cells.map((cell) => cell.lines.length));
    rows.push({ cells, height: Math.max(tickSize, tallest * style.leading) + 6 });
  }
  return { rows, height: rows.reduce((sum, row) => sum + row.height, 0) };
}

/** Draws one row of tick boxes at a point; the list's tag is the caller's. */
export function drawChoiceRow(sheet: Sheet, list: Tag, row: Row, at: { x: number; y: number }): void {
  const { pen, language } = sheet;
  const style = sheet.styles.body;
  for (const { choice, lines, x: shift } of row.cells) {
    const x = at.x + shift;
    const { above = 0 } = style;
    const y = at.y + above + (style.leading - above - tickSize) / 2;
    if (choice.box)
      sheet.boxes.push({ ...choice.box, page: sheet.pages, x: inMm(x), y: inMm(y), size: inMm(tickSize) });
    const item = pen.tag(list, 'LI');
    const state = choice.chosen ? text.ticked : text.notTicked;
    tickBox(pen, pen.tag(item, 'Lbl', { alt: state[language] }), x, y, choice.chosen);
    const place = { x: x + tickSize + afterBox, y: at.y, width: frame.width };
    pen.write(pen.tag(item, 'LBody'), lines, place, choice.chosen ? { ...style, weight: 'bold' } : style);
  }
}

/** A list of tick boxes in the flow of the page. */
export function tickList(sheet: Sheet, choices: readonly Choice[], indent = 0): void {
  if (choices.length === 0) return;
  const laid = layChoices(choices, frame.width - indent, sheet.styles.body);
  const list = sheet.pen.tag(sheet.pen.root, 'L');
  for (const row of laid.rows) {
    room(sheet, row.height);
    drawChoiceRow(sheet, list, row, { x: frame.left + indent, y: sheet.y });
    sheet.y += row.height;
  }
  sheet.y += 2;
}
