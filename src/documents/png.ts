import { crc32, deflateSync, inflateSync } from 'node:zlib';
import { invalid, issue } from '../kernel/problem.ts';

export type Ink = Readonly<{ png: Buffer; width: number; height: number }>;

type Header = Readonly<{ width: number; height: number; bits: number; colour: number }>;

const magic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Samples a pixel has, by PNG colour type. */
const samplesOf: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const longest = 4000;

const unreadable = () =>
  invalid(
    issue(
      'signature',
      '署名の画像を読み取れません。PNGの画像を入れてください。',
      'The signature is not a readable PNG image.',
    ),
  );

/**
 * A drawn signature as grey on white, without transparency, comments or profiles. pdfkit takes a broken image for a
 * bug of ours and fails outside of any catch, so the image is read here first.
 * Refuses what is no PNG, interlaced, damaged or over 4000 pixels a side (W3C PNG, third edition, §§5, 9, 11).
 */
export function inkOf(image: Buffer): Ink {
  const { header, palette, data } = chunksOf(image);
  const { width, height, bits } = header;
  const samples = samplesOf[header.colour] ?? 1;
  const step = Math.max(1, (samples * bits) >> 3);
  const stride = Math.ceil((width * samples * bits) / 8);
  const rows = inflated(data, height * (stride + 1));
  const grey = Buffer.alloc(height * (width + 1));
  let above: Uint8Array = new Uint8Array(stride);
  for (let y = 0; y < height; y++) {
    const start = y * (stride + 1);
    const row = rows.subarray(start + 1, start + 1 + stride);
    unfilter(rows[start] ?? 0, row, above, step);
    const bytes = bytesOf(row, header);
    for (let x = 0; x < width; x++)
      grey[y * (width + 1) + x + 1] = Math.round(greyAt(bytes, x * samples, header.colour, palette));
    above = row;
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head[8] = 8;
  const png = [magic, chunk('IHDR', head), chunk('IDAT', deflateSync(grey)), chunk('IEND', Buffer.alloc(0))];
  return { png: Buffer.concat(png), width, height };
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}

function chunksOf(image: Buffer): { header: Header; palette: Buffer; data: Buffer } {
  if (!image.subarray(0, 8).equals(magic)) throw unreadable();
  let header: Header | undefined;
  let palette: Buffer = Buffer.alloc(0);
  const data: Buffer[] = [];
  for (let at = 8; at + 12 <= image.length;) {
    const length = image.readUInt32BE(at);
    const type = image.toString('latin1', at + 4, at + 8);
    if (at + 12 + length > image.length) throw unreadable();
    if (crc32(image.subarray(at + 4, at + 8 + length)) !== image.readUInt32BE(at + 8 + length))
      throw unreadable();
    const body = image.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') header = headerOf(body);
    if (type === 'PLTE') palette = body;
    if (type === 'IDAT') data.push(body);
    at += 12 + length;
  }
  if (!header || data.length === 0) throw unreadable();
  return { header, palette, data: Buffer.concat(data) };
}

function headerOf(body: Buffer): Header {
  if (body.length !== 13) throw unreadable();
  const [width, height] = [body.readUInt32BE(0), body.readUInt32BE(4)];
  const [bits = 0, colour = -1, , , interlaced] = body.subarray(8);
  const sized = width > 0 && height > 0 && width <= longest && height <= longest;
  const known =
    samplesOf[colour] !== undefined && [1, 2, 4, 8, 16].includes(bits) && (bits >= 8 || colour % 3 === 0);
  if (!sized || !known || interlaced !== 0) throw unreadable();
  return { width, height, bits, colour };
}

function inflated(data: Buffer, length: number): Buffer {
  try {
    const rows = inflateSync(data, { maxOutputLength: length });
    if (rows.length === length) return rows;
  } catch {
    // said below
  }
  throw unreadable();
}

/** Undoes a row's filter in place. */
function unfilter(filter: number, row: Uint8Array, above: Uint8Array, step: number): void {
  if (filter > 4) throw unreadable();
  for (let i = 0; i < row.length; i++) {
    const left = i < step ? 0 : (row[i - step] ?? 0);
    const up = above[i] ?? 0;
    let guess = 0;
    if (filter === 1) guess = left;
    else if (filter === 2) guess = up;
    else if (filter === 3) guess = (left + up) >> 1;
    else if (filter === 4) guess = paeth(left, up, i < step ? 0 : (above[i - step] ?? 0));
    row[i] = (row[i] ?? 0) + guess;
  }
}

function paeth(left: number, up: number, corner: number): number {
  const a = Math.abs(up - corner);
  const b = Math.abs(left - corner);
  const c = Math.abs(left + up - 2 * corner);
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

/** A row's samples as bytes: palette entries as they are, anything else from 0 to 255. */
function bytesOf(row: Uint8Array, { bits, colour }: Header): Uint8Array {
  if (bits === 8) return row;
  if (bits === 16) return row.filter((_, i) => i % 2 === 0);
  const most = (1 << bits) - 1;
  return Uint8Array.from({ length: (row.length * 8) / bits }, (_, i) => {
    const packed = ((row[(i * bits) >> 3] ?? 0) >> (8 - bits - ((i * bits) & 7))) & most;
    return colour === 3 ? packed : (packed * 255) / most;
  });
}

const light = (red = 255, green = 255, blue = 255): number => 0.299 * red + 0.587 * green + 0.114 * blue;
const onWhite = (lightness: number, opacity = 255): number => 255 - ((255 - lightness) * opacity) / 255;

/** Lightness on white paper of the pixel whose first sample is at an index. */
function greyAt(bytes: Uint8Array, i: number, colour: number, palette: Buffer): number {
  const first = bytes[i] ?? 255;
  if (colour === 0) return first;
  if (colour === 4) return onWhite(first, bytes[i + 1]);
  if (colour === 3) return light(palette[first * 3], palette[first * 3 + 1], palette[first * 3 + 2]);
  const lightness = light(first, bytes[i + 1], bytes[i + 2]);
  return colour === 2 ? lightness : onWhite(lightness, bytes[i + 3]);
}
