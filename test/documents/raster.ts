import { PDFiumLibrary } from '@hyzyla/pdfium';

/** A page as a fax machine or a printer puts it on paper, one byte a dot: 1 is black. */
export type Raster = Readonly<{ width: number; height: number; black: Uint8Array }>;

/** Draws every page at so many dots to the inch across and down, black and white alone, as G3 fax does. */
export async function rasters(pdf: Buffer, across: number, down: number): Promise<Raster[]> {
  library ??= PDFiumLibrary.init();
  const document = await (await library).loadDocument(pdf);
  const all: Raster[] = [];
  for (const page of document.pages()) {
    const { originalWidth, originalHeight } = page.getOriginalSize();
    const width = Math.round((originalWidth * across) / 72);
    const height = Math.round((originalHeight * down) / 72);
    const { data } = await page.render({ width, height, render: 'bitmap' });
    const black = new Uint8Array(width * height);
    for (let i = 0; i < black.length; i++) {
      const [b = 255, g = 255, r = 255] = [data[4 * i], data[4 * i + 1], data[4 * i + 2]];
      black[i] = (r + g + b) / 3 < 128 ? 1 : 0;
    }
    all.push({ width, height, black });
  }
  document.destroy();
  return all;
}

let library: Promise<PDFiumLibrary> | undefined;

/** How much of a box is black, from 0 to 1; points from the top left of an A4 page. */
export function inked(
  { width, height, black }: Raster,
  box: Readonly<{ x: number; y: number; width: number; height: number }>,
): number {
  const across = width / 595.28;
  const down = height / 841.89;
  const [left, right] = [Math.floor(box.x * across), Math.ceil((box.x + box.width) * across)];
  const [top, bottom] = [Math.floor(box.y * down), Math.ceil((box.y + box.height) * down)];
  let count = 0;
  for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) count += black[y * width + x] ?? 0;
  return count / Math.max(1, (right - left) * (bottom - top));
}
