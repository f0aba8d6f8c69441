import { parentPort, workerData } from 'node:worker_threads';
import { bind, type Bundle } from '../documents/bind.ts';
import { readSheets, sketchesOf } from '../documents/kinds.ts';
import type { Language } from '../kernel/sentence.ts';

/** What the thread that draws is told at its start. */
export type Drawing = Readonly<{ id: string; language: Language; title: string; on: string }>;
/** Sheets of some people, as they were written; none when there are no more. */
export type Portion = readonly Readonly<{ name: string; content: string }>[];
/** It asks for the next portion, tells how many people are drawn, and hands over the file. */
export type Word =
  | Readonly<{ kind: 'more' }>
  | Readonly<{ kind: 'drawn'; people: number }>
  | Readonly<{ kind: 'file'; bytes: Uint8Array }>;

const port = parentPort;
if (port) {
  const say = (word: Word): void => port.postMessage(word);
  const next = (): Promise<Portion> =>
    new Promise((given) => {
      port.once('message', given);
      say({ kind: 'more' });
    });

  async function* bundles(): AsyncGenerator<Bundle> {
    for (;;) {
      const portion = await next();
      if (portion.length === 0) return;
      for (const { name, content } of portion)
        yield {
          heading: name,
          sketches: (await Promise.all(readSheets(content).map(sketchesOf))).flat(),
        };
    }
  }

  const { id, language, title, on } = workerData as Drawing;
  const drawn = (people: number): void => say({ kind: 'drawn', people });
  const bytes = await bind({ language, title, on, data: id, drawn }, bundles());
  say({ kind: 'file', bytes });
  port.close();
}
