import { frame } from './frame.ts';
import { linesOf } from './lines.ts';
import { codePlace, cornerMarks, footEnds } from './layout.ts';
import { pageCodeText, spaced, type PageCode } from './page-code.ts';
import { hairline, mm } from './pen.ts';
import { drawModules, modulesOf } from './qr.ts';
import type { Sheet } from './sheet.ts';
import { text } from './text.ts';

/**
 * The foot of a page that is open: what sheet it is, which page of how many, and the code by which it is known when it
 * comes back, as a QR and in letters for whoever has to type it; with the marks at the corners.
 */
export function drawFoot(sheet: Sheet, page: number, pages: number): void {
  const { pen, language, styles, title, mark, sheetId } = sheet;
  const width = mm(footEnds) - frame.left;
  const y = mm(codePlace.y);
  pen.rule(frame.left, y, width, hairline);
  const at = { x: frame.left, y: y + 5, width };
  const name = [title, mark].filter(Boolean).join('　');
  const [line = ''] = linesOf(name, width - 90, styles.small.size);
  pen.margin(line, at, styles.small);
  pen.margin(text.pageOf(page, pages)[language], at, { ...styles.small, align: 'right' });
  const code = sheetId === undefined ? undefined : drawCode(sheet, { sheet: sheetId, page, pages });
  if (code === undefined) return;
  const below = { ...at, y: at.y + styles.small.leading + 3 };
  pen.margin(text.sheetNumbered(code)[language], below, { ...styles.small, align: 'right' });
}

/** The code of a page as a QR, with the marks at its corners; in letters for whoever writes them beside it. */
export function drawCode({ pen }: Pick<Sheet, 'pen'>, of: PageCode): string | undefined {
  const code = pageCodeText(of);
  if (code === undefined) return undefined;
  for (const square of cornerMarks) pen.bar(mm(square.x), mm(square.y), mm(square.size), mm(square.size));
  const { x, y, size } = codePlace;
  pen.decorate((doc) => {
    drawModules(doc, modulesOf(code, 'M'), mm(x), mm(y), mm(size));
  });
  return spaced(code);
}
