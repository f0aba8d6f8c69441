import type { RubyPiece } from '../kernel/japan/readings.ts';
import { markedIn, rubyIn } from '../kernel/japan/readings.ts';
import { emsOf, printable } from './fonts.ts';
import type { Style } from './pen.ts';

/** Around a word and its reading in a text for paper: Unicode's interlinear annotation, which nobody types and no font draws. */
const [begins, divides, ends] = ['\uFFF9', '\uFFFA', '\uFFFB'];
const annotated = /\uFFF9([^\uFFF9-\uFFFB]+)\uFFFA([^\uFFF9-\uFFFB]+)\uFFFB/gu;

/**
 * Size of a reading, in points. Smaller than anything else on paper: at 98 lines to the inch it is eleven lines high, and kana
 * were readable on screens with as many; whoever cannot read it has the words below it in full size.
 */
export const readingSize = 8;
/** What a line with readings needs above its letters. */
export const readingRise = readingSize + 1;
/** Between the readings of two words, so that they do not run into each other. */
const apart = 1;

/** Words for paper with their readings, where they say how they are read. */
export function withFurigana(readings: readonly string[] | undefined, words: string): string {
  const pieces = rubyIn(markedIn(readings, words)) ?? [{ base: words }];
  return pieces.map(annotatedPiece).join('');
}

/** The pieces of a text for paper. */
export function furiganaIn(text: string): readonly RubyPiece[] {
  const pieces: RubyPiece[] = [];
  let from = 0;
  for (const { 0: whole, 1: base = '', 2: reading = '', index } of text.matchAll(annotated)) {
    if (index > from) pieces.push({ base: printable(text.slice(from, index)) });
    pieces.push({ base: printable(base), reading: printable(reading) });
    from = index + whole.length;
  }
  if (from < text.length) pieces.push({ base: printable(text.slice(from)) });
  return pieces;
}

/** The text without readings: for bookmarks, titles and alternatives. */
export const withoutFurigana = (text: string): string => text.replaceAll(annotated, '$1');

/** How wide a piece is in points: as its reading, where that is wider. */
export function pieceWidth(
  { base, reading }: RubyPiece,
  { size, weight }: Pick<Style, 'size' | 'weight'>,
): number {
  const own = emsOf(base, weight) * size;
  return reading === undefined ? own : Math.max(own, emsOf(reading, 'regular') * readingSize + apart);
}

/** How wide a line is in points. */
export const lineWidth = (text: string, style: Pick<Style, 'size' | 'weight'>): number =>
  furiganaIn(text).reduce((sum, piece) => sum + pieceWidth(piece, style), 0);

/** One piece as it stands in a text for paper. */
export const annotatedPiece = ({ base, reading }: RubyPiece): string =>
  reading === undefined ? base : `${begins}${base}${divides}${reading}${ends}`;
