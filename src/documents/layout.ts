/** Everything here is in millimetres from the top left of an A4 page. */
export const page = { width: 210, height: 297 } as const;

export type Square = Readonly<{ x: number; y: number; size: number }>;

const inset = 8;
const markSize = 5;
/** Black squares at the corners of every page, by which a scan of it is straightened: top left, top right, bottom left, bottom right. */
export const cornerMarks: readonly [Square, Square, Square, Square] = [
  { x: inset, y: inset, size: markSize },
  { x: page.width - inset - markSize, y: inset, size: markSize },
  { x: inset, y: page.height - inset - markSize, size: markSize },
  { x: page.width - inset - markSize, y: page.height - inset - markSize, size: markSize },
];

/** Modules a side of a QR of version 1. */
const codeModules = 21;
/** Three and a half lines of a fax at 98 lines to the inch. */
const moduleSize = 0.9;
/** White around a QR, in modules. */
export const quiet = 4;
const codeSize = codeModules * moduleSize;
/** The page's code, without the white around it. */
export const codePlace: Square = {
  x: page.width - inset - markSize - quiet * moduleSize - codeSize,
  y: page.height - inset - codeSize,
  size: codeSize,
};
/** Down to where text may stand, so that the code has white above it. */
export const textEnds = codePlace.y - quiet * moduleSize;
/** How far to the right the foot of a page goes beside its code. */
export const footEnds = codePlace.x - quiet * moduleSize;

/** Whose answer a tick in a box is: a question's linkId and the option's value as answers are written. */
export type BoxKey = Readonly<{ question: string; option: string }>;
export type Box = BoxKey & Square & Readonly<{ page: number }>;

/** Where on which page of a sheet stands what a machine looks for. Pages count from 1. */
export type SheetLayout = Readonly<{
  pages: number;
  marks: typeof cornerMarks;
  code: Square;
  boxes: readonly Box[];
}>;
