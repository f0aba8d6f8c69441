import { inflateSync } from 'node:zlib';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

type Node = Readonly<{ role?: string; alt?: string; children?: readonly Node[] }>;

export type ReadBack = Readonly<{
  title: unknown;
  language: unknown;
  marked: boolean;
  /** One text per page, pieces in the order of drawing. */
  pages: readonly string[];
  bookmarks: readonly string[];
  /** Roles of all tags, in reading order. */
  roles: readonly string[];
  alts: readonly string[];
}>;

/** Reads a PDF the way a viewer does. */
export async function readBack(pdf: Buffer): Promise<ReadBack> {
  const task = getDocument({ data: new Uint8Array(pdf), verbosity: 0 });
  const document = await task.promise;
  const pages: string[] = [];
  const nodes: Node[] = [];
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    const content = await page.getTextContent();
    pages.push(content.items.map((item) => ('str' in item ? item.str : '')).join(''));
    const tree = (await page.getStructTree()) as Node | null;
    if (tree) nodes.push(...flat(tree));
  }
  const { info } = await document.getMetadata();
  const outline = (await document.getOutline()) ?? [];
  const marks = await document.getMarkInfo();
  await task.destroy();
  const facts = info as Record<string, unknown>;
  return {
    title: facts['Title'],
    language: facts['Language'],
    marked: marks?.['Marked'] === true,
    pages,
    bookmarks: outline.map((item: { title: string }) => item.title),
    roles: nodes.flatMap((node) => node.role ?? []),
    alts: nodes.flatMap((node) => node.alt ?? []),
  };
}

const flat = (node: Node): Node[] => [node, ...(node.children ?? []).flatMap(flat)];

/** All tables from glyph to letter of the embedded fonts, as text. */
export const letterTables = (pdf: Buffer): string =>
  [...pdf.toString('latin1').matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)]
    .map((match) => inflated(Buffer.from(match[1] ?? '', 'latin1')))
    .filter((stream) => stream.includes('begincmap'))
    .join('\n')
    .toLowerCase();

function inflated(stream: Buffer): string {
  try {
    return inflateSync(stream).toString('latin1');
  } catch {
    return '';
  }
}
