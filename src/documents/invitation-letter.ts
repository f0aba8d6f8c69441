import type { Language } from '../kernel/sentence.ts';
import { longDay } from './dates.ts';
import { drawCode } from './foot.ts';
import { codePlace, footEnds } from './layout.ts';
import { linesOf } from './lines.ts';
import { addressOf, numbersOf, type Party } from './party.ts';
import { a4, hairline, mm, type Style } from './pen.ts';
import { drawQr } from './answer.ts';
import { drawChoiceRow, layChoices } from './choices.ts';
import { drawAlone, frame, paragraph, turnPage, type Sheet, type Sketch, type Styles } from './sheet.ts';
import { text } from './text.ts';

/** To whom one letter goes, and by what it is answered. */
export type Letter = Readonly<{
  name: string;
  postalCode?: string;
  address: string;
  /** As it is said on the telephone: 1234-5678-9012. */
  code: string;
  /** Holds the code and nothing of the person. */
  url: string;
  /** By which the slip is known when it comes back. */
  sheetId?: string;
}>;

export type InvitationLettersData = Readonly<{
  language: Language;
  title: string;
  /** Who invites beside the insurer. */
  association: string;
  insurer: Party;
  date: string;
  says: readonly string[];
  bring: readonly string[];
  /** Where a code without its square is typed in. */
  page: string;
  letters: readonly Letter[];
}>;

const of = (size: number, leading: number, weight: Style['weight'] = 'regular'): Style => ({
  size,
  leading,
  weight,
});
/** For eyes of eighty-five years: nothing that has to be read is smaller than 12 points. */
const large: Styles = {
  title: of(24, 34, 'bold'),
  section: of(15, 22, 'bold'),
  body: of(14, 22),
  strong: of(14, 22, 'bold'),
  label: of(12, 18, 'bold'),
  small: of(12, 17),
  large: of(20, 28, 'bold'),
};
/** Where the words of a program are many, lines come closer, and no word is left out. */
const closer: Styles = {
  ...large,
  body: of(13, 18.5),
  strong: of(13, 18.5, 'bold'),
  small: of(12, 15.5),
  title: of(22, 29, 'bold'),
};

/** Letters of an invitation, one page each, in the order given. Throws where a program's words do not fit on a page. */
export const invitationLetters = (data: InvitationLettersData): Promise<Buffer> =>
  drawAlone(lettersSketch(data));

export function lettersSketch(data: InvitationLettersData): Sketch {
  const { language, title, date } = data;
  const drawAll = (sheet: Sheet): void => {
    const fits = heightOf({ ...sheet, styles: large }, data) <= slipTop - frame.top;
    data.letters.forEach((letter, i) => {
      if (i > 0) turnPage(sheet);
      draw({ ...sheet, ...(fits ? { styles: large, air: 1 } : { styles: closer, air: 0.5 }) }, data, letter);
    });
  };
  // Each letter is a sheet of its own, and its code stands on the slip: that is what comes back.
  return { opening: { language, title, on: date, foot: false, data }, draw: drawAll };
}

/** The slip is torn off at the lower edge. */
const slipTop = a4.height - mm(78);
const addressHeight = mm(42);

const heightOf = ({ styles, language }: Sheet, { says, bring }: InvitationLettersData): number =>
  addressHeight +
  styles.title.leading +
  mm(12) +
  says.reduce((sum, words) => sum + height(words, frame.width, styles.body) + 6, 0) +
  styles.section.leading +
  bring.reduce((sum, words) => sum + height(`・${words}`, frame.width, styles.strong), 0) +
  height(text.invitationHow[language], frame.width - mm(40), styles.body) +
  mm(20);

const height = (words: string, width: number, style: Style): number =>
  linesOf(words, width, style.size, style.weight).length * style.leading;

function draw(sheet: Sheet, data: InvitationLettersData, letter: Letter): void {
  const { pen, language, styles, title, air } = sheet;
  addressed(sheet, data, letter);
  sheet.y = frame.top + addressHeight;
  const at = { x: frame.left, y: sheet.y, width: frame.width };
  pen.write(pen.tag(pen.root, 'H1'), [title], at, { ...styles.title, align: 'center' });
  pen.bookmark(letter.code, frame.top);
  sheet.y += styles.title.leading + 6 * air;
  for (const words of data.says) paragraph(sheet, words, { after: 6 });
  heading(sheet, text.invitationBring[language]);
  for (const words of data.bring) paragraph(sheet, `・${words}`, { style: styles.strong, after: 0 });
  sheet.y += 6 * air;
  heading(sheet, text.invitationAnswer[language]);
  answering(sheet, data, letter);
  slip(sheet, data, letter);
}

function heading(sheet: Sheet, words: string): void {
  const { pen, styles } = sheet;
  pen.bar(frame.left, sheet.y + 3, 4, styles.section.leading - 7);
  const at = { x: frame.left + 12, y: sheet.y, width: frame.width - 12 };
  pen.write(pen.tag(pen.root, 'H2'), [words], at, styles.section);
  sheet.y += styles.section.leading;
}

/** Where the window of an envelope is, and at the right who writes. */
function addressed(
  sheet: Sheet,
  { association, insurer, date }: InvitationLettersData,
  letter: Letter,
): void {
  const { pen, language, styles } = sheet;
  const half = frame.width / 2 - 8;
  const side = (lines: readonly (readonly [string | undefined, Style])[], x: number): void => {
    let y = frame.top;
    for (const [words, style] of lines) {
      if (words === undefined || words === '') continue;
      const cut = linesOf(words, half, style.size, style.weight);
      pen.write(pen.tag(pen.root, 'P'), cut, { x, y, width: half }, style);
      y += cut.length * style.leading;
    }
  };
  side(
    [
      [letter.postalCode && text.postal(letter.postalCode)[language], styles.small],
      [letter.address, styles.small],
      [text.toPerson(letter.name)[language], { ...styles.section, leading: 28 }],
    ],
    frame.left,
  );
  side(
    [
      [longDay(date, language), styles.small],
      [association, styles.label],
      [insurer.organization, styles.label],
      [addressOf(insurer, language), styles.small],
      [numbersOf(insurer, language), styles.small],
    ],
    frame.left + half + 16,
  );
}

const side = mm(34);

function answering(sheet: Sheet, data: InvitationLettersData, letter: Letter): void {
  const { pen, language, styles } = sheet;
  const width = frame.width - side - 12;
  const top = sheet.y;
  paragraph(sheet, text.invitationHow[language], { width, after: 2 });
  const tel = data.insurer.tel;
  if (tel) paragraph(sheet, text.invitationCall(tel)[language], { width, after: 2 });
  const at = { x: frame.left, y: sheet.y, width };
  pen.write(pen.tag(pen.root, 'P'), [text.invitationCode(letter.code)[language]], at, styles.large);
  sheet.y += styles.large.leading;
  paragraph(sheet, data.page, { width, style: styles.small, after: 0 });
  drawQr(sheet, letter.url, frame.right - side, top - 4, side);
  sheet.y = Math.max(sheet.y, top + side);
}

const answers = [
  { option: 'yes', words: text.invitationYes },
  { option: 'been', words: text.invitationBeen },
  { option: 'no', words: text.invitationNo },
] as const;

/** For whoever answers by letter or fax: the code says who it is. */
function slip(sheet: Sheet, { insurer }: InvitationLettersData, letter: Letter): void {
  const { pen, language, styles } = sheet;
  if (sheet.y > slipTop) throw new RangeError('The words of the letter do not fit on one page.');
  pen.decorate((doc) =>
    doc
      .lineWidth(hairline)
      .dash(4, { space: 4 })
      .moveTo(frame.left, slipTop)
      .lineTo(frame.right, slipTop)
      .stroke('black')
      .undash(),
  );
  sheet.y = slipTop + 8;
  const at = (y: number) => ({ x: frame.left, y, width: frame.width });
  pen.write(pen.tag(pen.root, 'H2'), [text.invitationSlip[language]], at(sheet.y), {
    ...styles.section,
    align: 'center',
  });
  sheet.y += styles.section.leading + 2;
  const list = pen.tag(pen.root, 'L');
  for (const { option, words } of answers) {
    const choice = { label: words[language], chosen: false, box: { question: letter.code, option } };
    for (const one of layChoices([choice], frame.width - 2, styles.body).rows) {
      drawChoiceRow(sheet, list, one, { x: frame.left + 2, y: sheet.y + 2 });
      sheet.y += Math.max(23, one.height);
    }
  }
  pen.write(pen.tag(pen.root, 'P'), [text.invitationCode(letter.code)[language]], at(sheet.y + 2), {
    ...styles.strong,
    leading: 22,
  });
  sheet.y += 26;
  const back = [text.invitationBack(insurer.organization)[language], numbersOf(insurer, language)];
  // Beside the code of the page, with the white around it.
  const width = mm(footEnds) - frame.left;
  for (const line of linesOf(back.filter(Boolean).join('　'), width, styles.small.size)) {
    pen.write(pen.tag(pen.root, 'P'), [line], at(sheet.y), styles.small);
    sheet.y += styles.small.leading;
  }
  const code = letter.sheetId && drawCode(sheet, { sheet: letter.sheetId, page: 1, pages: 1 });
  if (code)
    pen.margin(
      text.sheetNumbered(code)[language],
      { ...at(mm(codePlace.y + codePlace.size) - 14), width },
      styles.small,
    );
}
