import type { Sentence } from '../kernel/sentence.ts';
import { isHeic, isPicture, isWholePdf, kindOfFile, type FileKind } from './kind.ts';
import { drawnAnew, mostPixels } from './picture.ts';
import { text } from './text.ts';

/** How many pixels what came together may have. */
export const mostTogether = 100_000_000;
const texts = ['text/plain', 'text/csv', 'application/json', 'application/fhir+json'];

export type FileFault = Readonly<{
  kind: 'not-taken' | 'mismatch' | 'broken' | 'too-many-pixels';
  says: Sentence;
}>;
export type Checked = Readonly<{ bytes: Buffer; pixels: number }> | FileFault;

/** A picture or PDF as it may be kept: a picture drawn anew, a PDF as it came, when it came whole. */
export async function checkedAs(bytes: Buffer, kind: FileKind, left: number = mostPixels): Promise<Checked> {
  if (!isPicture(kind)) return isWholePdf(bytes) ? { bytes, pixels: 0 } : { kind: 'broken', says: text.pdf };
  const drawn = await drawnAnew(bytes, kind, left);
  if (drawn === 'broken') return { kind: 'broken', says: text.broken };
  if (drawn === 'too-many-pixels')
    return { kind: 'too-many-pixels', says: left < mostPixels ? text.together : text.pixels };
  return drawn;
}

/**
 * A file that somebody sent with a word for what it is: the bytes must be that, and be of a kind that is taken. Text is
 * taken where it is text, and never as something that a browser would run. `left`: pixels that may still be decoded.
 */
export async function checkedFile(bytes: Buffer, claimed: string, left?: number): Promise<Checked> {
  const bare = claimed.split(';')[0]?.trim().toLowerCase() ?? '';
  const kind = kindOfFile(bytes);
  if (isHeic(bytes)) return { kind: 'not-taken', says: text.heic };
  if (texts.includes(bare))
    return kind === undefined && isText(bytes)
      ? { bytes, pixels: 0 }
      : { kind: 'mismatch', says: text.mismatch(bare) };
  if (!['image/png', 'image/jpeg', 'application/pdf'].includes(bare))
    return { kind: 'not-taken', says: text.kind(bare.slice(0, 60)) };
  return kind === bare ? checkedAs(bytes, kind, left) : { kind: 'mismatch', says: text.mismatch(bare) };
}

function isText(bytes: Buffer): boolean {
  try {
    return !/(?![\t\n\r])\p{Cc}/u.test(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return false;
  }
}
