import { pngOf, type Grey } from './bitmap.ts';
import { codesOn } from './codes.ts';
import { pagesOf } from './load.ts';
import type { RecognisedPage, ScanKind } from './page.ts';
import { Unreadable } from './unreadable.ts';
import { upright } from './upright.ts';

/** Reads a file page by page, in this process. Throws `Unreadable`. */
export async function* readPages(file: Buffer, kind: ScanKind): AsyncGenerator<RecognisedPage> {
  let number = 0;
  for await (const page of pagesOf(file, kind)) yield await readPage(page, ++number);
  if (number === 0) throw new Unreadable('empty');
}

async function readPage(page: Grey, number: number): Promise<RecognisedPage> {
  const seen = await codesOn(page);
  const ours = seen.filter((one) => one.code !== undefined);
  const own = ours.length === 1 ? ours[0] : undefined;
  const flat = await upright(page, seen, own);
  const why = ours.length > 1 ? 'several' : seen.length > 0 ? 'stranger' : 'none';
  return {
    number,
    png: await pngOf(flat),
    width: flat.width,
    height: flat.height,
    code: own?.code,
    why: own ? undefined : why,
  };
}
