import { page as a4 } from '../../documents/layout.ts';
import { greyOf, rawOf, turned, type Grey, type Point } from './bitmap.ts';
import type { Seen } from './codes.ts';
import { codePairs, marksSeen } from './marks.ts';
import { laidFlat, onPicture, similar, through, type Plane } from './plane.ts';
import { skewOf } from './skew.ts';

/** Pixels to the millimetre of a page that was laid flat: A4 becomes 1680 by 2376. */
export const perMm = 8;
/** A sheet that takes less of the picture than this is left where it lies: nothing beside it may be cut away. */
const leastPart = 0.5;

/** The page upright and straight. `own`: the one code of ours on it. */
export async function upright(page: Grey, seen: readonly Seen[], own: Seen | undefined): Promise<Grey> {
  const plane = own && planeOf(page, own);
  if (plane && partOf(page, plane) >= leastPart) return laidFlat(page, plane, a4, perMm);
  const code = own ?? seen[0];
  if (!code) return straight(page, skewOf(page));
  const [first, second] = code.corners;
  const angle = (Math.atan2(second.y - first.y, second.x - first.x) * 180) / Math.PI;
  const quarters = Math.round(angle / 90);
  return straight(await turned(page, -quarters), angle - quarters * 90);
}

/** Where the sheet lies on the picture, by its corner marks, and where one is missing, by what else is known. */
function planeOf(page: Grey, { corners }: Seen): Plane {
  const [one, two, three, four] = marksSeen(page, corners);
  const code = codePairs(corners);
  const exact = one && two && three && four && through([one, two, three, four]);
  return exact ?? similar([...code, ...[one, two, three].filter((pair) => pair !== undefined)]);
}

function partOf({ width, height }: Grey, plane: Plane): number {
  const corners = [
    { x: 0, y: 0 },
    { x: a4.width, y: 0 },
    { x: a4.width, y: a4.height },
    { x: 0, y: a4.height },
  ].map((corner) => onPicture(plane, corner));
  const twice = corners.reduce((sum, { x, y }, i) => {
    const next: Point = corners[(i + 1) % 4] ?? { x, y };
    return sum + x * next.y - next.x * y;
  }, 0);
  return Math.abs(twice) / 2 / (width * height);
}

const straight = (page: Grey, angle: number): Promise<Grey> =>
  Math.abs(angle) < 0.2
    ? Promise.resolve(page)
    : greyOf(rawOf(page).rotate(-angle, { background: '#ffffff' }));
