import type { Language } from '../kernel/sentence.ts';
import { longDay } from './dates.ts';
import { grid } from './grid.ts';
import { linesOf } from './lines.ts';
import type { Tag } from './pen.ts';
import { drawAlone, frame, heading, paragraph, room, section, type Sheet, type Sketch } from './sheet.ts';
import { text } from './text.ts';

/** Undefined for a value that is not shown. */
export type FigureRow = Readonly<{ label: string; value: number | undefined; shown: string }>;
export type FiguresReportData = Readonly<{
  language: Language;
  title: string;
  year: string;
  organization: string;
  printedOn: string;
  lead: string;
  /** Why some figures are not shown; said in the first part. */
  masks: string;
  parts: readonly FigurePart[];
}>;
export type FigurePart = Readonly<{
  title?: string;
  lead?: string;
  facts: readonly (readonly [label: string, value: string])[];
  /** A group with a title is a place. */
  groups: readonly Readonly<{ title?: string; charts: readonly FigureChart[] }>[];
}>;
type FigureChart = Readonly<{ title: string; note?: string; rows: readonly FigureRow[] }>;

/** The figures of a year for the insurer council: bars with their numbers, no person. */
export const figuresReport = (data: FiguresReportData): Promise<Buffer> => drawAlone(figuresSketch(data));

export function figuresSketch(data: FiguresReportData): Sketch {
  const { language, printedOn: on } = data;
  const draw = (sheet: Sheet): void => {
    heading(sheet, [data.organization, data.year, text.printedOn(longDay(on, language))[language]]);
    paragraph(sheet, data.lead);
    data.parts.forEach((part, i) => {
      drawPart(sheet, part, i === 0 ? data.masks : undefined);
    });
  };
  return { opening: { language, title: data.title, on, mark: data.year, data }, draw };
}

function drawPart(sheet: Sheet, { title, lead, facts, groups }: FigurePart, masks: string | undefined): void {
  if (title !== undefined) {
    room(sheet, 120);
    sheet.y += 8;
    paragraph(sheet, title, { style: sheet.styles.large });
  }
  if (lead !== undefined) paragraph(sheet, lead);
  if (facts.length > 0)
    grid(
      sheet,
      facts.map(([label, value]) => [{ label, value, style: sheet.styles.large }]),
      170,
    );
  if (masks !== undefined) paragraph(sheet, masks, { style: sheet.styles.small });
  for (const group of groups) {
    if (group.title !== undefined) section(sheet, group.title, 90);
    for (const chart of group.charts) drawChart(sheet, chart, group.title !== undefined);
  }
}

/** `inPlace`: under the heading of a place. */
function drawChart(sheet: Sheet, { title, note, rows }: FigureChart, inPlace: boolean): void {
  // A short one stays whole; a long one goes over the turn of the page rather than leave much of it empty.
  const keep = (rows.length > 8 ? 4 : rows.length) * line + (note === undefined ? 8 : 40);
  if (inPlace) {
    room(sheet, keep + 24);
    paragraph(sheet, title, { style: sheet.styles.strong });
  } else section(sheet, title, keep);
  if (note !== undefined) paragraph(sheet, note, { style: sheet.styles.small });
  bars(sheet, rows);
}

const line = 19;
const label = 150;
const number = 56;
const full = frame.width - label - number - 12;

function bars(sheet: Sheet, rows: readonly FigureRow[]): void {
  const { pen, styles } = sheet;
  const table = pen.tag(pen.root, 'Table');
  const most = Math.max(1, ...rows.map((row) => row.value ?? 0));
  for (const [i, row] of rows.entries()) {
    const lines = linesOf(row.label, label - 6, styles.small.size);
    const height = Math.max(line, lines.length * styles.small.leading + 4);
    // The last one never stands alone on the next page.
    room(sheet, i === rows.length - 2 ? height + line : height);
    const tr = pen.tag(table, 'TR');
    const head: Tag = pen.tag(tr, 'TH', { scope: 'Row' });
    pen.write(head, lines, { x: frame.left + 2, y: sheet.y + 2, width: label - 6 }, styles.small);
    const x = frame.left + label;
    const middle = sheet.y + height / 2;
    pen.decorate((doc) => {
      doc
        .lineWidth(1)
        .moveTo(x, sheet.y)
        .lineTo(x, sheet.y + height)
        .stroke('black');
      // What is not shown is hatched, each the same length, so that it tells nothing.
      if (row.value === undefined) {
        for (let at = 0; at < 30; at += 5)
          doc
            .moveTo(x + at, middle + 5)
            .lineTo(x + at + 5, middle - 5)
            .stroke('black');
      } else if (row.value > 0) doc.rect(x, middle - 5, (full * row.value) / most, 10).fill('black');
    });
    const at = { x: frame.right - number, y: sheet.y + 1, width: number - 2 };
    pen.write(pen.tag(tr, 'TD'), [row.shown], at, { ...styles.strong, align: 'right' });
    sheet.y += height;
  }
  sheet.y += 8;
}
