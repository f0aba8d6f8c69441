import { PDFiumLibrary } from '@hyzyla/pdfium';
import { longestSide, type Grey } from './bitmap.ts';
import { Unreadable } from './unreadable.ts';

/** The pages of a PDF drawn as a viewer draws them, `longest` pixels on their longer side. Throws `Unreadable`; nothing of what a PDF may run is run. */
export async function* pdfPages(file: Buffer, most: number, longest = longestSide): AsyncGenerator<Grey> {
  const library = await PDFiumLibrary.init();
  const document = await library.loadDocument(file).catch((error: unknown) => {
    throw new Unreadable(error instanceof Error && /password/i.test(error.message) ? 'password' : 'broken');
  });
  const pages = document.getPageCount();
  if (pages > most) throw new Unreadable('pages');
  for (let index = 0; index < pages; index++) {
    const page = document.getPage(index);
    const { originalWidth, originalHeight } = page.getOriginalSize();
    const scale = longest / Math.max(originalWidth, originalHeight);
    if (!Number.isFinite(scale)) throw new Unreadable('broken');
    const width = Math.max(1, Math.round(originalWidth * scale));
    const height = Math.max(1, Math.round(originalHeight * scale));
    const drawn = await page.render({ width, height, colorSpace: 'Gray', render: 'bitmap' });
    yield { data: drawn.data, width: drawn.width, height: drawn.height };
  }
}
