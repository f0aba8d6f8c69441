import { createHash } from 'node:crypto';
import PDFDocument from 'pdfkit';
import type { Language } from '../kernel/sentence.ts';
import { furiganaIn, lineWidth, pieceWidth, readingSize, withoutFurigana } from './furigana.ts';
import { fontSource, runsOf, emsOf, type FontName, type Weight } from './fonts.ts';

export type Tag = PDFKit.PDFStructureElement;
export type Style = Readonly<{
  size: number;
  leading: number;
  weight: Weight;
  align?: 'left' | 'right' | 'center';
  /** Of the leading, what stands above the letters for their readings. */
  above?: number;
}>;
export type Place = Readonly<{ x: number; y: number; width: number }>;
type TagOptions = Readonly<{ alt?: string; actual?: string; scope?: 'Row' | 'Column'; bbox?: number[] }>;

type Lettering = Pick<Style, 'size' | 'weight'>;

/** From the top of a line to the foot of its letters. */
export const baselineOf = ({ size, leading, above = 0 }: Style): number =>
  above + (leading - above - size) / 2 + size * 0.88;

/** Draws on the current page, points from the top left. Text belongs to a tag; lines and boxes are decoration. */
export type Pen = ReturnType<typeof openPen>;

export const mm = (millimetres: number): number => (millimetres * 72) / 25.4;
/** Points as millimetres, to a hundredth. */
export const inMm = (points: number): number => Math.round((points * 2540) / 72) / 100;
export const a4 = { width: mm(210), height: mm(297) } as const;

/** Thinnest line a fax at 98 lines to the inch still draws. */
export const hairline = 0.75;

type Opening = Readonly<{ title: string; language: Language; on: string; data: unknown }>;

/** Opens a document whose dates and identifier come from the data alone. */
export function openPen({ title, language, on, data }: Opening) {
  const made = new Date(`${on}T00:00:00+09:00`);
  // pdfkit writes the title into the XMP packet unescaped
  const safe = title.replace(/[<>&]/g, (c) => String.fromCodePoint((c.codePointAt(0) ?? 0) + 0xfee0));
  const options = {
    size: 'A4',
    margin: 0,
    lang: language === 'ja' ? 'ja-JP' : 'en',
    displayTitle: true,
    tagged: true,
    pdfVersion: '1.7',
    autoFirstPage: false,
    bufferPages: true,
    font: '',
    info: {
      Title: safe,
      Creator: 'Tsunagi',
      Producer: 'Tsunagi',
      CreationDate: made,
      ModDate: made,
      // The file identifier is a digest of this dictionary, so it follows the data.
      Edition: createHash('sha256').update(inOrder(data)).digest('hex').slice(0, 32),
    },
  } satisfies Record<string, unknown>;
  const doc = new PDFDocument(options as PDFKit.PDFDocumentOptions);
  const written = collected();
  const bytes = new Promise<Buffer>((resolve, reject) => {
    doc.on('data', (piece: Buffer) => written.add(piece));
    doc.on('end', () => resolve(written.whole()));
    doc.on('error', reject);
  });
  const opened = new Set<FontName>();
  const root = doc.struct('Document');
  doc.addStructure(root);
  let shelf = doc.outline;
  let waiting: string | undefined;

  const use = (font: FontName) => {
    if (!opened.has(font)) doc.registerFont(font, fontSource(font) as unknown as Buffer);
    opened.add(font);
    return doc.font(font);
  };
  const letters = (text: string, x: number, baseline: number, { size, weight }: Lettering) => {
    let left = x;
    for (const run of runsOf(text, weight)) {
      use(run.font)
        .fontSize(size)
        .text(run.text, left, baseline, { lineBreak: false, baseline: 'alphabetic' });
      left += emsOf(run.text, weight) * size;
    }
  };
  /** The words of a line; what it returns draws their readings. */
  const line = (text: string, { x, y, width }: Place, style: Style): (() => void)[] => {
    const spare = style.align === undefined || style.align === 'left' ? 0 : width - lineWidth(text, style);
    let left = x + (style.align === 'center' ? spare / 2 : spare);
    const baseline = y + baselineOf(style);
    return furiganaIn(text).flatMap((piece) => {
      const whole = pieceWidth(piece, style);
      const middle = left + whole / 2;
      const { base, reading } = piece;
      letters(base, middle - (emsOf(base, style.weight) * style.size) / 2, baseline, style);
      left += whole;
      if (reading === undefined) return [];
      const above = middle - (emsOf(reading, 'regular') * readingSize) / 2;
      // The foot of the readings stands on the head of the words.
      const foot = baseline - style.size * 0.88 - readingSize * 0.12 - 0.3;
      return [() => letters(reading, above, foot, { size: readingSize, weight: 'regular' })];
    });
  };
  const decorate = (draw: () => void) => {
    doc.markContent('Artifact', { type: 'Layout' });
    draw();
    doc.endMarkedContent();
  };

  return {
    doc,
    root,
    /** A child of a tag; everything is closed with the document, so none can be forgotten open. */
    tag(parent: Tag, type: string, tagOptions: TagOptions = {}): Tag {
      const child = doc.struct(type, tagOptions);
      parent.add(child);
      return child;
    },
    /** Lines of one tag on this page; call again with the same tag after a page turn. */
    write(
      tag: Tag,
      lines: readonly string[],
      place: Place,
      style: Style,
      colour: 'black' | 'white' = 'black',
    ) {
      const readings: (() => void)[] = [];
      tag.add(() => {
        doc.fillColor(colour);
        lines.forEach((text, i) =>
          readings.push(...line(text, { ...place, y: place.y + i * style.leading }, style)),
        );
        doc.fillColor('black');
      });
      // Whoever listens hears the words only, and whoever searches finds them in one piece.
      if (readings.length > 0) decorate(() => readings.forEach((draw) => draw()));
    },
    /** Anything drawn that a reader must hear about: give the tag an `alt`. */
    picture: (tag: Tag, draw: (on: PDFKit.PDFDocument) => void) => tag.add(() => draw(doc)),
    decorate: (draw: (on: PDFKit.PDFDocument) => void) => decorate(() => draw(doc)),
    /** Text of the page, not of the document: footers. */
    margin: (text: string, place: Place, style: Style) =>
      decorate(() => line(text, place, style).forEach((draw) => draw())),
    rule: (x: number, y: number, width: number, thickness: number = hairline) =>
      decorate(() =>
        doc
          .lineWidth(thickness)
          .moveTo(x, y)
          .lineTo(x + width, y)
          .stroke('black'),
      ),
    box: (x: number, y: number, width: number, height: number, thickness = 1) =>
      decorate(() => doc.lineWidth(thickness).rect(x, y, width, height).stroke('black')),
    bar: (x: number, y: number, width: number, height: number) =>
      decorate(() => doc.rect(x, y, width, height).fill('black')),
    bookmark(heading: string, y: number) {
      if (waiting !== undefined) shelf = doc.outline.addItem(waiting, { ...marked(0), expanded: false });
      waiting = undefined;
      shelf.addItem(withoutFurigana(heading), marked(y));
    },
    /** A bookmark at the page of the next one; that and all after it stand below it. */
    shelve(heading: string) {
      waiting = heading;
    },
    /** How many pages there are. */
    pages: () => pagesOf(doc),
    /** Writes out the pages that are done, so that a long document is not kept in memory. */
    flush: () => doc.flushPages(),
    async close(): Promise<Buffer> {
      root.end();
      doc.end();
      return bytes;
    },
  };
}

/**
 * What pdfkit writes, put together: it writes a few letters at a time, and a file of many has half a million such pieces,
 * each of which takes more room for itself than for what is in it.
 */
function collected() {
  const full: Buffer[] = [];
  let slab = Buffer.allocUnsafe(slabSize);
  let used = 0;
  return {
    add(piece: Uint8Array): void {
      if (used + piece.length > slab.length) {
        full.push(slab.subarray(0, used));
        slab = Buffer.allocUnsafe(Math.max(slabSize, piece.length));
        used = 0;
      }
      slab.set(piece, used);
      used += piece.length;
    },
    whole: (): Buffer => Buffer.concat([...full, slab.subarray(0, used)]),
  };
}
const slabSize = 65_536;

// pdfkit measures `left` from the right edge
const marked = (y: number) => ({ expanded: true, top: y, left: a4.width }) as { expanded: boolean };
const pagesOf = (doc: PDFKit.PDFDocument): number => {
  const { start, count } = doc.bufferedPageRange();
  return start + count;
};

/** JSON with keys in order, so that equal data have equal text however they were put together. */
function inOrder(value: unknown): string {
  if (Buffer.isBuffer(value)) return JSON.stringify(value.toString('base64'));
  if (Array.isArray(value)) return `[${value.map(inOrder).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${inOrder(inner)}`).join(',')}}`;
}
