import { isHeic, isWholePdf, kindOfFile } from '../files/kind.ts';
import type { Sentence } from '../kernel/sentence.ts';
import type { ScanKind } from './recognise/page.ts';
import { text } from './text.ts';

/** TIFF 6.0, section 2: the order of bytes and 42, or 43 for BigTIFF. */
const isTiff = (bytes: Buffer): boolean =>
  /^(?:II[*+]\0|MM\0[*+])/.test(bytes.subarray(0, 4).toString('latin1'));

/** Its trailer, or the stream that stands for it, names how the rest is enciphered (ISO 32000-1, 7.6.1). */
const isLocked = (bytes: Buffer): boolean =>
  /\/Encrypt\s*(?:\d+\s+\d+\s+R|<<)/.test(bytes.toString('latin1'));

/** What a file that was sent in really is, by its bytes; a sentence for what cannot be read. */
export function kindOfScan(bytes: Buffer): ScanKind | Sentence {
  if (isTiff(bytes)) return 'tiff';
  if (isHeic(bytes)) return text.heic;
  switch (kindOfFile(bytes)) {
    case 'image/png':
      return 'png';
    case 'image/jpeg':
      return 'jpeg';
    case 'application/pdf':
      return !isWholePdf(bytes) ? text.broken : isLocked(bytes) ? text.password : 'pdf';
    case undefined:
      return text.wrongKind;
  }
}
