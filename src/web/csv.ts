/**
 * A table as CSV that Excel opens in Japanese: UTF-8 with its mark, lines ended by CR LF (RFC 4180). A text that a
 * spreadsheet would take for a formula is led by an apostrophe (OWASP, CSV injection), blanks and invisible signs before it or not: what somebody typed never runs.
 */
export function csv(
  head: readonly string[],
  rows: readonly (readonly (string | number | null | undefined)[])[],
): Buffer {
  const lines = [head, ...rows].map((cells) => cells.map(cell).join(','));
  return Buffer.from(`\uFEFF${lines.join('\r\n')}\r\n`);
}

function cell(value: string | number | null | undefined): string {
  if (typeof value === 'number') return String(value);
  const text = value ?? '';
  const harmless = /^(?:[\s\p{Cf}]*[=+\-@＝＋－＠]|[\t\r\n])/u.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}
