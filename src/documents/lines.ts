import { emsOf, type Weight } from './fonts.ts';
import { annotatedPiece, furiganaIn, pieceWidth } from './furigana.ts';

/** Never first on a line (JIS X 4051, 行頭禁則), nor last on one (行末禁則). */
const notFirst =
  /^[、。，．・：；？！,.:;?!）」』】〕〉》)\]}’”ー～〜々ゝゞヽヾぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ％%℃°]/u;
const wideWord = /^[０-９Ａ-Ｚａ-ｚ．，]$/u;
const notLast = /[（「『【〔〈《([{‘“〒¥￥＃#]$/u;
const wide = /^[\u2E80-\u9FFF\uF900-\uFAFF\uFF01-\uFF60\uFFE0-\uFFE6、-〿]$|^[\u{20000}-\u{3FFFF}]$/u;
const inseparable = new Set(['……', '――', '——', '‥‥']);
const hiragana = /^[ぁ-ゖー]$/u;

type Cut = Readonly<{ end: number; used: number; cost: number }>;

const words = new Intl.Segmenter('ja', { granularity: 'word' });

function mayBreak(before: string, after: string): boolean {
  if (after === ' ' || after === '\u3000') return false;
  if (before === ' ' || before === '\u3000') return true;
  if (notFirst.test(after) || notLast.test(before) || inseparable.has(before + after)) return false;
  if (wideWord.test(before) && wideWord.test(after)) return false;
  return wide.test(before) || wide.test(after) || before === '/';
}

/**
 * How much a reader minds a break, in ems of line one would give up to avoid it. A phrase of Japanese usually begins
 * where hiragana gives way to another script; a number stays with its counter, a word in one piece.
 */
function dislike(before: string, after: string, insideWord: boolean): number {
  if (/[ 0-9]/.test(before) && /[0-9年月日回円歳人件枚]/u.test(after)) return 6;
  if (/[、。，．？！ \u3000]/u.test(before)) return 0;
  if (/[)）」』】]/u.test(before) || /[(（「『【]/u.test(after)) return 0.5;
  if (insideWord) return 9;
  if (/[おご]/u.test(before)) return 5;
  const particle = /[はがをにでとものへやて]/u.test(before);
  if (hiragana.test(after)) return particle ? 1.5 : hiragana.test(before) ? 8 : 3.5;
  if (/[0-9]/.test(after)) return 3;
  return particle ? 1 : 2;
}

/** A letter, or a word that stays in one piece because its reading stands above it. Widths are in ems. */
type Unit = Readonly<{ text: string; base: string; width: number }>;
/** A line: from one unit up to another, its blanks at the end included. */
type Span = Readonly<{ from: number; to: number }>;

function unitsOf(text: string, size: number, weight: Weight): Unit[] {
  return furiganaIn(text).flatMap((piece) =>
    piece.reading === undefined
      ? Array.from(piece.base, (letter) => ({ text: letter, base: letter, width: emsOf(letter, weight) }))
      : [
          {
            text: annotatedPiece(piece),
            base: piece.base,
            width: pieceWidth(piece, { size, weight }) / size,
          },
        ],
  );
}

/** Offsets in UTF-16 at which a word begins. */
const wordStarts = (text: string): Set<number> =>
  new Set(Array.from(words.segment(text), (word) => word.index));
const firstOf = ({ base }: Unit): string => Array.from(base)[0] ?? '';
const lastOf = ({ base }: Unit): string => Array.from(base).at(-1) ?? '';

/** Breaks one paragraph line by line, looking back a few ems for a better place than the last possible one. */
function fill(units: readonly Unit[], width: number, mayCutWords = true): Span[] | undefined {
  const starts = wordStarts(units.map(({ base }) => base).join(''));
  const lookBack = Math.min(5.5, width / 5);
  const lines: Span[] = [];
  let offset = 0;
  for (let start = 0; start < units.length;) {
    const cuts: Cut[] = [];
    let used = 0;
    let at = start;
    let before = offset;
    for (let unit; (unit = units[at]) !== undefined; at++) {
      const next = used + unit.width;
      if (next > width + 0.001 && unit.base !== ' ' && at > start) break;
      used = next;
      before += unit.base.length;
      const after = units[at + 1];
      if (after !== undefined && mayBreak(lastOf(unit), firstOf(after)))
        cuts.push({
          end: at + 1,
          used,
          cost: dislike(lastOf(unit), firstOf(after), !starts.has(before)),
        });
    }
    const cut = bestCut(cuts, lookBack);
    // A word longer than a line is cut anywhere, but only where no wider line could take it.
    if (at < units.length && cut === undefined && !mayCutWords) return undefined;
    let end = at >= units.length ? units.length : (cut ?? at);
    while (units[end]?.base === ' ') end++;
    lines.push({ from: start, to: end });
    offset += units.slice(start, end).reduce((sum, { base }) => sum + base.length, 0);
    start = end;
  }
  return lines;
}

/** The units of a line without the blanks at its end. */
function written(units: readonly Unit[], { from, to }: Span): readonly Unit[] {
  let end = to;
  while (end > from && units[end - 1]?.base.trim() === '') end--;
  return units.slice(from, end);
}
const widthOf = (units: readonly Unit[]): number => units.reduce((sum, unit) => sum + unit.width, 0);

/** Where to cut: the best of the places within reach of the last one. */
function bestCut(cuts: readonly Cut[], lookBack: number): number | undefined {
  const furthest = cuts.at(-1)?.used ?? 0;
  const within = cuts.filter((cut) => furthest - cut.used <= lookBack);
  const total = (cut: Cut) => furthest - cut.used + cut.cost;
  return within.reduce<Cut | undefined>(
    (best, cut) => (best && total(best) < total(cut) ? best : cut),
    undefined,
  )?.end;
}

/** Takes letters from the line before when the last line would hold one to three. */
function withoutOrphan(lines: Span[], units: readonly Unit[], width: number): Span[] {
  const isShort = (line: Span | undefined, of: readonly Unit[]) =>
    line !== undefined && widthOf(written(of, line)) < Math.min(4, width / 3);
  if (lines.length < 2 || !isShort(lines.at(-1), units)) return lines;
  const kept = lines.slice(0, -2);
  const begin = kept.at(-1)?.to ?? 0;
  const tail = units.slice(begin);
  for (let narrower = width - 0.5; narrower > width * 0.5; narrower -= 0.5) {
    const again = fill(tail, narrower, false);
    if (again === undefined || again.length > 2) return lines;
    if (!isShort(again.at(-1), tail))
      return [...kept, ...again.map(({ from, to }) => ({ from: from + begin, to: to + begin }))];
  }
  return lines;
}

/**
 * Text cut into lines of at most `width` points, keeping the writer's own line ends.
 * Japanese breaks between any two letters that kinsoku allows, English between words, a longer word anywhere.
 */
export function linesOf(text: string, width: number, size: number, weight: Weight = 'regular'): string[] {
  const ems = width / size;
  const key = `${weight} ${String(ems)} ${String(size)} ${text}`;
  const known = broken.get(key);
  if (known) return [...known];
  const lines = brokenAt(text, ems, size, weight);
  if (broken.size >= mostWords) broken.clear();
  broken.set(key, lines);
  return [...lines];
}

/** A sheet is measured before it is drawn, and a blank form is printed for many: what was broken once is kept until the next file. */
const broken = new Map<string, readonly string[]>();
const mostWords = 2000;
/** Forgets the words of the file that is done. */
export const forgetLines = (): void => broken.clear();

function brokenAt(text: string, ems: number, size: number, weight: Weight): string[] {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .split('\n')
    .flatMap((paragraph) => {
      const units = unitsOf(paragraph, size, weight);
      const all = { from: 0, to: units.length };
      const said = (line: Span): string =>
        written(units, line)
          .map((unit) => unit.text)
          .join('');
      if (widthOf(written(units, all)) <= ems) return [said(all)];
      return withoutOrphan(fill(units, ems) ?? [all], units, ems).map(said);
    });
}

/** A heading on as few lines as it needs, of about the same length. */
export function headingLines(text: string, width: number, size: number, weight: Weight = 'bold'): string[] {
  const widest = linesOf(text, width, size, weight);
  if (widest.length < 2) return widest;
  for (let narrow = width * 0.5; narrow < width; narrow += size / 2) {
    const lines = linesOf(text, narrow, size, weight);
    if (lines.length <= widest.length) return lines;
  }
  return widest;
}
