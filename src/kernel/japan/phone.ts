/** A phone or fax number: how it is shown (hyphens as typed) and the digits by which it is compared. */
export type Phone = Readonly<{ shown: string; key: string }>;

/**
 * Reads a number as people type it: full-width digits, brackets, any kind of dash, `+81`. Undefined unless it is
 * plausible in Japan: 10 or 11 digits, the first a 0 and the second not.
 */
export function asPhone(typed: string): Phone | undefined {
  const shown = typed
    .normalize('NFKC')
    .trim()
    .replaceAll(/[‐‑‒–—―−ーｰ()\s]+/gu, '-')
    .replaceAll(/-{2,}/g, '-')
    .replace(/^-?\+81-?0?-?/, '0')
    .replaceAll(/^-|-$/g, '');
  if (!/^[\d-]+$/.test(shown)) return undefined;
  const key = shown.replaceAll('-', '');
  return /^0[1-9]\d{8,9}$/.test(key) ? { shown, key } : undefined;
}
