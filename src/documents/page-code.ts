/** Which page of which printed sheet a piece of paper is. It says nothing about a person. */
export type PageCode = Readonly<{
  /** Id of `printed_sheet`: a UUID of which only the last 60 bits differ from sheet to sheet. */
  sheet: string;
  /** From 1. */
  page: number;
  pages: number;
}>;

/** Crockford's base 32: without I, L, O and U, which a person takes for other letters. */
export const codeLetters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const prefix = 'TN1';
const mostPages = 1023;
/** What all ids of sheets begin with: a UUID of version 8 (RFC 9562), with 15 of its 32 digits left. */
const always = '00000000-0000-8000-8';

/** The id with these 15 hexadecimal digits. */
export const sheetIdOf = (digits: string): string => `${always}${digits.slice(0, 3)}-${digits.slice(3, 15)}`;

/**
 * What stands in the QR of a page and in letters beside it: `TN1`, the sheet (12), the page (2), of how many (2), a letter
 * to check (1). Twenty letters of the alphanumeric set: a QR of version 1 with error correction M, 21 modules a side.
 * `undefined` for a page that no two letters can number.
 */
export function pageCodeText({ sheet, page, pages }: PageCode): string | undefined {
  if (!sheet.startsWith(always)) throw new TypeError('not the id of a printed sheet');
  if (pages > mostPages || page > pages) return undefined;
  const digits = BigInt(`0x${sheet.slice(always.length).replace('-', '')}`);
  const body = lettersOf(digits, 12) + lettersOf(BigInt(page), 2) + lettersOf(BigInt(pages), 2);
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
    .replaceAll(/[\s\p{Pd}ー]/gu, '');
  const [, body = '', check] = /^TN1([0-9A-TV-Z]{16})([0-9A-TV-Z])$/.exec(typed) ?? [];
  const letters = body.replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  if (body === '' || checkOf(letters) !== check?.replace('O', '0').replace(/[IL]/, '1')) return undefined;
  const sheet = sheetIdOf(numberOf(letters.slice(0, 12)).toString(16).padStart(15, '0'));
  const [page, pages] = [Number(numberOf(letters.slice(12, 14))), Number(numberOf(letters.slice(14)))];
  return page < 1 || page > pages ? undefined : { sheet, page, pages };
}

/** In groups of four, as a person reads it out: `TN1 7K2M 9QX4 AB3D 0103 K`. */
export const spaced = (text: string): string =>
  [text.slice(0, 3), ...(text.slice(3).match(/.{1,4}/g) ?? [])].join(' ');

const valueOf = (letter: string): number => codeLetters.indexOf(letter);
const letterOf = (value: number): string => codeLetters[value] ?? '';

function lettersOf(number: bigint, length: number): string {
  let letters = '';
  for (let left = number; letters.length < length; left >>= 5n)
    letters = letterOf(Number(left & 31n)) + letters;
  return letters;
}

const numberOf = (letters: string): bigint =>
  Array.from(letters).reduce((sum, letter) => (sum << 5n) | BigInt(valueOf(letter)), 0n);

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
