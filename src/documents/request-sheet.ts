import type { Language } from '../kernel/sentence.ts';
import { drawChoiceRow, layChoices } from './choices.ts';
import { drawQr } from './answer.ts';
import { longDay } from './dates.ts';
import { grid, gridOf } from './grid.ts';
import { nameRuby } from './ruby.ts';
import { titledTable } from './rows.ts';
import { letterhead } from './letterhead.ts';
import { linesOf } from './lines.ts';
import { mm } from './pen.ts';
import { addressOf, numbersOf, warned, type Party, type PersonShown } from './party.ts';
import { frame, heading, drawAlone, paragraph, section, type Sheet, type Sketch } from './sheet.ts';
import { requestText } from './request-text.ts';
import { text } from './text.ts';

export type RequestSheetData = Readonly<{
  /** Of the printed sheet; see `printed.ts`. */
  sheetId: string;
  language: Language;
  to: Party;
  from: Party;
  date: string;
  /** Of this request, not of the case it belongs to: the group quotes it when it calls. */
  requestNumber: string;
  /** Where and how to reach the person only once the group has said yes; nothing medical has a place on this sheet. */
  person: Pick<PersonShown, 'name' | 'kana' | 'postalCode' | 'address' | 'phone' | 'warning'> &
    Readonly<{ age?: number; area?: string; needs: readonly string[] }>;
  asked: string;
  /** Day by which an answer is needed; the address works a little longer. */
  answerBy?: string;
  when?: string;
  where?: string;
  wishes?: string;
  linkWorker: Readonly<{ name: string; tel?: string; fax?: string }>;
  /** The one-time address, with a short form for typing, and the last day it can be used; left out after the answer. */
  answer?: Readonly<{ url: string; shortUrl?: string; validUntil: string }>;
}>;

/** A link worker's request to a community resource, to be answered by fax or through a one-time address. */
export const requestSheet = (data: RequestSheetData): Promise<Buffer> => drawAlone(requestSketch(data));

export function requestSketch(data: RequestSheetData): Sketch {
  const { language, date, linkWorker } = data;
  const mark = text.requestNumbered(data.requestNumber)[language];
  const draw = (sheet: Sheet): void => {
    heading(sheet, [mark]);
    letterhead(sheet, { to: data.to, from: data.from, date, addressee: 'office' });
    if (!data.answer) paragraph(sheet, requestText.welcomed[language], { after: 0 });
    section(sheet, requestText.asked[language]);
    paragraph(sheet, data.asked);
    grid(sheet, [
      [{ label: requestText.when[language], value: data.when }],
      [{ label: text.where[language], value: data.where }],
      [{ label: requestText.wishes[language], value: data.wishes }],
      [
        {
          label: text.answerBy[language],
          value: data.answerBy && longDay(data.answerBy, language),
          style: sheet.styles.strong,
        },
      ],
      [
        {
          label: text.linkWorker[language],
          value: [linkWorker.name, numbersOf(linkWorker, language)].filter(Boolean).join('　'),
        },
      ],
    ]);
    whom(sheet, data.person);
    if (data.answer) reply(sheet, data, data.answer);
  };
  return {
    opening: {
      language,
      title: requestText.requestTitle[language],
      on: date,
      mark,
      sheetId: data.sheetId,
      data,
    },
    draw,
  };
}

const side = mm(40);
const beside = mm(50);
const inset = 10;

function whom(sheet: Sheet, person: RequestSheetData['person']): void {
  const { language } = sheet;
  if (person.warning) {
    warned(sheet, person.warning);
    return;
  }
  const age = person.age === undefined ? undefined : requestText.years(person.age)[language];
  const needs = person.needs.join(language === 'ja' ? '、' : ', ');
  const table = gridOf(sheet, [
    [
      {
        label: text.name[language],
        value: person.name,
        style: sheet.styles.large,
        part: 6,
        ruby: nameRuby(person.name, person.kana),
      },
      { label: text.kana[language], value: person.kana, part: 5 },
    ],
    [
      { label: requestText.age[language], value: age, part: 6 },
      { label: requestText.area[language], value: person.area, part: 5 },
    ],
    [{ label: text.needs[language], value: needs }],
    [{ label: text.address[language], value: addressOf(person, language) }],
    [{ label: text.phone[language], value: person.phone }],
  ]);
  titledTable(sheet, requestText.whom[language], table);
  const lawful = (person.phone ?? person.address) ? requestText.forThisAlone : requestText.reachLater;
  paragraph(sheet, lawful[language], { style: sheet.styles.small });
}

/** The part that comes back: three boxes to tick, lines for words, and the address to answer at instead. */
function reply(
  sheet: Sheet,
  { linkWorker, from }: RequestSheetData,
  answer: NonNullable<RequestSheetData['answer']>,
): void {
  const { pen, language } = sheet;
  const x = frame.left + inset + 2;
  const right = { x: frame.right - inset - beside, width: beside };
  const width = right.x - x - 2 * inset;
  const fax = linkWorker.fax ?? from.fax;
  const notes = [
    { words: requestText.replyOnline[language], style: sheet.styles.small },
    { words: answer.shortUrl ?? answer.url, style: sheet.styles.small },
    {
      words: requestText.validUntil(longDay(answer.validUntil, language))[language],
      style: { ...sheet.styles.small, weight: 'bold' } as const,
    },
  ].map(({ words, style }) => ({ style, lines: linesOf(words, beside, style.size, style.weight) }));
  const noted = notes.reduce((sum, note) => sum + note.lines.length * note.style.leading + 3, 0);
  const asks = linesOf(requestText.replyHow[language], width, sheet.styles.body.size).length + (fax ? 1 : 0);
  const height =
    2 * inset + Math.max(side + noted, asks * sheet.styles.body.leading + 3 * 24 + 2 * mm(9) + 12);
  section(sheet, requestText.reply[language], height);
  const top = sheet.y + inset;
  pen.box(frame.left, sheet.y, frame.width, height, 1.5);
  sheet.y = top;
  paragraph(sheet, requestText.replyHow[language], { x, width, after: 0 });
  if (fax)
    paragraph(sheet, requestText.replyFax(fax)[language], { x, width, style: sheet.styles.strong, after: 0 });
  sheet.y += 6;
  replyBoxes(sheet, x);
  for (const label of [requestText.replyRemark, requestText.replyName])
    writeOn(sheet, label[language], x, width);
  drawQr(sheet, answer.url, right.x + (beside - side) / 2, top, side);
  let y = top + side + 2;
  for (const { lines, style } of notes) {
    pen.write(pen.tag(pen.root, 'P'), lines, { ...right, y }, { ...style, align: 'center' });
    y += lines.length * style.leading + 3;
  }
  sheet.y = top - inset + height + 6;
}

function replyBoxes(sheet: Sheet, x: number): void {
  const { pen, language, styles } = sheet;
  const list = pen.tag(pen.root, 'L');
  const replies = [
    ['welcome', requestText.replyWelcome],
    ['full', requestText.replyFull],
    ['unsuitable', requestText.replyUnsuitable],
  ] as const;
  for (const [option, label] of replies) {
    const box = { question: 'reply', option };
    const { rows } = layChoices([{ label: label[language], chosen: false, box }], mm(70), styles.body);
    for (const row of rows) drawChoiceRow(sheet, list, row, { x, y: sheet.y });
    sheet.y += 24;
  }
}

function writeOn(sheet: Sheet, label: string, x: number, width: number): void {
  const { pen } = sheet;
  sheet.y += mm(9);
  const labelWidth = 62;
  const at = { x, y: sheet.y - sheet.styles.label.leading + 2, width: labelWidth };
  pen.write(pen.tag(pen.root, 'P'), [label], at, sheet.styles.label);
  pen.rule(x + labelWidth, sheet.y, width - labelWidth);
}
