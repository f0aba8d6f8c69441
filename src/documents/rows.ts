import { drawChoiceRow, layChoices, type Choice, type Choices } from './choices.ts';
import { linesOf } from './lines.ts';
import { baselineOf, hairline, type Style, type Tag } from './pen.ts';
import { drawRuby, rubyRise, type RubyPiece } from './ruby.ts';
import { frame, section, turnPage, type Sheet } from './sheet.ts';

/** A cell before it is drawn; `tag` makes its tag in the row it belongs to. */
export type Cell = Readonly<{
  lines: readonly string[];
  x: number;
  width: number;
  style: Style;
  tag: (row: Tag) => Tag;
  /** The words on one line, with readings above. */
  ruby?: readonly RubyPiece[];
  /** Boxes to tick, instead of words. */
  ticks?: Choices;
}>;
export type Row = readonly Cell[];
/** Rows that belong together, measured for a sheet; `repeats`: the first row stands on every page again. */
export type Table = Readonly<{ rows: readonly Row[]; heights: readonly number[]; repeats: boolean }>;

const pad = 3;
const heavy = 1.25;

export const cellOf = (
  words: string,
  at: Readonly<{ x: number; width: number; style: Style }>,
  tag: Cell['tag'],
): Cell => ({ ...at, tag, lines: linesOf(words, at.width, at.style.size, at.style.weight) });

/** A cell with boxes to tick. */
export const tickCell = (
  choices: readonly Choice[],
  at: Readonly<{ x: number; width: number; style: Style }>,
  tag: Cell['tag'],
): Cell => ({ ...at, tag, lines: [], ticks: layChoices(choices, at.width, at.style) });

const heightIn = ({ lines, style, ticks, ruby }: Cell): number =>
  ticks?.height ?? (ruby ? rubyRise + style.leading : lines.length * style.leading);

export function tableOf({ air }: Sheet, rows: readonly Row[], repeats = false): Table {
  const heightOf = (row: Row): number => Math.max(...row.map(heightIn)) + 2 * pad * air;
  return { rows, heights: rows.map(heightOf), repeats };
}

const whole = frame.bottom - frame.top;
const sum = (heights: readonly number[]): number => heights.reduce((all, one) => all + one, 0);

/** A table under its heading, which never stays behind alone. */
export function titledTable(sheet: Sheet, title: string, table: Table): void {
  section(sheet, title, keepOf(table));
  drawTable(sheet, table);
}

/** How much of it has to stand under its heading: a small table whole, of a long one the first two rows. */
const keepOf = ({ heights, repeats }: Table): number =>
  isSmall(heights) ? sum(heights) + 6 : sum(heights.slice(0, repeats ? 3 : 2));

const isSmall = (heights: readonly number[]): boolean => sum(heights) < whole * 0.4;

/**
 * Draws a table between its lines. A small one stays on one page; of a long one no row stands alone before or after the
 * turn of a page. A row that is higher than a third of a page goes over it.
 */
export function drawTable(sheet: Sheet, { rows, heights, repeats }: Table): void {
  if (rows.length === 0) return;
  const { pen } = sheet;
  const table = pen.tag(pen.root, 'Table');
  const isUnderHead = sheet.headed === sheet.y;
  rows.forEach((row, i) => {
    if (sheet.y > frame.top && turnsBefore(i, heights, frame.bottom - sheet.y)) {
      if (i > 0) pen.rule(frame.left, sheet.y, frame.width);
      turnPage(sheet);
      if (repeats && i > 0) writeAgain(sheet, rows[0] ?? []);
    }
    const first = i === 0 || (repeats && i === 1);
    drawRow(sheet, table, row, i === 0 && isUnderHead ? 0 : first ? heavy : hairline);
  });
  pen.rule(frame.left, sheet.y, frame.width, heavy);
  sheet.y += 8 * sheet.air;
}

/** Whether the page is turned before a row, `left` points being left on it. */
function turnsBefore(i: number, heights: readonly number[], left: number): boolean {
  const rest = heights.slice(i);
  if (sum(rest) <= left) return false;
  if (i === 0 && isSmall(heights)) return true;
  const [now = 0, next = 0] = rest;
  if (now > whole / 3) return left < 80;
  const isAlone = (i === 0 || rest.length === 2) && next <= whole / 3;
  return now > left || (isAlone && now + next > left);
}

/** From the top of a line to the foot of its letters, so that a row's first lines stand on one line. */
const baseline = ({ style, ruby }: Pick<Cell, 'style' | 'ruby'>): number =>
  (ruby ? rubyRise : 0) + baselineOf(style);

function drawRow(sheet: Sheet, table: Tag, row: Row, thickness: number): void {
  const { pen } = sheet;
  const gap = pad * sheet.air;
  const tr = pen.tag(table, 'TR');
  const cells = row.map((cell) => ({ ...cell, lines: [...cell.lines], tag: cell.tag(tr) }));
  const lowest = Math.max(...cells.map(baseline));
  // No line right under that of the head.
  if (thickness > 0) pen.rule(frame.left, sheet.y, frame.width, thickness);
  for (;;) {
    const available = frame.bottom - sheet.y - 2 * gap;
    let used = 0;
    for (const cell of cells) {
      if (cell.ticks !== undefined) {
        used = Math.max(used, cell.ticks.height);
        drawTicks(sheet, cell.ticks, cell.tag, { x: cell.x, y: sheet.y + gap });
        delete cell.ticks;
        continue;
      }
      const shift = lowest - baseline(cell);
      const now = cell.lines.splice(
        0,
        Math.max(1, Math.floor((available - shift + 0.01) / cell.style.leading)),
      );
      if (now.length === 0) continue;
      const at = { x: cell.x, y: sheet.y + gap + shift, width: cell.width };
      if (cell.ruby) drawRuby(pen, cell.tag, cell.ruby, at, cell.style);
      else pen.write(cell.tag, now, at, cell.style);
      used = Math.max(used, shift + (cell.ruby ? rubyRise : 0) + now.length * cell.style.leading);
    }
    sheet.y += used + 2 * gap;
    if (cells.every((cell) => cell.lines.length === 0)) return;
    pen.rule(frame.left, sheet.y, frame.width, hairline);
    turnPage(sheet);
  }
}

function drawTicks(sheet: Sheet, ticks: Choices, tag: Tag, at: Readonly<{ x: number; y: number }>): void {
  const list = sheet.pen.tag(tag, 'L');
  let { y } = at;
  for (const row of ticks.rows) {
    drawChoiceRow(sheet, list, row, { x: at.x, y });
    y += row.height;
  }
}

/** The headings once more for the eye; a screen reader has them from the table's first row. */
function writeAgain(sheet: Sheet, row: Row): void {
  const gap = pad * sheet.air;
  sheet.pen.rule(frame.left, sheet.y, frame.width, heavy);
  for (const { lines, x, width, style } of row)
    lines.forEach((line, i) =>
      sheet.pen.margin(line, { x, y: sheet.y + gap + i * style.leading, width }, style),
    );
  sheet.y += Math.max(...row.map((cell) => cell.lines.length * cell.style.leading)) + 2 * gap;
}
