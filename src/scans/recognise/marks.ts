import { codePlace, cornerMarks, type Square } from '../../documents/layout.ts';
import type { Grey, Point } from './bitmap.ts';
import { onPicture, similar, type Pair, type Plane } from './plane.ts';

const centre = ({ x, y, size }: Square): Point => ({ x: x + size / 2, y: y + size / 2 });

const [topLeft, topRight, bottomLeft, bottomRight] = cornerMarks;
/** The nearest to the code first: each one that is found says better where the next is. */
const inTurn = [bottomRight, bottomLeft, topRight, topLeft];

/** The corners of the printed code with those seen, from its top left clockwise. */
export function codePairs(corners: readonly [Point, Point, Point, Point]): readonly Pair[] {
  const { x, y, size } = codePlace;
  const printed = [
    { x, y },
    { x: x + size, y },
    { x: x + size, y: y + size },
    { x, y: y + size },
  ];
  return corners.map((seen, i) => ({ sheet: printed[i] ?? printed[0] ?? seen, seen }));
}

/** The corner marks that are seen, in no particular order: looked for where the code says that they are. */
export function marksSeen(page: Grey, corners: readonly [Point, Point, Point, Point]): readonly Pair[] {
  const code = codePairs(corners);
  const found: Pair[] = [];
  for (const mark of inTurn) {
    // The code is small: what it says of the far end of the page may be off by some millimetres.
    const reach = found.length === 0 ? 4 : found.length === 1 ? 8 : 5;
    const plane = similar([...code, ...found]);
    const seen = squareNear(page, plane, centre(mark), mark.size, reach);
    if (seen) found.push({ sheet: centre(mark), seen });
  }
  return found;
}

/** The middle of a black square with white around it, within `reach` millimetres of where it should be. */
function squareNear(page: Grey, plane: Plane, at: Point, size: number, reach: number): Point | undefined {
  const perMm = Math.hypot(plane[0], plane[3]);
  const expected = onPicture(plane, at);
  const half = (size / 2) * perMm;
  const outer = 1.5 * half;
  const span = reach * perMm + outer + 2;
  const dark = darkness(
    page,
    Math.floor(expected.x - span),
    Math.floor(expected.y - span),
    Math.ceil(2 * span),
  );
  const inner = 0.75 * half;
  let best: Readonly<{ score: number; x: number; y: number }> = { score: 0, x: 0, y: 0 };
  for (let y = -reach * perMm; y <= reach * perMm; y += 1)
    for (let x = -reach * perMm; x <= reach * perMm; x += 1) {
      const [cx, cy] = [expected.x + x, expected.y + y];
      const inside = dark.sum(cx - inner, cy - inner, cx + inner, cy + inner);
      if (inside < 0.5 * (2 * inner) ** 2) continue;
      const gap = 1.2 * half;
      const around =
        dark.sum(cx - outer, cy - outer, cx + outer, cy + outer) -
        dark.sum(cx - gap, cy - gap, cx + gap, cy + gap);
      const score = inside / (2 * inner) ** 2 - around / ((2 * outer) ** 2 - (2 * gap) ** 2);
      if (score > best.score) best = { score, x: cx, y: cy };
    }
  if (best.score < 0.5) return undefined;
  return dark.weight(best.x, best.y, 1.25 * half);
}

/** Sums of how dark the pixels are (0 white, 1 black) over any part of a square of the page. */
function darkness({ data, width, height }: Grey, left: number, top: number, side: number) {
  const sums = new Float64Array((side + 1) ** 2);
  const value = (x: number, y: number): number =>
    x < 0 || y < 0 || x >= width || y >= height ? 0 : 1 - (data[y * width + x] ?? 255) / 255;
  for (let y = 0; y < side; y++) {
    let row = 0;
    for (let x = 0; x < side; x++) {
      row += value(left + x, top + y);
      sums[(y + 1) * (side + 1) + x + 1] = (sums[y * (side + 1) + x + 1] ?? 0) + row;
    }
  }
  const at = (x: number, y: number): number => {
    const column = Math.min(side, Math.max(0, Math.round(x - left)));
    const line = Math.min(side, Math.max(0, Math.round(y - top)));
    return sums[line * (side + 1) + column] ?? 0;
  };
  return {
    sum: (x0: number, y0: number, x1: number, y1: number): number =>
      at(x1, y1) - at(x0, y1) - at(x1, y0) + at(x0, y0),
    /** The middle of what is dark around a point. */
    weight(x: number, y: number, reach: number): Point | undefined {
      let [sum, sx, sy] = [0, 0, 0];
      for (let row = Math.floor(y - reach); row <= y + reach; row++)
        for (let column = Math.floor(x - reach); column <= x + reach; column++) {
          const dark = value(column, row);
          if (dark < 0.5) continue;
          sum += dark;
          sx += dark * (column + 0.5);
          sy += dark * (row + 0.5);
        }
      return sum === 0 ? undefined : { x: sx / sum, y: sy / sum };
    },
  };
}
