import { createHash } from 'node:crypto';
import sharp from 'sharp';
import type { PictureKind } from './kind.ts';

// Two decoders are open, whatever else the library can read; nothing is kept between two pictures.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: ['VipsForeignLoadPngBuffer', 'VipsForeignLoadJpegBuffer'] });
sharp.cache(false);

/** An A4 page at 600 dots to the inch has 35 million. */
export const mostPixels = 40_000_000;
/** Pixels a side of what is kept: an A4 page at 300 dots to the inch is 3508 high. */
const longestSide = 4000;
const mostSeconds = 20;

export type PictureFault = 'broken' | 'too-many-pixels';
export type Drawn = Readonly<{ bytes: Buffer; width: number; height: number }>;

const open = (bytes: Buffer) =>
  sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error' }).timeout({ seconds: mostSeconds });

/** Pixels that a picture says it has, by its head alone; undefined when that cannot be read. */
async function pixelsOf(bytes: Buffer): Promise<number | undefined> {
  try {
    const { width, height } = await sharp(bytes, { limitInputPixels: false }).metadata();
    return width * height;
  } catch {
    return undefined;
  }
}

/** Digests of pictures drawn here lately: such a one is not drawn a second time, a JPEG would lose by it. */
const lately = new Set<string>();
const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('base64');

/** Says of a picture that it was drawn here, also before this process began. */
export function remember(bytes: Buffer): void {
  lately.add(digest(bytes));
  if (lately.size > 1000) for (const oldest of [...lately].slice(0, 100)) lately.delete(oldest);
}

/**
 * The picture decoded and written anew, of the same kind: upright, at most 4000 pixels a side, in sRGB. Nothing else of the
 * file is left: no place, camera or comment, nothing before or behind the picture. The same bytes give the same bytes.
 * `most` is how many pixels may be decoded; the head is asked before anything is.
 */
export async function drawnAnew(
  bytes: Buffer,
  kind: PictureKind,
  most = mostPixels,
): Promise<Readonly<{ bytes: Buffer; pixels: number }> | PictureFault> {
  if (lately.has(digest(bytes))) return { bytes, pixels: 0 };
  const pixels = await pixelsOf(bytes);
  if (pixels === undefined) return 'broken';
  if (pixels > Math.min(most, mostPixels)) return 'too-many-pixels';
  try {
    const upright = open(bytes)
      .autoOrient()
      .resize({ width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true });
    const drawn = kind === 'image/png' ? upright.png() : upright.jpeg({ quality: 85 });
    const made = await drawn.toBuffer();
    remember(made);
    return { bytes: made, pixels };
  } catch {
    return 'broken';
  }
}

/** The same picture in grey on white, as a PNG without transparency, to be printed. */
export async function greyOnWhite(bytes: Buffer): Promise<Drawn | undefined> {
  try {
    const { data, info } = await open(bytes)
      .flatten({ background: '#ffffff' })
      .greyscale()
      .png({ compressionLevel: 9 })
      .toBuffer({ resolveWithObject: true });
    return { bytes: data, width: info.width, height: info.height };
  } catch {
    return undefined;
  }
}

/** The same picture at most so many pixels a side, on white, as a JPEG: to be looked at beside other things, or printed. */
export async function smaller(bytes: Buffer, side: number): Promise<Drawn | undefined> {
  try {
    const { data, info } = await open(bytes)
      .flatten({ background: '#ffffff' })
      .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: 80 })
      .toBuffer({ resolveWithObject: true });
    return { bytes: data, width: info.width, height: info.height };
  } catch {
    return undefined;
  }
}
