import PDFDocument from 'pdfkit';
import sharp from 'sharp';
import { greyOf, rawOf, type Grey } from '../../src/scans/recognise/bitmap.ts';
import { pdfPages } from '../../src/scans/recognise/pdf.ts';

/** Numbers from 0 to 1 that are the same every time (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The printed pages of a PDF, at 300 dots to the inch. */
export async function printed(pdf: Buffer): Promise<Grey[]> {
  const pages: Grey[] = [];
  for await (const page of pdfPages(pdf, 100, 3508)) pages.push(page);
  return pages;
}

/** How a page fares on its way through a machine. */
export type Way = Readonly<{
  /** Drawn through by rollers, which see 215 mm across and all of its length; else on a glass of the paper's size. */
  fed?: boolean;
  /** Degrees clockwise by which it lies askew, and quarters by which it was turned. */
  skew?: number;
  quarters?: number;
  /** Dots across to the inch, and lines; a scanner has as many of both. */
  across?: number;
  lines?: number;
  /** Share of points that turned over, and number of broken lines. */
  specks?: number;
  broken?: number;
  /** What is darker than this (0–255) becomes black; left out, grey stays. */
  black?: number;
}>;

/** As it arrives: at the machine's resolution, whose pixels need not be square. */
export async function arrived(page: Grey, way: Way, random = dice(1)): Promise<Grey> {
  const { skew = 0, quarters = 0, across = 204, lines = across } = way;
  const lying = await greyOf(rawOf(page).rotate(((quarters % 4) + 4) * 90));
  const askew = await greyOf(rawOf(lying).rotate(skew, { background: '#ffffff' }));
  const width = way.fed === true ? Math.min(askew.width, Math.round(lying.width * 1.0245)) : lying.width;
  const height = way.fed === true ? askew.height : lying.height;
  const [left, top] = [(askew.width - width) >> 1, (askew.height - height) >> 1];
  const cut = rawOf(askew).extract({ left, top, width, height });
  const seen = await greyOf(
    rawOf(await greyOf(cut)).resize({
      width: Math.round((width * across) / 300),
      height: Math.round((height * lines) / 300),
      fit: 'fill',
      kernel: 'linear',
    }),
  );
  const data = Uint8Array.from(seen.data, (value) =>
    way.black === undefined ? value : value < way.black ? 0 : 255,
  );
  for (let n = (way.specks ?? 0) * data.length; n > 0; n--) {
    const at = Math.floor(random() * data.length);
    data[at] = 255 - (data[at] ?? 0);
  }
  for (let n = way.broken ?? 0; n > 0; n--) {
    const row = Math.floor(random() * seen.height);
    const from = row * seen.width + Math.floor(random() * seen.width * 0.5);
    data.fill(random() < 0.3 ? 0 : 255, from, (row + 1) * seen.width);
  }
  return { data, width: seen.width, height: seen.height };
}

type Fine = Readonly<{ across?: number; lines?: number }>;

/** A TIFF as fax servers keep it: one bit, CCITT Group 4, a directory for each page. */
export async function tiffOf(pages: readonly (Grey & Fine)[]): Promise<Buffer> {
  const singles = await Promise.all(
    pages.map((page) =>
      rawOf(page)
        .threshold(128)
        .toColourspace('b-w')
        .tiff({
          compression: 'ccittfax4',
          bitdepth: 1,
          xres: (page.across ?? 204) / 25.4,
          yres: (page.lines ?? page.across ?? 204) / 25.4,
        })
        .toBuffer(),
    ),
  );
  return joined(singles);
}

/** Little-endian TIFFs of one page each, one behind the other: every offset of a page moves by where the page begins. */
function joined(singles: readonly Buffer[]): Buffer {
  const parts = singles.map((one) => Buffer.concat([one, Buffer.alloc(one.length % 2)]));
  const whole = Buffer.concat(parts);
  const [sizes, offsets] = [[0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8], new Set([273, 324])];
  let start = 0;
  let before = -1;
  for (const part of parts) {
    const directory = start + part.readUInt32LE(4);
    const entries = whole.readUInt16LE(directory);
    if (before >= 0) whole.writeUInt32LE(directory, before);
    for (let i = 0; i < entries; i++) {
      const entry = directory + 2 + i * 12;
      const count = whole.readUInt32LE(entry + 4);
      const long = (sizes[whole.readUInt16LE(entry + 2)] ?? 1) * count > 4;
      if (long) whole.writeUInt32LE(whole.readUInt32LE(entry + 8) + start, entry + 8);
      if (!offsets.has(whole.readUInt16LE(entry))) continue;
      const first = long ? whole.readUInt32LE(entry + 8) : entry + 8;
      for (let n = 0; n < count; n++)
        whole.writeUInt32LE(whole.readUInt32LE(first + n * 4) + start, first + n * 4);
    }
    before = directory + 2 + entries * 12;
    start += part.length;
  }
  return whole;
}

/** A PDF as a scanner makes it: a picture on each page, as large as the paper. */
export async function pdfOf(pages: readonly Grey[]): Promise<Buffer> {
  const doc = new PDFDocument({ autoFirstPage: false, margin: 0 });
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const done = new Promise<void>((resolve) => doc.on('end', resolve));
  for (const page of pages) {
    const isWide = page.width > page.height * 1.05;
    const size: [number, number] = isWide ? [841.89, 595.28] : [595.28, 841.89];
    doc.addPage({ size, margin: 0 });
    doc.image(await rawOf(page).png().toBuffer(), 0, 0, { width: size[0], height: size[1] });
  }
  doc.end();
  await done;
  return Buffer.concat(chunks);
}

export const pngFile = (page: Grey): Promise<Buffer> => rawOf(page).png().toBuffer();
export const jpegFile = (page: Grey): Promise<Buffer> => rawOf(page).jpeg({ quality: 60 }).toBuffer();

/** Two pages side by side on one, each half as large, as on a glass or printed two to a sheet. */
export async function sideBySide(one: Grey, other: Grey): Promise<Grey> {
  const [width, height] = [one.height, one.width];
  const halves = await Promise.all(
    [one, other].map((page) =>
      rawOf(page)
        .resize({ width: width >> 1, height, fit: 'inside' })
        .png()
        .toBuffer(),
    ),
  );
  return greyOf(
    sharp({ create: { width, height, channels: 3, background: '#ffffff' } }).composite(
      halves.map((input, i) => ({ input, left: i * (width >> 1), top: 0 })),
    ),
  );
}
