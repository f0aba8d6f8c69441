import { getDocument, OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';

type Matrix = readonly [number, number, number, number, number, number];
/** Points from the top left of the page. */
export type Words = Readonly<{
  text: string;
  x: number;
  y: number;
  width: number;
  size: number;
  tag: string | undefined;
}>;
export type Line = Readonly<{ x: number; y: number; toX: number; toY: number; thickness: number }>;
export type DrawnPage = Readonly<{
  words: readonly Words[];
  /** Straight lines along the page, as they are stroked; dashed ones are left out. */
  lines: readonly Line[];
  /** Sides of the small squares that are drawn empty. */
  squares: readonly number[];
  /** The marked contents in the order of the structure tree. */
  order: readonly string[];
}>;

type Tree = Readonly<{ id?: string; children?: readonly Tree[] }>;
const leaves = (tree: Tree): string[] =>
  tree.id === undefined ? (tree.children ?? []).flatMap(leaves) : [tree.id];

/** What stands where on each page of a PDF, and in which order a screen reader comes to it. */
export async function drawnPages(pdf: Buffer): Promise<DrawnPage[]> {
  const task = getDocument({ data: new Uint8Array(pdf), verbosity: 0 });
  const document = await task.promise;
  const pages: DrawnPage[] = [];
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    const [, , , height = 0] = page.view;
    const tags: (string | undefined)[] = [];
    const words: Words[] = [];
    const content = await page.getTextContent({ includeMarkedContent: true });
    for (const item of content.items) {
      if ('type' in item) {
        if (item.type === 'endMarkedContent') tags.pop();
        else tags.push(item.id ?? undefined);
      } else if (item.str.trim() !== '') {
        const [, , , size = 0, x = 0, baseline = 0] = item.transform as number[];
        words.push({ text: item.str, x, y: height - baseline, width: item.width, size, tag: tags.at(-1) });
      }
    }
    const list = await page.getOperatorList();
    const tree = (await page.getStructTree()) as Tree | null;
    pages.push({ words, ...linesIn(list, height), order: tree ? leaves(tree) : [] });
  }
  await task.destroy();
  return pages;
}

function linesIn(
  list: { fnArray: number[]; argsArray: unknown[] },
  height: number,
): Pick<DrawnPage, 'lines' | 'squares'> {
  const lines: Line[] = [];
  const squares: number[] = [];
  let now = { matrix: [1, 0, 0, 1, 0, 0] as Matrix, thickness: 1, dashed: false };
  const kept: (typeof now)[] = [];
  list.fnArray.forEach((operator, i) => {
    const given = (list.argsArray[i] ?? []) as unknown[];
    if (operator === OPS.save) kept.push(now);
    else if (operator === OPS.restore) now = kept.pop() ?? now;
    else if (operator === OPS.transform)
      now = { ...now, matrix: times(now.matrix, given as unknown as Matrix) };
    else if (operator === OPS.setDash) now = { ...now, dashed: (given[0] as unknown[]).length > 0 };
    else if (operator === OPS.setLineWidth) now = { ...now, thickness: Number(given[0]) };
    else if (operator === OPS.constructPath && given[0] === OPS.stroke && !now.dashed) {
      const path = Object.values(((given[1] as unknown[])[0] ?? {}) as Record<string, number>);
      const before = lines.length;
      let from: readonly [number, number] | undefined;
      // 0: move, 1: line, 2: curve, 3: curve of one control point, 4: close.
      for (let at = 0; at < path.length;) {
        const kind = path[at] ?? 4;
        const length = [2, 2, 6, 4, 0][kind] ?? 0;
        const [x = 0, y = 0] = path.slice(at + 1 + length - 2, at + 1 + length);
        const to = length === 0 ? from : point(now.matrix, x, y, height);
        if (
          kind === 1 &&
          from &&
          to &&
          (Math.abs(from[0] - to[0]) < 0.01 || Math.abs(from[1] - to[1]) < 0.01)
        )
          lines.push({ x: from[0], y: from[1], toX: to[0], toY: to[1], thickness: now.thickness });
        from = to;
        at += 1 + length;
      }
      const side = sideOf(lines.slice(before));
      if (side !== undefined) squares.push(side);
    }
  });
  return { lines, squares };
}

/** Of a path that is a square no larger than a box to tick may be. */
function sideOf(path: readonly Line[]): number | undefined {
  if (path.length < 3 || path.length > 4) return undefined;
  const extent = (at: readonly number[]): number => Math.max(...at) - Math.min(...at);
  const across = extent(path.flatMap(({ x, toX }) => [x, toX]));
  const down = extent(path.flatMap(({ y, toY }) => [y, toY]));
  return Math.abs(across - down) < 0.5 && across < 24 ? across : undefined;
}

const times = ([a, b, c, d, e, f]: Matrix, [g, h, i, j, k, l]: Matrix): Matrix => [
  a * g + c * h,
  b * g + d * h,
  a * i + c * j,
  b * i + d * j,
  a * k + c * l + e,
  b * k + d * l + f,
];
const point = (
  [a, b, c, d, e, f]: Matrix,
  x: number,
  y: number,
  height: number,
): readonly [number, number] => [a * x + c * y + e, height - (b * x + d * y + f)];
