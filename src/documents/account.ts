import type { Language } from '../kernel/sentence.ts';
import { grid } from './grid.ts';
import { listingOf, type Column } from './listing.ts';
import { personGrid, type PersonShown } from './party.ts';
import { drawTable } from './rows.ts';
import { drawAlone, heading, paragraph, section, space, type Sheet, type Sketch } from './sheet.ts';
import { longDay } from './dates.ts';
import { text } from './text.ts';

/** A piece of a chapter: facts by name, a table, words, or a heading of what follows. Facts without a value are left out. */
export type Piece =
  | Readonly<{ kind: 'facts'; rows: readonly (readonly [label: string, value: string | undefined])[] }>
  | Readonly<{
      kind: 'table';
      columns: readonly Column[];
      rows: readonly (readonly (string | undefined)[])[];
    }>
  | Readonly<{ kind: 'words'; words: string; small?: boolean }>
  | Readonly<{ kind: 'heading'; words: string }>;

export type Chapter = Readonly<{ title: string; pieces: readonly Piece[] }>;

export type AccountData = Readonly<{
  /** Of the printed sheet; see `printed.ts`. */
  sheetId: string;
  language: Language;
  title: string;
  /** Beside the title: who made it. */
  aside: readonly string[];
  /** Day it was made, `YYYY-MM-DD`. */
  on: string;
  lead: string;
  person: PersonShown;
  /** Each is a bookmark of the file. */
  chapters: readonly Chapter[];
}>;

/** An account of what is held about a person, or was made of it: chapters of facts, tables and words. */
export const account = (data: AccountData): Promise<Buffer> => drawAlone(accountSketch(data));

export function accountSketch(data: AccountData): Sketch {
  const { language, title, on, person, chapters } = data;
  const drawAll = (sheet: Sheet): void => {
    heading(sheet, [...data.aside, text.printedOn(longDay(on, language))[language]]);
    paragraph(sheet, data.lead, { after: 8 });
    personGrid(sheet, person, on);
    for (const chapter of chapters) {
      section(sheet, chapter.title, 60);
      for (const piece of chapter.pieces) draw(sheet, piece);
    }
  };
  return { opening: { language, title, on, sheetId: data.sheetId, data }, draw: drawAll };
}

function draw(sheet: Sheet, piece: Piece): void {
  switch (piece.kind) {
    case 'facts':
      if (piece.rows.every(([, value]) => (value ?? '').trim() === '')) return;
      grid(
        sheet,
        piece.rows.map(([label, value]) => [{ label, value }]),
        120,
      );
      return;
    case 'table':
      if (piece.rows.length > 0) drawTable(sheet, listingOf(sheet, piece.columns, piece.rows));
      return;
    case 'words':
      paragraph(sheet, piece.words, { style: piece.small === true ? sheet.styles.small : sheet.styles.body });
      return;
    case 'heading':
      space(sheet, 4);
      paragraph(sheet, piece.words, {
        style: sheet.styles.strong,
        tag: sheet.pen.tag(sheet.pen.root, 'H3'),
        after: 2,
      });
  }
}
