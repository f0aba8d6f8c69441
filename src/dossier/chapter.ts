import type { Chapter, Piece } from '../documents/account.ts';
import type { Language } from '../kernel/sentence.ts';
import type { Program } from '../programs/program.ts';
import { text } from './text.ts';

export type Telling = Readonly<{
  language: Language;
  programs: readonly Program[];
  now: Date;
  sheetId: string;
}>;

/** A chapter that says so when there is nothing. */
export const chapter = (title: string, pieces: readonly Piece[], language: Language): Chapter => ({
  title,
  pieces: pieces.length > 0 ? pieces : [{ kind: 'words', words: text.nothing[language] }],
});
