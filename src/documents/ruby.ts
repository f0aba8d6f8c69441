import { toKatakana } from '../kernel/japan/kana.ts';
import type { RubyPiece } from '../kernel/japan/readings.ts';
import { emsOf, printable } from './fonts.ts';
import type { Pen, Place, Style, Tag } from './pen.ts';

export type { RubyPiece } from '../kernel/japan/readings.ts';

/** No smaller than anything else on paper: a fax has to keep it. */
const size = 10;
/** What a line with readings needs above the line without. */
export const rubyRise = 11;
/** Between the readings of two pieces, so that they do not run into each other. */
const apart = 3;

/**
 * A name with its readings, family name and given name each for itself; undefined where the two do not go together piece
 * by piece, or no piece has a letter that must be read to somebody.
 */
export function nameRuby(name: string, kana: string | undefined): readonly RubyPiece[] | undefined {
  const bases = printable(name).trim().split(/\s+/u);
  const readings = printable(kana ?? '')
    .trim()
    .split(/\s+/u);
  if (bases.length !== readings.length) return undefined;
  const pieces = bases.flatMap((base, i): RubyPiece[] => {
    const reading = readings[i] ?? '';
    const isRead = /[\p{Script=Han}〆々]/u.test(base) && toKatakana(base) !== toKatakana(reading);
    return [...(i > 0 ? [{ base: ' ' }] : []), isRead ? { base, reading } : { base }];
  });
  return pieces.some((piece) => piece.reading !== undefined) ? pieces : undefined;
}

const widths = ({ base, reading }: RubyPiece, style: Style) => {
  const [own, above] = [emsOf(base, style.weight) * style.size, emsOf(reading ?? '', 'regular') * size];
  return { own, above, whole: reading === undefined ? own : Math.max(own, above + apart) };
};

/** How wide a line of these is, in points. */
export const rubyWidth = (pieces: readonly RubyPiece[], style: Style): number =>
  pieces.reduce((sum, piece) => sum + widths(piece, style).whole, 0);

/**
 * Draws one line, never cut: the words, `rubyRise` below `y`, and the readings above them. Words come one after the other
 * in the file, so that a name is found and copied in one piece; who listens hears each with its reading.
 */
export function drawRuby(
  pen: Pen,
  tag: Tag,
  pieces: readonly RubyPiece[],
  { x, y, width }: Place,
  style: Style,
): void {
  let left = x;
  const readings = pieces.flatMap((piece) => {
    const { own, above, whole } = widths(piece, style);
    const at = (wide: number, top: number): Place => ({ x: left + (whole - wide) / 2, y: top, width });
    const ruby = pen.tag(tag, piece.reading === undefined ? 'Span' : 'Ruby');
    const base = piece.reading === undefined ? ruby : pen.tag(ruby, 'RB');
    pen.write(base, [piece.base], at(own, y + rubyRise), style);
    const place = at(above, y + readingTop(style));
    left += whole;
    return piece.reading === undefined
      ? []
      : [{ tag: pen.tag(ruby, 'RT'), words: printable(piece.reading), place }];
  });
  for (const one of readings)
    pen.write(one.tag, [one.words], one.place, { size, leading: size, weight: 'regular' });
}

/** So that the foot of the readings stands on the head of the words. */
const readingTop = (style: Style): number => rubyRise + (style.leading - style.size) / 2 - size - 0.2;
