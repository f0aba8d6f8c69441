import type { Language } from '../kernel/sentence.ts';
import { forgetLines } from './lines.ts';
import { openPen } from './pen.ts';
import { lay, type Sketch } from './sheet.ts';

/** What stands together under one bookmark. */
export type Bundle = Readonly<{ heading: string; sketches: readonly Sketch[] }>;

type Binding = Readonly<{
  language: Language;
  title: string;
  /** `YYYY-MM-DD`; the file's own date. */
  on: string;
  /** The file's identifier is made from it. */
  data: unknown;
  /** Called when a bundle is drawn. */
  drawn?: (bundles: number) => void;
}>;

/** Sheets of many in one file, each numbered by itself. Pages are written out as they are done. */
export async function bind(
  binding: Binding,
  bundles: AsyncIterable<Bundle> | Iterable<Bundle>,
): Promise<Buffer> {
  const { drawn, ...opening } = binding;
  const pen = openPen(opening);
  let done = 0;
  for await (const { heading, sketches } of bundles) {
    pen.shelve(heading);
    for (const sketch of sketches) {
      const root = pen.tag(pen.root, 'Part');
      lay({ ...pen, root }, sketch);
      root.end();
      pen.flush();
    }
    drawn?.(++done);
  }
  forgetLines();
  return pen.close();
}
