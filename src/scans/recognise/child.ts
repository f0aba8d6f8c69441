import sharp from 'sharp';
import type { RecognisedPage, ScanKind } from './page.ts';
import { readPages } from './read.ts';
import { Unreadable, type Fault } from './unreadable.ts';

/** What the process says: each page as soon as it is read, then that it is done, or what is wrong with the file. */
export type Answer =
  Readonly<{ page: RecognisedPage }> | Readonly<{ fault: Fault }> | Readonly<{ done: true }>;

// Three decoders are open, whatever else the library can read. This process is used once and shares them with nobody.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['VipsForeignLoadPngBuffer', 'VipsForeignLoadJpegBuffer', 'VipsForeignLoadTiffBuffer'],
});
sharp.cache(false);
sharp.concurrency(1);

const say = (what: Answer): Promise<void> =>
  new Promise((resolve, reject) => {
    process.send?.(what, (error: Error | null) => (error ? reject(error) : resolve()));
  });

// Nobody waits for it any more.
process.once('disconnect', () => process.exit());
process.once('message', (message) => {
  const { file, kind } = message as Readonly<{ file: Uint8Array; kind: ScanKind }>;
  void answer(Buffer.from(file), kind);
});

async function answer(file: Buffer, kind: ScanKind): Promise<void> {
  try {
    for await (const page of readPages(file, kind)) await say({ page });
    await say({ done: true });
  } catch (error) {
    await say({ fault: error instanceof Unreadable ? error.fault : 'broken' });
  }
  process.disconnect();
}
