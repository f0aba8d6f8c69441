import type { Language } from '../kernel/sentence.ts';
import { drawChoiceRow, layChoices } from './choices.ts';
import { drawQr } from './answer.ts';
import { longDay } from './dates.ts';
import { grid } from './grid.ts';
import { letterhead } from './letterhead.ts';
import { linesOf } from './lines.ts';
import { mm } from './pen.ts';
import { numbersOf, personGrid, type Party, type PersonShown } from './party.ts';
import { finish, frame, heading, openSheet, paragraph, section, styles, type Sheet } from './sheet.ts';
import { text } from './text.ts';

export type RequestSheetData = Readonly<{
  language: Language;
  to: Party;
  from: Party;
  date: string;
  caseNumber: string;
  /** Only what the consent allows; nothing medical has a place on this sheet. */
  person: Omit<PersonShown, 'insurer'>;
  asked: string;
  /** Day by which an answer is needed; the address works a little longer. */
  answerBy?: string;
  when?: string;
  where?: string;
  wishes?: string;
  linkWorker: Readonly<{ name: string; tel?: string; fax?: string }>;
  /** The one-time address; the short form is for typing. */
  answer: Readonly<{ url: string; shortUrl?: string }>;
  validUntil: string;
}>;

/** A link worker's request to a community resource, to be answered by fax or through a one-time address. */
export async function requestSheet(data: RequestSheetData): Promise<Buffer> {
  const { language, date, linkWorker } = data;
  const sheet = openSheet({
    language,
    title: text.requestTitle[language],
    on: date,
    caseNumber: data.caseNumber,
    data,
  });
  heading(sheet, [text.caseNumbered(data.caseNumber)[language]]);
  letterhead(sheet, { to: data.to, from: data.from, date, addressee: 'office' });
  section(sheet, text.asked[language]);
  paragraph(sheet, data.asked);
  grid(sheet, [
    [{ label: text.when[language], value: data.when }],
    [{ label: text.where[language], value: data.where }],
    [{ label: text.wishes[language], value: data.wishes }],
    [
      {
        label: text.answerBy[language],
        value: data.answerBy && longDay(data.answerBy, language),
        style: styles.strong,
      },
    ],
    [
      {
        label: text.linkWorker[language],
        value: [linkWorker.name, numbersOf(linkWorker, language)].filter(Boolean).join('　'),
      },
    ],
  ]);
  section(sheet, text.whom[language], 90);
  personGrid(sheet, data.person, date);
  reply(sheet, data);
  return finish(sheet);
}

const side = mm(40);
const beside = mm(50);
const inset = 10;

/** The part that comes back: three boxes to tick, lines for words, and the address to answer at instead. */
function reply(sheet: Sheet, { answer, validUntil, linkWorker, from }: RequestSheetData): void {
  const { pen, language } = sheet;
  const x = frame.left + inset + 2;
  const right = { x: frame.right - inset - beside, width: beside };
  const width = right.x - x - 2 * inset;
  const fax = linkWorker.fax ?? from.fax;
  const notes = [
    { words: text.replyOnline[language], style: styles.small },
    { words: answer.shortUrl ?? answer.url, style: styles.small },
    {
      words: text.validUntil(longDay(validUntil, language))[language],
      style: { ...styles.small, weight: 'bold' } as const,
    },
  ].map(({ words, style }) => ({ style, lines: linesOf(words, beside, style.size, style.weight) }));
  const noted = notes.reduce((sum, note) => sum + note.lines.length * note.style.leading + 3, 0);
  const asks = linesOf(text.replyHow[language], width, styles.body.size).length + (fax ? 1 : 0);
  const height = 2 * inset + Math.max(side + noted, asks * styles.body.leading + 3 * 24 + 2 * mm(9) + 12);
  section(sheet, text.reply[language], height);
  const top = sheet.y + inset;
  pen.box(frame.left, sheet.y, frame.width, height, 1.5);
  sheet.y = top;
  paragraph(sheet, text.replyHow[language], { x, width, after: 0 });
  if (fax) paragraph(sheet, text.replyFax(fax)[language], { x, width, style: styles.strong, after: 0 });
  sheet.y += 6;
  replyBoxes(sheet, x);
  for (const label of [text.replyRemark, text.replyName]) writeOn(sheet, label[language], x, width);
  drawQr(sheet, answer.url, right.x + (beside - side) / 2, top, side);
  let y = top + side + 2;
  for (const { lines, style } of notes) {
    pen.write(pen.tag(pen.root, 'P'), lines, { ...right, y }, { ...style, align: 'center' });
    y += lines.length * style.leading + 3;
  }
  sheet.y = top - inset + height + 6;
}

function replyBoxes(sheet: Sheet, x: number): void {
  const { pen, language } = sheet;
  const list = pen.tag(pen.root, 'L');
  for (const box of [text.replyWelcome, text.replyFull, text.replyUnsuitable]) {
    const { rows } = layChoices([{ label: box[language], chosen: false }], mm(70));
    for (const row of rows) drawChoiceRow(pen, list, row, { x, y: sheet.y }, language);
    sheet.y += 24;
  }
}

function writeOn(sheet: Sheet, label: string, x: number, width: number): void {
  const { pen } = sheet;
  sheet.y += mm(9);
  const labelWidth = 62;
  const at = { x, y: sheet.y - styles.label.leading + 2, width: labelWidth };
  pen.write(pen.tag(pen.root, 'P'), [label], at, styles.label);
  pen.rule(x + labelWidth, sheet.y, width - labelWidth);
}
