import { scaleLinear } from 'd3-scale';
import { curveLinear, lineRadial, symbol, symbolCircle, symbolSquare, symbolTriangle } from 'd3-shape';

/** A radar chart in words and shares of the whole; what is drawn and what stands in the table beside it. */
export type RadarShown = Readonly<{
  title: string;
  lead: string;
  spokes: readonly string[];
  /** What the rings mean, from the innermost (0) out; empty when they mean nothing but a part of the whole. */
  levels: readonly string[];
  rings: number;
  /** Newest first; what is shown is said in words, too. */
  series: readonly Readonly<{
    name: string;
    values: readonly (number | undefined)[];
    shown: readonly string[];
  }>[];
  /** Said beside or below: in what the series differ, so that nobody compares what cannot be compared. */
  notes: readonly string[];
}>;

export type Point = Readonly<{ x: number; y: number }>;
export type RadarGiven = Readonly<{
  /** Distance of the outermost ring from the centre. */
  radius: number;
  spokes: number;
  rings: number;
  /** For each series one value a spoke, from 0 (the innermost ring) to 1; undefined where nothing is known. */
  series: readonly (readonly (number | undefined)[])[];
}>;
/** Around the origin, `y` down. Paths are SVG path data, which pdfkit draws as well. */
export type Radar = Readonly<{
  /** From the inside out, the innermost standing for 0. */
  rings: readonly string[];
  spokes: readonly Readonly<{ end: Point; label: Point; side: 'left' | 'middle' | 'right' }>[];
  series: readonly Readonly<{
    line: string;
    dots: readonly Point[];
    dot: string;
    dashes: readonly number[];
  }>[];
}>;

/** How far from the centre 0 is drawn: a shape that falls into one point could not be seen. */
const core = 0.16;
const beyond = 12;

/** Told apart without colour, on a fax as well: by line and by dot. */
const marks = [
  { dashes: [], shape: symbolCircle, area: 42 },
  { dashes: [6, 4], shape: symbolSquare, area: 40 },
  { dashes: [1.5, 3.5], shape: symbolTriangle, area: 44 },
] as const;
/** As many series as can be told apart. */
export const mostSeries = marks.length;

/** The geometry of a radar chart, the same on screen and on paper. The first spoke points up, the others follow clockwise. */
export function layRadar({ radius, spokes, rings, series }: RadarGiven): Radar {
  const distance = scaleLinear([0, 1], [core * radius, radius]);
  const angle = (spoke: number): number => (2 * Math.PI * spoke) / spokes;
  const at = (spoke: number, far: number): Point => ({
    x: rounded(far * Math.sin(angle(spoke))),
    y: rounded(-far * Math.cos(angle(spoke))),
  });
  const line = lineRadial<number | undefined>()
    .angle((_, i) => angle(i))
    .radius((share) => distance(share ?? 0))
    .defined((share) => share !== undefined)
    .curve(curveLinear);
  const closed = (shares: readonly (number | undefined)[]): string => line([...shares, shares[0]]) ?? '';
  return {
    rings: Array.from({ length: rings + 1 }, (_, ring) =>
      closed(Array.from({ length: spokes }, () => ring / rings)),
    ),
    spokes: Array.from({ length: spokes }, (_, spoke) => {
      const label = at(spoke, radius + beyond);
      const side = Math.abs(label.x) < radius * 0.1 ? 'middle' : label.x < 0 ? 'left' : 'right';
      return { end: at(spoke, radius), label, side };
    }),
    series: series.slice(0, mostSeries).map((shares, i) => {
      const { dashes, shape, area } = marks[i] ?? marks[0];
      return {
        line: closed(shares),
        dots: shares.flatMap((share, spoke) => (share === undefined ? [] : [at(spoke, distance(share))])),
        dot: symbol(shape, area)() ?? '',
        dashes,
      };
    }),
  };
}

const rounded = (points: number): number => Math.round(points * 100) / 100;

/** Words in short lines, to stand beside a spoke: at most `most` letters a line where there are spaces to break at. */
export function shortLines(words: string, most: number): string[] {
  const lines: string[] = [];
  for (const word of words.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= most)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
