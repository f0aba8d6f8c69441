/**
 * The last digit of a 保険者番号: the digits before it are weighted 2, 1, 2, 1 … from the right, the digits of the
 * products are added up, and the sum is filled up to the next ten. (The ministry's rule for 保険者番号等の設定要領.)
 */
const checkDigit = (digits: string): number => {
  const sum = digits
    .split('')
    .toReversed()
    .reduce((total, digit, i) => {
      const product = Number(digit) * (i % 2 === 0 ? 2 : 1);
      return total + Math.floor(product / 10) + (product % 10);
    }, 0);
  return (10 - (sum % 10)) % 10;
};

/** True for 8 digits (or the 6 of a municipality's national health insurance) whose last digit checks. */
export const checkInsurerNumber = (number: string): boolean =>
  /^(?:\d{8}|\d{6})$/.test(number) && checkDigit(number.slice(0, -1)) === Number(number.at(-1));

/** Puts the check digit behind 7 (or 5) digits. */
export const withCheckDigit = (digits: string): string => `${digits}${String(checkDigit(digits))}`;

/**
 * An insurer number as typed (full-width digits, spaces, hyphens) → 8 digits, the short ones filled with zeros on the
 * left; undefined when it is not a number of that length or its check digit is wrong.
 */
export const asInsurerNumber = (typed: string): string | undefined => {
  const digits = typed.normalize('NFKC').replaceAll(/[\s‐‑–—−ー-]/gu, '');
  return checkInsurerNumber(digits) ? digits.padStart(8, '0') : undefined;
};
