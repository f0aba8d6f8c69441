import { Worker } from 'node:worker_threads';
import type { Drawing, Portion, Word } from './worker.ts';

type Needs = Readonly<{
  drawing: Drawing;
  /** The next people; none when there are no more. */
  more: () => Promise<Portion>;
  /** How many are drawn; false: nobody wants it any more. */
  drawn: (people: number) => Promise<boolean>;
}>;

/** What one job may take beside the server. */
const limits = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 16 };

/**
 * Draws a file in a thread of its own, so that the server goes on answering. Undefined when it was no longer wanted. A
 * thread that fails fails this and nothing else.
 */
export async function drawApart({ drawing, more, drawn }: Needs): Promise<Buffer | undefined> {
  const worker = new Worker(new URL('worker.mjs', import.meta.url), {
    workerData: drawing,
    execArgv: [],
    resourceLimits: limits,
  });
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread is no window
  const tell = (portion: Portion): void => worker.postMessage(portion);
  const ended = new Promise<Buffer | undefined>((resolve, reject) => {
    const failed = (error: unknown): void => {
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    const hear = async (word: Word): Promise<void> => {
      if (word.kind === 'file')
        resolve(Buffer.from(word.bytes.buffer, word.bytes.byteOffset, word.bytes.length));
      else if (word.kind === 'more') tell(await more());
      else if (!(await drawn(word.people))) resolve(undefined);
    };
    worker.on('message', (word: Word) => {
      hear(word).catch(failed);
    });
    worker.on('error', failed);
    worker.on('exit', () => {
      failed(new Error('The thread that draws ended early.'));
    });
  });
  try {
    return await ended;
  } finally {
    await worker.terminate();
  }
}
