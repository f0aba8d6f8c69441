import type { Language } from '../kernel/sentence.ts';
import { printable } from './fonts.ts';
import { drawFoot } from './foot.ts';
import { readingRise, withoutFurigana } from './furigana.ts';
import { frame } from './frame.ts';
import { codePlace, cornerMarks, type Box, type SheetLayout } from './layout.ts';
import { forgetLines, headingLines, linesOf } from './lines.ts';
import { measuringPen } from './measuring.ts';
import { mm, openPen, type Pen, type Style, type Tag } from './pen.ts';

export { frame } from './frame.ts';

/** Nothing under 10 points: a fax has 98 lines to the inch. */
const comfortable = {
  title: { size: 20, leading: 27, weight: 'bold' },
  section: { size: 13, leading: 19, weight: 'bold' },
  body: { size: 11, leading: 17, weight: 'regular' },
  strong: { size: 11, leading: 17, weight: 'bold' },
  label: { size: 10, leading: 17, weight: 'bold' },
  small: { size: 10, leading: 15, weight: 'regular' },
  large: { size: 15, leading: 22, weight: 'bold' },
} as const satisfies Record<string, Style>;
export type Styles = Readonly<Record<keyof typeof comfortable, Style>>;

/** The same letters, lines closer together. */
const close: Styles = {
  title: { ...comfortable.title, leading: 24 },
  section: { ...comfortable.section, leading: 17 },
  body: { ...comfortable.body, leading: 14.5 },
  strong: { ...comfortable.strong, leading: 14.5 },
  label: { ...comfortable.label, leading: 14.5 },
  small: { ...comfortable.small, leading: 12.5 },
  large: { ...comfortable.large, leading: 19 },
};

/** The lines of a sheet whose words have readings above them: letters wide enough for those, and room for them above. */
const readable = (styles: Styles): Styles => {
  const under = (style: Style, size: number): Style => ({
    ...style,
    size,
    leading: style.leading + (size - style.size) + readingRise - 3,
    above: readingRise,
  });
  return {
    ...styles,
    title: under(styles.title, styles.title.size),
    section: under(styles.section, 14),
    body: under(styles.body, 13),
    strong: under(styles.strong, 13),
    small: under(styles.small, 12),
  };
};

/** A sheet being filled from the top down; `y` is where the next thing goes, in points. */
export type Sheet = {
  readonly pen: Pen;
  readonly language: Language;
  readonly styles: Styles;
  /** What empty space between parts is multiplied by. */
  readonly air: number;
  readonly title: string;
  /** The title as it stands above the sheet. */
  readonly heading: string;
  /** Stands beside the title at the foot of every page: a number, or that it no longer holds. */
  readonly mark: string | undefined;
  readonly sheetId: string | undefined;
  /** Tick boxes drawn so far. */
  readonly boxes: Box[];
  /** Drawn once the number of pages is known. */
  readonly later: ((pages: number) => void)[];
  /** The index of its first page in the file. */
  readonly first: number;
  pages: number;
  y: number;
  /** Where the head ends, until something stands under it: a table there needs no line above. */
  headed?: number;
};

export type Opening = Readonly<{
  language: Language;
  title: string;
  /** The title with its readings, where they are asked for: the lines of the sheet then have room for readings. */
  furigana?: string;
  /** Day the sheet is dated, `YYYY-MM-DD`: it becomes the file's own date. */
  on: string;
  mark?: string | undefined;
  /** Of the line of `printed_sheet` by which its pages are known when they come back; left out where nobody sends it back. */
  sheetId?: string;
  /** `false` leaves away the foot of every page: a letter has none. */
  foot?: false;
  /** Everything printed; the file's identifier is made from it. */
  data: unknown;
}>;
/** A sheet that is ready to be drawn: into a file of its own or, with others, into one. */
export type Sketch = Readonly<{ opening: Opening; draw: (sheet: Sheet) => void }>;

/** Draws a sheet into a file. */
export function drawAlone(sketch: Sketch): Promise<Buffer> {
  const { language, title, on, data } = sketch.opening;
  const pen = openPen({ title: plainTitle(title), language, on, data });
  lay(pen, sketch);
  forgetLines();
  return pen.close();
}

/**
 * Draws a sheet at the end of what a pen has drawn. When its last page would hold only a little, the lines stand closer
 * together, if that saves the page: a page with two rows on it gets lost at the fax.
 */
export function lay(pen: Pen, sketch: Sketch): void {
  const isClose = fitsBetterClose(sketch);
  const sheet = openSheet(pen, sketch.opening, isClose);
  sketch.draw(sheet);
  finish(sheet, sketch.opening.foot ?? true);
}

/** How many pages a sheet has. */
export const pagesIn = (sketch: Sketch): number => layoutOf(sketch).pages;

/** Where the marks, the code and the tick boxes of a sheet stand. */
export function layoutOf(sketch: Sketch): SheetLayout {
  const { pages, boxes } = measured(sketch, fitsBetterClose(sketch));
  return { pages, marks: cornerMarks, code: codePlace, boxes };
}

function measured({ opening, draw }: Sketch, isClose: boolean): Sheet {
  const sheet = openSheet(measuringPen(), opening, isClose);
  draw(sheet);
  return sheet;
}

function fitsBetterClose(sketch: Sketch): boolean {
  const sheet = measured(sketch, false);
  if (sheet.pages === 1 || sheet.y - frame.top > (frame.bottom - frame.top) * littleOnIt) return false;
  return measured(sketch, true).pages < sheet.pages;
}

const littleOnIt = 0.4;

const plainTitle = (title: string): string => printable(title).replaceAll('\n', ' ');

function openSheet(pen: Pen, { language, title, furigana, mark, sheetId }: Opening, isClose: boolean): Sheet {
  const styles = isClose ? close : comfortable;
  const sheet: Sheet = {
    pen,
    language,
    styles: furigana === undefined ? styles : readable(styles),
    air: isClose ? 0.55 : 1,
    title: plainTitle(title),
    heading: furigana ?? plainTitle(title),
    mark,
    sheetId,
    boxes: [],
    later: [],
    first: pen.pages(),
    pages: 0,
    y: 0,
  };
  turnPage(sheet);
  return sheet;
}

export function turnPage(sheet: Sheet): void {
  sheet.pen.doc.addPage();
  sheet.pages++;
  sheet.y = frame.top;
}

/** Turns the page unless `height` points are left, so that what belongs together stays together. */
export function room(sheet: Sheet, height: number): void {
  if (sheet.y + height > frame.bottom && sheet.y > frame.top) turnPage(sheet);
}

export const space = (sheet: Sheet, points: number): void => {
  if (sheet.y > frame.top) sheet.y += points * sheet.air;
};

/** The title with a few words to its right: form, edition, date. */
export function heading(sheet: Sheet, aside: readonly (string | undefined)[] = []): void {
  const { pen, heading: title, y, styles, air } = sheet;
  const asideLines = aside
    .filter((line) => line !== undefined && line !== '')
    .map((line) => printable(line ?? ''));
  const asideWidth = asideLines.length > 0 ? frame.width * 0.36 : 0;
  const width = frame.width - asideWidth - (asideWidth > 0 ? 12 : 0);
  const lines = headingLines(title, width, styles.title.size);
  pen.write(pen.tag(pen.root, 'H1'), lines, { x: frame.left, y, width }, styles.title);
  pen.bookmark(title, y);
  asideLines.forEach((line, i) => {
    const at = { x: frame.right - asideWidth, y: y + i * styles.small.leading, width: asideWidth };
    pen.write(pen.tag(pen.root, 'P'), [line], at, { ...styles.small, align: 'right' });
  });
  sheet.y += Math.max(lines.length * styles.title.leading, asideLines.length * styles.small.leading) + 4;
  pen.rule(frame.left, sheet.y, frame.width, 2);
  sheet.y += 10 * air;
  sheet.headed = sheet.y;
}

/** A section's heading, in the bookmarks too. `keep` points of what follows stay on its page. */
export function section(sheet: Sheet, name: string, keep = 44): void {
  const { pen, styles, air } = sheet;
  const lines = headingLines(name, frame.width - 12, styles.section.size);
  const height = lines.length * styles.section.leading;
  if (sheet.y + 12 * air + height + keep > frame.bottom) turnPage(sheet);
  space(sheet, 8);
  pen.bar(frame.left, sheet.y + 2.5, 4, height - 5);
  const at = { x: frame.left + 12, y: sheet.y, width: frame.width - 12 };
  pen.write(pen.tag(pen.root, 'H2'), lines, at, styles.section);
  pen.bookmark(printable(withoutFurigana(name)), sheet.y);
  sheet.y += height + 4 * air;
}

type Paragraph = Readonly<{ style?: Style; tag?: Tag; x?: number; width?: number; after?: number }>;

/** Running text; it flows over pages, never leaving a single line behind. */
export function paragraph(sheet: Sheet, words: string, given: Paragraph = {}): void {
  const { style = sheet.styles.body, x = frame.left, width = frame.width, after = 4 } = given;
  const tag = given.tag ?? sheet.pen.tag(sheet.pen.root, 'P');
  const lines = linesOf(words, width, style.size, style.weight);
  for (let from = 0; from < lines.length;) {
    const left = lines.length - from;
    let fits = Math.floor((frame.bottom - sheet.y) / style.leading);
    if (fits < left && left - fits === 1) fits--;
    if (fits < Math.min(2, left)) {
      turnPage(sheet);
      continue;
    }
    const now = lines.slice(from, from + fits);
    sheet.pen.write(tag, now, { x, y: sheet.y, width }, style);
    sheet.y += now.length * style.leading;
    from += now.length;
  }
  sheet.y += after * sheet.air;
}

/** Lines to write on with a pen. */
export function ruledLines(sheet: Sheet, count: number): void {
  for (let i = 0; i < count; i++) {
    room(sheet, ruled);
    sheet.y += ruled;
    sheet.pen.rule(frame.left, sheet.y, frame.width);
  }
  sheet.y += 4 * sheet.air;
}
const ruled = mm(9);

/** Writes what waited for the page count, and the foot of every page. */
function finish(sheet: Sheet, hasFoot: boolean): void {
  const { pen, pages } = sheet;
  for (const draw of sheet.later) draw(pages);
  if (!hasFoot) return;
  for (let page = 1; page <= pages; page++) {
    pen.doc.switchToPage(sheet.first + page - 1);
    drawFoot(sheet, page, pages);
  }
}
