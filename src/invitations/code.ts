/** The code of a letter as somebody types it: figures of any width, with or without signs between; undefined for anything else. */
export function asCode(typed: unknown): string | undefined {
  if (typeof typed !== 'string' || typed.length > 60) return undefined;
  const figures = typed.normalize('NFKC').replaceAll(/[\s‐‑‒–—―−ー-]/gu, '');
  return /^\d{12}$/.test(figures) ? figures : undefined;
}
