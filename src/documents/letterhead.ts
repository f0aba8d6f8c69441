import { longDay } from './dates.ts';
import { linesOf } from './lines.ts';
import { hairline, type Style } from './pen.ts';
import { addressOf, numbersOf, type Party } from './party.ts';
import { frame, paragraph, type Sheet } from './sheet.ts';
import { text } from './text.ts';

type Head = Readonly<{
  to: Party;
  from: Party;
  date: string;
  addressee: 'doctor' | 'office';
  /** How many pages go over in all, where more than this sheet does. */
  inAll?: number;
}>;
type Line = Readonly<{ words: string; style: Style }>;

const inset = 10;

/** The head of a sheet that goes by fax: to, from, date, how many pages, and what to do when it went astray. */
export function letterhead(sheet: Sheet, { to, from, date, addressee, inAll }: Head): void {
  const { pen, language, styles } = sheet;
  const label: Style = { ...styles.small, weight: 'bold' };
  const half = frame.width / 2;
  const sides = [receiver(sheet, to, addressee), sender(sheet, from)].map((lines) =>
    lines.map(({ words, style }) => ({
      style,
      lines: linesOf(words, half - 2 * inset, style.size, style.weight),
    })),
  );
  const heights = sides.map((side) => side.reduce((sum, l) => sum + l.lines.length * l.style.leading, 0));
  const top = sheet.y;
  const height = Math.max(...heights) + 2 * inset - 4;
  pen.box(frame.left, top, frame.width, height + 24, 1.25);
  pen.decorate((doc) =>
    doc
      .lineWidth(hairline)
      .moveTo(frame.left + half, top)
      .lineTo(frame.left + half, top + height)
      .stroke('black'),
  );
  pen.rule(frame.left, top + height, frame.width);
  sides.forEach((side, i) => {
    let y = top + inset - 2;
    for (const { lines, style } of side) {
      pen.write(
        pen.tag(pen.root, 'P'),
        lines,
        { x: frame.left + i * half + inset, y, width: half - 2 * inset },
        style,
      );
      y += lines.length * style.leading;
    }
  });
  const strip = { x: frame.left + inset, y: top + height + 3, width: half - 2 * inset };
  const dated = `${text.date[language]}　${longDay(date, language)}`;
  pen.write(pen.tag(pen.root, 'P'), [dated], strip, styles.body);
  const counted = pen.tag(pen.root, 'P');
  sheet.later.push((pages) => {
    pen.doc.switchToPage(sheet.first);
    const words = `${text.pages[language]}　${text.pagesInAll(inAll ?? pages)[language]}`;
    pen.write(counted, [words], { ...strip, x: strip.x + half }, styles.body);
  });
  sheet.y = top + height + 24 + 6;
  paragraph(sheet, text.confidential[language], { style: label, after: 8 });
}

function receiver({ language, styles }: Sheet, to: Party, addressee: Head['addressee']): Line[] {
  const name = to.department ? `${to.organization}　${to.department}` : to.organization;
  const person = addressee === 'doctor' ? text.toDoctor : text.toPerson;
  return written([
    [text.to[language], { ...styles.small, weight: 'bold' }],
    [to.person === undefined ? text.toOffice(name)[language] : name, styles.strong],
    [to.person && person(to.person)[language], { ...styles.large, size: 14 }],
    [numbersOf(to, language), styles.small],
  ]);
}

const sender = ({ language, styles }: Sheet, from: Party): Line[] =>
  written([
    [text.from[language], { ...styles.small, weight: 'bold' }],
    [from.department ? `${from.organization}　${from.department}` : from.organization, styles.strong],
    [from.person, styles.body],
    [addressOf(from, language), styles.small],
    [numbersOf(from, language), styles.small],
  ]);

const written = (lines: readonly (readonly [string | undefined, Style])[]): Line[] =>
  lines.flatMap(([words, style]) => (words ? [{ words, style }] : []));
