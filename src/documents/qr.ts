import QRCode, { type QRCodeErrorCorrectionLevel } from 'qrcode';
import { quiet } from './layout.ts';
import type { Pen, Tag } from './pen.ts';

type Modules = Readonly<{ size: number; get: (row: number, column: number) => number | boolean }>;

export const modulesOf = (words: string, errorCorrectionLevel: QRCodeErrorCorrectionLevel): Modules =>
  QRCode.create(words, { errorCorrectionLevel }).modules;

/** A QR code of an address, with the white around it that readers need inside `size`. */
export function qrCode(pen: Pen, tag: Tag, address: string, x: number, y: number, size: number): void {
  const modules = modulesOf(address, 'M');
  const white = (size * quiet) / (modules.size + 2 * quiet);
  pen.picture(tag, (doc) => {
    drawModules(doc, modules, x + white, y + white, size - 2 * white);
  });
}

/** Vector rectangles, one per run of dark modules, filling a square of `size` points. */
export function drawModules(
  doc: PDFKit.PDFDocument,
  modules: Modules,
  x: number,
  y: number,
  size: number,
): void {
  const step = size / modules.size;
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size;) {
      let length = 0;
      while (column + length < modules.size && modules.get(row, column + length)) length++;
      if (length > 0) doc.rect(x + column * step, y + row * step, length * step, step);
      column += Math.max(length, 1);
    }
  }
  doc.fill('black');
}
