import { fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { invalid, Refused } from '../../kernel/problem.ts';
import type { Answer } from './child.ts';
import { largestFile } from './limits.ts';
import type { RecognisedPage, ScanKind } from './page.ts';
import { text } from './text.ts';

/**
 * The pages of a file, in its order, each with the code that was printed on it. Works in a process of its own, so that the
 * server goes on answering. Throws a Problem `invalid` with a sentence for what is no readable scan, is too large, or takes
 * too long; `too-many` when too many files wait.
 */
export type Recognise = (file: Buffer, kind: ScanKind) => Promise<readonly RecognisedPage[]>;

type Bounds = Readonly<{
  /** Bytes of a file. */
  largest?: number;
  /** Files that are read at the same time, and that may wait besides. */
  atOnce?: number;
  waiting?: number;
  /** Milliseconds until a page has to come, and for the whole file. */
  page?: number;
  file?: number;
}>;

export function makeRecognise(bounds: Bounds = {}): Recognise {
  const { largest = largestFile, atOnce = 1, waiting = 20, page = 30_000, file: whole = 300_000 } = bounds;
  const queue: (() => void)[] = [];
  let busy = 0;
  const turn = async (): Promise<void> => {
    if (busy >= atOnce) {
      if (queue.length >= waiting) throw new Refused({ kind: 'too-many', retryAfterSeconds: 60 });
      await new Promise<void>((resolve) => queue.push(resolve));
    }
    busy++;
  };
  return async (file, kind) => {
    if (file.length > largest) throw refused('size');
    await turn();
    try {
      return await inChild(file, kind, { page, whole });
    } finally {
      busy--;
      queue.shift()?.();
    }
  };
}

const refused = (fault: keyof typeof text): Refused => invalid({ path: '', says: text[fault] });

/** Plain TypeScript, as all of the service: the child needs the same loader, however this process was started. */
const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const program = fileURLToPath(new URL('child.ts', import.meta.url));

/**
 * A process for each file: what a crafted file does to it, it does to nobody else's, and when it takes too long it is
 * ended. It gets no setting and no secret.
 */
function inChild(
  file: Buffer,
  kind: ScanKind,
  patience: Readonly<{ page: number; whole: number }>,
): Promise<readonly RecognisedPage[]> {
  const child = fork(program, [], {
    serialization: 'advanced',
    execArgv: ['--import', loader, '--max-old-space-size=768'],
    env: {},
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    const pages: RecognisedPage[] = [];
    const end = (how: () => void): void => {
      clearTimeout(untilPage);
      clearTimeout(untilEnd);
      child.removeAllListeners();
      child.on('error', () => undefined);
      child.kill('SIGKILL');
      how();
    };
    const slow = (): void => end(() => reject(refused('slow')));
    let untilPage = setTimeout(slow, patience.page);
    const untilEnd = setTimeout(slow, patience.whole);
    child.on('message', (message) => {
      const answer = message as Answer;
      if ('page' in answer) {
        clearTimeout(untilPage);
        untilPage = setTimeout(slow, patience.page);
        pages.push({ ...answer.page, png: Buffer.from(answer.page.png) });
      } else if ('fault' in answer) end(() => reject(refused(answer.fault)));
      else end(() => resolve(pages));
    });
    // It fell over what was in the file.
    child.on('exit', () => end(() => reject(refused('broken'))));
    child.on('error', (error) => end(() => reject(error)));
    child.send({ file, kind });
  });
}
