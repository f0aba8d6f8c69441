/** `1234567`, `〒１２３－４５６７` … → `123-4567`; undefined unless there are exactly seven digits. */
export function asPostalCode(typed: string): string | undefined {
  const digits = typed.normalize('NFKC').replaceAll(/[〒\s‐‑‒–—―−ー-]/gu, '');
  return /^\d{7}$/.test(digits) ? `${digits.slice(0, 3)}-${digits.slice(3)}` : undefined;
}
