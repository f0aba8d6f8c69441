import type { Narrative } from '@medplum/fhirtypes';

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Lines as the narrative of a record or a section; one line has no paragraph of its own. */
export function narrativeOf(lines: readonly string[]): Narrative {
  const shown = lines.map((line) => line.replaceAll(/[&<>"]/g, (sign) => escapes[sign] ?? sign));
  const [only] = shown;
  const inner = shown.length === 1 ? only : shown.map((line) => `<p>${line}</p>`).join('');
  return { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${inner ?? ''}</div>` };
}

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** The words of a narrative, a line for each block of it. Never throws; what is no narrative says nothing. */
export function wordsOf(narrative: { div?: unknown } | undefined): string {
  const { div } = narrative ?? {};
  if (typeof div !== 'string') return '';
  return withoutComments(div)
    .replaceAll(/[\r\n\t]+/g, ' ')
    .replaceAll(/<(?:br|\/p|\/div|\/li|\/tr|\/h[1-6]|\/dt|\/dd|\/caption)\b[^<>]*>/g, '\n')
    .replaceAll(/<\/t[dh]\b[^<>]*>/g, '　')
    .replaceAll(/<[^<>]*>/g, '')
    .replaceAll(
      /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(\w{2,8}));/g,
      (whole, ten?: string, sixteen?: string, name?: string) => signOf(whole, ten, sixteen, name),
    )
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
}

/** What an unfinished comment hides stays hidden. Each sign is looked at once. */
const withoutComments = (markup: string): string =>
  markup
    .split('<!--')
    .map((part, i) => {
      const end = i === 0 ? 0 : part.indexOf('-->');
      return end < 0 ? '' : part.slice(i === 0 ? 0 : end + 3);
    })
    .join('');

function signOf(whole: string, ten?: string, sixteen?: string, name?: string): string {
  if (name !== undefined) return named[name] ?? whole;
  const code = ten === undefined ? parseInt(sixteen ?? '', 16) : Number(ten);
  // A sign that no text may hold stays as it was written.
  return code >= 0x20 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
    ? String.fromCodePoint(code)
    : whole;
}
