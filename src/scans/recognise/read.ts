import { pngOf, type Grey } from './bitmap.ts';
import { codesOn, type Seen } from './codes.ts';
import { pagesOf } from './load.ts';
import type { RecognisedPage, ScanKind } from './page.ts';
import { Unreadable } from './unreadable.ts';
import { inkBeside, lying, upright, type Lying } from './upright.ts';

/** Reads a file page by page, in this process. Throws `Unreadable`. */
export async function* readPages(file: Buffer, kind: ScanKind): AsyncGenerator<RecognisedPage> {
  let number = 0;
  for await (const page of pagesOf(file, kind)) yield await readPage(page, ++number);
  if (number === 0) throw new Unreadable('empty');
}

/** A sheet that takes less of the page than this may have another one beside it. */
const whole = 0.6;
/** As much ink as writing has; less are specks, more is the table that a sheet was photographed on. */
const writing = [0.004, 0.3] as const;

/** Reads a page, whose pixels are square. */
async function readPage(page: Grey, number: number): Promise<RecognisedPage> {
  let seen = await codesOn(page);
  let sheet = sheetOn(page, seen);
  let isCrowded = false;
  if (sheet && sheet.part < whole) {
    seen = await codesOn(page, true);
    sheet = sheetOn(page, seen);
    const ink = sheet ? inkBeside(page, sheet) : 0;
    isCrowded = ink > writing[0] && ink < writing[1];
  }
  const ours = seen.filter(isOurs);
  const code = isCrowded ? undefined : sheet?.code;
  const flat = await upright(page, ours[0] ?? seen[0], isCrowded ? undefined : sheet);
  const why = ours.length > 1 || isCrowded ? 'several' : seen.length > 0 ? 'stranger' : 'none';
  return {
    number,
    png: await pngOf(flat),
    width: flat.width,
    height: flat.height,
    code,
    why: code ? undefined : why,
  };
}

const isOurs = (one: Seen): boolean => one.code !== undefined;

/** The one sheet of ours on a page, and how it lies; undefined where there is none, or more than one. */
function sheetOn(page: Grey, seen: readonly Seen[]): (Lying & Pick<Seen, 'code'>) | undefined {
  const [own, ...more] = seen.filter(isOurs);
  return own && more.length === 0 ? { ...lying(page, own), code: own.code } : undefined;
}
