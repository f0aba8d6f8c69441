import QRCode from 'qrcode';
import type { Pen, Tag } from './pen.ts';

/** A QR code as vector rectangles, one per run of dark modules. The quiet zone of four modules is left white around it. */
export function qrCode(pen: Pen, tag: Tag, address: string, x: number, y: number, size: number): void {
  const { modules } = QRCode.create(address, { errorCorrectionLevel: 'M' });
  const step = size / (modules.size + 8);
  pen.picture(tag, (doc) => {
    for (let row = 0; row < modules.size; row++) {
      for (let column = 0; column < modules.size;) {
        let length = 0;
        while (column + length < modules.size && modules.get(row, column + length)) length++;
        if (length > 0) doc.rect(x + (column + 4) * step, y + (row + 4) * step, length * step, step);
        column += Math.max(length, 1);
      }
    }
    doc.fill('black');
  });
}
