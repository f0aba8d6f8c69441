import type { Grey, Point } from './bitmap.ts';

/** Where on the sheet something is printed, in millimetres, and where it is seen on the picture, in pixels. */
export type Pair = Readonly<{ sheet: Point; seen: Point }>;

/** Leads from the sheet to the picture: x' = (a x + b y + c) / (g x + h y + 1), y' = (d x + e y + f) / (g x + h y + 1). */
export type Plane = readonly [
  a: number,
  b: number,
  c: number,
  d: number,
  e: number,
  f: number,
  g: number,
  h: number,
];

export function onPicture([a, b, c, d, e, f, g, h]: Plane, { x, y }: Point): Point {
  const w = g * x + h * y + 1;
  return { x: (a * x + b * y + c) / w, y: (d * x + e * y + f) / w };
}

/** The turn, size and shift that fit best; from two pairs on. */
export function similar(pairs: readonly Pair[]): Plane {
  const n = pairs.length;
  const mean = (of: (pair: Pair) => number): number => pairs.reduce((sum, pair) => sum + of(pair), 0) / n;
  const [sx, sy, px, py] = [
    mean((p) => p.sheet.x),
    mean((p) => p.sheet.y),
    mean((p) => p.seen.x),
    mean((p) => p.seen.y),
  ];
  let [along, across, size] = [0, 0, 0];
  for (const { sheet, seen } of pairs) {
    const [u, v, x, y] = [sheet.x - sx, sheet.y - sy, seen.x - px, seen.y - py];
    along += u * x + v * y;
    across += u * y - v * x;
    size += u * u + v * v;
  }
  const [a, d] = [along / size, across / size];
  return [a, -d, px - a * sx + d * sy, d, a, py - d * sx - a * sy, 0, 0];
}

/** The plane through four pairs; `undefined` when three of them lie on a line. */
export function through(pairs: readonly [Pair, Pair, Pair, Pair]): Plane | undefined {
  const rows = pairs.flatMap(({ sheet: { x, y }, seen }) => [
    [x, y, 1, 0, 0, 0, -x * seen.x, -y * seen.x, seen.x],
    [0, 0, 0, x, y, 1, -x * seen.y, -y * seen.y, seen.y],
  ]);
  return solved(rows) as Plane | undefined;
}

/** Gauss' elimination with pivots; each row ends with its right side. */
function solved(rows: number[][]): number[] | undefined {
  const n = rows.length;
  for (let column = 0; column < n; column++) {
    let best = column;
    for (let row = column; row < n; row++)
      if (Math.abs(rows[row]?.[column] ?? 0) > Math.abs(rows[best]?.[column] ?? 0)) best = row;
    const pivot = rows[best];
    const here = rows[column];
    if (!pivot || !here || Math.abs(pivot[column] ?? 0) < 1e-9) return undefined;
    [rows[column], rows[best]] = [pivot, here];
    for (const row of rows) {
      if (row === pivot) continue;
      const times = (row[column] ?? 0) / (pivot[column] ?? 1);
      if (times !== 0) for (let k = column; k <= n; k++) row[k] = (row[k] ?? 0) - times * (pivot[k] ?? 0);
    }
  }
  return rows.map((row, i) => (row[n] ?? 0) / (row[i] ?? 1));
}

/** The picture as it lies on the sheet, so many pixels to the millimetre; white where the picture has nothing. */
export function laidFlat(
  page: Grey,
  plane: Plane,
  sheet: Readonly<{ width: number; height: number }>,
  perMm: number,
): Grey {
  const width = Math.round(sheet.width * perMm);
  const height = Math.round(sheet.height * perMm);
  const data = new Uint8Array(width * height).fill(255);
  const [a, b, c, d, e, f, g, h] = plane;
  const { data: from, width: across, height: down } = page;
  for (let row = 0; row < height; row++) {
    const y = (row + 0.5) / perMm;
    for (let column = 0; column < width; column++) {
      const x = (column + 0.5) / perMm;
      const w = g * x + h * y + 1;
      const u = (a * x + b * y + c) / w - 0.5;
      const v = (d * x + e * y + f) / w - 0.5;
      const [left, top] = [Math.floor(u), Math.floor(v)];
      if (left < 0 || top < 0 || left >= across - 1 || top >= down - 1) continue;
      const at = top * across + left;
      const [p, q] = [u - left, v - top];
      const upper = (from[at] ?? 0) * (1 - p) + (from[at + 1] ?? 0) * p;
      const lower = (from[at + across] ?? 0) * (1 - p) + (from[at + across + 1] ?? 0) * p;
      data[row * width + column] = upper * (1 - q) + lower * q + 0.5;
    }
  }
  return { data, width, height };
}
