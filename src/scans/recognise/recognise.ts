import type { RecognisedPage, ScanKind } from './page.ts';

/**
 * The pages of a file, in its order, each with the code that was printed on it. Works in a process of its own, so that the
 * server goes on answering. Throws a Problem `invalid` with a sentence for what is no readable scan, is too large, or takes
 * too long; `too-many` when too many files wait.
 */
export type Recognise = (file: Buffer, kind: ScanKind) => Promise<readonly RecognisedPage[]>;
