import type { Grey } from './bitmap.ts';

const most = 6;
const mostPoints = 40_000;

/**
 * By how many degrees lines of writing fall to the right, at most six either way; 0 where nothing looks like lines. Dark
 * points are cast onto a vertical line at many angles: at the right one the rows of writing and the white between them
 * stand apart most (projection profile).
 */
export function skewOf({ data, width, height }: Grey): number {
  const points: (readonly [number, number])[] = [];
  const step = Math.max(1, Math.floor(Math.max(width, height) / 800));
  let seen = 0;
  for (let y = 0; y < height; y += step)
    for (let x = 0; x < width; x += step) {
      seen++;
      if ((data[y * width + x] ?? 255) < 128) points.push([x / step, y / step]);
    }
  // A photograph is not writing.
  if (points.length < 200 || points.length > seen * 0.3) return 0;
  const every = Math.max(1, Math.ceil(points.length / mostPoints));
  const some = points.filter((_, i) => i % every === 0);
  const rows = Math.ceil(height / step);
  const apart = (angle: number): number => {
    const slope = Math.tan((angle * Math.PI) / 180);
    const shift = (width / step) * Math.abs(slope) + 1;
    const sums = new Float64Array(Math.ceil(rows + 2 * shift) + 1);
    for (const [x, y] of some) {
      const row = Math.round(y - x * slope + shift);
      sums[row] = (sums[row] ?? 0) + 1;
    }
    return sums.reduce((sum, one) => sum + one * one, 0);
  };
  const best = bestOf(range(-most, most, 0.5), apart);
  const fine = bestOf(range(best - 0.4, best + 0.4, 0.1), apart);
  return apart(fine) > apart(0) * 1.05 ? fine : 0;
}

const range = (from: number, to: number, by: number): number[] =>
  Array.from({ length: Math.round((to - from) / by) + 1 }, (_, i) => from + i * by);

function bestOf(angles: readonly number[], score: (angle: number) => number): number {
  let [best, highest] = [0, -1];
  for (const angle of angles) {
    const now = score(angle);
    if (now > highest) [best, highest] = [angle, now];
  }
  return best;
}
