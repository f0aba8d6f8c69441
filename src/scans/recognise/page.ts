export type { PageCode } from '../../documents/page-code.ts';
import type { PageCode } from '../../documents/page-code.ts';

export type ScanKind = 'pdf' | 'tiff' | 'png' | 'jpeg';

/** One page of a file that came by fax or from a scanner. */
export type RecognisedPage = Readonly<{
  /** In the file, from 1. */
  number: number;
  /** Upright and straightened, in grey, at most 2400 pixels a side. A page with a code fills the picture as A4. */
  png: Buffer;
  width: number;
  height: number;
  /** Which printed page it is; left out with a reason in `why`. */
  code: PageCode | undefined;
  /** No code was seen, only somebody else's, or more than one of ours: two sheets on one page are never told apart by guess. */
  why: 'none' | 'stranger' | 'several' | undefined;
}>;
