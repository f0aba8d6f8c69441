import { page as a4 } from '../../documents/layout.ts';
import { greyOf, rawOf, turned, type Grey, type Point } from './bitmap.ts';
import type { Seen } from './codes.ts';
import { codePairs, marksSeen } from './marks.ts';
import { laidFlat, onPicture, similar, through, type Plane } from './plane.ts';
import { skewOf } from './skew.ts';

/** Pixels to the millimetre of a page that was laid flat: A4 becomes 1680 by 2376. */
const perMm = 8;
/** A sheet that takes less of the picture than this is left where it lies: nothing beside it may be cut away. */
const leastPart = 0.5;

/** The page upright and straight; `code`: one that is on it, from which way is up. */
export async function upright(page: Grey, code: Seen | undefined, sheet: Lying | undefined): Promise<Grey> {
  if (sheet && sheet.part >= leastPart) return laidFlat(page, sheet.plane, a4, perMm);
  if (!code) return straight(page, skewOf(page));
  const [first, second] = code.corners;
  const angle = (Math.atan2(second.y - first.y, second.x - first.x) * 180) / Math.PI;
  const quarters = Math.round(angle / 90);
  return straight(await turned(page, -quarters), angle - quarters * 90);
}

/** How a sheet lies on a picture, and how much of the picture it takes. */
export type Lying = Readonly<{ plane: Plane; part: number }>;

/** By the sheet's corner marks, and where one is missing, by what else is known. */
export function lying(page: Grey, { corners }: Seen): Lying {
  const [one, two, three, four] = marksSeen(page, corners);
  const code = codePairs(corners);
  const exact = one && two && three && four && through([one, two, three, four]);
  const plane = exact ?? similar([...code, ...[one, two, three].filter((pair) => pair !== undefined)]);
  return { plane, part: areaOf(outline(plane)) / (page.width * page.height) };
}

/** What is written beside the sheet, as a share of what lies there. */
export function inkBeside({ data, width, height }: Grey, { plane }: Lying): number {
  const corners = outline(plane);
  const turn = Math.sign(signedArea(corners));
  let [ink, all] = [0, 0];
  for (let y = 2; y < height; y += 4)
    for (let x = 2; x < width; x += 4) {
      const isInside = corners.every((corner, i) => {
        const next = corners[(i + 1) % 4] ?? corner;
        return ((next.x - corner.x) * (y - corner.y) - (next.y - corner.y) * (x - corner.x)) * turn >= 0;
      });
      if (isInside) continue;
      all++;
      if ((data[y * width + x] ?? 255) < 128) ink++;
    }
  return all === 0 ? 0 : ink / all;
}

const outline = (plane: Plane): readonly Point[] =>
  [
    { x: 0, y: 0 },
    { x: a4.width, y: 0 },
    { x: a4.width, y: a4.height },
    { x: 0, y: a4.height },
  ].map((corner) => onPicture(plane, corner));

const areaOf = (corners: readonly Point[]): number => Math.abs(signedArea(corners));
const signedArea = (corners: readonly Point[]): number =>
  corners.reduce((sum, { x, y }, i) => {
    const next: Point = corners[(i + 1) % corners.length] ?? { x, y };
    return sum + x * next.y - next.x * y;
  }, 0) / 2;

const straight = (page: Grey, angle: number): Promise<Grey> =>
  Math.abs(angle) < 0.2
    ? Promise.resolve(page)
    : greyOf(rawOf(page).rotate(-angle, { background: '#ffffff' }));
