/** Bytes of one file: twenty pages of a scanner at 300 dots to the inch in colour. */
export const largestFile = 20_000_000;
/** Pages of one file that are looked at. */
export const mostPages = 50;
/** Pixels that one page may have before anything is unpacked: A4 at 600 dots to the inch has 35 million. */
export const mostPixels = 40_000_000;
