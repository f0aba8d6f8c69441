/** Bytes of one file: twenty pages of a scanner at 300 dots to the inch in colour. */
export const largestFile = 20_000_000;
/** Pages of one file. */
export const mostPages = 50;
