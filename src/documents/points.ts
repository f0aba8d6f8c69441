import { linesOf } from './lines.ts';
import type { Style } from './pen.ts';
import { frame, paragraph, room, type Sheet } from './sheet.ts';

/** One numbered point, with lines of less weight under it. */
export type Point = Readonly<{ main: string; under?: readonly string[] }>;

const indent = 22;

/** A numbered list; a single point carries no number. */
export function points(sheet: Sheet, list: readonly Point[]): void {
  const { pen } = sheet;
  if (list.length === 0) return;
  const parent = pen.tag(pen.root, 'L');
  list.forEach(({ main, under = [] }, i) => {
    const x = frame.left + (list.length > 1 ? indent : 0);
    const width = frame.right - x;
    const style = under.length > 0 ? sheet.styles.strong : sheet.styles.body;
    const height = (words: string, of: Style) =>
      linesOf(words, width, of.size, of.weight).length * of.leading;
    const whole = under.reduce((sum, line) => sum + height(line, sheet.styles.body), height(main, style));
    room(sheet, Math.min(whole, 140) + (i === list.length - 2 ? sheet.styles.body.leading : 0));
    const item = pen.tag(parent, 'LI');
    if (list.length > 1) {
      const at = { x: frame.left, y: sheet.y, width: indent - 8 };
      pen.write(pen.tag(item, 'Lbl'), [`${String(i + 1)}.`], at, { ...sheet.styles.strong, align: 'right' });
    }
    const body = pen.tag(item, 'LBody');
    paragraph(sheet, main, { style, x, width, tag: pen.tag(body, 'P'), after: under.length > 0 ? 0 : 2 });
    for (const line of under) paragraph(sheet, line, { x, width, tag: pen.tag(body, 'P'), after: 0 });
    if (under.length > 0) sheet.y += 4;
  });
  sheet.y += 4;
}
