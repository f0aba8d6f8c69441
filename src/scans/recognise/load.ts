import sharp, { type Metadata } from 'sharp';
import { greyOf, longestSide, type Grey } from './bitmap.ts';
import { mostPages } from './limits.ts';
import type { ScanKind } from './page.ts';
import { pdfPages } from './pdf.ts';
import { pageSizes, type PageSize } from './tiff.ts';
import { Unreadable } from './unreadable.ts';

/** Pixels that one page may have before anything is unpacked: A4 at 600 dots to the inch has 35 million. */
const mostPixels = 40_000_000;

/** The pages of a file one after the other, in grey, with square pixels, none of whose sides is longer than `longestSide`. */
export async function* pagesOf(file: Buffer, kind: ScanKind): AsyncGenerator<Grey> {
  if (kind === 'pdf') {
    yield* pdfPages(file, mostPages);
    return;
  }
  const count = await pagesIn(file);
  const sizes = kind === 'tiff' ? pageSizes(file) : [];
  for (let page = 0; page < count; page++) yield await picture(file, page, kind, sizes[page]);
}

async function pagesIn(file: Buffer): Promise<number> {
  const { pages = 1 } = await head(file, 0);
  if (pages > mostPages) throw new Unreadable('pages');
  return pages;
}

async function head(file: Buffer, page: number): Promise<Metadata> {
  try {
    return await sharp(file, { page, limitInputPixels: false }).metadata();
  } catch {
    throw new Unreadable('broken');
  }
}

async function picture(
  file: Buffer,
  page: number,
  kind: ScanKind,
  size: PageSize | undefined,
): Promise<Grey> {
  const { width, height, autoOrient } = await head(file, page);
  if (width * height > mostPixels) throw new Unreadable('pixels');
  // A fax with a broken line is still a page.
  const options = {
    limitInputPixels: mostPixels,
    failOn: 'none',
    ...(kind === 'tiff' ? { page, pages: 1 } : {}),
  } as const;
  const [across, down] = stretch(width, height, size);
  const isTurned = autoOrient.width !== width;
  const [wide, high] = isTurned ? [height * down, width * across] : [width * across, height * down];
  const scale = Math.min(1, longestSide / Math.max(wide, high));
  try {
    return await greyOf(
      sharp(file, options)
        .autoOrient()
        .resize({
          width: Math.max(1, Math.round(wide * scale)),
          height: Math.max(1, Math.round(high * scale)),
          fit: 'fill',
          kernel: 'cubic',
        }),
    );
  } catch {
    throw new Unreadable('broken');
  }
}

/** Pixels across of the three widths of a fax (ITU-T T.4): A4, B4 and A3 at 204 dots to the inch. */
const faxWidths = new Set([1728, 2048, 2432]);

/**
 * By how much a pixel has to be drawn wider and higher to be square. A fax that does not say how fine its lines are, and is
 * broader than high, has the coarse ones: 98 to the inch where there are 204 dots across.
 */
function stretch(width: number, height: number, size: PageSize | undefined): readonly [number, number] {
  if (size === undefined) return faxWidths.has(width) && height < width ? [1, 204 / 98] : [1, 1];
  const finest = Math.max(size.across, size.down);
  const [across, down] = [finest / size.across, finest / size.down];
  // What is further from square than any fax is no resolution but a mistake.
  return Math.max(across, down) > 4.5 ? [1, 1] : [across, down];
}
