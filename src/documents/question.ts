import type { Drawn } from '../files/picture.ts';
import type { Language } from '../kernel/sentence.ts';
import { drawChoiceRow, layChoices, type Choice } from './choices.ts';
import { longDay } from './dates.ts';
import { linesOf } from './lines.ts';
import { mm } from './pen.ts';
import { frame, paragraph, room, type Sheet } from './sheet.ts';
import { text } from './text.ts';

export type Question = Readonly<{
  number: number | string;
  /** Of the form's item, by which ticks in its boxes are known. */
  linkId?: string;
  text: string;
  hint?: string;
  kind: 'choice' | 'multi' | 'text' | 'number' | 'date' | 'boolean' | 'file';
  options?: readonly Choice[];
  /** What was written or said: free words, a figure with its unit, `YYYY-MM-DD`, or words beside a chosen option. */
  answer?: string;
  /** What may be handed in with the sheet, said in the box of a question for a file. */
  enclose?: Readonly<{ words: string; tick: string }>;
  /** Pictures among the files that were given. */
  pictures?: readonly Readonly<{ drawn: Drawn; alt: string }>[];
}>;

const indent = 30;
const ruled = mm(9);
const width = frame.width - indent;

/** One question with its tick boxes, its answer, or lines to write on. It stays on one page. */
export function question(sheet: Sheet, asked: Question): void {
  const { pen, language } = sheet;
  const x = frame.left + indent;
  const words = asked.kind === 'multi' ? asked.text + text.anyNumber[language] : asked.text;
  const lines = linesOf(words, width, sheet.styles.strong.size, 'bold');
  const hint = asked.hint ? linesOf(asked.hint, width, sheet.styles.small.size) : [];
  const choices = layChoices(choicesOf(asked, language), width, sheet.styles.body);
  const needed = lines.length * sheet.styles.strong.leading + hint.length * sheet.styles.small.leading + 16;
  room(sheet, needed + Math.min(choices.height + answerHeight(sheet, asked), 420));

  pen.rule(frame.left, sheet.y, frame.width);
  sheet.y += 6 * sheet.air;
  const block = pen.tag(pen.root, 'Div');
  const numberAt = { x: frame.left, y: sheet.y, width: indent - 9 };
  const tag = pen.tag(block, 'P');
  pen.write(tag, [`${String(asked.number)}.`], numberAt, { ...sheet.styles.strong, align: 'right' });
  pen.write(tag, lines, { x, y: sheet.y, width }, sheet.styles.strong);
  sheet.y += lines.length * sheet.styles.strong.leading;
  if (asked.hint)
    paragraph(sheet, asked.hint, { tag: pen.tag(block, 'P'), style: sheet.styles.small, x, width, after: 2 });
  if (choices.rows.length > 0) {
    sheet.y += 4 * sheet.air;
    const list = pen.tag(block, 'L');
    for (const row of choices.rows) {
      room(sheet, row.height);
      drawChoiceRow(sheet, list, row, { x, y: sheet.y });
      sheet.y += row.height;
    }
  }
  answer(sheet, asked, x);
  for (const one of asked.pictures ?? []) picture(sheet, one, { x, block });
  sheet.y += 5 * sheet.air;
}

function choicesOf(asked: Question, language: Language): readonly Choice[] {
  if (asked.options) return asked.options;
  if (asked.kind !== 'boolean') return [];
  const said = (answers: string[]) => asked.answer !== undefined && answers.includes(asked.answer);
  const box = (option: string) =>
    asked.linkId === undefined ? {} : { box: { question: asked.linkId, option } };
  return [
    { label: text.yes[language], chosen: said(['true', text.yes.ja, text.yes.en]), ...box('true') },
    { label: text.no[language], chosen: said(['false', text.no.ja, text.no.en]), ...box('false') },
  ];
}

const isTicked = ({ kind }: Question) => kind === 'choice' || kind === 'multi' || kind === 'boolean';
const isWritten = (asked: Question) =>
  Boolean(asked.answer) && (asked.kind !== 'boolean' || asked.options !== undefined);

function answerHeight({ language, styles }: Sheet, asked: Question): number {
  if (isWritten(asked))
    return linesOf(shownAnswer(asked, language), width, styles.body.size).length * styles.body.leading + 6;
  if (isTicked(asked)) return 0;
  if (asked.kind === 'file') return enclosing + 6;
  return asked.kind === 'text' ? 2 * ruled + 6 : ruled + 4;
}

function answer(sheet: Sheet, asked: Question, x: number): void {
  const { pen, language } = sheet;
  if (isWritten(asked)) {
    sheet.y += 2;
    paragraph(sheet, shownAnswer(asked, language), { x, width });
  } else if (asked.kind === 'text') {
    for (const n of [1, 2]) pen.rule(x, sheet.y + n * ruled, width);
    sheet.y += 2 * ruled + 6;
  } else if (asked.kind === 'file') {
    encloseBox(sheet, asked, x);
  } else if (asked.kind === 'number') {
    pen.box(x, sheet.y + 3, mm(40), ruled - 3);
    sheet.y += ruled + 4;
  } else if (asked.kind === 'date') {
    paragraph(sheet, text.blankDay[language], {
      x,
      width,
      style: { ...sheet.styles.body, leading: ruled },
      after: 2,
    });
  }
}

/** A box that says what may lie with the sheet, with a square to tick. */
function encloseBox(sheet: Sheet, { enclose }: Question, x: number): void {
  const { pen, styles } = sheet;
  if (enclose === undefined) return;
  pen.box(x, sheet.y + 3, width, enclosing - 3);
  const at = sheet.y + 3 + mm(3);
  pen.box(x + mm(3), at, mm(4), mm(4));
  const inside = { x: x + mm(10), width: width - mm(13) };
  const tag = pen.tag(pen.root, 'P');
  pen.write(tag, [enclose.tick], { ...inside, y: at }, styles.strong);
  pen.write(tag, [enclose.words], { ...inside, y: at + styles.strong.leading + 2 }, styles.small);
  sheet.y += enclosing + 6;
}
const enclosing = mm(17);

/** A picture that was given with the answers, at most 7 cm a side. */
function picture(
  sheet: Sheet,
  { drawn, alt }: NonNullable<Question['pictures']>[number],
  { x, block }: Readonly<{ x: number; block: ReturnType<Sheet['pen']['tag']> }>,
): void {
  const { pen } = sheet;
  const scale = Math.min(mm(70) / drawn.width, mm(70) / drawn.height, 0.5);
  const height = drawn.height * scale;
  room(sheet, height + 8);
  const y = sheet.y + 4;
  const figure = pen.tag(block, 'Figure', { alt });
  pen.picture(figure, (doc) => doc.image(drawn.bytes, x, y, { width: drawn.width * scale }));
  sheet.y += height + 8;
}

const shownAnswer = ({ kind, answer: words = '' }: Question, language: Language): string =>
  kind === 'date' ? longDay(words, language) : words;
