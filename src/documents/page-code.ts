/** Which page of which printed sheet a piece of paper is. It says nothing about a person. */
export type PageCode = Readonly<{
  /** Id of `printed_sheet`: 12 letters of the alphabet below, 60 bits. */
  sheet: string;
  /** From 1. */
  page: number;
  pages: number;
}>;

/** Crockford's base 32: without I, L, O and U, which a person takes for other letters. */
export const codeLetters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const prefix = 'TN1';
export const mostPages = 1023;

/**
 * What stands in the QR of a page and in letters beside it: `TN1`, the sheet (12), the page (2), of how many (2), a letter
 * to check (1). Twenty letters of the alphanumeric set: a QR of version 1 with error correction M, 21 modules a side.
 * `undefined` for a page that no two letters can number.
 */
export function pageCodeText({ sheet, page, pages }: PageCode): string | undefined {
  if (pages > mostPages || page > pages) return undefined;
  const body = sheet + twoLetters(page) + twoLetters(pages);
  return prefix + body + checkOf(body);
}

/**
 * The code in what a QR said or a person typed: small letters, full-width ones, spaces and hyphens, O for 0, I and L for 1.
 * `undefined` when it is none of ours, or a letter is wrong.
 */
export function readPageCode(text: string): PageCode | undefined {
  if (text.length > 100) return undefined;
  const typed = text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '');
  if (typed.length !== 20 || !typed.startsWith(prefix)) return undefined;
  const body = typed.slice(prefix.length).replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  const [sheet, page, pages] = [
    body.slice(0, 12),
    numberOf(body.slice(12, 14)),
    numberOf(body.slice(14, 16)),
  ];
  if (body.includes('U') || checkOf(body.slice(0, 16)) !== body[16]) return undefined;
  return page < 1 || page > pages ? undefined : { sheet, page, pages };
}

/** In groups of four, as a person reads it out: `TN1 7K2M 9QX4 AB3D 0103 K`. */
export const spaced = (text: string): string =>
  [text.slice(0, 3), ...(text.slice(3).match(/.{1,4}/g) ?? [])].join(' ');

const valueOf = (letter: string): number => codeLetters.indexOf(letter);
const letterOf = (value: number): string => codeLetters[value] ?? '';
const twoLetters = (number: number): string => letterOf(number >> 5) + letterOf(number & 31);
const numberOf = (two: string): number => valueOf(two[0] ?? '') * 32 + valueOf(two[1] ?? '');

/** The sum of each letter times its own power of 2 in GF(32): one wrong letter, or two neighbours exchanged, change it. */
function checkOf(body: string): string {
  let sum = 0;
  for (const letter of body) sum = doubled(sum) ^ valueOf(letter);
  return letterOf(doubled(sum));
}

/** Times 2 modulo x⁵ + x² + 1. */
const doubled = (value: number): number => {
  const shifted = value << 1;
  return shifted < 32 ? shifted : shifted ^ 0b100101;
};
