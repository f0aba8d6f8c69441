import { linesOf } from './lines.ts';
import { mm } from './pen.ts';
import { frame, room, type Sheet } from './sheet.ts';
import { qrCode } from './qr.ts';
import { text } from './text.ts';

/** One address as QR code and in letters, with a sentence on what it is for, in a box of its own. */
export type AnswerAddress = Readonly<{ url: string; says: string; lines?: readonly (string | undefined)[] }>;

const inset = 10;

/** Modules stay over three fax lines wide for addresses up to about 80 letters. */
const side = mm(36);

export function answerPanel(sheet: Sheet, { url, says, lines = [] }: AnswerAddress): void {
  const { pen } = sheet;
  const width = frame.width - side - 3 * inset;
  const blocks = [
    { lines: linesOf(says, width, sheet.styles.strong.size, 'bold'), style: sheet.styles.strong },
    { lines: linesOf(url, width, sheet.styles.body.size), style: sheet.styles.body },
    ...lines
      .filter((line) => line !== undefined)
      .map((line) => ({ lines: linesOf(line, width, sheet.styles.small.size), style: sheet.styles.small })),
  ];
  const written = blocks.reduce((sum, block) => sum + block.lines.length * block.style.leading + 4, 0);
  const height = Math.max(side, written) + 2 * inset;
  room(sheet, height + 8);
  sheet.y += 4;
  pen.box(frame.left, sheet.y, frame.width, height, 1.25);
  let y = sheet.y + (height - written) / 2 + 2;
  for (const block of blocks) {
    pen.write(pen.tag(pen.root, 'P'), block.lines, { x: frame.left + inset + 4, y, width }, block.style);
    y += block.lines.length * block.style.leading + 4;
  }
  const x = frame.right - inset - side;
  drawQr(sheet, url, x, sheet.y + (height - side) / 2, side);
  sheet.y += height + 8;
}

export function drawQr(sheet: Sheet, url: string, x: number, y: number, size: number): void {
  const { pen, language } = sheet;
  const alt = text.qrAlt(url)[language];
  qrCode(pen, pen.tag(pen.root, 'Figure', { alt, bbox: [x, y, x + size, y + size] }), url, x, y, size);
}
