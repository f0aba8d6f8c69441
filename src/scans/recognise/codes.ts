import fs from 'node:fs';
import { createRequire } from 'node:module';
import { prepareZXingModule, readBarcodes, type ReaderOptions } from 'zxing-wasm/reader';
import { pageCodeText, readPageCode, type PageCode } from '../../documents/page-code.ts';
import { greyOf, rawOf, withoutLines, type Grey, type Point } from './bitmap.ts';

/** A QR on a picture: its corners from the top left of the symbol clockwise, in pixels. */
export type Seen = Readonly<{ corners: readonly [Point, Point, Point, Point]; code: PageCode | undefined }>;

let isReady = false;
/** The reader comes with the package; without this it would fetch it from a server of others. */
async function prepare(): Promise<void> {
  if (isReady) return;
  const path = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  const wasmBinary = Uint8Array.from(fs.readFileSync(path)).buffer;
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
  isReady = true;
}

/**
 * All QR codes on a page, ours and others. A page on which no code of ours is seen is looked at again, with its noise
 * smoothed away. `thoroughly`: it is looked at in every way whatever was seen.
 */
export async function codesOn(page: Grey, thoroughly = false): Promise<readonly Seen[]> {
  await prepare();
  let seen: readonly Seen[] = [];
  for (const look of looks) {
    seen = together(seen, await look(page));
    if (!thoroughly && seen.some((one) => one.code !== undefined)) return seen;
  }
  return seen;
}

const options: ReaderOptions = {
  formats: ['QRCodeModel2'],
  tryHarder: true,
  tryRotate: true,
  tryInvert: false,
  maxNumberOfSymbols: 32,
};

/** The cheap ones first. Blurred and cut at the middle, specks and broken lines vanish; grey scans and photographs need the rest. */
const looks: readonly ((page: Grey) => Promise<readonly Seen[]>)[] = [
  (page) => read(page, options),
  async (page) => read(await greyOf(rawOf(page).blur(1.5)), { ...options, binarizer: 'FixedThreshold' }),
  async (page) => read(await greyOf(rawOf(page).blur(2.5)), options),
  async (page) => read(await greyOf(rawOf(page).median(3)), options),
  async (page) => read(await greyOf(rawOf(page).blur(2.5)), { ...options, binarizer: 'FixedThreshold' }),
  async (page) =>
    read(await greyOf(rawOf(withoutLines(page)).blur(1.2)), { ...options, binarizer: 'FixedThreshold' }),
  // What was drawn too fat is cut thinner than at the middle, what was drawn too thin fatter.
  ...[40, 70, -40].map(
    (lighter) => async (page: Grey) =>
      read(await greyOf(rawOf(page).blur(1.5).linear(1, lighter)), {
        ...options,
        binarizer: 'FixedThreshold',
      }),
  ),
];

async function read(page: Grey, how: ReaderOptions): Promise<readonly Seen[]> {
  // A portable graymap, which the reader unpacks by itself.
  const head = Buffer.from(`P5\n${String(page.width)} ${String(page.height)}\n255\n`);
  const found = await readBarcodes(Buffer.concat([head, page.data]), how);
  return found
    .filter((one) => one.isValid)
    .map(({ text, position: { topLeft, topRight, bottomRight, bottomLeft } }) => ({
      corners: [topLeft, topRight, bottomRight, bottomLeft],
      code: ownCode(text),
    }));
}

/** Only exactly what we print: what a person may type otherwise, a machine has no reason to. */
function ownCode(text: string): PageCode | undefined {
  const code = readPageCode(text);
  return code !== undefined && pageCodeText(code) === text ? code : undefined;
}

/** Those seen in either look; one that was seen in both is one, and what was taken for something else gives way to our code. */
function together(before: readonly Seen[], now: readonly Seen[]): readonly Seen[] {
  const ours = now.filter((one) => one.code !== undefined);
  const kept = before.filter((one) => one.code !== undefined || !ours.some((other) => isSame(one, other)));
  return [...kept, ...now.filter((one) => !kept.some((other) => isSame(one, other)))];
}

function isSame(one: Seen, other: Seen): boolean {
  const [a, b] = [middle(one), middle(other)];
  const [first, , third] = other.corners;
  return Math.hypot(a.x - b.x, a.y - b.y) < Math.hypot(first.x - third.x, first.y - third.y) / 2;
}

const middle = ({ corners }: Seen): Point => ({
  x: corners.reduce((sum, { x }) => sum + x, 0) / 4,
  y: corners.reduce((sum, { y }) => sum + y, 0) / 4,
});
