import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create, type Font } from 'fontkit';

export type Weight = 'regular' | 'bold';
export type FontName = 'biz-regular' | 'biz-bold' | 'noto-regular' | 'noto-bold';
export type Run = Readonly<{ font: FontName; text: string }>;

type Letter = Readonly<{ id: number; advanceWidth: number; codePoints: readonly number[] }>;
type Face = Readonly<{ source: Font; em: number; letters: Map<number, Letter | undefined> }>;

const files: Record<FontName, string> = {
  'biz-regular': '@expo-google-fonts/biz-udpgothic/400Regular/BIZUDPGothic_400Regular.ttf',
  'biz-bold': '@expo-google-fonts/biz-udpgothic/700Bold/BIZUDPGothic_700Bold.ttf',
  'noto-regular': '@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf',
  'noto-bold': '@expo-google-fonts/noto-sans-jp/700Bold/NotoSansJP_700Bold.ttf',
};
const { resolve } = createRequire(import.meta.url);
const faces = new Map<FontName, Face>();

/** Parsed at first use and kept: parsing is what makes a PDF slow. Noto is read only when a name asks for it. */
function face(name: FontName): Face {
  const known = faces.get(name);
  if (known) return known;
  const font = create(readFileSync(resolve(files[name])));
  if (!('layout' in font)) throw new Error(`${files[name]} is a collection, a single font was expected`);
  const letters: Face['letters'] = new Map();
  const opened = { source: unshaped(font, letters), em: font.unitsPerEm, letters };
  faces.set(name, opened);
  return opened;
}

/**
 * The font as pdfkit sees it, one glyph for one character. Ligatures would come out of a search as one odd letter,
 * and fontkit remembers for ever under which spelling it first met a glyph: with a font kept between documents, a
 * document's bytes would depend on those printed before it.
 */
function unshaped(font: Font, letters: Face['letters']): Font {
  const layout = (text: string) => {
    const glyphs = Array.from(text, (c) => letterIn(font, letters, c) ?? letterIn(font, letters, ' ')).filter(
      (letter) => letter !== undefined,
    );
    return {
      glyphs,
      positions: glyphs.map((g) => ({ xAdvance: g.advanceWidth, yAdvance: 0, xOffset: 0, yOffset: 0 })),
      advanceWidth: glyphs.reduce((sum, g) => sum + g.advanceWidth, 0),
    };
  };
  return Object.create(font, { layout: { value: layout } }) as Font;
}

function letterIn(font: Font, letters: Face['letters'], character: string): Letter | undefined {
  const code = character.codePointAt(0) ?? 0;
  if (letters.has(code)) return letters.get(code);
  const glyph = font.hasGlyphForCodePoint(code) ? font.glyphForCodePoint(code) : undefined;
  const letter = glyph && { id: glyph.id, advanceWidth: glyph.advanceWidth, codePoints: [code] };
  letters.set(code, letter);
  return letter;
}

const selectors = /[\u{FE00}-\u{FE0F}\u{E0100}-\u{E01EF}]/gu;
/** What no font draws: controls, zero-width and direction marks. */
const unseen = /(?!\n)[\p{Cc}\p{Cf}]/gu;

/**
 * Text as it can be printed. Variation selectors go: the font has no variants, and a selector would stick to every
 * later occurrence of its letter when the text is read back. A letter and its combining mark become one (か゛ → が);
 * anything else stays as written, since normalizing would change names (神 U+FA19).
 */
export const printable = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/\t/g, ' ')
    .replace(selectors, '')
    .replace(unseen, '')
    .replace(/\P{M}\p{M}+/gu, (marked) => marked.normalize('NFC'));

type Placed = Readonly<{ font: FontName; character: string; width: number }>;
const placed: Record<Weight, Map<string, Placed>> = { regular: new Map(), bold: new Map() };

/** Where a character is drawn from; 〓, the printer's mark for a missing letter, when no font has it. */
function place(character: string, weight: Weight): Placed {
  const known = placed[weight].get(character);
  if (known) return known;
  for (const font of [`biz-${weight}`, `noto-${weight}`] as const) {
    const { source, em, letters } = face(font);
    const letter = letterIn(source, letters, character);
    if (!letter) continue;
    const found = { font, character, width: letter.advanceWidth / em };
    placed[weight].set(character, found);
    return found;
  }
  return place('〓', weight);
}

/** Cuts a line where the font changes. */
export function runsOf(line: string, weight: Weight): Run[] {
  const runs: { font: FontName; text: string }[] = [];
  for (const character of line) {
    const at = place(character, weight);
    const last = runs.at(-1);
    if (last?.font === at.font) last.text += at.character;
    else runs.push({ font: at.font, text: at.character });
  }
  return runs;
}

/** Width in ems; times the size in points gives points. */
export function emsOf(line: string, weight: Weight): number {
  let width = 0;
  for (const character of line) width += place(character, weight).width;
  return width;
}

/** What pdfkit opens: an already parsed font. */
export const fontSource = (name: FontName): Font => face(name).source;
